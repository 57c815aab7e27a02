"""Bluesky's Jetstream, one event a line, in its first and its second wire format.

A record's ``createdAt`` is what its program claims; the event's own time is when the server saw it. The claim is used
unless it lies after the sighting, and claims more than an hour before it are counted (they are normal for archives read
back in). An account's name in addresses comes in an event of its own, the name it shows in its profile's record.
Deletions and other events are counted and rejected.

Source: https://github.com/bluesky-social/jetstream (August 2026).
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.item_collector import Collector
from forensics.loaders.normalising.item_records import AccountFacts
from forensics.loaders.platforms.bluesky_records import KNOWN, Record, post_of
from forensics.loaders.reading.json.json_documents import item_of, read_json
from forensics.loaders.reading.json.json_lines import JSON_ERRORS
from forensics.loaders.times.id_times import compare, tid_us
from forensics.loaders.times.single_times import epoch_us, iso_us, precision_of
from forensics.messages import message

_TIMES = "Times are what the records claim (createdAt), or when the server saw them where that was earlier."

_HOUR_US = 3_600_000_000
_PROFILE = "app.bsky.actor.profile"


class Identity(msgspec.Struct):
    handle: str | None = None


class Profile(msgspec.Struct):
    name: str | None = msgspec.field(default=None, name="displayName")


class Commit(msgspec.Struct):
    operation: str | None = None
    collection: str | None = None
    rkey: str | None = None
    record: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class Payload(Commit):
    type: str = msgspec.field(default="", name="$type")
    did: str | None = None
    time: str | None = None
    handle: str | None = None


class Event(msgspec.Struct):
    did: str | None = None
    time_us: int | None = None
    kind: str | None = None
    commit: Commit | None = None
    identity: Identity | None = None
    payload: Payload | None = None


_event = msgspec.json.Decoder(Event, strict=False)
_record = msgspec.json.Decoder(Record)
_profiles = msgspec.json.Decoder(Profile)


def sniff(head: Head) -> Confidence | None:
    """Accept events of either wire format."""
    keys = set(head.keys)
    if {"did", "time_us", "kind"} <= keys:
        return by_fields(0.95, "did", "time_us", "kind")
    if "payload" in keys and b"network.bsky.jetstream" in head.start:
        return by_fields(0.95, "payload", "network.bsky.jetstream")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read events.

    Raises:
        InputFileError: the file cannot be read.
    """
    return read_json(path, options, LOADER.name, _event, _take, times=_TIMES)


def _take(event: Event, into: Collector) -> None:
    into.next_row()
    if event.payload is not None:
        kind = event.payload.type.rpartition("#")[2]
        commit, did, seen = event.payload, event.payload.did, iso_us(event.payload.time)
    else:
        kind, did, seen = event.kind or "", event.did, epoch_us(event.time_us, 1_000_000)
        commit = event.commit or Commit()  # type: ignore[assignment]  # the payload is a commit and more
    handle = event.payload.handle if event.payload else event.identity.handle if event.identity else None
    if kind == "identity" and handle and did:
        into.facts(AccountFacts(account_id=did, platform="bluesky", handle=handle, captured_at=seen))
    elif kind == "commit" and commit.collection == _PROFILE and did and commit.record is not msgspec.UNSET:
        _profile(commit, did, seen, into)
    elif kind != "commit":
        into.reject(message("an event about an account or the stream ({kind}), no act", kind=kind or "without a kind"))
    elif commit.operation != "create":
        into.reject(message("a change of a record ({operation}), no new act", operation=commit.operation))
    elif commit.collection not in KNOWN:
        into.reject(message("a record of the collection {collection}, which is no act", collection=commit.collection))
    elif commit.record is msgspec.UNSET or did is None:
        into.reject("an event without its record or its account")
    else:
        _add(commit, did, seen, into)


def _profile(commit: Commit, did: str, seen: int | None, into: Collector) -> None:
    try:
        profile = item_of(bytes(commit.record), _profiles, into, "record")  # type: ignore[arg-type]  # the caller knows it is there
    except JSON_ERRORS as error:
        into.reject(message("a record that cannot be read: {error}", error=error))
    else:
        into.facts(AccountFacts(account_id=did, platform="bluesky", name=profile.name or None, captured_at=seen))


def _add(commit: Commit, did: str, seen: int | None, into: Collector) -> None:
    try:
        record = item_of(bytes(commit.record), _record, into, "record")  # type: ignore[arg-type]  # the caller knows it is there
    except JSON_ERRORS as error:
        into.reject(message("a record that cannot be read: {error}", error=error))
        return
    claimed = iso_us(record.created_at)
    at = seen if claimed is None or (seen is not None and claimed > seen) else claimed
    if seen is not None and claimed is not None and claimed > seen:
        into.count("Claimed times after the server saw the record (the server's time was used)")
    elif seen is not None and claimed is not None and seen - claimed > _HOUR_US:
        into.count("Claimed times more than an hour before the server saw the record")
    uri = f"at://{did}/{commit.collection}/{commit.rkey}"
    compare(claimed, tid_us(uri), into)
    post = post_of(record, str(commit.collection), did, uri, at, precision_of(at))
    into.post(post, record.created_at)


LOADER = Loader(
    name="bluesky-jetstream",
    title="Bluesky Jetstream",
    text="Events of Bluesky's Jetstream, one a line: posts, reposts, likes and follows as they happen.",
    sniff=sniff,
    read=read,
)
