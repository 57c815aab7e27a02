"""Every phrase and every number format of the report, in the report's language.

The phrases are in ``locale/<language>/*.toml``, for every language with the same keys; the number and date formats
come from the Unicode locale data through Babel. Confidence is a word and never a probability.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from forensics.detectors.declared_measures import format_of
from forensics.errors import ParameterError
from forensics.findings import Score
from forensics.messages import Message, Value
from forensics.places import region_names
from forensics.vocabulary import Format
from reports.word_catalogue import phrases, sentences

LANGUAGES = ("en", "fr")
"""Languages with every phrase."""

_LEAST_SHARE = 1e-4
"""Smallest share printed as a number."""

P_FLOOR = 1e-9
"""Smallest p-value printed: no null model of behaviour is exact enough to mean anything smaller."""


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases and formats of one language.

    Attributes:
        language: BCP 47 code.
        phrases: every phrase by its dotted key; a plural is two keys ending in ``.one`` and ``.other``.
        lists: every list of phrases by its dotted key.
        locale: the Unicode locale data.
        messages: the translations of the library's messages by their English.
    """

    language: str
    phrases: Mapping[str, str]
    lists: Mapping[str, tuple[object, ...]]
    locale: Locale
    messages: Mapping[str, str]

    def __call__(self, key: str, /, **fields: str) -> str:
        """Return a phrase, filled in.

        Args:
            key: its dotted key.
            **fields: what stands in braces; put in as they are, never read as a template.

        Raises:
            KeyError: there is no such phrase, which is a programming error.
        """
        return self.phrases[key].format_map({name: isolated(text) for name, text in fields.items()})

    def plural(self, key: str, count: float, /, **fields: str) -> str:
        """Return a phrase in the form that a count asks for; ``{count}`` is the count."""
        form = "one" if self.locale.plural_form(count) == "one" else "other"
        return self(f"{key}.{form}", **fields | {"count": self.integer(count)})

    def for_the_public(self) -> Words:
        """Return the words of the public version, whose readers have no files: ``public.X`` in place of ``X``."""
        own = {key.removeprefix("public."): text for key, text in self.phrases.items() if key.startswith("public.")}
        return replace(self, phrases={**self.phrases, **own})

    def has(self, key: str) -> bool:
        """Return whether there is such a phrase."""
        return key in self.phrases

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of phrases."""
        return tuple(str(entry) for entry in self.lists[key])

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return a list of word and meaning."""
        return tuple((str(entry[0]), str(entry[1])) for entry in self.lists[key] if isinstance(entry, list))

    def script(self) -> dict[str, str | tuple[str, ...]]:
        """Return the words of the page's explorers, unfilled, by their last name."""
        own = {key.removeprefix("script."): text for key, text in self.phrases.items() if key.startswith("script.")}
        lists = {key.removeprefix("script."): self.texts(key) for key in self.lists if key.startswith("script.")}
        return own | lists

    def integer(self, value: float) -> str:
        """Return a whole number with the language's separators."""
        return _decimal(round(value), None, self.locale)

    def number(self, value: float, digits: int = 3) -> str:
        """Return a number to so many significant digits; whole numbers keep all of theirs."""
        if value == 0 or not math.isfinite(value):
            return self.integer(value) if math.isfinite(value) else "∞"
        places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
        if float(value).is_integer() or places == 0:
            return self.integer(value)
        if places > 6:
            return self.scientific(value)
        rounded = round(value, places)
        pattern = "#,##0." + "#" * places
        return _decimal(rounded, pattern, self.locale)

    def scientific(self, value: float) -> str:
        """Return a small number as ``2.1 × 10⁻⁵``."""
        exponent = math.floor(math.log10(value))
        mantissa = round(value / 10**exponent, 1)
        if mantissa >= 10:
            mantissa, exponent = 1.0, exponent + 1
        shown = format_decimal(mantissa, format="0.0", locale=self.locale)
        return f"{shown} × 10{str(exponent).translate(_SUPERSCRIPT)}"

    def small(self, value: float) -> str:
        """Return a p-value or q-value for a table."""
        if value < P_FLOOR:
            return f"< 10{'-9'.translate(_SUPERSCRIPT)}"
        return self.scientific(value) if value < 0.001 else self.number(value, 2)

    def share(self, value: float) -> str:
        """Return a share between 0 and 1 as per cent."""
        pattern = self.locale.percent_formats[None].pattern
        if 0 < value < _LEAST_SHARE:
            return self("number.under", n=self.share(_LEAST_SHARE))
        if 0.995 <= value < 1 - 1e-9:  # only all is 100 %
            value = math.floor(value * 1_000) / 1_000
            return format_percent(value, pattern.replace("##0", "##0.0"), locale=self.locale)
        places = 0 if value == 0 or value >= 0.1 else -math.floor(math.log10(value)) - 1
        return format_percent(
            value, pattern.replace("##0", "##0." + "#" * places) if places else pattern, locale=self.locale
        )

    def share_range(self, low: float, high: float) -> str:
        """Return two shares as a range of per cent."""
        return f"{self.integer(low * 100)}–{self.share(high)}"

    def duration(self, seconds: float) -> str:
        """Return a length of time in its largest fitting unit."""
        if seconds < 120:
            return self("number.seconds", n=self.number(seconds, 2 if seconds < 10 else 3))
        if seconds < 7_200:
            return self("number.minutes", n=self.number(seconds / 60, 2))
        if seconds < 172_800:
            return self("number.hours", n=self.number(seconds / 3_600, 2))
        days = seconds / 86_400
        return self.plural("number.days", days, n=self.number(days, 2))

    def days_spanned(self, days: float) -> str:
        """Return the time from a first day to a last; dates without a time that are the same span one day."""
        return self.duration(days * 86_400) if days else self.plural("number.days", 1, n=self.integer(1))

    def offset(self, hours: float) -> str:
        """Return a clock's distance from UTC as it is written, such as ``UTC−0:30``."""
        minutes = round(abs(hours) * 60)
        return f"UTC{'−' if hours < 0 else '+'}{minutes // 60}:{minutes % 60:02d}"

    def formula(self, text: str) -> str:
        """Return how a number was made, with the names of its inputs in words."""
        return re.sub(r"[a-z][a-z_0-9]*", lambda name: self._input(name[0]), text)

    def _input(self, name: str) -> str:
        return next((self.phrases[key] for key in (f"formula.{name}", f"price.{name}") if key in self.phrases), name)

    def moment(self, when: dt.datetime) -> str:
        """Return a time to the second, without saying UTC; the column's heading says it."""
        return f"{when:%Y-%m-%d %H:%M:%S}" + (f".{when.microsecond // 1000:03d}" if when.microsecond else "")

    def tick(self, when: dt.datetime, span_s: float) -> str:
        """Return a time for the axis of a chart that shows so many seconds."""
        if span_s <= 600:
            return f"{when:%H:%M:%S}"
        pattern = "HH:mm" if span_s <= 86_400 else "d MMM HH:mm" if span_s <= 4 * 86_400 else "d MMM"
        return format_datetime(when, pattern if span_s <= 300 * 86_400 else "MMM y", locale=self.locale)

    def day(self, when: dt.datetime) -> str:
        """Return a date for a table."""
        return f"{when:%Y-%m-%d}"

    def date(self, when: dt.date) -> str:
        """Return a day in words."""
        return format_date(when, "d MMMM yyyy", locale=self.locale)

    def day_and_time(self, seconds: float) -> str:
        """Return seconds since 1970 as date and time in words, without saying UTC; what follows says it."""
        return format_datetime(dt.datetime.fromtimestamp(seconds, dt.UTC), "d MMMM yyyy, HH:mm", locale=self.locale)

    def moment_utc(self, seconds: float) -> str:
        """Return seconds since 1970 as date and time in words, with UTC."""
        return self("number.utc", moment=self.day_and_time(seconds))

    def bytes(self, count: int) -> str:
        """Return a size on disk."""
        return self("number.bytes", n=self.integer(count))

    def series(self, items: tuple[str, ...]) -> str:
        """Return words joined as the language joins them."""
        return format_list([isolated(item) for item in items], locale=self.locale) if items else ""

    def layer(self, name: str) -> str:
        """Return a layer in words; a name this version does not know is shown as it is."""
        action, _, kind = name.rpartition(":")
        if f"trace.{kind}" not in self.phrases or (action and f"action.{action}" not in self.phrases):
            return name
        if not action:
            return self(f"trace.{kind}")
        return self("layer.act", action=self(f"action.{action}"), object=self(f"trace.{kind}"))

    def known(self, table: str, word: str) -> str:
        """Return the phrase for a word of the run; the word itself where this version has none."""
        return self.phrases.get(f"{table}.{word}", word)

    def detector(self, name: str) -> str:
        """Return what a detector looks for; its name where this version does not know it."""
        return self.known("detector", name)

    def method(self, detector: str) -> tuple[str, ...]:
        """Return the paragraphs about a method; none where this version does not know it."""
        return self.texts(f"method.{detector}") if f"method.{detector}" in self.lists else ()

    def parameter(self, name: str) -> str:
        """Return what a parameter is called."""
        return self.known("parameter", name)

    def setting(self, value: object) -> str:
        """Return a parameter's value."""
        if isinstance(value, (list, tuple)):
            return ", ".join(self.setting(entry) for entry in value)
        if isinstance(value, bool):
            return self("number.yes" if value else "number.no")
        if isinstance(value, (int, float)):
            return self.number(value)
        text = str(value)
        if not text:
            return self("setting.empty")
        keys = (f"setting.{text}", f"price.{text}", f"practice.{text}")
        return next((self.phrases[key] for key in keys if key in self.phrases), None) or self.layer(text)

    def column(self, name: str) -> str:
        """Return a table column's heading; its name in words where this version has no phrase."""
        return self.phrases.get(f"column.{name}") or self.phrases.get(f"score.{name}") or name.replace("_", " ")

    def value(self, word: str) -> str:
        """Return what a word in a table's cell means: one of its own, a score's or a setting's; else the word."""
        keys = (f"{table}.{word}" for table in ("value", "score", "parameter"))
        return next((self.phrases[key] for key in keys if key in self.phrases), word)

    def country(self, code: str) -> str:
        """Return a country's name by its ISO 3166 code; the code where there is none."""
        return str(self.locale.territories.get(code, code))

    def place(self, code: str) -> str:
        """Return the name of a region or country by its ISO 3166 code; the text itself where it is none."""
        return region_names(self.language).get(code) or self.country(code)

    def message(self, message: Message) -> str:
        """Return a message of a loader or a detector in this language; in English where it has no translation."""
        return message.filled(self.messages.get(message.key, message.key), self._value)

    def _value(self, value: Value) -> str:
        if isinstance(value, Message):
            return self.message(value)
        if isinstance(value, int):
            return self.integer(value)
        return self.number(value) if isinstance(value, float) else value

    def title(self, text: str) -> str:
        """Return a phrase as a heading begins: its first letter large, the others as they are."""
        return f"{text[:1].upper()}{text[1:]}"

    def begun(self, text: str) -> str:
        """Return what stands before a sentence's colon, as part of a longer sentence."""
        first = text.partition(":")[0].rstrip(" \u00a0.")
        return f"{first[:1].lower()}{first[1:]}"

    def score_name(self, name: str) -> str:
        """Return what a score is called."""
        return self.known("score", name)

    def short_score(self, score: Score) -> str:
        """Return a score for a narrow column: times as digits, without UTC, which the heading says."""
        if score.unit == "utc_s" and score.value is not None:
            return self.moment(dt.datetime.fromtimestamp(round(score.value), dt.UTC))
        return self.score(score)

    def score(self, score: Score) -> str:
        """Return a score as its name or its unit asks; an empty string where it has no value."""
        if score.value is None:
            return ""
        return self.figure(score.name, score.unit, score.value)

    def interval(self, score: Score) -> str:
        """Return a score's 95 % interval, or an empty string."""
        if score.interval is None:
            return ""
        low, high = (self.figure(score.name, score.unit, bound) for bound in score.interval)
        return self("number.interval", low=low, high=high)

    def figure(self, name: str, unit: str, value: float) -> str:
        """Return a number as its measure says, or else as its unit asks."""
        return _FORMATS[format_of(name, unit)](self, value)


def isolated(text: str) -> str:
    """Return a text that is written from the right so marked that it does not turn the sentence around it."""
    if text.isascii() or text[0] == "\u2068" or not _FROM_RIGHT.search(text):
        return text
    return f"\u2068{text}\u2069"


_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@lru_cache(maxsize=16_384)
def _decimal(value: float, pattern: str | None, locale: Locale) -> str:
    """Return a number as a language writes it; a report prints the same few thousands of times."""
    return format_decimal(value, format=pattern, locale=locale)


_FORMATS: Mapping[Format, Callable[[Words, float], str]] = {
    "number": lambda words, value: words.number(value),
    "rough": lambda words, value: words.number(value, 2),
    "share": Words.share,
    "small": Words.small,
    "duration": Words.duration,
    "hours": lambda words, value: words.duration(value * 3_600),
    "days": lambda words, value: words.plural("number.days", value, n=words.number(value, 2)),
    "span": Words.days_spanned,
    "moment": Words.moment_utc,
    "hour": lambda words, value: words("number.utc", moment=f"{int(value) % 24:02d}:{round(value % 1 * 60):02d}"),
    "offset": Words.offset,
    "people": lambda words, value: words("number.under_one") if 0 < value < 1 else words.number(value, 2),
    "day": lambda words, value: words.day(dt.datetime.fromtimestamp(value * 86_400, dt.UTC)),
    "year": lambda _words, value: f"{value:.0f}",
}
"""How each format of a measure is written."""
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@cache
def words(language: str) -> Words:
    """Return the phrases and formats of a language.

    Raises:
        ParameterError: there are none for it.
    """
    if language not in LANGUAGES:
        raise ParameterError(
            "There is no report in the language '{language}'. There is: {names}.",
            language=language,
            names=", ".join(LANGUAGES),
        )
    entries = phrases(language)
    return Words(
        language,
        {key: value for key, value in entries.items() if isinstance(value, str)},
        {key: tuple(value) for key, value in entries.items() if isinstance(value, list)},
        Locale.parse(language),
        {} if language == LANGUAGES[0] else sentences(language),
    )
