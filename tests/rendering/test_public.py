"""The public version: no account can be found from it, and it says what is missing before it may be published."""

from __future__ import annotations

import dataclasses
import re

import polars as pl
import pytest
from rendering.fake_run import HOSTILE, TEXTS, fake_run

import reports
from forensics.case import Correction, Reply
from forensics.errors import ParameterError
from forensics.findings import Run
from reports.html_document import html
from reports.public_version import public_run
from reports.wording import LANGUAGES, words

KEY = b"a key of sixteen bytes or more"


def with_case(**changes: object) -> Run:
    run = fake_run()
    return dataclasses.replace(run, case=dataclasses.replace(run.case, **changes))


@pytest.fixture(scope="module")
def source() -> str:
    return html(reports.render(fake_run(), public_key=KEY))


def test_no_account_handle_text_or_address_is_left(source: str) -> None:
    accounts = fake_run().detections[0].tables["accounts"]
    known = [*accounts["account_id"], *accounts["handle"].drop_nulls(), *HOSTILE, *TEXTS]
    assert not [name for name in known if len(name) > 4 and name in source]
    assert "social.example" not in source
    assert "Köln" not in source


def test_the_numbers_are_those_of_the_working_copy() -> None:
    working, public = fake_run().detections[0], public_run(fake_run(), KEY).detections[0]
    for public_one, known in zip(public.findings, working.findings, strict=True):
        assert [score for score in public_one.scores if score.unit != "utc_s"] == [
            score for score in known.scores if score.unit != "utc_s"
        ]
        assert [score.value % 600 for score in public_one.scores if score.unit == "utc_s"] == [0.0, 0.0]
    assert "patterns" in working.tables
    assert {name: table.shape for name, table in public.tables.items()} == {
        name: table.shape for name, table in working.tables.items() if name != "patterns"
    }
    assert public.tables["accounts"]["account_id"].n_unique() == working.tables["accounts"]["account_id"].n_unique()


def test_a_pseudonym_is_the_same_in_every_table_and_another_with_another_key() -> None:
    first, other = (public_run(fake_run(), key).detections[0].tables for key in (KEY, KEY[::-1]))
    edges = set(first["edges"]["left"]) | set(first["edges"]["right"])
    assert edges <= set(first["accounts"]["account_id"])
    assert not set(first["accounts"]["account_id"]) & set(other["accounts"]["account_id"])


def test_times_are_too_coarse_to_look_an_act_up() -> None:
    times = public_run(fake_run(), KEY).detections[0].tables["acts"]["left_at"]
    assert (times.dt.minute() % 10 == 0).all()
    assert (times.dt.second() == 0).all()


def test_an_account_that_the_case_names_with_a_reason_keeps_its_name() -> None:
    run = with_case(named=(("user_1_0", "The party's official page."),))
    tables = public_run(run, KEY).detections[0].tables
    kept = tables["accounts"].filter(pl.col("account_id") == "user_1_0")
    assert kept.height == 1
    assert tables["accounts"]["handle"].drop_nulls().to_list() == kept["handle"].drop_nulls().to_list()
    assert "The party&#39;s official page." in html(reports.render(run, public_key=KEY))


def test_a_public_version_without_right_of_reply_says_so_first(source: str) -> None:
    assert source.index("Not ready for publication") < source.index("Who acted together?")
    reply = Reply("The town hall", "2021-05-04", "Are these accounts yours?")
    replied = html(reports.render(with_case(right_of_reply=(reply,)), public_key=KEY))
    assert "Not ready for publication" not in replied
    for text in ("The town hall", "4 May 2021", "Are these accounts yours?", "No answer so far."):
        assert text in replied


def test_corrections_are_dated_in_the_language_of_the_report() -> None:
    run = with_case(corrections=(Correction("2021-05-09", "Group 3 taken out."),))
    source = html(reports.render(run, "fr"))
    assert "9 mai 2021" in source
    assert "Group 3 taken out." in source


def test_the_working_copy_says_that_it_names_accounts() -> None:
    assert "working copy, names accounts, not for publication" in html(reports.render(fake_run()))


def test_a_key_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(ParameterError, match="16 or more"):
        public_run(fake_run(), b"short")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_of_the_public_version_leads_to_a_file_of_the_run(language: str) -> None:
    phrases = words(language).for_the_public().phrases
    named = [key for key, text in phrases.items() if re.search(r"\b(evidence|tables|rejected)/|run\.json", text)]
    assert named == ["evidence.readme"]  # which lies beside the files
