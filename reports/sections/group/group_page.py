"""One group: its page, and the tables behind it."""

from __future__ import annotations

from forensics.findings import Run
from forensics.vocabulary import MeasureRole
from reports.detector_declarations import has_table, is_group, score_as, spec_of, statement_of, table_name, value_as
from reports.report_model import Answer, Answers, Block, Heading, KeyNumber, KeyNumbers, Table, Text
from reports.run_queries import RANK, Group, account_names, file_of, rows_of, score_of
from reports.sections.findings.detection_tables import frame_table
from reports.sections.findings.finding_sentence import sentence
from reports.sections.group.group_figures import group_grid, group_network, group_timeline, is_dense
from reports.sections.group.group_tables import accounts_table, edges_table, texts_table, written
from reports.sections.group.whom_group_served import Served, quoted, served_blocks
from reports.wording import Words

MOST_SENTENCES = 3
"""Findings of other kinds on the page of a group; the chapters tell all."""


def anchor_of(group: Group) -> str:
    """Return where links to the group point."""
    return f"group-{group.number}"


def blocks_of(group: Group, run: Run, served: Served, words: Words) -> list[Block]:
    """Return the page of one group, in reading order."""
    name = words("group.name", n=words.integer(group.number))
    return [
        Heading(name, anchor_of(group)),
        Text(" ".join(filter(None, (_short(group, words), quoted(served, group.finding.id, words)))), "lead"),
        _numbers(group, words),
        *served_blocks(served, group.finding.id, name, account_names(group), words, known=rows_of(group, "moments")),
        *(group_grid if is_dense(group) else group_network)(group, name, words),
        *group_timeline(group, name, words),
        Answers(
            (
                *written(group, words),
                *_same_accounts(group, run, name, words),
                _how_sure(group, name, words),
                *_explanations(group, words),
            )
        ),
    ]


def evidence_of(group: Group, words: Words) -> list[Block]:
    """Return the tables behind a group's page."""
    name = words("group.name", n=words.integer(group.number))
    return [
        Heading(name, f"{anchor_of(group)}-evidence"),
        *(Text(text) for text in _confirmed(group, words)),
        *_measures(group, name, words),
        *(block for table in (accounts_table, edges_table, texts_table) for block in table(group, name, words)),
    ]


def _how_sure(group: Group, name: str, words: Words) -> Answer:
    """Return how the group was found, what its acts have in common, and who is alike or at its edge."""
    found = " ".join((sentence(group.finding, name, group.detection, words), *_kinds(group, words)))
    rest = " ".join((*_alike(group, words), *_core(group, words)))
    return Answer(words("group.how_sure"), tuple((text, "") for text in (found, rest) if text))


def _accounts(group: Group, words: Words) -> str:
    count = value_as(group.finding.scores, "size") or 0
    return words.plural("group.accounts", count, n=words.integer(count))


def _short(group: Group, words: Words) -> str:
    """Return how many accounts it has, and from when to when they acted where that is known."""
    times = _times(group, words)
    return words("statement.short" if times else "statement.short_untimed", accounts=_accounts(group, words), **times)


def _times(group: Group, words: Words) -> dict[str, str]:
    roles: tuple[MeasureRole, ...] = ("first", "last")
    scores = ((role, score_as(group.finding.scores, role)) for role in roles)
    return {role: words.score(score) for role, score in scores if score}


def _numbers(group: Group, words: Words) -> KeyNumbers:
    fields = statement_of(group.finding, group.detection).fields
    scores = (score_of(group.finding.scores, name) for name in fields)
    return KeyNumbers(
        (
            KeyNumber(words("confidence.label"), words(f"confidence.{group.finding.strength}")),
            *(
                KeyNumber(words(f"score.{score.name}"), words.score(score), f"{group.finding.id}/{score.name}")
                for score in scores
                if score is not None and score.value is not None
            ),
        )
    )


def _core(group: Group, words: Words) -> list[str]:
    """Return who was found with the group and not confirmed; nothing where all were."""
    n_edge = value_as(group.finding.scores, "edge") or 0
    return [words.plural("group.edge", n_edge, n=words.integer(n_edge))] if n_edge else []


def _kinds(group: Group, words: Words) -> list[str]:
    """Return what the group's acts have in common, in one sentence; nothing where no kind is known."""
    blocks = []
    if not has_table(group.finding, group.detection, "kinds"):
        return []
    for kind, share, window_s in rows_of(group, "kinds").select("kind", "share", "window_s").iter_rows():
        fields = {
            "share": "" if share is None else words.share(share),
            "window": "" if window_s is None else words.duration(window_s),
        }
        if words.has(f"evidence_kind.{kind}"):
            blocks.append(words(f"evidence_kind.{kind}", **fields))
    return [words("group.kinds", kinds=words("summary.explain_join").join(blocks))] if blocks else []


def _confirmed(group: Group, words: Words) -> list[str]:
    """Return in how many of the directions the group was confirmed, and how much of it."""
    directions = score_as(group.finding.scores, "directions")
    roles: tuple[MeasureRole, ...] = ("confirmed", "steadiness")
    share, stability = (value_as(group.finding.scores, role) for role in roles)
    if directions is None or directions.value is None or not directions.n or share is None or stability is None:
        return []
    return [
        words(
            "group.confirmed",
            n=words.integer(round(directions.value * directions.n)),
            total=words.integer(directions.n),
            share=words.share(share),
            stability=words.share(stability),
        )
    ]


def _measures(group: Group, name: str, words: Words) -> tuple[Table, ...]:
    """Return what was measured of the group in the other half, beside other audiences; none where nobody did."""
    if not has_table(group.finding, group.detection, "measures"):
        return ()
    rows = rows_of(group, "measures")
    shown = {
        "shown": words.integer(rows.height),
        "total": words.integer(rows.height),
        "file": file_of(group, "measures"),
    }
    caption = words("clusters.measures_caption", group=name, **shown)
    spec = spec_of(group.detection, table_name(group.detection, "measures"))
    return frame_table(spec, rows, (f"{anchor_of(group)}-measures", caption), words)


def _alike(group: Group, words: Words) -> list[str]:
    """Return how many other audiences stand out alike, and what that number means."""
    n = value_as(group.finding.scores, "alike")
    if n is None:
        return []
    return [words.plural("group.alike", n, n=words.integer(n)) if n else words("group.alike_none")]


def _same_accounts(group: Group, run: Run, name: str, words: Words) -> tuple[Answer, ...]:
    """Return a sentence for the surest findings of other kinds about the same group; nothing where there is none."""
    found = [
        (finding, detection)
        for detection in run.detections
        for finding in detection.findings
        if finding.subject == group.finding.id and not is_group(finding, detection)
    ]
    found.sort(key=lambda each: RANK[each[0].strength])
    sentences = tuple(
        (
            sentence(finding, name, detection, words),
            words("summary.confidence", word=words(f"confidence.{finding.strength}")),
        )
        for finding, detection in found[:MOST_SENTENCES]
    )
    rest = len(found) - len(sentences)
    more = words.plural("summary.more", rest) if rest else ""
    return (Answer(words("group.same_accounts"), sentences, more=more),) if sentences else ()


def _explanations(group: Group, words: Words) -> tuple[Answer, ...]:
    """Return what else could explain a group: what the data exclude, ticked, and what is to be checked by hand."""
    join = words("summary.explain_join").join
    sentences = tuple(
        (words(key, explanations=join(words.begun(words.known(table, name)) for name in names)), "")
        for key, table, names in (
            ("group.excluded", "excluded", group.finding.excluded),
            ("group.unchecked", "alternative", group.finding.alternatives),
        )
        if names
    )
    return (Answer(words("group.explanations"), sentences),) if sentences else ()
