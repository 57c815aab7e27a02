"""Handle patterns: what kind of name an account goes by, and whether a group shares one more than the rest does.

The classes follow what platforms suggest at sign-up and what registration scripts make: they describe, they accuse
nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.accounts.accounts_vocabulary import GROUP_HANDLES, HANDLES
from forensics.detectors.detector import GROUP_FINDERS, Detector, has_groups, of_groups
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Finding, Score
from forensics.params import param
from forensics.progress import Progress
from forensics.statistics.multiple_testing import with_q_values

CLASSES = ("default_digits", "year", "short_digits", "digits_only", "random", "plain")
"""Classes in the order in which they are tried.

``default_digits``: letters and eight digits, as X suggests, or five or more digits at the end; ``year``: a year of 1940
to 2029 at the end; ``short_digits``: one to four other digits at the end; ``digits_only``: no letter at all;
``random``: six Latin consonants in a row, or digits strewn among the letters; ``plain``: anything else.
"""

_TRAILING = re.compile(r"^(?P<stem>.*?)(?P<digits>[0-9]*)$", re.DOTALL)
_YEAR = re.compile(r"(?:19[4-9]|20[0-2])[0-9]$")
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüаеёиоуыэюяіїєαεηιουω")


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    minimum_accounts: int = param(20, "accounts", "Fewer accounts with a handle are not examined.", 5, 1_000_000)
    minimum_group: int = param(5, "accounts", "Smaller groups that share a name's shape are not reported.", 3, 100_000)
    alpha: float = param(0.01, "1", "Expected share of false ones among those reported.", 1e-9, 0.5)


def handle_class(handle: str) -> str:
    """Return the class of a handle, one of ``CLASSES``."""
    name = handle.casefold().lstrip("@")
    match = _TRAILING.match(name)
    stem, digits = (match["stem"], match["digits"]) if match else (name, "")
    if not any(letter.isalpha() for letter in stem):
        return "digits_only"
    if len(digits) >= 5:
        return "default_digits"
    if _YEAR.search(digits):
        return "year"
    if digits:
        return "random" if _is_random(stem) else "short_digits"
    return "random" if _is_random(stem) else "plain"


def _is_random(stem: str) -> bool:
    """Return whether letters look drawn: six Latin consonants in a row, or digits strewn among the letters."""
    switches = sum(a.isdigit() != b.isdigit() for a, b in pairwise(stem) if "_" not in (a, b))
    longest, run = 0, 0
    for letter in stem:
        # Scripts without vowels as letters of their own are never called random.
        run = run + 1 if letter.isascii() and letter.isalpha() and letter not in _VOWELS else 0
        longest = max(longest, run)
    return longest >= 6 or (switches >= 3 and len(stem) >= 6)


def shape(handle: str) -> str:
    """Return a handle's shape: runs of letters ``a``, digits ``9`` with their number, other signs as they are.

    ``Anna_Smith1984`` is ``a_a9999``: letters of any number count as one, since names differ in length.
    """
    letters = re.sub(r"[^\W\d_]+", "a", handle.lstrip("@"))
    return re.sub(r"\d", "9", letters)


def _named(dataset: Dataset) -> pl.DataFrame:
    """Return ``account_id, handle, handle_class, shape`` of the accounts with a handle, the latest capture of each."""
    latest = dataset.latest_accounts("handle").filter(pl.col("handle").str.len_chars() > 0)
    names = latest["handle"].to_list()
    return pl.DataFrame(
        {
            "account_id": latest["account_id"],
            "handle": latest["handle"],
            "handle_class": pl.Series([handle_class(name) for name in names], dtype=pl.String),
            "shape": pl.Series([shape(name) for name in names], dtype=pl.String),
        }
    )


def handles(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:  # noqa: ARG001  as any detector
    """Count the classes and shapes of the handles in the data.

    Returns:
        Tables ``handles`` (one row per account) and ``handle_classes`` (accounts and share by class). No findings: what
        is common among all accounts of some data tells nothing; groups are judged by ``handles_of_groups``.

    Raises:
        TooLittleDataError: fewer accounts with a handle than asked for.
    """
    named = _named(dataset)
    if named.is_empty():
        raise TooLittleDataError("No account has a handle.")
    if named.height < params.minimum_accounts:
        raise TooLittleDataError(
            "Handles of {minimum_accounts} accounts are needed; the data have {n_accounts}.",
            n_accounts=named.height,
            minimum_accounts=params.minimum_accounts,
        )
    counts = Counter(named["handle_class"].to_list())
    progress("sorting handles", named.height, named.height)
    classes = pl.DataFrame(
        {
            "handle_class": CLASSES,
            "n_accounts": [counts[name] for name in CLASSES],
            "share": [counts[name] / named.height for name in CLASSES],
        }
    )
    scores = (Score("accounts_named", float(named.height), "accounts"),)
    return Detection("handles", asdict(params), (), scores, {"handles": named, "handle_classes": classes})


def handles_of_groups(
    dataset: Dataset,
    members: pl.DataFrame,
    params: Params,
    seed: int,  # noqa: ARG001  nothing is drawn; as any detector
    progress: Progress,
) -> Detection:
    """Find groups in which a class or a shape of handle is more common than among all other accounts.

    Args:
        dataset: its accounts.
        members: ``finding_id, account_id``; one row per account of a group.

    Returns:
        Table ``handle_groups``: one row per group and pattern that at least two members share, with Fisher's exact
        one-sided p-value and q-value over all rows.

    Raises:
        TooLittleDataError: no group has enough accounts with a handle.
    """
    from scipy import stats  # noqa: PLC0415  takes half a second

    named = _named(dataset)
    groups = (
        members.select("finding_id", "account_id").unique().join(named, "account_id").sort("finding_id", "account_id")
    )
    rows: list[dict[str, object]] = []
    n_groups = groups["finding_id"].n_unique()
    everywhere = {kind: Counter(named[kind].to_list()) for kind in ("handle_class", "shape")}
    for number, ((name,), own) in enumerate(groups.group_by("finding_id", maintain_order=True)):
        size, rest = own.height, named.height - own.height
        if size < params.minimum_group or rest < params.minimum_accounts:
            continue
        progress("comparing handles of groups", number, n_groups)
        for kind, of_all in everywhere.items():
            for pattern, inside in sorted(Counter(own[kind].to_list()).items()):
                if inside < 2 or pattern in ("plain", "a"):
                    continue
                outside = of_all[pattern] - inside
                # Members drawn from all named accounts without putting back: the upper tail is Fisher's exact test.
                p_value = float(stats.hypergeom.sf(inside - 1, named.height, of_all[pattern], size))
                rows.append(
                    {"finding_id": f"handles-{name}", "group": str(name), "kind": kind, "pattern": pattern}
                    | {"n_accounts": inside, "n_group": size, "share": inside / size}
                    | {"share_of_others": outside / rest, "p_value": p_value}
                )
    if not groups.height:
        raise TooLittleDataError("No group has accounts with a handle, so handle patterns cannot be compared.")
    table = with_q_values(pl.DataFrame(rows)) if rows else pl.DataFrame()
    found = [
        _finding(own.row(0, named=True))
        for _, own in (table.sort("q_value", "kind", "pattern").group_by("group", maintain_order=True) if rows else ())
        if own["q_value"][0] <= params.alpha and own["share"][0] >= 0.5
    ]
    found.sort(key=lambda finding: finding.id)
    return Detection(OF_GROUPS.name, asdict(params), tuple(found), (), {"handle_groups": table})


def _finding(row: dict[str, Any]) -> Finding:
    chance = (row["p_value"], row["q_value"], "drawn_accounts")
    return Finding(
        id=row["finding_id"],
        question="how",
        subject=row["group"],
        statement="handle_pattern_group",
        scores=(
            Score("handle_share", row["share"], "1", row["n_group"], None, *chance),
            Score("handle_share_of_others", row["share_of_others"], "1"),
        ),
        strength="low",
        alternatives=("platform_suggestion", "naming_custom"),
        evidence=("handle_groups",),
    )


DETECTOR = Detector(
    name="handles",
    title="Handle patterns",
    question="how",
    needs=("accounts",),
    params=Params,
    run=handles,
    vocabulary=HANDLES,
    cites=("Fisher 1935, The Design of Experiments",),
    text=(
        "Sorts account names by their pattern, such as a name with eight digits as a platform suggests it, and "
        "counts each. What is common in all data tells nothing; the groups are judged by handles_of_groups."
    ),
)

OF_GROUPS = Detector(
    name="handles_of_groups",
    title="Handle patterns of the groups",
    question="how",
    needs=("accounts",),
    params=Params,
    run=of_groups(handles_of_groups),
    vocabulary=GROUP_HANDLES,
    cites=DETECTOR.cites,
    text="Shows whether most accounts of a group share a pattern of names that the other accounts do not.",
    after=GROUP_FINDERS,
    applies=has_groups,
)
