"""Tables whose columns nobody knows: shown, asked about, guessed for scripts, and written into the case."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from click.testing import CliRunner, Result

from cases.case_file.case_file import read
from cases.cli import forensics
from cases.conversation import column_choice
from forensics.loaders import load
from forensics.loaders.generic_tables.column_proposals import ROLES, Proposal, Reason
from forensics.loaders.loader import ReadOptions

WHEN = "20 de marzo de 2026 a las 19:5{}"
ROWS = [f"{k},{['ann', 'bob', 'eva'][k % 3]},{WHEN.format(k)},Voten todos el domingo {k % 2},https://a.org/{k % 2}"
        for k in range(6)]  # fmt: skip
MAPPED = {"account": "persona", "time": "momento", "text": "qué dijo"}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "actos.csv"
    path.write_text("\n".join(["n,persona,momento,qué dijo,compartió", *ROWS]), encoding="utf-8")
    return path


def call(*words: object, typed: str | None = None) -> Result:
    result = CliRunner().invoke(forensics, [*map(str, words)], input=typed)
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def accounts(case: Path) -> list[str]:
    (entry,) = read(case / "case.toml").data
    options = ReadOptions(columns=entry.columns, objects=entry.objects, settings=entry.settings)
    dataset = load((case / entry.path).resolve(), entry.loader, options)
    return sorted(dataset.actions["account_id"].unique())


def test_a_table_without_any_likely_column_is_shown_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "odd.graphml"
    path.write_text('<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "x">]><graphml><node id="&a;"/></graphml>')
    result = call("inspect", path)
    assert result.exit_code == 2
    assert "graphml" in result.output


def test_of_very_many_columns_the_first_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"c{number}" for number in range(5_000)) + "\n" + "," * 4_999 + "\n", encoding="utf-8")
    output = call("inspect", path).output
    assert "300 c299" in output
    assert "301 c300" not in output
    assert "4,700 more columns are not shown." in output


def test_inspect_shows_the_first_values_and_the_likeliest_columns(table: Path) -> None:
    result = call("inspect", table)
    assert result.exit_code == 2
    for shown in (
        "ann | bob | eva",
        "its values look like names, such as 'ann'",
        'account = "persona"',
        "[data.objects]",
    ):
        assert shown in result.stdout, shown


def test_a_script_gets_the_likeliest_columns_in_the_case_and_a_warning(table: Path, tmp_path: Path) -> None:
    result = call("new", tmp_path / "case", table, "--no-ask")
    assert result.exit_code == 0, result.output
    assert "account = 'persona'" in result.stderr
    made = read(tmp_path / "case" / "case.toml").data[0]
    assert (made.columns, made.objects) == (MAPPED, {"url": "compartió"})
    assert accounts(tmp_path / "case") == ["ann", "bob", "eva"]


def test_flags_map_columns_and_say_how_a_file_is_read(table: Path, tmp_path: Path) -> None:
    maps = ("--map", "account=n", "--map", "time=momento", "--map", "url=compartió", "--set", "time_zone=America/Lima")
    assert call("inspect", table, *maps).exit_code == 0
    assert call("new", tmp_path / "case", table, "--no-ask", *maps).exit_code == 0
    made = read(tmp_path / "case" / "case.toml").data[0]
    assert made.columns == {"account": "n", "time": "momento"}
    assert made.settings == {"time_zone": "America/Lima"}
    assert len(accounts(tmp_path / "case")) == 6


@pytest.mark.parametrize("flag", [("--map", "account"), ("--map", "nobody=n"), ("--set", "colour=red")])
def test_a_flag_typed_wrongly_is_refused(table: Path, tmp_path: Path, flag: tuple[str, str]) -> None:
    for words in (("inspect", table), ("new", tmp_path / "case", table, "--no-ask")):
        result = call(*words, *flag)
        assert result.exit_code == 2
        assert "[CF01]" in result.stderr


def test_a_person_is_asked_for_each_column_and_again_where_an_answer_is_none(table: Path, tmp_path: Path) -> None:
    answers = ["nobody", "2", "", "-", "compartió", *[""] * 7, "n"]
    result = call("new", tmp_path / "case", table, "--ask", typed="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert "Type a name as it stands above" in result.stdout
    made = read(tmp_path / "case" / "case.toml").data[0]
    assert made.columns == {"account": "persona", "time": "momento"}
    assert made.objects == {"url": "compartió"}


def test_a_person_is_asked_which_order_and_which_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("First", "Second"):
        sheet = book.active if name == "First" else book.create_sheet(name)
        sheet.title = name
        sheet.append(["author" if name == "First" else "user", "date", "text"])
        for k in range(4):
            sheet.append([f"{name}{k}", f"03/04/2026 19:5{k}", "Vote on Sunday"])
    book.save(tmp_path / "posts.xlsx")
    result = call("new", tmp_path / "case", tmp_path / "posts.xlsx", "--ask", typed="2\n2\n" + "\n" * 7 + "n\n")
    assert result.exit_code == 0, result.output
    made = read(tmp_path / "case" / "case.toml").data[0]
    assert made.settings == {"member": "Second", "time_format": "day/month/year"}
    assert accounts(tmp_path / "case") == [f"Second{k}" for k in range(4)]


def test_what_cannot_be_guessed_is_left_in_a_case_that_is_begun(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text("n,word\n1,10\n2,20\n3,30\n", encoding="utf-8")
    result = call("new", tmp_path / "case", path, "--no-ask")
    assert result.exit_code == 2
    assert "is begun" in result.stderr
    text = (tmp_path / "case" / "case.toml").read_text(encoding="utf-8")
    assert "# The columns are: n, word." in text
    assert '# account = ""' in text
    assert read(tmp_path / "case" / "case.toml").data[0].loader == "generic"


def test_a_file_alone_is_inspected_and_the_next_step_is_offered(table: Path) -> None:
    result = call(table)
    assert "The likeliest columns" in result.stdout
    assert f"Then: forensics new actos {table}" in result.stdout
    assert result.exit_code == 2


def test_a_file_that_looks_like_an_option_is_offered_as_it_must_be_typed(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    table.rename(tmp_path / "-y.csv")
    assert "Then: forensics new ./-y ./-y.csv" in call("./-y.csv").stdout


def test_a_file_alone_at_a_terminal_goes_on_to_a_case(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cases.commands.inspect_command.is_person", lambda: True)
    monkeypatch.setattr("cases.commands.new_command.is_person", lambda: False)
    result = call(table, typed="y\nvote\n")
    assert (tmp_path / "vote" / "case.toml").is_file(), result.output
    assert result.exit_code == 0


def test_every_reason_and_every_role_has_its_words() -> None:
    for reason in get_args(Reason):
        assert column_choice.reason_of(Proposal("account", "a", reason, "x")).endswith("such as 'x'")
    assert set(column_choice.questions()) == set(ROLES)


def test_inspect_shows_what_several_accounts_wrote_without_times(tmp_path: Path) -> None:
    path = tmp_path / "untimed.csv"
    rows = [f"{name},Vote on Sunday all of you together,https://a.org/1" for name in ("ann", "bob", "eva")]
    path.write_text("\n".join(["user,text,link", *rows]), encoding="utf-8")
    shown = " ".join(call("inspect", path).output.split())
    assert "3 accounts, 3 times, first ann, 1 wordings: Vote on Sunday" in shown
