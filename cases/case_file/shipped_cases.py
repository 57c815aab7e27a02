"""The cases that are shipped: a folder each in this package, listed in the order a reader should meet them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cases.case_file.case_file import FILE_NAME, CaseFile, read
from cases.terminal.command_language import tr
from forensics.errors import CaseFileError

_HERE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class ShippedCase:
    """A case that comes with the program; its data do not.

    Attributes:
        name: the word a user types.
        text: what it shows, one sentence.
    """

    name: str
    text: str

    @property
    def folder(self) -> Path:
        """Return where its case file lies."""
        return _HERE / self.name.replace("-", "_")


SHIPPED = (
    ShippedCase("demo", "A simulated election with every practice planted: what each kind of finding looks like."),
    ShippedCase("germany-2021", "Who spread the same links and images together in the German campaign of 2021?"),
    ShippedCase(
        "pages-2024", "Counts of posts and advertisements alone, simulated: what did it buy, and at what cost?"
    ),
    ShippedCase("russia-2021", "Pro-government accounts in Russia in 2021 that retweeted the same posts at once."),
    ShippedCase("us-2016-ira", "The Internet Research Agency's accounts in autumn 2016: how they were worked."),
)


def shipped(name: str) -> CaseFile:
    """Read the shipped case of a name, whatever lies in the folder where the program was called."""
    return read(next(case for case in SHIPPED if case.name == name).folder / FILE_NAME)


def find(word: str) -> CaseFile:
    """Read the case a user means: a case file, a folder that holds one, or the name of a shipped case.

    Raises:
        CaseFileError: there is no such case, or its file is wrong.
    """
    path = Path(word)
    if path.is_dir() and (path / FILE_NAME).exists():
        return read(path / FILE_NAME)
    names = [case.name for case in SHIPPED]
    if word in names:
        return shipped(word)
    if path.is_file() and path.suffix == ".toml":
        return read(path)
    if path.is_file():
        raise CaseFileError(
            tr("{word} is a data file, not a case. Make a case of it with: forensics new DIR --data {word}", word=word)
        )
    if path.is_dir():
        raise CaseFileError(
            tr("The folder {word} holds no {file}. Make one with: forensics new DIR", word=word, file=FILE_NAME)
        )
    sentence = "There is no case '{word}': no such folder, no such case file, and the shipped cases are {names}."
    raise CaseFileError(tr(sentence, word=word, names=", ".join(names)))
