"""The dials of a simulated election: what is printed can be read again, and a wrong turn is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from cases.case_file.election_dials import read_dials, written
from cases.cli import forensics
from forensics.errors import ParameterError
from forensics.simulate import Election, Plant, full_demo


def read(tmp_path: Path, text: str) -> Election:
    path = tmp_path / "dials.toml"
    path.write_text(text, encoding="utf-8")
    return read_dials(path)


@pytest.mark.parametrize("election", [full_demo(), Election(), Election(plants=(Plant(shift_h=(8.0, 17.5)),))])
def test_what_is_written_is_read_as_the_same_election(tmp_path: Path, election: Election) -> None:
    assert read(tmp_path, written(election)) == election


def test_every_dial_is_written_with_its_meaning() -> None:
    text = written(full_demo())
    for line in (
        "# organic accounts; planted workers come on top.",
        "# the chance that a worker takes part in the work",
    ):
        assert line in text


def test_a_dial_that_is_not_turned_stays(tmp_path: Path) -> None:
    assert read(tmp_path, "n_accounts = 40") == Election(n_accounts=40)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("n_acounts = 40", "in the file, 'n_acounts' is not known. Did you mean n_accounts"),
        ("n_accounts = 0", "'n_accounts' must be a whole number from 1; it is 0"),
        ("loyalty = 1.5", "'loyalty' must be a number from 0 to 1; it is 1.5"),
        ("loyalty = nan", "'loyalty' must be a number from 0 to 1; it is nan"),
        ("n_accounts = 'many'", "'n_accounts' must be a whole number from 1; it is 'many'"),
        ("n_accounts = true", "'n_accounts' must be a whole number from 1; it is True"),
        ("time_precision = 'ms'", "'time_precision' must be one of: 's', 'min'; it is 'ms'"),
        ("[[plant]]\nmimicry = 1.0", "number 1, 'mimicry' must be a number from 0 and below 1; it is 1.0"),
        ("[[plant]]\nshift_h = 3", "number 1, 'shift_h' must be a list, each entry a number; it is 3"),
        ("[[country]]\ncode = 'FR'", "number 1, 'utc_offset_s' is missing"),
        ("[[plant]]\npractice = 'magic'", "no practice called 'magic'"),
        ("plant = 3", "must be entries"),
        ("n_accounts =", "is not valid TOML"),
        ("n_accounts = " + "9" * 5_000, "is not valid TOML"),
        ("n_accounts = " + "[" * 10_000, "nests lists or sections too deeply"),
    ],
)
def test_a_wrong_turn_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ParameterError, match=reason.replace("\\\\", "\\")):
        read(tmp_path, text)


@pytest.mark.skipif(sys.platform == "win32", reason="devices")
def test_dials_are_read_of_a_plain_file_alone() -> None:
    with pytest.raises(ParameterError, match="it is no plain file"):
        read_dials(Path("/dev/zero"))


def test_an_election_of_ones_own_is_simulated_with_its_truth(tmp_path: Path) -> None:
    dials = tmp_path / "town.toml"
    dials.write_text("n_accounts = 200\nn_acts = 2000\nn_days = 7\n[[plant]]\nn_accounts = 7\n", encoding="utf-8")
    out = tmp_path / "town"
    result = CliRunner().invoke(forensics, ["simulate", "--dials", str(dials), "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert pl.read_csv(out / "truth.csv").height == 7
    assert CliRunner().invoke(forensics, ["simulate", "--print-dials"]).stdout == written(full_demo())
    assert "--out" in CliRunner().invoke(forensics, ["simulate"]).output
