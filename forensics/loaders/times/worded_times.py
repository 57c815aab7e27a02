"""Times as people and their programs write them, brought into the few forms that ``time_formats`` knows.

``Mar 20, 2026 @ 19:50:57.000`` (Kibana), ``vendredi 20 mars 2026 à 19h50``, ``15-Nov-2025 09:15PM``: months in sixteen
languages, weekdays, the words between day and hour, digits of other scripts, zones by their letters.

Source of the months' names: Unicode CLDR 45, gregorian, wide and abbreviated.
"""

from __future__ import annotations

import re

import polars as pl

from forensics.errors import InputFileError
from forensics.loaders.times.day_parts import halved
from forensics.messages import Message

_MONTHS = {
    "jan": (
        "january januar janvier enero janeiro gennaio januari ocak stycznia styczeń января январь янв "
        "січня يناير जनवरी জানুয়ারি jan janv ene gen oca sty ιανουαρίου ιαν"
    ),
    "feb": (
        "february februar février fevrier febrero fevereiro febbraio februari şubat lutego luty "
        "февраля февраль фев лютого فبراير फ़रवरी फरवरी ফেব্রুয়ারি feb févr fév fev şub lut "
        "φεβρουαρίου φεβ"
    ),
    "mar": (
        "march märz mars marzo março maret mart marca marzec марта март мар березня مارس मार्च মার্চ "
        "mar mär mrz maart μαρτίου μαρ"
    ),
    "apr": (
        "april avril abril aprile nisan kwietnia kwiecień апреля апрель апр квітня أبريل ابريل अप्रैल "
        "এপ্রিল apr avr abr nis kwi απριλίου απρ"
    ),
    "may": ("may mai mayo maio maggio mei mayıs maja maj мая май травня مايو मई মে mag may mei μαΐου μαι"),
    "jun": (
        "june juni juin junio junho giugno haziran czerwca czerwiec июня июнь июн червня يونيو يونيه "
        "जून জুন jun giu haz cze ιουνίου ιουν"
    ),
    "jul": (
        "july juli juillet julio julho luglio temmuz lipca lipiec июля июль июл липня يوليو يوليه "
        "जुलाई জুলাই jul juil lug tem lip ιουλίου ιουλ"
    ),
    "aug": (
        "august août aout agosto agustus ağustos sierpnia sierpień августа август авг серпня أغسطس "
        "अगस्त আগস্ট aug ago ağu sie agu augustus αυγούστου αυγ"
    ),
    "sep": (
        "september septembre septiembre setembro settembre eylül września wrzesień сентября сентябрь "
        "сент сен вересня سبتمبر सितंबर सितम्बर সেপ্টেম্বর sep sept set eyl wrz σεπτεμβρίου σεπ"
    ),
    "oct": (
        "october oktober octobre octubre outubro ottobre ekim października październik октября "
        "октябрь окт жовтня أكتوبر अक्तूबर अक्टूबर অক্টোবর oct okt out ott eki paź οκτωβρίου οκτ"
    ),
    "nov": (
        "november novembre noviembre novembro kasım listopada listopad ноября ноябрь нояб листопада "
        "نوفمبر नवंबर नवम्बर নভেম্বর nov kas lis νοεμβρίου νοε"
    ),
    "dec": (
        "december dezember décembre decembre diciembre dezembro dicembre desember aralık grudnia "
        "grudzień декабря декабрь дек грудня ديسمبر दिसंबर दिसम्बर ডিসেম্বর dec dez déc dic des ara "
        "gru δεκεμβρίου δεκ"
    ),
}
_ZONES = {
    "+00:00": "utc gmt z",
    "+01:00": "cet mez wat bst",
    "+02:00": "cest mesz sast eet",
    "+03:00": "msk eat eest",
    "-05:00": "est",
    "-04:00": "edt",
    "-08:00": "pst",
    "-07:00": "pdt",
    "+07:00": "wib",
    "+08:00": "wita",
    "+09:00": "jst kst wit",
}
"""Zones by letters that stand for one zone in all but rare use (IANA tz database, theory and abbreviations)."""

_PLACES = {
    "UTC": "utc gmt z",
    "America/New_York": "est edt et",
    "America/Los_Angeles": "pst pdt pt",
    "Europe/London": "bst",
    "Europe/Berlin": "cet cest mez mesz",
    "Europe/Moscow": "msk мск",
    "Africa/Lagos": "wat",
    "Africa/Nairobi": "eat",
    "Africa/Johannesburg": "sast",
    "Asia/Jakarta": "wib",
    "Asia/Tokyo": "jst",
}
"""Places by the letters behind a column's name; ``Date (EST)`` stands there in summer too."""

_DIGITS = {chr(start + value): str(value) for start in (0x660, 0x6F0, 0x966, 0x9E6) for value in range(10)}
"""Digits of Arabic, Persian, Devanagari and Bengali, and what each is worth."""

_STEPS = (
    (r"[\u200e\u200f\u202a-\u202e]", ""),
    (r"[\u00a0\u202f]", " "),
    (r"\([^)]*\)|\[[^]]*\]", ""),
    (r"^\S曜日\s?|^\S요일\s?|^星期\S\s?", ""),
    (r"^(\d{4})[年년]\s*(\d{1,2})[月월]\s*(\d{1,2})[日일]", "${1}-${2}-${3}"),
    (r"^(\d{4})\.\s?(\d{1,2})\.\s?(\d{1,2})\b\.?", "${1}-${2}-${3}"),
    (r"^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\b\.?", "${1}.${2}.${3}"),
    (r"(\d{1,2}) tháng (\d{1,2}),? (?:năm )?(\d{4})", "${3}-${2}-${1}"),
    (r"^(\d{8})t?(\d{6})z?$", "${1}${2}"),
    (r"(\d{2}:\d{2}:\d{2}),(\d)", "${1}.${2}"),
    (r"(\d{4}):(\d{2}:\d{2})", "${1} ${2}"),
    (r"^(\d{1,2}:\d{2}(?::\d{2})?(?: [ap]m)?)\s*[-–·,|]?\s+(.*\d{4}.*)$", "${2} ${1}"),
    (r"\s[-–·]\s", " "),
    (r"(\d)t(\d)", "${1} ${2}"),
    (r"[,،@|]", " "),
    (r"\b(?:a las|a la|à|às|at|um|alle|ore|los|klo|klokken|kello|kl|om|godz|saat|jam|pukul)\b\.?", " "),
    (r"\b(?:den|the|of|de|del|o|в|о|р)\b\.?", " "),
    (r"(?:上午|오전)\s?(\d{1,2}:\d{2}(?::\d{2})?)", "${1} am"),
    (r"(?:下午|晚上|오후)\s?(\d{1,2}:\d{2}(?::\d{2})?)", "${1} pm"),
    (r"(\d)\s?(?:ص|صباحا|صباحاً|पूर्वाह्न|öö|πμ|π\.μ\.)(?:\s|$)", "${1} am "),
    (r"(\d)\s?(?:م|مساء|مساءً|अपराह्न|ös|μμ|μ\.μ\.)(?:\s|$)", "${1} pm "),
    (r"\b([ap])\.?\s?m\b\.?", "${1}m"),
    (r"(\d)([ap]m)\b", "${1} ${2}"),
    (r"(\d{1,2})\s?h\s?(\d{2})(?:\s?m(?:in)?\s?(\d{2})\s?s?)?", "${1}:${2}:${3}"),
    (r":(\s|$)", "${1}"),
    (r"\s(\d{1,2})\.(\d{2})\.(\d{2})\b", " ${1}:${2}:${3}"),
    (r"\s(\d{1,2})\.(\d{2})(\s\p{L}+)?$", " ${1}:${2}${3}"),
)
"""What brings days and hours into shape; then the parts of the day stand beside hours with colons."""

_LAST_STEPS = (
    (r"\s(?:uhr|ч|годину?|hrs?|hs|horas|h|г\.?)(?:\s|$)", " "),
    (r"(\d)(?:st|nd|rd|th|er|º|ª|°)\b?", "${1} "),
    (r"(^|\s)(\d{1,2})\.\s?(\p{L})", "${1}${2} ${3}"),
    (r"(\d)[-/](\p{L}{3,})\.?[-/](\d)", "${1} ${2} ${3}"),
    (r"(\p{L})\.", "${1} "),
    (r"\s+", " "),
    (r"(?:gmt|utc)\s?([+-]\d)", "${1}"),
    (r"([+-]\d{2}:?\d{2}) [a-z]+$", "${1}"),
    (r"^\p{L}[\p{L}\p{M}]* (\d{1,2} \p{L}.*)$", "${1}"),
    (r"^\p{L}[\p{L}\p{M}]* (\d{4}-\d|\d{1,2}[./-]\d)(.*)$", "${1}${2}"),
    (r"^\p{L}[\p{L}\p{M}]* (\p{L}[\p{L}\p{M}]* \d.*)$", "${1}"),
)


_CALENDARS = {"Persian": r"(?:^|\D)1[34]\d\d[/.-]\d{1,2}[/.-]\d{1,2}(?:\D|$)", "Buddhist": r"(?:^|\D)25[3-9]\d(?:\D|$)"}
"""What dates of other calendars look like; their years are 621 behind the Gregorian and 543 ahead."""


def plain_digits(text: pl.Expr) -> pl.Expr:
    """Return text in small letters with the digits of other scripts as our own."""
    return text.str.to_lowercase().str.strip_chars().str.replace_many(_DIGITS)


def plain_times(text: pl.Series) -> pl.Series:
    """Return written times in plain forms, such as ``20 mar 2026 19:50:57.000``; what is none is left as it is."""
    plain = plain_digits(pl.col("text"))
    for pattern, instead in _STEPS:
        plain = plain.str.replace_all(pattern, instead)
    plain = halved(plain)
    for pattern, instead in _LAST_STEPS:
        plain = plain.str.replace_all(pattern, instead)
    for month, names in _MONTHS.items():
        longest_first = sorted(names.split(), key=len, reverse=True)
        word = rf"(^|[^\p{{L}}\p{{M}}])(?:{'|'.join(longest_first)})($|[^\p{{L}}\p{{M}}])"
        plain = plain.str.replace_all(word, f"${{1}}{month}${{2}}")
    for offset, names in _ZONES.items():
        plain = plain.str.replace(rf"(\d|[ap]m) ?(?:{'|'.join(names.split())})$", f"${{1}}{offset}")
    return text.to_frame("text").select(plain.str.replace_all(r"\s+", " ").str.strip_chars()).to_series()


def refuse_other_calendars(name: str, times: pl.Series) -> None:
    """Raise where most of some times, in plain forms, are dates of another calendar.

    Raises:
        InputFileError: they are; it names the calendar, and what to do.
    """
    for calendar, years in _CALENDARS.items():
        if 2 * times.str.contains(years).sum() > times.len():
            raise InputFileError(
                "The dates in '{name}', such as '{example}', are of the {calendar} calendar and are not converted "
                "here. Write those of the Gregorian calendar into a further column, and name it under [data.map]: "
                'time = "…".',
                name=name,
                example=times[0],
                calendar=Message(calendar),
            )


def zone_in(name: str) -> str | None:
    """Return the time zone that a column's name gives in brackets: ``Date (EST)``, ``Time (UTC+3)``; None without."""
    found = re.search(r"[(\[]\s*(?:(?:utc|gmt)?\s*([+-]\d{1,2})(?::?00)?|(\w+))\s*[)\]]\s*$", name.lower())
    if found is None:
        return None
    hours, letters = found.groups()
    if hours:
        return f"Etc/GMT{-int(hours):+d}" if abs(int(hours)) <= 12 else None  # POSIX counts to the west
    return next((place for place, known in _PLACES.items() if letters in known.split()), None)
