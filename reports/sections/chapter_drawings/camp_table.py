"""Every camp beside the others by the same measures: what the data hold of each, whatever was found."""

from __future__ import annotations

from forensics.detectors.overview import by_camp
from forensics.findings import Run, Score
from reports.report_model import Cell, Column, Table
from reports.visible_text import short
from reports.wording import Words

ANCHOR = "camps"
MOST_CAMPS = 40
NAME_LENGTH = 60


def camps_table(run: Run, words: Words) -> tuple[Table, ...]:
    """Return the table of camps; none where the data name no camp."""
    camps = by_camp(run.overview)
    if not camps:
        return ()
    measured = dict.fromkeys(measure for scores in camps.values() for measure in scores)
    shown = [name for name in measured if any(name in scores and scores[name].value for scores in camps.values())]
    rows = tuple(
        (Cell(short(camp, NAME_LENGTH)), *(_cell(scores.get(name), words) for name in shown))
        for camp, scores in list(camps.items())[:MOST_CAMPS]
    )
    columns = (
        Column(words("camps.camp"), "name", 1.5),
        *(Column(words.known("camps", name), "number") for name in shown),
    )
    caption = words("camps.caption", shown=words.integer(len(rows)), total=words.integer(len(camps)))
    return (Table(ANCHOR, caption, columns, rows),)


def _cell(score: Score | None, words: Words) -> Cell:
    if score is None or score.value is None:
        return Cell("–")
    return Cell(words.integer(score.value), score.value, source=f"overview/{score.name}")
