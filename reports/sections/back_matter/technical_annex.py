"""The technical annex: every method with its settings and checks, and what is needed to repeat the run exactly."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from forensics.findings import Detection, Run
from reports.detector_declarations import table_as
from reports.report_model import Block, Cell, Column, Heading, Items, Table, Text, without_empty_columns
from reports.sections.back_matter.limits import limits_here
from reports.sections.coverage import acts_table
from reports.sections.section import Section
from reports.wording import Words

_OPEN = (("diaspora_share", -1.0),)
"""Settings that stand for none."""


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the seed, the versions, and each detector with the layers it analysed."""
    blocks: list[Block] = [
        Text(words("annex.intro"), "lead"),
        *limits_here(run, words),
        *_allowed_for(run, words),
        *acts_table(run, words),
    ]
    blocks.append(Text(words("annex.seed", seed=str(run.seed))))
    if run.versions:
        versions = words.series(tuple(f"{name} {version}" for name, version in sorted(run.versions.items())))
        blocks.append(Text(words("annex.versions", versions=versions)))
    for detection in run.detections:
        blocks += _method(detection, words)
        layers = table_as(detection, "layers")
        if layers is not None:
            blocks.append(_layers(detection, layers, words))
    return tuple(blocks)


def _allowed_for(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the explanations that no finding leaves open, because the comparison already holds them."""
    gone = dict.fromkeys(key for d in run.detections for finding in d.findings for key in finding.excluded)
    if not gone:
        return ()
    items = Items(tuple(words.known("excluded", key) for key in gone))
    return (Heading(words("summary.explain_closed"), "allowed-for"), items)


def _layers(detection: Detection, frame: pl.DataFrame, words: Words) -> Table:
    counts = ("n_acts", "n_accounts", "n_objects")
    rows = frame.select("layer", "precision", *counts)
    columns = (
        Column(words("annex.layer"), width=1.6),
        Column(words("annex.precision")),
        *(Column(words(f"annex.{name}"), "number") for name in counts),
    )
    cells = tuple(
        (
            Cell(words.layer(row["layer"])),
            Cell(words(f"precision.{row['precision']}") if row["precision"] else ""),
            *(Cell("" if row[name] is None else words.integer(row[name]), row[name]) for name in counts),
        )
        for row in rows.iter_rows(named=True)
    )
    caption = words("annex.layers_caption", detector=words.detector(detection.detector))
    return without_empty_columns(Table(f"{detection.detector}-layers", caption, columns, cells))


def _method(detection: Detection, words: Words) -> tuple[Block, ...]:
    """Return what is needed to judge and to repeat one detection."""
    return (
        Heading(words.title(words.detector(detection.detector)), f"method-{detection.detector}"),
        *(Text(text) for text in words.method(detection.detector)),
        *_numbers(detection, words),
    )


def _numbers(detection: Detection, words: Words) -> tuple[Text, ...]:
    """Return settings and checks as one small paragraph, which takes a tenth of the room of two tables."""
    settings = (
        (words.parameter(name), words.setting("" if (name, value) in _OPEN else value))
        for name, value in detection.params.items()
    )
    checks = ((words.score_name(score.name), words.score(score)) for score in detection.scores)
    listed = (_listed("method.settings", settings, words), _listed("method.checks", checks, words))
    text = " ".join(filter(None, listed))
    return (Text(text, "small"),) if text else ()


def _listed(key: str, entries: Iterable[tuple[str, str]], words: Words) -> str:
    """Return names with their values in one sentence; nothing where there are none."""
    named = tuple(words("method.entry", name=name, value=value) for name, value in entries)
    return words(key, entries=words("summary.explain_join").join(named)) if named else ""


ANNEX = Section("annex", "Technical annex", build)
