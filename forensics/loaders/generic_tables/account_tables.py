"""Tables of accounts without acts: when each was registered, how many follow it, and nothing that it did."""

from __future__ import annotations

from forensics.loaders.generic_tables.columns_by_name import Names
from forensics.loaders.generic_tables.header_names import HINTS, OBJECT_HINTS, REGISTERED

_ACTS = ("text", "object", "action", "permalink", "post")
_BESIDE = {"id", "uri", "description", "comment", "title"}
"""Names that a table of accounts has too."""

_OF_ACCOUNTS = {"following", "posts", "description", "bio", "verified", "protected", "location", "listed_count"}
_SURE = 2
"""Facts of accounts from which a column of links is their own and nothing that they shared."""


def account_columns(table: Names) -> dict[str, str]:
    """Return which column is which in a table of accounts: registered at some time, counted, and none of them twice.

    Returns:
        Key of ``[data.map]`` to column; empty where the table holds acts.
    """
    names = table.plain
    registered = table.known_by("created") or next((c for c, n in names.items() if n in REGISTERED), None)
    counts = {key: table.known_by(key) for key in ("followers", "following", "posts")}
    found = {key: column for key, column in counts.items() if column}
    acts = {hint for key in _ACTS for hint in HINTS[key]} - _BESIDE
    shared = {hint for hints in OBJECT_HINTS.values() for hint in hints}
    plain = set(names.values())
    n_facts = len(_OF_ACCOUNTS & ({name.rpartition("public_metrics_")[2] for name in plain} | found.keys()))
    if registered is None or not found or acts & plain or (shared & plain and n_facts < _SURE):
        return {}
    by_id = next((column for column, name in names.items() if name in ("id", "id_str")), None)
    account = by_id or table.known_by("account", (registered,))
    captured = table.known_by("captured")
    again = account is not None and table.start.values(account).drop_nulls().is_duplicated().any()
    if account is None or (again and captured is None):
        return {}
    found |= {"account": account, "created": registered}
    for key in ("captured", "handle", "name", "place", "platform_country"):
        column = table.known_by(key, found.values())
        found |= {key: column} if column else {}
    return found
