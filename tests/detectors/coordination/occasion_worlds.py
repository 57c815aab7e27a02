"""Ordinary audiences in which one decision leaves many traces: nobody in them works together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import numpy as np
import polars as pl

from forensics import schema
from forensics.dataset import Dataset
from forensics.loaders.normalising.act_rows import TRACES, acts_from_posts
from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.reading.csv_dialect import ROW

START_S = int(datetime(2024, 6, 1, tzinfo=UTC).timestamp())
N_ACCOUNTS, N_POSTS, WEEK_S = 700, 3_000, 7 * 86_400
CAMPAIGN = ("vote", "hall", "change", "now", "together", "sunday")


def dataset(accounts: Sequence[int], times: Sequence[float], **columns: Sequence[object]) -> Dataset:
    """Return posts as every loader makes acts of them.

    Args:
        accounts: who wrote each.
        times: seconds since the start.
        columns: further columns of ``acts.acts_from_posts``.
    """
    n = len(accounts)
    at = pl.Series([(START_S + int(time)) * 1_000_000 for time in times], dtype=pl.Int64).cast(schema.TIME)
    posts = pl.DataFrame(
        {
            ROW: range(1, n + 1),
            "account_id": [f"a{account:04}" for account in accounts],
            "acted_at": at,
            "time_precision": ["s"] * n,
            "post_id": [f"p{number:05}" for number in range(n)],
            **columns,
        },
        strict=False,
    ).with_columns(pl.selectors.by_dtype(pl.Null).cast(pl.String))
    return Dataset(actions=acts_from_posts(posts, Rejects(), "s1"))


def hashtag_campaign(seed: int) -> Dataset:
    """A third of all posts carry the same six tags; the others, and some of these, one to three of anybody's."""
    rng = np.random.default_rng([seed, 1])
    tags = [
        [*(CAMPAIGN if rng.random() < 0.35 else ()), *_drawn(rng, "tag", 400, int(rng.integers(0, 4)))]
        for _ in range(N_POSTS)
    ]
    return dataset(*_posted(rng, N_POSTS), **{TRACES["hashtag"]: tags})


def photo_posts(seed: int) -> Dataset:
    """Albums of one to six photos: eight go round for an evening and are put up again whole, with their tags."""
    rng = np.random.default_rng([seed, 2])
    accounts, times = _posted(rng, N_POSTS)
    born = rng.uniform(0, WEEK_S - 86_400, 8)
    photos, tags = [], []
    for number in range(N_POSTS):
        album = int(rng.integers(0, 8))
        is_again = rng.random() < 0.3
        if is_again:
            times[number] = born[album] + rng.lognormal(8.5, 1.0)
        photos.append([f"{album if is_again else f'own{number}'}-{n}" for n in range(6 if is_again else 3)])
        tags.append([f"album{album}-{n}" for n in range(3)] if is_again else [])
    return dataset(accounts, times, **{TRACES["media"]: photos, TRACES["hashtag"]: tags})


def popular_originals(seed: int) -> Dataset:
    """Five posts with tags, photos and a link are repeated by hundreds each within hours; the rest is talk."""
    rng = np.random.default_rng([seed, 3])
    return _with_reposts(rng, [f"original-{number}" for number in rng.integers(0, 5, 1_200)])


def unnamed_originals(seed: int) -> Dataset:
    """The same where the data say that it is a repost, but not of what."""
    rng = np.random.default_rng([seed, 4])
    return _with_reposts(rng, [f"original-{number}" for number in rng.integers(0, 5, 1_200)], named=False)


def threads(seed: int) -> Dataset:
    """Two hundred threads of four to twelve posts, half a minute apart, all with the six tags of their day."""
    rng = np.random.default_rng([seed, 5])
    accounts: list[int] = []
    times: list[float] = []
    tags: list[list[str]] = []
    for _ in range(200):
        n = int(rng.integers(4, 13))
        start, day = rng.uniform(0, WEEK_S), int(rng.integers(0, 7))
        start = day * 86_400 + start % 86_400
        accounts += [int(rng.integers(0, N_ACCOUNTS))] * n
        times += list(start + np.cumsum(rng.exponential(30.0, n)))
        tags += [[f"day{day}-{number}" for number in range(6)]] * n
    talk, when = _posted(rng, 1_500)
    return dataset(
        [*accounts, *talk], [*times, *when], **{TRACES["hashtag"]: [*tags, *(_drawn(rng, "tag", 400, 2) for _ in talk)]}
    )


WORLDS: dict[str, Callable[[int], Dataset]] = {
    world.__name__: world for world in (hashtag_campaign, photo_posts, popular_originals, unnamed_originals, threads)
}


def _with_reposts(rng: np.random.Generator, originals: list[str], *, named: bool = True) -> Dataset:
    """Return reposts of originals, each with all that its original carries, and 1,500 posts of talk."""
    n = len(originals)
    born = dict(zip(sorted(set(originals)), rng.uniform(0, WEEK_S - 86_400, 5), strict=True))
    talk, when = _posted(rng, 1_500)
    blank = [None] * len(talk)
    carried = [[f"{original}-tag{number}" for number in range(6)] for original in originals]
    photos = [[f"{original}-photo{number}" for number in range(4)] for original in originals]
    texts = [
        f"RT @page: what was decided at the hall on the evening of {original}, in its full length"
        for original in originals
    ]
    return dataset(
        [*rng.integers(0, N_ACCOUNTS, n).tolist(), *talk],
        [*(born[original] + rng.lognormal(8.5, 1.2) for original in originals), *when],
        action=["repost"] * n + ["post"] * len(talk),
        object_id=[*(originals if named else [None] * n), *blank],
        text=[*texts, *blank],
        **{
            TRACES["hashtag"]: [*carried, *(_drawn(rng, "tag", 400, 2) for _ in talk)],
            TRACES["media"]: [*photos, *([] for _ in talk)],
            TRACES["url"]: [*([f"https://example.org/{original}"] for original in originals), *([] for _ in talk)],
        },
    )


def _posted(rng: np.random.Generator, n: int) -> tuple[list[int], list[float]]:
    """Return who posts and when: anybody, at any time of the week."""
    return rng.integers(0, N_ACCOUNTS, n).tolist(), rng.uniform(0, WEEK_S, n).tolist()


def _drawn(rng: np.random.Generator, stem: str, n: int, how_many: int) -> list[str]:
    popular = 1.0 / np.arange(1.0, n + 1.0)
    return [f"{stem}{number}" for number in rng.choice(n, how_many, replace=False, p=popular / popular.sum())]
