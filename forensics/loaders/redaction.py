"""Accounts that were blacked out before a file was passed on, so that nobody can be told from anybody else."""

from __future__ import annotations

from forensics.errors import InputFileError

__all__ = ["BLACKED_OUT", "REDACTED", "blacked_out"]

REDACTED = ("REDACTED", "[REDACTED]", "redacted")
"""What stands in the place of an account."""

BLACKED_OUT = "the account is blacked out"
"""Why a row is rejected."""


def blacked_out(name: str) -> InputFileError:
    """Return what to raise where most accounts of a file are blacked out."""
    return InputFileError(
        f"The accounts in {name} are blacked out (REDACTED), so who acted together cannot be asked of it. "
        "Export it again with pseudonyms instead: they keep accounts apart without naming them."
    )
