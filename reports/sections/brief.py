"""The brief: page one, and the groups that did most of a camp's acts, with whom they served; two pages."""

from __future__ import annotations

from dataclasses import replace

from forensics.findings import Run
from reports.detector_declarations import value_as
from reports.report_model import Answers, Block, Heading, Text
from reports.run_queries import Group, account_names, groups, rows_of, subjects
from reports.sections.findings.finding_sentence import group_names
from reports.sections.group.group_figures import group_timeline
from reports.sections.group.whom_group_served import Served, part_of_camp, quoted, served_blocks, served_by
from reports.sections.section import Section
from reports.sections.summary import first_page
from reports.wording import Words

MOST_GROUPS, MOST_TARGETS, MOST_ACTS = 3, 3, 5


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the first page, then the foremost groups: the moment to quote and whom it served."""
    blocks: list[Block] = [_alone(block) for block in first_page(run, words)]
    served, names = served_by(run), group_names(subjects(run), words)
    every = groups(run)
    found = _foremost(every, served)
    has_room = len(found) < MOST_GROUPS
    limits = (MOST_TARGETS, MOST_ACTS if has_room else 0)
    if len(found) < len(every):
        by_camp = any(part_of_camp(served, group.finding.id) for group in every)
        rule = words(
            "brief.by_camp" if by_camp else "brief.by_confidence",
            n=words.integer(len(every)),
            shown=words.integer(len(found)),
        )
        blocks.append(Text(rule, "small"))
    for group in found:
        key, name = group.finding.id, names[group.finding.id]
        acts = rows_of(group, "moments")
        size = value_as(group.finding.scores, "size") or 0
        accounts = words.plural("group.accounts", size, n=words.integer(size))
        sure = words("brief.sure", accounts=accounts, word=words(f"confidence.{group.finding.strength}"))
        blocks += [
            Heading(name, f"brief-{key}"),
            Text(" ".join(filter(None, (sure, quoted(served, key, words)))), "lead"),
            *served_blocks(served, key, name, account_names(group), words, known=acts, limits=limits)[1:],  # no heading
            *(group_timeline(group, name, words) if has_room else ()),
        ]
    blocks.append(Text(words("brief.more"), "small"))
    return tuple(blocks)


def _foremost(every: tuple[Group, ...], served: Served) -> list[Group]:
    """Return the groups that did the largest part of a camp's acts; of as large a part or of none, the surer ones."""
    return sorted(every, key=lambda group: (-part_of_camp(served, group.finding.id), group.number))[:MOST_GROUPS]


def _alone(block: Block) -> Block:
    """Return a block of the first page without what points to chapters that the brief does not have."""
    if not isinstance(block, Answers):
        return block
    return replace(block, answers=tuple(replace(answer, link="", more="") for answer in block.answers))


BRIEF = Section("brief", "In short", build)
