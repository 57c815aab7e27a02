"""A run as JSON: one form, nothing lost but digits that no machine agrees on."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cases.run_folder.run_json import decode, encode, table_file
from forensics.errors import InputFileError
from forensics.findings import Run, Score


def reread(run: Run, content: bytes) -> Run:
    tables = {
        table_file(detection.detector, name): table
        for detection in run.detections
        for name, table in detection.tables.items()
    }
    rejected = {source.source_id: source.rejected for source in run.sources if not source.rejected.is_empty()}
    return decode(content, tables.__getitem__, rejected)


def test_what_is_read_again_says_the_same(run: Run) -> None:
    again = reread(run, encode(run))
    assert encode(again) == encode(run)
    assert (again.case, again.seed, again.versions, again.failures) == (run.case, run.seed, run.versions, run.failures)
    assert again.detections[0].findings[0].scores[1] == run.detections[0].findings[0].scores[1]
    assert again.detections[0].params == run.detections[0].params
    assert again.detections[0].tables["moments"].equals(run.detections[0].tables["moments"])
    assert [source.rejected.height for source in again.sources] == [1, 0]


def test_floats_keep_ten_digits_and_what_is_no_number_is_null(run: Run) -> None:
    again = reread(run, encode(run))
    assert again.detections[0].scores[0].value == 0.3
    assert again.detections[0].findings[0].scores[0].interval == (0.3333333333, 0.6666666667)
    assert again.detections[0].findings[0].scores[0].p_value == 1e-300
    assert again.overview[1].value is None


def test_a_last_bit_of_difference_does_not_change_a_byte(run: Run) -> None:
    other = replace(run, overview=(replace(run.overview[0], value=5.0 + 1e-15), *run.overview[1:]))
    assert encode(other) == encode(run)
    assert encode(replace(run, overview=(Score("zero", -0.0),))) == encode(replace(run, overview=(Score("zero", 0.0),)))


def test_a_file_name_that_is_not_unicode_survives(run: Run) -> None:
    odd = replace(run, sources=(replace(run.sources[0], name="a\udcff.csv"),))
    assert reread(odd, encode(odd)).sources[0].name == "a\udcff.csv"


def test_keys_are_sorted(run: Run) -> None:
    content = encode(run).decode()
    assert content == json.dumps(json.loads(content), sort_keys=True, indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b'{"format": "campaign-forensics run 1"}', b'{"format": "campaign-forensics run 999"}'],
)
def test_a_damaged_run_is_refused(content: bytes) -> None:
    with pytest.raises(InputFileError, match=r"run\.json is damaged|has the format"):
        decode(content, {}.__getitem__, {})


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("seed",), "1"),
        (("extra",), 1),
        (("sources", 0, "n_bytes"), 1.5),
        (("sources", 0, "owner"), "eve"),
        (("versions",), {"polars": 1}),
        (("detections", 0, "params"), {"folder": {"a": 1}}),
        (("detections", 0, "notes"), "quiet_result"),
    ],
)
def test_a_run_with_other_values_than_are_written_is_refused(
    run: Run, place: tuple[str | int, ...], value: object
) -> None:
    content = json.loads(encode(run))
    item = content
    for step in place[:-1]:
        item = item[step]
    item[place[-1]] = value
    with pytest.raises(InputFileError, match=r"run\.json is damaged"):
        reread(run, json.dumps(content).encode())
