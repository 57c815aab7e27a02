"""Page one: a neutral answer to the claim by rule, its picture, the strongest findings, what is left, how sure."""

from __future__ import annotations

import polars as pl

from forensics.findings import Run
from reports.figures.engagement_bars import Bar, Panel, engagement_bars
from reports.meaning import is_group, table_as, value_as
from reports.model import Answer, Block, Figure, Text
from reports.run_queries import subjects
from reports.sections.findings.finding_sentence import group_names, sentence, subject_name
from reports.sections.findings.strongest_findings import kinds_of, quiet
from reports.sections.group.served import quoted, served_by, served_most
from reports.visible import short
from reports.wording import Words

__all__ = ["left_over", "neutral_answer", "not_judged", "picture", "strongest"]

MOST_FINDINGS, MOST_CAMPS, MOST_REASONS = 3, 8, 3
NAME_LENGTH = 24
_TAKEN = {"acts": "by_groups", "interactions": "beyond"}
"""What is taken from each kind of engagement, in the order of the colours."""


def _table(run: Run) -> pl.DataFrame | None:
    """Return the engagement with and without what was found; None where nobody counted it."""
    return next((table for each in run.detections if (table := table_as(each, "remaining_camps")) is not None), None)


def _kind(table: pl.DataFrame, measure: str, scope: str) -> pl.DataFrame:
    return table.filter((pl.col("measure") == measure) & (pl.col("scope") == scope))


def _camps(table: pl.DataFrame, measure: str) -> pl.DataFrame:
    """Return the rows of the camps, the largest first."""
    return _kind(table, measure, "camp").sort("total", "camp", descending=[True, False])


def neutral_answer(run: Run, words: Words) -> tuple[Block, ...]:
    """Return in one paragraph how much of the engagement examined was found to be made, and of which camp."""
    table = _table(run)
    if table is None:
        return ()
    sentences = [_answer(table, measure, words) for measure in _TAKEN]
    return (Text(" ".join([*filter(None, sentences), words("page_one.not_shown")]), "lead"),)


def _answer(table: pl.DataFrame, measure: str, words: Words) -> str:
    for row in _kind(table, measure, "all").iter_rows(named=True):
        total = words.integer(row["total"])
        if not row["share"]:
            return words(f"page_one.{measure}_none", total=total)
        camps = tuple(
            words("page_one.camp", camp=short(camp, NAME_LENGTH), share=words.share(share))
            for camp, share in _camps(table, measure).select("camp", "share").head(MOST_CAMPS).iter_rows()
        )
        fields = {
            "total": total,
            "share": words.share(row["share"]),
            "low": words.share(row["share_low"]),
            "high": words.share(row["share_high"]),
        }
        whole = words(f"page_one.{measure}", **fields)
        return words("page_one.by_camp", whole=whole, camps=words.series(camps)) if len(camps) > 1 else f"{whole}."
    return ""


def picture(run: Run, words: Words) -> tuple[Figure, ...]:
    """Return the engagement of each camp: what is left, and what was found to be made; none where nobody counted."""
    table = _table(run)
    if table is None:
        return ()
    panels, sentences = [], []
    for place, (measure, column) in enumerate(_TAKEN.items()):
        rows = _camps(table, measure).head(MOST_CAMPS)
        rows = rows if rows.height else _kind(table, measure, "all")
        if rows.is_empty():
            continue
        bars = []
        for row in rows.iter_rows(named=True):
            label = words("page_one.everything") if row["camp"] is None else short(row["camp"], NAME_LENGTH)
            bars.append(Bar(label, max(row["left"], 0.0), row[column], words.share(row["share"])))
            sentences.append(
                words(
                    "page_one.picture_row",
                    camp=label,
                    share=words.share(row["share"]),
                    total=words.integer(row["total"]),
                    measure=words(f"page_one.{measure}_name"),
                )
            )
        legend = (words("page_one.left"), words(f"page_one.{column}"))
        panels.append(Panel(words.title(words(f"page_one.{measure}_name")), legend, tuple(bars), place))
    if not panels:
        return ()
    svg = engagement_bars(panels, words.integer, "figure-engagement")
    alt = words("page_one.picture_alt", rows=words.series(tuple(sentences)))
    return (Figure("figure-engagement", svg, alt, words("page_one.picture_caption"), numbers=table),)


def strongest(run: Run, words: Words) -> tuple[Answer, ...]:
    """Return the three strongest findings, each of another kind, with confidence and whom they served."""
    names, served = group_names(subjects(run), words), served_by(run)
    lines = []
    for detection, findings in kinds_of(run)[:MOST_FINDINGS]:
        first = findings[0]
        name = subject_name(first, detection, names, words)
        text = sentence(first, name, detection, words)
        if is_group(first, detection) and (moment := quoted(served, first.id, words)):
            size = value_as(first.scores, "size") or 0
            accounts = words.plural("group.accounts", size, n=words.integer(size))
            text = words("page_one.group", group=name, accounts=accounts, moment=moment)
        note = words("summary.confidence", word=words(f"confidence.{first.strength}"))
        more = words.plural("summary.alike", len(findings) - 1) if len(findings) > 1 else ""
        lines.append((text, " ".join(filter(None, (note, served_most(served, first.id, words), more)))))
    lines = lines or [(text, "") for text in quiet("who", run, words)]
    return (Answer(words("page_one.strongest"), tuple(lines)),) if lines and run.detections else ()


def left_over(run: Run, words: Words) -> tuple[Answer, ...]:
    """Return how much each camp keeps without what was found, and whether their order changes."""
    table = _table(run)
    if table is None:
        return ()
    lines = []
    for measure in _TAKEN:
        rows = _camps(table, measure).head(MOST_CAMPS)
        touched = rows.filter(pl.col("share") > 0)
        if touched.is_empty():
            continue
        kept = tuple(
            words(
                "page_one.kept",
                camp=short(row["camp"], NAME_LENGTH),
                left=words.integer(row["left"]),
                total=words.integer(row["total"]),
                low=words.integer(row["left_low"]),
                high=words.integer(row["left_high"]),
            )
            for row in touched.iter_rows(named=True)
        )
        text = words("page_one.keeps", measure=words(f"page_one.{measure}_name"), camps=words.series(kept))
        lines.append((f"{text} {_order(rows, words)}", ""))
    return (Answer(words("page_one.left_title"), (*lines, ("", words("page_one.bound")))),) if lines else ()


def _order(rows: pl.DataFrame, words: Words) -> str:
    """Return whether the camps' order is another without what was found."""
    moved = rows.filter(pl.col("rank") != pl.col("rank_without"))
    if moved.is_empty():
        open_still = rows.filter(pl.col("rank_without_low") != pl.col("rank_without_high"))
        return words("page_one.order_same" if open_still.is_empty() else "page_one.order_open")
    sentences = tuple(
        words(
            "page_one.moved",
            camp=short(camp, NAME_LENGTH),
            rank=words.integer(rank),
            without=words.integer(without),
        )
        for camp, rank, without in moved.select("camp", "rank", "rank_without").iter_rows()
    )
    return words("page_one.order_other", camps=words.series(sentences))


def not_judged(run: Run, words: Words) -> tuple[Answer, ...]:
    """Return what could not be judged, and why."""
    refused = [failure for failure in run.failures if failure.is_refusal]
    lines = [
        (
            words(
                "page_one.refused",
                detector=words.title(words.detector(each.detector)),
                reason=words.message(each.message),
            ),
            "",
        )
        for each in refused[:MOST_REASONS]
    ]
    if len(refused) > MOST_REASONS:
        names = tuple(words.detector(each.detector) for each in refused[MOST_REASONS:])
        lines.append((words("page_one.refused_too", detectors=words.series(names)), ""))
    lines.append((words("page_one.never"), ""))
    return (Answer(words("page_one.not_judged"), tuple(lines), "#limits"),)
