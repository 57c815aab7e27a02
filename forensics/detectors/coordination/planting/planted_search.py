"""The search for planted accounts beside a search that was made: only what they can touch is looked at anew.

Plants add acts of new accounts to a copy of the data, which is split by the same draws. The communities and the other
audiences stay those of the data themselves; groups are grown from the planted accounts, where their ties are strong
enough to be looked at beside what the data hold, and judged as any group.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import polars as pl

from forensics import schema
from forensics.coaction.dense_acts import DenseActs, dense_acts
from forensics.coaction.time_grain import with_grain
from forensics.detectors.coordination.agreement import agreed
from forensics.detectors.coordination.coordinated_group import Group
from forensics.detectors.coordination.discovery import discover
from forensics.detectors.coordination.search import Direction, WholeSearch, judged_beside, split_both_ways
from forensics.detectors.coordination.seeds import ATTENDANCE, partners, seeds_among
from forensics.detectors.coordination.split_halves import Half
from forensics.detectors.coordination.verdict import Judged, weights


def planted_groups(whole: WholeSearch, added: pl.DataFrame) -> list[Group]:
    """Return the groups that hold added accounts and that a search would have found.

    Args:
        whole: a search of the data themselves.
        added: ``schema.ACTIONS`` of accounts that the data do not hold, no event null.
    """
    if not whole.is_enough:
        return []
    acts = with_rows(whole.acts, added, whole.settings.layers)
    judged = [
        _judged(direction, find, check, whole)
        for direction, (find, check) in zip(
            whole.directions, split_both_ways(acts, whole.settings, whole.seed), strict=True
        )
    ]
    return agreed(judged, acts, weights())


def _judged(direction: Direction, find: Half, check: Half, whole: WholeSearch) -> list[Judged]:
    """Find candidates round the added accounts in one half and judge them in the other."""
    is_added = np.arange(find.n_accounts) >= len(whole.acts.account_ids)
    ties = partners(find, direction.fine_s, is_added)
    candidates, _ = discover(
        find,
        (*direction.fine_s, ATTENDANCE),
        direction.slow_s,
        partial(seeds_among, find, ties, is_added, direction.bars),
        find.n_accounts,
        lambda _: None,
    )
    candidates = [candidate for candidate in candidates if is_added[candidate.accounts].any()]
    return judged_beside(direction, find, check, whole.settings, candidates)


def with_rows(acts: DenseActs, added: pl.DataFrame, layers: tuple[str, ...] = ("all",)) -> DenseActs:
    """Add acts of new accounts; what was there keeps its number, new accounts and objects come after it.

    Args:
        acts: the acts that are there.
        added: ``schema.ACTIONS`` of accounts that are not, in layers that are.
        layers: those laid out.
    """
    new = with_grain(dense_acts(added, schema.empty(schema.POSTS), layers))
    n_objects, layer = len(acts.object_ids), np.array([acts.layers.index(name) for name in new.layers], np.int64)
    there = pl.DataFrame({"layer": acts.layer_of, "object_id": acts.object_ids, "place": np.arange(n_objects)})
    wanted = pl.DataFrame({"layer": layer[new.layer_of], "object_id": new.object_ids})
    place = wanted.join(there, ["layer", "object_id"], "left", maintain_order="left")["place"]
    is_new = place.is_null().to_numpy()
    places = place.fill_null(0).to_numpy().astype(np.int64)
    places[is_new] = n_objects + np.arange(is_new.sum())
    accounts = np.concatenate((acts.accounts, len(acts.account_ids) + new.accounts))
    objects = np.concatenate((acts.objects, places[new.objects]))
    times = np.concatenate((acts.times, new.times))
    order = np.lexsort((accounts, times, objects))
    return replace(
        acts,
        account_ids=pl.concat([acts.account_ids, new.account_ids]),
        object_ids=pl.concat([acts.object_ids, new.object_ids.filter(pl.Series(is_new))]),
        accounts=accounts[order],
        objects=objects[order],
        times=times[order],
        steps=np.concatenate((acts.steps, new.steps))[order],
        appeared=np.concatenate((acts.appeared, new.appeared[is_new])),
        layer_of=np.concatenate((acts.layer_of, layer[new.layer_of[is_new]])),
        publisher_of=np.concatenate((acts.publisher_of, new.publisher_of[is_new])),
    )
