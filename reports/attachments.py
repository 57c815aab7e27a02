"""The evidence that travels inside the document: what was found, every number, and each group's accounts and pairs."""

from __future__ import annotations

from forensics.findings import Run
from forensics.vocabulary import TableRole
from reports.detector_declarations import table_name
from reports.exports.export_format import findings_frame, scores_frame
from reports.exports.spreadsheet import csv_text
from reports.report_model import Attachment
from reports.run_queries import groups, rows_of
from reports.wording import Words

MOST_GROUPS = 20
MOST_ROWS = 2_000
"""Rows of the largest table; an attachment says how many rows it leaves to the files beside the document."""


ATTACHED: tuple[TableRole, ...] = ("members", "ties")


def attachments(run: Run, words: Words) -> tuple[Attachment, ...]:
    """Return the files, in the order a reader would open them."""
    files = [
        Attachment("findings.csv", words("attachment.findings"), csv_text(findings_frame(run, words.language))),
        Attachment("scores.csv", words("attachment.scores"), csv_text(scores_frame(run))),
    ]
    for group in groups(run)[:MOST_GROUPS]:
        for role in ATTACHED:
            rows, table = rows_of(group, role), table_name(group.detection, role)
            text = words(
                "attachment.evidence",
                table=words.known("table", table),
                finding=group.finding.id,
                shown=words.integer(min(MOST_ROWS, rows.height)),
                total=words.integer(rows.height),
            )
            content = csv_text(rows.head(MOST_ROWS))
            files.append(Attachment(f"{group.finding.id}-{table}.csv", text, content))
    return tuple(files)
