"""Tables of 4CAT, for every one of its data sources, separated by commas or, from Zeeschuimer itself, by semicolons.

Which of 4CAT's two time columns is true differs by data source; the true one is used, and what the other says of the
server's clock is noted. Links of tweets are built again from the id, because the ``link`` column was damaged by
JavaScript's numbers. Where accounts are blacked out nothing can be asked; where they are pseudonyms, they hold for this
file alone. Counts that 4CAT does not know are written as 0.

Source: https://github.com/digitalmethodsinitiative/4cat, version 1.56.
"""

from __future__ import annotations

from pathlib import Path

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.format_declarations.format_reading import read_declared
from forensics.loaders.fourcat.fourcat_sources import source_of
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions
from forensics.loaders.reading.table_file import table_columns
from forensics.messages import message


def sniff(head: Head) -> Confidence | None:
    """Accept a table with the marks of a data source; weakly where those are only the five every upload has."""
    found = source_of(frozenset(head.columns))
    if found is None:
        return None
    value = 0.4 if found.kind == "upload" else 0.85
    return Confidence(value, message("it has the columns of 4CAT's data source '{name}'", name=found.kind))


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a table; ``time_zone`` among the settings is that of an upload's times.

    Raises:
        InputFileError: the file cannot be read, is no table of 4CAT, or its accounts are blacked out.
    """
    columns = table_columns(path, options)
    known = source_of(frozenset(columns))
    if known is None:
        raise InputFileError(
            "{file} has the columns of no data source of 4CAT: {columns}.", file=path.name, columns=", ".join(columns)
        )
    return read_declared(LOADER.name, known, path, options)


LOADER = Loader(
    name="4cat",
    title="4CAT",
    text="Tables of 4CAT for Twitter, TikTok, Telegram, Bluesky, Instagram and its other data sources.",
    sniff=sniff,
    read=read,
)
