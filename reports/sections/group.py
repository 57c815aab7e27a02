"""One group: what is said of it, its numbers, its two figures and its four tables."""

from __future__ import annotations

from reports.model import Block, Heading, KeyNumber, KeyNumbers, Text
from reports.reading import Group, rows_of, score_of, value_of
from reports.sections.group_figures import group_network, group_timeline
from reports.sections.group_tables import accounts_table, acts_table, edges_table, measures_table, texts_table
from reports.sections.statements import sentence
from reports.wording import Words

__all__ = ["anchor_of", "blocks_of"]

KEY_SCORES = (
    "accounts",
    "accounts_edge",
    "acted_ratio",
    "next_ratio",
    "typical_ratio",
    "audiences",
    "audiences_alike",
    "directions_share",
    "confirmed_share",
    "stability",
    "edges",
    "objects",
    "density",
)


def anchor_of(group: Group) -> str:
    """Return where links to the group point."""
    return f"group-{group.number}"


def blocks_of(group: Group, words: Words) -> list[Block]:
    """Return the blocks of one group, in reading order."""
    name = words("group.name", n=words.integer(group.number))
    tables = (accounts_table, edges_table, acts_table, texts_table)
    return [
        Heading(name, anchor_of(group)),
        Text(words("statement.short", accounts=_accounts(group, words), **_times(group, words)), "lead"),
        _numbers(group, words),
        Text(sentence(group.finding, name, group.detection, words)),
        *(Text(text) for text in (*_kinds(group, words), *_core(group, words), *_confirmed(group, words))),
        *(Text(text) for text in (*_alike(group, words), *_open(group, words))),
        *measures_table(group, name, words),
        *group_network(group, name, words),
        *group_timeline(group, name, words),
        Heading(words("clusters.evidence_title"), f"{anchor_of(group)}-evidence", 4),
        *(block for table in tables for block in table(group, name, words)),
    ]


def _accounts(group: Group, words: Words) -> str:
    count = value_of(group.finding.scores, "accounts") or 0
    return words.plural("group.accounts", count, n=words.integer(count))


def _times(group: Group, words: Words) -> dict[str, str]:
    scores = (score_of(group.finding.scores, name) for name in ("first_at", "last_at"))
    return {score.name.removesuffix("_at"): words.score(score) for score in scores if score}


def _numbers(group: Group, words: Words) -> KeyNumbers:
    scores = (score_of(group.finding.scores, name) for name in KEY_SCORES)
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
    n_edge = value_of(group.finding.scores, "accounts_edge") or 0
    return [words.plural("group.edge", n_edge, n=words.integer(n_edge))] if n_edge else []


def _kinds(group: Group, words: Words) -> list[str]:
    """Return what the group's acts have in common, in one sentence; nothing where no kind is known."""
    told = []
    for kind, share, window_s in rows_of(group, "kinds").select("kind", "share", "window_s").iter_rows():
        fields = {
            "share": "" if share is None else words.share(share),
            "window": "" if window_s is None else words.duration(window_s),
        }
        if words.has(f"evidence_kind.{kind}"):
            told.append(words(f"evidence_kind.{kind}", **fields))
    return [words("group.kinds", kinds=words("summary.explain_join").join(told))] if told else []


def _confirmed(group: Group, words: Words) -> list[str]:
    """Return in how many of the directions the group was confirmed, and how much of it."""
    directions = score_of(group.finding.scores, "directions_share")
    share, stability = (value_of(group.finding.scores, name) for name in ("confirmed_share", "stability"))
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


def _alike(group: Group, words: Words) -> list[str]:
    """Return how many other audiences stand out alike, and what that number means."""
    n = value_of(group.finding.scores, "audiences_alike")
    if n is None:
        return []
    return [words.plural("group.alike", n, n=words.integer(n)) if n else words("group.alike_none")]


def _open(group: Group, words: Words) -> list[str]:
    """Return in a sentence what else could explain the group."""
    named = words("summary.explain_join").join(
        words.begun(words.known("alternative", key)) for key in group.finding.alternatives
    )
    section = words("clusters.alternatives_title")
    return [words("group.open", explanations=named, section=section)] if named else []
