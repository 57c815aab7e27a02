"""A bazaar: a town before an election, where attention is given away, asked for and sold.

People have sittings with their phones by routine and habit; what they answer comes from loyalty to a few outlets,
notices and friends; occasions, tools and camps add what brings people to the same posts. Click workers, hired through
middlemen, sell what the others give. No mechanism serves to fit (see ``worlds.roles``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np
from worlds.base import Mechanism, World
from worlds.bazaar import export_forms as forms
from worlds.bazaar import organic_airwaves as air
from worlds.bazaar import organic_desks as desks
from worlds.bazaar import organic_neighbours as near
from worlds.bazaar.daily_hours import DAY, HOUR
from worlds.bazaar.townsfolk import Town

__all__ = ["MECHANISMS"]

Build = Callable[[Town], object]
Form = Callable[[World, np.random.Generator], World]


def _made(name: str, seed: int, build: Build, form: Form | None) -> World:
    salt = f"{name}:{seed}"
    rng = np.random.default_rng(list(hashlib.blake2s(salt.encode(), digest_size=16).digest()))
    town = Town(rng, salt)
    build(town)
    town.live()
    return form(town.world(), rng) if form else town.world()


def _organic(
    story: str, build: Build, name: str = "", form: Form | None = None, *, contested: bool = False
) -> Mechanism:
    name = name or build.__name__
    return Mechanism(name, "organic", story, lambda seed: _made(name, seed, build, form), contested)


def _outage(world: World, rng: np.random.Generator) -> World:
    start = (rng.integers(3, 10) + 0.6) * DAY + rng.uniform(0, 3) * HOUR
    return forms.after_outage(world, rng, start, start + rng.uniform(3, 7) * HOUR)


_ORGANIC = (
    _organic("A town lives through the weeks before an election.", near.ordinary_weeks),
    _organic("Families like what their own put into the album.", near.family_albums),
    _organic("A parish answers the stream of its mass and the verse of the day.", near.church_sundays),
    _organic("Pupils answer what their class posts, in the yard.", near.class_bells),
    _organic("Neighbours write beneath every lost cat and loud bang.", near.neighbourhood_alarms),
    _organic("Nurses talk in their group at three in the morning.", near.night_wards),
    _organic("The riders of one line read the same stories on the train and swear at delays.", near.commuter_line),
    _organic("A union calls, and its members read it as shifts change.", near.union_call),
    _organic("People abroad follow the town's news in their own evening.", near.diaspora_evenings),
    _organic("A local radio asks at five past nine, and hearers write in.", air.radio_phone_in),
    _organic("Fans of two sides answer a match as it is played.", air.derby_night),
    _organic("The river rises, and half the town passes on what the brigade writes.", air.flood_night),
    _organic("Readers of a morning letter go through its five stories from the top.", air.newsletter_readers),
    _organic("The same readers write beneath most of what their paper publishes.", air.paper_superusers),
    _organic("Hunters of prizes go through the list of the day, each like the other.", air.giveaway_hunters),
    _organic("Petitions go from hand to hand with the words that the site proposes.", air.petition_wave),
    _organic("A club of eaters rates each new table within days.", air.table_raters),
    _organic("Small makers send one post to three services by a tool.", desks.crosspost_tools),
    _organic("Services that watch the media repost whatever holds their words.", desks.monitoring_services),
    _organic("Undeclared feeds post each article of three papers.", desks.news_aggregators, contested=True),
    _organic("Sellers post under whatever tag is on the list.", desks.trend_seekers),
    _organic("The loyal of a party like what its pages publish.", desks.loyal_partisans),
    _organic("The staff of a party like its posts from the desk.", desks.party_office, contested=True),
    _organic("Volunteers are called in a chat every evening.", desks.campaign_volunteers, contested=True),
    _organic("Fans follow the guide for a comeback, from the hour on.", desks.comeback_stream, contested=True),
    _organic("Partisans follow everybody on the list of the day.", desks.follow_train, contested=True),
    _organic("Newcomers take over a starter pack with one tap.", desks.starter_pack),
    _organic("A platform is down for hours, amid commuters.", near.commuter_line, "outage_catchup", _outage),
    _organic("A crawler lists likes by the hour, around a parish.", near.church_sundays, "polled_lists", forms.polled),
    _organic("Likes bear the time of the crawl, amid partisans.", desks.loyal_partisans, "crawl_stamps", forms.stamped),
    _organic(
        "Lists beneath a paper's articles hold no times.",
        air.paper_superusers,
        "undated_lists",
        lambda world, _: forms.without_times(world),
    ),
    _organic(
        "An archive of families keeps the day of each act.",
        near.family_albums,
        "diary_days",
        lambda world, _: forms.days_only(world),
    ),
    _organic(
        "Two sources are joined of which one runs ahead, amid alarms.",
        near.neighbourhood_alarms,
        "clocks_mixed",
        lambda world, rng: forms.two_clocks(world, float(rng.choice([97.0, 1800.0, 3600.0]))),
    ),
    _organic(
        "Lists of likes end at the newest forty, amid a flood.",
        air.flood_night,
        "capped_lists",
        lambda world, _: forms.capped(world, 40),
    ),
)

MECHANISMS = _ORGANIC
