"""Elections ready made: for the demo, for tests and for measuring."""

from __future__ import annotations

from dataclasses import replace

from forensics.simulate.election import Country, Election, Plant

__all__ = ["full_demo", "hard_worlds", "million", "organic", "plain", "small_demo", "with_farm"]


def organic() -> Election:
    """Return an election without manipulation: 5,000 accounts, about 200,000 acts."""
    return Election()


def plain() -> Election:
    """Return an election of single people only: a crowd and its sessions, no habits, no groups, no events."""
    return Election(
        n_fan_clubs=0,
        n_news_feeds=0,
        n_repost_services=0,
        n_schedulers=0,
        n_audiences=0,
        n_live_events=0,
        notified_share=0.0,
    )


def hard_worlds() -> dict[str, Election]:
    """Return elections without manipulation, each harder than life in one way, by what is hard about it."""
    busy = replace(organic(), n_accounts=2_000, n_acts=400_000, n_communities=6)
    return {
        "busy: 200 acts an account": busy,
        "busy, times in minutes": replace(busy, time_precision="min"),
        "sittings: 9 of 10 acts": replace(busy, session_share=0.9, notified_share=0.0),
        "notifications: 8 of 10 sittings": replace(busy, session_share=0.9, notified_share=0.8),
        "viral: half of the acts": replace(organic(), viral_share=0.5, n_viral=30, n_acts=400_000),
        "fan clubs: 40 of 100": replace(organic(), n_fan_clubs=40, fan_club_size=100),
        "live evenings: 14, one in ten watches": replace(organic(), n_live_events=14, live_share=0.1),
        "schedulers: 100": replace(organic(), n_schedulers=100),
        "called audiences: 12 of 60, ten calls a day, within 20 min": replace(
            organic(), n_audiences=12, calls_per_day=10.0, call_lag_s=1_200.0
        ),
        "called audiences: 12 of 60, ten calls a day, within 5 min": replace(
            organic(), n_audiences=12, calls_per_day=10.0, call_lag_s=300.0
        ),
    }


def with_farm(n: int = 50, targets: int = 20, window_s: float = 60.0) -> Election:
    """Return the organic election with one like farm in it.

    Args:
        n: workers.
        targets: posts they are set upon.
        window_s: within which all act upon a target, seconds.
    """
    return replace(organic(), plants=(Plant(n_accounts=n, n_targets=targets, window_s=window_s),))


def small_demo() -> Election:
    """Return the demo's election: 3,000 accounts, about 60,000 acts, three farms of different discipline."""
    return Election(
        n_accounts=3_000,
        n_acts=60_000,
        n_communities=6,
        n_fan_clubs=3,
        fan_club_size=20,
        n_news_feeds=5,
        n_schedulers=10,
        plants=(
            Plant(n_accounts=40, n_targets=25, window_s=60.0, attendance=0.9),
            Plant(n_accounts=25, n_targets=30, window_s=30.0, attendance=0.5),
            Plant(n_accounts=15, n_targets=20, window_s=600.0, age_low_s=3_600.0),
        ),
    )


def full_demo() -> Election:
    """Return the demo's election: 3,000 accounts, some 70,000 acts, and every practice that acts can show.

    Each practice is of a size that its method finds, and the whole was chosen so that every kind of finding
    appears; how small a practice can be, and how often a method errs, is what the benchmarks measure.
    """
    drip = Plant("slow_drip", n_accounts=20, n_targets=30, window_s=172_800.0, attendance=0.7, mimicry=0.3)
    # Workers who otherwise live as the client's supporters do.
    hidden = replace(drip, n_targets=20, mimicry=0.5, camp="amber")
    # Quicker than anybody who reads: software that waits for posts.
    quick = Plant(
        "repost_farm",
        n_accounts=6,
        n_targets=30,
        window_s=4.0,
        age_low_s=2.0,
        age_high_s=4.0,
        attendance=0.8,
        mimicry=0.3,
    )
    return replace(
        small_demo(),
        n_fan_clubs=2,
        camps=("amber", "teal", "", "", "", "violet"),
        countries=(
            Country("FR", 7_200, 0.94, "fr", ("Paris", "Lyon, France", "Marseille", "Toulouse, France", "Lille")),
            Country("BE", 7_200, 0.03, "fr", ("Bruxelles", "Liège, Belgique")),
            Country("CA", -14_400, 0.03, "fr", ("Montréal", "Québec, Canada")),
            Country("GB", 3_600, 0.0, "en", ("London", "Manchester, UK")),
            Country("PH", 28_800, 0.0, "en", ("Manila", "Cebu City, Philippines")),
            Country("BD", 21_600, 0.0, "en", ("Dhaka", "Chittagong, Bangladesh")),
        ),
        plants=(
            # A programme with forty accounts, awake at any hour.
            Plant("repost_farm", n_accounts=40, n_targets=45, attendance=0.9, mimicry=0.1),
            # An office on shifts that says it is somewhere else, with accounts bought in one lot.
            Plant(
                "comment_farm",
                n_accounts=30,
                n_targets=120,
                window_s=120.0,
                age_low_s=3_600.0,
                mimicry=0.0,
                country="BD",
                claims="GB",
                client="Web app",
                shift_h=(9.0, 17.0),
                registered_within_s=432_000.0,
                numbered=True,
            ),
            Plant(
                "follow_farm",
                n_accounts=160,
                n_targets=20,
                window_s=600.0,
                attendance=0.55,
                mimicry=0.3,
                country="PH",
                camp="teal",
                shift_h=(9.0, 17.0),
            ),
            Plant(
                "rating_farm", n_accounts=180, n_targets=10, window_s=600.0, country="FR", place="Lille", camp="violet"
            ),
            Plant("batch_farm", n_accounts=25, n_targets=25, window_s=3_000.0, attendance=0.8),
            # The same workers for two clients, then others for three.
            drip,
            replace(drip, shared=1.0),
            hidden,
            *(replace(hidden, shared=1.0),) * 2,
            quick,
            replace(quick, n_accounts=2, attendance=1.0),
            Plant("like_farm", n_accounts=60, n_targets=4, window_s=30.0, mimicry=0.8),
            Plant("content_farm", n_accounts=20, n_targets=25, window_s=1_800.0, attendance=0.9, mimicry=0.3),
        ),
    )


def million() -> Election:
    """Return an election of a million acts by 40,000 accounts with one farm of 50."""
    return Election(
        n_accounts=40_000,
        n_acts=1_000_000,
        n_communities=30,
        n_fan_clubs=20,
        n_news_feeds=25,
        n_repost_services=15,
        n_schedulers=100,
        plants=(Plant(),),
    )
