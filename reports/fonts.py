"""The fonts of drawings and documents; all come with this program or with matplotlib, none from the machine.

Source Sans Pro sets Latin, Greek and Cyrillic. Names and texts in any other script fall back to Noto: the scripts of
Asia and Africa, Chinese, Japanese and Korean, and emoji. ``typefaces/README.md`` names their keepers and licence (SIL
Open Font License). DejaVu Sans and the Last Resort font come with matplotlib.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

_OWN = Path(__file__).parent / "typefaces"
_PLAIN = Path(mpl.get_data_path()) / "fonts" / "ttf"

SOURCE_STYLES = tuple(f"SourceSansPro-{style}.ttf" for style in ("Regular", "It", "Semibold", "SemiboldIt", "Bold"))
"""Files of the first family."""

SCRIPTS = (
    *("Arabic", "Hebrew", "Armenian", "Georgian", "Ethiopic", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya"),
    *("Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Myanmar", "Khmer"),
)
"""Scripts that have a font of Noto each, by its name for them."""

READABLE = (
    *(_OWN / name for name in SOURCE_STYLES),
    *(_OWN / f"NotoSans{script}-Regular.ttf" for script in SCRIPTS),
    _OWN / "NotoSansCJK-Regular.otf",
    _OWN / "NotoEmoji-Regular.ttf",
    *(_PLAIN / name for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")),
    *(_OWN / f"NotoSans{part}-Regular.ttf" for part in ("Symbols", "")),
)
"""Files whose glyphs a reader can read."""

FILES = (*READABLE, _PLAIN / "LastResortHE-Regular.ttf")
"""All of them, and the font that draws a box for anything, so that nothing fails."""

FAMILIES = (
    "Source Sans Pro",
    *(f"Noto Sans {script}" for script in SCRIPTS),
    "Noto Sans CJK JP",
    "Noto Emoji",
    "DejaVu Sans",
    "Noto Sans Symbols",
    "Noto Sans",
    "Last Resort High-Efficiency",
)
"""In the order in which a character's font is sought."""
