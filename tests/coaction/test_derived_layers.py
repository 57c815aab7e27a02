"""Near-duplicate texts as one object of the text layer."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.coaction import derived_layers
from forensics.coaction.derived_layers import NEAR, text_notes, with_near_duplicates
from forensics.text.fingerprint import fingerprints

WORKERS = [f"w{i:02}" for i in range(8)]
OPENINGS = ("Franchement, ", "Enfin : ", "Bravo ! ", "Merci, ", "À mon avis, ", "Chez nous, ", "", "Soyons clairs : ")


def acts(rows: list[tuple[str, int, str]]) -> pl.DataFrame:
    """Return comments, each an act upon its words."""
    frame = pl.DataFrame(rows, schema=["account_id", "second", "text"], orient="row").select(
        "account_id",
        "text",
        action=pl.lit("comment"),
        object_kind=pl.lit("text"),
        acted_at=pl.from_epoch(1_700_000_000 + pl.col("second")).cast(schema.TIME),
        time_precision=pl.lit("s"),
        post_id=pl.format("p{}", pl.int_range(pl.len())),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, pl.len() + 1),
    )
    known = frame.with_columns(object_id=fingerprints(frame["text"]))
    return schema.conform(known.drop_nulls("object_id"), schema.ACTIONS)


def reworded_farm(seed: int) -> pl.DataFrame:
    """Eight workers post one sentence for each of ten orders, each in own words at the edges; others talk of theirs."""
    rng = np.random.default_rng(seed)
    subjects = [
        " ".join("bcdfglmnprstvz"[int(d)] + "aeiou"[int(d) % 5] + "ntrels"[int(d) % 6] for d in f"{n:07}"[::-1])
        for n in rng.integers(10**6, 10**7, 10)
    ]
    rows = []
    for order, subject in enumerate(subjects):
        start = order * 90_000 + int(rng.integers(0, 3_000))
        claim = f"personne ne parle jamais de {subject}, voilà la vérité toute simple"
        # Somebody wrote it the day before: only then does closeness in time differ from being there first.
        rows.append((f"u{order:02}", start, claim))
        for place, name in enumerate(WORKERS):
            at = start + 86_400 + int(rng.integers(0, 50))
            rows.append((name, at, OPENINGS[(place + order) % 8] + claim))
    for account in range(60):
        for turn in range(6):
            words = " ".join("".join(rng.choice(list("abcdeilmnoprstu"), 6)) for _ in range(8))
            rows.append((f"u{account:02}", int(rng.integers(0, 900_000)), f"{words} {turn}"))
    return acts(rows)


def test_reworded_texts_become_one_object_and_nothing_else_changes() -> None:
    actions = reworded_farm(1)
    derived = with_near_duplicates(actions, 0.8)
    farm = derived.filter(pl.col("account_id").is_in(WORKERS))
    assert farm["object_id"].n_unique() == 10
    assert farm["object_id"].str.starts_with(NEAR).all()
    others = derived.filter(~pl.col("account_id").is_in(WORKERS))
    assert others.filter(pl.col("object_id").str.starts_with(NEAR)).height == 10
    assert derived.drop("object_id").equals(actions.drop("object_id"))


def test_a_similarity_of_one_changes_nothing() -> None:
    actions = reworded_farm(1)
    assert with_near_duplicates(actions, 1.0).equals(actions)


def test_objects_of_other_kinds_and_texts_without_their_words_stay() -> None:
    actions = reworded_farm(2)
    links = actions.with_columns(object_kind=pl.lit("url", schema.OBJECT_KIND))
    hidden = actions.with_columns(text=pl.lit(None, pl.String))
    foreign = actions.with_columns(object_id="x" + pl.col("object_id"))
    for unchanged in (links, hidden, foreign, actions.clear()):
        assert with_near_duplicates(unchanged, 0.8).equals(unchanged)


def test_too_many_texts_are_left_as_they_are_and_the_report_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    actions = reworded_farm(2)
    assert text_notes(actions, 0.8) == ()
    monkeypatch.setattr(derived_layers, "MAX_TEXTS", 100)
    assert with_near_duplicates(actions, 0.8).equals(actions)
    assert text_notes(actions, 0.8) == ("texts_compared_exactly",)
    assert text_notes(actions, 1.0) == text_notes(actions, 0.8, ("url",)) == ()


def test_without_the_text_layer_nothing_is_compared() -> None:
    actions = reworded_farm(2)
    assert with_near_duplicates(actions, 0.8, ("url", "hashtag")).equals(actions)
    assert not with_near_duplicates(actions, 0.8, ("all",)).equals(actions)


def test_the_order_of_rows_changes_no_object() -> None:
    actions = reworded_farm(3)
    shuffled = actions.sample(fraction=1.0, shuffle=True, seed=2)
    derived = with_near_duplicates(shuffled, 0.8).sort("source_row")
    assert derived.equals(with_near_duplicates(actions, 0.8).sort("source_row"))
