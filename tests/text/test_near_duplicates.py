"""Near-duplicate texts, against comparing all pairs one by one."""

from __future__ import annotations

import math
import tracemalloc
from collections import Counter

import numpy as np
import polars as pl
import pytest

from forensics.text import near_duplicates, ngrams
from forensics.text.fingerprint import MIN_CHARACTERS
from forensics.text.near_duplicates import near_duplicate_groups
from forensics.text.ngrams import fold_loosely, vectors

FARM = [
    "Franchement, tout coûte trop cher et nos écoles manquent de moyens !",
    "franchement tout coute trop cher, et nos écoles manquent de moyens 👏👏",
    "Franchement tout coûte trop cher et nos écoles manquent de moyen https://a.example/x",
    "@someone Franchement, tout coûte trop cher et nos\u200b écoles manquent de moyens...",
]
OTHERS = [
    "La séance du conseil municipal est reportée à la semaine prochaine.",
    "Quelqu'un a-t-il vu passer le bus de nuit hier soir place Bellecour ?",
]


def made_up(n: int, seed: int) -> list[str]:
    """Return sentences of few words, so that many pairs are near and many nearly so, some of them several times."""
    rng = np.random.default_rng(seed)
    words = ["maire", "train", "impôts", "école", "hôpital", "retraite", "climat", "vote", "débat", "promesse", "loi"]
    return [" ".join(rng.choice(words, rng.integers(3, 7))) for _ in range(n)]


def cosines(texts: list[str]) -> list[list[float]]:
    """Return all cosines from the definition."""
    grams = [Counter(f" {t} "[i : i + 4] for i in range(len(t) - 1)) for t in texts]
    in_texts = Counter(gram for counts in grams for gram in counts)
    idf = {gram: math.log((1 + len(texts)) / (1 + n)) + 1 for gram, n in in_texts.items()}
    weights = [{gram: n * idf[gram] for gram, n in counts.items()} for counts in grams]
    lengths = [math.sqrt(sum(w * w for w in row.values())) for row in weights]
    return [
        [sum(w * b.get(g, 0.0) for g, w in a.items()) / (x * y) for b, y in zip(weights, lengths, strict=True)]
        for a, x in zip(weights, lengths, strict=True)
    ]


def by_definition(texts: list[str], threshold: float) -> list[int | None]:
    """Return the first text of each text's group, from all pairs."""
    folded = fold_loosely(pl.Series(texts)).to_list()
    uses = Counter(text for text in folded if len(text) >= MIN_CHARACTERS)
    ordered = sorted(uses, key=lambda text: (-uses[text], text))
    near = cosines(ordered)
    first: list[int] = []
    for one in range(len(ordered)):
        found = (other for other in range(one) if first[other] == other and near[one][other] >= threshold)
        first.append(next(found, one))
    return [first[ordered.index(text)] if text in uses else None for text in folded]


def as_parts(groups: list[object]) -> list[int]:
    """Number the groups in order of appearance, so that namings can be compared."""
    numbers: dict[object, int] = {None: -1}
    return [numbers.setdefault(group, len(numbers)) for group in groups]


def test_edited_copies_are_one_group_and_others_are_not() -> None:
    groups = near_duplicate_groups(pl.Series([*FARM, *OTHERS])).to_list()
    assert len(set(groups[:4])) == 1
    assert len(set(groups)) == 3


@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.8, 0.95])
@pytest.mark.parametrize("rows", [7, 2_048])
def test_the_quick_way_finds_the_groups_of_all_pairs(
    threshold: float, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near_duplicates, "_ROWS", rows)
    monkeypatch.setattr(near_duplicates, "_SHELF", 2 * rows)
    monkeypatch.setattr(near_duplicates, "_ENTRIES", 50)
    texts = made_up(300, seed=1)
    groups = near_duplicate_groups(pl.Series(texts), threshold).to_list()
    expected = by_definition(texts, threshold)
    assert as_parts(groups) == as_parts(list(expected))
    assert 1 < len(set(groups)) < len(set(texts))


def test_the_vectors_are_those_of_the_definition() -> None:
    texts = sorted(set(made_up(60, seed=2)))
    rows = vectors(texts)
    found = (rows.weights @ rows.weights.T).toarray()
    for one, expected in enumerate(cosines(texts)):
        for other, cosine in enumerate(expected):
            alone = rows.alone[one] if one == other else 0.0
            assert found[one, other] + alone == pytest.approx(cosine, abs=1e-9)


def test_the_order_of_rows_and_repeats_of_the_call_change_nothing() -> None:
    texts = pl.Series([*made_up(400, seed=3), *FARM, None, "short"])
    groups = near_duplicate_groups(texts)
    shuffled = texts.to_frame("text").with_columns(group=groups).sample(fraction=1.0, shuffle=True, seed=5)
    assert near_duplicate_groups(shuffled["text"]).to_list() == shuffled["group"].to_list()


def test_a_chain_of_small_edits_does_not_weld_unlike_texts() -> None:
    words = [f"{a}{b}{a}{b}{b}a" for a in "bcdfglmnprst" for b in "aeiou"]
    chain = [" ".join(words[start : start + 20]) for start in range(40)]
    groups = near_duplicate_groups(pl.Series(chain), 0.8).to_list()
    assert groups[0] == groups[1]
    assert groups[0] != groups[20]
    assert len(set(groups)) > 4


def test_short_and_missing_texts_stay_out() -> None:
    groups = near_duplicate_groups(pl.Series(["Bravo !", "Bravo !", None, "👏" * 40, "1234567890 1234567890 12345"]))
    assert groups.to_list() == [None] * 5
    assert near_duplicate_groups(pl.Series([], dtype=pl.String)).len() == 0


def test_at_a_threshold_of_one_only_texts_that_fold_alike_are_one() -> None:
    groups = near_duplicate_groups(
        pl.Series(["Il FAUT du changement, vite !", "il faut du changement vite", *FARM]), 1.0
    )
    assert groups[0] == groups[1]
    assert len(set(groups[2:])) == 3


def test_numbers_and_people_are_blanks_in_a_template() -> None:
    texts = pl.Series(["@a Réunion salle 5 à 18h30 avec le maire", "@b_c Réunion salle 12 à 9h00 avec le maire"])
    assert near_duplicate_groups(texts, 1.0).n_unique() == 1


@pytest.mark.parametrize("hostile", ["a" * 5_000, "\U0010ffff" * 30, "\ud800" * 30, "ا\u0651\u200d" * 20, "字" * 25])
def test_strange_texts_are_grouped_with_their_like_only(hostile: str) -> None:
    texts = pl.Series([hostile.encode("utf-8", "replace").decode(), *FARM])
    groups = near_duplicate_groups(texts).to_list()
    assert groups[0] not in groups[1:]


@pytest.mark.parametrize("threshold", [0.4, 1.1])
def test_a_threshold_that_means_nothing_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match=r"between 0\.5 and 1"):
        near_duplicate_groups(pl.Series(FARM), threshold)


def test_few_texts_take_no_table_of_all_buckets_and_have_the_same_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = sorted(set(made_up(300, 4)))
    by_sorting = vectors(texts)
    tracemalloc.start()
    vectors(texts[:5])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2**20
    monkeypatch.setattr(ngrams, "_FEW", 0)
    by_table = vectors(texts)
    for name in ("data", "indices", "indptr"):
        assert np.array_equal(getattr(by_sorting.weights, name), getattr(by_table.weights, name))
    assert np.array_equal(by_sorting.alone, by_table.alone)
