"""JSON documents of any size are walked through in pieces, and no piece shows how the file was cut into blocks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forensics.errors import InputFileError
from forensics.loaders import load
from forensics.loaders.reading.json import json_documents, json_stream
from forensics.loaders.reading.json.json_stream import json_pieces

VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(alphabet='ab"\\{}[],: é\n', max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text('ab\\"[', max_size=3), inner)),
    max_leaves=6,
)
MESSAGES = st.lists(st.dictionaries(st.text("ab", max_size=2), VALUE, max_size=3), max_size=6)
CHAT = st.fixed_dictionaries({"name": VALUE, "messages": MESSAGES, "z": VALUE})
EXPORT = st.one_of(
    CHAT, st.fixed_dictionaries({"about": VALUE, "chats": st.fixed_dictionaries({"list": st.lists(CHAT, max_size=3)})})
)


def blocks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def messages(value: object) -> list[object]:
    """Return the elements of every list under ``messages`` where the walk looks for it."""
    if not isinstance(value, dict):
        return []
    own = list(value.get("messages", []))
    return own + [found for chat in value.get("chats", {}).get("list", []) for found in messages(chat)]


@settings(max_examples=200, deadline=None)
@given(export=EXPORT, size=st.integers(1, 40), at_once=st.integers(1, 60), indent=st.sampled_from([None, 1]))
def test_a_document_in_pieces_holds_the_elements_of_the_whole(
    export: dict[str, object], size: int, at_once: int, indent: int | None
) -> None:
    data = json.dumps(export, indent=indent, ensure_ascii=False).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "_PIECE", at_once)
        pieces = [json.loads(p.joined()) for p in json_pieces(blocks(data, size), ("messages",), ("chats", "list"))]
    assert [found for piece in pieces for found in messages(piece)] == messages(export)
    if next(iter(export)) == "name":
        assert all(piece["name"] == export["name"] for piece in pieces)


@settings(max_examples=100, deadline=None)
@given(values=st.lists(st.one_of(MESSAGES, CHAT), min_size=1, max_size=4), size=st.integers(1, 40))
def test_values_and_the_elements_of_lists_come_one_by_one(values: list[object], size: int) -> None:
    data = "\n".join(json.dumps(value) for value in values).encode()
    found = [json.loads(piece.joined()) for piece in json_pieces(blocks(data, size), (), ())]
    assert found == [item for value in values for item in (value if isinstance(value, list) else [value])]


def chat(n_messages: int) -> dict[str, object]:
    items = [
        {"id": n, "type": "message", "date_unixtime": str(1_720_000_000 + n), "from_id": f"user{n}", "text": f"no. {n}"}
        for n in range(n_messages)
    ]
    return {"name": "Hall", "type": "public_channel", "id": 7, "messages": items}


def few_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_PIECE", 300)
    monkeypatch.setattr(json_documents, "_BLOCK", 97)


def test_an_export_in_pieces_gives_the_same_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps({"about": "x", "chats": {"list": [chat(30), {**chat(20), "id": 8}]}}), encoding="utf-8")
    whole = load(path)
    few_bytes(monkeypatch)
    pieces = load(path)
    assert whole.actions.equals(pieces.actions)
    assert pieces.sources[0].rows_kept == 50


def test_a_message_beyond_repair_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few_bytes(monkeypatch)
    path = tmp_path / "result.json"
    text = json.dumps(chat(12)).replace('"no. 3"', '"no. \\x0B3"').replace('"user7"', "user7")
    path.write_text(text, encoding="utf-8")
    (source,) = load(path).sources
    assert (source.rows_read, source.rows_kept) == (12, 11)
    assert "user7" in source.rejected["excerpt"][0]
    assert "Values with broken characters or escapes, repaired: 1." in map(str, source.notes)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_of_a_torn_document_what_came_before_is_read(
    share: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_bytes(monkeypatch)
    path = tmp_path / "result.json"
    whole = json.dumps(chat(12)).encode()
    path.write_bytes(whole[: int(len(whole) * share)])
    (source,) = load(path).sources
    assert 2 <= source.rows_kept < 12
    assert source.rows_read == source.rows_kept + 1
    assert any("ends in the middle" in str(note) for note in source.notes)


def test_a_document_torn_before_its_first_item_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(json.dumps(chat(12)).encode()[:30])
    with pytest.raises(InputFileError, match="ends in the middle"):
        load(path, "telegram")


def test_each_piece_of_a_document_with_several_long_lists_is_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_PIECE", 60)
    items = {
        "n": 1,
        "one": [{"id": n} for n in range(9)],
        "in": {"two": [{"id": n} for n in range(9, 20)], "m": 2},
        "k": 3,
    }
    found = []
    for piece in json_pieces(blocks(json.dumps(items).encode(), 40), ("one", "two"), ("in",)):
        value = json.loads(piece.joined())
        found += [*value.get("one", []), *value.get("in", {}).get("two", [])]
    assert [item["id"] for item in found] == list(range(20))
