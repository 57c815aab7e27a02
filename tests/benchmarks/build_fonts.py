"""Builds the fonts in ``reports/typefaces`` from the packages of their keepers; run it to renew them.

Noto Sans comes from Debian's ``fonts-noto-core`` (20201225) and ``fonts-noto-cjk`` (20220127), Noto Emoji from
Fontsource's ``@fontsource/noto-emoji`` (5.3.2), Source Sans Pro, unchanged, from ``font-source-sans-pro`` (0.0.1). The
first two are unpacked with ``dpkg -x``, the third with ``tar``, into one folder, and the last is installed with pip::

    python tests/benchmarks/build_fonts.py UNPACKED

It needs fonttools, which matplotlib brings. Hints for screens go, since documents are drawn from outlines. The Chinese,
Japanese and Korean font keeps the characters of GB 2312, Big5, JIS X 0208 and all syllables of Hangul; what a document
cannot draw, it prints as a code (``reports/glyphs.py``). Run twice, it gives the same bytes.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import font_source_sans_pro
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

from reports.fonts import SCRIPTS, SOURCE_STYLES

INTO = Path(__file__).resolve().parents[2] / "reports" / "typefaces"
CHARACTER_SETS = ("gb2312", "big5", "shift_jis", "euc_kr")
IDEOGRAPHS = (0x3400, 0xA000)
WHOLE_BLOCKS = (
    *((0x1100, 0x1200), (0x2E80, 0x3400), (0xA960, 0xA980), (0xAC00, 0xD800), (0xFE30, 0xFE70), (0xFF00, 0xFFF0)),
    (0x1F200, 0x1F300),
)
"""Blocks (from, up to) of the scripts of East Asia; Latin and symbols stay with the other fonts."""


def main() -> None:
    """Write every font."""
    unpacked = Path(sys.argv[1])
    INTO.mkdir(exist_ok=True)
    for style in SOURCE_STYLES:
        shutil.copyfile(Path(font_source_sans_pro.font_directory, style), INTO / style)
    debian = unpacked / "usr/share/fonts"
    for script in (*SCRIPTS, "Symbols", ""):
        name = f"NotoSans{script}-Regular.ttf"
        font = TTFont(debian / "truetype/noto" / name, recalcTimestamp=False)
        _write(font, set(font.getBestCmap()), INTO / name)
    asian = TTCollection(debian / "opentype/noto/NotoSansCJK-Regular.ttc").fonts[0]  # the Japanese forms come first
    asian.recalcTimestamp = False
    _write(asian, _asian_characters(asian), INTO / "NotoSansCJK-Regular.otf", features=["ccmp", "ljmo", "vjmo", "tjmo"])
    emoji = TTFont(unpacked / "package/files/noto-emoji-emoji-400-normal.woff", recalcTimestamp=False)
    emoji.flavor = None
    _write(emoji, set(emoji.getBestCmap()), INTO / "NotoEmoji-Regular.ttf")


def _asian_characters(font: TTFont) -> set[int]:
    wanted = {code for low, high in WHOLE_BLOCKS for code in range(low, high)}
    wanted |= {code for code in range(*IDEOGRAPHS) if any(chr(code).encode(name, "ignore") for name in CHARACTER_SETS)}
    return wanted & set(font.getBestCmap())


def _write(font: TTFont, characters: set[int], path: Path, features: list[str] | None = None) -> None:
    options = Options()
    options.hinting = False
    options.layout_features = features or ["*"]
    options.name_IDs = ["*"]  # the copyright and the licence too
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["VORG", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.save(path)


if __name__ == "__main__":
    main()
