"""The dials of a simulated election: how many people, what they do, and what is planted among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

Share = Annotated[float, Meta(ge=0, le=1)]
Amount = Annotated[float, Meta(ge=0)]
Number = Annotated[int, Meta(ge=0)]
Some = Annotated[int, Meta(ge=1)]


@dataclass(frozen=True, slots=True)
class Country:
    """Where some of the accounts live.

    Attributes:
        code: ISO 3166-1 alpha-2.
        utc_offset_s: its clocks' distance from UTC, seconds.
        share: of the accounts; the shares are scaled to 1.
        language: BCP 47 code.
        places: what those who state a place write.
    """

    code: str
    utc_offset_s: int
    share: Share
    language: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plant:
    """One manipulation to plant.

    Attributes:
        practice: one of ``forensics.simulate.PRACTICES``.
        n_accounts: workers.
        n_targets: objects they are set upon.
        window_s: the workers act upon a target within this time, seconds.
        age_low_s: least age of a target when the work on it begins, seconds.
        age_high_s: largest age; ages are spread evenly on a logarithmic scale.
        attendance: the chance that a worker takes part in the work on a target.
        mimicry: share of a worker's acts that are an ordinary user's, below 1.
        shared: share of the workers that also work for the plant before this one.
        paraphrase: share of a comment farm's texts that are reworded; the others are the same for all.
        country: where the workers live, a code of ``Election.countries``; empty for anywhere.
        claims: the country they state; empty for the true one.
        place: what those of them who state a place write; empty for a place of the country they state.
        camp: the camp whose supporters they pass for, and whose pages are the clients; empty for any.
        client: the application that all their acts are sent from; empty for like everybody's.
        shift_h: the hours of their own clocks between which they work, Monday to Saturday; None for any hour.
        registered_within_s: their accounts were registered within this time; 0 for like everybody's.
        numbered: their handles are a short word and eight digits.
    """

    practice: str = "like_farm"
    n_accounts: Some = 50
    n_targets: Some = 20
    window_s: Amount = 60.0
    age_low_s: Amount = 600.0
    age_high_s: Amount = 172_800.0
    attendance: Share = 1.0
    mimicry: Annotated[float, Meta(ge=0, lt=1)] = 0.5
    shared: Share = 0.0
    paraphrase: Share = 0.0
    country: str = ""
    claims: str = ""
    place: str = ""
    camp: str = ""
    client: str = ""
    shift_h: tuple[float, float] | None = None
    registered_within_s: Amount = 0.0
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Election:
    """An election period on one platform.

    Attributes:
        n_accounts: organic accounts; planted workers come on top.
        n_acts: organic rows of the actions table, about.
        n_days: length of the period, days.
        n_communities: groups of shared interest; each belongs to a camp.
        camps: the sides; ``""`` is the public that takes none.
        countries: where the accounts live.
        loyalty: share of acts that go to the account's own community.
        viral_share: share of acts that go to objects everybody sees.
        n_viral: how many such objects.
        session_share: share of acts done in sessions of several acts within minutes.
        notified_share: share of the sessions that a notification of a new post sets off.
        comment_share: comments below posts, as a share of ``n_acts`` and on top of it.
        follow_share: follows of pages, likewise.
        rating_share: ratings of places, likewise.
        thread_share: share of hashtag posts that begin a thread of several within minutes.
        n_fan_clubs: groups that act upon nearly everything of one page.
        fan_club_size: members of one, accounts.
        n_news_feeds: declared accounts that post a publisher's every link within a minute, in groups of five.
        n_repost_services: declared accounts that repost whole pages when a timer fires, in groups of five.
        n_schedulers: accounts whose posts and links a scheduling tool sends out at round times.
        n_audiences: groups of followers who are called to older objects.
        audience_size: members of one, accounts.
        calls_per_day: how often each is called.
        call_lag_s: median time from a call to an act, seconds.
        n_live_events: televised evenings with a hashtag of their own.
        live_share: share of the accounts that watch one.
        time_precision: how finely times are kept.
        plants: what is planted.
    """

    n_accounts: Some = 5_000
    n_acts: Some = 200_000
    n_days: Some = 28
    n_communities: Some = 12
    camps: tuple[str, ...] = ("amber", "teal", "violet", "")
    countries: tuple[Country, ...] = (
        Country("FR", 7_200, 0.78, "fr", ("Paris", "Lyon, France", "Marseille", "Toulouse, France", "Lille", "Nantes")),
        Country("BE", 7_200, 0.06, "fr", ("Bruxelles", "Liège, Belgique")),
        Country("CA", -14_400, 0.06, "fr", ("Montréal", "Québec, Canada")),
        Country("GB", 3_600, 0.04, "en", ("London", "Manchester, UK")),
        Country("RE", 14_400, 0.03, "fr", ("Saint-Denis, La Réunion",)),
        Country("US", -25_200, 0.03, "en", ("Los Angeles", "San Francisco, CA")),
        Country("PH", 28_800, 0.0, "en", ("Manila", "Cebu City, Philippines")),
        Country("BD", 21_600, 0.0, "en", ("Dhaka", "Chittagong, Bangladesh")),
    )
    loyalty: Share = 0.85
    viral_share: Share = 0.1
    n_viral: Number = 12
    session_share: Share = 0.45
    notified_share: Share = 0.15
    comment_share: Share = 0.04
    follow_share: Share = 0.04
    rating_share: Share = 0.02
    thread_share: Share = 0.12
    n_fan_clubs: Number = 6
    fan_club_size: Number = 30
    n_news_feeds: Number = 10
    n_repost_services: Number = 5
    n_schedulers: Number = 20
    n_audiences: Number = 4
    audience_size: Number = 60
    calls_per_day: Amount = 1.0
    call_lag_s: Amount = 600.0
    n_live_events: Number = 2
    live_share: Share = 0.03
    time_precision: Literal["s", "min"] = "s"
    plants: tuple[Plant, ...] = ()
