"""Whom a group served: the camps and the most served targets of its acts; and the moment to quote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from forensics.findings import Detection, Run
from forensics.vocabulary import TableRole
from reports.detector_declarations import table_as
from reports.report_model import Block, Cell, Column, Heading, Table, Text, without_empty_columns
from reports.sections.findings.finding_sentence import object_name, object_words, shortened
from reports.visible_text import short
from reports.wording import Words

MOST_CAMPS, MOST_NAMED, MOST_TARGETS, MOST_ACTS = 4, 3, 5, 5
FEWEST_QUOTED = 3
"""Accounts of an episode that is worth quoting: two people may meet by chance."""
HALF = 0.5
"""Of the accounts on the most shared target: an episode of fewer does not stand for the group alone."""
TEXT_LENGTH, SHORT_LENGTH, NAME_LENGTH = 120, 60, 40
_WEB = ("https://", "http://")

Served = Mapping[TableRole, pl.DataFrame]
"""The tables of whom was served, by their roles; empty where nobody counted it."""


def served_by(run: Run) -> Served:
    """Return the tables of whom the groups of a run served."""
    roles: tuple[TableRole, ...] = ("served_camps", "served_targets", "episodes", "episode_acts")
    return next((found for detection in run.detections if (found := _tables(detection, roles))), {})


def _tables(detection: Detection, roles: tuple[TableRole, ...]) -> Served:
    found = {role: table for role in roles if (table := table_as(detection, role)) is not None}
    return found if len(found) == len(roles) else {}


def served_most(served: Served, finding_id: str, words: Words) -> str:
    """Return in a short sentence which camps the acts of a finding were for; nothing where no act names a camp."""
    if not served:
        return ""
    camps = _of(served["served_camps"], finding_id).drop_nulls("camp").head(MOST_NAMED)
    named = tuple(
        words("served.short", camp=short(camp, NAME_LENGTH), share=words.share(share))
        for camp, share in camps.select("camp", "share").iter_rows()
    )
    return words("served.most", camps=words.series(named)) if named else ""


def part_of_camp(served: Served, finding_id: str) -> float:
    """Return the largest part that a finding's acts are of all acts for a camp; 0 where no act names a camp."""
    parts = _of(served["served_camps"], finding_id)["share_of_camp"].drop_nulls().to_list() if served else []
    return max(parts, default=0.0)


def quoted(served: Served, finding_id: str, words: Words) -> str:
    """Return what to quote of a finding: its tightest episode, and where few took part its most shared target."""
    if not served:
        return ""
    episode = _episode_quoted(served, finding_id)
    sentence, n_accounts = ("", 0) if episode is None else (_quote(episode, words), episode["n_accounts"])
    for row in _targets_of(served, finding_id).head(1).iter_rows(named=True):
        if row["n_accounts"] >= FEWEST_QUOTED and n_accounts < row["n_accounts"] * HALF:
            others = row["n_target"] > row["n_accounts"]
            shared = words(
                "served.shared" if others else "served.shared_alone",
                accounts=words.integer(row["n_accounts"]),
                total=words.integer(row["n_target"]),
                **object_words(f"{row['action']}:{row['object_kind']}", words),
            )
            return " ".join(filter(None, (sentence, shared)))
    return sentence


def _episode_quoted(served: Served, finding_id: str) -> dict[str, Any] | None:
    """Return the row of the tightest episode; None where too few took part or it has no length."""
    rows = _of(served["episodes"], finding_id).iter_rows(named=True)
    return next((row for row in rows if row["n_accounts"] >= FEWEST_QUOTED and row["from_at"] < row["to_at"]), None)


def _quote(episode: dict[str, Any], words: Words) -> str:
    begun, ended, n = episode["from_at"], episode["to_at"], episode["n_objects"]
    is_coarse = begun.second == ended.second == 0  # as in the public version, whose times are rounded
    clock = "%H:%M" if is_coarse else "%H:%M:%S"
    fields = object_words(episode["layer"], words) | {
        "date": words.date(begun.date()),
        "first": f"{begun:{clock}}",
        "last": f"{ended:{clock}}" if ended.date() == begun.date() else words.moment(ended),
        "accounts": words.integer(episode["n_accounts"]),
        "made": words.integer(episode["n_acts"]),
        "n": words.integer(n),
    }
    is_whole = n == 1 or episode["n_acts"] >= n * episode["n_accounts"]
    return words.plural("served.quote", n, **fields) if is_whole else words("served.quote_part", **fields)


def served_blocks(
    served: Served,
    finding_id: str,
    name: str,
    names: Mapping[str, str],
    words: Words,
    *,
    known: pl.DataFrame | None = None,
    limits: tuple[int, int] = (MOST_TARGETS, MOST_ACTS),
) -> list[Block]:
    """Return whom a finding served, its most served targets, and the acts of the episode that is quoted.

    Args:
        served: see ``served_by``.
        name: what the report calls it.
        names: what its accounts are called, by their ids; others are called by their ids.
        known: the acts of the group, with their addresses and archived copies; None where they are not known.
        limits: how many targets and how many acts of the episode are shown at most.
    """
    if not served:
        return []
    camps, targets = _of(served["served_camps"], finding_id), _targets_of(served, finding_id)
    if targets.is_empty():
        return []
    blocks: list[Block] = [Heading(words("served.title"), f"{finding_id}-served", 4)]
    if not (
        camps.is_empty() or served["served_camps"]["camp"].is_null().all()
    ):  # page one says that nothing has a camp
        blocks.append(Text(_camps(camps, words)))
    blocks.append(_targets(targets.head(limits[0]), finding_id, name, words))
    acts = _of(served["episode_acts"], finding_id)
    if limits[1] and _episode_quoted(served, finding_id) is not None and not acts.is_empty():
        blocks.append(_episode(_with_addresses(acts, known), limits[1], finding_id, name, names, words))
    return blocks


def _of(table: pl.DataFrame, finding_id: str) -> pl.DataFrame:
    return table.filter(pl.col("finding_id") == finding_id)


def _targets_of(served: Served, finding_id: str) -> pl.DataFrame:
    """Return the targets of a finding: those of most of its accounts first, of these those of fewest others."""
    order = {"n_accounts": True, "n_target": False}
    return _of(served["served_targets"], finding_id).sort(*order, descending=[*order.values()], maintain_order=True)


def _camps(camps: pl.DataFrame, words: Words) -> str:
    """Return for whom how many of the acts were, and what part of all acts for that camp they are."""
    acts = words.integer(int(camps["n_acts"].sum()))
    if camps["camp"].is_null().all():
        return words("served.no_camp", n=acts)
    if camps.height == 1:
        (only,) = camps.iter_rows(named=True)
        camp = short(only["camp"], NAME_LENGTH)
        return words("served.one_camp", n=acts, camp=camp, part=words.share(only["share_of_camp"]))
    parts = [
        words("served.none", made=words.integer(row["n_acts"]))
        if row["camp"] is None
        else words(
            "served.camp",
            camp=short(row["camp"], NAME_LENGTH),
            made=words.integer(row["n_acts"]),
            share=words.share(row["share"]),
            part=words.share(row["share_of_camp"]),
        )
        for row in camps.sort(pl.col("camp").is_null(), maintain_order=True).head(MOST_CAMPS).iter_rows(named=True)
    ]
    return words("served.camps", n=acts, parts=words.series(tuple(parts)))


def named_target(served: Served, finding_id: str, words: Words) -> tuple[tuple[str, int], ...]:
    """Return what most accounts of a finding acted on, and how many of them did; nothing where it has no name."""
    if not served:
        return ()
    return tuple(
        (words("served.named", text=short(row["text"] or row["object_id"], SHORT_LENGTH)), row["n_accounts"])
        for row in _targets_of(served, finding_id).head(1).iter_rows(named=True)
        if row["text"] or _web(row["object_id"])
    )


def _targets(targets: pl.DataFrame, finding_id: str, name: str, words: Words) -> Table:
    columns = (
        Column(words("served.target"), width=2.75),
        Column(words("served.act"), width=1.35),
        Column(words("camps.camp"), "name", 0.8),
        Column(words("served.by"), "number", 0.95),
        Column(words("served.by_all"), "number", 0.6),
        Column(words("served.part"), "number", 0.7),
    )
    rows = tuple(
        (
            _target(row, words),
            Cell(words.known("action", row["action"])),
            Cell(short(row["camp"], NAME_LENGTH)),
            Cell(words.integer(row["n_accounts"]), row["n_accounts"]),
            Cell(words.integer(row["n_target"]), row["n_target"]),
            Cell(words.share(row["share_of_target"]), row["share_of_target"]),
        )
        for row in targets.iter_rows(named=True)
    )
    caption = words("served.targets_caption", group=name, shown=words.integer(targets.height))
    return without_empty_columns(Table(f"{finding_id}-targets", caption, columns, rows))


def _target(row: dict[str, str | None], words: Words) -> Cell:
    """Return a target by its title, text or handle, else by its id; with a link where there is one."""
    object_id = row["object_id"] or ""
    link = next((text for text in (row["permalink"], object_id) if text and text.startswith(_WEB)), "")
    if row["text"]:
        return Cell(short(row["text"], TEXT_LENGTH), link=link)
    if author := short(row.get("handle"), NAME_LENGTH):
        return Cell(words("served.post_by", account=author, id=shortened(object_id, TEXT_LENGTH, words)), link=link)
    return Cell(object_name(object_id, row["object_kind"] or "", TEXT_LENGTH, words), link=link)


def _with_addresses(acts: pl.DataFrame, known: pl.DataFrame | None) -> pl.DataFrame:
    """Return acts with what was written, the address of each and its archived copy, where these are known."""
    key = ["account_id", "layer", "object_id", "acted_at"]
    missing = [pl.lit(None, pl.String).alias(name) for name in ("permalink", "copy", "text")]
    if known is None or "permalink" not in known.columns:
        return acts.with_columns(missing)
    copies = [name for name in ("permalink_archived", "object_id_archived") if name in known.columns]
    copy = pl.coalesce(copies) if copies else pl.lit(None, pl.String)
    places = known.select(*key, "permalink", "text", copy=copy).sort("permalink", "copy", "text", nulls_last=True)
    return acts.join(places.unique(key, keep="first", maintain_order=True), key, "left", maintain_order="left")


def _episode(
    acts: pl.DataFrame, most: int, finding_id: str, name: str, names: Mapping[str, str], words: Words
) -> Table:
    shown = acts.head(most)
    has_copies = not shown["copy"].is_null().all()
    columns = (
        Column(words("clusters.acted_at"), "name", 2.1 if has_copies else 1.9),
        Column(words("clusters.handle"), "name", 1.4 if has_copies else 1.7),
        Column(words("clusters.object"), "name", 1.4 if has_copies else 1.6),
        Column(words("clusters.copy_title"), width=1.0),
    )
    rows = tuple(
        (
            Cell(words.moment(row["acted_at"]), row["acted_at"].timestamp(), link=_web(row["permalink"])),
            Cell(short(names.get(row["account_id"], row["account_id"]), NAME_LENGTH)),
            Cell(
                object_name(row["object_id"], row["layer"].rpartition(":")[2], SHORT_LENGTH, words, row["text"]),
                link=_web(row["object_id"]),
            ),
            Cell(words("clusters.copy"), link=row["copy"]) if _web(row["copy"]) else Cell(""),
        )
        for row in shown.iter_rows(named=True)
    )
    caption = words(
        "served.episode_caption", group=name, shown=words.integer(shown.height), total=words.integer(acts.height)
    )
    return without_empty_columns(Table(f"{finding_id}-episode", caption, columns, rows))


def _web(text: str | None) -> str:
    return text if text and text.startswith(_WEB) else ""
