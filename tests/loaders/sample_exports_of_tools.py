"""The samples of what tools and research collections write; see ``sample_exports``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from loaders.sample_exports import Row, document, lines, table


def snscrape() -> dict[str, bytes]:
    ann = {
        "_type": "snscrape.modules.twitter.User", "id": 101, "username": "ann", "displayname": "Ann A.",
        "created": "2020-01-06T10:00:00+00:00", "followersCount": 12, "friendsCount": 7, "statusesCount": 340,
        "location": "Lyon",
    }  # fmt: skip
    bob = {"id": 102, "id_str": "102", "username": "bob", "displayname": "Bob B."}
    tweet: Row = {
        "_type": "snscrape.modules.twitter.Tweet", "url": "https://twitter.com/ann/status/1524000000000000123",
        "date": "2022-05-10T12:00:00+00:00", "rawContent": "Votez #vote @bob", "renderedContent": "Votez #vote @bob",
        "id": 1524000000000000123, "user": ann, "replyCount": 1, "retweetCount": 2, "likeCount": 4, "quoteCount": 0,
        "viewCount": 90, "conversationId": 1524000000000000123, "lang": "fr", "sourceLabel": "Twitter Web App",
        "links": [{"url": "https://example.org/a", "tcourl": "https://t.co/x"}], "hashtags": ["vote"],
        "mentionedUsers": [{"id": 102, "username": "bob"}], "media": [{"fullUrl": "https://pbs.twimg.com/a.jpg"}],
        "coordinates": {"longitude": 2.35, "latitude": 48.85}, "place": {"id": "p1", "countryCode": "FR"},
    }  # fmt: skip
    reply: Row = {
        "url": "https://twitter.com/bob/status/1524000000000000456", "date": "2022-05-10T12:05:00+00:00",
        "rawContent": "Oui", "id": 1524000000000000456, "user": bob, "conversationId": 1524000000000000123,
        "inReplyToTweetId": 1524000000000000123, "inReplyToUser": {"id": 101},
    }  # fmt: skip
    repost = {
        **reply,
        "id": 1524000000000000789,
        "inReplyToTweetId": None,
        "retweetedTweet": {"id": 1524000000000000123},
    }
    quote = {**reply, "id": 1524000000000000999, "inReplyToTweetId": None, "quotedTweet": {"id": 1524000000000000123}}
    old = {name: value for name, value in tweet.items() if name not in ("rawContent", "links", "media")}
    twscrape = {**tweet, "id": 1524000000000001999, "media": {"photos": [{"url": "https://pbs.twimg.com/b.jpg"}]}}
    return {
        "snscrape.jsonl": lines(tweet, reply, repost, quote, twscrape),
        "snscrape.old.jsonl": lines(
            {**old, "content": "Votez #vote", "outlinks": ["https://example.org/b"]},
            {**{name: value for name, value in reply.items() if name != "rawContent"}, "renderedContent": "Oui",
             "content": None},
        ),
    }  # fmt: skip


_MINET_TWEET = (
    "id,timestamp_utc,local_time,user_screen_name,text,possibly_sensitive,retweet_count,like_count,reply_count,"
    "impression_count,lang,to_username,to_userid,to_tweetid,source_name,source_url,user_location,lat,lng,user_id,"
    "user_name,user_verified,user_description,user_url,user_image,user_tweets,user_followers,user_friends,user_likes,"
    "user_lists,user_created_at,user_timestamp_utc,collected_via,match_query,retweeted_id,retweeted_user,"
    "retweeted_user_id,retweeted_timestamp_utc,quoted_id,quoted_user,quoted_user_id,quoted_timestamp_utc,"
    "collection_time,url,place_country_code,place_name,place_type,place_coordinates,links,domains,media_urls,"
    "media_files,media_types,media_alt_texts,mentioned_names,mentioned_ids,hashtags,intervention_type,"
    "intervention_text"
)


def minet() -> dict[str, bytes]:
    tweets = [
        {
            "id": "1524000000000000123", "timestamp_utc": "1652184000", "local_time": "2022-05-10T14:00:00",
            "user_screen_name": "ann", "text": "Votez", "retweet_count": "2", "like_count": "4", "reply_count": "1",
            "impression_count": "90", "lang": "fr", "source_name": "Twitter Web App", "user_location": "Lyon",
            "lat": "48.85", "lng": "2.35", "user_id": "101", "user_name": "Ann A.", "user_tweets": "340",
            "user_followers": "12", "user_friends": "7", "user_timestamp_utc": "1578304800", "match_query": "1",
            "collection_time": "2022-05-11T10:00:00", "url": "https://twitter.com/ann/status/1524000000000000123",
            "place_country_code": "FR", "place_name": "Paris", "links": "https://example.org/a|https://example.org/b",
            "domains": "example.org|example.org", "media_urls": "https://pbs.twimg.com/a.jpg",
            "mentioned_ids": "102|103", "mentioned_names": "bob|cleo", "hashtags": "vote|mai",
        },
        {"id": "1524000000000000456", "timestamp_utc": "1652184060", "user_screen_name": "bob", "user_id": "102",
         "text": "RT @ann: Votez", "retweeted_id": "1524000000000000123", "retweeted_user": "ann"},
        {"id": "1524000000000000789", "timestamp_utc": "1652184120", "user_screen_name": "cleo", "user_id": "103",
         "text": "@ann oui", "to_tweetid": "1524000000000000123", "to_userid": "101"},
        {"id": "1524000000000000999", "timestamp_utc": "1652184180", "user_screen_name": "dan", "user_id": "104",
         "text": "Bien", "quoted_id": "1524000000000000123"},
    ]  # fmt: skip
    bluesky = [
        {
            "cid": "bafy1", "did": "", "uri": "at://did:plc:a/app.bsky.feed.post/3kaaaaaaaaa2a",
            "url": "https://bsky.app/profile/ann/post/3k", "timestamp_utc": "1711000000.5", "user_did": "did:plc:a",
            "user_handle": "ann.bsky.social", "user_langs": "fr", "text": "Votez", "repost_count": "1",
            "like_count": "4", "reply_count": "1", "user_created_at": "2023-05-01T00:00:00Z",
            "links": "https://example.org/a", "card_link": "https://example.org/b", "hashtags": "vote",
            "mentioned_user_dids": "did:plc:b",
        },
        {"cid": "bafy1", "uri": "at://did:plc:a/app.bsky.feed.post/3kaaaaaaaaa2a", "timestamp_utc": "1711000000.5",
         "user_did": "did:plc:a", "user_handle": "ann.bsky.social", "text": "Votez",
         "repost_by_user_did": "did:plc:b", "repost_by_user_handle": "bob.bsky.social",
         "repost_timestamp_utc": "1711000500.25"},
        {"cid": "bafy2", "uri": "at://did:plc:c/app.bsky.feed.post/3kaaaaaaaab2a", "timestamp_utc": "1711001000",
         "user_did": "did:plc:c", "text": "Oui", "to_post_uri": "at://did:plc:a/app.bsky.feed.post/3kaaaaaaaaa2a"},
        {"cid": "bafy3", "uri": "at://did:plc:d/app.bsky.feed.post/3kaaaaaaaac2a", "timestamp_utc": "1711002000",
         "user_did": "did:plc:d", "text": "Bien", "quoted_uri": "at://did:plc:a/app.bsky.feed.post/3kaaaaaaaaa2a"},
    ]  # fmt: skip
    return {
        "minet.csv": table(tweets, header=_MINET_TWEET),
        "minet.bluesky.csv": table(bluesky),
        "minet.youtube-comments.csv": table([
            {"video_id": "v1", "comment_id": "Ug1", "author_name": "@ann", "author_channel_id": "UC1", "text": "Oui",
             "like_count": "2", "published_at": "2024-03-21T06:00:00Z", "updated_at": "2024-03-21T06:00:00Z",
             "reply_count": "1"},
            {"video_id": "v1", "comment_id": "Ug1.2", "author_name": "@bob", "author_channel_id": "UC2",
             "text": "Non", "published_at": "2024-03-21T07:00:00Z", "parent_comment_id": "Ug1"},
        ]),
        "minet.facebook-comments.csv": table([
            {"id": "Y29t", "fbid": "1", "depth": "0", "author_name": "Ann A.", "author_short_name": "Ann",
             "author_gender": "", "author_url": "https://fb.com/ann", "created_time": "1711000000", "text": "Oui",
             "reactions": "2", "replies": "1"},
            {"id": "Y29u", "fbid": "2", "depth": "1", "parent_id": "Y29t", "author_name": "Bob B.",
             "created_time": "1711000100", "text": "Non"},
        ]),
        "minet.instagram-comments.csv": table([
            {"id": "1", "text": "Oui", "hashtags": "vote", "mentioned_names": "bob", "comment_like_count": "2",
             "child_comment_count": "1", "created_at_utc": "1711000000", "username": "ann", "user_id": "11",
             "user_full_name": "Ann A."},
            {"id": "2", "parent_id": "1", "text": "Non", "created_at_utc": "1711000100", "username": "bob"},
        ]),
        "minet.instagram.csv": table([
            {"username": "ann", "full_name": "Ann A.", "id": "1", "media_type": "GraphImage", "shortcode": "Cabc",
             "url": "https://www.instagram.com/p/Cabc/", "caption": "Votez", "hashtags": "vote|mai",
             "mentioned_names": "bob", "like_count": "4", "comment_count": "1", "medias_url": "https://i/1.jpg",
             "usertags_medias": "cleo", "taken_at_timestamp": "1711000000", "coauthor_usernames": "dan"},
            {"id": "2", "shortcode": "Cabd", "caption": "Film", "liked_by_count": "3", "owner_id": "12",
             "video_view_count": "20", "taken_at_timestamp": "1711000100"},
        ]),
        "minet.tiktok.csv": table([
            {"id": "7350000000000000001", "description": "Votez", "timestamp": "1711300000", "author_id": "1",
             "utc_time": "2024-03-24T17:06:40", "author_unique_id": "ann", "author_nickname": "Ann A.",
             "author_following_count": "7", "author_follower_count": "12", "author_video_count": "30",
             "music_id": "6900000000000000001", "digg_count": "4", "share_count": "1", "comment_count": "2",
             "play_count": "90", "challenges_titles": "vote|mai", "duet_from_video_id": "7340000000000000001"},
        ]),
        "minet.tiktok-ads.csv": table([
            {"id": "1", "creator_username": "ann", "brand_names": "Marque|Autre", "create_date": "2024-03-21",
             "create_timestamp": "1711000000", "label": "Paid partnership", "video_cover_image_urls": "https://i/1.jpg",
             "video_urls": "https://v/1.mp4", "video_views": "900", "collected_via": "range"},
        ]),
        "minet.telegram.csv": table([
            {"link_to_message": "https://t.me/s/canal/12", "user": "Le canal", "text": "Votez", "hashtags": "vote",
             "links": "https://example.org/a", "views": "900", "datetime": "2024-03-21T06:00:00+00:00", "edited": ""},
        ]),
    }  # fmt: skip


def web_exporter() -> dict[str, bytes]:
    tweets: list[Row] = [
        {
            "id": "1989617000000000001", "created_at": "2025-11-15 10:15:12 +01:00", "full_text": "Votez #vote @bob",
            "media": [{"type": "photo", "url": "https://t.co/a", "original": "https://pbs.twimg.com/a.jpg"}],
            "screen_name": "ann", "name": "Ann A.", "profile_image_url": "https://pbs.twimg.com/p.jpg",
            "in_reply_to": None, "retweeted_status": None, "quoted_status": None, "media_tags": [],
            "favorite_count": 4, "retweet_count": 2, "bookmark_count": 0, "quote_count": 0, "reply_count": 1,
            "views_count": 90, "favorited": False, "retweeted": False, "bookmarked": False,
            "url": "https://twitter.com/ann/status/1989617000000000001", "metadata": {"rest_id": "x"},
        },
        {"id": "1989617250000000001", "created_at": "2025-11-15 10:16:11 +01:00", "full_text": "RT @ann: Votez",
         "screen_name": "bob", "retweeted_status": "1989617000000000001", "views_count": None},
        {"id": "1989617500000000001", "created_at": "2025-11-15 10:17:11 +01:00", "full_text": "Oui",
         "screen_name": "cleo", "retweeted_status": None, "in_reply_to": "1989617000000000001", "views_count": 1},
        {"id": "1989617750000000001", "created_at": "2025-11-15 10:18:11 +01:00", "full_text": "Bien",
         "screen_name": "dan", "retweeted_status": None, "quoted_status": "1989617000000000001", "views_count": 1},
        {"id": "29700859200", "created_at": "2010-10-30 10:18:11 +01:00", "full_text": "Avant",
         "screen_name": "eve", "retweeted_status": None, "views_count": None},
    ]  # fmt: skip
    headings = {
        "id": "ID", "created_at": "Date", "full_text": "Content", "media": "Media", "screen_name": "Screen Name",
        "name": "Profile Name", "profile_image_url": "Profile Image", "in_reply_to": "Replying To",
        "retweeted_status": "RT Source", "quoted_status": "Quote Source", "media_tags": "Media Tags",
        "favorite_count": "Favorites", "retweet_count": "Retweets", "bookmark_count": "Bookmarks",
        "quote_count": "Quotes", "reply_count": "Replies", "views_count": "Views", "favorited": "Favorited",
        "retweeted": "Retweeted", "bookmarked": "Bookmarked", "url": "URL",
    }  # fmt: skip
    users: list[Row] = [
        {"id": "101", "screen_name": "ann", "name": "Ann A.", "description": "", "followers_count": 12,
         "friends_count": 7, "statuses_count": 340, "favourites_count": 1, "listed_count": 0, "location": "Lyon",
         "is_blue_verified": False, "following": False, "followed_by": False, "can_dm": True, "protected": False,
         "created_at": "2020-01-06 11:00:00 +01:00", "url": "https://twitter.com/ann"},
    ]  # fmt: skip
    user_headings = {
        "id": "ID", "screen_name": "Screen Name", "name": "Profile Name", "description": "Description",
        "followers_count": "Followers", "friends_count": "FollowingCount", "statuses_count": "Statuses",
        "favourites_count": "Favourites", "listed_count": "Listed", "location": "Location",
        "is_blue_verified": "Blue Verified", "following": "Following", "followed_by": "Follows You",
        "can_dm": "Can DM", "protected": "Protected", "created_at": "Created At", "url": "URL",
    }  # fmt: skip

    def cell(value: Any) -> Any:  # noqa: ANN401  any JSON
        return document(value).decode() if isinstance(value, list) else "" if value is None else value

    def headed(rows: list[Row], names: dict[str, str]) -> bytes:
        return table([{names[key]: cell(value) for key, value in row.items() if key in names} for row in rows])

    return {
        "twitter-web-exporter.json": document(tweets),
        "twitter-web-exporter.csv": headed(tweets, headings),
        "twitter-web-exporter.users.json": document(users),
        "twitter-web-exporter.users.csv": headed(users, user_headings),
    }


def comments() -> dict[str, bytes]:
    exported = [
        {"": "1", "Name": "Ann A.", "Profile ID": "p1", "Date": "2026-03-20 20:00:00", "Likes": "2", "Comment": "Oui",
         "(view source)": "https://fb.com/c1", "Comment ID": "c1"},
        {"": "2", "Name": "Bob B.", "Date": "2026-03-20 20:01:00", "Likes": "0", "Comment": "Non"},
    ]  # fmt: skip
    downloaded = [
        {"cid": "Ug1", "text": "Oui", "time": "2 days ago", "author": "@ann", "channel": "UC1", "votes": "2",
         "replies": "1", "photo": "https://yt/p.jpg", "heart": False, "reply": False, "time_parsed": 1711000000.5},
        {"cid": "Ug1.2", "text": "Non", "time": "1 day ago", "author": "@bob", "channel": "UC2", "votes": "0",
         "replies": "", "heart": False, "reply": True, "time_parsed": 1711086400.5},
    ]  # fmt: skip
    info = {
        "id": "v1", "title": "Film", "extractor": "youtube", "comments": [
            {"id": "Ug1", "text": "Oui", "like_count": 2, "author_id": "UC1", "author": "@ann", "parent": "root",
             "timestamp": 1711000000, "_time_text": "2 days ago", "is_favorited": False},
            {"id": "Ug1.2", "text": "Non", "author": "@bob", "parent": "Ug1", "timestamp": 1711086400},
        ],
    }  # fmt: skip
    return {
        "export-comments.csv": table(exported, above="\n"),
        "youtube-comments.jsonl": lines(*downloaded),
        "youtube-comments.info.json": document(info),
    }


_TCAT = (
    "id,time,created_at,from_user_name,text,filter_level,possibly_sensitive,withheld_copyright,withheld_scope,"
    "truncated,retweet_count,favorite_count,lang,to_user_name,in_reply_to_status_id,quoted_status_id,source,location,"
    "lat,lng,from_user_id,from_user_realname,from_user_verified,from_user_description,from_user_url,"
    "from_user_profile_image_url,from_user_utcoffset,from_user_timezone,from_user_lang,from_user_tweetcount,"
    "from_user_followercount,from_user_friendcount,from_user_favourites_count,from_user_listed,"
    "from_user_withheld_scope,from_user_created_at"
)
_JSON2CSV = (
    "id,tweet_url,created_at,parsed_created_at,user_screen_name,text,tweet_type,coordinates,hashtags,media,urls,"
    "favorite_count,in_reply_to_screen_name,in_reply_to_status_id,in_reply_to_user_id,lang,place,possibly_sensitive,"
    "retweet_count,retweet_or_quote_id,retweet_or_quote_screen_name,retweet_or_quote_user_id,source,user_id,"
    "user_created_at,user_default_profile_image,user_description,user_favourites_count,user_followers_count,"
    "user_friends_count,user_listed_count,user_location,user_name,user_screen_name.1,user_statuses_count,"
    "user_time_zone,user_urls,user_verified"
)


def collections() -> dict[str, bytes]:
    tcat = [
        {"id": "914580356430536707", "time": "1506887938", "created_at": "2017-10-01 19:58:58", "text": "Votez",
         "from_user_name": "ann", "retweet_count": "2", "favorite_count": "4", "lang": "fr", "location": "Lyon",
         "source": '<a href="http://twitter.com">Twitter Web Client</a>', "lat": "48.85", "lng": "2.35",
         "from_user_id": "101", "from_user_realname": "Ann A.", "from_user_utcoffset": "-7200",
         "from_user_timezone": "Greenland", "from_user_lang": "fr", "from_user_tweetcount": "340",
         "from_user_followercount": "12", "from_user_friendcount": "7",
         "from_user_created_at": "2010-01-06 10:00:00", "urls": "http://t.co/1",
         "urls_expanded": "https://example.org/b", "urls_followed": "https://example.org/a; https://example.org/c",
         "media_id": "55", "mentions": "bob; cleo", "hashtags": "vote; mai"},
        {"id": "914580357193461760", "time": "1506887939", "from_user_name": "bob", "from_user_id": "102",
         "text": "RT @ann: Votez", "lat": "0", "lng": "0", "retweet_id": "914580356430536707",
         "urls_expanded": "https://example.org/d"},
        {"id": "914580361387765761", "created_at": "2017-10-01 19:58:59", "time": "1506887939",
         "from_user_name": "cleo", "from_user_id": "103", "text": "@ann oui",
         "in_reply_to_status_id": "914580356430536707"},
        {"id": "914580365582069763", "time": "1506887939", "from_user_name": "dan", "from_user_id": "104",
         "text": "Bien", "quoted_status_id": "914580356430536707"},
    ]  # fmt: skip
    json2csv = [
        {"id": "914580356430536707", "tweet_url": "https://twitter.com/ann/status/914580356430536707",
         "created_at": "Sun Oct 01 19:58:43 +0000 2017", "user_screen_name": "ann", "text": "Votez @bob",
         "tweet_type": "original", "hashtags": "vote mai", "media": "https://pbs.twimg.com/a.jpg",
         "urls": "https://example.org/a https://example.org/b", "favorite_count": "4", "lang": "fr", "place": "Lyon",
         "retweet_count": "2", "source": '<a href="http://twitter.com">Twitter Web Client</a>', "user_id": "101",
         "user_created_at": "Wed Jan 06 10:00:00 +0000 2010", "user_followers_count": "12", "user_friends_count": "7",
         "user_location": "Lyon", "user_name": "Ann A.", "user_statuses_count": "340"},
        {"id": "914580357193461760", "created_at": "Sun Oct 01 19:58:43 +0000 2017", "user_id": "102",
         "text": "RT @ann: Votez", "tweet_type": "retweet", "retweet_or_quote_id": "914580356430536707"},
        {"id": "914580361387765761", "created_at": "Sun Oct 01 19:58:44 +0000 2017", "user_id": "103", "text": "oui",
         "tweet_type": "reply", "in_reply_to_status_id": "914580356430536707", "in_reply_to_user_id": "101"},
        {"id": "914580365582069763", "created_at": "Sun Oct 01 19:58:44 +0000 2017", "user_id": "104", "text": "Bien",
         "tweet_type": "quote", "retweet_or_quote_id": "914580356430536707"},
        {"id": "29100859201", "created_at": "Sat Oct 30 10:18:11 +0000 2010", "user_id": "105", "text": "Avant",
         "tweet_type": "original"},
    ]  # fmt: skip
    sfm = [
        {"created_at": "12/1/2016 1:22:35 AM", "twitter_id": "804127093462700032", "screen_name": "ann",
         "followers_count": "12", "friends_count": "7", "favorite_count": "4", "retweet_count": "2",
         "hashtags": "Mars, vote", "mentions": "bob, cleo", "twitter_url": "http://twitter.com/ann/status/1",
         "text": "Votez", "is_retweet": "No", "is_quote": "No", "url1": "http://t.co/a",
         "url1_expanded": "https://example.org/a", "url2_expanded": "https://example.org/b",
         "media_url": "http://pbs.twimg.com/a.jpg"},
        {"created_at": "12/1/2016 1:23:35 AM", "twitter_id": "804127345119100928", "screen_name": "bob",
         "text": "RT @ann: Votez", "is_retweet": "Yes", "is_quote": "No"},
        {"created_at": "12/1/2016 1:24:35 AM", "twitter_id": "804127596775501824", "screen_name": "cleo",
         "text": "Bien", "is_retweet": "No", "is_quote": "Yes", "like_count": "3"},
        {"created_at": "10/30/2010 1:25:35 AM", "twitter_id": "29100859200", "screen_name": "dan",
         "text": "oui", "is_retweet": "No", "is_quote": "No", "in_reply_to_screen_name": "ann"},
    ]  # fmt: skip
    tidy = [
        {"tweet_id": "1404000000000000123", "user_username": "ann", "text": "Votez #vote", "lang": "fr",
         "source": "Twitter Web App", "created_at": "2021-06-13T09:00:00.000Z", "author_id": "101",
         "conversation_id": "1404000000000000123", "user_created_at": "2020-01-06T10:00:00.000Z",
         "user_name": "Ann A.", "user_location": "Lyon", "retweet_count": "2", "like_count": "4", "reply_count": "1",
         "quote_count": "0", "user_tweet_count": "340", "user_list_count": "1", "user_followers_count": "12",
         "user_following_count": "7"},
        {"tweet_id": "1404000001000000123", "user_username": "bob", "text": "RT @ann: Votez", "author_id": "102",
         "created_at": "2021-06-13T09:00:01.000Z", "sourcetweet_type": "retweeted",
         "sourcetweet_id": "1404000000000000123"},
        {"tweet_id": "1404000002000000123", "user_username": "cleo", "text": "Bien", "author_id": "103",
         "created_at": "2021-06-13T09:00:02.000Z", "sourcetweet_type": "quoted",
         "sourcetweet_id": "1404000000000000123"},
        {"tweet_id": "1404000003000000123", "user_username": "dan", "text": "oui", "author_id": "104",
         "created_at": "2021-06-13T09:00:03.000Z", "in_reply_to_user_id": "101"},
    ]  # fmt: skip
    return {
        "dmi-tcat.csv": table(tcat, header=_TCAT, encoding="utf-8-sig"),
        "social-feed-manager.csv": table(json2csv, header=_JSON2CSV.replace(",user_screen_name.1", "")),
        "social-feed-manager.first.csv": table(sfm),
        "academictwitter.csv": table(tidy),
    }


def platforms() -> dict[str, bytes]:
    bob = {"did": "did:plc:b", "handle": "bob.bsky.social", "displayName": "Bob B.",
           "createdAt": "2023-05-01T00:00:00.000Z", "indexedAt": "2024-01-01T00:00:00.000Z",
           "description": ""}  # fmt: skip
    ann = {**bob, "did": "did:plc:a", "handle": "ann.bsky.social", "followersCount": 12, "followsCount": 7,
           "postsCount": 340}  # fmt: skip
    listing = [
        {"kind": "Listing", "data": {"after": None, "children": [{"kind": "t3", "data": {
            "name": "t3_abc", "author": "ann", "title": "Votez", "selftext": "Tous", "created_utc": 1711000000.0,
            "subreddit": "vote", "permalink": "/r/vote/comments/abc/", "url": "https://example.org/a", "score": 4,
            "is_self": False, "num_comments": 2}},
            {"kind": "t3", "data": {"name": "t3_abd", "author": "cleo", "title": "Votez", "created_utc": 1711000050.0,
                                    "crosspost_parent": "t3_abc", "is_self": True,
                                    "url": "https://www.reddit.com/r/vote/abd"}}]}},
        {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": {
            "name": "t1_c1", "author": "bob", "body": "Oui", "created_utc": 1711000100.0, "parent_id": "t3_abc",
            "subreddit": "vote", "permalink": "/r/vote/comments/abc/c1/", "score": 2, "replies": {
                "kind": "Listing", "data": {"children": [
                    {"kind": "t1", "data": {"name": "t1_c2", "author": "ann", "body": "Merci", "score": -1,
                                            "created_utc": 1711000200.0, "parent_id": "t1_c1", "replies": ""}},
                    {"kind": "more", "data": {"name": "t1_c3", "count": 3, "parent_id": "t1_c1"}},
                ]}}}},
            {"kind": "t1", "data": {"name": "t1_c4", "author": "[deleted]", "body": "[removed]",
                                    "created_utc": 1711000300.0, "parent_id": "t3_abc"}}]}},
    ]  # fmt: skip
    telethon: list[Row] = [
        {"_": "Message", "id": 12, "peer_id": {"_": "PeerChannel", "channel_id": 1001}, "from_id": None,
         "date": "2024-03-21T06:00:00+00:00", "message": "Votez #vote", "views": 900, "forwards": 3,
         "post_author": "Ann", "entities": [{"_": "MessageEntityTextUrl", "offset": 0, "length": 5,
                                             "url": "https://example.org/a"}]},
        {"_": "Message", "id": 13, "peer_id": {"_": "PeerChannel", "channel_id": 1001}, "message": "Votez",
         "date": "2024-03-21T06:01:00+00:00", "from_id": {"_": "PeerUser", "user_id": 7},
         "fwd_from": {"_": "MessageFwdHeader", "date": "2024-03-21T05:00:00+00:00", "channel_post": 4,
                      "from_id": {"_": "PeerChannel", "channel_id": 1002}}},
        {"_": "Message", "id": 14, "peer_id": {"_": "PeerChannel", "channel_id": 1001}, "message": "Oui",
         "date": "2024-03-21T06:02:00+00:00", "from_id": {"_": "PeerChannel", "channel_id": 1003},
         "reply_to": {"_": "MessageReplyHeader", "reply_to_msg_id": 12}},
        {"_": "Message", "id": 15, "peer_id": {"_": "PeerChannel", "channel_id": 1001}, "message": "Encore",
         "date": "2024-03-21T06:03:00+00:00", "from_id": {"_": "PeerUser", "user_id": 8},
         "fwd_from": {"date": "2024-03-21T05:00:00+00:00", "from_name": "Quelqu'un",
                      "from_id": {"_": "PeerUser", "user_id": 9}}},
        {"_": "Message", "id": 17, "peer_id": {"_": "PeerUser", "user_id": 21}, "message": "Entre nous",
         "date": "2024-03-21T06:05:00+00:00", "from_id": {"_": "PeerUser", "user_id": 8}},
        {"_": "Message", "id": 18, "peer_id": {"_": "PeerChat", "chat_id": 22}, "message": "A trois",
         "date": "2024-03-21T06:06:00+00:00", "from_id": {"_": "PeerUser", "user_id": 8}},
        {"_": "MessageService", "id": 16, "peer_id": {"_": "PeerChannel", "channel_id": 1001},
         "date": "2024-03-21T06:04:00+00:00", "message": ""},
    ]  # fmt: skip
    chat = (
        "07/07/2024, 18:00 - Les messages sont chiffrés de bout en bout.\n"
        "07/07/2024, 18:00 - Ann A.: Votez #vote https://example.org/a\nune deuxième ligne\n"
        "13/07/2024, 18:01 - Bob B.: <Média omis>\n"
        "13/07/2024, 18:02 - Cleo: Oui : vraiment\n"
    )
    phone = (
        "[07/07/2024, 18:00:05] Ann A.: Votez\n"
        "\u200e[13/07/2024, 18:00:09] Bob B.: \u200eimage absente\n"
        "[13/07/2024, 18:01:00] Cleo: Oui\n"
    )
    return {
        "bluesky-profiles.json": document({"subject": bob, "followers": [ann], "cursor": "x"}),
        "bluesky-profiles.follows.json": document({"subject": bob, "follows": [ann]}),
        "bluesky-profiles.jsonl": lines(ann, bob),
        "reddit-listing.json": document(listing),
        "telethon.jsonl": lines(*telethon),
        "whatsapp.txt": chat.encode(),
        "whatsapp.phone.txt": phone.encode(),
    }


def others() -> dict[str, bytes]:
    ads = [
        {"id": "1", "ad_creation_time": "2022-01-01", "ad_creative_bodies": "Votez", "page_id": "123192635089",
         "ad_delivery_start_time": "2022-01-02", "ad_delivery_stop_time": "2022-01-05", "bylines": "Le parti",
         "currency": "EUR", "impressions_lower": "5000", "impressions_upper": "5999", "page_name": "La page",
         "spend_lower": "0", "spend_upper": "99", "publisher_platforms": "facebook"},
        {"id": "2", "ad_creation_time": "2022-01-03", "page_id": "123192635089", "page_name": "La page",
         "funding_entity": "Autre", "spend_lower": "1000000", "impressions_lower": "1000000", "currency": "EUR"},
        {"id": "3", "ad_creation_time": "2022-01-04", "page_id": "9", "page_name": "Seule", "spend_lower": "0",
         "impressions_lower": "0"},
    ]  # fmt: skip
    clusters = [
        {"": "0", "account_id": "101", "created_at": "2024-03-21 06:00:00", "post_id": "1", "url": "https://e.org/1",
         "username": "ann", "original": "Les chats sont gris", "language": "fr", "text_grapheme": "leschatssontgris",
         "text_to_embed": "Les chats sont gris", "cluster": "0.0"},
        {"": "1", "account_id": "102", "created_at": "2024-03-21 06:01:00", "post_id": "2", "username": "bob",
         "original": "Cats are grey", "language": "en", "text_grapheme": "catsaregrey", "cluster": "0.0"},
        {"": "2", "account_id": "103", "created_at": "2024-03-21 06:02:00", "post_id": "3",
         "original": "Autre chose", "language": "fr", "text_grapheme": "autrechose", "cluster": ""},
        {"": "3", "author_id": "104", "date": "2024-03-21 06:03:00", "doc_id": "4", "original": "Chat gris"},
        {"": "4", "user_id": "105", "timestamp": "1711000000", "id": "5", "original": "Chat noir"},
        {"": "5", "author": "106", "time": "2024-03-21 06:05:00", "original": "Chat blanc"},
        {"": "6", "account": "107", "published_at": "2024-03-21 06:06:00", "original": "Chat roux"},
    ]  # fmt: skip
    looks = [
        {"polled_at": "2026-03-20T10:00:00Z", "account_id": "101", "object_id": "p1"},
        {"polled_at": "2026-03-20T10:30:00Z", "account_id": "101", "object_id": "p1"},
        {"polled_at": "2026-03-20T10:30:00Z", "account_id": "102", "object_id": "p1"},
        {"polled_at": "2026-03-20T10:30:40Z", "account_id": "103", "object_id": "p1"},
        {"polled_at": "2026-03-20T10:00:00Z", "account_id": "", "object_id": "7", "action": "follow"},
        {"polled_at": "2026-03-21T10:00:00Z", "account_id": "104", "object_id": "7", "action": "follow"},
        {"polled_at": "2026-03-20T10:00:00Z", "account_id": "105", "object_id": "r1", "object_kind": "page"},
    ]  # fmt: skip
    intervals = [
        {"not_yet_seen_at": "2026-03-20T10:00:00Z", "first_seen_at": "2026-03-20T10:30:00Z", "account_id": "102",
         "object_id": "p1"},
        {"first_seen_at": "2026-03-20T10:00:00Z", "account_id": "101", "object_id": "p1"},
    ]  # fmt: skip
    return {
        "radlibrary.csv": table(ads),
        "d3lta.csv": table(clusters),
        "polled-lists.csv": table(looks),
        "polled-lists.intervals.csv": table(intervals),
    }


def earlier() -> dict[str, bytes]:
    """Return samples of formats that were read before, with the fields that their first samples lack."""
    comment: Row = {
        "id": "c9", "author": "ann", "body": "Oui https://example.org/a", "created_utc": "1711000100",
        "subreddit": "vote", "link_id": "t3_abc", "parent_id": "t1_c8", "permalink": "/r/vote/comments/abc/c9/",
        "author_created_utc": 1600000000, "retrieved_utc": 1712000000,
    }  # fmt: skip
    submission: Row = {
        "id": "abe", "author": "bob", "title": "Votez", "selftext": "Tous", "created_utc": 1711000000,
        "subreddit": "vote", "permalink": "/r/vote/comments/abe/", "url": "https://example.org/a", "is_self": True,
        "score": 4, "num_comments": 2, "crosspost_parent": "t3_abc", "retrieved_on": 1712000000,
    }  # fmt: skip
    tweets = [
        {
            "id": "1524000000000000123", "author_id": "101", "created_at": "2022-05-10T12:00:00.000Z", "text": "Votez",
            "lang": "fr", "referenced_tweets.retweeted.id": "", "public_metrics.retweet_count": "2",
            "public_metrics.impression_count": "90", "entities.mentions": '["@bob"]',
            "attachments.media_keys": '["3_1"]', "author.location": "Lyon", "in_reply_to_username": "cleo",
            "author.public_metrics.following_count": "7", "author.public_metrics.tweet_count": "340",
            "geo.place_id": "p1", "geo.coordinates.coordinates": "[2.35, 48.85]",
        },
        {"id": "1524000000000000456", "author_id": "102", "created_at": "2022-05-10T12:00:00.000Z", "text": "Oui",
         "referenced_tweets.replied_to.id": "1524000000000000123"},
        {"id": "1524000000000000789", "author_id": "103", "created_at": "2022-05-10T12:00:00.000Z", "text": "Bien",
         "referenced_tweets.quoted.id": "1524000000000000123"},
        {"id": "29100859201", "author_id": "104", "created_at": "2010-10-30T12:00:00.000Z", "text": "Avant"},
    ]  # fmt: skip
    operations = [
        {"tweetid": "914580356430536707", "userid": "101", "tweet_time": "2017-10-01 19:58", "tweet_text": "Votez",
         "user_mentions": "[102, 103]", "is_retweet": "false"},
        {"tweetid": "914580357193461760", "userid": "102", "tweet_time": "2017-10-01 19:58", "tweet_text": "Oui",
         "in_reply_to_tweetid": "914580356430536707", "is_retweet": "false"},
        {"tweetid": "914580361387765761", "userid": "103", "tweet_time": "2017-10-01 19:58", "tweet_text": "Bien",
         "quoted_tweet_tweetid": "914580356430536707", "is_retweet": "false"},
        {"tweetid": "29100859201", "userid": "104", "tweet_time": "2010-10-30 10:18", "tweet_text": "Avant"},
    ]  # fmt: skip
    return {
        "reddit.fields.ndjson": lines(comment, submission),
        "twarc-csv.fields.csv": table(tweets),
        "twitter-operations.fields.csv": table(operations),
    }


MADE: tuple[Callable[[], dict[str, bytes]], ...] = (
    snscrape, minet, web_exporter, comments, collections, platforms, others, earlier
)  # fmt: skip
