"""Times as apps show them, so long before somebody looked: ``3 h ago``, ``acum 25 min``, ``il y a 2 jours``."""

from __future__ import annotations

import polars as pl

from forensics.loaders.times.worded_times import plain_digits

_UNITS = {
    1: "s|sec|secs|seconds?|secondes?|segundos?|sekunden?|sekund|secunde|secondi?|saniye|секунд[уы]?|ثانية|ثوان|detik",
    60: (
        "m|min|mins|minutes?|minutos?|minuten?|minuti?|minut[eyę]?|de minute|dk|dakika|мин|минут[уы]?|хв|хвилин[уи]?|"
        "دقيقة|دقائق|मिनट|মিনিট|menit|phút|นาที|分钟|分鐘|分|분|dakika"
    ),
    3_600: (
        "h|hr|hrs|hours?|heures?|horas?|ore|o oră|oră|ora|stunden?|std|saat|sa|час|часа|часов|ч|годин[уи]?|год|ساعة|"
        "ساعات|घंटे|घंटा|ঘণ্টা|jam|giờ|ชั่วโมง|小时|小時|時間|시간|godzin[ęy]?|godz|hodin[ay]?|óra|órája|uur|saa|timmar"
    ),
    86_400: (
        "d|days?|jours?|j|días?|dias?|tage?n?|giorn[oi]|zile|zi|de zile|gün|день|дня|дней|дні|днів|يوم|أيام|दिन|দিন|"
        "hari|ngày|วัน|天|日|일|dni|dzień|dagen|dag|siku|napja"
    ),
    604_800: (
        "w|weeks?|semaines?|sem|semanas?|wochen?|settiman[ae]|săptămân[iă]|de săptămâni|hafta|недел[юьи]|"
        "тижд(?:ень|ні)|أسبوع|أسابيع|सप्ताह|हफ़्ते|minggu|tuần|周|週間|주|tygodni[ae]?|tydzień"
    ),
}
"""Seconds of a unit and its words, as alternatives of a regular expression; months are too long to place an act."""

_BEFORE = "acum|il y a|hace|há|ha|vor|منذ|قبل|pred|prije|pre|πριν|for|about"
_BEHIND = (
    "ago|önce|назад|тому|тому назад|yang lalu|lalu|fa|sedan|temu|पहले|আগে|trước|geleden|atrás|前|전|zpět|óta|ezelőtt"
)
_ONE = "a|an|un|une|una|uno|um|uma|ein|einer|eine|einem|o|bir|один|одну|एक"
_YESTERDAY = "yesterday|hier|ayer|ontem|gestern|ieri|dün|вчера|вчора|أمس|kemarin|wczoraj|včera|tegnap|hôm qua|昨天|어제"
_HALF = 2
_LOOKED_AT = 1_000
"""Values, evenly spread, that say of a column whether it holds such times: each is held against 15 patterns."""


def seconds_before(text: pl.Series) -> pl.Series:
    """Return how many seconds before somebody looked each time is; null for what is no such time.

    Example: ``il y a 2 jours`` is 172,800 and ``3h`` is 10,800.
    """
    plain = plain_digits(pl.col("text")).str.strip_chars(" .·").str.replace(r"\s*\([^)]*\)$", "")
    count = rf"(?:(\d{{1,3}})|{_ONE})?\s?"
    seconds: list[pl.Expr] = [pl.when(plain.str.contains(rf"^(?:{_YESTERDAY})$")).then(pl.lit(86_400, pl.Int64))]
    for unit, words in _UNITS.items():
        bare = rf"^(\d{{1,3}})\s?(?:{words})$"
        marked = [rf"^(?:{_BEFORE})\s{count}(?:{words})$", rf"^{count}(?:{words})\s?(?:{_BEHIND})$"]
        for pattern in (bare, *marked):
            number = plain.str.extract(pattern).cast(pl.Int64).fill_null(1)
            seconds.append(pl.when(plain.str.contains(pattern)).then(number * unit))
    return text.cast(pl.String).alias("text").to_frame().select(pl.coalesce(seconds)).to_series()


def are_relative(text: pl.Series) -> bool:
    """Return whether most of some values are such times; of many values, of a thousand or more evenly spread."""
    known = text.drop_nulls()
    known = known.gather_every(max(1, known.len() // _LOOKED_AT))
    return known.dtype == pl.String and _HALF * seconds_before(known).count() > known.len() > 0
