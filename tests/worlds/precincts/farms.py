"""Worlds in which somebody hired a crew."""

from __future__ import annotations

from collections.abc import Sequence

from worlds.base import Mechanism

from . import civic, communities, crews, hire
from .build import Hire, Scene, world
from .ledger import HOUR, MINUTE, Export
from .organic import NO_TIMES, POLLED, TALKATIVE, tasting
from .recipe import Recipe

__all__ = ["FARMS"]


def _farm(name: str, story: str, recipe: Recipe, crew: Hire, *scenes: Scene, export: Export | None = None) -> Mechanism:
    return Mechanism(name, "farm", story, world(name, recipe, scenes=scenes, hire=crew, export=export))


_FORTNIGHT = Recipe(accounts=2800, acts=20_000, days=14)

FARMS: Sequence[Mechanism] = (
    _farm(
        "burst_of_seconds",
        "Sixty phones in a rack like each ordered post within seconds.",
        Recipe(accounts=2600, acts=22_000, days=10),
        crews.post_order((45, 75), (12, 19), hire.rush(9.0, 0.6), own_acts=(0.3, 5.0)),
    ),
    _farm(
        "burst_of_minutes",
        "Ninety workers in a chat repost on call, within ten minutes or so.",
        _FORTNIGHT,
        crews.post_order((75, 110), (10, 15), hire.rush(5 * MINUTE), actions={"repost": 0.8, "like": 0.2}),
    ),
    _farm(
        "burst_of_hours",
        "A hundred workers serve a post in the afternoon in which it was ordered.",
        Recipe(accounts=3400, acts=26_000, days=16),
        crews.post_order((100, 150), (16, 23), hire.rush(1.6 * HOUR, 0.8), part=(0.7, 1.0), sleeps=True),
    ),
    _farm(
        "order_of_one_day",
        "A hundred and fifty workers serve ten posts of one client within a day, and then nothing more.",
        Recipe(accounts=3200, acts=24_000, days=18),
        crews.day_order((120, 180), (9, 13)),
    ),
    _farm(
        "drip_over_a_week",
        "A panel delivers the likes of each post evenly over seven days.",
        Recipe(accounts=2800, acts=24_000, days=21),
        crews.drips((65, 100), (20, 29), 7.0),
    ),
    _farm(
        "drip_over_a_month",
        "A panel delivers likes and some reposts evenly over four weeks.",
        Recipe(accounts=3000, acts=30_000, days=56, posts=2600),
        crews.drips((80, 130), (34, 46), 27.0, {"like": 0.85, "repost": 0.15}),
    ),
    _farm(
        "some_tasks_each",
        "Workers take a third to a half of the tasks, as they like.",
        Recipe(accounts=3000, acts=24_000, days=18),
        crews.post_order((90, 130), (26, 36), hire.rush(45 * MINUTE, 0.9), part=(0.3, 0.6), sleeps=True),
    ),
    _farm(
        "rotating_teams",
        "Six teams take turns, two to each order.",
        Recipe(accounts=3200, acts=24_000, days=16),
        crews.post_order((100, 140), (28, 40), hire.rush(20 * MINUTE), part=(0.8, 1.0), teams=6, on_duty=2),
    ),
    _farm(
        "three_targets",
        "Two hundred workers, three posts.",
        Recipe(accounts=3600, acts=26_000, days=9),
        crews.post_order((160, 240), (3, 4), hire.rush(25 * MINUTE, 0.8), part=(0.9, 1.0)),
    ),
    _farm(
        "five_workers",
        "Five people at one table like and comment for a local candidate for weeks.",
        Recipe(accounts=1600, acts=12_000, days=24, publishers=140, posts=1000),
        crews.post_order(
            (5, 6), (36, 48), hire.rush(35 * MINUTE, 0.9), actions={"like": 0.75, "comment": 0.25}, sleeps=True
        ),
    ),
    _farm(
        "eight_workers",
        "Eight accounts of an agency repost the client, with some life of their own.",
        Recipe(accounts=2200, acts=16_000, days=20),
        crews.post_order(
            (8, 9),
            (38, 52),
            hire.rush(25 * MINUTE),
            actions={"repost": 1.0},
            own_acts=(15.0, 60.0),
            part=(0.7, 0.95),
            sleeps=True,
        ),
    ),
    _farm(
        "three_hundred_workers",
        "Three to five hundred hired accounts lift eight posts, each within two hours.",
        Recipe(accounts=5000, acts=40_000, days=12, posts=2200),
        crews.post_order((300, 480), (8, 11), hire.rush(40 * MINUTE, 0.8), part=(0.7, 1.0)),
    ),
    _farm(
        "double_life",
        "Ordinary users with 30 to 200 acts of their own earn a little beside.",
        Recipe(accounts=3000, acts=34_000, days=21, posts=2000),
        crews.double_life((55, 85), (18, 27)),
    ),
    _farm(
        "two_clients",
        "One crew serves politicians of two hostile camps.",
        Recipe(accounts=2800, acts=22_000, days=18),
        crews.two_clients,
    ),
    _farm(
        "unpopular_targets",
        "The client's posts interest nobody, and have a hundred likes.",
        _FORTNIGHT,
        crews.post_order((50, 80), (13, 19), hire.rush(50 * MINUTE, 0.9), part=(0.6, 0.95), quality=0.02, sleeps=True),
    ),
    _farm(
        "own_links",
        "Workers post links to a site that nobody else shares.",
        Recipe(accounts=2600, acts=18_000, days=20),
        crews.links,
    ),
    _farm(
        "comments_in_own_words",
        "Workers comment under articles of large papers, each in his own words.",
        Recipe(accounts=2400, acts=20_000, days=18, deeds=TALKATIVE),
        crews.comments,
    ),
    _farm(
        "bought_ratings",
        "A chain of restaurants buys praise, among guests and clubs of gourmets.",
        Recipe(accounts=3000, acts=18_000, days=45, posts=1600),
        crews.ratings,
        tasting,
    ),
    _farm(
        "follower_tranches",
        "Followers are delivered in tranches to several buyers.",
        Recipe(accounts=4200, acts=26_000, days=20),
        crews.followers,
    ),
    _farm(
        "lifted_replies",
        "Workers lift the replies of two speakers under the news.",
        Recipe(accounts=2600, acts=22_000, days=14, posts=1000),
        crews.replies,
        communities.threads,
    ),
    _farm(
        "prompt_reposts",
        "Thirty accounts repost within two minutes of the post.",
        Recipe(accounts=2400, acts=18_000, days=16),
        crews.post_order(
            (24, 38),
            (28, 40),
            hire.rush(45.0, 0.5, 4.0),
            part=(0.5, 0.9),
            actions={"repost": 1.0},
            lag=0.0,
            own_acts=(3.0, 40.0),
        ),
    ),
    _farm(
        "farm_by_day",
        "The export holds days only; eighty workers serve a post within hours.",
        Recipe(accounts=2800, acts=24_000, days=35, posts=1900),
        crews.post_order((65, 95), (26, 36), hire.rush(2 * HOUR, 0.8), part=(0.6, 0.95), sleeps=True),
        communities.partisans,
        export=Export(precision="day", holds_clients=False),
    ),
    _farm(
        "farm_without_times",
        "The export holds no times; eighty workers like a third to nearly all of the client's posts.",
        Recipe(accounts=2600, acts=22_000, days=21),
        crews.post_order((65, 95), (24, 34), hire.rush(HOUR), part=(0.35, 0.95), sleeps=True),
        communities.church_groups,
        export=NO_TIMES,
    ),
    _farm(
        "farm_polled",
        "A crawler dates the likes of the crew by its looks.",
        Recipe(accounts=2600, acts=22_000, days=12),
        crews.post_order((55, 85), (16, 24), hire.rush(12 * MINUTE), part=(0.7, 1.0)),
        communities.push_followers,
        export=POLLED,
    ),
    _farm(
        "farm_two_clocks",
        "Half of the crew stands in a second file with another clock.",
        Recipe(accounts=2600, acts=20_000, days=12),
        crews.post_order((55, 85), (16, 24), hire.rush(12 * MINUTE), part=(0.6, 0.95)),
        export=Export(precision="min", late_share=0.5, late_by=HOUR + 17.0, holds_clients=False),
    ),
    _farm(
        "farm_in_flood",
        "While helpers pass on calls of the fire brigade, a crew reposts a minister.",
        Recipe(accounts=3500, acts=20_000, days=8),
        crews.post_order(
            (45, 75),
            (14, 20),
            hire.rush(20 * MINUTE),
            part=(0.5, 0.9),
            actions={"repost": 0.6, "like": 0.4},
            sleeps=True,
        ),
        civic.flood,
    ),
    _farm(
        "farm_in_debate",
        "A crew likes and reposts one candidate on and between the evenings of the debate.",
        Recipe(accounts=4000, acts=24_000, days=8, tv_nights=3),
        crews.post_order(
            (50, 80), (18, 27), hire.rush(8 * MINUTE), part=(0.5, 0.9), actions={"repost": 0.5, "like": 0.5}
        ),
        civic.tv_debate,
    ),
    _farm(
        "farm_in_challenge",
        "While people tag the motif of the day, a crew pushes slogans into the trends before the evening news.",
        Recipe(accounts=2800, acts=15_000, days=9),
        crews.trend_push,
        civic.hashtag_of_the_day,
    ),
    _farm(
        "farm_among_partisans",
        "Beside convinced partisans and called fans a crew serves another politician.",
        Recipe(accounts=3000, acts=20_000, days=16),
        crews.post_order(
            (40, 65), (22, 32), hire.rush(40 * MINUTE, 0.9), part=(0.45, 0.9), own_acts=(5.0, 60.0), sleeps=True
        ),
        communities.partisans,
        civic.fans_called_in_chat,
        communities.mutual_follows,
    ),
    _farm("two_farms", "Two rival crews.", Recipe(accounts=3200, acts=24_000, days=16), crews.several(2)),
    _farm("three_farms", "Three rival crews.", Recipe(accounts=4000, acts=28_000, days=18), crews.several(3)),
    _farm(
        "far_shift",
        "An office day nine hours east of the voters.",
        Recipe(accounts=2800, acts=20_000, days=20, regions=(("es", -5.0, 0.9), ("en", -5.0, 0.1))),
        crews.far_shift(8.0),
    ),
    _farm(
        "one_act_a_day",
        "Each worker does one order a day.",
        Recipe(accounts=2600, acts=22_000, days=30, posts=1800),
        crews.once_a_day,
    ),
)
