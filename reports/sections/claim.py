"""The claim beside the numbers: a neutral sentence by rule, what the analyst concludes, and what those concerned say.

The rule never concludes: it says how much of the engagement has another explanation to be ruled out.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from forensics.case import Reply
from forensics.findings import Run
from reports.report_model import Answer
from reports.sections.engagement_left import MOST_CAMPS, NAME_LENGTH, TAKEN, engagement_table, rows_of_kind
from reports.visible_text import short
from reports.wording import Words

MOST_REPLIES, LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_CONCLUSION = 3, 110, 140, 330
"""On page one; all stand whole in the chapter on who answers for the report."""


def about_claim(run: Run, words: Words) -> tuple[Answer, ...]:
    """Return how the claim stands to what was found, and what the analyst concludes; nothing without a claim."""
    if not run.case.claim or not run.detections:
        return ()
    lines = [(_beside_numbers(run, words), "")]
    if run.case.conclusion:
        conclusion = short(run.case.conclusion, LONGEST_CONCLUSION)
        lines.append((words("claim.concluded", conclusion=conclusion), ""))
    return (Answer(words("claim.title"), tuple(lines), "#publication" if run.case.conclusion else ""),)


def degree(run: Run, words: Words) -> str:
    """Return in a sentence how much of each kind of engagement was found to be made; of each camp page one says it."""
    parts = _made(run, words, "of_all")
    if parts:
        return words("abcde.degree_text", parts=words.title(words.series(parts)), section=words("section.summary"))
    return words("summary.not_examined" if engagement_table(run) is None else "abcde.degree_none")


def _beside_numbers(run: Run, words: Words) -> str:
    if engagement_table(run) is None:
        return words("claim.unmeasured")
    parts = _made(run, words, "above")
    if parts:
        return words("claim.found", parts=words.title(words.series(parts)))
    has_others = any(detection.findings for detection in run.detections)
    return words("claim.quiet_but" if has_others else "claim.quiet")


def _made(run: Run, words: Words, form: str) -> tuple[str, ...]:
    """Return of each kind of engagement what share was found to be made; of none nothing.

    Args:
        form: ``of_all``, with the range, or ``above`` for the sentence below the answer that has the range.
    """
    table = engagement_table(run)
    if table is None:
        return ()
    return tuple(
        words(
            f"claim.{form}_{column}",
            share=words.share(row["share"]),
            low=words.share(row["share_low"]),
            high=words.share(row["share_high"]),
        )
        for measure, column in TAKEN.items()
        for row in rows_of_kind(table, measure, "all").iter_rows(named=True)
        if row["share"]
    )


def replies(run: Run, words: Words) -> tuple[Answer, ...]:
    """Return what those concerned were asked and answered, and which camps that were served were not asked.

    Of a simulation there is nobody to ask. Which camps were not asked is known where the case says of a reply whose
    camp it is.
    """
    given = run.case.right_of_reply
    if run.case.is_simulated and not given:
        return ()
    texts = [_reply(reply, words) for reply in given[:MOST_REPLIES]] or [words("publication.no_reply_short")]
    rest = len(given) - MOST_REPLIES
    if unasked := _unasked(run):
        texts.append(words("publication.unasked", camps=words.series(unasked)))
    more = words.plural("summary.more_replies", rest) if rest > 0 else ""
    return (Answer(words("summary.reply"), tuple((text, "") for text in texts), "#publication", more),)


def _reply(reply: Reply, words: Words) -> str:
    fields = {
        "asked": reply.asked,
        "date": words.date(dt.date.fromisoformat(reply.on)),
        "question": short(reply.question, LONGEST_QUESTION),
    }
    if not reply.answer:
        return words("publication.reply_open", **fields)
    return words("publication.reply", answer=short(reply.answer, LONGEST_ANSWER), **fields)


def _unasked(run: Run) -> tuple[str, ...]:
    """Return the camps of which something was found to be made and of which the case names nobody who was asked."""
    asked = {reply.camp for reply in run.case.right_of_reply if reply.camp}
    table = engagement_table(run)
    if not asked or table is None:
        return ()
    made = table.filter((pl.col("scope") == "camp") & (pl.col("share") > 0) & ~pl.col("camp").is_in(sorted(asked)))
    return tuple(short(camp, NAME_LENGTH) for camp in made["camp"].unique().sort().head(MOST_CAMPS))
