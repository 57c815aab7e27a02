"""Towns of wards: people with tastes and hours answer pages, share and meet at occasions; farms work among them.

A person's acts lie in the openings of the app that the hours of the person allow, or follow a notice. Which posts a
person answers comes from taste, ward, follows and the fame of the post; settings and occasions add what brings people
to the same posts. A farm's workers are people of the town. No mechanism serves to fit (see ``worlds.roles``).
"""

from __future__ import annotations

from collections.abc import Callable

from worlds.base import Mechanism, World
from worlds.wards import farm_orders, farm_wares, organic_moments, organic_settings
from worlds.wards.everyday import Life
from worlds.wards.inhabitants import DAY, HOUR, seeded
from worlds.wards.kept_times import after_outage, days_only, polled, to_minutes, two_clocks, without_times

__all__ = ["MECHANISMS"]


def _organic(story: str, build: Callable[..., Life], *, is_contested: bool = False, minutes: bool = False) -> Mechanism:
    name = build.__name__

    def make(seed: int) -> World:
        world = build(seeded(name, seed)).world()
        return to_minutes(world) if minutes else world

    return Mechanism(name, "organic", story, make, is_contested)


def _farm(story: str, make: Callable[[int], World]) -> Mechanism:
    return Mechanism(make.__name__, "farm", story, make)


def outage(seed: int) -> World:
    rng = seeded("outage", seed)
    world = organic_settings.hub_followers(rng).world()
    start = (rng.integers(3, 9) + 0.5) * DAY + rng.uniform(0, 4) * HOUR
    return after_outage(world, rng, start, start + rng.uniform(4, 7) * HOUR)


def clocks_of_two(seed: int) -> World:
    rng = seeded("clocks_of_two", seed)
    return two_clocks(organic_settings.newspaper_regulars(rng).world(), rng)


def hourly_poll(seed: int) -> World:
    rng = seeded("hourly_poll", seed)
    return polled(organic_settings.ordinary_talk(rng).world(), rng)


def only_days(seed: int) -> World:
    return days_only(organic_settings.two_villages(seeded("only_days", seed)).world())


def no_times(seed: int) -> World:
    return without_times(organic_settings.party_loyal(seeded("no_times", seed)).world())


def _export(story: str, make: Callable[[int], World]) -> Mechanism:
    return Mechanism(make.__name__, "organic", story, make)


_places, _moments, _orders, _wares = organic_settings, organic_moments, farm_orders, farm_wares

MECHANISMS = (
    _organic("A town talks for weeks about what its pages publish.", _places.ordinary_talk),
    _organic("Hundreds get a notice of each post of a hub and answer within minutes.", _places.hub_followers),
    _organic("A union mails one link, and members share it as they read the mail.", _moments.union_mailing),
    _organic("Two camps of fans watch a derby and answer each goal at once.", _moments.football_derby),
    _organic("The regulars of a local newspaper go through it over coffee.", _places.newspaper_regulars, minutes=True),
    _organic("A party's most loyal answer all its pages, each by their own zeal.", _places.party_loyal),
    _organic(
        "Fans called in a chat share a premiere on the hour, again and again.",
        _moments.fandom_premiere,
        is_contested=True,
    ),
    _organic("Viewers of a debate take sides for two hours.", _moments.tv_debate),
    _organic("A video goes from friend to friend until everybody has seen it.", _moments.viral_video),
    _organic("Parents of a class like the teacher's pictures at the gate or in the evening.", _places.school_parents),
    _organic("Two villages live apart, each around its own page.", _places.two_villages),
    _organic("The people of one works refresh a ranked feed at their breaks.", _moments.ranked_breaks),
    _organic("Shopkeepers plan posts in an app that sends them on the hour.", _moments.scheduler_users),
    _export("An export joins two sources, of which one wrote local time.", clocks_of_two),
    _export("A crawler lists the likes each hour and dates each like to its round.", hourly_poll),
    _export("An export of two villages keeps the day of each act.", only_days),
    _export("Lists of who liked what, around a party's pages, hold no times.", no_times),
    _organic("People post under the tag of the day, each morning another.", _moments.tag_of_day),
    _organic("Hunters of prizes do the same three acts for every shop that draws lots.", _moments.giveaway),
    _organic("Petitions travel among friends with the text that the site proposes.", _moments.petition),
    _organic("The regulars of a forum answer most of its threads.", _places.hobby_forum),
    _organic("Thirty journalists of one house repost its articles at work.", _places.journalists_office),
    _organic("Newcomers follow what the first screen proposes, tap after tap.", _places.newcomers_led),
    _export("A platform is down for hours, and people catch up afterwards.", outage),
    _organic("Workers agree on an hour and post under one tag.", _moments.strike_call, is_contested=True),
    _organic("Two hundred people are all there is.", _places.small_data),
    _organic("Few posts are liked by nearly everybody who is there.", _places.dense_data),
    _organic("An export of a video platform holds comments alone.", _places.comments_only),
    _farm("Sixty accounts like each order within two minutes, in the days of a derby.", _orders.burst_two_minutes),
    _farm("A crew works through the day's list in an afternoon, amid a works' breaks.", _orders.burst_afternoon),
    _farm("A panel drips each order over ten days into an ordinary town.", _orders.drip_ten_days),
    _farm("Workers take two tasks in five, some nearly all and some hardly any.", _orders.unequal_forty),
    _farm("Four teams take the orders in turn, and people change teams.", _orders.rotating_teams),
    _farm("Workers repost a hub at once, as its notified followers do.", _orders.prompt_reposts),
    _farm("Accounts publish a client's articles in posts and words of their own.", _wares.own_links),
    _farm("Workers praise a client in their own words beneath videos.", _wares.own_words),
    _farm("A panel sells follows from one stock of accounts, amid newcomers.", _wares.follows_bought),
    _farm("Workers rate the places that pay, amid people who rate what they visit.", _wares.ratings),
    _farm("Workers like a candidate's posts in lists that hold no times.", _wares.farm_no_times),
    _farm("Likes are sold by number in an export of days, amid hunters of prizes.", _wares.farm_days_only),
    _farm("Workers like the pages of a party, amid its most loyal members.", _wares.among_partisans),
    _farm("Workers like the articles on their client, amid a newspaper's regulars.", _wares.beside_newspaper),
    _farm("Six accounts like a client's posts, in two villages.", _orders.six_accounts),
    _farm("Two hundred workers each take a fifth of the orders, amid viral videos.", _orders.two_hundred),
    _farm("Two farms work for rivals in the days of a debate.", _wares.rival_clients),
    _farm("Workers live a rich life of their own and sign petitions too.", _orders.rich_lives),
    _farm("One operator logs in as fourteen people, one after the other.", _orders.puppets_in_turns),
    _farm("Workers like popular posts besides, so that they look alive.", _orders.camouflaged),
)
"""Twenty-eight organic mechanisms and twenty farms."""
