"""Measure how often the interval of what is left holds the truth, and print Markdown.

Run as ``python tests/benchmarks/bench_remaining.py [--n 200] [--first-seed 0]``. Elections: farms are planted, and in
place of a search each farm gets the errors of a group measured (innocents named, workers missed), drawn from the very
ones of which the interval is made. That is in sample: it tries how the interval is put together, not whether other
farms have such errors, which ``tests/worlds/measure_membership.py coverage`` tries held out. Campaigns: reactions are
bought for posts of pages, the reach ceiling is asked, and the truth is what the same campaign has more than without the
purchase, on the pages found.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

import numpy as np
import polars as pl

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.coordination.evidence.membership_errors import measured_errors
from forensics.detectors.detector import Answer, Answers
from forensics.detectors.engagement import reach_ceiling, remaining_engagement
from forensics.events import with_events
from forensics.findings import Detection, Finding, Strength
from forensics.progress import quiet
from forensics.simulate import Election, Plant, simulate
from forensics.simulate.pages.page_dials import PageElection, PagePlant
from forensics.simulate.pages.page_world import PageWorld, simulate_pages

FARMS = (
    Plant("like_farm", n_accounts=40, n_targets=20, attendance=0.8),
    Plant("repost_farm", n_accounts=25, n_targets=30, attendance=0.8, mimicry=0.3),
    Plant("batch_farm", n_accounts=30, n_targets=25, window_s=3_000.0, attendance=0.7),
)


HIGH = 0.64
"""Share of the groups held out that are of high confidence, 39 of 61; the others are of moderate."""


def named(world_seed: int) -> tuple[bool, float]:
    """Return whether the interval holds the true acts of the farms of one election, and its width over the truth."""
    rng = np.random.default_rng([world_seed, 11])
    n_farms = 1 + world_seed % 3
    election = Election(n_accounts=700, n_acts=9_000, n_communities=4, plants=FARMS[:n_farms])
    world = simulate(election, world_seed)
    people = world.dataset.actions["account_id"].unique().sort()
    workers = world.truth["account_id"].unique()
    innocents = people.filter(~people.is_in(workers.implode()))
    rows, findings, true = [], [], set()
    for number, farm in enumerate(world.truth["farm_id"].unique().sort(), start=1):
        own = world.truth.filter(farm_id=farm)["account_id"].to_list()
        strength: Strength = "high" if rng.random() < HIGH else "moderate"
        errors = measured_errors(strength)
        place = int(rng.integers(len(errors.wrong)))
        wrong, missed = errors.wrong[place], errors.missed[place]
        kept = list(rng.permutation(own)[: max(1, round(len(own) / (1 + missed)))])
        n_wrong = round(len(kept) * wrong / (1 - wrong)) if wrong < 1 else len(kept)
        kept = kept if wrong < 1 else []
        true |= set(own) if kept else set()
        accounts = [*kept, *rng.permutation(innocents.to_list())[:n_wrong]]
        rows += [(f"g-{number}", str(account)) for account in accounts]
        findings.append(Finding(f"g-{number}", "who", "g", "any", (), strength, evidence=("accounts", "edges")))
    members = pl.DataFrame(rows, ["finding_id", "account_id"], orient="row")
    tables = {"accounts": members, "edges": members.clear()}
    answers = {"coordination": Answer(None, Detection("coordination", {}, tuple(findings), tables=tables))}
    share = _share(world.dataset, answers, world_seed, "acts")
    events = remaining_engagement.event_camps(with_events(world.dataset.actions))
    truth = float(np.mean(events["account_id"].is_in(sorted(true)).to_numpy()))
    return share[0] - 1e-12 <= truth <= share[1] + 1e-12, share[1] - share[0]


def _share(dataset: Dataset, answers: Answers, seed: int, kind: str) -> tuple[float, float]:
    found = remaining_engagement.remaining(dataset, remaining_engagement.Params(), seed, quiet, answers)
    score = next(score for score in found.scores if score.name == f"{kind}_taken")
    assert score.interval is not None
    return score.interval


def _posts(world: PageWorld) -> pl.DataFrame:
    start = pl.datetime(2024, 9, 2, time_unit="us", time_zone="UTC")
    ids = world.pages.select("page", "camp", account_id="page_id")
    rows = world.posts.join(ids, "page").with_columns(
        likes="reactions",
        published_at=start + pl.duration(seconds=pl.col("time_s").cast(pl.Int64)),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, pl.len() + 1),
    )
    names = [name for name in schema.POSTS.schema if name in rows.columns]
    return schema.conform(rows.select(names), schema.POSTS)


def bought(seed: int) -> tuple[bool, float] | None:
    """Return the same of one campaign of pages; None where no page was found."""
    plants = (
        PagePlant("bought_reactions", "teal", n_pages=2, n_posts=6 + seed % 5, size=6.0 + seed % 7),
        PagePlant("bought_reactions", "amber", n_pages=1, n_posts=5, size=10.0),
    )
    election = PageElection(n_pages=5, plants=plants)
    with_it = _posts(simulate_pages(election, seed))
    without = _posts(simulate_pages(replace(election, plants=()), seed))
    dataset = Dataset(posts=with_it)
    outcome = reach_ceiling.reach(dataset, reach_ceiling.Params(), seed, quiet)
    pages = [finding.subject for finding in outcome.findings]
    if not pages:
        return None
    share = _share(dataset, {"reach": Answer(None, outcome)}, seed, "interactions")
    more = with_it.join(without.select("post_id", usual="likes"), "post_id")
    own = more.filter(pl.col("account_id").is_in(pages))
    total = float(with_it.select(pl.sum_horizontal("likes", "comments", "shares").sum()).item())
    truth = float(own.select((pl.col("likes") - pl.col("usual")).sum()).item()) / total
    return share[0] <= truth <= share[1], share[1] - share[0]


def main() -> None:
    """Print both shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--only", choices=["elections", "campaigns"])
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.n)
    measures = {"elections": named, "campaigns": bought}
    for kind, measure in measures.items():
        if options.only not in (None, kind):
            continue
        results = [each for seed in seeds if (each := measure(seed)) is not None]
        held, widths = [each[0] for each in results], [each[1] for each in results]
        sys.stdout.write(
            f"{kind}: {sum(held)} of {len(held)} intervals hold the truth ({np.mean(held):.1%}); "
            f"median width {np.median(widths):.2%} of the engagement\n"
        )


if __name__ == "__main__":
    main()
