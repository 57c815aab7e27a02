"""Which old encoding a text has that is not UTF-8, by the letters that it would have and their neighbours.

Excel saves a plain CSV in the code page of the machine: French in ``cp1252``, Russian in ``cp1251``, Chinese in
``gb18030``. Read in a wrong one, words have letters of two scripts, capitals in their middle, or letters that no
language has beside each other.

Source: the code pages' tables at unicode.org/Public/MAPPINGS/VENDORS/MICSFT.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator

_WINDOW = 1 << 15
_SURE, _NEAR = 0.5, 0.1
"""The mean that a right reading reaches, and within which the commonest encoding is taken; from the tests' texts."""

_LETTERS = {
    "cp1252": "àâäáãåæçèéêëìíîïñòóôöõøùúûüœßÀÂÄÁÃÅÆÇÈÉÊËÍÎÏÑÓÔÖÕØÚÛÜŒ",
    "cp1254": "âçîöûüğışÂÇÎÖÛÜĞİŞ",
    "cp1250": "ąćęłńóśźżáâăčďéěëíîňóôöőřşšťţúůüűýžßđäĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇÓÖŐŘŠŤÚŮÜŰÝŽÎÂĂŞŢÄ",
    "mac_roman": "àâäáãåæçèéêëìíîïñòóôöõøùúûüœßÀÂÄÃÅÆÇÉÊÎÑÓÔÖØÜŒ",
    "cp1251": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґ",
    "cp1253": "αοιετσνηυρπκμλςωγδθχφβξζψάέήίόύώϊϋ",
    "cp1256": "ابةتثجحخدذرزسشصضطظعغفقكلمنهويىءآأؤإئًپچژگ",
    "gb18030": "",
}
"""Encodings, the commonest first, and the letters that texts in them are written with."""

_COMMON = {"cp1251": "оеаинтсрвлкмд", "cp1253": "αοιετσνηυρ", "cp1256": "ايلمونرتبةعد"}
"""Letters that make more than half of a text; without them one script passes for another."""

_SCRIPTS = {"cp1251": "CYRILLIC", "cp1253": "GREEK", "cp1256": "ARABIC"}
_PUNCTUATION = "’‘“”„–—…€«»°•·¿¡ºª№،؟"
_LEVEL_ONE = range(0xB0, 0xD8)
"""Lead bytes of the 3,755 characters of GB 2312 that are used daily."""


def likeliest_encoding(data: bytes) -> str | None:
    """Return the encoding of bytes that are not UTF-8, or None where none makes words of them.

    Example: ``"café"`` in bytes of ``cp1252`` gives ``cp1252``.
    """
    if _is_wide(data):
        return "utf-16-be" if data[:1] == b"\x00" else "utf-16-le"
    scores = _scores(data)
    best = max(scores.values(), default=0.0)
    return next((name for name, score in scores.items() if score >= best - _NEAR), None) if best >= _SURE else None


def is_utf8(data: bytes) -> bool:
    """Return whether bytes are UTF-8, damaged at most, and cut off anywhere."""
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(data)
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        n_broken = text.count("\ufffd")
        return n_broken < sum(not letter.isascii() for letter in text) - n_broken
    return not _is_wide(data)


def _is_wide(data: bytes) -> bool:
    """Return whether every other byte is nothing, as in UTF-16 of Latin letters."""
    start = data[:4096]
    even, odd = start[::2].count(0), start[1::2].count(0)
    return len(start) >= 8 and max(even, odd) * 5 > len(start) * 2 and min(even, odd) * 20 < len(start)


def _scores(data: bytes) -> dict[str, float]:
    """Return how well each encoding reads the first characters beyond ASCII, at most 1, the commonest first."""
    first = next((at for at, byte in enumerate(data) if byte > 127), None)
    window = b"" if first is None else data[max(0, first - 1000) : first + _WINDOW]
    found = {}
    for name in _LETTERS:
        try:
            text = codecs.getincrementaldecoder(name)("strict").decode(window)
        except UnicodeDecodeError:
            continue
        values = list(_values(text, name))
        if values:
            found[name] = sum(values) / len(values)
    return found


def _values(text: str, name: str) -> Iterator[float]:
    """Yield for each character beyond ASCII how well it stands there, from -2 to 1."""
    letters, common = frozenset(_LETTERS[name]), frozenset(_COMMON.get(name, ""))
    padded = f" {text} "
    for at in range(1, len(padded) - 1):
        letter = padded[at]
        if letter.isascii():
            continue
        before, after = padded[at - 1], padded[at + 1]
        if letter in _PUNCTUATION or letter.isspace():
            yield 1.0
        elif name == "gb18030":
            yield from _han(letter)
        elif letter.lower() not in letters and letter not in letters:
            yield -2.0
        elif name in _SCRIPTS:
            yield _of_script(letter, before, after, common)
        else:
            is_between = before.isalpha() and not before.isascii() and after.isalpha() and not after.isascii()
            is_wrong = (letter.isupper() and before.islower()) or (letter.islower() and after.isupper())
            yield -1.0 if is_between or is_wrong else 1.0


def _of_script(letter: str, before: str, after: str, common: frozenset[str]) -> float:
    """Judge a letter of a script that is not Latin: beside Latin ones, or a capital behind a small one, it is wrong."""
    if any(other.isascii() and other.isalpha() for other in (before, after)):
        return -1.0
    if letter.isupper() and before.islower():
        return -2.0
    return 1.0 if letter.lower() in common else 0.5


def _han(letter: str) -> Iterator[float]:
    """Judge a Chinese character, once for each of its two bytes."""
    raw = letter.encode("gb18030", "replace")
    if unicodedata.category(letter)[0] in "PS" and raw[0] in (0xA1, 0xA3):
        value = 0.5
    else:
        value = 1.0 if len(raw) == 2 and raw[0] in _LEVEL_ONE and raw[1] >= 0xA1 else -0.5
    yield value
    yield value
