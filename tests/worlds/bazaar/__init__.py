"""A bazaar: a town before an election, where attention is given away, asked for and sold.

People have sessions with their phones by routine and habit; what they answer comes from loyalty to a few outlets,
notices and friends; occasions, tools and camps add what brings people to the same posts. Click workers, hired through
middlemen, sell what the others give. No mechanism serves to fit (see ``worlds.roles``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np
from worlds.base import Mechanism, World
from worlds.bazaar import export_forms as forms
from worlds.bazaar import farm_baskets as baskets
from worlds.bazaar import farm_crews as crews
from worlds.bazaar import farm_shelters as shelters
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
    world = form(town.world(), rng) if form else town.world()
    kept = dict.fromkeys(world.actions["account_id"].to_list())
    farms = tuple(frozenset(one for one in farm if one in kept) for farm in world.farms)
    return World(world.actions, world.posts, farms)


def _organic(
    story: str, build: Build, name: str = "", form: Form | None = None, *, contested: bool = False
) -> Mechanism:
    name = name or build.__name__
    return Mechanism(name, "organic", story, lambda seed: _made(name, seed, build, form), contested)


def _farm(story: str, build: Build, form: Form | None = None) -> Mechanism:
    name = build.__name__
    return Mechanism(name, "farm", story, lambda seed: _made(name, seed, build, form))


def _days(world: World, _: np.random.Generator) -> World:
    return forms.days_only(world)


def _minutes(world: World, _: np.random.Generator) -> World:
    return forms.minutes_only(world)


def _undated(world: World, _: np.random.Generator) -> World:
    return forms.without_times(world)


def _capped(world: World, _: np.random.Generator) -> World:
    return forms.capped(world, 40)


def _clocks(world: World, rng: np.random.Generator) -> World:
    """Let one source run a minute and a half, half an hour or an hour ahead, as bad servers and time zones do."""
    return forms.two_clocks(world, float(rng.choice([97.0, 1800.0, 3600.0])))


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
    _organic("Lists beneath a paper's articles hold no times.", air.paper_superusers, "undated_lists", _undated),
    _organic("An archive of families keeps the day of each act.", near.family_albums, "diary_days", _days),
    _organic("An export keeps the minute, around a letter.", air.newsletter_readers, "minute_marks", _minutes),
    _organic("Of two sources one runs ahead, amid alarms.", near.neighbourhood_alarms, "clocks_mixed", _clocks),
    _organic("Lists of likes end at the newest forty, amid a flood.", air.flood_night, "capped_lists", _capped),
)

_FARM = (
    _farm("A chat gets twenty posts to like tonight, some evenings a week.", crews.tonights_twenty),
    _farm("Who likes within minutes is paid.", crews.rush_orders),
    _farm("Each order drips over six days, for weeks.", crews.slow_drip),
    _farm("Workers are paid for one act a day.", crews.one_act_daily),
    _farm("The client buys likes of three posts.", crews.three_targets),
    _farm("Three shifts take the orders of the day, and change hours each week.", crews.rotating_shifts),
    _farm("Workers skip tasks and whole days.", crews.patchy_workers),
    _farm("Busy people do a task now and then beside a rich life of their own.", crews.own_lives),
    _farm("Workers follow the client and like as the post comes by in their feeds.", crews.patient_delays),
    _farm("Far accounts also like posts of the feed at random.", crews.random_camouflage),
    _farm("Workers also like what others of the client's camp publish.", crews.circle_camouflage),
    _farm("One man's workers serve a candidate, a restaurant and a singer.", crews.shared_workers),
    _farm("Half a dozen acquaintances like for a councillor.", crews.crew_of_seven),
    _farm("A dozen busy partisans are paid for what some do anyway.", crews.crew_of_eleven),
    _farm("Hundreds of far accounts each take a fifth of the orders.", crews.hall_of_hundreds),
    _farm("An office six hours east works through the list of the night.", crews.far_office),
    _farm("Orders go through five middlemen, each in his own time.", crews.chain_of_middlemen),
    _farm("Workers come and go within weeks.", crews.high_turnover),
    _farm("All is bought in the last week.", crews.week_before),
    _farm("One woman goes through a rack of phones.", crews.phone_rack),
    _farm("Workers subscribe to channels and like the clip on top.", baskets.subscribe_orders),
    _farm("Follows are sold by fifty and hundred from one stock.", baskets.follow_tranches),
    _farm("Workers praise in their own words.", baskets.own_word_comments),
    _farm("Workers rate places, to praise some and to sink others.", baskets.star_ratings),
    _farm("The pages of one house publish the same articles.", baskets.house_pages),
    _farm("Workers publish the client's link on the day of its launch.", baskets.link_launch),
    _farm("Workers push a tag up the list before the evening news.", baskets.tag_push),
    _farm("One client buys likes, shares, replies and follows.", baskets.mixed_basket),
    _farm("Two middlemen work for rivals.", baskets.rival_houses),
    _farm("Workers speak ill beneath a rival's posts.", baskets.smear_replies),
    _farm("Workers like the pages of a party, amid its loyal.", shelters.among_loyalists),
    _farm("Workers praise a client beneath a paper, amid its regulars.", shelters.among_readers),
    _farm("A singer buys likes, amid fans of a comeback.", shelters.among_fans),
    _farm("Workers push tags, amid sellers who take up any.", shelters.among_taggers),
    _farm("Paid partisans, amid volunteers who are called each evening.", shelters.among_volunteers),
    _farm("Pupils like for pocket money, amid their classes.", shelters.pupils_for_hire),
    _farm("Workers abroad, amid an audience abroad.", shelters.diaspora_for_hire),
    _farm("Workers share for a client, amid a flood.", shelters.farm_in_flood),
    _farm("Hunters of prizes also tap for pay.", shelters.prize_hunters_for_hire),
    _farm("Workers and the loyal stand in lists without times.", shelters.undated_farm, _undated),
    _farm("An archive keeps the day, amid families.", shelters.dated_days_farm, _days),
    _farm("A crawler lists likes by the hour, amid a parish.", shelters.polled_farm, forms.polled),
    _farm("Likes bear the time of the crawl.", shelters.stamped_farm, forms.stamped),
    _farm("Lists end at the newest forty, amid commuters.", shelters.capped_farm, _capped),
    _farm("Workers pass a letter's stories on, in an export of minutes.", shelters.minute_farm, _minutes),
    _farm("One source runs ahead, amid alarms.", shelters.clocks_apart_farm, _clocks),
)

MECHANISMS = (*_ORGANIC, *_FARM)
"""Thirty-five organic mechanisms, of which five are contested, and forty-six farms."""
