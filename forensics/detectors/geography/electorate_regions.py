"""Geography: where a campaign's audience is, against the electorate and against other pages' audiences.

Each source of evidence (what accounts state, what the platform says, tagged acts, language) is tested apart. Nothing
is reported of an audience merely because it differs from the electorate, as all audiences do: it must go beyond the
diaspora that the case file states, or beyond the reference audiences in the same data.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.detector import Detector
from forensics.detectors.geography.account_places import account_places, coverage
from forensics.detectors.geography.ad_delivery import ad_regions, ads_outside
from forensics.detectors.geography.camp_audiences import audience_members
from forensics.detectors.geography.camp_regions import camp_countries, camp_regions
from forensics.detectors.geography.geography_findings import findings
from forensics.detectors.geography.geography_vocabulary import GEOGRAPHY
from forensics.detectors.geography.region_tests import FEWEST_FOR_SPREAD, Baseline, foreign_shares, region_tests
from forensics.errors import ParameterError, TooLittleDataError
from forensics.findings import Detection, Score
from forensics.params import param
from forensics.places import country_populations, given_figures
from forensics.progress import Progress


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    home: tuple[str, ...] = param(("",), "countries", 'The countries that vote, such as ["US"]; without them, no test.')
    electorate: tuple[str, ...] = param(
        ("",), "people", 'Electorate by region or country, such as ["US-TX=17500000", "US-FL=13900000"].'
    )
    diaspora_share: float = param(
        -1.0, "1", "Share of the electorate that lives abroad; -1 where it is not known.", -1.0, 1.0
    )
    min_accounts: int = param(50, "accounts", "Audiences with fewer accounts of known place are not tested.", 10, 10**9)
    alpha: float = param(0.05, "1", "Expected share of false ones among the findings.", 1e-9, 0.5)
    ads_outside_share: float = param(
        0.2, "1", "Advertising is named when at least so much of it was shown outside the constituency.", 0.0, 1.0
    )

    def __post_init__(self) -> None:
        """Refuse codes of no country and figures that are not numbers, before any data are read."""
        self.baseline()

    def baseline(self) -> Baseline:
        """Return whom the audiences are held against.

        Raises:
            ParameterError: a country or a figure is wrong.
        """
        return _baseline(home_countries(self.home), given_figures(self.electorate, "[detect.geography] electorate"))


def home_countries(home: tuple[str, ...]) -> list[str]:
    """Return the countries that vote, in order of their codes.

    Raises:
        ParameterError: a code is that of no country.
    """
    codes = sorted({code.strip().upper() for code in home if code.strip()})
    country_populations(codes)
    return codes


def geography(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:  # noqa: ARG001  no chance
    """Compare where audiences are with where the voters are.

    Args:
        dataset: its accounts, actions and money.

    Returns:
        Findings, and the tables ``coverage``, ``audiences``, ``distance``, ``regions``, ``camps``, ``camp_regions``,
        ``countries`` and, with money, ``ads`` and ``ads_outside``.

    Raises:
        ParameterError: a country or a figure is wrong.
        TooLittleDataError: no source gives any account a country.
    """
    home = home_countries(params.home)
    baseline = params.baseline()
    progress("resolving places", 0, 3)
    places = account_places(dataset)
    if not places.height:
        raise TooLittleDataError(
            "No account states a place that could be resolved, and neither the platform nor a tag gives a country, so "
            "it is open where they are."
        )
    progress("forming audiences", 1, 3)
    located = audience_members(dataset).join(places, "account_id").sort("source", "audience", "account_id")
    sizes = located.group_by("source", "audience", "is_camp").agg(n=pl.len()).sort("source", "audience")
    references = sizes.filter(~pl.col("is_camp") & (pl.col("n") >= params.min_accounts))
    progress("testing regions", 2, 3)
    tables = {
        "coverage": coverage(dataset, places),
        "countries": _countries(places),
        "camps": camp_countries(located, params.min_accounts),
        **_home_tests(located, home, baseline, params, references),
        **_ads(dataset, home),
    }
    progress("testing regions", 3, 3)
    is_stated = baseline.origin != "references"
    found, tables = findings(
        tables, params.alpha, params.diaspora_share, params.ads_outside_share, is_electorate_stated=is_stated
    )
    return Detection(
        DETECTOR.name,
        asdict(params),
        found,
        _scores(tables, located, references),
        tables,
        _notes(home, baseline, references, params),
    )


def _baseline(home: list[str], figures: dict[str, float]) -> Baseline:
    by_region = [code for code in figures if "-" in code]
    if by_region and len(by_region) < len(figures):
        raise ParameterError("[detect.geography] electorate must name regions or countries, not both.")
    column = "region" if by_region or len(home) == 1 else "country"
    if figures:
        country_populations(sorted({code.split("-")[0] for code in figures}))
        return Baseline(column, figures, "given")
    if len(home) > 1:
        return Baseline("country", country_populations(home), "population")
    return Baseline("region", {}, "references")


def _home_tests(
    located: pl.DataFrame, home: list[str], baseline: Baseline, params: Params, references: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    if not home:
        return {}
    inside = located.filter(pl.col("country").is_in(home))
    distance, regions = region_tests(inside, baseline, params.min_accounts, references)
    return {
        "audiences": foreign_shares(located, home, params.diaspora_share, params.min_accounts, references),
        "distance": distance,
        "regions": regions,
        "camp_regions": camp_regions(inside, params.min_accounts),
    }


def _ads(dataset: Dataset, home: list[str]) -> dict[str, pl.DataFrame]:
    if not dataset.money["region"].drop_nulls().len():
        return {}
    delivered = ad_regions(dataset.money)
    return {"ads": delivered, **({"ads_outside": ads_outside(delivered, home)} if home else {})}


def _countries(places: pl.DataFrame) -> pl.DataFrame:
    """Return how many accounts each source places in each country, of how many it places, and their share."""
    counted = places.group_by("source", "country").agg(n_accounts=pl.len())
    known = pl.col("n_accounts").sum().over("source")
    return counted.with_columns(n_known=known, share=pl.col("n_accounts") / known).sort(
        ["source", "n_accounts", "country"], descending=[False, True, False]
    )


def _scores(tables: dict[str, pl.DataFrame], located: pl.DataFrame, references: pl.DataFrame) -> tuple[Score, ...]:
    known = [
        Score(f"coverage_{source}", n_known / n if n else None, "1", n)
        for source, n_known, n in tables["coverage"].select("source", "n_known", "n_accounts").iter_rows()
    ]
    n_camps = located.filter("is_camp")["audience"].n_unique()
    most = references.group_by("source").len()["len"].max() if references.height else 0
    return (*known, Score("camps", float(n_camps), "camps"), Score("references", float(str(most or 0)), "audiences"))


def _notes(home: list[str], baseline: Baseline, references: pl.DataFrame, params: Params) -> tuple[str, ...]:
    """Return what the report must say beside the numbers."""
    fewest = references.group_by("source").len()["len"].max() if references.height else 0
    notes = ["stated_places_can_be_invented", "unresolved_places_left_open", "hidden_countries_not_counted"]
    if not home:
        notes.append("no_constituency_stated")
    if home and params.diaspora_share < 0:
        notes.append("no_diaspora_stated")
    if home and baseline.origin != "given":
        notes.append(f"electorate_from_{baseline.origin}")
    if not isinstance(fewest, int) or fewest < FEWEST_FOR_SPREAD:
        notes.append("too_few_reference_audiences")
    return tuple(notes)


DETECTOR = Detector(
    name="geography",
    title="Where the audience is, against the electorate",
    question="where",
    needs=("accounts",),
    params=Params,
    run=geography,
    vocabulary=GEOGRAPHY,
    cites=(
        "Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404",
        "Korn & Graubard 1998, Survey Methodology 24, 193-201",
        "Clayton & Kaldor 1987, doi:10.2307/2532003",
        "Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x",
    ),
    text=(
        "Resolves where accounts say they are, where the platform says they are and where they tagged their acts, each "
        "apart, and sets each camp's audience against the electorate. An audience is only named where it goes beyond "
        "the diaspora stated in the case file or beyond the audiences of other pages in the same data."
    ),
)
