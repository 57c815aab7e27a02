"""The search as a whole: what it says while it works."""

from __future__ import annotations

from itertools import pairwise

from detectors.coordination.made_search import world

from forensics.detectors.coordination.search import SearchSettings, search


def test_the_search_says_how_far_it_is_at_small_steps_and_never_falls_back() -> None:
    heard: list[tuple[str, int, int]] = []
    dataset = world(1)
    search(dataset.actions, dataset.posts, SearchSettings(), 1, lambda *words: heard.append(words))
    (_,) = {stage for stage, _, _ in heard}
    assert {total for _, _, total in heard} == {100}
    done = [done for _, done, _ in heard]
    assert done == sorted(done)
    assert done[0] == 0
    assert done[-1] >= 90
    # A step a direction would stand still for a quarter of the work.
    assert max(after - before for before, after in pairwise(done)) <= 10
