"""One group: what is said of it, its numbers, its two figures and its four tables."""

from __future__ import annotations

from forensics.detectors.coordination.confidence import MISFIT_LIMIT
from forensics.vocabulary import MeasureRole, TableRole
from reports.meaning import has_table, score_as, statement_of, value_as
from reports.model import Block, Heading, KeyNumber, KeyNumbers, Text
from reports.reading import Group, account_names, file_of, rows_of, score_of
from reports.sections.group_figures import group_network, group_timeline
from reports.sections.group_tables import accounts_table, acts_table, edges_table, texts_table
from reports.sections.served import Served, quoted, served_blocks
from reports.sections.statements import sentence
from reports.wording import Words

__all__ = ["anchor_of", "blocks_of"]


MOST_WINDOWS = 6
"""Windows of a group that are told, those with the most pairs."""


def anchor_of(group: Group) -> str:
    """Return where links to the group point."""
    return f"group-{group.number}"


def blocks_of(group: Group, served: Served, words: Words) -> list[Block]:
    """Return the blocks of one group, in reading order."""
    name = words("group.name", n=words.integer(group.number))
    return [
        Heading(
            words("group.heading", group=name, channel=words.known("channel", group.detection.detector)),
            anchor_of(group),
        ),
        Text(words("statement.short", accounts=_accounts(group, words), **_times(group, words)), "lead"),
        *(Text(text, "lead") for text in (quoted(served, group.finding.id, words),) if text),
        _numbers(group, words),
        *served_blocks(served, group.finding.id, name, account_names(group), words),
        Text(sentence(group.finding, name, group.detection, words)),
        *(Text(text) for text in (*_misfit(group, name, words), *_core(group, words), *_strength(group, name, words))),
        *(Text(text) for text in _open(group, words)),
        *(Text(text, "small") for text in _fit(group, words)),
        *(_evidence(group, name, words) if group.finding.strength != "low" else _files(group, words)),
    ]


def _evidence(group: Group, name: str, words: Words) -> list[Block]:
    tables = (accounts_table, edges_table, acts_table, texts_table)
    return [
        *group_network(group, name, words),
        *group_timeline(group, name, words),
        Heading(words("clusters.evidence_title"), f"{anchor_of(group)}-evidence", 4),
        *(block for table in tables for block in table(group, name, words)),
    ]


def _files(group: Group, words: Words) -> list[Block]:
    """Return where the evidence of a group of low confidence is, which the report does not lay out."""
    roles: tuple[TableRole, ...] = ("members", "ties")
    files = tuple(file_of(group, role) for role in roles)
    return [Text(words("group.low", files=words.series(files)), "small")]


def _accounts(group: Group, words: Words) -> str:
    count = value_as(group.finding.scores, "size") or 0
    return words.plural("group.accounts", count, n=words.integer(count))


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
    """Return which of the accounts the confidence is about; nothing where all are the core or nobody says."""
    accounts, core = value_as(group.finding.scores, "size"), value_as(group.finding.scores, "core")
    if core is None or accounts is None or core == accounts:
        return []
    if not core:
        return [words("group.no_core")]
    return [words.plural("group.edge", accounts - core, core=words.integer(core), n=words.integer(accounts - core))]


def _misfit(group: Group, name: str, words: Words) -> list[str]:
    """Return the warning that the comparison misfits the window of the group; nothing where it fits."""
    misfit = score_as(group.finding.scores, "fit")
    if misfit is None or misfit.value is None or misfit.value <= MISFIT_LIMIT:
        return []
    return [words("group.misfit", group=name, misfit=words.score(misfit))]


def _fit(group: Group, words: Words) -> list[str]:
    """Return how well the comparison fits everybody else in each window that the group rests on."""
    if not has_table(group.finding, group.detection, "fit"):
        return []
    windows = tuple(
        words(
            "group.window" if row["window_s"] is not None else "group.no_window",
            layer=words.layer(row["layer"]),
            window="" if row["window_s"] is None else words.duration(row["window_s"]),
            misfit="–" if row["misfit"] is None else words.number(row["misfit"], 2),
            pairs=words.plural("group.pairs", row["n_pairs"], n=words.integer(row["n_pairs"])),
        )
        for row in rows_of(group, "fit").head(MOST_WINDOWS).iter_rows(named=True)
    )
    return [words("group.fit", windows=words.series(windows))] if windows else []


def _open(group: Group, words: Words) -> list[str]:
    """Return in a sentence what else could explain the group."""
    named = words("summary.explain_join").join(
        words.begun(words.known("alternative", key)) for key in group.finding.alternatives
    )
    section = words("clusters.alternatives_title")
    return [words("group.open", explanations=named, section=section)] if named else []


def _strength(group: Group, name: str, words: Words) -> list[str]:
    """Return what the tests say of the pairs, of the group as a whole, and of its stability."""
    roles: tuple[MeasureRole, ...] = ("strongest", "weakest", "family", "steadiness")
    smallest, largest, family, stability = (value_as(group.finding.scores, role) for role in roles)
    n_redealt = value_as(group.detection.scores, "redealt")
    told = []
    if smallest is not None and largest is not None:
        told.append(words("group.strength", group=name, chance=words.chance(smallest), q=words.equation("q", largest)))
    if family is not None and n_redealt:
        key = "group.redealt_never" if family <= 1.0001 / (n_redealt + 1) else "group.redealt"
        told.append(words(key, n=words.integer(n_redealt), p=words.share(family)))
    if stability is not None:
        told.append(words("group.stability", share=words.share(stability)))
    return told
