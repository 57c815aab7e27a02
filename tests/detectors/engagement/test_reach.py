"""The reach ceiling and the proportions: bought reactions are found, viral and heavy-tailed pages are left alone."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import polars as pl
import pytest
from scipy import stats

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.engagement import reach_ceiling, reaction_ratios
from forensics.detectors.engagement.expected_engagement import ReachPrior, reach_quantile, reach_tail
from forensics.detectors.engagement.post_counts import engagement
from forensics.errors import TooLittleDataError
from forensics.progress import quiet
from forensics.run import detect


def _worlds() -> ModuleType:
    """Return the benchmarks' simulated pages."""
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "page_worlds.py"
    spec = importlib.util.spec_from_file_location("page_worlds", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["page_worlds"] = module
    spec.loader.exec_module(module)
    return module


WORLDS = _worlds()


def bought(
    rng: np.random.Generator, counts: dict[str, np.ndarray], n_bought: int
) -> tuple[dict[str, np.ndarray], list[int]]:
    """Return a page on which some usual posts were lifted to 1.3 times their ceiling by bought reactions."""
    clean = reach_ceiling.ceilings(engagement(WORLDS.dataset({"p": counts}).posts), reach_ceiling.Params())
    total = clean["interactions"].to_numpy()
    chosen = rng.choice(np.flatnonzero(total <= np.median(total)), n_bought, replace=False)
    likes = counts["likes"].copy()
    likes[chosen] += np.maximum(0, np.ceil(1.3 * clean["ceiling"].to_numpy()[chosen]) - total[chosen]).astype(np.int64)
    return {**counts, "likes": likes}, sorted(chosen.tolist())


def test_the_reach_tail_is_the_negative_binomial_where_reach_does_not_vary() -> None:
    prior = ReachPrior(0.1, 1e9, 0.5)
    shape = prior.size
    expected = stats.nbinom.sf(np.array([29, 59]), shape, shape / (shape + 40.0))
    assert reach_tail(np.array([30.0, 60.0]), np.array([40.0, 40.0]), prior) == pytest.approx(expected, rel=1e-3)


def test_the_prior_takes_on_the_pages_own_spread() -> None:
    rng = np.random.default_rng(1)
    for spread in (0.1, 0.4, 1.0):
        prior = ReachPrior(0.1, 10.0, spread)
        draws = rng.choice(prior.shares, 20_000) * rng.gamma(prior.size, 1 / prior.size, 20_000)
        assert np.std(np.log(draws)) == pytest.approx(spread, rel=0.12)


def test_the_ceiling_is_the_quantile_it_claims_to_be() -> None:
    prior, usual = ReachPrior(0.1, 10.0, 0.6), np.array([5.0, 100.0, 20_000.0])
    ceiling = reach_quantile(usual, prior, 0.99)
    assert reach_tail(ceiling, usual, prior) == pytest.approx(0.01, rel=0.02)


@pytest.mark.parametrize("shape", WORLDS.SHAPES)
def test_organic_pages_are_left_alone(shape: str) -> None:
    rng = np.random.default_rng(5)
    data = WORLDS.dataset({f"p{i:02d}": WORLDS.organic(rng, 120, shape) for i in range(25)})
    result = reach_ceiling.DETECTOR.run(data, reach_ceiling.Params(), 0, quiet)
    assert len(result.findings) <= 1
    assert result.tables["reach_posts"].height == 25 * 120


@pytest.mark.parametrize("shape", ["lognormal", "pareto", "spread"])
def test_twenty_bought_posts_are_found_on_most_pages(shape: str) -> None:
    rng = np.random.default_rng(6)
    found = 0
    for _ in range(10):
        counts, _ = bought(rng, WORLDS.organic(rng, 200, shape), 20)
        found += bool(
            reach_ceiling.DETECTOR.run(WORLDS.dataset({"p": counts}), reach_ceiling.Params(), 0, quiet).findings
        )
    assert found >= 8


def test_a_viral_post_is_explained_by_its_shares_and_not_accused() -> None:
    rng = np.random.default_rng(7)
    counts = WORLDS.organic(rng, 100, "lognormal")
    for name in ("likes", "comments", "shares"):
        counts[name] = counts[name].copy()
        counts[name][40] = 60 * int(np.median(counts[name]) + 1)
    result = reach_ceiling.DETECTOR.run(WORLDS.dataset({"p": counts}), reach_ceiling.Params(), 0, quiet)
    row = result.tables["reach_posts"].row(40, named=True)
    assert row["interactions"] > row["ceiling"]
    assert not row["is_beyond"]
    assert result.tables["reach_pages"]["n_explained"][0] >= 1


def test_a_viral_post_is_explained_on_pages_whose_posts_hardly_differ() -> None:
    """There the regression on the page's posts knows nothing of a post that spread sixty times as far."""
    rng = np.random.default_rng(17)
    for shape in ("steady", "pareto"):
        counts = WORLDS.organic(rng, 200, shape)
        for name in ("likes", "comments", "shares"):
            counts[name] = counts[name].copy()
            counts[name][40] = 60 * int(np.median(counts[name]) + 1)
        result = reach_ceiling.DETECTOR.run(WORLDS.dataset({"p": counts}), reach_ceiling.Params(), 0, quiet)
        row = result.tables["reach_posts"].row(40, named=True)
        assert row["interactions"] > row["ceiling"]
        assert not row["is_beyond"], shape
        assert not result.findings


def test_the_excess_is_about_what_was_bought() -> None:
    rng = np.random.default_rng(8)
    counts = WORLDS.organic(rng, 200, "lognormal")
    lifted, chosen = bought(rng, counts, 20)
    (finding,) = reach_ceiling.DETECTOR.run(WORLDS.dataset({"p": lifted}), reach_ceiling.Params(), 0, quiet).findings
    excess = {score.name: score.value for score in finding.scores}["reactions_excess"]
    assert excess == pytest.approx(float((lifted["likes"] - counts["likes"])[chosen].sum()), rel=0.25)


def test_views_are_the_audience_where_a_source_counts_no_followers() -> None:
    rng = np.random.default_rng(8)
    lifted, _ = bought(rng, WORLDS.organic(rng, 200, "lognormal"), 20)
    data = WORLDS.dataset({"p": lifted})
    seen = data.posts.with_columns(views=(pl.col("followers") * 0.1).round().cast(pl.Int64), followers=None)
    by_views = reach_ceiling.DETECTOR.run(
        Dataset(posts=schema.conform(seen, schema.POSTS)), reach_ceiling.Params(), 0, quiet
    )
    by_followers = reach_ceiling.DETECTOR.run(data, reach_ceiling.Params(), 0, quiet)
    (found,), (known,) = by_views.findings, by_followers.findings
    assert found.scores[0].value == pytest.approx(known.scores[0].value, abs=1)


def test_row_order_changes_nothing_and_too_few_posts_are_refused() -> None:
    data = WORLDS.dataset({"p": WORLDS.organic(np.random.default_rng(1), 60, "pareto")})
    turned = Dataset(posts=data.posts.sample(fraction=1.0, shuffle=True, seed=2))
    for module in (reach_ceiling, reaction_ratios):
        first, second = (module.DETECTOR.run(each, module.Params(), 0, quiet) for each in (data, turned))
        assert first.findings == second.findings
        assert all(first.tables[name].equals(second.tables[name]) for name in first.tables)
        with pytest.raises(TooLittleDataError, match="20 posts"):
            module.DETECTOR.run(Dataset(posts=data.posts.head(10)), module.Params(), 0, quiet)


def test_the_composition_fit_recovers_its_parameters() -> None:
    rng = np.random.default_rng(3)
    alpha = np.array([40.0, 6.0, 4.0])
    counts = np.array([rng.multinomial(int(rng.integers(50, 2_000)), rng.dirichlet(alpha)) for _ in range(1_500)])
    fitted = reaction_ratios.fit_composition(counts.astype(np.float64))
    assert fitted / fitted.sum() == pytest.approx(alpha / alpha.sum(), rel=0.05)
    assert fitted.sum() == pytest.approx(alpha.sum(), rel=0.15)


def test_the_composition_tail_is_exact_for_small_posts_and_near_for_large_ones() -> None:
    count, total = np.array([90.0, 480.0]), np.array([100.0, 520.0])
    exact = stats.betabinom.sf(count - 1, total, 16.0, 4.0)
    assert reaction_ratios.composition_tail(count, total, 16.0, 4.0) == pytest.approx(exact, rel=0.05)


def test_a_post_with_bought_reactions_has_odd_proportions() -> None:
    rng = np.random.default_rng(9)
    counts = WORLDS.organic(rng, 120, "lognormal")
    counts["likes"] = counts["likes"].copy()
    counts["likes"][7] = 200 * (counts["comments"][7] + counts["shares"][7] + 20)
    result = reaction_ratios.DETECTOR.run(WORLDS.dataset({"p": counts}), reaction_ratios.Params(), 0, quiet)
    odd = result.tables["ratio_posts"].drop_nulls("finding_id")["post_id"].to_list()
    assert "p-0007" in odd
    assert len(odd) <= 3


def test_counts_that_the_source_does_not_give_are_missing_not_zero() -> None:
    posts = WORLDS.dataset({"p": WORLDS.organic(np.random.default_rng(1), 30, "steady")}).posts
    nothing = posts.with_columns(pl.lit(None, pl.Int64).alias(name) for name in ("likes", "comments", "shares"))
    assert engagement(nothing).is_empty()
    only = posts.with_columns(pl.lit(None, pl.Int64).alias(name) for name in ("comments", "shares"))
    with pytest.raises(TooLittleDataError, match="two kinds"):
        reaction_ratios.DETECTOR.run(Dataset(posts=only), reaction_ratios.Params(), 0, quiet)


@pytest.mark.parametrize("given", [{"organic_reach": 1.0}, {"quantile": 0.999999}, {"alpha": 1e-9}, {}], ids=str)
def test_labour_prices_what_this_runs_reach_found(given: dict[str, float]) -> None:
    rng = np.random.default_rng(8)
    lifted, _ = bought(rng, WORLDS.organic(rng, 200, "lognormal"), 20)
    run = detect(WORLDS.dataset({"p": lifted}), "reach", "labour", reach=given)
    beyond, priced = run.detections
    excess = sum(score.value for each in beyond.findings for score in each.scores if score.name == "reactions_excess")
    acts = [score.value for each in priced.findings for score in each.scores if score.name == "acts"]
    assert sum(acts) == pytest.approx(excess, abs=0.5 * len(acts))
    assert bool(acts) == bool(beyond.findings)
