"""Every error a user can meet, each with the exit status of the command it ends.

An error's message is one or two plain sentences: what is wrong, where, and what to do next. The command line prints
it and nothing else; no traceback reaches a user.
"""

from __future__ import annotations

from forensics.messages import Message, Text, as_message, message


class ForensicsError(Exception):
    """The parent of every error this project raises on purpose.

    Attributes:
        exit_status: what the command returns: 2 for bad usage or bad input, 3 for a check that failed.
        code: what a reader can look up; it stays the same whatever the message says.
        message: the sentence and its values.
    """

    exit_status: int = 2
    code: str = "CF10"

    def __init__(self, text: Text = "", /, **fields: object) -> None:
        """Keep the message; its text in English is the exception's only argument.

        Args:
            text: a message, or a sentence, whose braces are filled by the fields where there are any.
        """
        self.message: Message = message(str(text), **fields) if fields else as_message(text)
        super().__init__(str(self.message))


class InputFileError(ForensicsError, ValueError):
    """A data file cannot be read as what it claims to be."""

    code = "CF20"


class OpenChoiceError(InputFileError):
    """A data file that can be read in several ways, of which a person has to choose one.

    Attributes:
        setting: the key of the case file that settles it.
        choices: its values.
    """

    def __init__(self, text: Text, setting: str, choices: tuple[str, ...]) -> None:
        """Keep what can be chosen beside the message."""
        super().__init__(text)
        self.setting, self.choices = setting, choices


class MissingInputError(ForensicsError, FileNotFoundError):
    """A file that the case names is not on this machine."""

    code = "CF21"

    def __str__(self) -> str:
        """Return the message alone; ``FileNotFoundError`` would format it as an ``errno`` triple."""
        return str(self.args[0]) if self.args else ""


class CaseFileError(ForensicsError, ValueError):
    """A case file has an unknown key, a wrong type or a missing value."""

    code = "CF30"


class ParameterError(ForensicsError, ValueError):
    """A parameter is unknown, of the wrong type or out of its range."""

    code = "CF31"


class PrecisionError(ForensicsError, ValueError):
    """A question asked more finely than the data's times were kept."""

    code = "CF40"


class TooLittleDataError(ForensicsError, ValueError):
    """There are too few acts or accounts for the question to have an answer."""

    code = "CF41"


class MemoryBudgetError(ForensicsError, MemoryError):
    """The work does not fit into the memory it was given."""

    code = "CF42"


class CheckFailedError(ForensicsError):
    """A check that the user asked for did not hold."""

    code = "CF50"
    exit_status = 3
