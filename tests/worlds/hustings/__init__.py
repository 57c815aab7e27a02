"""The hustings: an election season in a country's small places and large networks, and the trade that serves it.

People have unequal zeal, habits and hours (``people``); they come to what there is (``shelves``) by browsing, by a
bell, by a friend or at an occasion (``habits``). Figures of real campaigns set the tails: half of the accounts act
a few times, one in a hundred does a tenth to a quarter of everything, the median act follows its post by half a day.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import getdoc

from worlds.base import Mechanism, World
from worlds.hustings import exports, networks, newsrooms, occasions, places
from worlds.hustings.town import Town

__all__ = ["MECHANISMS"]

TOWNS: tuple[Callable[[int], Town], ...] = (
    places.small_villages,
    places.parish_sundays,
    places.school_parents,
    places.branch_volunteers,
    places.homework_pupils,
    places.power_cuts,
    places.street_stalls,
    newsrooms.comment_regulars,
    newsrooms.debate_live_blog,
    newsrooms.morning_newsletter,
    newsrooms.call_in_programme,
    newsrooms.sister_newspapers,
    newsrooms.local_front_pages,
    occasions.match_nights,
    occasions.commuter_trains,
    occasions.diaspora_evenings,
    occasions.night_shifts,
    occasions.video_premieres,
    occasions.influencer_raids,
    occasions.party_staff,
    networks.meme_cascade,
    networks.trending_list,
    networks.starter_packs,
    networks.forwarded_messages,
    networks.channel_forwards,
    networks.heavy_superusers,
    networks.open_feeds,
    networks.scheduling_queues,
)
EXPORTS: tuple[Callable[[int], World], ...] = (
    exports.polled_lists,
    exports.dated_petitions,
    exports.minute_ratings,
    exports.timeless_groups,
)
CONTESTED = {"branch_volunteers", "influencer_raids", "open_feeds", "party_staff", "sister_newspapers"}


def whole(town: Callable[[int], Town]) -> Callable[[int], World]:
    """Return the world of a town whose export holds everything."""
    return lambda seed: town(seed).world()


def organic(source: Callable[[int], Town | World], make: Callable[[int], World]) -> Mechanism:
    """Return the mechanism whose name and story are those of a function."""
    name = source.__name__
    return Mechanism(name, "organic", getdoc(source) or "", make, name in CONTESTED)


MECHANISMS: tuple[Mechanism, ...] = (
    *(organic(town, whole(town)) for town in TOWNS),
    *(organic(export, export) for export in EXPORTS),
)
