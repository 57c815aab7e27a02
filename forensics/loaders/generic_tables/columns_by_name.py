"""A table's columns by their names, a name that the values contradict left out."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

import polars as pl

from forensics.loaders.generic_tables.account_names import family_names
from forensics.loaders.generic_tables.action_words import action_in, as_action, names_acts
from forensics.loaders.generic_tables.header_names import (
    ACTED_ON,
    GROUPS,
    HINTS,
    OBJECT_HINTS,
    OTHERS,
    POSTS,
    REGISTERED,
    WHOLE_ONLY,
    WORDS,
    plain_name,
)
from forensics.loaders.generic_tables.value_kinds import Shape, shape_of
from forensics.loaders.normalising.rounded_ids import are_rounded
from forensics.loaders.reading.table_preview import Preview
from forensics.loaders.times.collection_times import FEWEST_ROWS, QUICK_US, SLOW_US, are_of_looking
from forensics.loaders.times.time_columns import side_rule

_ON = re.compile(r"_on$")
_UNITS = re.compile(r"_(?:utc|gmt|ms|us|ns|s|sec|secs|seconds|millis|milliseconds|unix|epoch|iso|local)$")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")
"""What a name is explained by: ``Коли (Київ)``, ``Hora (BRT)``."""

_EXPLAINED = ("account", "time", "hour", "text")
"""Keys that are the same with an explanation; behind a count in brackets stands its unit."""

_STRINGS = re.compile(r"_str$")
_HALF = 0.5
_HOURS = tuple(f"_{hint}" for hint in HINTS["hour"])

_OF_POSTS = frozenset(
    ("post", "posted", "tweet", "tweeted", "comment", "video", "message", "published", "publish", "publication")
)
"""Words by which a time is that of what was posted."""

_BARE = frozenset(("timestamp", "time", "date", "datetime", "unix", "ts"))
"""Words of a time that may be of anything."""

_SEARCH = frozenset(("query", "keyword", "keywords", "search", "term", "terms"))
"""Words by which a column holds what somebody searched for."""

_SOME = 3
"""Accounts of several rows from which one value in all rows of each is no chance."""

_MANY = 5
"""Values that are all one from which that is no chance."""

_ONE_ID = 1.5
"""Words up to which a value is an id."""

_NAMESAKES = 2
"""Ids for each name from which they are no longer those of the people named, as each post has one of its own."""

_LONG_NAME = 6.0
"""Words from which a value is a sentence and no name."""


def _is_author_of_act(name: str) -> bool:
    """Return whether a plain name says in a Romance language that it is of who did an act: ``autore_del_commento``."""
    first, of, *others = (*name.split("_"), "", "")
    acts = {action_in(word) for word in others} - {None, "post", "join", "follow"}
    return first in HINTS["account"] and of in _OF and bool(acts)


_OF = ("de", "du", "des", "del", "della", "delle", "do", "da", "dos", "das", "d")
"""The word for *of* between a person and an act."""


@dataclass(slots=True)
class Names:
    """The columns of a table's beginning.

    Attributes:
        start: the first rows.
        account: the column of who acted, once it is known; then values that several share are nobody's own.
        plain: column to its plain name, in order.
    """

    start: Preview
    account: str | None = None
    plain: dict[str, str] = field(init=False)
    _shapes: dict[str, Shape] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take down the plain names."""
        self.plain = {column: plain_name(column) for column in self.start.columns}

    def shape(self, column: str) -> Shape:
        """Return what a column's values look like."""
        if column not in self._shapes:
            self._shapes[column] = shape_of(self.start.values(column))
        return self._shapes[column]

    def is_shared(self, column: str) -> bool:
        """Return whether several accounts have one value, as the post that they answered; no id is of both."""
        rows = set(self._by_account(column))
        return len(rows) > len({value for _, value in rows}) and not self._is_rounded(column)

    def is_no_id(self, column: str) -> bool:
        """Return whether values are numbers of rows, or shared by accounts, so that they are no posts' own ids.

        A name that says of what it is an id, such as ``post_id``, is believed even where the ids count.
        """
        if plain_name(column) != "id":
            return self.is_shared(column)
        return self.is_counted(column) or self.is_shared(column)

    def is_counted(self, column: str) -> bool:
        """Return whether values number the rows, as spreadsheets and pandas do."""
        numbers = self._texts(column).head(_MANY).cast(pl.Int64, strict=False)
        is_counted = numbers.len() == _MANY and numbers[0] in (0, 1) and (numbers.diff().drop_nulls() == 1).all()
        return bool(is_counted and not numbers.null_count())

    def _is_rounded(self, column: str) -> bool:
        """Return whether a spreadsheet rounded an id: those of many accounts are one number then."""
        return bool(are_rounded(self._texts(column).str.strip_chars()).any())

    def _is_number(self, column: str) -> bool:
        """Return whether most values are numbers: an id of 19 digits could be a time in nanoseconds too."""
        texts = self._texts(column).drop_nulls()
        return bool(2 * texts.str.contains(r"^[\d.,]+(?:E\+\d+)?$").sum() > texts.len())

    def is_of_account(self, column: str) -> bool:
        """Return whether each account has one value in all its rows, as the address of its page."""
        values: dict[str, list[str]] = {}
        for account, value in self._by_account(column):
            values.setdefault(account, []).append(value)
        again = [len(set(found)) for found in values.values() if len(found) > 1]
        return len(again) >= _SOME and set(again) == {1}

    def _by_account(self, column: str) -> list[tuple[str, str]]:
        """Return the accounts and the values of the rows that have both."""
        if self.account is None or column == self.account:
            return []
        rows = zip(self._texts(self.account).to_list(), self._texts(column).to_list(), strict=True)
        return [(account, value) for account, value in rows if account is not None and value is not None]

    def _texts(self, column: str) -> pl.Series:
        """Return a column's first values as text; of the lists that Parquet has the elements behind each other."""
        values = self.start.values(column)
        if isinstance(values.dtype, pl.List):
            values = values.cast(pl.List(pl.String)).list.join(" ")
        return values.cast(pl.String, strict=False)

    def acts(self, taken: Collection[str] = ()) -> str | None:
        """Return the column that says what was done, which its values alone show."""
        free = (
            column
            for column, name in self.plain.items()
            if column not in taken
            and self.start.values(column).dtype == pl.String
            and not _SEARCH & set(name.split("_"))
        )
        return next((column for column in free if names_acts(self.start.values(column))), None)

    def has_posts(self, action: str | None) -> bool:
        """Return whether a column of what was done says of any row that it was posted."""
        if action is None:
            return False
        words = self.start.values(action).cast(pl.String).to_frame("word")
        return bool((words.select(as_action(pl.col("word"))).to_series() == "post").any())

    def group(self) -> str | None:
        """Return the column that names groups."""
        return next((column for hint in GROUPS for column, name in self.plain.items() if name == hint), None)

    def is_day(self, column: str) -> bool:
        """Return whether a column's times name days and no hours."""
        values = self.start.values(column).drop_nulls()
        if not values.len() or values.dtype.is_temporal():
            return False
        text = values.str.replace(r"[T ]00:00:00$", "")
        return not text.str.contains(r"\d[:h]\d|\d{9}").any()

    def moments(self, column: str) -> pl.Series:
        """Return a column's first values as times; null where they are none."""
        values = self.start.values(column)
        return side_rule(column, lambda: iter([values]))(values)

    def _is_of_posts(self, column: str) -> bool:
        """Return whether several accounts share addresses on a platform, under a name that says they are of posts."""
        is_named = any(action_in(word) == "post" for word in self.plain[column].split("_"))
        return is_named and self.shape(column).own_pages > _HALF and self.is_shared(column)

    def are_posts(self, column: str) -> bool:
        """Return whether several accounts share addresses of single posts, so that they acted on those."""
        return self.shape(column).posts > _HALF and self.is_shared(column)

    def is_of_looking(self, column: str) -> bool:
        """Return whether a column's times are a program's, going down a list; one named after posts is of those."""
        words = set(self.plain[column].split("_"))
        slowest = SLOW_US if words <= _BARE else QUICK_US
        if _OF_POSTS & words or self.start.values(column).drop_nulls().len() < FEWEST_ROWS:
            return False
        return are_of_looking(self.moments(column), slowest)

    def is_one_moment(self, column: str) -> bool:
        """Return whether all values are one time of a day, as that of the collection: nobody acted then."""
        return self._is_constant(column) and not self.is_day(column)

    def is_no_time(self, column: str) -> bool:
        """Return whether a column's times are one moment, or when each account was registered: of no act."""
        is_registered = self.plain[column] in REGISTERED and not self.is_day(column) and self.is_of_account(column)
        return self.is_one_moment(column) or is_registered

    def _posted(self, column: str, others: Collection[str]) -> str:
        """Return, of a column that says when something was and no more, the one that says when it was posted, if any.

        The column's times follow the order of the file and are never before those of the other: somebody wrote the
        rows down then, as forms and programs do. Where rows are acts upon posts, the other is of those.
        """
        posted = [other for other in (column, *others) if _OF_POSTS & set(self.plain[other].split("_"))]
        if not posted or posted[0] == column or self.known_by("on_post", (column,)):
            return column
        pairs = pl.DataFrame({"row": self.moments(column), "post": self.moments(posted[0])}).drop_nulls()
        return posted[0] if pairs["row"].is_sorted() and (pairs["row"] >= pairs["post"]).all() else column

    def is_clock(self, column: str) -> bool:
        """Return whether most of a column's values are hours of a day without the day; with a point it must say so."""
        shape = self.shape(column)
        name = f"_{self.plain.get(column, '')}"
        return shape.clocks >= _HALF and (shape.numbers < _HALF or name.endswith(_HOURS))

    def named(self, key: str, taken: Collection[str] = ()) -> list[str]:
        """Return the columns that a hint of a key names, then those whose name ends in one, the likeliest first."""
        hints = HINTS.get(key) or OBJECT_HINTS.get(key) or ACTED_ON.get(key) or ()
        free = {column: name for column, name in self.plain.items() if column not in taken}
        endings = {"time": _UNITS, "created": _UNITS, "account": _STRINGS, "post": _STRINGS}.get(key)
        if endings is not None:
            free = {column: endings.sub("", name) for column, name in free.items()}
        others = OTHERS.get(key, frozenset())
        explained = _BRACKETS if key in _EXPLAINED else None
        bare = {column: plain_name(explained.sub("", column)) if explained else name for column, name in free.items()}
        if key in ("time", "created", "captured"):
            bare = {column: _ON.sub("_at", name) for column, name in bare.items()}
        exact = [column for hint in hints for column, name in free.items() if hint in (name, bare[column])]
        ends = [
            column
            for hint in hints
            if hint not in WHOLE_ONLY
            for column, name in free.items()
            if name.endswith(f"_{hint}") and not others & set(name.removesuffix(f"_{hint}").split("_"))
        ]
        if key == "account":
            ends += [column for column, name in free.items() if _is_author_of_act(name)]
        if key in WORDS:
            words = {column: set(name.split("_")) for column, name in free.items()}
            ends += [column for column, named in words.items() if named & WORDS[key] and not named & others]
        if key == "time":
            acts = {column: action_in(name) for column, name in free.items()}
            acted = [c for c, action in acts.items() if action not in (None, "post", "join") and not words[c] & others]
            acted += [c for c, action in acts.items() if action == "join" and self.group()]
            ends += [column for column in acted if self.fits(column, "time")]
        if key == "on_post":
            ends += [column for column, name in free.items() if name in POSTS or self._is_of_posts(column)]
        own = self.named("url", taken) if key == "permalink" else ()
        return list(dict.fromkeys((*exact, *ends, *(column for column in own if self.shape(column).is_own_pages))))

    def known_by(self, key: str, taken: Collection[str] = ()) -> str | None:
        """Return the column that a key's names mean; one whose values contradict it only where a time has no other."""
        named = [column for column in self.named(key, taken) if key != "time" or not self.is_no_time(column)]
        fitting = [column for column in named if self.fits(column, key)]
        if key in ACTED_ON:
            fitting.sort(key=lambda column: 2 * self.start.values(column).null_count() > self.start.rows.height)
        if key in ("account", "time", "text"):  # in a file of many posts none is the same throughout, or empty
            fitting.sort(key=lambda column: (not self.shape(column).n_values, self._is_constant(column)))
        if key == "time":
            fitting.sort(key=lambda column: self.shape(column).is_relative)
        if key == "account" and fitting:
            return next((column for column in fitting if self._identifies(column, fitting[0])), fitting[0])
        if key == "account" and not fitting:
            return family_names(column for column in self.plain if column not in taken)
        if fitting and key == "text" and not self.shape(fitting[0]).n_values:
            return None
        if fitting:
            return self._posted(fitting[0], fitting[1:]) if key == "time" else fitting[0]
        if key != "time" or not named:
            return None
        return named[0] if self.shape(named[0]).clocks < _HALF else None

    def _identifies(self, column: str, name: str) -> bool:
        """Return whether a column's one word stands for each of the names that another has, which two can share."""
        if self.shape(name).n_words < _ONE_ID or self.shape(column).n_words >= _ONE_ID:
            return False
        pairs = pl.DataFrame({"id": self._texts(column), "name": self._texts(name)})
        known = pairs.drop_nulls()
        n_ids, n_names = known["id"].n_unique(), known["name"].n_unique()
        return (
            known.height == pairs["name"].count()
            and known.n_unique() == n_ids
            and (n_ids < known.height or n_names == known.height)
            and n_ids <= _NAMESAKES * n_names
        )

    def _are_ids(self, column: str) -> bool:
        """Return whether a column named as posts and their texts are holds ids of posts that several acted on."""
        return self.plain.get(column) in POSTS and self.shape(column).n_words < _ONE_ID and self.is_shared(column)

    def _is_constant(self, column: str) -> bool:
        shape = self.shape(column)
        return shape.is_constant and shape.n_values >= _MANY

    def fits(self, column: str, key: str) -> bool:
        """Return whether a column's values can be what a key means; a column without values can be anything."""
        shape = self.shape(column)
        if not shape.n_values:
            return key not in ACTED_ON
        fitting = {
            "time": lambda: shape.clocks < _HALF and (shape.times >= _HALF or shape.is_relative),
            "hour": lambda: self.is_clock(column),
            "account": lambda: (
                shape.n_words < _LONG_NAME
                and max(shape.clocks, shape.sentences) < _HALF
                and (shape.times < _HALF or self._is_number(column))
                and not self.is_counted(column)
                and not names_acts(self.start.values(column))
                and not (self.plain.get(column) == "node_id" and shape.n_distinct == shape.n_values)
            ),
            "text": lambda: max(shape.addresses, shape.numbers) < _HALF and not self._are_ids(column),
            "post": lambda: (
                shape.n_words < _ONE_ID
                and (shape.times < _HALF or self._is_number(column))
                and not self.is_no_id(column)
            ),
            "permalink": lambda: not self.is_shared(column),
            "captured": lambda: shape.times >= _HALF,
            **dict.fromkeys(("likes", "comments", "shares", "views", "reach"), lambda: shape.numbers >= _HALF),
            "hashtag": lambda: shape.addresses < _HALF,
            "url": lambda: (
                not (shape.is_own_pages or self._is_of_posts(column))
                and (shape.addresses >= _HALF or shape.n_words < _LONG_NAME)
            ),
        }
        if key in ACTED_ON:
            return self._are_ids(column) if self.plain.get(column) in POSTS else self.is_shared(column)
        return fitting[key]() if key in fitting else True
