"""Samples of what services that scrape for money export."""

from __future__ import annotations

from loaders.sample_writers import Row, document, lines, table


def apify_tiktok() -> Row:
    return {
        "id": "7350000000000000001", "text": "Votez #vote @bob", "textLanguage": "fr", "createTime": 1711000000,
        "createTimeISO": "2024-03-21T05:46:40.000Z", "isAd": False, "diggCount": 4, "shareCount": 1, "playCount": 90,
        "collectCount": 0, "commentCount": 2, "webVideoUrl": "https://www.tiktok.com/@ann/video/7350000000000000001",
        "authorMeta": {"id": "1", "name": "ann", "nickName": "Ann A.", "fans": 12, "following": 7, "video": 30},
        "musicMeta": {"musicId": "6900000000000000001", "musicName": "Air"}, "mentions": ["@bob"],
        "hashtags": [{"name": "vote"}, {"name": "mai"}],
    }  # fmt: skip


def flat(value: object, path: str = "") -> Row:
    """Return a JSON value as Apify flattens it into a table."""
    if isinstance(value, dict | list) and value:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return {key: cell for name, inner in pairs for key, cell in flat(inner, f"{path}/{name}").items()}
    return {path[1:]: str(value).lower() if isinstance(value, bool) else "" if value in (None, [], {}) else value}


def apify_facebook() -> list[Row]:
    return [
        {
            "facebookUrl": "https://www.facebook.com/page", "postId": "900", "pageName": "page", "facebookId": "77",
            "url": "https://www.facebook.com/page/posts/900", "time": "2026-03-20T19:50:57.000Z",
            "timestamp": 1774036257, "user": {"id": "77", "name": "La page", "profileUrl": "https://fb.com/page"},
            "text": "Votez #vote", "link": "https://example.org/a", "likes": 9, "comments": 2, "shares": 1,
            "viewsCount": 50, "reactionLikeCount": 4, "reactionLoveCount": 1, "reactionWowCount": 1,
            "reactionHahaCount": 1, "reactionSadCount": 1, "reactionAngryCount": 1, "reactionCareCount": 1,
            "feedbackId": "x",
        },
        {
            "facebookUrl": "https://www.facebook.com/page", "postId": "901", "pageName": "page", "likes": 3,
            "time": None, "timestamp": 1774036300, "text": "Encore",
        },
    ]  # fmt: skip


def apify_others() -> dict[str, bytes]:
    return {
        "apify.facebook.json": document(apify_facebook()),
        "apify.tiktok-comments.json": document([
            {"cid": "1", "text": "Oui @bob", "diggCount": 1, "replyCommentTotal": 1, "uid": "9", "uniqueId": "ann",
             "createTimeISO": "2024-03-21T06:00:00.000Z", "createTime": 1711000800,
             "videoWebUrl": "https://www.tiktok.com/@x/video/7350000000000000001"},
            {"cid": "2", "text": "Non", "uniqueId": "bob", "uid": "8", "createTimeISO": "2024-03-21T06:01:00.000Z",
             "repliesToId": "1", "videoWebUrl": "https://www.tiktok.com/@x/video/7350000000000000001"},
        ]),
        "apify.facebook-comments.json": document([
            {"facebookUrl": "https://www.facebook.com/page/posts/900", "facebookId": "900", "id": "Y29t", "text": "Oui",
             "commentUrl": "https://www.facebook.com/page/posts/900?comment_id=1", "feedbackId": "z",
             "date": "2026-03-20T20:00:00.000Z", "profileUrl": "https://www.facebook.com/ann", "profileId": "p1",
             "profileName": "Ann A.", "likesCount": "2", "commentsCount": 1, "threadingDepth": 0, "postTitle": "Votez"},
            {"facebookUrl": "https://www.facebook.com/page/posts/900", "id": "Y29u", "text": "Non",
             "commentUrl": "https://www.facebook.com/page/posts/900?comment_id=2", "date": "2026-03-20T20:01:00.000Z",
             "profileName": "Bob B.", "threadingDepth": 1, "replyToCommentId": "Y29t"},
        ]),
        "apify.facebook-groups.json": document([
            {"facebookUrl": "https://www.facebook.com/groups/1", "url": "https://www.facebook.com/groups/1/posts/2",
             "time": "2026-03-20T20:00:00.000Z", "user": {"id": "5", "name": "Ann A."}, "text": "Votez #vote",
             "likesCount": 1, "sharesCount": 2, "commentsCount": 3, "groupTitle": "Le groupe", "legacyId": "2"},
            {"facebookUrl": "https://www.facebook.com/groups/1", "id": "3", "time": "2026-03-20T20:05:00.000Z",
             "user": {"name": "Bob B."}, "text": "Oui", "groupTitle": "Le groupe", "legacyId": None},
        ]),
        "apify.instagram.json": document([
            {"id": "1", "type": "Image", "shortCode": "Cabc", "caption": "Votez", "hashtags": ["vote"],
             "mentions": ["bob"], "url": "https://www.instagram.com/p/Cabc/", "commentsCount": 1, "likesCount": 4,
             "timestamp": "2026-03-20T20:00:00.000Z", "ownerUsername": "ann", "ownerId": "11",
             "ownerFullName": "Ann A.", "locationId": "33", "locationName": "Paris", "videoViewCount": 20,
             "videoPlayCount": 30},
        ]),
        "apify.instagram-comments.json": document([
            {"id": "1", "text": "Oui @bob", "ownerUsername": "ann", "timestamp": "2026-03-20T20:00:00.000Z",
             "postUrl": "https://www.instagram.com/p/Cabc/", "commentUrl": "https://www.instagram.com/p/Cabc/c/1",
             "likesCount": 1, "repliesCount": 2, "owner": {"id": "11"}},
        ]),
        "apify.x.json": document([
            {"type": "tweet", "id": "1989617000000000001", "text": "Votez", "fullText": "Votez #vote @bob",
             "url": "https://x.com/ann/status/1989617000000000001", "createdAt": "Sat Nov 15 09:15:12 +0000 2025",
             "lang": "fr", "source": "Twitter Web App", "retweetCount": 2, "replyCount": 1, "likeCount": 4,
             "quoteCount": 0, "viewCount": 90, "bookmarkCount": 0, "isRetweet": False, "isQuote": False,
             "author": {"userName": "ann", "id": "101", "name": "Ann A.", "followers": 12, "following": 7,
                        "statusesCount": 340, "createdAt": "Mon Jan 06 10:00:00 +0000 2020", "location": "Lyon"},
             "entities": {"urls": [{"expanded_url": "https://example.org/a"}], "hashtags": [{"text": "vote"}],
                          "user_mentions": [{"id_str": "102"}]},
             "extendedEntities": {"media": [{"media_url_https": "https://pbs.twimg.com/a.jpg"}]}},
            {"type": "tweet", "id": "1989617250000000001", "text": "RT @ann: Votez", "isRetweet": True,
             "createdAt": "Sat Nov 15 09:16:11 +0000 2025", "retweetCount": 2, "bookmarkCount": 0,
             "author": {"userName": "bob", "id": "102"}, "retweet": {"id": "1989617000000000001"}},
            {"type": "tweet", "id": "1989617500000000001", "text": "Oui", "isReply": True,
             "createdAt": "Sat Nov 15 09:17:11 +0000 2025", "retweetCount": 0, "bookmarkCount": 0,
             "author": {"userName": "cleo", "id": "103"}, "inReplyToId": "1989617000000000001"},
            {"type": "tweet", "id": "1989617750000000001", "text": "Bien", "isQuote": True, "retweetCount": 0,
             "createdAt": "Sat Nov 15 09:18:11 +0000 2025", "bookmarkCount": 0,
             "author": {"userName": "dan", "id": "104"}, "quoteId": "1989617000000000001"},
            {"type": "tweet", "id": "1989618000000000001", "text": "Mieux", "isQuote": True, "retweetCount": 0,
             "createdAt": "Sat Nov 15 09:19:10 +0000 2025", "bookmarkCount": 0,
             "author": {"userName": "eve", "id": "105"}, "quote": {"id": "1989617000000000001"}},
            {"type": "tweet", "id": "1989618100000000001", "text": "Aussi", "retweetCount": 0, "bookmarkCount": 0,
             "createdAt": "Sat Nov 15 09:19:31 +0000 2025", "author": {"userName": "gil", "id": "107"},
             "quoted_tweet": {"id": "1989617000000000001"}},
            {"type": "tweet", "id": "1989618150000000001", "text": "Votez", "retweetCount": 2, "bookmarkCount": 0,
             "createdAt": "Sat Nov 15 09:19:41 +0000 2025", "author": {"userName": "hal", "id": "108"},
             "retweeted_tweet": {"id": "1989617000000000001"}},
            {"type": "tweet", "id": "1989618250000000001", "text": "Encore", "isRetweet": True, "retweetCount": 0,
             "createdAt": "Sat Nov 15 09:20:09 +0000 2025", "bookmarkCount": 0,
             "author": {"userName": "fay", "id": "106"}},
        ]),
        "apify.youtube-comments.json": document([
            {"cid": "Ug1", "comment": "Oui", "author": "@ann", "videoId": "v1", "pageUrl": "https://youtu.be/v1",
             "publishedTimeText": "2 days ago", "voteCount": 2, "replyCount": 1, "replyToCid": None,
             "title": "Film"},
            {"cid": "Ug1.2", "comment": "Non", "author": "@bob", "videoId": "v1", "voteCount": 0,
             "publishedTimeText": "1 day ago", "replyToCid": "Ug1"},
        ]),
        "apify.youtube.json": document([
            {"id": "v1", "title": "Film", "url": "https://www.youtube.com/watch?v=v1", "viewCount": 90, "likes": 4,
             "date": "2024-03-21T06:00:00.000Z", "channelName": "Ann", "channelUrl": "https://www.youtube.com/@ann",
             "channelId": "UC1", "numberOfSubscribers": 12, "duration": "00:01:00", "commentsCount": 1,
             "hashtags": ["#vote"], "descriptionLinks": [{"url": "https://example.org/a"}]},
            {"id": "v2", "title": "Autre", "url": "https://www.youtube.com/watch?v=v2", "viewCount": 9,
             "date": "2024-03-22T06:00:00.000Z", "channelName": "Bob", "numberOfSubscribers": 1},
        ]),
    }  # fmt: skip


def bright_data() -> dict[str, bytes]:
    return {
        "bright-data.json": document([
            {"url": "https://www.facebook.com/page/posts/900", "post_id": "900", "user_url": "https://fb.com/page",
             "user_username_raw": "La page", "content": "Votez #vote", "date_posted": "2026-03-20T19:50:57.000Z",
             "hashtags": ["vote"], "num_comments": 2, "num_shares": 1, "num_likes_type": {"type": "Like", "num": 4},
             "likes": 9, "page_name": "La page", "profile_id": "77", "profile_handle": "page", "page_followers": 12,
             "group_name": "Le groupe", "group_id": "55", "post_type": "Post", "video_view_count": 50,
             "play_count": 60, "post_external_link": "https://example.org/a",
             "timestamp": "2026-03-21T10:00:00.000Z", "original_post": {"post_id": None}},
            {"url": "https://www.facebook.com/x/posts/901", "post_id": "901", "user_username_raw": "Bob B.",
             "content": "Lisez", "date_posted": "2026-03-20T20:50:57.000Z",
             "original_post": {"post_id": "900", "url": "https://www.facebook.com/page/posts/900"}},
        ]),
        "bright-data.facebook-comments.json": document([
            {"url": "https://fb.com/1", "post_id": "900", "post_url": "https://fb.com/page/posts/900",
             "comment_id": "c1", "user_name": "Ann A.", "user_id": "p1", "user_url": "https://fb.com/ann",
             "date_created": "2026-03-20T20:00:00.000Z", "comment_text": "Oui", "num_likes": 1, "num_replies": 1,
             "comment_link": "https://fb.com/c1", "timestamp": "2026-03-21T10:00:00.000Z"},
            {"url": "https://fb.com/1", "comment_id": "c2", "user_name": "Bob B.", "comment_text": "Non",
             "post_url": "https://fb.com/page/posts/900", "date_created": "2026-03-20T20:01:00.000Z",
             "parent_comment_id": "c1"},
        ]),
        "bright-data.tiktok-comments.json": document([
            {"post_url": "https://www.tiktok.com/@ann/video/755", "post_id": "755",
             "post_date_created": "2026-03-20T14:30:00.000Z", "date_created": "2026-03-20T20:00:00.000Z",
             "comment_text": "Oui", "num_likes": 5, "num_replies": 1, "comment_id": "756",
             "comment_url": "https://www.tiktok.com/@ann/video/755?comment=756", "commenter_user_name": "bob",
             "commenter_id": "45", "commenter_url": "https://www.tiktok.com/@bob",
             "timestamp": "2026-03-21T10:00:00.000Z"},
            {"post_url": "https://www.tiktok.com/@ann/video/755", "comment_id": "757", "comment_text": "Non",
             "date_created": "2026-03-20T20:01:00.000Z", "commenter_id": None, "commenter_user_name": "eva"},
        ]),
        "bright-data.instagram-comments.json": document([
            {"url": "https://www.instagram.com/ann", "comment_user": "b***b",
             "comment_user_url": "https://www.instagram.com/bob", "comment_date": "2026-03-20T20:00:00.000Z",
             "comment": "Oui", "likes_number": 2, "replies_number": 1, "replies": None, "hashtag_comment": None,
             "tagged_users_in_comment": ["eva"], "post_url": "https://www.instagram.com/p/Cabc/", "post_user": "ann",
             "comment_id": "18168", "post_id": "38_98", "timestamp": "2026-03-21T10:00:00.000Z"},
            {"comment_user": "eva", "comment_user_url": None, "comment_date": "2026-03-20T20:01:00.000Z",
             "comment": "Non", "post_url": "https://www.instagram.com/p/Cabc/", "comment_id": "18169"},
        ]),
        "bright-data.instagram.json": document([
            {"url": "https://www.instagram.com/p/Cabc", "user_posted": "ann", "description": "Votez #vote",
             "hashtags": ["#vote"], "num_comments": 1, "date_posted": "2026-03-20T20:00:00.000Z", "likes": 4,
             "shortcode": "Cabc", "post_id": "1", "followers": 12, "posts_count": 30, "video_view_count": 20,
             "video_play_count": 30, "tagged_users": [{"username": "bob"}], "timestamp": "2026-03-21T10:00:00.000Z"},
        ]),
        "bright-data.tiktok.json": document([
            {"url": "https://www.tiktok.com/@ann/video/7350000000000000001", "post_id": "7350000000000000001",
             "description": "Votez #vote", "create_time": "2024-03-21T05:46:40.000Z", "digg_count": 4,
             "share_count": 1, "collect_count": 0, "comment_count": 2, "play_count": 90, "hashtags": ["vote"],
             "profile_username": "ann", "profile_followers": 12, "region": "FR", "music": {"id": "6900000000000001"},
             "timestamp": "2026-03-21T10:00:00.000Z"},
        ]),
        "bright-data.x.json": document([
            {"id": "1989617000000000001", "user_posted": "ann", "user_id": "101", "name": "Ann A.",
             "description": "Votez #vote", "date_posted": "2025-11-15T09:15:12.000Z", "photos": ["https://p/1.jpg"],
             "videos": ["https://p/1.mp4"], "url": "https://x.com/ann/status/1989617000000000001", "replies": 1,
             "reposts": 2, "likes": 4, "views": 90, "hashtags": ["vote"], "followers": 12, "following": 7,
             "posts_count": 340, "external_url": "https://example.org/a",
             "tagged_users": [{"profile_name": "bob"}], "timestamp": "2026-03-21T10:00:00.000Z"},
            {"id": "1989617500000000001", "user_posted": "bob", "description": "Oui", "reposts": 0,
             "date_posted": "2025-11-15T09:17:11.000Z",
             "parent_post_details": {"post_id": "1989617000000000001"}},
            {"id": "1989617750000000001", "user_posted": "cleo", "description": "Bien", "reposts": 0,
             "date_posted": "2025-11-15T09:18:11.000Z", "quoted_post": {"post_id": "1989617000000000001"}},
        ]),
        "bright-data.youtube.json": document([
            {"url": "https://www.youtube.com/watch?v=v1", "title": "Film", "youtuber": "@ann", "youtuber_id": "UC1",
             "video_id": "v1", "date_posted": "2024-03-21T06:00:00.000Z", "likes": 4, "views": 90, "num_comments": 1,
             "description": "Un film", "subscribers": 12, "handle_name": "Ann", "hashtags": ["vote"],
             "timestamp": "2026-03-21T10:00:00.000Z"},
            {"url": "https://www.youtube.com/watch?v=v2", "title": None, "description": "Sans titre",
             "youtuber": "@bob", "youtuber_id": None, "date_posted": "2024-03-22T06:00:00.000Z"},
        ]),
    }  # fmt: skip


def apify() -> dict[str, bytes]:
    return {
        "apify.json": document([apify_tiktok()]),
        "apify.table.csv": table([flat(apify_tiktok())]),
        **apify_others(),
    }


def research() -> dict[str, bytes]:
    """Return what TikTok's Research API gives, a response and items one a line, and an ad of Snapchat."""
    video = {
        "id": 7388888888888888811, "username": "ann", "create_time": 1719000000, "region_code": "FR",
        "video_description": "Votez #vote", "music_id": 7300000000000000011, "hashtag_names": ["vote"],
        "video_mention_list": ["@bob", {"user": "cleo"}], "view_count": 17, "like_count": 4, "comment_count": 2,
        "share_count": 1, "voice_to_text": "votez",
    }  # fmt: skip
    other = {
        "video_id": "7388888888888888812", "username": "bob", "create_time": 1719000060, "video_description": "Oui",
        "hashtag_info_list": [{"hashtag_id": "1", "hashtag_name": "mai"}],
    }  # fmt: skip
    comment = {"id": 7388888888888888900, "video_id": 7388888888888888811, "text": "Bien", "like_count": 1,
               "create_time": 1719000070, "parent_comment_id": 7388888888888888811}  # fmt: skip
    advertised = {"ADID": "7", "CurrencyCode": "eur", "Spend": "1,200", "Impressions": "900", "StartDate": "2024/06/01",
                  "OrganizationName": "Une agence", "PayingAdvertiserName": ""}  # fmt: skip
    return {
        "tiktok-research.response.json": document({"data": {"videos": [video, other], "has_more": False}}),
        "snapchat-ads.fields.csv": table([advertised]),
        "tiktok-research.ndjson": lines(video, other, comment),
    }


def archives() -> dict[str, bytes]:
    """Return the parts of X's archive without the words that make them scripts, and a network of Hoaxy."""
    tweets = [
        {"tweet": {"id_str": "1524000000000000123", "created_at": "Tue May 10 12:00:00 +0000 2022", "lang": "fr",
                   "full_text": "Votez https://t.co/1", "source": '<a href="https://x.com">Twitter Web App</a>',
                   "favorite_count": "4", "retweet_count": "2", "truncated": False,
                   "entities": {"hashtags": [{"text": "vote"}], "user_mentions": [{"id_str": "9"}],
                                "urls": [{"expanded_url": "https://example.org/a"}]},
                   "extended_entities": {"media": [{"media_url_https": "https://pbs.twimg.com/a.jpg"}]}}},
        {"tweet": {"id_str": "1524000000000000456", "created_at": "Tue May 10 12:01:00 +0000 2022",
                   "full_text": "RT @bob: Oui"}},
        {"tweet": {"id_str": "1524000000000000789", "created_at": "Tue May 10 12:02:00 +0000 2022",
                   "full_text": "@bob oui", "in_reply_to_status_id_str": "1524000000000000011"}},
        {"tweet": {"id_str": "29100859201", "created_at": "Sat Oct 30 10:18:11 +0000 2010", "full_text": "Avant"}},
    ]  # fmt: skip
    likes = [{"like": {"tweetId": f"15240000000000001{at}", "fullText": "Bien"}} for at in (11, 12)]
    lists = {key: [{key: {"accountId": at, "userLink": "l"}} for at in ("7", "8")] for key in ("follower", "following")}
    edge = {"from_user_screen_name": "bob", "to_user_screen_name": "ann", "from_user_id": "102", "to_user_id": "101",
            "is_mention": "false", "domain": "example.org", "site_type": "claim"}  # fmt: skip
    edges = [
        {**edge, "tweet_id": "1524000000000000123", "tweet_created_at": "2022-05-10T12:00:00Z", "tweet_type": "retweet",
         "canonical_url": "https://example.org/a", "tweet_url": "https://twitter.com/ann/status/1524000000000000123"},
        {**edge, "tweet_id": "1524000000000000456", "tweet_created_at": "2022-05-10T12:01:00Z", "tweet_type": "quote",
         "url_raw": "https://example.org/b"},
        {**edge, "tweet_id": "1524000000000000789", "tweet_created_at": "2022-05-10T12:02:00Z", "tweet_type": "reply"},
        {**edge, "tweet_id": "1524000000000000999", "tweet_created_at": "2022-05-10T12:03:00Z", "tweet_type": "origin",
         "is_mention": "true"},
        {**edge, "tweet_id": "29100859201", "tweet_created_at": "2010-10-30T10:18:11Z", "tweet_type": "mention"},
    ]  # fmt: skip
    toolkit = "message_id,user_id,username,repost_id,reply_id,message,timestamp,urls"
    answers = [
        {"message_id": "1", "user_id": "11", "username": "ann", "message": "Oui", "timestamp": "1719000000"},
        {"message_id": "2", "user_id": "12", "reply_id": "1", "message": "Bien", "timestamp": "1719000009.5",
         "urls": "https://example.org/a https://example.org/b"},
        {"message_id": "3", "user_id": "13", "repost_id": "1", "message": "Oui", "timestamp": "1719000010"},
    ]  # fmt: skip
    return {
        "x-archive.tweets.json": document(tweets),
        "x-archive.likes.json": document(likes),
        "x-archive.followers.json": document(lists["follower"]),
        "x-archive.following.json": document(lists["following"]),
        "hoaxy.csv": table(edges),
        "coordination-toolkit.fields.csv": table(answers, header=toolkit),
    }
