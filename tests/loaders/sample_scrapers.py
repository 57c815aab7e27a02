"""Samples of what scraping programs write."""

from __future__ import annotations

from loaders.sample_writers import Row, document, lines, table


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
    channel = {
        "_type": "snscrape.modules.telegram.TelegramPost", "url": "https://t.me/s/ann/12",
        "date": "2022-05-10T12:00:00+00:00", "content": "Votez #vote", "outlinks": ["https://example.org/a"],
        "linkPreview": {"href": "https://example.org/b", "siteName": "Example", "title": "A", "description": None},
        "outlinksss": "https://example.org/a",
    }  # fmt: skip
    return {
        "snscrape.telegram.jsonl": lines(channel),
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

    def cell(value: object) -> object:
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


def conversations() -> dict[str, bytes]:
    ann = {"id": "101", "name": "ann", "discriminator": "0000", "nickname": "Ann A.", "isBot": False}
    message: Row = {
        "id": "900000000000000001", "type": "Default", "timestamp": "2026-05-03T10:00:00.123+00:00", "isPinned": False,
        "content": "Votez #vote https://example.org/a", "author": ann, "mentions": [{"id": "102", "name": "bob"}],
        "attachments": [{"id": "1", "url": "https://cdn.example/a.png"}], "reactions": [{"count": 2}, {"count": 1}],
    }  # fmt: skip
    bob = {"id": "102", "name": "bob", "nickname": "Bob", "isBot": True}
    reply = {"id": "900000000000000002", "type": "Reply", "timestamp": "2026-05-03T10:01:00+00:00", "content": "Oui",
             "author": bob, "reference": {"messageId": message["id"]}}  # fmt: skip
    joined = {**reply, "id": "900000000000000003", "type": "GuildMemberJoin"}
    channel = {
        "guild": {"id": "1", "name": "Ville"}, "channel": {"id": "2", "type": "GuildTextChat", "name": "vote"},
        "exportedAt": "2026-06-01T00:00:00+00:00", "messages": [message, reply, joined],
    }  # fmt: skip
    talk = {**channel, "guild": {"id": "0", "name": "Direct Messages"}, "messages": [message]}
    rows = [
        {"AuthorID": "101", "Author": "ann#1234", "Date": "03-May-26 10:00 AM", "Content": "Votez #vote",
         "Attachments": "https://cdn.example/a.png", "Reactions": "x (2)"},
        {"AuthorID": "102", "Author": "bob", "Date": "03-May-26 10:01 AM", "Content": "Oui"},
    ]  # fmt: skip
    tweet: Row = {
        "link": "https://twitter.com/ann/status/1700000000000000001#m", "text": "Votez #vote",
        "user": {"name": "Ann A.", "username": "@ann"}, "date": "Oct 2, 2023 · 5:14 PM UTC", "is-retweet": False,
        "external-link": "https://example.org/a", "quoted-post": {}, "pictures": ["https://pbs.twimg.com/a.jpg"],
        "stats": {"comments": 1, "retweets": 2, "quotes": 0, "likes": 3},
    }  # fmt: skip
    quote = {**tweet, "link": "https://twitter.com/bob/status/1700000000000000002#m", "text": "Oui",
             "user": {"name": "Bob", "username": "@bob"}, "quoted-post": {"link": tweet["link"]}}  # fmt: skip
    passed = {**tweet, "link": "https://twitter.com/eva/status/1600000000000000001#m", "is-retweet": True}
    below = {**tweet, "link": "https://twitter.com/ann/status/1700000000000000003#m", "text": "Suite"}
    node = {"query_status": "fetched (200)", "query_time": "2026-06-01 09:30:11.5"}
    nodes = [
        {"id": "1", "parent_id": "", "object_id": "7", "object_type": "seed", **node},
        {"id": "2", "parent_id": "1", "object_id": "7_70", "object_type": "data", **node, "message": "Votez #vote",
         "query_type": "Facebook:/<page-id>/posts", "created_time": "2026-05-03T10:00:00+0000", "shares.count": "5",
         "permalink_url": "https://www.facebook.com/7/posts/70", "link": "https://example.org/a",
         "reactions.summary.total_count": "3", "comments.summary.total_count": "1"},
        {"id": "3", "parent_id": "2", "object_id": "70_71", "object_type": "data", **node, "message": "Oui",
         "query_type": "Facebook:/<post-id>/comments", "created_time": "2026-05-03T11:00:00+0000", "from.id": "101",
         "from.name": "Ann A.", "like_count": "2", "comment_count": "0"},
        {"id": "4", "parent_id": "1", "object_id": "7_72", "object_type": "data", **node, "message": "Encore",
         "query_type": "Facebook:/<page-id>/posts", "created_time": "2026-05-03T12:00:00+0000",
         "permalink": "https://www.facebook.com/7/posts/72", "likes.summary.total_count": "4"},
    ]  # fmt: skip
    post: Row = {"id": 70, "owner_id": -7, "from_id": -7, "date": 1777800000, "post_type": "post", "text": "Votez",
                 "likes": {"count": 3}}  # fmt: skip
    repost = {**post, "id": 71, "text": "", "copy_history": [{"id": 4, "owner_id": -8, "from_id": -8, "text": "Avant"}]}
    return {
        "discord.json": document(channel),
        "discord.private.json": document(talk),
        "discord.csv": table(rows),
        "ntscraper.json": document({"tweets": [tweet, quote, passed], "threads": [[below]]}),
        "ntscraper.list.json": document([tweet, quote, passed]),
        "facepager.csv": table(nodes),
        "4cat-vk.wall.json": document({"response": {"count": 2, "items": [post, repost], "groups": [{"id": 7}]}}),
    }
