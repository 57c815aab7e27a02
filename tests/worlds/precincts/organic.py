"""Worlds in which nobody was hired."""

from __future__ import annotations

from collections.abc import Sequence

from worlds.base import Mechanism

from . import civic, communities
from .build import Scene, world
from .dining import Dining
from .ledger import HOUR, MINUTE, Export
from .recipe import Recipe
from .town import Town

__all__ = ["ABROAD", "NO_TIMES", "ORGANIC", "POLLED", "TALKATIVE", "tasting"]

POLLED = Export(poll=45 * MINUTE)
NO_TIMES = Export(
    timeless=frozenset({"like", "repost", "follow", "comment", "quote", "post", "reply", "join"}), holds_posts=False
)
TALKATIVE = {"like": 0.46, "repost": 0.08, "comment": 0.34, "share": 0.06, "quote": 0.02, "follow": 0.04}
_LOUD = {"like": 0.4, "repost": 0.22, "comment": 0.1, "share": 0.16, "quote": 0.08, "follow": 0.04}
ABROAD = (("es", -5.0, 0.8), ("en", -5.0, 0.1), ("es", 2.0, 0.1))


def tasting(town: Town) -> None:
    """Restaurants are rated, and two clubs of gourmets rate together."""
    Dining(town).tasting_club()


def _organic(
    name: str, story: str, recipe: Recipe, *scenes: Scene, export: Export | None = None, is_contested: bool = False
) -> Mechanism:
    return Mechanism(name, "organic", story, world(name, recipe, scenes=scenes, export=export), is_contested)


ORGANIC: Sequence[Mechanism] = (
    _organic("plain", "Three weeks of a campaign on one platform, nothing special.", Recipe(days=21, acts=30_000)),
    _organic(
        "flood_call",
        "A dam breaks; hundreds of helpers pass on each call of the fire brigade within the hour.",
        Recipe(accounts=3500, acts=22_000, days=8),
        civic.flood,
    ),
    _organic(
        "football_fans",
        "Fans before the television react to goals in the same minute, four matches long.",
        Recipe(accounts=2800, acts=20_000, days=12),
        civic.football,
    ),
    _organic(
        "class_assignment",
        "Two school classes comment on the same six articles because the teacher asked for it.",
        Recipe(accounts=1400, acts=10_000, days=7, publishers=120, posts=600, deeds=TALKATIVE),
        civic.class_assignment,
    ),
    _organic(
        "church_groups",
        "Parishes of small towns like what their pastor posts after the service.",
        Recipe(accounts=2000, acts=15_000, days=28, publishers=180, posts=1400, tail=1.1),
        communities.church_groups,
    ),
    _organic(
        "press_pool",
        "Journalists of one press room share the same releases and repost the same spokeswoman.",
        Recipe(accounts=2600, acts=18_000, days=14, deeds=_LOUD),
        civic.press_pool,
    ),
    _organic(
        "union_newsletter",
        "Members of a union work through six links that a mail brings every Wednesday.",
        Recipe(accounts=2400, acts=16_000, days=24),
        civic.union_newsletter,
    ),
    _organic(
        "tv_debate",
        "On two evenings viewers post under the hashtag of the debate whenever somebody speaks.",
        Recipe(accounts=4500, acts=26_000, days=6, deeds=_LOUD, tv_nights=3),
        civic.tv_debate,
    ),
    _organic(
        "mutual_circles",
        "Small influencers follow back and like and praise each other every day.",
        Recipe(accounts=2200, acts=18_000, days=20),
        communities.mutual_follows,
    ),
    _organic(
        "knitting_cells",
        "Pen-friends in fives to eights like everything of each other.",
        Recipe(accounts=1600, acts=12_000, days=30, publishers=140, posts=1200),
        communities.knitting_cell,
    ),
    _organic(
        "restaurant_raters",
        "Guests rate restaurants; two clubs of gourmets eat and rate together.",
        Recipe(accounts=3000, acts=18_000, days=45, posts=1600),
        tasting,
        is_contested=True,  # since the first look: who arranges to rate within the hour does act together
    ),
    _organic(
        "people_you_may_know",
        "The platform shows the same faces to a milieu, and people follow a row of them in one go.",
        Recipe(accounts=3200, acts=18_000, days=12),
        communities.people_you_may_know,
    ),
    _organic(
        "whole_minutes",
        "A spreadsheet with times in whole minutes; on two evenings there is a debate.",
        Recipe(accounts=2500, acts=20_000, days=10),
        civic.tv_debate,
        export=Export(precision="min", holds_clients=False),
    ),
    _organic(
        "whole_days",
        "A spreadsheet with the day of each act; partisans pass on every post of their party.",
        Recipe(accounts=2500, acts=24_000, days=40, posts=2000),
        communities.partisans,
        export=Export(precision="day", holds_clients=False),
    ),
    _organic(
        "no_times",
        "An export that knows who liked what, and not when; parishes like all that their pastor posts.",
        Recipe(accounts=2200, acts=18_000, days=21),
        communities.church_groups,
        export=NO_TIMES,
    ),
    _organic(
        "times_of_comments_only",
        "An export that dates posts and comments only; regulars of a newspaper comment.",
        Recipe(accounts=2400, acts=18_000, days=14, deeds=TALKATIVE),
        communities.heavy_commenters,
        export=Export(timeless=frozenset({"like", "follow", "repost"})),
    ),
    _organic(
        "polled_crawl",
        "A crawler dates likes by its looks every 45 minutes, and misses some; a star rings bells.",
        Recipe(accounts=2600, acts=20_000, days=10),
        communities.push_followers,
        export=POLLED,
    ),
    _organic(
        "two_clocks",
        "Two files of two offices: in the second the clock is an hour and a few seconds ahead; football is on.",
        Recipe(accounts=2600, acts=20_000, days=12),
        civic.football,
        export=Export(late_share=0.4, late_by=HOUR + 17.0),
    ),
    _organic(
        "quiz_app",
        "An application posts results in the name of everybody who plays its quiz.",
        Recipe(accounts=3600, acts=20_000, days=9),
        civic.quiz_app,
    ),
    _organic(
        "petition",
        "Signers of a petition send a prefilled post with its link.",
        Recipe(accounts=3200, acts=18_000, days=12, deeds=_LOUD),
        civic.petition,
    ),
    _organic(
        "push_followers",
        "Followers with the bell on react to a star within a minute or two.",
        Recipe(accounts=2400, acts=18_000, days=14),
        communities.push_followers,
    ),
    _organic(
        "partisans",
        "Sixty members of a party repost all that its page says.",
        Recipe(accounts=2600, acts=22_000, days=18),
        communities.partisans,
    ),
    _organic(
        "diaspora",
        "Emigrants react to news from home when home sleeps.",
        Recipe(accounts=3000, acts=20_000, days=16, regions=ABROAD),
        communities.diaspora,
    ),
    _organic(
        "expat_groups",
        "Foreigners of four languages pass on the notices of their embassies and groups.",
        Recipe(accounts=2400, acts=16_000, days=21),
        communities.expat_groups,
    ),
    _organic(
        "night_shift",
        "Nurses and bakers talk and like at three in the morning.",
        Recipe(accounts=2000, acts=16_000, days=18),
        communities.night_shift,
    ),
    _organic(
        "scheduled_news",
        "Small papers plan their posts with one tool and take stories from one agency.",
        Recipe(accounts=2200, acts=18_000, days=16),
        communities.scheduled_news,
    ),
    _organic(
        "hashtag_of_the_day",
        "Each day has a motif; who takes part puts six tags under the picture.",
        Recipe(accounts=2600, acts=14_000, days=9),
        civic.hashtag_of_the_day,
    ),
    _organic(
        "heavy_commenters",
        "The regulars of one newspaper comment under nearly every article.",
        Recipe(accounts=2200, acts=18_000, days=18, deeds=TALKATIVE),
        communities.heavy_commenters,
    ),
    _organic(
        "liked_replies",
        "Readers reply under news, and replies collect likes.",
        Recipe(accounts=2600, acts=24_000, days=14, posts=1000, deeds=TALKATIVE),
        communities.threads,
    ),
    _organic(
        "fans_called_in_chat",
        "Supporters are called in a chat to act now under a post, unpaid.",
        Recipe(accounts=2800, acts=20_000, days=12, deeds=TALKATIVE),
        civic.fans_called_in_chat,
        is_contested=True,
    ),
    _organic(
        "page_network",
        "One owner sends the same links through a dozen pages and does not say that they are his.",
        Recipe(accounts=2200, acts=18_000, days=20),
        communities.page_network,
        is_contested=True,
    ),
    _organic(
        "party_staff",
        "A candidate's office likes and passes on all that the candidate posts.",
        Recipe(accounts=2000, acts=16_000, days=16),
        communities.party_staff,
        is_contested=True,
    ),
)
