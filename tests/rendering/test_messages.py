"""Every message of the library has its French, with the same values, and is rendered where a reader meets it."""

from __future__ import annotations

import re

import pytest
from rendering.message_walk import messages

from forensics.errors import TooLittleDataError
from forensics.loaders import LOADERS
from forensics.messages import Message, message, read_fields, written_fields
from reports.word_catalogue import sentences
from reports.wording import words

FRENCH = sentences("fr")
FIELD = re.compile(r"\{(\w+)\}")
PROPER = {loader.title for loader in LOADERS} | {"RFC 2822"}
"""Names of formats, which may be the same in French."""


@pytest.fixture(scope="module")
def places() -> dict[str, str]:
    """Every sentence and where it stands; read by the worker that asks, since all of them collect the tests."""
    return {english: place for english, place in messages() if english}


def test_the_walk_finds_the_messages(places: dict[str, str]) -> None:
    assert {"no account", "Pages without tweets: {number}.", "The times in '{column}' are unix {unit}."} <= set(places)
    assert len(places) > 140


def test_every_message_has_its_french(places: dict[str, str]) -> None:
    assert {
        english: place for english, place in places.items() if english not in FRENCH and english not in PROPER
    } == {}


def test_a_translation_has_the_values_of_its_sentence() -> None:
    for english, french in FRENCH.items():
        assert set(FIELD.findall(french)) == set(FIELD.findall(english)), english
        assert french != english or english == "minute"


def test_values_are_written_as_the_language_writes_them() -> None:
    french, english = words("fr"), words("en")
    read = message("Times read to the millisecond from the tweets' ids: {number}.", number=12_345)
    assert french.message(read).endswith("\N{NO-BREAK SPACE}: 12\N{NARROW NO-BREAK SPACE}345.")
    assert english.message(read) == str(read) == "Times read to the millisecond from the tweets' ids: 12,345."
    repeats = message("duplicate of row {row} of {file}", row=3, file="a {b}.csv")
    assert french.message(repeats) == "répète la ligne 3 de a {b}.csv"
    written = message("The times in '{column}' are written {form}.", column="at", form=Message("year-month-day"))
    assert "année-mois-jour" in french.message(written)


def test_what_has_no_translation_is_printed_in_english() -> None:
    assert words("fr").message(Message("Something new in {braces}.")) == "Something new in {braces}."


def test_an_error_keeps_its_sentence_and_values_apart() -> None:
    error = TooLittleDataError("Only {n_accounts} accounts have a handle; {least} are needed.", n_accounts=2, least=9)
    assert str(error) == "Only 2 accounts have a handle; 9 are needed."
    assert error.message.fields == {"n_accounts": 2, "least": 9}


def test_values_of_a_reason_come_back_from_a_table() -> None:
    reason = message("duplicate of row {row} of {file}", row=3, file='a "b".csv')
    assert read_fields(reason.key, written_fields(reason)) == reason
