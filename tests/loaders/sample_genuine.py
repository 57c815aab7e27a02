"""Samples of what single commands, versions and look-ups of tools write beside their main tables."""

from __future__ import annotations

import csv

from loaders.sample_collections import collections
from loaders.sample_writers import Row, document, lines, table

ANN = "914580356430536707"
BOB = "914580357193461760"


def commands() -> dict[str, bytes]:
    """Return what minet's further commands and twscrape's look-ups write."""
    videos: list[Row] = [
        {"video_id": "v1", "title": "Votez", "published_at": "2024-03-21T06:00:00Z", "description": "Dimanche",
         "channel_id": "UC1", "channel_title": "Ann A.", "default_language": "fr", "view_count": "90",
         "like_count": "4", "comment_count": "1", "duration": "PT1M", "tags": "vote|mai"},
    ]  # fmt: skip
    channels: list[Row] = [
        {"channel_id": "UC1", "title": "Ann A.", "custom_url": "@ann", "published_at": "2016-03-21T06:00:00Z",
         "country": "FR", "subscriber_count": "12", "video_count": "7", "view_count": "90"},
    ]  # fmt: skip
    posts: list[Row] = [
        {"title": "Votez", "url": "https://old.reddit.com/r/vote/comments/1abc/votez/", "author": "ann",
         "author_text": "Dimanche", "points": "4", "number_comments": "2", "published_date": "2024-03-21T06:00:00Z",
         "external_link": "https://example.org/a", "raw_number_comments": "2 comments"},
        {"title": "Non", "url": "https://old.reddit.com/r/vote/comments/1abd/non/", "author": "[Deleted]",
         "published_date": "2024-03-21T06:01:00Z"},
    ]  # fmt: skip
    answers: list[Row] = [
        {"comment_url": "https://www.reddit.com/r/vote/comments/1abc/votez/ox1/", "author": "bob", "id": "t1_ox1",
         "points": "1", "published_date": "2024-03-21T06:02:00Z", "comment": "Oui"},
        {"comment_url": "https://www.reddit.com/r/vote/comments/1abc/votez/ox2/", "author": "cleo", "id": "ox2",
         "parent": "t1_ox1", "published_date": "2024-03-21T06:03:00Z", "comment": "Non"},
    ]  # fmt: skip
    instagram: list[Row] = [
        {"id": "44", "username": "ann", "full_name": "Ann A.", "is_private": "false", "account_badges": ""}
    ]
    bluesky: list[Row] = [
        {"post": "https://bsky.app/profile/ann/post/3k", "did": "did:plc:b", "handle": "bob.example",
         "display_name": "Bob B.", "created_at": "2023-05-01T10:00:00Z", "timestamp_utc": "1682935200",
         "followers": "12", "follows": "7", "posts": "34"},
    ]  # fmt: skip
    account: Row = {
        "id": 101, "id_str": "101", "url": "https://x.com/ann", "username": "ann", "displayname": "Ann A.",
        "created": "2010-01-06 10:00:00+00:00", "followersCount": 12, "friendsCount": 7, "statusesCount": 340,
        "favouritesCount": 1, "location": "Lyon", "_type": "snscrape.modules.twitter.User",
    }  # fmt: skip
    return {
        "minet.youtube.csv": table(videos),
        "minet.youtube-channels.csv": table(channels),
        "minet.reddit.csv": table(posts),
        "minet.reddit-comments.csv": table(answers),
        "minet.instagram-accounts.csv": table(instagram),
        "bluesky-profiles.minet.csv": table(bluesky),
        "snscrape.users.jsonl": lines(account, {**account, "id_str": None, "id": 102, "username": "bob"}),
    }


def versions() -> dict[str, bytes]:
    """Return what other versions and modules of tools write."""
    tcat = collections()["dmi-tcat.csv"].decode().splitlines()
    tweets = [dict(row, cld_code="fr") for row in csv.DictReader(tcat)]
    for tweet in tweets:
        del tweet["from_user_id"]
    mentions: list[Row] = [
        {"tweet_id": ANN, "user_from_id": "101", "user_from_name": "ann", "user_to_id": "900", "user_to_name": "mayor",
         "mention_type": "mention"},
        {"tweet_id": BOB, "user_from_id": "102", "user_from_name": "bob", "user_to_id": "900", "user_to_name": "mayor",
         "mention_type": "retweet"},
        {"tweet_id": "914580361387765761", "user_from_id": "103", "user_to_id": "900", "mention_type": "reply"},
    ]  # fmt: skip
    channels: list[Row] = [
        {"id": "UC1", "title": "Ann A.", "description": "", "customUrl": "@ann", "publishedAt": "2016-03-21T06:00:00Z",
         "country": "FR", "viewCount": "90", "subscriberCount": "12", "videoCount": "7"},
    ]  # fmt: skip
    stories: list[Row] = [
        {"guid": "g1", "stories_id": "1", "title": "Un titre", "url": "https://a.example/1", "language": "fr",
         "media_id": "9", "media_name": "Le Journal", "publish_date": "2024-03-21 06:00:00",
         "media_inlink_count": "1"},
        {"guid": "g2", "title": "Un autre", "url": "https://b.example/2", "media_name": "La Feuille", "id": "s2",
         "publish_date": "2024-03-21 07:00:00"},
    ]  # fmt: skip
    comment: Row = {
        "author": "ann", "body": "Votez", "created_utc": 1711000000, "id": "ox1", "link_id": "t3_1a", "score": 3,
        "parent_id": "t3_1a", "subreddit": "vote", "permalink": "/r/vote/comments/1a/_/ox1/",
        "retrieved_on": 1711000900, "author_created_utc": 1500000000,
    }  # fmt: skip
    post: Row = {
        "author": "AutoModerator", "title": "Votez", "selftext": "Dimanche", "created_utc": 1711000000, "id": "1a",
        "subreddit": "vote", "url": "https://example.org/a", "is_self": False, "num_comments": 2, "score": 4,
        "retrieved_utc": 1711000900, "permalink": "/r/vote/comments/1a/", "crosspost_parent": "t3_0z",
    }  # fmt: skip
    own: Row = {**post, "id": "1b", "is_self": True, "author": "cleo", "crosspost_parent": None, "link_id": "t3_9"}
    inner: Row = {**comment, "id": "ox2", "parent_id": 77, "link_id": "t3_1a", "author": "dan"}
    return {
        "dmi-tcat.languages.csv": table(tweets),
        "dmi-tcat.mentions.csv": table(mentions),
        "youtube-data-tools.channels.csv": table(channels),
        "media-cloud.topic.csv": table(stories),
        "reddit.answer.json": document({"data": [comment, post, own, inner], "error": None}),
    }


def notes() -> dict[str, bytes]:
    """Return what X publishes of its Community Notes."""
    noted: list[Row] = [
        {"noteId": "1", "noteAuthorParticipantId": "A1", "createdAtMillis": "1711000000123", "tweetId": ANN,
         "classification": "NOT_MISLEADING", "summary": "&quot;Non&quot;, dit le maire."},
    ]  # fmt: skip
    rated: list[Row] = [
        {"noteId": "1", "raterParticipantId": "R1", "createdAtMillis": "1711000000456", "helpfulnessLevel": "HELPFUL"},
    ]  # fmt: skip
    return {
        "community-notes.tsv": table(noted, delimiter="\t"),
        "community-notes.ratings.tsv": table(rated, delimiter="\t"),
    }


def comments() -> dict[str, bytes]:
    """Return comments as other versions of the programs save them."""
    under = [
        {"": "1", "Name (click to view profile)": "Ann A.", "Profile ID": "ID: 809", "Date": "2026-03-20 20:00:00",
         "Likes": "2", "Comment": "Oui", "(view source)": "view comment"},
        {"": "2", "Name (click to view profile)": "Bob B.", "Date": "2026-03-20 20:01:00", "Comment": "Non"},
        {"": "3", "Username": "cleo", "Date": "2026-03-20 20:02:00", "Comment": "Si"},
    ]  # fmt: skip
    youtube = [
        {"#": "1", "Name": "@ann", "Author ID": "UC1", "Date": "2026-03-20 20:00:00", "Likes": "2", "Comment": "Oui",
         "(view source)": "https://www.youtube.com/watch?v=v1&lc=Ug1", "Comment ID": "Ug1"},
        {"#": "2", "Name": "@bob", "Date": "2026-03-20 20:01:00", "Comment": "Non"},
    ]  # fmt: skip
    downloaded = [
        {"cid": "Ug1", "text": "Oui", "time": "2 days ago", "author": "@ann", "channel": "UC1", "votes": "1.2K",
         "replies": "1", "time_parsed": 1711000000.5},
        {"cid": "Ug1.2", "text": "Non", "author": "@bob", "channel": "UC2", "time_parsed": 1711086400.5},
    ]  # fmt: skip
    return {
        "export-comments.facebook.csv": table(under, above="ExportComments.com\nSource URL,https://fb.com/p1\n\n"),
        "export-comments.youtube.csv": table(youtube),
        "youtube-comments.document.json": document({"comments": downloaded}),
    }


def services() -> dict[str, bytes]:
    """Return what further scrapers on Apify and Mastodon's interface give."""
    video: Row = {
        "id": "7332576573880634630", "title": "Votez #vote", "views": 90, "likes": 4, "comments": 1, "shares": 2,
        "hashtags": ["vote"], "uploadedAt": 1711000000, "uploadedAtFormatted": "2024-03-21T05:46:40.000Z",
        "channel": {"name": "Ann A.", "username": "ann", "id": "6", "followers": 12, "following": 7, "videos": 34},
        "song": {"id": "71", "title": "m"}, "postPage": "https://www.tiktok.com/@ann/video/7332576573880634630",
    }  # fmt: skip
    person: Row = {
        "id": "44", "username": "ann", "fullName": "Ann A.", "followersCount": 12, "followsCount": 7, "postsCount": 34,
        "private": False, "verified": False, "latestPosts": [],
    }  # fmt: skip
    account: Row = {
        "id": "1", "username": "ann", "acct": "ann", "display_name": "Ann A.", "bot": False, "group": False,
        "created_at": "2022-03-01T00:00:00.000Z", "url": "https://m.example/@ann", "followers_count": 12,
        "uri": "https://m.example/users/ann", "following_count": 7, "statuses_count": 34, "locked": False,
        "note": "<p>Je vote, et vous ?</p>", "emojis": [], "fields": [], "last_status_at": "2024-03-21",
    }  # fmt: skip
    status: Row = {
        "id": "9", "created_at": "2024-03-21T06:00:00.000Z", "uri": "https://m.example/users/ann/statuses/9",
        "account": account, "content": "<p>Votez</p>", "reblogs_count": 0, "favourites_count": 4, "replies_count": 1,
    }  # fmt: skip
    return {
        "apify.tiktok-channels.json": document(
            [video, {**video, "id": "7332576573880634631", "uploadedAtFormatted": None, "song": {"title": "m"}}]
        ),
        "apify.instagram-accounts.json": document([person]),
        "mastodon.accounts.json": document([account]),
        "mastodon-likes.json": document(
            {
                "@context": "https://www.w3.org/ns/activitystreams",
                "id": "likes.json",
                "type": "OrderedCollection",
                "orderedItems": ["https://m.example/users/bob/statuses/1", "https://n.example/users/cleo/statuses/2"],
            }
        ),
        "mastodon.search.json": document({"accounts": [], "statuses": [status], "hashtags": []}),
        "mastodon.context.json": document({"ancestors": [status], "descendants": [{**status, "uri": "https://m/2"}]}),
    }


def crowdtangle() -> dict[str, bytes]:
    """Return what CrowdTangle wrote until 2020, and of groups and pictures."""
    post: Row = {
        "Page Name": "Mairie", "User Name": "mairie", "Facebook Id": "900", "Page Admin Top Country": "FR",
        "Page Created": "2010-01-06 10:00:00", "Followers at Posting": "1,200", "Created": "2019-03-01 10:00:01 EST",
        "Total Interactions": "1,234", "Likes": "7", "Comments": "2", "Shares": "3", "Love": "4", "Wow": "5",
        "Haha": "6", "Sad": "8", "Angry": "9", "Care": "1", "Post Views": "90", "Message": "Votez #vote",
        "URL": "https://www.facebook.com/900/posts/1", "Link": "https://t.co/a", "Final Link": "https://example.org/a",
    }  # fmt: skip
    others: list[Row] = [
        {"User Name": "cleo", "Page Name": "Cleo", "Description": "Lisez", "Likes at Posting": "70",
         "Post Created": "2019-03-01 10:05:00 CET", "URL": "https://www.facebook.com/cleo/posts/2",
         "Link": "https://example.org/b"},
        {"Page Name": "Dan", "Created": "2019-03-01 10:06:00 EST", "URL": "https://www.facebook.com/dan/posts/3"},
    ]  # fmt: skip
    rows = [post, *others]
    groups = [{("Group Name" if key == "Page Name" else key): cell for key, cell in row.items()} for row in rows]
    picture: Row = {
        "Account": "Ann A.", "User Name": "ann", "Followers at Posting": "12",
        "Post Created": "2021-07-06 16:45:20 EDT",
        "Total Interactions": "9", "Likes": "4", "Comments": "1", "Views": "90", "Title": "Votez",
        "URL": "https://www.instagram.com/p/CxA/", "Description": "Dimanche #vote",
    }  # fmt: skip
    nameless: Row = {**picture, "User Name": "", "Account": "Bob B.", "URL": "https://www.instagram.com/p/CxB/"}
    return {
        "crowdtangle.earlier.csv": table(rows),
        "crowdtangle.groups.csv": table(groups),
        "crowdtangle.pictures.csv": table([picture, nameless]),
    }
