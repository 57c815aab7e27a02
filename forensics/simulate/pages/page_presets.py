"""Campaigns of pages ready made: for the shipped case, for the demo and for tests."""

from __future__ import annotations

from forensics.simulate.pages.page_dials import PageElection, PagePlant

__all__ = ["page_campaign", "quiet_campaign", "small_campaign"]


def page_campaign() -> PageElection:
    """Return the shipped case's campaign: 30 pages, 1,800 posts, 120 advertisements, four practices planted."""
    return PageElection(
        plants=(
            PagePlant("bought_reactions", "teal", n_pages=2, n_posts=8, size=8.0),
            PagePlant("bought_followers", "teal", n_pages=1, size=0.25),
            PagePlant("silent_money", "violet", size=0.97),
            PagePlant("shown_abroad", "amber", size=0.6),
        )
    )


def small_campaign() -> PageElection:
    """Return the demo's campaign: the same practices on fewer pages."""
    return PageElection(
        n_pages=6,
        n_posts=50,
        n_days=28,
        n_ads=30,
        plants=(
            PagePlant("bought_reactions", "teal", n_pages=1, n_posts=5, size=15.0),
            PagePlant("bought_followers", "teal", n_pages=1, size=0.25),
            PagePlant("silent_money", "violet", size=0.97),
            PagePlant("shown_abroad", "amber", size=0.6),
        ),
    )


def quiet_campaign() -> PageElection:
    """Return a campaign in which nothing is planted."""
    return PageElection()
