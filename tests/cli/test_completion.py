"""Completion of the command's words in a real shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BASH = """
eval "$(_FORENSICS_COMPLETE=bash_source forensics)"
COMP_WORDS=(forensics {words}); COMP_CWORD={at}
_forensics_completion forensics 2> >(grep -v compopt >&2)
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture
def completed(tmp_path: Path) -> dict[str, str]:
    """An environment whose path leads to this ``forensics``."""
    program = tmp_path / "bin" / "forensics"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom cases.cli import main\nmain()\n", encoding="utf-8")
    program.chmod(0o755)
    root = Path(__file__).resolve().parents[2]
    return dict(os.environ) | {"PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(root)}


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("bash"), reason="there is no bash here")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("ver", ["verify"]),
        ("verify --s", ["--seal"]),
        ("rnu --s", []),
        ("run ger", ["germany-2021"]),
        ("export . --to g", ["gexf", "graphml"]),
        ("simulate --practice bat", ["batch_farm"]),
    ],
)
def test_bash_offers_commands_options_cases_and_choices(
    words: str, offered: list[str], completed: dict[str, str]
) -> None:
    script = BASH.format(words=words, at=len(words.split()))
    completed_run = subprocess.run(["bash", "-c", script], env=completed, capture_output=True, text=True, check=True)  # noqa: S603, S607  our own words
    assert "Traceback" not in completed_run.stderr
    if "not supported" in completed_run.stderr:
        pytest.skip(completed_run.stderr)
    assert completed_run.stdout.split() == offered
