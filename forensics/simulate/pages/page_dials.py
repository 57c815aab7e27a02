"""The dials of a campaign of pages: how many, how busy, what they spend, what is planted; and campaigns ready made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PagePlant:
    """One manipulation to plant.

    Attributes:
        practice: one of ``forensics.simulate.pages.PAGE_PRACTICES``.
        camp: whose pages it serves.
        n_pages: pages it serves; a practice that concerns the whole camp serves them all.
        n_posts: posts of each page whose engagement is bought, where the practice is about posts.
        size: how much is bought: reactions in units of the page's usual ones; followers as a share of the page's;
            showing abroad, and money kept silent, as a share of all.
    """

    practice: str
    camp: str
    n_pages: int = 2
    n_posts: int = 8
    size: float = 6.0


@dataclass(frozen=True, slots=True)
class PageElection:
    """A campaign on one platform, of which only counts are known.

    Attributes:
        camps: the sides.
        n_pages: pages of each camp.
        n_posts: posts of each page.
        n_days: length of the period, days.
        viral_share: share of the posts that spread by being shared, and then get all kinds of engagement.
        promoted_share: share of the posts that an advertisement carries further, openly.
        n_ads: advertisements of each camp.
        ad_cost: median cost of one, euros.
        regions: where advertisements are shown, with each one's share of the electorate.
        abroad: where advertisements shown abroad are shown.
        plants: what is planted.
    """

    camps: tuple[str, ...] = ("amber", "teal", "violet")
    n_pages: int = 10
    n_posts: int = 60
    n_days: int = 56
    viral_share: float = 0.03
    promoted_share: float = 0.05
    n_ads: int = 40
    ad_cost: float = 400.0
    regions: tuple[tuple[str, float], ...] = (
        ("Île-de-France", 0.18),
        ("Auvergne-Rhône-Alpes", 0.13),
        ("Nouvelle-Aquitaine", 0.10),
        ("Occitanie", 0.10),
        ("Hauts-de-France", 0.09),
        ("Grand Est", 0.08),
        ("Provence-Alpes-Côte d'Azur", 0.08),
        ("Bretagne", 0.06),
    )
    abroad: tuple[str, ...] = ("Dhaka, Bangladesh", "Manila, Philippines")
    plants: tuple[PagePlant, ...] = ()


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
