"""What must not be read as it is: accounts that were blacked out before a file was passed on, and private chats."""

from __future__ import annotations

from forensics.errors import InputFileError
from forensics.loaders.loader import ReadOptions

REDACTED = ("REDACTED", "[REDACTED]", "redacted")
"""What stands in the place of an account."""

BLACKED_OUT = "the account is blacked out"
"""Why a row is rejected."""


PSEUDONYM = r"^[0-9a-f]{48}$"
"""What 4CAT puts in the place of an account, with a salt made for each file."""

PSEUDONYMS = "Accounts are pseudonyms made for this file alone: they cannot be joined to other files."


def blacked_out(name: str) -> InputFileError:
    """Return the error for a file most of whose accounts are blacked out."""
    return InputFileError(
        "The accounts in {name} are blacked out (REDACTED), so who acted together cannot be "
        "asked of it. Export it again with pseudonyms instead: they keep accounts apart "
        "without naming them.",
        name=name,
    )


def has_consent(options: ReadOptions) -> bool:
    """Return whether the case file says that those in a private chat agreed to be studied."""
    return str(options.settings.get("consent", "")).lower() in ("true", "yes", "1")


def private_chat(name: str) -> InputFileError:
    """Return the error for a private chat whose members did not agree."""
    return InputFileError(
        "{name} holds a private chat. People write there without expecting to be studied. If "
        'those in it have agreed, put consent = "true" in the case file.',
        name=name,
    )
