"""A run as a detector would leave it, made by hand: three groups, hostile names, a failure, a refusal, rejected rows.

Every builder returns fresh objects. The texts are invented.
"""

from __future__ import annotations

import datetime as dt
import math
import random

import polars as pl

from forensics import schema
from forensics.case import Case
from forensics.dataset import Source
from forensics.detectors.coordination.coordination_findings import MEASURES
from forensics.detectors.coordination.evidence.evidence_kinds import KINDS
from forensics.findings import Detection, Failure, Finding, Run, Score
from forensics.messages import Message

START = dt.datetime(2021, 9, 1, 6, tzinfo=dt.UTC)

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(2)>",
    "=cmd|' /C calc'!A0",
    "\u202egnp.exe\u202c",
    "z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u030d\u030e\u030f" * 6,
    "x" * 10_000,
    '#read("/etc/passwd")',
    "$ x^2 $ @label `raw` *bold* _it_ <lbl> \\",
    "nul\x00in\x1bside",
    "{{ 7*7 }}{% raw %}",
    "]]>&amp;<!--",
    "+1+1",
    "голосуй_за_нас",
    "Ελένη_ψηφίζω",
    "投票给我们",
    "😀🗳️👍🏽",
    "صوتوا_لنا",
    "${jndi:ldap://x}",
    r"\input{/etc/passwd}\write18{id}%",
)

TEXTS = (
    "Голосуйте за будущее нашего города! Все на выборы в воскресенье. https://example.org/news",
    "Only one candidate listens to the people. Share if you agree!",
    "</script><script>alert('text')</script>",
    '#let x = read("secret") #pagebreak()',
    "\u202eThis line would read backwards\u202c and then not.",
    "Nur noch drei Tage bis zur Wahl. Alle Infos hier: https://example.org/wahl " + "sehr lang " * 60,
    "https://example.org/" + "a" * 600,
)


def accounts_of(size: int, group: int, *, is_hostile: bool) -> list[str]:
    return [f"{group}0000000{index:04d}" if index % 7 else f"user_{group}_{index}" for index in range(size)] + (
        [f"id-{index}-{name[:40]}" for index, name in enumerate(HOSTILE)] if is_hostile else []
    )


def group_tables(group: int, size: int, *, is_hostile: bool, seed: int) -> dict[str, pl.DataFrame]:
    """Return the evidence tables of one group whose members act within a minute of each other."""
    rng = random.Random(seed)  # noqa: S311  invented data
    ids = accounts_of(size, group, is_hostile=is_hostile)
    handles = [f"citizen_{group}_{index:03d}" for index in range(size)] + (list(HOSTILE) if is_hostile else [])
    finding = f"coordination-{group}"
    moments: list[tuple[object, ...]] = []
    by_object: dict[str, list[tuple[str, dt.datetime]]] = {}
    for number in range(14 + 3 * group):
        object_id = f"https://example.org/{group}/{number}?q=<b>&x=#y" if number % 2 else f"{group}99{number:09d}"
        layer = "url" if number % 2 else "repost:post"
        at = START + dt.timedelta(hours=8 * number + rng.random() * 4, minutes=3)
        for account in rng.sample(ids[:size], max(3, int(size * 0.6))) + ids[size:]:
            when = at + dt.timedelta(seconds=rng.randrange(45))
            by_object.setdefault(object_id, []).append((account, when))
            age = (when - at).total_seconds() + 180
            seen_at = f"https://example.org/acts/{len(moments)}"
            moments.append((finding, account, layer, object_id, when, age, rng.choice(TEXTS), seen_at))
    pairs: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for object_id, acts in by_object.items():
        layer = "url" if object_id.startswith("http") else "repost:post"
        for left, left_at in acts:
            for right, right_at in acts:
                gap = abs((left_at - right_at).total_seconds())
                if left < right and gap <= 10:
                    link = f"https://social.example/{left[:12].encode().hex()}/status/1"
                    row = (
                        finding,
                        left,
                        right,
                        layer,
                        object_id,
                        left_at,
                        right_at,
                        gap,
                        "p1",
                        "p2",
                        link,
                        "javascript:x",
                    )
                    pairs.setdefault((left, right), []).append(row)
    kept = {pair: rows for pair, rows in pairs.items() if len(rows) >= 2}
    edges = [
        (finding, left, right, "repost:post,url", 60.0, len(rows), max(1, len(rows) - 1), 0.8 * len(rows), 0.4, 0.5)
        for (left, right), rows in sorted(kept.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    degree = {account: sum(account in pair for pair in kept) for account in ids}
    accounts = []
    for index, (account, handle) in enumerate(zip(ids, handles, strict=True)):
        angle, radius = 2 * math.pi * index / len(ids), 0.15 + 0.12 * rng.random()
        accounts.append(
            (finding, account, handle if index % 11 else None, "core" if degree[account] > 1 else "edge",
             degree[account], 14, 9,
             0.6 * (group - 2) + radius * math.cos(angle), 0.3 * (group % 2) + radius * math.sin(angle),
             START - dt.timedelta(days=30 + index) if index % 5 else None, "Köln, Германия" if index % 3 else None),
        )  # fmt: skip
    return {
        "accounts": pl.DataFrame(accounts, ACCOUNTS, orient="row"),
        "edges": pl.DataFrame(edges, EDGES, orient="row"),
        "acts": pl.DataFrame([row for rows in kept.values() for row in rows], ACTS, orient="row"),
        "moments": pl.DataFrame(moments, MOMENTS, orient="row"),
        "measures": pl.DataFrame(
            [
                (finding, "closeness", 60.0, 240.0, 12.5, 19.2, 1.3, 6.4 / group, 31, group - 1, 8.0),
                (finding, "attendance", None, 300.0, 100.0, 3.0, 1.1, 2.5, 31, 0, 3.0),
            ],
            MEASURES,
            orient="row",
        ),
        "kinds": pl.DataFrame(
            [(finding, "close_in_time", None, 60.0), (finding, "one_sitting", 0.625, None)], KINDS, orient="row"
        ),
    }


_S, _F, _I, _T = pl.String(), pl.Float64(), pl.Int64(), schema.TIME
ACCOUNTS = {"finding_id": _S, "account_id": _S, "handle": _S, "membership": _S, "n_edges": _I, "n_acts": _I,
            "n_objects": _I, "x": _F, "y": _F, "created_at": _T, "stated_place": _S}  # fmt: skip
EDGES = {"finding_id": _S, "left": _S, "right": _S, "layers": _S, "window_s": _F, "n_objects": _I, "n_close": _I,
         "expected": _F, "p_value": _F, "q_value": _F}  # fmt: skip
ACTS = {"finding_id": _S, "left": _S, "right": _S, "layer": _S, "object_id": _S, "left_at": _T, "right_at": _T,
        "gap_s": _F, "left_post_id": _S, "right_post_id": _S, "left_permalink": _S, "right_permalink": _S}  # fmt: skip
PATTERNS = {"pattern": _S, "account_id": _S, "handle": _S, "ratio": _F, "largest": _F}
MOMENTS = {"finding_id": _S, "account_id": _S, "layer": _S, "object_id": _S, "acted_at": _T, "age_s": _F, "text": _S,
           "permalink": _S}  # fmt: skip


def finding_of(tables: dict[str, pl.DataFrame], group: int) -> Finding:
    edges, acts, accounts = tables["edges"], tables["acts"], tables["accounts"]
    n_core = float((accounts["membership"] == "core").sum())
    times = pl.concat([acts["left_at"], acts["right_at"]])
    scores = (
        Score("acted_ratio", 19.2, null="other_audiences"),
        Score("next_ratio", 6.4 / group, null="other_audiences"),
        Score("typical_ratio", 1.3, null="other_audiences"),
        Score("audiences", 31.0, "audiences"),
        Score("audiences_alike", group - 1.0, "audiences"),
        Score("acted", 240.0, null="other_audiences"),
        Score("acted_expected", 12.5, null="other_audiences"),
        Score("accounts", n_core, "accounts"),
        Score("accounts_edge", accounts.height - n_core, "accounts"),
        Score("edges", edges.height, "pairs"),
        # invented, so that a run has groups drawn as networks and groups drawn as grids
        Score("density", 0.9 if group % 3 == 0 else 0.25, "share"),
        Score("objects", acts["object_id"].n_unique(), "objects"),
        Score("directions_share", max(0.25, 1.0 - 0.25 * (group - 1)), n=4),
        Score("stability", 0.9),
        Score("confirmed_share", 0.95),
        Score("first_at", times.min().timestamp(), "utc_s"),
        Score("last_at", times.max().timestamp(), "utc_s"),
    )
    strength = ("high", "moderate", "low")[min(group - 1, 2)]
    return Finding(
        f"coordination-{group}", "who", f"coordination-{group}", "coordinated_group", scores, strength,
        ("shared_feed", "live_event", "declared_team", "same_operator")[: 5 - group],
        ("activity", "popularity", "other_audiences"),
        ("accounts", "edges", "acts", "moments", "measures", "kinds"),
    )  # fmt: skip


PATTERN_ROWS = pl.DataFrame(
    [("pattern-1", f"seen-{n}", "=cmd|' /C calc'!A0" if n else None, 5.5, 6.1) for n in range(3)],
    PATTERNS,
    orient="row",
)


LAYERS: dict[str, list[object]] = {
    "layer": ["repost:post", "url"],
    "n_acts": [48_211, 19_874],
    "n_accounts": [9_120, 4_411],
    "n_objects": [12_004, 3_110],
    "precision": ["s", "s"],
}

PARAMS = {"windows_s": (60.0,), "splits": 2, "layers": ("all",), "text_similarity": 0.8}


def coordination(sizes: tuple[int, ...] = (16, 9, 4), *, is_hostile: bool = True, patterns: int = 1) -> Detection:
    parts = [
        group_tables(index, size, is_hostile=is_hostile and index == 1, seed=index)
        for index, size in enumerate(sizes, start=1)
    ]
    findings = tuple(finding_of(part, index) for index, part in enumerate(parts, start=1))
    tables = {name: pl.concat([part[name] for part in parts]) for name in parts[0]} if parts else {
        "accounts": pl.DataFrame(schema=ACCOUNTS), "edges": pl.DataFrame(schema=EDGES),
        "acts": pl.DataFrame(schema=ACTS), "moments": pl.DataFrame(schema=MOMENTS),
        "measures": pl.DataFrame(schema=MEASURES), "kinds": pl.DataFrame(schema=KINDS),
    }  # fmt: skip
    tables["patterns"] = PATTERN_ROWS.head(3 if parts and patterns else 0)
    scores = (
        Score("acts_searched", 61_004.0, "acts"),
        Score("accounts_searched", 9_120.0, "accounts"),
        Score("audiences_tested", 31.0, "audiences"),
        Score("clusters", float(len(parts)), "clusters"),
        Score("accounts_clustered", float(tables["accounts"].height), "accounts"),
        Score("patterns", float(patterns if parts else 0), "patterns"),
        Score("interval_share", 0.08),
    )
    notes = ("split_by_time", "alike_groups_hide", *(("coarse_times",) if parts else ("quiet_result",)))
    return Detection("coordination", PARAMS, findings, scores, tables | {"layers": pl.DataFrame(LAYERS)}, notes)


def sources() -> tuple[Source, ...]:
    rejected = pl.DataFrame(
        {
            "row": [17, 240, 241, 9_001],
            "reason": [
                "acted_at is not a time",
                "account_id is missing",
                "account_id is missing",
                "acted_at is not a time",
            ],
            "excerpt": ["31/02/2021 25:00", "", None, "<script>alert('ledger')</script>"],
            "fields": None,
        },
        schema.REJECTED.schema,
    )
    none = schema.empty(schema.REJECTED)
    return (
        Source("s1", "reposts-2021.csv.gz", "9f" * 32, 48_112_904, "generic", 68_085, 68_081, rejected,
               (Message("The delimiter was guessed: ';'."),)),
        Source("s2", "accounts.ndjson", "0c" * 32, 3_001_442, "twitter_v2", 9_400, 9_400, none, (),
               {f"data.entities.annotations.field_{n}": 5_044 - 300 * n for n in range(14)}, 5_044),
    )  # fmt: skip


def overview() -> tuple[Score, ...]:
    return (
        Score("actions", 68_085.0, "acts"),
        Score("accounts", 9_400.0, "accounts"),
        Score("objects", 15_114.0, "objects"),
        Score("posts", 0.0, "posts"),
        Score("payments", 0.0, "payments"),
        Score("first_at", START.timestamp(), "utc_s"),
        Score("last_at", (START + dt.timedelta(days=24, hours=7)).timestamp(), "utc_s"),
        Score("coarsest_precision_s", 60.0, "s"),
        Score("actions:repost:post", 48_211.0, "acts"),
        Score("actions:post:url", 19_874.0, "acts"),
        Score("camp:actions:amber", 40_002.0, "acts"),
        Score("camp:accounts:amber", 5_110.0, "accounts"),
        Score("camp:actions:</script>=1\u202e", 0.0, "acts"),
        Score("camp:accounts:</script>=1\u202e", 0.0, "accounts"),
    )


def fake_run(
    *, is_quiet: bool = False, is_failed: bool = True, sizes: tuple[int, ...] = (16, 9, 4), language: str = "en"
) -> Run:
    """Return a realistic run; ``is_quiet`` has no findings, ``is_failed`` a failure and a refusal."""
    failures = (
        Failure(
            "tempo",
            Message("The rhythm could not be computed: <b>division</b> by zero in account 'x\u202ey'."),
            is_refusal=False,
        ),
        Failure("reach", Message("The data hold no follower counts, so reach cannot be judged."), is_refusal=True),
    )
    case = Case(
        "example-2021", "Who pushed the harbour bridge? <i>A test case</i>",
        "“Thousands of citizens spontaneously support the bridge” (the campaign’s press release, 3 September 2021)",
        "1 to 26 September 2021", "Invented for a test; CC0", language, is_simulated=True,
    )  # fmt: skip
    return Run(
        case, overview(), sources(), (coordination(() if is_quiet else sizes),), failures if is_failed else (),
        20210926,
        {"campaign-forensics": "0.1.0", "polars": "1.35.2", "numpy": "2.4.6"},
    )  # fmt: skip
