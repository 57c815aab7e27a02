"""Farms that differ in the pace of their work."""

from __future__ import annotations

from functools import partial

import numpy as np
from worlds.agents.ledger import DAY, HOUR, Ints
from worlds.agents.town import Town
from worlds.agents.work import camouflage, commission, deliver, entry, grid, recruit, staged, work_acts

__all__ = ["BOOK"]


def burst(town: Town, seconds: float, attendance: float | None = None) -> list[Ints]:
    """Let workers act on each target within so many seconds of the call."""
    members = recruit(town)
    page, targets = commission(town)
    staged(town, targets, topic=town.theme[page])
    members = deliver(town, members, targets, seconds, attendance=attendance)
    return [members]


def rotating_teams(town: Town) -> list[Ints]:
    """Let a different team of the workers serve each target."""
    rng = town.rng
    members = recruit(town, int(rng.integers(30, 61)))
    page, targets = commission(town, int(rng.integers(24, 41)))
    staged(town, targets, topic=town.theme[page])
    teams = np.array_split(rng.permutation(members), int(rng.integers(3, 5)))
    seconds = float(rng.choice([60, 300, 900]))
    done = [
        deliver(town, team, targets[shift :: len(teams)], seconds, attendance=0.9) for shift, team in enumerate(teams)
    ]
    return [np.sort(np.concatenate(done))]


def drip_week(town: Town) -> list[Ints]:
    """Spread the delivery on each target over up to a week."""
    rng = town.rng
    members = recruit(town)
    page, targets = commission(town, first=0.0)
    staged(town, targets, topic=town.theme[page])
    who, post = grid(town, members, targets, float(rng.uniform(0.6, 0.95)), 12.0)
    at = town.awake(who, town.ledger.post_at[post] + rng.uniform(0.01, 7.0, len(who)) * DAY)
    work_acts(town, who, post, at)
    return [np.unique(who)]


def organic_delays(town: Town) -> list[Ints]:
    """Let workers act on the targets after delays like those of followers."""
    rng = town.rng
    members = recruit(town)
    page, targets = commission(town)
    staged(town, targets, topic=town.theme[page])
    who, post = grid(town, members, targets, float(rng.uniform(0.5, 0.9)), 10.0)
    work_acts(town, who, post, town.react(who, town.ledger.post_at[post], float(rng.uniform(1800, 9000)), 1.5))
    return [np.unique(who)]


def prompt_reposts(town: Town) -> list[Ints]:
    """Repost the client's posts within two minutes of publication, by a program or by people on duty."""
    rng = town.rng
    members = recruit(town)
    page, targets = commission(town)
    staged(town, targets, topic=town.theme[page], mean=float(rng.uniform(5, 25)))
    who, post = grid(town, members, targets, float(rng.uniform(0.5, 0.95)), 8.0)
    delay = np.minimum(rng.gamma(2.0, rng.uniform(8, 30), len(who)) + rng.uniform(1, 8), 120)
    work_acts(town, who, post, town.ledger.post_at[post] + delay, "repost")
    return [np.unique(who)]


def one_act_a_day(town: Town) -> list[Ints]:
    """Let each worker do one job a day: a like or comment on the client's post of the day, at a free hour."""
    rng = town.rng
    members = recruit(town)
    page = int(town.add_pages(1)[0])
    days = np.arange(town.days)
    targets = town.page_posts(page, days * DAY + rng.uniform(6.5, 10.0, len(days)) * HOUR)
    staged(town, targets, topic=town.theme[page])
    who, post = grid(town, members, targets, float(rng.uniform(0.8, 0.97)), 20.0)
    at = town.ledger.post_at[post] // DAY * DAY + rng.uniform(10.0, 22.5, len(who)) * HOUR
    work_acts(town, who, post, town.awake(who, at), str(rng.choice(["like", "comment", "mixed"])))
    return [np.unique(who)]


def own_life(town: Town) -> list[Ints]:
    """Recruit active people whose jobs are a fifth of what they do."""
    rng = town.rng
    members = recruit(town, life=1.0)
    town.energy[members] = np.maximum(town.energy[members], rng.uniform(1.0, 2.0, len(members)))
    page, targets = commission(town, int(rng.integers(10, 26)))
    staged(town, targets, topic=town.theme[page])
    members = deliver(
        town, members, targets, float(rng.choice([600, 1800, 7200])), attendance=float(rng.uniform(0.5, 0.8))
    )
    for theme in range(town.topics):
        camouflage(town, members[town.topic[members] == theme], theme, 40.0)
    return [members]


def camouflaged(town: Town, each: float) -> list[Ints]:
    """Let workers also act on what the client's supporters act on."""
    rng = town.rng
    members = recruit(town)
    page, targets = commission(town)
    staged(town, targets, topic=town.theme[page])
    members = deliver(town, members, targets, float(rng.choice([60, 300, 1800])))
    camouflage(town, members, town.theme[page], each)
    return [members]


_BURST = "Workers get a link in a chat and all act on the client's post within {}, for each of its posts."
BOOK = (
    *(
        entry(f"burst_{label}", "farm", partial(burst, seconds=seconds), _BURST.format(words))
        for label, seconds, words in (
            ("10s", 10, "ten seconds, as programs do"),
            ("60s", 60, "a minute"),
            ("10min", 600, "ten minutes"),
            ("1h", 3600, "an hour"),
            ("1day", DAY, "a day"),
        )
    ),
    entry(
        "attendance_30",
        "farm",
        partial(burst, seconds=300, attendance=0.3),
        "A large pool of workers serves a client, and only three in ten turn up for any one job.",
    ),
    entry(
        "rotating_teams", "farm", rotating_teams, "A vendor lets three or four teams take the client's posts in turn."
    ),
    entry(
        "drip_week",
        "farm",
        drip_week,
        "A vendor drips the paid acts on each post over a week so that they look grown.",
        days=21,
    ),
    entry(
        "organic_delays",
        "farm",
        organic_delays,
        "Paid people act on the client's posts when they come across them, hours later, as followers do.",
    ),
    entry(
        "prompt_reposts",
        "farm",
        prompt_reposts,
        "Hired accounts repost whatever the client publishes within two minutes.",
        n=1800,
    ),
    entry(
        "one_act_a_day", "farm", one_act_a_day, "Each worker does one paid act a day, at an hour that suits.", days=28
    ),
    entry(
        "own_life", "farm", own_life, "Real, lively people take small jobs: four fifths of their acts are their own."
    ),
    entry(
        "camouflage_30",
        "farm",
        partial(camouflaged, each=30.0),
        "Workers do thirty acts each among the client's supporters to pass as supporters.",
    ),
    entry(
        "camouflage_180",
        "farm",
        partial(camouflaged, each=180.0),
        "Workers do a hundred and eighty acts each among the client's supporters to pass as supporters.",
    ),
)
