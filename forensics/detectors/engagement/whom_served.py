"""Whom it served: the camps and targets of what groups did together, and their tightest episode.

Nothing is tested here. The acts by which a group was found are counted by the camp that they name and by their
target, beside all acts of that camp and on that target, so that a reader sees whose the group was and how much of it
was the group's.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.detector import GROUP_FINDERS, Answers, Detector
from forensics.detectors.engagement.engagement_vocabulary import SERVED
from forensics.detectors.engagement.remaining_engagement import event_camps
from forensics.errors import TooLittleDataError
from forensics.events import with_events
from forensics.findings import Detection, Score
from forensics.params import param
from forensics.progress import Progress
from forensics.schema import IS_OBSERVED, TIME

_ACTS = {**dict.fromkeys(("finding_id", "account_id", "layer", "object_id"), pl.String()), "acted_at": TIME}
_ON = ["action", "object_kind", "object_id"]


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    served_targets: int = param(20, "targets", "So many of the most served targets of each group are kept.", 1, 1000)
    episode_s: float = param(60.0, "s", "Acts no farther apart than this are one episode.", 1.0, 86_400.0)


def served(
    dataset: Dataset,
    params: Params,
    seed: int,  # noqa: ARG001  nothing is drawn
    progress: Progress,  # noqa: ARG001  it takes no time
    answers: Answers,
) -> Detection:
    """Count what groups did for which camps and targets.

    Args:
        dataset: its actions, and the texts and addresses of its posts.
        answers: of the detectors of who acted together.

    Returns:
        No finding. ``served_camps``: the acts of each finding for each camp beside all acts for that camp;
        ``served_targets``: the same of its most served targets, with what is known of them; ``episodes`` and
        ``episode_acts``: its tightest episode, see ``episodes``.

    Raises:
        TooLittleDataError: nothing was found, or no act of what was found stands in the data.
    """
    found = acts_of_findings(answers)
    observed = dataset.actions.filter(IS_OBSERVED)
    actions = with_events(observed).with_columns(pl.col("action", "object_kind").cast(pl.String))
    own = _matched(found, actions)
    if own.is_empty():
        raise TooLittleDataError("No group was found whose acts are in the data, so nobody was served.")
    whole, acts = episodes(found.drop_nulls("acted_at"), params.episode_s)
    tables = {
        "served_camps": _camps(own, actions),
        "served_targets": _targets(own, actions, dataset, params.served_targets),
        "episodes": whole,
        "episode_acts": acts,
    }
    counted = Score("acts_counted", float(own.height), "acts")
    return Detection(DETECTOR.name, asdict(params), scores=(counted,), tables=tables)


def acts_of_findings(answers: Answers) -> pl.DataFrame:
    """Return the acts on which the findings of who acted together rest.

    Returns:
        ``finding_id, account_id, layer, object_id, acted_at``, each account's first act on an object.
    """
    parts = [
        answer.outcome.tables["moments"].drop_nulls("finding_id").select(list(_ACTS))
        for answer in answers.values()
        if isinstance(answer.outcome, Detection) and "moments" in answer.outcome.tables
    ]
    every = pl.concat([pl.DataFrame(schema=_ACTS), *parts]).sort(
        "finding_id", "layer", "object_id", "account_id", "acted_at"
    )
    return every.unique(["finding_id", "layer", "object_id", "account_id"], keep="first", maintain_order=True)


def _matched(found: pl.DataFrame, actions: pl.DataFrame) -> pl.DataFrame:
    """Return the actions behind findings: ``finding_id, account_id`` and what they are on."""
    keys = found.with_columns(
        action=pl.when(pl.col("layer").str.contains(":")).then(pl.col("layer").str.split(":").list.first()),
        object_kind=pl.col("layer").str.split(":").list.last(),
    )
    rows = actions.select("account_id", "source_event", *_ON, "camp").drop_nulls("object_id")
    by_action = keys.drop_nulls("action").join(rows, ["account_id", *_ON])
    by_kind = keys.filter(pl.col("action").is_null()).drop("action").join(rows, ["account_id", *_ON[1:]])
    columns = ["finding_id", "account_id", "source_event", *_ON, "camp"]
    return pl.concat([by_action.select(columns), by_kind.select(columns)]).unique().sort(columns)


def _camps(own: pl.DataFrame, actions: pl.DataFrame) -> pl.DataFrame:
    """Return the events of each finding by camp; an event has the camp that it has among all acts."""
    events = event_camps(actions)
    totals = events.drop_nulls("camp").group_by("camp").agg(n_camp=pl.len().cast(pl.Int64))
    event = ["account_id", "source_event"]
    return (
        own.select("finding_id", *event)
        .unique()
        .join(events, event, "left")
        .group_by("finding_id", "camp")
        .agg(n_acts=pl.len().cast(pl.Int64))
        .with_columns(share=pl.col("n_acts") / pl.col("n_acts").sum().over("finding_id"))
        .join(totals, "camp", "left")
        .with_columns(share_of_camp=pl.col("n_acts") / pl.col("n_camp"))
        .sort("finding_id", "n_acts", "camp", descending=[False, True, False], nulls_last=True)
    )


def _targets(own: pl.DataFrame, actions: pl.DataFrame, dataset: Dataset, most: int) -> pl.DataFrame:
    """Return the most served targets; a target has the camp that more than half of the acts on it name, else none."""
    named = pl.col("camp").drop_nulls()
    served_by = own.group_by("finding_id", *_ON).agg(
        n_accounts=pl.col("account_id").n_unique().cast(pl.Int64),
        camp=pl.when(2 * named.unique_counts().max() > named.len()).then(named.mode().sort().first()),
    )
    totals = (
        actions.join(served_by.select(_ON).unique(), _ON, "semi")
        .group_by(_ON)
        .agg(n_target=pl.col("account_id").n_unique().cast(pl.Int64))
    )
    return (
        served_by.sort("finding_id", "n_accounts", *_ON, descending=[False, True, False, False, False])
        .group_by("finding_id", maintain_order=True)
        .head(most)
        .join(totals, _ON, "left", maintain_order="left")
        .with_columns(share_of_target=pl.col("n_accounts") / pl.col("n_target"))
        .join(_known(dataset), ["object_kind", "object_id"], "left", maintain_order="left")
    )


def _known(dataset: Dataset) -> pl.DataFrame:
    """Return what is known of posts, texts and accounts (by handle): the text, the address and who wrote it.

    Returns:
        ``object_kind, object_id, text, permalink, handle`` (of the author of a post, else the author's id).
    """
    none = pl.lit(None, pl.String)
    written = dataset.actions.filter((pl.col("action") == "post") & (pl.col("object_kind") == "post"))
    people = dataset.accounts.select("account_id", "handle")
    posts = pl.concat(
        [
            dataset.posts.select("account_id", "text", "permalink", object_id="post_id"),
            written.select("account_id", "text", "permalink", "object_id"),
        ]
    ).join(people, "account_id", "left")
    own = posts.select(
        "object_id", "text", "permalink", object_kind=pl.lit("post"), handle=pl.coalesce("handle", "account_id")
    )
    copies = dataset.actions.filter(pl.col("object_kind") == "text").select(
        "object_id", "text", object_kind=pl.lit("text"), permalink=none, handle=none
    )
    handles = people.select(
        object_kind=pl.lit("account"), object_id="account_id", text="handle", permalink=none, handle=none
    )
    columns = ["object_kind", "object_id", "text", "permalink", "handle"]
    every = pl.concat([frame.select(columns) for frame in (own, copies, handles)])
    known = every.filter(pl.col("object_id").is_not_null() & pl.any_horizontal(pl.col(*columns[2:]).is_not_null()))
    return known.sort(columns, nulls_last=True).unique(["object_kind", "object_id"], keep="first", maintain_order=True)


def episodes(found: pl.DataFrame, apart_s: float) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the tightest episode of each finding: the one sentence to quote.

    The acts of a finding of one kind are cut where two that follow each other are farther apart than ``apart_s``. Of
    the parts, objects on which a single account acted are left out; the part with the most acts a minute is the
    episode, of equal ones that with more acts, then the earliest. A part shorter than a minute counts as one minute, so
    that two acts of one second are no episode.

    Args:
        found: see ``acts_of_findings``.
        apart_s: seconds.

    Returns:
        ``finding_id, layer, from_at, to_at, n_accounts, n_objects, n_acts``, one row for each finding; and its acts:
        ``finding_id, account_id, layer, object_id, acted_at``, in the order of time.
    """
    group = ["finding_id", "layer"]
    cut = found.sort(*group, "acted_at", "object_id", "account_id").with_columns(
        part=(pl.col("acted_at").diff() > pl.duration(microseconds=round(apart_s * 1e6)))
        .fill_null(value=False)
        .cum_sum()
        .over(group)
    )
    together = cut.filter(pl.col("account_id").n_unique().over(*group, "part", "object_id") > 1)
    parts = (
        together.group_by(*group, "part")
        .agg(
            from_at=pl.col("acted_at").min(),
            to_at=pl.col("acted_at").max(),
            n_accounts=pl.col("account_id").n_unique().cast(pl.Int64),
            n_objects=pl.col("object_id").n_unique().cast(pl.Int64),
            n_acts=pl.len().cast(pl.Int64),
        )
        .with_columns(pace=pl.col("n_acts") / ((pl.col("to_at") - pl.col("from_at")).dt.total_seconds() / 60).clip(1.0))
        .sort("finding_id", "pace", "n_acts", "from_at", "layer", descending=[False, True, True, False, False])
        .unique("finding_id", keep="first", maintain_order=True)
    )
    acts = together.join(parts.select(*group, "part"), [*group, "part"], "semi", maintain_order="left")
    return parts.drop("part", "pace"), acts.select(list(_ACTS)).sort(
        "finding_id", "acted_at", "object_id", "account_id"
    )


DETECTOR = Detector(
    name="served",
    title="Whom the groups served",
    question="what",
    needs=("actions",),
    params=Params,
    run=served,
    vocabulary=SERVED,
    cites=(),
    text=(
        "Counts the acts of each group by camp and by target, beside all acts for that camp and on that "
        "target, and picks the tightest episode to quote. It tests nothing and finds nobody."
    ),
    after=GROUP_FINDERS,
    is_untimed=True,
)
