"""Samples of what media-monitoring services and archives export."""

from __future__ import annotations

from loaders.sample_writers import table


def brandwatch() -> bytes:
    header = (
        "Query Id,Query Name,Date,Title,Snippet,Url,Domain,Sentiment,Page Type,Language,Country Code,Continent Code,"
        "Author,Full Text,Full Name,Expanded URLs,Hashtags,Mentioned Authors,Thread Id,Thread Author,X Author ID"
    )
    rows = [
        {
            "Query Id": "2003", "Query Name": "Vote", "Date": "2026-05-11 12:27:28.0", "Title": "Ann votes",
            "Url": "https://x.com/ann/status/2053811111111111111", "Domain": "x.com", "Page Type": "twitter",
            "Language": "fr", "Country Code": "FR", "Author": "ann", "Full Text": "Votez ! https://example.org/a",
            "Full Name": "Ann A.", "Expanded URLs": "https://example.org/b, https://example.org/c",
            "Hashtags": "#vote, #mai", "Mentioned Authors": "@bob, @cleo", "Thread Id": "0", "X Author ID": "101",
            "X Followers": "12", "X Following": "7", "X Posts": "340", "X Likes": "3", "X Replies": "1",
            "X Reposts": "2", "X Verified": "false", "Facebook Likes": "0",
            "Media URLs": "https://pbs.example/1.jpg, https://pbs.example/2.jpg",
            "Latitude": "48.85", "Longitude": "2.35", "Sentiment": "neutral",
        },
        {
            "Query Id": "2003", "Query Name": "Vote", "Date": "2026-05-11 12:28:01.0", "Page Type": "twitter",
            "Url": "https://x.com/bob/status/2053811222222222222", "Author": "bob", "X Author ID": "102",
            "Full Text": "RT @ann: Votez !", "X Repost of": "https://x.com/ann/status/2053811111111111111",
        },
        {
            "Query Id": "2003", "Query Name": "Vote", "Date": "2026-05-11 12:29:40.0", "Page Type": "twitter",
            "Url": "https://x.com/cleo/status/2053811333333333333", "Author": "cleo", "X Author ID": "103",
            "Full Text": "@ann oui", "X Reply to": "https://x.com/ann/status/2053811111111111111",
        },
        {
            "Query Id": "2003", "Query Name": "Vote", "Date": "2026-05-11 13:00:00.0", "Page Type": "facebook",
            "Url": "https://facebook.com/1/posts/2", "Author": "Page", "Facebook Author ID": "900",
            "Full Text": "Lisez", "Facebook Likes": "5", "Facebook Comments": "1", "Facebook Shares": "2",
            "X Likes": "0", "X Replies": "0", "X Reposts": "0", "X Followers": "0",
            "Latitude": "0.0", "Longitude": "0.0", "Country Code": "KEN", "Country": "Kenya",
        },
        {
            "Query Id": "2003", "Query Name": "Vote", "Date": "2026-05-11 13:01:00.0", "Page Type": "instagram",
            "Url": "https://instagram.com/p/x", "Author": "insta", "Full Text": "Photo", "Instagram Followers": "8",
            "Instagram Likes": "4", "Instagram Comments": "2",
        },
        {
            "Query Id": "2003", "Query Name": "Vote", "Date": "2026-05-11 13:02:00.0", "Page Type": "bluesky",
            "Url": "https://bsky.app/profile/a/post/3k", "Author": "a.bsky.social", "Bluesky Author Id": "did:plc:a",
            "Full Text": "Ciel", "Bluesky Followers": "6", "Bluesky Likes": "3", "Bluesky Reposts": "1",
        },
        {
            "Query Id": "2003", "Query Name": "Vote", "Date": "2026-05-11 13:03:00.0", "Page Type": "tiktok",
            "Url": "https://tiktok.com/@t/video/7", "Author": "t", "Full Text": "Danse", "Tiktok Likes": "9",
            "Tiktok Comments": "3", "Tiktok Shares": "2", "Tiktok Views": "100",
        },
        {
            "Query Id": "2003", "Query Name": "Vote", "Date": "2026-05-11 13:04:00.0", "Page Type": "youtube",
            "Url": "https://youtube.com/watch?v=1", "Author": "yt", "Full Text": "Film", "Youtube Views": "50",
        },
        {
            "Query Id": "2003", "Query Name": "Vote", "Date": "2026-05-11 13:05:00.0", "Page Type": "reddit",
            "Url": "https://reddit.com/r/vote/1", "Author": "redditor", "Full Text": "Fil", "Subreddit": "vote",
            "Likes": "11", "Comments": "4", "Shares": "2", "Country": "Senegal",
        },
        {
            "Query Id": "2003", "Query Name": "Vote", "Date": "2026-05-11 13:05:30.0", "Page Type": "reddit",
            "Url": "https://reddit.com/r/vote/1/c2", "Author": "answerer", "Full Text": "Non", "Subreddit": "vote",
            "Thread Entry Type": "comment", "Thread URL": "https://reddit.com/r/vote/1",
        },
        {
            "Query Id": "2003", "Query Name": "Vote", "Date": "2026-05-11 13:05:40.0", "Page Type": "twitter",
            "Url": "https://x.com/dan/status/2053811444444444444", "Author": "dan", "X Author ID": "104",
            "Full Text": "RT @ann: Votez !", "Thread Entry Type": "share",
            "Thread URL": "https://x.com/ann/status/2053811111111111111",
        },
        {
            "Query Id": "2003", "Query Name": "Vote", "Date": "2026-05-11 13:05:50.0", "Page Type": "bluesky",
            "Url": "https://bsky.app/profile/b/post/3m", "Author": "b.bsky.social", "Bluesky Author Id": "did:plc:b",
            "Full Text": "Oui", "Thread Entry Type": "reply", "Thread URL": "https://bsky.app/profile/a/post/3k",
        },
        {
            "Query Id": "2003", "Query Name": "Vote", "Date": "2026-05-11 13:06:00.0", "Page Type": "news",
            "Url": "https://example.org/article", "Domain": "example.org", "Title": "Un article",
        },
    ]  # fmt: skip
    above = "Report:,Bulk Mentions Download\nBrand:,Vote\nFrom:,2026-05-11 00:00:00 UTC\nTo:,2026-05-12 00:00:00 UTC\n"
    return table(rows, header=header, above=f"{above}Label:,\n\n", encoding="utf-8-sig")


def brandwatch_before_2024() -> bytes:
    rows = [
        {
            "Query Id": "1", "Query Name": "Q", "Date": "2022-05-11 12:27:28.0", "Page Type": "twitter",
            "Url": "http://twitter.com/ann/statuses/1524000000000000123", "Author": "ann", "Full Text": "Votez",
            "Twitter Author ID": "101", "Twitter Followers": "12", "Twitter Following": "7", "Twitter Tweets": "340",
            "Twitter Likes": "3", "Twitter Replies": "1", "Twitter Retweets": "2",
        },
        {
            "Query Id": "1", "Query Name": "Q", "Date": "2022-05-11 12:30:28.0", "Page Type": "twitter",
            "Url": "http://twitter.com/bob/statuses/1524000000000000456", "Author": "bob",
            "Full Text": "RT @ann: Votez", "Twitter Author ID": "102",
            "Twitter Retweet of": "http://twitter.com/ann/statuses/1524000000000000123",
        },
        {
            "Query Id": "1", "Query Name": "Q", "Date": "2022-05-11 12:31:28.0", "Page Type": "twitter",
            "Url": "http://twitter.com/cleo/statuses/1524000000000000789", "Author": "cleo", "Full Text": "@ann oui",
            "Twitter Author ID": "103", "Twitter Reply to": "http://twitter.com/ann/statuses/1524000000000000123",
            "Twitter Posts": "9",
        },
    ]  # fmt: skip
    return table(rows, above="Report:,X\nBrand:,Y\nFrom:,a\nTo:,b\nLabel:,\n\n")


def meltwater() -> bytes:
    header = (
        "Date,Headline,URL,Opening Text,Hit Sentence,Source,Influencer,Country,Subregion,Language,Reach,Desktop Reach,"
        "Mobile Reach,AVE,Sentiment,Key Phrases,Input Name,Keywords,Twitter Id,Tweet Id"
    )
    rows = [
        {
            "Date": "15-Nov-2025 09:15AM", "URL": "https://x.com/ann/status/1989617000000000001",
            "Hit Sentence": "Votez avec @cleo !", "Source": "Twitter", "Influencer": "@ann", "Country": "France",
            "Language": "French", "Reach": "12", "Input Name": "Vote", "Keywords": "vote",
            "Twitter Client": "Twitter Web App", "Tweet Id": '"1989617000000000001"', "Twitter Id": '"101"',
            "Twitter Screen Name": "ann", "Twitter Followers": "12", "Twitter Following": "7", "Likes": "4",
            "Replies": "1", "Retweets": "2", "Views": "90", "Document ID": "d1",
        },
        {
            "Date": "15-Nov-2025 09:16AM", "URL": "https://x.com/bob/status/1989617250000000001",
            "Hit Sentence": "RT @ann: Votez avec @cleo !", "Source": "Twitter", "Influencer": "@bob",
            "Input Name": "Vote", "Tweet Id": '"1989617250000000001"', "Twitter Id": '"102"',
        },
        {
            "Date": "15-Nov-2025 09:17AM", "URL": "https://x.com/cleo/status/1989617500000000001",
            "Hit Sentence": "QT @ann: Bien dit", "Source": "Twitter", "Influencer": "@cleo", "Input Name": "Vote",
            "Tweet Id": '"1989617500000000001"', "Twitter Id": '"103"',
        },
        {
            "Date": "15-Nov-2025 09:18AM", "URL": "https://x.com/dan/status/1989617750000000001",
            "Hit Sentence": "Non", "Source": "Twitter", "Influencer": "@dan", "Input Name": "Vote",
            "Tweet Id": '"1989617750000000001"', "Twitter Id": '"104"',
            "Parent URL": "https://x.com/ann/status/1989617000000000001",
        },
        {
            "Date": "15-Nov-2025 02:05PM", "URL": "https://facebook.com/p/1", "Opening Text": "Ouverture",
            "Source": "Facebook", "Influencer": "Une page", "Input Name": "Vote", "Document ID": "d2", "Comments": "3",
            "Shares": "1",
        },
        {
            "Date": "16-Nov-2025 07:00AM", "Headline": "Un titre", "URL": "https://example.org/news", "AVE": "1.2",
            "Source": "Le Journal", "Language": "French", "Input Name": "Vote",
        },
    ]  # fmt: skip
    return table(rows, header=header, delimiter="\t", encoding="utf-16")


def meltwater_by_author() -> bytes:
    header = (
        "Date,Time,Document ID,URL,Input Name,Keywords,Information Type,Source Type,Source Name,Source Domain,"
        "Content Type,Author Name,Author Handle,Title,Opening Text,Hit Sentence,Image,Hashtags,Links,Country,Region,"
        "State,City,Language,Sentiment,Keyphrases,Reach,Global Reach,National Reach,Local Reach,AVE,Social Echo,"
        "Editorial Echo,Engagement,Shares,Quotes,Likes,Replies,Reposts,Comments,Reactions,Views,Estimated Views,"
        "Document Tags,Custom Categories,Custom Fields"
    )
    of_x = {"Source Name": "X", "Source Domain": "x.com", "Information Type": "Social", "Input Name": "Vote"}
    rows = [
        {**of_x, "Date": "15-Nov-2025", "Time": "09:15 AM", "Document ID": "d1",
         "URL": "https://x.com/ann/status/1989617000000000001", "Content Type": "Post", "Author Name": "Ann A.",
         "Author Handle": "@ann", "Hit Sentence": "Votez @bob", "Hashtags": "#vote;#mai", "Language": "French",
         "Links": "https://example.org/a;https://example.org/b", "Likes": "4", "Replies": "1", "Reposts": "2",
         "Views": "90"},
        {**of_x, "URL": "https://x.com/bob/status/1989617250000000001", "Content Type": "Repost",
         "Author Handle": "@bob", "Hit Sentence": "RT @ann: Votez @bob"},
        {**of_x, "URL": "https://x.com/cleo/status/1989617500000000001", "Content Type": "Quote",
         "Author Handle": "@cleo", "Hit Sentence": "Bien"},
        {**of_x, "URL": "https://x.com/dan/status/1989617750000000001", "Content Type": "Reply",
         "Author Handle": "@dan", "Opening Text": "Oui"},
        {"Date": "15-Nov-2025", "Time": "02:05 PM", "Document ID": "d2", "URL": "https://facebook.com/p/1",
         "Source Name": "Facebook", "Source Domain": "facebook.com", "Content Type": "Post",
         "Author Name": "Une page", "Opening Text": "Ouverture", "Shares": "1", "Comments": "3"},
        {"Date": "16-Nov-2025 07:00AM", "URL": "https://example.org/news", "Source Name": "Le Journal",
         "Source Domain": "example.org", "Title": "Un titre"},
    ]  # fmt: skip
    return table(rows, header=header, delimiter="\t", encoding="utf-16")


def talkwalker() -> bytes:
    rows = [
        {
            "url": "https://x.com/ann/status/2053811111111111111", "published": "2026-05-11 12:27:28", "title": "Ann",
            "content": "Votez #vote", "lang": "fr", "source_type": "SOCIALMEDIA_TWITTER", "domain_url": "x.com",
            "extra_author_attributes.id": "101", "extra_author_attributes.name": "Ann A.",
            "extra_author_attributes.short_name": "ann", "extra_author_attributes.world_data.country_code": "FR",
            "engagement": "6", "reach": "12", "article_extended_attributes.twitter_likes": "4",
            "article_extended_attributes.twitter_retweets": "2", "article_extended_attributes.num_comments": "1",
            "article_extended_attributes.facebook_likes": "0", "generator.type": "MOBILE_ANDROID",
            "source_extended_attributes.twitter_followers": "90", "images.url": "https://pbs.example/1.jpg",
            "tags_internal": "isEdited",
            "entity_urls": '[{"display_url":"e.org","expanded_url":"https://example.org/a","url":"https://t.co/x"}]',
        },
        {
            "url": "https://x.com/bob/status/2053811222222222222", "published": "2026-05-11 12:29:00",
            "content": "@ann oui", "source_type": "SOCIALMEDIA,SOCIALMEDIA_TWITTER", "domain_url": "x.com",
            "extra_author_attributes.id": "tw:102", "article_extended_attributes.twitter_shares": "3",
            "parent_url": "https://x.com/ann/status/2053811111111111111",
        },
        {
            "url": "https://x.com/cleo/status/2053811333333333333", "published": "2026-05-11 12:30:00",
            "content": "RT @ann: Votez #vote", "source_type": "SOCIALMEDIA,SOCIALMEDIA_TWITTER",
            "tags_internal": "isComment,isRepost,isEdited", "extra_author_attributes.id": "tw:103",
            "parent_url": "https://x.com/ann/status/2053811111111111111",
        },
        {
            "url": "https://facebook.com/1/posts/2", "published": "2026-05-11 12:31:00", "content": "Lisez",
            "source_type": "SOCIALMEDIA,SOCIALMEDIA_FACEBOOK", "extra_author_attributes.id": "fb:900",
            "article_extended_attributes.facebook_likes": "5", "article_extended_attributes.facebook_shares": "1",
            "article_extended_attributes.twitter_likes": "0", "source_extended_attributes.facebook_followers": "70",
        },
        {
            "url": "https://facebook.com/1/posts/2?comment_id=3", "published": "2026-05-11 12:32:00", "content": "Non",
            "source_type": "SOCIALMEDIA,SOCIALMEDIA_FACEBOOK", "extra_author_attributes.id": "fb:901",
            "tags_internal": "isComment", "parent_url": "https://facebook.com/1/posts/2",
        },
        {
            "url": "https://instagram.com/p/x", "published": "2026-05-11 12:33:00", "content": "Photo",
            "source_type": "SOCIALMEDIA,SOCIALMEDIA_INSTAGRAM", "extra_author_attributes.id": "ig:7",
            "article_extended_attributes.instagram_likes": "6", "source_extended_attributes.instagram_followers": "60",
        },
        {
            "url": "https://youtube.com/watch?v=1", "published": "2026-05-11 12:34:00", "content": "Film",
            "source_type": "SOCIALMEDIA,SOCIALMEDIA_YOUTUBE", "extra_author_attributes.id": "yt:UC1",
            "article_extended_attributes.youtube_likes": "8", "article_extended_attributes.youtube_views": "80",
        },
        {
            "url": "https://linkedin.com/feed/1", "published": "2026-05-11 12:35:00", "content": "Travail",
            "source_type": "SOCIALMEDIA,SOCIALMEDIA_LINKEDIN", "extra_author_attributes.id": "li:5",
            "article_extended_attributes.linkedin_shares": "4",
        },
        {
            "url": "https://example.org/news", "published": "2026-05-11 13:00:00", "title": "Un titre",
            "content": "Corps", "source_type": "ONLINENEWS", "domain_url": "example.org",
            "extra_source_attributes.name": "Le Journal",
        },
        {
            "url": "https://example.net/news", "published": "2026-05-11 13:01:00", "content": "Corps",
            "source_type": "ONLINENEWS", "domain_url": "example.net",
        },
    ]  # fmt: skip
    return table(rows)


def open_measures() -> bytes:
    rows = [
        {
            "date": "Mar 20, 2026 @ 19:50:57.000", "message": "Votez #vote https://example.org/a",
            "channelusername": "canal", "url": "https://t.me/canal/12", "channeltitle": "Le canal", "views": "7,038",
            "forwards": "12", "postauthor": "Ann",
        },
        {
            "date": "Mar 20, 2026 @ 19:52:10.000", "message": "Votez", "channelusername": "autre",
            "url": "https://t.me/autre/4", "fwdfrom.from_id.channel_id": "1001", "fwdfrom.from_name": "Le canal",
        },
        {"date": "Mar 20, 2026 @ 20:00:00.000", "message": "Sans nom", "channeltitle": "Titre", "url": "https://e.org/1"},
    ]  # fmt: skip
    return table(rows)


def open_measures_since_2025() -> bytes:
    rows = [
        {
            "created_at": "2026-03-20T19:50:57Z", "text": "Votez #vote", "context_name": "group", "actor_id": "1",
            "actor_username": "ann", "actor_name": "Ann A.", "url": "https://gab.com/ann/1", "id": "1",
        },
        {"created_at": "2026-03-20T19:51:57Z", "text": "Oui", "actor_username": "bob", "id": "2"},
    ]  # fmt: skip
    return table(rows)


def media_cloud() -> bytes:
    rows = [
        {
            "stories_id": "1", "publish_date": "2026-03-20", "title": "Le vote approche", "language": "fr",
            "url": "https://a.example/1", "ap_syndicated": "False", "themes": "", "media_id": "9",
            "media_name": "a.example", "media_url": "https://a.example",
        },
        {
            "publish_date": "2026-03-20", "title": "Le vote approche", "url": "https://b.example/2",
            "media_name": "b.example", "id": "h2",
        },
        {"publish_date": "2026-03-21", "title": "Encore", "url": "https://b.example/3", "media_name": "b.example"},
    ]  # fmt: skip
    return table(rows)


def listening() -> dict[str, bytes]:
    return {
        "brandwatch.csv": brandwatch(),
        "brandwatch.before-2024.csv": brandwatch_before_2024(),
        "meltwater.csv": meltwater(),
        "meltwater.author.csv": meltwater_by_author(),
        "talkwalker.csv": talkwalker(),
        "open-measures.csv": open_measures(),
        "open-measures.new.csv": open_measures_since_2025(),
        "media-cloud.csv": media_cloud(),
    }
