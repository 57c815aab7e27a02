"""The session feed: people open sessions, see a ranked feed and act on it; some of them are hired."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
from worlds.base import Mechanism, World
from worlds.session_feed import farm_inside, farm_trades, farm_windows
from worlds.session_feed import organic_audience as audience
from worlds.session_feed import organic_clocks as clocks
from worlds.session_feed import organic_offers as offers
from worlds.session_feed.farm_windows import Planted
from worlds.session_feed.feed import Country
from worlds.session_feed.people import DAY, HOUR

__all__ = ["MECHANISMS"]


def chance(name: str, seed: int) -> np.random.Generator:
    """Return the source of chance of one world; mechanisms with the same seed share nothing."""
    return np.random.default_rng([zlib.crc32(name.encode()), seed])


def organic(
    name: str, build: Callable[[np.random.Generator], Country], story: str, *, contested: bool = False
) -> Mechanism:
    """Return a mechanism in which nobody is hired."""

    def make(seed: int) -> World:
        return build(chance(name, seed)).world()

    return Mechanism(name=name, kind="organic", story=story, make=make, is_contested=contested)


def farm(name: str, build: Callable[[np.random.Generator], Planted], story: str) -> Mechanism:
    """Return a mechanism with hired accounts."""

    def make(seed: int) -> World:
        country, farms = build(chance(name, seed))
        return country.world(*farms)

    return Mechanism(name=name, kind="farm", story=story, make=make)


MECHANISMS: tuple[Mechanism, ...] = (
    organic("plain", audience.plain, "People browse a ranked feed; breaking events bring many of them at once."),
    organic(
        "notified_hubs",
        audience.notified_hubs,
        "Hubs post and repost, and the same notified followers act within minutes.",
    ),
    organic(
        "polled_with_after", clocks.polled_with_after, "A crawler dates likes by its visits and keeps the visit before."
    ),
    organic("polled_bare", clocks.polled_bare, "A crawler dates likes by its visits and keeps no bound."),
    organic("hawkes_sparse", audience.hawkes_sparse, "Friends pass posts on in short cascades."),
    organic("hawkes_dense", audience.hawkes_dense, "Friends pass posts on in long cascades within minutes."),
    organic(
        "school_breaks",
        clocks.school_breaks,
        "Pupils act on the same top posts in the same breaks of every school day.",
    ),
    organic("queues_five", clocks.queues_five, "Planned posts leave a client's queue every five minutes."),
    organic("queues_seven", clocks.queues_seven, "Planned posts leave a client's queue every seven minutes."),
    organic("two_clocks", clocks.two_clocks, "One of the two joined files holds times two hours off."),
    organic("twenty_towns", audience.twenty_towns, "Local pages of twenty towns have small, stable audiences."),
    organic("hobby_cells", audience.hobby_cells, "Dozens of groups of friends follow hobbies of their own."),
    organic("partisans", audience.partisans, "Very active partisans act on nearly everything of their camp."),
    organic("offices", audience.offices, "Colleagues act on their firm's and city's pages at work and at lunch."),
    organic(
        "fans_called", audience.fans_called, "Fans are called in a chat to act now on a star's post.", contested=True
    ),
    organic(
        "undeclared_feeds",
        offers.undeclared_feeds,
        "Sites run automated accounts that post each article.",
        contested=True,
    ),
    organic(
        "follow_fifteen", offers.follow_fifteen, "Newcomers follow most of the fifteen accounts that they are shown."
    ),
    organic("giveaways", offers.giveaways, "Prize hunters like, follow, comment and tag in every game."),
    organic("newsletters", offers.newsletters, "A morning mail sends its readers to the same five items."),
    organic("outage", clocks.outage, "The platform is down for three hours and everybody catches up."),
    organic("trending", offers.trending, "Everybody is shown the ten most popular posts."),
    organic("campaign_hashtags", offers.campaign_hashtags, "Hundreds post with several tags of a day of action."),
    organic("many_kinds", offers.many_kinds, "Likes, comments, ratings and follows stand in one export."),
    organic("live_tv", clocks.live_tv, "A crowd acts on a live show's posts within seconds of each scene."),
    organic("coarse_times", clocks.coarse_times, "One of two platforms gives minutes only."),
    organic("day_only", clocks.day_only, "The export gives days only."),
    organic("follower_lists", offers.follower_lists, "Follower lists without times stand beside dated acts."),
    farm("burst_10s", farm_windows.burst(10.0), "A program lets the accounts act within ten seconds."),
    farm("burst_60s", farm_windows.burst(60.0), "A program lets the accounts act within a minute."),
    farm("burst_10min", farm_windows.burst(600.0), "Workers carry each order out within ten minutes."),
    farm("burst_1h", farm_windows.burst(HOUR), "Workers carry each order out within an hour."),
    farm("burst_6h", farm_windows.burst(6 * HOUR), "Workers carry each order out within six hours."),
    farm("burst_1d", farm_windows.burst(DAY), "Workers carry each order out within a day."),
    farm("attendance_third", farm_windows.attendance_third, "Three in ten of the workers serve each target."),
    farm("rotating_teams", farm_windows.rotating_teams, "Teams of workers serve the targets by turns."),
    farm("three_targets", farm_windows.three_targets, "The client buys acts on three posts only."),
    farm("drip_week", farm_windows.drip_week, "The acts on each target are spread over a week."),
    farm("organic_delays", farm_windows.organic_delays, "Workers act with the delays of ordinary people."),
    farm("within_two_minutes", farm_windows.within_two_minutes, "Accounts act within two minutes of the post."),
    farm("unpopular_targets", farm_windows.unpopular_targets, "The client's posts interest hardly anybody else."),
    farm("day_times", farm_windows.day_times, "A farm works and the export gives days only."),
    farm("no_times", farm_windows.no_times, "A farm works and the export gives no times."),
    farm("one_act_a_day", farm_windows.one_act_a_day, "Each worker does one bought act a day."),
    farm("own_links", farm_trades.own_links, "Workers post the client's links in own posts over days."),
    farm("camouflage_thirty", farm_trades.camouflage_thirty, "New accounts hide among the client's supporters."),
    farm("recruited_people", farm_trades.recruited_people, "Four fifths of what the recruited do is their own life."),
    farm("farm_of_five", farm_trades.farm_of_five, "Five accounts serve one client."),
    farm("farm_of_eight", farm_trades.farm_of_eight, "Eight accounts serve one client."),
    farm("farm_of_500", farm_trades.farm_of_500, "Five hundred of three thousand accounts are hired."),
    farm("several_farms", farm_trades.several_farms, "Three farms work for three clients, each in its way."),
    farm("six_alike", farm_trades.six_alike, "Six farms work in the same way for six clients."),
    farm("ratings_farm", farm_trades.ratings_farm, "Owners buy ratings of places, spread over days."),
    farm("comments_farm", farm_trades.comments_farm, "Workers comment on the client's posts in own words."),
    farm("follower_tranches", farm_trades.follower_tranches, "Tranches of accounts follow the same clients."),
    farm("inside_hubs", farm_inside.inside_hubs, "A farm works where hubs have notified followers."),
    farm("inside_breaks", farm_inside.inside_breaks, "A farm works where pupils act in school breaks."),
    farm("inside_hawkes", farm_inside.inside_hawkes, "A farm works among dense cascades."),
    farm("inside_towns", farm_inside.inside_towns, "Farms serve local pages among twenty small towns."),
    farm("inside_polls", farm_inside.inside_polls, "A farm works and a crawler dates likes by its visits."),
    farm("inside_minutes", farm_inside.inside_minutes, "A farm works and the export gives minutes only."),
    farm("inside_partisans", farm_inside.inside_partisans, "A farm works where parties have zealous followers."),
    farm("inside_queues", farm_inside.inside_queues, "A farm works where clients send every five minutes."),
    farm("hashtag_farm", farm_inside.hashtag_farm, "Workers push a client's tags of the day beside honest campaigns."),
)
