"""Throughput and peak memory of the loaders on large files, beside polars' own readers, in one run, as a table.

Run ``python tests/benchmarks/bench_loaders.py --megabytes 1000``. The files are made up, written to a temporary folder
and removed. Each reading runs in a process of its own, so that its peak memory is its own; a loader's seconds
are those from the file to the tables and the closed ledger.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
import polars as pl

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks.community_likes import write_likes  # noqa: E402  found by what precedes

FIRST_MS = 1_719_000_000_000
EPOCH_MS = 1_288_834_974_657
WORDS = ("vote", "hall", "town", "meet", "all", "you", "today", "tomorrow", "people", "country", "new", "law", "never")
CSV_COLUMNS = ["account", "time", "post", "text", "urls", "hashtags"]


def write_csv(path: Path, n_bytes: int) -> None:
    """Write a table of posts as people export them: ids, a time, a text in quotes, links."""
    dice = random.Random(1)  # noqa: S311  nothing here is a secret
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join([*CSV_COLUMNS, "likes", "views", "app", "bio"]) + "\n")
        row = 0
        while file.tell() < n_bytes:
            lines = []
            for _ in range(10_000):
                row += 1
                text = " ".join(dice.choices(WORDS, k=20))
                at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(FIRST_MS // 1000 + row // 3))
                bio = " ".join(dice.choices(WORDS, k=30))
                lines.append(
                    f'{dice.randrange(10**12)},{at},{10**18 + row},"{text}, ""{row}""",'
                    f'https://example.org/{dice.randrange(5000)},vote,{row % 99},{row % 9999},Web App,"{bio}"\n'
                )
            file.writelines(lines)


def write_ndjson(path: Path, n_bytes: int) -> None:
    """Write tweets of API v1.1 with the fields that make real ones long."""
    dice = random.Random(2)  # noqa: S311  nothing here is a secret
    with path.open("w", encoding="utf-8") as file:
        row = 0
        while file.tell() < n_bytes:
            for _ in range(2_000):
                row += 1
                file.write(json.dumps(_tweet(row, dice)) + "\n")


def write_document(path: Path, n_bytes: int) -> None:
    """Write one chat of Telegram Desktop's export, which is one JSON document."""
    dice = random.Random(3)  # noqa: S311  nothing here is a secret
    with path.open("w", encoding="utf-8") as file:
        file.write('{"name": "Hall", "type": "public_channel", "id": 7, "messages": [')
        row = 0
        while file.tell() < n_bytes:
            lines = []
            for _ in range(2_000):
                row += 1
                text = " ".join(dice.choices(WORDS, k=25))
                message = {
                    "id": row,
                    "type": "message",
                    "date": "2024-06-21T20:00:00",
                    "date_unixtime": str(FIRST_MS // 1000 + row // 3),
                    "from": "Name",
                    "from_id": f"user{dice.randrange(10**9)}",
                    "text": [text, {"type": "link", "text": f"https://example.org/{dice.randrange(5000)}"}],
                    "text_entities": [
                        {"type": "plain", "text": text},
                        {"type": "link", "text": f"https://example.org/{dice.randrange(5000)}"},
                    ],
                }
                lines.append(("" if row == 1 else ",") + "\n " + json.dumps(message, indent=1))
            file.writelines(lines)
        file.write("]}")


def write_page(path: Path, n_bytes: int) -> None:
    """Write one page of API v2, in which the accounts and tweets that a tweet refers to stand behind all tweets."""
    dice = random.Random(4)  # noqa: S311  nothing here is a secret
    row = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"data": [')
        while file.tell() < n_bytes * 0.6:
            row += 1
            tweet = _page_tweet(FIRST_MS + row * 7, dice)
            if row % 3 == 0:
                reposted = {"type": "retweeted", "id": _tweet_id(FIRST_MS - row)}
                tweet["referenced_tweets"] = [reposted]
            file.write(("" if row == 1 else ",") + json.dumps(tweet))
        file.write('], "includes": {"users": [')
        for number in range(row):
            counts = {"followers_count": 1, "following_count": 2, "tweet_count": 3}
            user = {"id": str(number), "username": f"user_{number}", "location": "Lyon", "public_metrics": counts}
            file.write(("" if number == 0 else ",") + json.dumps(user))
        file.write('], "tweets": [')
        for number in range(3, row + 1, 3):
            file.write(("" if number == 3 else ",") + json.dumps(_page_tweet(FIRST_MS - number, dice)))
        file.write(']}, "meta": {}}')


def _tweet_id(ms: int) -> str:
    return str((ms - EPOCH_MS) << 22)


def _page_tweet(ms: int, dice: random.Random) -> dict[str, object]:
    return {
        "id": _tweet_id(ms),
        "author_id": str(dice.randrange(10**5)),
        "conversation_id": "1",
        "created_at": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(ms // 1000)),
        "text": " ".join(dice.choices(WORDS, k=30)),
        "lang": "en",
        "public_metrics": {"retweet_count": 1, "reply_count": 0, "like_count": 2, "quote_count": 0},
        "entities": {
            "urls": [{"url": "https://t.co/x", "expanded_url": f"https://example.org/{dice.randrange(5000)}"}]
        },
        "edit_history_tweet_ids": [_tweet_id(ms)],
    }


def _tweet(row: int, dice: random.Random) -> dict[str, object]:
    ms = FIRST_MS + row * 400
    account = str(dice.randrange(10**9))
    return {
        "created_at": time.strftime("%a %b %d %H:%M:%S +0000 %Y", time.gmtime(ms // 1000)),
        "id": (ms - EPOCH_MS) << 22,
        "id_str": str((ms - EPOCH_MS) << 22),
        "full_text": " ".join(dice.choices(WORDS, k=25)) + " https://t.co/x #vote",
        "display_text_range": [0, 140],
        "entities": {
            "hashtags": [{"text": "vote", "indices": [1, 2]}],
            "urls": [{"url": "https://t.co/x", "expanded_url": f"https://example.org/{dice.randrange(5000)}"}],
            "user_mentions": [],
        },
        "source": '<a href="https://example.org" rel="nofollow">Web App</a>',
        "user": {
            "id_str": account,
            "screen_name": f"user_{account}",
            "name": "Name",
            "location": "Lyon",
            "description": " ".join(dice.choices(WORDS, k=25)),
            "created_at": "Mon Jan 01 00:00:00 +0000 2018",
            "followers_count": 12,
            "friends_count": 3,
            "statuses_count": 5,
            "profile_image_url_https": "https://example.org/picture.jpg",
        },
        "retweet_count": 0,
        "favorite_count": 0,
        "lang": "en",
    }


def reader(what: str) -> Callable[[Path], int]:
    """Return one of the ways to read a file, which gives its rows."""
    if what == TEXT:
        return lambda path: pl.read_csv(path, infer_schema=False).height
    if what == CHOSEN:
        return lambda path: pl.read_csv(path, infer_schema=False, columns=CSV_COLUMNS).height
    if what == INFERRED:
        return lambda path: pl.read_ndjson(path).height
    from forensics.loaders import load  # noqa: PLC0415  not to be held where it is not used

    return lambda path: load(path).sources[0].rows_read


def write_plain(path: Path, n_bytes: int) -> None:
    """Write likes, a row of 45 bytes each."""
    write_likes(path, n_bytes // 45)


TEXT, CHOSEN, INFERRED = "polars, all columns as text", "polars, the loader's columns", "polars, inferred"
FILES: dict[str, tuple[Callable[[Path, int], None], tuple[str, ...]]] = {
    "plain.csv": (write_plain, (TEXT, "the loader `generic`")),
    "posts.csv": (write_csv, (TEXT, CHOSEN, "the loader `generic`")),
    "tweets.ndjson": (write_ndjson, (INFERRED, "the loader `twitter-v1`")),
    "chat.json": (write_document, ("the loader `telegram`",)),
    "page.json": (write_page, ("the loader `twitter-v2`",)),
}
"""Each file, what writes it, and by what it is read; the loader is held against polars' first."""


def measured(what: str, path: Path) -> dict[str, float]:
    """Read a file in this process and return what it cost."""
    read = reader(what)
    before = resource.getrusage(resource.RUSAGE_SELF)
    began = time.perf_counter()
    rows = read(path)
    wall, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return {"rows": rows, "wall": wall, "cpu": cpu, "peak": used.ru_maxrss / 1024}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1000, help="size of each file (default: 1000)")
    parser.add_argument("--read", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        click.echo(json.dumps(measured(given.read[0], Path(given.read[1]))))
        return
    click.echo("| file | read by | rows | seconds | processor seconds | times polars | peak MB |")
    click.echo("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, (write, ways) in FILES.items():
            path = Path(folder) / name
            write(path, given.megabytes * 1_000_000)
            base = 0.0
            for way in ways:
                command = [sys.executable, __file__, "--read", way, str(path)]
                done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=os.environ)  # noqa: S603  this very file
                row = json.loads(done.stdout)
                base = base or (row["cpu"] if way.startswith("polars") else 0.0)
                times = f"{row['cpu'] / base:.1f}" if base else ""
                cost = f"{row['wall']:.2f} | {row['cpu']:.2f} | {times} | {row['peak']:,.0f}"
                click.echo(f"| {name} | {way} | {row['rows']:,} | {cost} |")
            path.unlink()


if __name__ == "__main__":
    main()
