"""The clocks of every place that was read, whether or not they deny it: a reader asks first for those that do not."""

from __future__ import annotations

import polars as pl

from forensics.findings import Run
from reports.detector_declarations import charted, spec_of
from reports.report_model import Block, Heading, Items, Text
from reports.sections.findings.detection_tables import frame_table
from reports.sections.findings.finding_sentence import placed
from reports.wording import Words

CHART = "clock_table"
MOST_GROUPS = 20
_NOTES = ("hours_are_habits_not_places", "collectors_guess_places")
"""What hours and the places they are held against can say; it stands here, because it decides how the table is read."""


def clock_groups(run: Run, words: Words) -> tuple[Block, ...]:
    """Return all groups whose clocks were read, and what that can show; none where findings tell them all."""
    blocks: list[Block] = []
    for number, detection in enumerate(run.detections):
        drawn = next(((chart, frames) for chart, frames in charted(detection) if chart.name == CHART), None)
        if drawn is None or drawn[1][0].is_empty():
            continue
        spec, groups = spec_of(detection, drawn[0].tables[0]), drawn[1][0]
        ordered = groups.sort(["n_accounts", "group"], descending=[True, False])
        fitting = ordered.filter(pl.col("finding_id").is_null() & pl.col("mass_stated").is_not_null())
        if fitting.is_empty():
            continue
        largest = fitting.row(0, named=True)
        fields = {
            "group": placed(largest["group"], words),
            "accounts": words.integer(largest["n_accounts"]),
            "offset": words.offset(largest["offset_h"]),
            "low": words.offset(largest["low_h"]),
            "high": words.offset(largest["high_h"]),
            "share": words.share(largest["mass_stated"]),
        }
        notes = tuple(words.known("note", note) for note in _NOTES if note in detection.notes)
        caption = words("clock_groups.caption")
        blocks += [
            Heading(words("clock_groups.title"), f"clock-groups-{number}"),
            Text(words("clock_groups.largest", **fields)),
            *((Items(notes),) if notes else ()),
            *frame_table(spec, ordered.head(MOST_GROUPS), (f"clock-groups-{number}-all", caption), words),
        ]
    return tuple(blocks)
