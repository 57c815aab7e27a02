"""The case file: what is read, and how each mistake is answered."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from cases.case_file.case_file import SETTINGS, parse, read
from forensics import loaders
from forensics.case import Case, Correction, Reply
from forensics.errors import CaseFileError

PATH = Path("somewhere/case.toml")

WHOLE = """
[case]
name = "town-2024"
title = "The town's election"
claim = "Everybody likes the mayor."
period = "May 2024"
credit = "Collected by hand"
language = "de"
contact = "desk@example.org"
[[case.right_of_reply]]
asked = "The mayor"
on = 2024-05-20
question = "Are these your accounts?"
answer = "No."
camp = "mayor"
[[case.corrections]]
on = "2024-06-01"
text = "A number was wrong."
[case.named]
mayor_official = "The mayor's own account"

[[data]]
path = "posts.csv"
loader = "generic"
sha256 = "AA11bb22cc33dd44ee55ff6600112233445566778899aabbccddeeff00112233"
where = "ask the town"
time_zone = "Europe/Berlin"
[data.map]
account = "author"
[data.objects]
url = "link"

[[data]]
path = "more.csv"

[detect.coordination]
windows_s = [60]

[run]
seed = 7
detectors = ["coordination"]
"""

SMALL = '[case]\nname = "a"\ntitle = "A"\n'
DATA = '[[data]]\npath = "a.csv"\n'


def test_a_whole_case_file_is_read() -> None:
    case = parse(WHOLE, PATH)
    assert case.case == Case(
        "town-2024",
        "The town's election",
        "Everybody likes the mayor.",
        "May 2024",
        "Collected by hand",
        "de",
        contact="desk@example.org",
        named=(("mayor_official", "The mayor's own account"),),
        right_of_reply=(Reply("The mayor", "2024-05-20", "Are these your accounts?", "No.", "mayor"),),
        corrections=(Correction("2024-06-01", "A number was wrong."),),
    )
    first, second = case.data
    assert first.columns == {"account": "author"}
    assert first.objects == {"url": "link"}
    assert first.settings == {"time_zone": "Europe/Berlin"}
    assert first.sha256 == "aa11bb22cc33dd44ee55ff6600112233445566778899aabbccddeeff00112233"
    assert (second.path, second.loader, second.sha256, second.where) == ("more.csv", None, None, "")
    assert case.params == {"coordination": {"windows_s": [60]}}
    assert (case.seed, case.detectors, case.folder) == (7, ("coordination",), Path("somewhere"))


def test_what_is_left_out_has_a_sensible_default() -> None:
    case = parse(SMALL + DATA, PATH)
    assert (case.case.language, case.case.is_simulated, case.seed, case.detectors) == ("en", False, 1, ())


MISTAKES = {
    "not toml": ("[case", "not valid TOML"),
    "unknown section": (SMALL + DATA + "[detekt.coordination]\n", "'detekt' is not known"),
    "unknown key of the case": ('[case]\nname = "a"\ntitel = "A"\n' + DATA, "'titel' is not known"),
    "unknown key of the run": (SMALL + DATA + "[run]\nsede = 1\n", "in [run], 'sede' is not known. Did you mean seed?"),
    "a key unlike all": (SMALL + DATA + "[run]\nzzz = 1\n", "'zzz' is not known. Remove it, or use one of: seed, det"),
    "no name": ('[case]\ntitle = "A"\n' + DATA, "in [case], 'name' is missing. Add a line"),
    "a name that is no folder": ('[case]\nname = "../a"\ntitle = "A"\n' + DATA, "'name' must be small letters"),
    "a title that is a number": (
        '[case]\nname = "a"\ntitle = 3\n' + DATA,
        "'title' must be a text in quotes, of 1 to 1000 characters; it is 3",
    ),
    "a title of nothing": ('[case]\nname = "a"\ntitle = " "\n' + DATA, "of 1 to 1000 characters; it is ' '"),
    "a named account without a reason": (
        SMALL + "[case.named]\nann = 1\n" + DATA,
        "in [case.named], 'ann' must be a text",
    ),
    "a named account with an empty reason": (
        SMALL + '[case.named]\nann = " "\n' + DATA,
        "in [case.named], 'ann' has no reason",
    ),
    "a right of reply in one text": (SMALL + 'right_of_reply = "asked"\n' + DATA, "a line [[case.right_of_reply]]"),
    "a reply without a day": (
        SMALL + '[[case.right_of_reply]]\nasked = "A"\non = "in May"\nquestion = "?"\n' + DATA,
        "in [[case.right_of_reply]] number 1, 'on' must be a day such as 2024-05-04",
    ),
    "a language that is a word": (SMALL + 'language = "German!"\n' + DATA, "'language' must be a code"),
    "case is a text": ('case = "a"\n' + DATA, "'case' must be a section that begins with a line [case]"),
    "no data": (SMALL, "no data are named"),
    "data is one section": (SMALL + '[data]\npath = "a.csv"\n', "begin with a line [[data]]"),
    "data without a path": (SMALL + "[[data]]\n", "in [[data]] number 1, 'path' is missing"),
    "an unknown key of the data": (SMALL + DATA + 'time_zoen = "UTC"\n', "'time_zoen' is not known"),
    "an empty path": (SMALL + '[[data]]\npath = " "\n', "'path' is empty"),
    "the same file twice": (SMALL + DATA + DATA, "two [[data]] entries name 'a.csv'"),
    "a short hash": (SMALL + DATA + 'sha256 = "abc"\n', "'sha256' must be 64 hexadecimal digits"),
    "a setting that is a number": (SMALL + DATA + "time_zone = 1\n", "'time_zone' must be a text in quotes"),
    "a map that is a text": (SMALL + DATA + 'map = "author"\n', "'map' must be a section"),
    "a mapped column that is a list": (
        SMALL + DATA + '[data.map]\naccount = ["a"]\n',
        "[data.map] of [[data]] number 1",
    ),
    "a seed that is a text": (SMALL + DATA + '[run]\nseed = "1"\n', "'seed' must be a whole number"),
    "a seed that is true": (SMALL + DATA + "[run]\nseed = true\n", "'seed' must be a whole number"),
    "a negative seed": (SMALL + DATA + "[run]\nseed = -1\n", "'seed' must be a whole number"),
    "detectors as a text": (
        SMALL + DATA + '[run]\ndetectors = "coordination"\n',
        "'detectors' must be a list of texts",
    ),
    "a detector's section that is a number": (
        SMALL + DATA + "[detect]\ncoordination = 1\n",
        "line [detect.coordination]",
    ),
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_each_mistake_is_answered_with_its_place_and_remedy(text: str, message: str) -> None:
    with pytest.raises(CaseFileError) as raised:
        parse(text, PATH)
    assert message in str(raised.value)
    assert str(PATH) in str(raised.value)
    assert "\n" not in str(raised.value).strip()


def test_a_missing_case_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError, match="forensics new"):
        read(tmp_path / "case.toml")


def test_a_binary_file_is_no_case_file(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(b"\x80\xff\x00")
    with pytest.raises(CaseFileError, match="not UTF-8 text"):
        read(path)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (SMALL + DATA).replace("\n", "\r\n").encode())
    assert read(path).case.name == "a"


def test_every_setting_that_a_loader_reads_can_be_given() -> None:
    sources = (Path(loaders.__file__).parent).rglob("*.py")
    asked = re.compile(r"""settings(?:\.get\(|\[)["'](\w+)["']""")
    assert {name for path in sources for name in asked.findall(path.read_text(encoding="utf-8"))} == set(SETTINGS)


def test_everything_a_case_can_say_can_be_written() -> None:
    texts = {field.name for field in fields(Case) if field.type == "str"} - {"name", "title", "language", "kept_until"}
    lines = "".join(f'{name} = "written"\n' for name in sorted(texts)) + "kept_until = 2026-12-31\n"
    parsed = parse(SMALL + lines + DATA, PATH).case
    assert {getattr(parsed, name) for name in texts} == {"written"}
    assert parsed.kept_until == "2026-12-31"
