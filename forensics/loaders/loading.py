"""What a notebook calls to read files: one call for files that are read alike."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from forensics.dataset import Dataset
from forensics.errors import InputFileError, ParameterError
from forensics.loaders import load as load_one
from forensics.loaders import merge
from forensics.loaders.loader import SETTINGS, ReadOptions
from forensics.progress import Progress, quiet
from forensics.registry import known_names


def load(
    *paths: str | Path,
    loader: str | None = None,
    columns: Mapping[str, str] | None = None,
    objects: Mapping[str, str] | None = None,
    progress: Progress = quiet,
    **settings: str,
) -> Dataset:
    """Read files, or every file of folders, into one data set.

    ``load("amber.csv", "more.csv", camp="amber")`` reads two files of one camp. Files that are read otherwise are
    loaded apart and joined with ``merge``.

    Args:
        *paths: the files or folders.
        loader: the name of their format; None recognises each.
        columns: for a table of no known format, which column is which, such as ``{"account": "author"}``.
        objects: for such a table, which column holds which kind of object, such as ``{"url": "link"}``.
        **settings: as in a case file's ``[[data]]`` entry: ``camp``, ``time_zone``, ``encoding`` and so on.

    Returns:
        The data set; an act that two of the files hold counts once.

    Raises:
        MissingInputError: a file is not there.
        InputFileError: a file cannot be recognised or read, or none is named.
        ParameterError: there is no such loader or setting.
    """
    if not paths:
        raise InputFileError("No file is named. Name one or more, such as load('posts.csv').")
    for name in settings:
        if name not in SETTINGS:
            raise ParameterError("There is no setting '{name}'. {known}", name=name, known=known_names(name, SETTINGS))
    options = ReadOptions(columns=columns or {}, objects=objects or {}, settings=settings, progress=progress)
    return merge([load_one(Path(path), loader, options) for path in paths])
