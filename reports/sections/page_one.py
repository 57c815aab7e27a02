"""Page one: a neutral answer by rule, its picture, whom it served, the strongest findings, what is left."""

from __future__ import annotations

from typing import Any

import polars as pl

from forensics.findings import Run, Strength
from reports.detector_declarations import finds_groups, first_notes, is_group, score_as, value_as
from reports.figures.engagement_bars import Bar, Legend, engagement_bars
from reports.report_model import Answer, Block, Figure, Text
from reports.run_queries import error_rates, groups, subjects
from reports.sections.engagement_left import MOST_CAMPS, NAME_LENGTH, TAKEN, camps_of, engagement_table, rows_of_kind
from reports.sections.findings.finding_sentence import group_names, sentence, subject_name
from reports.sections.findings.strongest_findings import kinds_of, quiet
from reports.sections.group.whom_group_served import Served, named_target, quoted, served_by
from reports.visible_text import short
from reports.wording import Words

MOST_FINDINGS, MOST_REASONS, MOST_QUESTIONS, MOST_GROUPS = 3, 2, 4, 6
HALF = 0.5


def neutral_answer(run: Run, words: Words) -> tuple[Block, ...]:
    """Return in one paragraph how much of the engagement examined was found to be made, and of which camp."""
    table = engagement_table(run)
    if table is None:
        return ()
    sentences = [_answer(run, table, measure, words) for measure in TAKEN]
    if not groups(run) and any(first_notes(detection) for detection in run.detections):
        sentences.append(words("page_one.limited", question=words("page_one.not_judged")))
    return (Text(" ".join([*filter(None, sentences), words("page_one.not_shown")]), "lead"),)


def _answer(run: Run, table: pl.DataFrame, measure: str, words: Words) -> str:
    for row in rows_of_kind(table, measure, "all").iter_rows(named=True):
        total = words.integer(row["total"])
        if not row["share"]:
            return words(f"page_one.{measure}_none", total=total)
        known = camps_of(table, measure)
        camps = tuple(
            words(
                "page_one.camp",
                camp=short(camp, NAME_LENGTH),
                share=words.share(share),
                low=words.share(low),
                high=words.share(high),
            )
            for camp, share, low, high in known.filter(pl.col("share") > 0)
            .select("camp", "share", "share_low", "share_high")
            .head(MOST_CAMPS)
            .iter_rows()
        )
        fields = {
            "total": total,
            "taken": words.integer(row[TAKEN[measure]]),
            "share": words.share(row["share"]),
            "low": words.share(row["share_low"]),
            "high": words.share(row["share_high"]),
            **_who(run, words),
        }
        whole = words.title(words(f"page_one.{measure}", **fields))
        is_split = camps and known.height > 1
        return words("page_one.by_camp", whole=whole, camps=words.series(camps)) if is_split else whole
    return ""


def _who(run: Run, words: Words) -> dict[str, str]:
    """Return how many groups were found, how many of them with low confidence, and of how many accounts in all."""
    counts = [score for each in run.detections if (score := score_as(each.scores, "grouped")) and score.value]
    n_accounts = sum(score.value or 0 for score in counts)
    found = groups(run)
    n_low = sum(group.finding.strength == "low" for group in found)
    accounts = words.plural("group.accounts", n_accounts, n=words.integer(n_accounts))
    low = words.plural("page_one.low", n_low, accounts=accounts) if n_low else accounts
    return {"groups": words.plural("page_one.groups", len(found)), "accounts": low}


def which_groups(run: Run, words: Words) -> tuple[Answer, ...]:
    """Return the groups with their sizes, by the confidence in them; nothing where none was found.

    Of groups of low confidence the lead says how many there are; here they stand only where there are no others.
    """
    by_strength: dict[Strength, list[str]] = {}
    for group in groups(run):
        size = value_as(group.finding.scores, "size") or 0
        n = words.integer(size) if by_strength else words.plural("group.accounts", size, n=words.integer(size))
        sized = words("page_one.sized", group=words("group.name", n=words.integer(group.number)), n=n)
        by_strength.setdefault(group.finding.strength, []).append(sized)
    if len(by_strength) > 1:
        by_strength.pop("low", None)
    texts: list[str] = []
    for level, names in by_strength.items():
        rest = len(names) - MOST_GROUPS
        shown = (*names[:MOST_GROUPS], *((words.plural("page_one.more_groups", rest),) if rest > 0 else ()))
        word = words(f"confidence.{level}")
        texts.append(words.title(words("page_one.groups_of", word=word, groups=words.series(shown))))
    if not texts:
        return ()
    rates = _error_rates(run, tuple(by_strength), words)
    meaning = " ".join(filter(None, (words("page_one.levels"), rates)))
    return (Answer(words("page_one.which"), ((" ".join(texts), ""), (meaning, "")), "#clusters"),)


def _error_rates(run: Run, levels: tuple[Strength, ...], words: Words) -> str:
    """Return how often groups of these confidences were wrong where the truth is known; nothing if not measured."""
    rates = tuple(
        words(
            "page_one.rate",
            word=words(f"confidence.{level}"),
            wrong=words.integer(wrong),
            measured=words.integer(measured),
        )
        for level, (wrong, measured) in error_rates(run).items()
        if level in levels
    )
    return words("page_one.rates", rates=words.series(rates)) if rates else ""


def whom_served(run: Run, words: Words) -> tuple[Answer, ...]:
    """Return how many of the groups' acts were for which camp, and which groups acted mostly for one."""
    table, served = engagement_table(run), served_by(run)
    if table is None or not groups(run):
        return ()
    all_acts = float(rows_of_kind(table, "acts", "all")["by_groups"].item())
    camps = camps_of(table, "acts")
    by_groups = camps.filter(pl.col("by_groups") > 0).sort("by_groups", "camp", descending=[True, False])
    if by_groups.is_empty():
        names = tuple(short(camp, NAME_LENGTH) for camp in camps["camp"].head(MOST_CAMPS))
        fields = {"n": words.integer(all_acts), "camps": words.series(names)}
        why = words("page_one.served_none_of", **fields) if names else words("page_one.served_unknown")
        return (Answer(words("page_one.served"), ((why, ""), (_targets(run, served, words), ""))),)
    parts = tuple(
        words("page_one.served_camp", camp=short(camp, NAME_LENGTH), n=words.integer(n))
        for camp, n in by_groups.select("camp", "by_groups").head(MOST_CAMPS).iter_rows()
    )
    unnamed = all_acts - float(by_groups["by_groups"].sum())
    if unnamed:
        parts = (*parts, words("page_one.served_none", n=words.integer(unnamed)))
    texts = [words("page_one.served_acts", n=words.integer(all_acts), parts=words.series(parts))]
    mostly = _mostly(run, served, words) if served else ()
    if mostly:
        texts.append(words("page_one.served_mostly", groups=words.series(mostly)))
    return (Answer(words("page_one.served"), ((" ".join(texts), ""),)),)


def _targets(run: Run, served: Served, words: Words) -> str:
    """Return the target of most accounts of each of the first groups, where these have names that a reader knows."""
    shown = tuple(
        words("page_one.served_target", group=name, target=target, n=words.integer(n), size=words.integer(size))
        for group in groups(run)[:MOST_FINDINGS]
        for target, n in named_target(served, group.finding.id, words)
        for name in (words("group.name", n=words.integer(group.number)),)
        for size in (value_as(group.finding.scores, "size") or 0,)
    )
    named = words("page_one.served_targets", targets=words.series(shown)) if shown else ""
    return " ".join(filter(None, (named, words("page_one.served_pages"))))


def _mostly(run: Run, served: Served, words: Words) -> tuple[str, ...]:
    """Return the groups more than half of whose acts were for one camp, with the camp."""
    by_camp = served["served_camps"].drop_nulls("camp").filter(pl.col("share") > HALF)
    return tuple(
        words("page_one.mostly", group=name, camp=short(camp, NAME_LENGTH), share=words.share(share))
        for key, name in group_names(subjects(run), words).items()
        for camp, share in by_camp.filter(pl.col("finding_id") == key).select("camp", "share").iter_rows()
    )


def picture(run: Run, words: Words) -> tuple[Figure, ...]:
    """Return each kind of engagement by camp: what is left, and what was found to be made; none where nothing was."""
    table = engagement_table(run)
    if table is None or not table["share"].sum():
        return ()
    shown = {measure: _bars(table, measure, words) for measure in TAKEN}
    shown = {measure: bars for measure, bars in shown.items() if bars}
    figures = []
    for measure, bars in shown.items():
        column, name = TAKEN[measure], words(f"page_one.{measure}_name")
        legend = Legend(words.title(name), words("page_one.left"), words(f"page_one.{column}"), words.integer)
        svg = engagement_bars(bars, legend, list(TAKEN).index(measure))
        rows = words.series(tuple(words("page_one.picture_row", camp=bar.label, numbers=bar.beside) for bar in bars))
        alt = words("page_one.picture_alt", measure=words.title(name), taken=words(f"page_one.{column}"), rows=rows)
        numbers = table.filter(pl.col("measure") == measure)
        figures.append(Figure(f"engagement-{measure}", svg, alt, words(f"page_one.{measure}_caption"), numbers=numbers))
    return tuple(figures)


def _bars(table: pl.DataFrame, measure: str, words: Words) -> tuple[Bar, ...]:
    rows = camps_of(table, measure).head(MOST_CAMPS)
    bars = []
    for row in (rows if rows.height else rows_of_kind(table, measure, "all")).iter_rows(named=True):
        label = words("page_one.everything") if row["camp"] is None else short(row["camp"], NAME_LENGTH)
        counts = {"taken": words.integer(row[TAKEN[measure]]), "total": words.integer(row["total"])}
        beside = words("page_one.beside", share=words.share(row["share"]), **counts)
        ends = (max(row["left_low"], 0.0), max(row["left_high"], 0.0))
        bars.append(Bar(label, max(row["left"], 0.0), row[TAKEN[measure]], ends, beside))
    return tuple(bars)


def strongest(run: Run, words: Words) -> tuple[Answer, ...]:
    """Return the three strongest findings, each of another kind, with confidence; low ones only where none is surer."""
    names, served = group_names(subjects(run), words), served_by(run)
    lines = []
    kinds = kinds_of(run)
    sure = [kind for kind in kinds if kind[1][0].strength != "low"]
    for detection, findings in (sure or kinds)[:MOST_FINDINGS]:
        first = findings[0]
        name = subject_name(first, detection, names, words)
        text = sentence(first, name, detection, words)
        if is_group(first, detection) and (moment := quoted(served, first.id, words)):
            size = value_as(first.scores, "size") or 0
            accounts = words.plural("group.accounts", size, n=words.integer(size))
            text = words("page_one.group", group=name, accounts=accounts, moment=moment)
        level = words(f"confidence.{first.strength}")
        lines.append(words.title(words("page_one.sure_as", word=level, text=text)) if sure else text)
    if not lines and any(finds_groups(detection.detector) for detection in run.detections):
        lines = quiet("who", run, words)
    title = words("page_one.strongest" if sure or not kinds else "page_one.strongest_low")
    return (Answer(title, tuple((line, "") for line in lines)),) if lines and run.detections else ()


def left_over(run: Run, words: Words) -> tuple[Answer, ...]:
    """Return how much each camp keeps without what was found, and whether their order changes."""
    table = engagement_table(run)
    if table is None:
        return ()
    lines: list[str] = []
    orders: list[str] = []
    for measure, column in TAKEN.items():
        rows = camps_of(table, measure).head(MOST_CAMPS)
        kept = [_kept("page_one.kept", row, words) for row in rows.filter(pl.col("share") > 0).iter_rows(named=True)]
        if kept:
            lines.append(words(f"page_one.keeps_{column}", camps=words.series(tuple(kept))))
            orders.append(_order(rows, words))
            continue
        whole = rows_of_kind(table, measure, "all").filter(pl.col("share") > 0)
        lines += [_kept(f"page_one.whole_{column}", row, words) for row in whole.iter_rows(named=True)]
    if not lines:
        return ()
    if len(set(orders)) > 1:
        lines = [f"{line} {order}".rstrip() for line, order in zip(lines, orders, strict=True)]
    elif orders:  # one sentence for both kinds of engagement
        lines[-1] = f"{lines[-1]} {orders[-1]}".rstrip()
    sentences = (*((line, "") for line in lines), ("", words("page_one.not_support")))
    return (Answer(words("page_one.left_title"), sentences),)


def _kept(key: str, row: dict[str, Any], words: Words) -> str:
    return words(
        key,
        camp=short(row["camp"], NAME_LENGTH),
        total=words.integer(row["total"]),
        left=words.integer(max(row["left"], 0.0)),
        low=words.integer(row["left_low"]),
        high=words.integer(row["left_high"]),
    )


def _order(rows: pl.DataFrame, words: Words) -> str:
    """Return whether the camps' order is another without what was found."""
    moved = rows.filter(pl.col("rank") != pl.col("rank_without"))
    if rows.height < 2:
        return ""
    if moved.is_empty():
        open_still = rows.filter(pl.col("rank_without_low") != pl.col("rank_without_high"))
        return words("page_one.order_same" if open_still.is_empty() else "page_one.order_open")
    sentences = tuple(
        words("page_one.moved", camp=short(camp, NAME_LENGTH), rank=words.integer(rank), without=words.integer(without))
        for camp, rank, without in moved.select("camp", "rank", "rank_without").iter_rows()
    )
    return words("page_one.order_other", camps=words.series(sentences))


def not_judged(run: Run, words: Words) -> tuple[Answer, ...]:
    """Return the limits that a reader must know first, and what could not be judged, by the reason.

    Why nobody could be asked for who acted together comes first: it is what most readers look for.
    """
    limits = dict.fromkeys(note for detection in run.detections for note in first_notes(detection))
    lines = [(words.known("note", note), "") for note in limits]
    reasons: dict[str, list[str]] = {}
    main = ""
    for failure in run.failures:
        if failure.is_refusal:
            reason = words.message(failure.message)
            reasons.setdefault(reason, []).append(words.detector(failure.detector))
            main = reason if finds_groups(failure.detector) else main
    by_most = sorted(reasons.items(), key=lambda entry: (entry[0] != main, -len(entry[1])))
    lines += [
        (words("page_one.refused", detectors=words.title(_first_of(names, words)), reason=reason), "")
        for reason, names in by_most[:MOST_REASONS]
    ]
    if rest := [name for _, names in by_most[MOST_REASONS:] for name in names]:
        lines.append((words("page_one.refused_too", detectors=_first_of(rest, words)), ""))
    lines.append((words("page_one.never"), ""))
    return (Answer(words("page_one.not_judged"), tuple(lines), "#failures" if reasons else "#limits"),)


def _first_of(names: list[str], words: Words) -> str:
    """Return the first names of a list, and how many more there are; the chapter on failures has all."""
    rest = len(names) - MOST_QUESTIONS
    more = (words.plural("page_one.more_questions", rest),) if rest > 1 else ()
    return words.series((*(names[:MOST_QUESTIONS] if more else names), *more))
