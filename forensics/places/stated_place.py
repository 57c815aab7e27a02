"""Takes a stated place apart: flags, coordinates, and the pieces of text that may be names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from forensics.places.name_keys import name_key

MAX_LENGTH = 150
"""Characters beyond which a text is no place; platforms allow fewer."""

_FIRST_FLAG_LETTER = 0x1F1E6
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_NATION_FLAG = re.compile("\U0001f3f4\U000e0067\U000e0062([\U000e0061-\U000e007a]{3})\U000e007f")
_NUMBER = r"[-+]?\d{1,3}[.,]\d{2,}"
_COORDINATES = re.compile(rf"^\D{{0,12}}?({_NUMBER})°?\s*[,;/ ]\s*({_NUMBER})°?\s*$")
_BREAK = re.compile(
    r"\s*(?:[,;/|()\[\]·•→➡↔~*:=<>，、・\n\t\\]+|\s[-–—]+\s|\s(?:x|&|\+|and|et|und|y|or|ou|oder|via|by way of)\s)\s*",
    re.IGNORECASE,
)
_LIST = re.compile(r"[/|↔⇄→➡✈&+]|\s(?:x|et|und|y|and|e|ou|or|oder|o)\s", re.IGNORECASE)
"""What stands between two places rather than between a place and the one it lies in."""
_CHOICE = re.compile(r"\s(?:ou|or|oder|o|u)\s", re.IGNORECASE)
_PRONOUNS = re.compile(
    r"\b(?:she|he|they|elle|iel|il|sie|er|ella|él|ela|ele)\s*/\s*(?:her|him|his|them|they|she|lui|ihr|ihm|ella|dela|dele)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\b\d[\d\s-]*(?:(?:er|e|ème|eme|º|°|th|st|nd|rd)(?!\w)|\b)")
_NEGATION = re.compile(
    r"\b(?:"
    r"not|never|ex|formerly|former|soon|wish|was|used to|next stop|far from|no longer|stop|free(?! state)|stand with|"
    r"pray for|nicht|nie|bald|ehemals|früher|weit weg|pas(?! de calais)|jamais|bientot|ancien|"
    r"ancienne|loin|nunca|lejos|antes|pronto|futur|future|nao|longe|em breve|save|help|fuck|f\*ck|boycott|anti|"
    r"hate|love|vive|viva|originally|born in|né à|nacido|geboren|between|entre(?! rios)|zwischen|no en|no em|dreaming|"
    r"expat|expatrie|expatriee|expatriado|exile|exiled|exil|"
    r"visit|traveling|travelling|heading|20[12]\d"
    r")\b"
)
_QUALIFIERS = re.compile(
    r"^(?:(?:"
    r"i live|living|based|located|live|lives|residing|somewhere|born and raised|from|in|near|at|just outside|"
    r"outside|outskirts of|zona sul do|zona norte do|sul do|norte do|the|greater|metro|metropolitan|rural|"
    r"downtown|central|suburban|suburbs of|beautiful|sunny|northern|southern|eastern|western|north|south|east|"
    r"west|northeast|northwest|southeast|southwest|upstate|inner|old|city of|town of|state of|county of|"
    r"republic of|proud|province of|near to|habite|vit|a cote de|pres de|region de|region|ville de|departement de|"
    r"banlieue de|sud de la|nord de la|sud de|nord de|ouest de la|est de la|a|à|en|au|aux|dans|du|de|la|le|aus|"
    r"bei|nahe|wohne in|wohnhaft in|raum|stadt|kreis|landkreis|nähe|nahe bei|großraum|grossraum|vivo en|vivo|"
    r"desde|cerca de|ciudad de|provincia de|estado de|norte de|sur de|el|zona|moro em|moro|em|no|na|interior de|"
    r"litoral de|perto de|cidade de|small town|born|raised|irgendwo|quelque part|en algun lugar|algures|em algum lugar|"
    r"im|am|im schonen|im schoenen|banlieue|centre|centro|zona leste de|zona oeste de|viviendo|vivendo|wohnhaft"
    r")\s+)+"
)
_SUFFIXES = re.compile(
    r"(?:\s+(?:"
    r"area|metro area|metro|region|city|county|town|suburbs|suburb|und umgebung|umland|et alentours|y alrededores|"
    r"capital|e regiao|proper|baby|bitch|yall|native|resident|state|province|district|centre|centro|centrum|zentrum|"
    r"ville|stadt|nord|sud|sur|norte|este|oeste|est|ouest|ost|west|mitte|interior"
    r"))+$"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A stated place, taken apart.

    Attributes:
        pieces: the texts between separators, as written, without figures and signs.
        flags: country or nation codes of its flag emoji, in order, each once.
        coordinates: degrees north and east, where the text is a pair of them.
        is_list: its pieces may be places beside each other, not one inside the other.
        is_choice: it leaves open which of its pieces is meant, as "Paris or elsewhere".
        is_negated: it speaks of a place that somebody is not at, of an opinion about one, or of what happened there.
    """

    pieces: tuple[str, ...]
    flags: tuple[str, ...]
    coordinates: tuple[float, float] | None
    is_list: bool
    is_choice: bool
    is_negated: bool


def parse_statement(text: str) -> Statement:
    """Take a stated place apart.

    Args:
        text: as typed, at most ``MAX_LENGTH`` characters.
    """
    flags: tuple[str, ...] = ()
    is_list = bool(_LIST.search(text))
    if not text.isascii():
        flags, text = _flags(text)
    if match := _COORDINATES.match(text):
        north, east = (float(part.replace(",", ".")) for part in match.groups())
        if abs(north) <= 90 and abs(east) <= 180:
            return Statement((), flags, (north, east), is_list=False, is_choice=False, is_negated=False)
    pieces = tuple(clean for piece in _BREAK.split(_PRONOUNS.sub(" ", text)) if (clean := _clean(piece)))
    return Statement(pieces, flags, None, is_list, bool(_CHOICE.search(text)), bool(_NEGATION.search(name_key(text))))


def strip_qualifiers(key: str) -> str:
    """Return a name's key without "living in", "greater", "area" and their like."""
    return _SUFFIXES.sub("", _QUALIFIERS.sub("", key)) or key


def _clean(piece: str) -> str:
    """Return a piece without figures, and without signs at its ends."""
    if any(character.isdigit() for character in piece):
        piece = _DIGITS.sub(" ", piece)
    return piece.strip(" \"'“”„«»-–—_.!?#^%…")


def _flags(text: str) -> tuple[tuple[str, ...], str]:
    """Return the flags, and the text without them and without other signs; look-alike letters become plain."""
    nations = [f"GB-{_tag(match)}" for match in _NATION_FLAG.findall(text)]
    text = _NATION_FLAG.sub(" ", text)
    countries = ["".join(chr(ord(c) - _FIRST_FLAG_LETTER + ord("A")) for c in pair) for pair in _FLAG.findall(text)]
    plain = unicodedata.normalize("NFKC", _FLAG.sub(" ", text))
    kept = "".join("," if unicodedata.category(c) == "So" else " " if _is_sign(c) else c for c in plain)
    return tuple(dict.fromkeys([*nations, *countries])), kept


def _tag(letters: str) -> str:
    return "".join(chr(ord(c) - 0xE0000) for c in letters).upper()


def _is_sign(character: str) -> bool:
    """Return whether a character is a control, an invisible mark, a symbol or unassigned."""
    return unicodedata.category(character) in {"Cc", "Cf", "Sk", "Co", "Cn", "Me"} or 0xFE00 <= ord(character) <= 0xFE0F
