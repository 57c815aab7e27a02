"""An election ready made: the demo's."""

from __future__ import annotations

from dataclasses import replace

from forensics.simulate.election import Country, Election, Plant


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
    return Election(
        n_accounts=3_000,
        n_acts=60_000,
        n_communities=6,
        n_fan_clubs=2,
        fan_club_size=20,
        n_news_feeds=5,
        n_schedulers=10,
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
