"""Cells under an account that name none: marks that repeat the row above, and words that stand for many people."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from forensics.loaders.reading.table_file import TableFile
from forensics.messages import message
from forensics.spool import Spool, slices_of

_MARKS = ('"', '""', "''", "〃", "״", "”", "“", "„", "»", '-"-', "-„-", "-”-", "-//-")
"""Signs under a cell that repeat it."""

_WORDS = ("idem", "id.", "ditto", "dito", "dto.", "dto", "ebd.", "jw.", "j.w.", "同上", "то же", "тот же", "то ж")
"""Words that do, in a table that people typed; in one of a platform they may be somebody's name."""

_TYPED = 5_000
"""Rows up to which a table may have been typed."""

DELETED = ("[deleted]", "[removed]")
"""What Reddit, and programs that read it, put for an account that is no more; no name can be written so."""

_NOBODY = (
    *DELETED,
    *("deleted", "deleted_user", "deleted user", "deleted account", "[deleted user]"),
    *("a google user", "google user", "facebook user", "instagram user", "instagramuser", "anonymous user"),
    *("anonymous", "anonymous group", "unknown", "unknown user", "not known", "n/k", "?", "??", "???", "anonyme"),
    *("utilisateur inconnu", "inconnu", "compte supprimé", "utilisateur facebook", "anónimo", "desconocido"),
    *("cuenta eliminada", "usuario de google", "un usuario de google", "anônimo", "desconhecido", "conta excluída"),
    *("um usuário do google", "anonym", "unbekannt", "gelöschtes konto", "gelöschter nutzer", "ein google-nutzer"),
    *("anonimo", "sconosciuto", "account eliminato", "utente eliminato", "un utente google", "مجهول", "غير معروف"),
    *("अज्ञात", "पता नहीं", "tidak diketahui", "anonim", "bilinmiyor", "silinmiş hesap", "неизвестно", "аноним"),
    *("удалённый аккаунт", "удаленный аккаунт", "пользователь google", "невідомо", "анонім", "видалений акаунт"),
    *("nieznany", "usunięte konto", "użytkownik google", "neznámý", "necunoscut", "cont șters", "ismeretlen"),
    *("άγνωστος", "nepoznato", "onbekend", "haijulikani", "không rõ", "ไม่ทราบ", "未知", "已注销", "不明", "알수없음"),
)
"""Words under which platforms and people put whoever has no name: many people are one there."""


def fill_repeated(table: TableFile, columns: Iterable[str], headed: str | None) -> None:
    """Put the value of the row above where a mark repeats it, and note in how many rows.

    Args:
        columns: where marks may stand.
        headed: a column whose values stand once above several rows, so that an empty cell is a mark.
    """
    is_typed = table.n_rows <= _TYPED
    for column in dict.fromkeys(columns):
        if table.rows.schema.get(column) != pl.String:
            continue
        cell = pl.col(column).str.strip_chars()
        repeats = cell.str.to_lowercase().is_in([*_MARKS, *_WORDS]) if is_typed else cell.is_in(_MARKS)
        if column == headed:
            repeats = repeats.fill_null(value=True)
        number = sum(int(part.select(repeats.sum()).item()) for part in slices_of(table.rows))
        if not number:
            continue
        rows, last = Spool(table.rows.schema), None
        for part in slices_of(table.rows):
            above = pl.when(~repeats).then(column).forward_fill().fill_null(pl.lit(last, pl.String))
            filled = part.with_columns(pl.when(repeats).then(above).otherwise(column).alias(column))
            known = filled[column].drop_nulls()
            last = known[-1] if known.len() else last
            rows.append(filled)
        table.rows = rows.finish()
        sentence = (
            "Marks or empty cells that repeat the row above stand in '{column}' in {number} rows; the value above was "
            "read there."
        )
        table.notes.append(message(sentence, column=column, number=number))


def leave_out_nobody(table: TableFile, column: str) -> None:
    """Reject the rows whose account is a word for whoever has no name."""
    nobody = pl.col(column).cast(pl.String).str.strip_chars().str.to_lowercase().is_in(_NOBODY)
    table.reject(nobody, message("no account in '{column}', but a word for many people", column=column), pl.col(column))
