"""Accounts that were blacked out before a file was passed on, so that nobody can be told from anybody else."""

from __future__ import annotations

from forensics.errors import InputFileError

__all__ = ["BLACKED_OUT", "PSEUDONYM", "PSEUDONYMS", "REDACTED", "blacked_out"]

REDACTED = ("REDACTED", "[REDACTED]", "redacted")
"""What stands in the place of an account."""

BLACKED_OUT = "the account is blacked out"
"""Why a row is rejected."""


PSEUDONYM = r"^[0-9a-f]{48}$"
"""What 4CAT puts in the place of an account, with a salt made for each file."""

PSEUDONYMS = "Accounts are pseudonyms made for this file alone: they cannot be joined to other files."


def blacked_out(name: str) -> InputFileError:
    """Return what to raise where most accounts of a file are blacked out."""
    return InputFileError(
        f"The accounts in {name} are blacked out (REDACTED), so who acted together cannot be asked of it. "
        "Export it again with pseudonyms instead: they keep accounts apart without naming them."
    )
