"""The technical annex: what is needed to repeat the run exactly."""

from __future__ import annotations

import polars as pl

from forensics.model import Detection, Run
from reports.model import Block, Cell, Column, Table, Text
from reports.sections.parts import Section
from reports.wording import Words

__all__ = ["ANNEX"]


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the seed, the layers analysed and the versions."""
    versions = _versions(run, words) if run.versions else ()
    layers = (_layers(item, words) for item in run.detections if "layers" in item.tables)
    return (Text(words("annex.intro"), "lead"), Text(words("annex.seed", seed=str(run.seed))), *layers, *versions)


def _versions(run: Run, words: Words) -> tuple[Table]:
    return (
        Table(
            "versions",
            words("annex.versions_caption"),
            (Column(words("annex.name")), Column(words("annex.version"))),
            tuple((Cell(name), Cell(version)) for name, version in sorted(run.versions.items())),
        ),
    )


def _layers(detection: Detection, words: Words) -> Table:
    counts = (
        "n_acts",
        "n_accounts",
        "n_objects",
        "n_testable_pairs",
        "n_candidates",
        "n_edges",
        "n_crowded_acts",
    )
    frame = detection.tables["layers"]
    wanted = ("layer", "precision", "window_s", *counts)  # a detector without windows has no column for them
    rows = frame.select(pl.col(name) if name in frame.columns else pl.lit(None).alias(name) for name in wanted)
    return Table(
        f"{detection.detector}-layers",
        words("annex.layers_caption"),
        (
            Column(words("annex.layer"), width=1.6),
            Column(words("annex.precision")),
            Column(words("annex.window_s"), "number"),
            *(Column(words(f"annex.{name}"), "number") for name in counts),
        ),
        tuple(
            (
                Cell(words.layer(row["layer"])),
                Cell(words(f"precision.{row['precision']}") if row["precision"] else ""),
                Cell("" if row["window_s"] is None else words.duration(row["window_s"]), row["window_s"]),
                *(Cell("" if row[name] is None else words.integer(row[name]), row[name]) for name in counts),
            )
            for row in rows.iter_rows(named=True)
        ),
    )


ANNEX = Section("annex", "Technical annex", build)
