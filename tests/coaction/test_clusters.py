"""Groups of accounts: what is welded by few edges comes apart, what is whole stays whole."""

from __future__ import annotations

from itertools import combinations

import polars as pl

from forensics.coaction.clusters import find_clusters, place_members


def edges_of(pairs: list[tuple[str, str]]) -> pl.DataFrame:
    return pl.DataFrame(sorted(tuple(sorted(pair)) for pair in pairs), schema=["left", "right"], orient="row")


def clique(letter: str, size: int) -> list[tuple[str, str]]:
    return list(combinations([f"{letter}{i:02}" for i in range(size)], 2))


def groups(found: pl.DataFrame) -> list[list[str]]:
    return [rows["account_id"].to_list() for _, rows in found.group_by("cluster", maintain_order=True)]


def test_ten_bridges_do_not_weld_two_groups() -> None:
    bridges = [(f"a{i:02}", f"b{i:02}") for i in range(10)]
    found = groups(find_clusters(edges_of(clique("a", 50) + clique("b", 50) + bridges), 3, 0.05, 1))
    assert [len(group) for group in found] == [50, 50]
    assert {name[0] for name in found[0]} == {"a"}


def test_a_whole_group_stays_whole() -> None:
    assert [len(group) for group in groups(find_clusters(edges_of(clique("a", 12)), 3, 0.05, 1))] == [12]


def test_pairs_alone_are_no_cluster() -> None:
    assert not find_clusters(edges_of([("a", "b"), ("c", "d")]), 3, 0.05, 1).height


def test_no_edges_give_no_cluster() -> None:
    empty = find_clusters(pl.DataFrame(schema={"left": pl.String, "right": pl.String}), 3, 0.05, 1)
    assert empty.columns == ["cluster", "account_id"]
    assert not empty.height


def test_the_order_of_edges_changes_nothing() -> None:
    edges = edges_of(clique("a", 8) + clique("b", 6) + [("a00", "b00")])
    reference = find_clusters(edges, 3, 0.05, 1)
    assert reference.equals(find_clusters(edges.sample(fraction=1.0, shuffle=True, seed=3), 3, 0.05, 1))


def test_members_are_placed_within_the_frame() -> None:
    edges = edges_of(clique("a", 8))
    members = pl.concat([edges["left"], edges["right"]]).unique().sort()
    placed = place_members(members, edges, 1)
    assert placed["account_id"].to_list() == members.to_list()
    assert placed.select(pl.col("x", "y").abs().max()).max_horizontal().item() == 1.0
    assert placed.equals(place_members(members, edges, 1))
