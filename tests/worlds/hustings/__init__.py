"""The hustings: an election season in a country's small places and large networks, and the trade that serves it.

People have unequal zeal, habits and hours (``people``); they come to what there is (``shelves``) by browsing, by a
bell, by a friend or at an occasion (``habits``). Figures of real campaigns set the tails: half of the accounts act
a few times, one in a hundred does a tenth to a quarter of everything, the median act follows its post by half a day.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import getdoc
from typing import Literal

from worlds.base import Mechanism, World
from worlds.hustings import crews, exports, hidden, networks, newsrooms, occasions, places, shops
from worlds.hustings.shops import Sold
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
SHOPS: tuple[Callable[[int], Sold], ...] = (
    shops.like_bursts,
    shops.like_drip,
    shops.follower_tranches,
    shops.mixed_packages,
    shops.piece_rate_panel,
    shops.telephone_rack,
    shops.rotating_teams,
    shops.reaction_subscription,
    shops.new_network_followers,
    shops.auto_liker_members,
    crews.comment_shift,
    crews.debate_claque,
    crews.link_mills,
    crews.tag_hour,
    crews.vanguard_reposters,
    crews.small_cell,
    crews.three_shops,
    crews.office_quota,
    crews.paid_students,
    crews.unmarked_influencers,
    hidden.farm_in_villages,
    hidden.farm_among_fans,
    hidden.farm_among_raids,
    hidden.farm_among_superusers,
    hidden.farm_among_volunteers,
    hidden.seeded_memes,
    hidden.queued_puppets,
)
COARSE_SHOPS: tuple[Callable[[int], World], ...] = (
    hidden.dated_signatures,
    hidden.minute_marks_bought,
    hidden.polled_orders,
    hidden.timeless_pages,
)
CONTESTED = {
    *("branch_volunteers", "influencer_raids", "open_feeds", "party_staff", "sister_newspapers"),
    *("auto_liker_members", "office_quota", "unmarked_influencers"),
}


def whole(town: Callable[[int], Town]) -> Callable[[int], World]:
    """Return the world of a town whose export holds everything."""
    return lambda seed: town(seed).world()


def sold(shop: Callable[[int], Sold]) -> Callable[[int], World]:
    """Return the world of a town and of the farms at work in it."""

    def make(seed: int) -> World:
        town, farms = shop(seed)
        return town.world(farms=[farm.members for farm in farms])

    return make


def recipe(
    kind: Literal["organic", "farm"], source: Callable[[int], Town | World | Sold], make: Callable[[int], World]
) -> Mechanism:
    """Return the mechanism whose name and story are those of a function."""
    name = source.__name__
    return Mechanism(name, kind, getdoc(source) or "", make, name in CONTESTED)


MECHANISMS: tuple[Mechanism, ...] = (
    *(recipe("organic", town, whole(town)) for town in TOWNS),
    *(recipe("organic", export, export) for export in EXPORTS),
    *(recipe("farm", shop, sold(shop)) for shop in SHOPS),
    *(recipe("farm", shop, shop) for shop in COARSE_SHOPS),
)
