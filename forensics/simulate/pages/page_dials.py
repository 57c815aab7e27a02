"""The dials of a campaign of pages: how many, how busy, what they spend, and what is planted among them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PageElection", "PagePlant"]


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
