"""The findings in the field's own words: actor, behaviour, content, degree, effect; the DISARM techniques; the texts.

The five letters are those of Pamment (2020), The EU's Role in Fighting Disinformation: Crafting A Disinformation
Framework, Carnegie Endowment for International Peace.
"""

from __future__ import annotations

import polars as pl

from forensics.findings import Detection, Finding, Run
from reports.detector_declarations import spec_of, table_as, table_name
from reports.report_model import Answer, Answers, Block, Cell, Column, Heading, Table, Text
from reports.run_queries import RANK, groups, subjects
from reports.sections.claim import degree
from reports.sections.findings.detection_tables import frame_table
from reports.sections.findings.disarm import TECHNIQUES, address, techniques_of
from reports.sections.findings.finding_sentence import group_names, subject_name
from reports.sections.findings.strongest_findings import kinds_of
from reports.sections.page_one import left_over
from reports.sections.section import Section
from reports.visible_text import short
from reports.wording import Words

MOST_TEXTS, MOST_ON_PAGE_ONE, MOST_NAMED, TEXT_LENGTH = 10, 4, 12, 90
_LETTERS = ("actor", "behaviour", "content", "degree", "effect")


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the five letters, the techniques that findings resemble and the most repeated texts.

    A run without findings leaves the letters out; without anything to show, the chapter.
    """
    texts = _texts(run, words)
    if not any(detection.findings for detection in run.detections):
        return texts
    lines = {
        "actor": ((words("abcde.actor_text"), ""),),
        "behaviour": tuple(_behaviour(run, words)),
        "content": ((_content(run, words), ""),),
        "degree": ((degree(run, words), ""),),
        "effect": (
            *(((words("abcde.effect_left", section=words("section.summary")), ""),) if left_over(run, words) else ()),
            (words("abcde.effect_text"), ""),
        ),
    }
    letters = tuple(
        Answer(words(f"abcde.{key}"), lines[key] or ((words("summary.not_examined"), ""),)) for key in _LETTERS
    )
    return (Text(words("abcde.intro"), "lead"), Answers(letters), *_techniques(run, words), *texts)


def _behaviour(run: Run, words: Words) -> list[tuple[str, str]]:
    """Return for each confidence which detectors found something; low only where nothing is surer."""
    lines: list[tuple[str, str]] = []
    for strength in RANK:
        found = dict.fromkeys(
            words.detector(detection.detector)
            for detection, findings in kinds_of(run)
            if any(finding.strength == strength for finding in findings)
        )
        if found and not (lines and strength == "low"):
            note = words("summary.confidence", word=words(f"confidence.{strength}"))
            lines.append((f"{words.title(words.series(tuple(found)))}.", note))
    return lines


def _repeated(run: Run) -> tuple[Detection, pl.DataFrame] | None:
    found = ((detection, table_as(detection, "repeated_texts")) for detection in run.detections)
    return next(((detection, table) for detection, table in found if table is not None), None)


def _content(run: Run, words: Words) -> str:
    """Return how widespread the most repeated text is."""
    repeated = _repeated(run)
    if repeated is None:
        return words("summary.not_examined")
    for row in repeated[1].head(1).iter_rows(named=True):
        return words(
            "abcde.content_text",
            accounts=words.plural("group.accounts", row["n_accounts"], n=words.integer(row["n_accounts"])),
            posts=words.integer(row["n_posts"]),
            section=words("abcde.texts"),
        )
    return words("abcde.content_none")


def most_repeated(run: Run, words: Words) -> tuple[Answer, ...]:
    """Return the most repeated texts for page one, where no group was found that they would stand behind."""
    repeated = _repeated(run)
    if repeated is None or groups(run) or repeated[1]["text"].is_null().all():
        return ()
    lines = tuple(
        (
            words(
                "abcde.text",
                text=short(row["text"], TEXT_LENGTH),
                accounts=words.plural("group.accounts", row["n_accounts"], n=words.integer(row["n_accounts"])),
                posts=words.integer(row["n_posts"]),
            ),
            "",
        )
        for row in repeated[1].head(MOST_ON_PAGE_ONE).iter_rows(named=True)
    )
    return (Answer(words("abcde.texts"), (*lines, (words("abcde.texts_accuse"), "")), "#repeated-texts"),)


def _techniques(run: Run, words: Words) -> tuple[Block, ...]:
    """Return a row for each technique and confidence: which findings resemble it; nothing where none does."""
    names = group_names(subjects(run), words)
    rows: dict[tuple[str, int], list[tuple[Finding, Detection]]] = {}
    for detection, findings in kinds_of(run):
        for finding in findings:
            for technique in techniques_of(finding, detection):
                rows.setdefault((technique, RANK[finding.strength]), []).append((finding, detection))
    if not rows:
        return ()
    columns = (Column(words("abcde.technique"), width=1.4), Column(words("abcde.finding"), width=2.4))
    table = Table(
        "techniques",
        words("abcde.techniques_caption"),
        (*columns, Column(words("confidence.label"), width=0.7)),
        tuple(
            (
                Cell(f"{technique} {TECHNIQUES[technique]}", link=address(technique)),
                Cell(_named(found, names, words)),
                Cell(words(f"confidence.{found[0][0].strength}")),
            )
            for (technique, _), found in sorted(rows.items(), key=lambda row: row[0])
        ),
    )
    return (Heading(words("abcde.techniques"), "techniques-title"), table)


def _named(found: list[tuple[Finding, Detection]], names: dict[str, str], words: Words) -> str:
    """Return the first few findings of a row, by detector."""
    subjects_of: dict[str, list[str]] = {}
    for finding, detection in found[:MOST_NAMED]:
        subjects_of.setdefault(detection.detector, []).append(subject_name(finding, detection, names, words))
    shown = [
        words("abcde.of", detector=words.detector(detector), subject=words.series(tuple(own)))
        for detector, own in subjects_of.items()
    ]
    more = [words("truth.more", n=words.integer(len(found) - MOST_NAMED))] if len(found) > MOST_NAMED else []
    return words("summary.explain_join").join((*shown, *more))


def _texts(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the most repeated texts; nothing where there are none, or none may be shown, as in the public version."""
    repeated = _repeated(run)
    if repeated is None or repeated[1]["text"].is_null().all():
        return ()
    detection, table = repeated
    name = table_name(detection, "repeated_texts")
    shown = table.head(MOST_TEXTS)
    caption = words("abcde.texts_caption", shown=words.integer(shown.height), total=words.integer(table.height))
    labels = (f"{detection.detector}-{name}", caption)
    return (
        Heading(words("abcde.texts"), "repeated-texts"),
        *frame_table(spec_of(detection, name), shown, labels, words),
    )


ABCDE = Section("abcde", "Actor, behaviour, content, degree, effect", build)
