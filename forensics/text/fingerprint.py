"""What two posts share when their words are the same: a fingerprint of the folded text.

Folding takes away what retyping and resharing change: addresses, a leading ``RT @name:``, letter case, the spelling of
accents in Unicode, and runs of white space. Very short texts have none, because greetings are not evidence.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

import polars as pl

MIN_CHARACTERS = 20
"""Folded texts below this have no fingerprint."""

_BLANK, _SOLID = r"[\t-\r\x1C-\x20]", r"[^\t-\r\x1C-\x20]"
"""White space of ASCII as Python knows it, and all else."""

_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_RETWEET = re.compile(r"\s*RT @\w+:?\s*", re.IGNORECASE)


def fold(text: str) -> str:
    """Return a text without addresses, leading ``RT @name:``, letter case and runs of white space."""
    reposted = _RETWEET.match(text)
    while reposted:
        text = text[reposted.end() :]
        reposted = _RETWEET.match(text)
    if "://" in text or "www." in text or "WWW." in text:
        text = _URL.sub(" ", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return " ".join(text.casefold().split())


def digest(folded: str) -> str:
    """Return 128 bits of BLAKE2b of a folded text in hexadecimal."""
    return hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=16).hexdigest()


def fingerprints(texts: pl.Series) -> pl.Series:
    """Return the fingerprint of each text of a column, 128 bits of BLAKE2b in hexadecimal; null where it is too short.

    Shape and order are as given.
    """
    if texts.null_count() == texts.len():
        return pl.Series(texts.name, [None], dtype=pl.String).new_from_index(0, texts.len())
    long = pl.when(pl.col("text").str.len_chars() >= MIN_CHARACTERS).then("text")
    frame = texts.to_frame("text").select(long).select("text", plain=_folded(pl.col("text")))
    folded = frame["plain"]
    others = frame.with_row_index("at").filter(pl.col("plain").is_null() & pl.col("text").is_not_null())
    if others.height:
        whole = pl.Series([fold(text) for text in others["text"].to_list()], dtype=pl.String)
        folded = folded.scatter(others["at"], whole)
    known = folded.to_frame("folded").select(pl.when(pl.col("folded").str.len_chars() >= MIN_CHARACTERS).then("folded"))
    new = hashlib.blake2b  # called without a function of ours about it, which would double the time
    known_texts = known.to_series().to_list()
    made = [None if text is None else new(text.encode(), digest_size=16).hexdigest() for text in known_texts]
    return pl.Series(texts.name, made, dtype=pl.String)


def _folded(texts: pl.Expr) -> pl.Expr:
    """Return what ``fold`` does with texts of ASCII alone; null for others."""
    is_plain = texts.str.len_bytes() == texts.str.len_chars()
    bare = texts.str.replace(rf"(?i)^(?:{_BLANK}*RT @\w+:?{_BLANK}*)+", "")
    has_address = bare.str.contains("://", literal=True) | bare.str.contains(r"www\.|WWW\.")
    worded = pl.when(has_address).then(bare.str.replace_all(rf"(?i)(?:https?://|www\.){_SOLID}+", " ")).otherwise(bare)
    whole = worded.str.to_lowercase().str.replace_all(rf"{_BLANK}+", " ").str.strip_chars(" ")
    return pl.when(is_plain).then(whole)
