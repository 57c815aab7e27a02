"""Comments: what people write below posts. A good part of it is the same few words, by nobody's order."""

from __future__ import annotations

import numpy as np

from forensics.simulate.population.act_arrays import COMMENT, Acts, done
from forensics.simulate.population.made_up_comments import N_MEANINGS, N_STOCK, N_VARIANTS
from forensics.simulate.population.simulated_objects import POST, TEXT, Items, new_items
from forensics.simulate.population.stage import Stage
from forensics.simulate.population.waking_hours import is_awake
from forensics.simulate.random_draws import Floats, Ints, pick, whole

__all__ = ["comment_acts", "written"]

_STOCK_SHARE = 0.3
_ROUNDS = 12


def comment_acts(stage: Stage, first_item: int, n: int) -> tuple[Items, Acts]:
    """Draw organic comments: upon posts as the crowd comes to them, three in ten a stock phrase.

    Args:
        stage: the world.
        first_item: the number that the first new text gets.
        n: comments to draw.
    """
    rng = stage.stream("comments")
    people, items = stage.people, stage.items
    item = pick(rng, np.where(items.kind == POST, items.weight, 0.0), n)
    account, time_s = np.full(n, -1), np.zeros(n)
    waiting = np.arange(n)
    for _ in range(_ROUNDS):
        someone = people.of_community(rng, items.community[item[waiting]])
        share = rng.random(len(waiting))
        when = items.born_s[item[waiting]] + 60.0 + items.fade_s[item[waiting]] * share / (1.0 - share)
        writes = (when < stage.end_s) & is_awake(rng, when, people.clock_s[someone])
        account[waiting[writes]], time_s[waiting[writes]] = someone[writes], when[writes]
        waiting = waiting[~writes]
    found = np.flatnonzero(account >= 0)
    is_stock = rng.random(len(found)) < _STOCK_SHARE
    stock = pick(rng, 1.0 / np.arange(1.0, N_STOCK + 1.0), len(found))
    own = N_STOCK + whole(rng, 0, N_MEANINGS * N_VARIANTS, len(found))
    return written(first_item, account[found], item[found], time_s[found], np.where(is_stock, stock, own))


def written(first_item: int, account: Ints, post: Ints, time_s: Floats, phrase: Ints) -> tuple[Items, Acts]:
    """Return comments: each is an act upon the post and one upon its text.

    Args:
        first_item: the number that the first text gets.
        account: shape (comments,).
        post: shape (comments,): what is commented on.
        time_s: shape (comments,).
        phrase: shape (comments,): what is written.
    """
    comments, text = np.unique(phrase, return_inverse=True)
    both = done(COMMENT, np.tile(account, 2), np.append(post, first_item + text), np.tile(time_s, 2))
    number = np.tile(np.arange(len(account)), 2)
    return new_items(TEXT, comments), Acts(both.account, both.action, both.item, both.time_s, number)
