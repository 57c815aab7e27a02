"""Samples of what research collections and platforms write."""

from __future__ import annotations

from loaders.sample_writers import Row, document, lines, table

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
    rtweet = [
        {"user_id": "x101", "status_id": "x1231000000000000123", "created_at": "2020-02-22T00:00:00Z",
         "screen_name": "ann", "text": "Votez @bob", "source": "Twitter Web App", "display_text_width": "10",
         "is_quote": "FALSE", "is_retweet": "FALSE", "favorite_count": "4", "retweet_count": "2",
         "hashtags": "vote mai", "urls_expanded_url": "https://example.org/a https://example.org/b",
         "media_url": "http://pbs.twimg.com/a.jpg http://pbs.twimg.com/b.jpg", "mentions_user_id": "x102 x103",
         "mentions_screen_name": "bob cleo", "lang": "fr", "quoted_status_id": "NA", "retweet_status_id": "NA",
         "country_code": "FR", "status_url": "https://twitter.com/ann/status/1231000000000000123", "name": "Ann A.",
         "location": "Lyon", "followers_count": "12", "friends_count": "7", "statuses_count": "340",
         "account_created_at": "2010-01-06T10:00:00Z"},
        {"user_id": "x102", "status_id": "x1231000001000000123", "screen_name": "bob", "text": "Votez @bob",
         "retweet_status_id": "x1231000000000000123", "reply_to_status_id": "NA", "country_code": "NA"},
        {"user_id": "x103", "status_id": "x1231000002000000123", "screen_name": "cleo", "text": "oui",
         "reply_to_status_id": "x1231000000000000123", "reply_to_user_id": "x101", "retweet_status_id": "NA"},
        {"user_id": "x104", "status_id": "x1231000003000000123", "screen_name": "dan", "text": "Bien",
         "quoted_status_id": "x1231000000000000123", "retweet_status_id": "NA"},
        {"user_id": "x105", "status_id": "x29100859201", "created_at": "2010-10-30T10:18:11Z", "screen_name": "eve",
         "text": "Avant", "retweet_status_id": "NA"},
    ]  # fmt: skip
    return {
        "rtweet.csv": table(rtweet),
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
    liked = "at://did:plc:a/app.bsky.feed.post/3kabc"
    return {
        "bluesky-profiles.json": document({"subject": bob, "followers": [ann], "cursor": "x"}),
        "bluesky-profiles.follows.json": document({"subject": bob, "follows": [ann]}),
        "bluesky-profiles.jsonl": lines(ann, bob),
        "bluesky-profiles.likes.json": document(
            {
                "uri": liked,
                "likes": [
                    {"actor": bob, "createdAt": "2026-03-14T21:58:07.120Z", "indexedAt": "2026-03-14T21:58:07.500Z"}
                ],
            }
        ),
        "bluesky-profiles.reposts.json": document({"uri": liked, "repostedBy": [bob]}),
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
    saved = [
        {"ad_archive_id": "11", "page_id": "123192635089", "page_name": "La page", "ad_creation_time": "2024-05-01",
         "ad_delivery_start_time": "2024-05-02", "ad_delivery_stop_time": "2024-05-05", "byline": "Le parti",
         "currency": "EUR", "spend": "lower_bound: 100, upper_bound: 199",
         "impressions": "lower_bound: 1000, upper_bound: 1999"},
        {"ad_archive_id": "12", "page_id": "123192635089", "page_name": "La page", "ad_creation_time": "2024-05-03",
         "bylines": "Autre", "currency": "EUR", "spend": "lower_bound: 1000000", "impressions": "lower_bound: 1000000"},
        {"ad_archive_id": "13", "page_id": "9", "page_name": "Seule", "ad_creation_time": "2024-05-04",
         "currency": "EUR", "spend": "lower_bound: 0", "impressions": "lower_bound: 0"},
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
        "radlibrary.saved.csv": table(saved),
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
    trolls = [
        {"external_author_id": "9.06E+17", "author": "ANN", "content": "Votez #vote", "region": "United States",
         "language": "English", "publish_date": "10/1/2017 19:58", "harvested_date": "10/2/2017 19:59",
         "following": "7", "followers": "12", "updates": "340", "post_type": "", "account_type": "Right",
         "retweet": "0", "account_category": "RightTroll", "new_june_2018": "0",
         "alt_external_id": "905874659358453760", "tweet_id": "914580356430536707",
         "article_url": "http://twitter.com/905874659358453760/statuses/914580356430536707",
         "tco1_step1": "https://example.org/1", "tco2_step1": "https://example.org/2",
         "tco3_step1": "https://example.org/3"},
        {"author": "BOB", "content": "Votez", "publish_date": "10/1/2017 19:59", "retweet": "1"},
        {"author": "CLEO", "content": "Votez", "publish_date": "10/1/2017 20:00", "post_type": "RETWEET"},
        {"author": "DAN", "content": "Bien", "publish_date": "10/1/2017 20:01", "post_type": "QUOTE_TWEET"},
    ]  # fmt: skip
    library = [
        {"id": "1", "creation_time": "2024-06-21T21:00:00+00:00", "text": "Votez", "lang": "fr", "mcl_url": "https://m/1",
         "hashtags": '["vote"]', "link_attachment.link": "https://example.org/a", "multimedia": '[{"id": "31"}]',
         "post_owner.id": "101", "post_owner.name": "Ann A.", "post_owner.username": "ann", "surface.id": "55",
         "surface.name": "Un groupe", "surface.username": "groupe", "shared_post_id": "",
         **{f"statistics.{name}_count": str(at) for at, name in enumerate(
             ("angry", "care", "comment", "haha", "like", "love", "reaction", "sad", "share", "wow"), 1)},
         "statistics.views": "90"},
        {"id": "2", "creation_time": "2024-06-21T21:01:00+00:00", "post_owner.id": "102", "shared_post_id": "1",
         "statistics.reaction_count": "3", "surface.id": "102"},
    ]  # fmt: skip
    videos = [
        {"channelId": "UC1", "videoId": "v1", "publishedAt": "2024-06-21T21:00:00Z", "videoTitle": "Votez",
         "channelTitle": "Ann A.", "videoDescription": "Tous https://example.org/a", "tags": "vote,mai",
         "defaultLanguage": "en", "defaultLAudioLanguage": "fr", "viewCount": "90", "likeCount": "4",
         "commentCount": "1", "latitude": "48.85", "longitude": "2.35"},
        {"channelId": "UC2", "videoId": "v2", "publishedAt": "2024-06-21T21:01:00Z", "videoTitle": "Oui",
         "defaultLanguage": "en"},
    ]  # fmt: skip
    answers = [
        {"id": "Ug1", "replyCount": "1", "likeCount": "4", "publishedAt": "2024-06-21 21:00:00", "authorName": "@ann",
         "text": "Votez", "authorChannelId": "UC1", "isReplyTo": ""},
        {"id": "Ug1.2", "publishedAt": "2024-06-21 21:01:00", "authorName": "@bob", "text": "Oui", "isReplyTo": "Ug1"},
    ]  # fmt: skip
    return {
        "fivethirtyeight.fields.csv": table(trolls),
        "content-library.fields.csv": table(library, encoding="utf-8-sig"),
        "youtube-data-tools.fields.csv": table(videos),
        "youtube-data-tools.answers.csv": table(answers),
        "reddit.fields.ndjson": lines(comment, submission),
        "twarc-csv.fields.csv": table(tweets),
        "twitter-operations.fields.csv": table(operations),
    }
