"""The phrases: complete in every language, careful in every language, and numbers as readers write them."""

from __future__ import annotations

import re
import string

import pytest

from forensics.detectors import DETECTORS
from forensics.errors import ParameterError
from forensics.params import declared
from reports.wording import LANGUAGES, words

FORBIDDEN = r"\b(bots?|trolls?|farms?|fermes? (à|de)|fake|paid|payés?|faux comptes?|robots?)\b"


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_every_language_has_every_phrase() -> None:
    first = words(LANGUAGES[0])
    for language in LANGUAGES[1:]:
        other = words(language)
        assert set(other.phrases) == set(first.phrases)
        assert {key: len(value) for key, value in other.lists.items()} == {k: len(v) for k, v in first.lists.items()}


def test_every_language_fills_in_the_same_fields() -> None:
    english, french = words("en"), words("fr")
    for key, phrase in english.phrases.items():
        if not key.endswith(".one"):  # "one account" needs no number
            assert placeholders(french.phrases[key]) == placeholders(phrase), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_calls_anybody_names(language: str) -> None:
    wording = words(language)
    for text in [*wording.phrases.values(), *(str(entry) for entries in wording.lists.values() for entry in entries)]:
        assert not re.search(FORBIDDEN, text, re.IGNORECASE), text


GUILT = (
    r"(?i)likelihood that|almost certain|(very |un)likely\b|even chance|probabilité que|(très |im)probable"
    r"|presque certain\b"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_says_how_likely_it_is_that_somebody_did_something(language: str) -> None:
    for key, text in words(language).phrases.items():
        assert not re.search(GUILT, text), (key, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_parameter_and_note_of_every_detector_has_words(language: str) -> None:
    wording = words(language)
    for detector in DETECTORS:
        assert wording.has(f"detector.{detector.name}")
        assert wording.method(detector.name)
        for item in declared(detector.params):
            assert wording.has(f"parameter.{item.name}"), item.name


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (0, "0", "0"),
        (1234567, "1,234,567", "1 234 567"),
        (1234.5678, "1,235", "1 235"),
        (12.345, "12.3", "12,3"),
        (0.00123, "0.00123", "0,00123"),
        (2.1e-9, "2.1 × 10⁻⁹", "2,1 × 10⁻⁹"),
        (9.99e-9, "1.0 × 10⁻⁸", "1,0 × 10⁻⁸"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(value: float, english: str, french: str) -> None:
    assert words("en").number(value) == english
    assert words("fr").number(value).replace("\u202f", " ") == french


def test_a_value_smaller_than_the_floor_is_not_printed() -> None:
    assert words("en").small(1e-40) == "< 10⁻⁹"
    assert words("en").small(0.0312) == "0.031"


def test_times_say_utc_and_lengths_of_time_take_their_unit() -> None:
    english, french = words("en"), words("fr")
    assert english.moment_utc(1_632_000_000) == "18 September 2021, 21:20 UTC"
    assert french.moment_utc(1_632_000_000) == "18 septembre 2021, 21:20 UTC"
    assert [english.duration(value) for value in (5, 61, 600, 7_200, 86_400, 864_000)] == [
        "5 s", "61 s", "10 min", "2 h", "24 h", "10 days",
    ]  # fmt: skip


def test_what_is_filled_in_is_never_read_as_a_template() -> None:
    assert words("en")("group.name", n="{0.__class__} {n}") == "Group\N{NO-BREAK SPACE}{0.__class__} {n}"


def test_an_unknown_language_names_those_there_are() -> None:
    with pytest.raises(ParameterError, match="en, fr"):
        words("tlh")


def test_clocks_spans_and_formulas_are_written_as_readers_write_them() -> None:
    english, french = words("en"), words("fr")
    assert english.figure("clock_offset", "hours", -0.5) == "UTC−0:30"
    assert [english.figure("burst_days", "days", days) for days in (0.0, 0.125, 5.0)] == ["1 day", "3 h", "5 days"]
    assert english.formula("hours / (days × hours_per_day)") == "hours / (days × hours a day)"
    assert french.formula("acts × seconds / 3600") == "actes × secondes par acte / 3600"


def test_french_keeps_its_punctuation_on_the_line() -> None:
    wording = words("fr")
    for text in [*wording.phrases.values(), *(str(entry) for entries in wording.lists.values() for entry in entries)]:
        assert not re.search(r"« | [»:;?!]", text), text


def test_only_all_is_all_and_only_none_is_none() -> None:
    english = words("en")
    assert [english.share(value) for value in (0, 2e-9, 0.0002, 0.31, 0.9951, 0.99999, 1)] == [
        "0%", "under 0.01%", "0.02%", "31%", "99.5%", "99.9%", "100%",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["תכלת-ים", "عنبر 7"])
def test_a_name_written_from_the_right_turns_no_sentence(name: str) -> None:
    wording = words("en")
    marked = f"\u2068{name}\u2069"
    assert wording("page_one.served_camp", camp=name, n="12") == f"12 for {marked}"
    assert wording.series((name, "violet")) == f"{marked} and violet"
    assert wording("page_one.served_camp", camp=wording("page_one.everything"), n="12") == "12 for all acts"
    assert wording("served.named", text=marked).count("\u2068") == 1
