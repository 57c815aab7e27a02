"""The fonts of drawings and documents; all come with this project's libraries and none from the machine.

Source Sans Pro sets Latin, Greek and Cyrillic. Names and texts in any other script fall back to Noto (SIL Open Font
License, as ``manimgx-fonts`` and ``manimgx-fonts-cjk`` carry it): the scripts of Asia and Africa, Chinese, Japanese and
Korean, and emoji. DejaVu Sans and the Last Resort font come with matplotlib.
"""

from __future__ import annotations

from pathlib import Path

import font_source_sans_pro
import manimgx_fonts
import manimgx_fonts_cjk
import matplotlib as mpl

__all__ = ["FAMILIES", "FILES", "READABLE"]

_SANS = Path(font_source_sans_pro.font_directory)
_PLAIN = Path(mpl.get_data_path()) / "fonts" / "ttf"
_NOTO = Path(manimgx_fonts.__file__).parent
_NOTO_CJK = Path(manimgx_fonts_cjk.__file__).parent

_SCRIPTS = (
    *("Arabic", "Hebrew", "Armenian", "Georgian", "Ethiopic", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya"),
    *("Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Myanmar", "Khmer"),
)

READABLE = (
    *(_SANS / f"SourceSansPro-{style}.ttf" for style in ("Regular", "It", "Semibold", "SemiboldIt", "Bold")),
    *(_NOTO / f"NotoSans{script}[wght].ttf" for script in _SCRIPTS),
    _NOTO_CJK / "NotoSansCJK-VF.otf.ttc",
    _NOTO / "NotoEmoji[wght].ttf",
    *(_PLAIN / name for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")),
    *(_NOTO / f"NotoSans{part}[wght].ttf" for part in ("Symbols", "")),
)
"""Files whose glyphs a reader can read."""

FILES = (*READABLE, _PLAIN / "LastResortHE-Regular.ttf")
"""All of them, and the font that draws a box for anything, so that nothing fails."""

FAMILIES = (
    "Source Sans Pro",
    *(f"Noto Sans {script}" for script in _SCRIPTS),
    "Noto Sans CJK JP",
    "Noto Emoji",
    "DejaVu Sans",
    "Noto Sans Symbols",
    "Noto Sans",
    "Last Resort High-Efficiency",
)
"""In the order in which a character's font is sought."""
