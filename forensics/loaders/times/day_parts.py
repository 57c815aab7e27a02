"""Hours of twelve with the part of the day in words: ``रात 9:15`` and ``9:15 malam`` are 21:15."""

from __future__ import annotations

import polars as pl

_MORNING = (
    "सुबह|सवेरे|সকাল|sabah|pagi|утра|ранку|sáng|早上|凌晨|صباحا|صباحًا|(?:de )?la mañana|da manhã|du matin|morgens|rano|"
    "di mattina|in (?:the )?morning|dimineața"
)
_NOON = "दोपहर|দুপুর|siang|(?:del )?mediodía|trưa|中午|öğlen|ظهرا|ظهرًا"
_EVENING = (
    "शाम|বিকাল|সন্ধ্যা|sore|akşam|дня|вечера|вечора|chiều|tối|(?:de )?la tarde|da tarde|de l'après-midi|du soir|"
    "nachmittags|abends|po południu|wieczorem|di sera|in (?:the )?afternoon|in (?:the )?evening|مساءً|seara"
)
_NIGHT = (
    "रात|রাত|malam|gece|ночи|ночі|đêm|(?:de )?la noche|da noite|nachts|w nocy|di notte|(?:at )?night|ليلا|ليلًا|noaptea"
)

PARTS = f"{_MORNING}|{_NOON}|{_EVENING}|{_NIGHT}"
"""The words for parts of the day, as alternatives of a regular expression in small letters."""

_MINUTES = r"(?::\d{2}){1,2}"
_HALVES = (
    (PARTS, r"1[3-9]|2[0-3]|00", ""),
    (_MORNING, r"0?\d|1[0-2]", " am"),
    (_NOON, r"1[01]", " am"),
    (_NOON, r"0?\d|12", " pm"),
    (_EVENING, r"0?\d|1[0-2]", " pm"),
    (_NIGHT, r"0?[1-5]|12", " am"),
    (_NIGHT, r"0?[6-9]|1[01]", " pm"),
)
"""Words, hours, and the half of the day that they are in together; an hour above twelve needs no word."""


def halved(plain: pl.Expr) -> pl.Expr:
    """Return times in small letters with ``am`` or ``pm`` in place of the part of the day."""
    for words, hours, half in _HALVES:
        plain = plain.str.replace(rf"(?:{words})\s*\b((?:{hours}){_MINUTES})\b", f"${{1}}{half}")
        plain = plain.str.replace(rf"\b((?:{hours}){_MINUTES})\s*(?:{words})(\s|$)", f"${{1}}{half}${{2}}")
    return plain
