"""Tables and objects of accounts without acts: nobody posts on the day of registration."""

from __future__ import annotations

from pathlib import Path

import pytest

from forensics.loaders import load, recognise
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.row_ledger import readable

TABLES = {
    "v2": "id,username,name,created_at,description,public_metrics.followers_count,verified\n"
    "1,ann,Ann,2019-03-01T10:00:00.000Z,I post,10,true\n2,bob,Bob,2019-03-01T10:00:00.000Z,,20,false\n",
    "v1": "user_id,screen_name,created_at,followers_count,friends_count,location\n"
    "1,ann,2019-03-01 10:00:00,10,5,Lyon\n2,bob,2019-03-01 10:00:00,20,6,Paris\n",
    "twarc": "id,created_at,description,location,name,pinned_tweet_id,profile_image_url,protected,public_metrics."
    "followers_count,public_metrics.following_count,public_metrics.tweet_count,url,username,verified\n"
    "1,2019-03-01T10:00:00.000Z,x,Lyon,Ann,,https://a.org/1.jpg,False,10,5,7,https://t.co/x,ann,False\n"
    "2,2019-03-01T10:00:00.000Z,x,Lyon,Bob,,https://a.org/1.jpg,False,20,5,7,https://t.co/x,bob,False\n",
    "own": "handle,joined,followers\nann,2019-03-01,10\nbob,2019-03-02,20\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_accounts_holds_no_acts(tmp_path: Path, name: str) -> None:
    path = tmp_path / "users.csv"
    path.write_text(TABLES[name], encoding="utf-8")
    dataset = load(path)
    assert dataset.actions.is_empty()
    assert dataset.accounts["account_id"].to_list() == (["ann", "bob"] if name == "own" else ["1", "2"])
    assert dataset.accounts["followers"].to_list() == [10, 20]
    assert dataset.accounts["created_at"].dt.year().to_list() == [2019, 2019]
    assert dataset.accounts["captured_at"].null_count() == 2
    assert any("as accounts, not as acts" in str(note) for note in dataset.sources[0].notes)


def test_a_case_file_makes_a_table_of_accounts_by_naming_no_time(tmp_path: Path) -> None:
    path = tmp_path / "users.csv"
    path.write_text(
        "who,since,date\nann,2019-03-01,2024-01-01\nbob,2019-03-02,2024-01-01\n,2019-03-02,2024-01-01\n",
        encoding="utf-8",
    )
    dataset = load(path, "generic", ReadOptions(columns={"account": "who", "created": "since"}))
    assert dataset.actions.is_empty()
    assert dataset.accounts["created_at"].null_count() == 0
    assert list(readable(dataset.sources[0].rejected).select("row", "reason").iter_rows()) == [(3, "no account")]


def test_posts_that_say_how_many_follow_their_account_stay_posts(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(
        "username,created_at,followers,text\nann,2024-07-01,10,Vote\nbob,2024-07-01,20,Vote\n", encoding="utf-8"
    )
    assert load(path).actions["account_id"].n_unique() == 2


def test_a_page_of_accounts_with_pinned_tweets_is_no_page_of_tweets() -> None:
    samples = Path(__file__).parent / "samples"
    for name in ("twitter-users.jsonl", "twitter-users.first.jsonl"):
        assert recognise(samples / name).loader == "twitter-users"
        dataset = load(samples / name)
        assert dataset.actions.is_empty()
        assert dataset.accounts.height == 4
