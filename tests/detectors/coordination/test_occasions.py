"""One decision is one occasion: audiences whose posts carry many traces are no group, no block and no burst."""

from __future__ import annotations

import polars as pl
import pytest

from forensics.coaction.layers import index_acts, one_object_per_event
from forensics.dataset import Dataset
from forensics.detectors import DETECTORS
from forensics.errors import ForensicsError
from forensics.loaders.normalising.act_rows import TRACES
from forensics.progress import quiet
from tests.detectors.coordination.occasion_worlds import WORLDS, dataset, photo_posts  # type: ignore[import-not-found]

WHO = ("coordination", "rapid", "bursts")


def findings(data: Dataset, seed: int) -> list[str]:
    """Return the ids of all that is found; a detector that has too little to go by finds nothing."""
    found = []
    for name in WHO:
        detector = DETECTORS.get(name)
        try:
            found += [finding.id for finding in detector.run(data, detector.params(), seed, quiet).findings]
        except ForensicsError:
            continue
    return found


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("seed", range(20))
def test_an_ordinary_audience_is_accused_of_nothing(world: str, seed: int) -> None:
    assert findings(WORLDS[world](seed), seed) == []


@pytest.mark.parametrize("original", [["t"] * 3, [None] * 3], ids=["named", "unnamed"])
def test_three_who_each_repeat_one_post_with_four_photos_are_no_group(original: list[str | None]) -> None:
    photos = [[f"photo{number}" for number in range(4)]] * 3
    few = dataset(
        [901, 902, 903], [60, 90, 100], action=["repost"] * 3, object_id=original, **{TRACES["media"]: photos}
    )
    talk = photo_posts(1).actions
    data = Dataset(actions=pl.concat([talk, few.actions.with_columns(source_id=pl.lit("s2"))]))
    assert findings(data, 1) == []


def test_an_event_stands_for_its_rarest_object_that_enough_share() -> None:
    tags = [["rare", "vote"], ["vote", "alone"], ["vote", "rare"], ["vote"]]
    data = dataset([1, 2, 3, 4], [1, 2, 3, 4], **{TRACES["hashtag"]: tags})
    acts = index_acts(data.actions, "hashtag")
    once = one_object_per_event(acts)
    who = once.account_ids.gather(once.accounts).to_list()
    what = once.object_ids.gather(once.objects).to_list()
    assert dict(zip(who, what, strict=True)) == {"a0001": "rare", "a0002": "vote", "a0003": "rare", "a0004": "vote"}
    of_three = one_object_per_event(acts, least=3)
    assert set(of_three.object_ids.gather(of_three.objects)) == {"vote"}
