"""The client mix of a group is set against groups drawn from the others."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.rhythm.client_mix import clients_of_groups

AT = dt.datetime(2022, 1, 1, tzinfo=dt.UTC)


def acts(clients: dict[str, list[str | None]]) -> Dataset:
    rows = [
        {"account_id": name, "client": client, "object_id": f"{name}{i}", "acted_at": AT + dt.timedelta(minutes=i)}
        for name, sent in clients.items()
        for i, client in enumerate(sent)
    ]
    frame = pl.DataFrame(rows, schema_overrides={"client": pl.String}).with_columns(
        pl.col("acted_at").cast(schema.TIME),
        action=pl.lit("like"),
        object_kind=pl.lit("post"),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, len(rows) + 1),
    )
    return Dataset(actions=schema.conform(frame, schema.ACTIONS))


def test_a_group_with_one_rare_client_stands_out_and_a_usual_one_does_not() -> None:
    usual = {f"u{i:02d}": ["web", "phone", "phone"] if i % 3 else ["web"] for i in range(40)}
    data = acts(usual | {f"f{i}": ["panel", "panel"] for i in range(6)})
    members = pl.DataFrame(
        {
            "finding_id": ["farm"] * 6 + ["club"] * 6,
            "account_id": [f"f{i}" for i in range(6)] + [f"u{i:02d}" for i in range(6)],
        }
    )
    table = clients_of_groups(data, members, 199, 0)
    by_group = {row["group"]: row for row in table.iter_rows(named=True)}
    assert by_group["farm"]["main_client"] == "panel"
    assert by_group["farm"]["distance"] == pytest.approx(1.0)
    assert by_group["farm"]["p_value"] == 1 / 200
    assert by_group["club"]["p_value"] > 0.05


def test_without_clients_the_table_is_empty() -> None:
    members = pl.DataFrame({"finding_id": ["c"], "account_id": ["a"]})
    assert clients_of_groups(acts({"a": [None], "b": [None]}), members, 19, 0).is_empty()
