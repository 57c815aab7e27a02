"""The brief: page one, and the strongest groups with whom they served; two pages."""

from __future__ import annotations

from dataclasses import replace

from forensics.findings import Run
from reports.model import Answers, Block, Heading, Text
from reports.run_queries import account_names, groups, subjects
from reports.sections.findings.finding_sentence import group_names
from reports.sections.group.served import quoted, served_blocks, served_by
from reports.sections.section import Section
from reports.sections.summary import first_page
from reports.wording import Words

__all__ = ["BRIEF"]

MOST_GROUPS = 3


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the first page, then the strongest groups: the moment to quote and whom it served."""
    blocks: list[Block] = [_alone(block) for block in first_page(run, words)]
    served, names = served_by(run), group_names(subjects(run), words)
    for group in groups(run)[:MOST_GROUPS]:
        key, name = group.finding.id, names[group.finding.id]
        quote = quoted(served, key, words)
        blocks += [
            Heading(name, f"brief-{key}"),
            *((Text(quote, "lead"),) if quote else ()),
            *served_blocks(served, key, name, account_names(group), words, has_episode=False),
        ]
    blocks.append(Text(words("brief.more"), "small"))
    return tuple(blocks)


def _alone(block: Block) -> Block:
    """Return a block of the first page without what points to chapters that the brief does not have."""
    if not isinstance(block, Answers):
        return block
    return replace(block, answers=tuple(replace(answer, link="", more="") for answer in block.answers))


BRIEF = Section("brief", "In short", build)
