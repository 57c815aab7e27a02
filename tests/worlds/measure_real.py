"""What ``coordination`` finds in real election data: of four planted groups, and of accounts that are known.

    .venv/bin/python tests/worlds/measure_real.py DATA

DATA is a folder with ``german-elections-2021``, ``ira-2016-autumn`` and ``russian-coord-2021``; one that is missing is
passed over. The plants go, one at a time, into the German data: 40 of its accounts, those of medium activity, also act
on 25 of its links (each on 70 % of them), by a practice of the trade. ``burst``: within five minutes a link; ``drip``:
over a week; ``own_links``: on links that nobody else shared; ``no_times``: over a week, and no act has a time.
Then the agency's accounts, or a part of them, go among the German tweets, by their tags alone and moved in time.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import numpy as np
import polars as pl

import forensics as cf
from forensics import schema
from forensics.findings import Detection

SIZE, N_TARGETS, ATTENDANCE = 40, 25, 0.7
LASTS_S = {"burst": 300.0, "drip": 7 * 86_400.0, "own_links": 3_600.0, "no_times": 7 * 86_400.0}
KNOWN = (
    (
        "ira-2016-autumn",
        {},
        {"windows_s": (60.0, 600.0, 3_600.0, 21_600.0), "layers": ("text",), "text_similarity": 1.0},
    ),
    ("russian-coord-2021", {"loader": "coortweet", "action": "repost", "object_kind": "post"}, {}),
)
"""Data all of whose accounts are known, with the settings of their cases."""
SHARES = ((1.0, 1), (0.3, 1), (0.3, 2), (0.1, 1), (0.1, 2))
"""Shares of the agency's accounts that go among the German tweets, each with the seed of its draw."""
LAYERS = {"layers": ("url", "hashtag", "domain", "media")}


def planted(dataset: cf.Dataset, practice: str, seed: int) -> tuple[cf.Dataset, set[str]]:
    """Return the data with a group that works by a practice, and its accounts."""
    rng = np.random.default_rng(seed)
    links = dataset.actions.filter((pl.col("object_kind") == "url") & (pl.col("account_id").str.starts_with("tw_")))
    acts = links.group_by("account_id").len().filter(pl.col("len").is_between(3, 30)).sort("account_id")
    popular = links.group_by("object_id").agg(n=pl.col("account_id").n_unique(), at=pl.col("acted_at").min())
    popular = popular.filter(pl.col("n").is_between(5, 200)).sort("object_id")
    workers = rng.choice(acts["account_id"].to_numpy(), SIZE, replace=False)
    at = rng.choice(popular.height, N_TARGETS, replace=False)
    targets = [
        (f"own_{n}" if practice == "own_links" else popular["object_id"][int(n)], popular["at"][int(n)]) for n in at
    ]
    rows = [
        (str(worker), target, first, float(rng.random() * LASTS_S[practice]))
        for target, first in targets
        for worker in workers
        if rng.random() < ATTENDANCE
    ]
    made = pl.DataFrame(rows, schema=["account_id", "object_id", "acted_at", "later_s"], orient="row").select(
        "account_id",
        "object_id",
        acted_at=(pl.col("acted_at") + pl.duration(microseconds=(pl.col("later_s") * 1e6).cast(pl.Int64))),
        action=pl.lit("post"),
        object_kind=pl.lit("url"),
        time_precision=pl.lit("s"),
        post_id=pl.format("planted_{}", pl.int_range(pl.len())),
        source_event=pl.format("planted_{}", pl.int_range(pl.len())),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, pl.len() + 1),
    )
    actions = pl.concat([dataset.actions, schema.conform(made, schema.ACTIONS)])
    if practice == "no_times":
        nothing = (
            pl.lit(None, column.dtype).alias(column.name)
            for column in schema.ACTIONS.columns
            if column.name in ("acted_at", "acted_after", "time_precision")
        )
        actions = actions.with_columns(*nothing)
    return cf.Dataset(actions=actions, accounts=dataset.accounts, sources=dataset.sources), {str(w) for w in workers}


def mixed(stream: cf.Dataset, operation: cf.Dataset, share: float, seed: int) -> tuple[cf.Dataset, set[str]]:
    """Return the tags of a stream's tweets with those of an operation, and the operation's accounts.

    Args:
        share: of the operation's accounts that are drawn.
    """
    tags = pl.col("object_kind") == "hashtag"
    tweets = stream.actions.filter(tags & pl.col("account_id").str.starts_with("tw_"))
    theirs = operation.actions.filter(tags)
    later = pl.lit(tweets["acted_at"].min()) - pl.lit(theirs["acted_at"].min())
    theirs = theirs.with_columns(pl.col("acted_at") + later).filter(pl.col("acted_at") <= tweets["acted_at"].max())
    everybody = theirs["account_id"].unique().sort().to_list()
    drawn = set(np.random.default_rng(seed).choice(everybody, int(share * len(everybody)), replace=False).tolist())
    theirs = theirs.filter(pl.col("account_id").is_in(list(drawn)))
    return cf.Dataset(actions=pl.concat([tweets, theirs])), drawn


def named(dataset: cf.Dataset, **given: object) -> tuple[dict[str, set[str]], float]:
    """Return the accounts of each group that is named, and the processor seconds it took."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    run = cf.detect(dataset, "coordination", coordination=given)
    after = resource.getrusage(resource.RUSAGE_SELF)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    for failure in run.failures:
        sys.stdout.write(f"    {failure.message}\n")
    groups: dict[str, set[str]] = {}
    for detection in run.detections:
        if isinstance(detection, Detection):
            core = detection.tables["accounts"].filter(pl.col("membership") == "core")
            groups |= {
                str(name): set(rows["account_id"]) for (name,), rows in core.group_by("finding_id", maintain_order=True)
            }
    return groups, seconds


def show(what: str, groups: dict[str, set[str]], wanted: set[str], seconds: float) -> None:
    everybody = set().union(*groups.values()) if groups else set()
    found = everybody & wanted
    beside = sum(len(members - wanted) for members in groups.values() if members & wanted)
    sys.stdout.write(
        f"{what:24} recall {len(found) / max(1, len(wanted)):.2f} ({len(found)} of {len(wanted)}), "
        f"{len(groups)} groups, {len(everybody)} accounts, {beside} others in groups with these, {seconds:.0f} s\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Print what is found in each of the data sets."""
    folder = Path(sys.argv[1])
    german = folder / "german-elections-2021"
    if german.is_dir():
        (file,) = german.glob("*.parquet")
        mapped = {"account": "account_id", "post": "post_id", "time": "timestamp"}
        objects = {"url": "url_id", "hashtag": "hashtag_id", "domain": "domain_id", "media": "phash_id"}
        dataset = cf.load(file, loader="generic", columns=mapped, objects=objects)
        groups, seconds = named(dataset, **LAYERS)
        show("german, as it is", groups, set(), seconds)
        for practice in LASTS_S:
            data, workers = planted(dataset, practice, 1)
            show(f"german, {practice}", *((groups := named(data, **LAYERS))[0], workers, groups[1]))
        for agency in sorted((folder / "ira-2016-autumn").glob("*.csv.*")):
            operation = cf.load(agency)
            for share, seed in SHARES:
                data, theirs = mixed(dataset, operation, share, seed)
                groups, seconds = named(data)
                show(f"german and {share:g} of the agency", groups, theirs, seconds)
    for name, settings, given in KNOWN:
        files = sorted((folder / name).glob("*.csv.*"))
        if files:
            dataset = cf.load(*files, **settings)
            groups, seconds = named(dataset, **given)
            show(name, groups, set(dataset.actions["account_id"]), seconds)


if __name__ == "__main__":
    main()
