"""The fonts: all in the program or in matplotlib, named as the documents ask for them, licensed, whole."""

from __future__ import annotations

from matplotlib.ft2font import FT2Font

from reports import fonts
from reports.glyphs import printable

OWN = fonts.READABLE[0].parent


def test_every_font_in_the_folder_is_used_and_every_used_one_is_there() -> None:
    held = {path.name for path in OWN.iterdir()} - {"OFL.txt", "README.md"}
    assert held == {path.name for path in fonts.FILES if path.parent == OWN}
    assert all(path.is_file() for path in fonts.FILES)


def test_the_families_asked_for_are_those_that_the_files_hold_in_their_order() -> None:
    held = dict.fromkeys(FT2Font(path).family_name for path in fonts.FILES)
    assert tuple(held) == fonts.FAMILIES


def test_the_licence_and_each_keeper_stand_beside_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (OWN / "OFL.txt").read_text(encoding="utf-8")
    named = (OWN / "README.md").read_text(encoding="utf-8")
    assert all(name in named for name in ("SourceSansPro-", "NotoSansCJK-Regular.otf", "NotoEmoji-Regular.ttf"))


def test_the_characters_of_national_standards_are_all_drawn() -> None:
    """GB 2312, Big5 and JIS X 0208 hold what newspapers in Chinese and Japanese print; Hangul has 11,172 syllables."""
    standards = ("gb2312", "big5", "shift_jis")
    ideographs = [chr(code) for code in range(0x4E00, 0xA000)]
    common = [c for c in ideographs if any(c.encode(standard, "ignore") for standard in standards)]
    text = "".join(common) + "".join(map(chr, range(0xAC00, 0xD7A4)))
    assert len(common) > 14_000
    assert printable(text) == text
