"""Handle patterns are sorted as described, and a group's shared pattern is set against the others."""

from __future__ import annotations

import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.accounts.handles import DETECTOR, Params, handle_class, handles_of_groups, shape
from forensics.errors import TooLittleDataError
from forensics.progress import quiet


@pytest.mark.parametrize(
    ("handle", "expected"),
    [
        ("@AnnaSmith48213977", "default_digits"),
        ("maria12345", "default_digits"),
        ("jean1984", "year"),
        ("jean07", "short_digits"),
        ("123456", "digits_only"),
        ("xkqzrtvw", "random"),
        ("a1b2c3d4e", "random"),
        ("Jean_Dupont", "plain"),
        ("Мария", "plain"),
        ("schwarz", "plain"),
        ("नरेंद्र", "plain"),
    ],
)
def test_a_handle_is_sorted(handle: str, expected: str) -> None:
    assert handle_class(handle) == expected


def test_a_shape_forgets_the_letters_and_keeps_the_build() -> None:
    assert shape("@Anna_Smith1984") == "a_a9999"
    assert shape("Zoë-77") == "a-99"


def accounts(names: list[str]) -> Dataset:
    frame = pl.DataFrame(
        {
            "account_id": [f"a{i:03d}" for i in range(len(names))],
            "handle": names,
            "source_id": ["s1"] * len(names),
            "source_row": range(1, len(names) + 1),
        }
    )
    return Dataset(accounts=schema.conform(frame, schema.ACCOUNTS))


def test_a_group_with_one_build_of_names_is_found_and_another_is_not() -> None:
    stems = ["anna", "bert", "carla", "dora", "emil", "fred", "gina", "hans"]
    names = [f"{stem}{i}" if i % 9 == 0 else f"{stem}_{chr(97 + i % 26)}" for i, stem in enumerate(stems * 12)]
    names += [f"{stem}_{stem}{1950 + i}" for i, stem in enumerate(stems)]
    members = pl.DataFrame(
        {"finding_id": ["farm"] * 8 + ["club"] * 8, "account_id": [f"a{i:03d}" for i in [*range(96, 104), *range(8)]]}
    )
    result = handles_of_groups(accounts(names), members, Params(), 0, quiet)
    assert [finding.subject for finding in result.findings] == ["farm"]
    assert DETECTOR.run(accounts(names), Params(), 0, quiet).tables["handle_classes"]["n_accounts"].sum() == 104


def test_too_few_handles_are_refused() -> None:
    with pytest.raises(TooLittleDataError, match="Handles of 20 accounts are needed; the data have 2"):
        DETECTOR.run(accounts(["a", "b"]), Params(), 0, quiet)
