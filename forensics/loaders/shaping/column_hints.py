"""The names by which columns are known: headers of exports and of fact-checkers' own tables, in ten languages.

Each name is one as ``plain_name`` writes it, the likeliest first. A word in front of one (``msg_from_id``) does not
hide it, unless the word says that somebody or something else is meant (``in_reply_to_user_id``).
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["HINTS", "OBJECT_HINTS", "OTHERS", "REGISTERED", "WHOLE_ONLY", "plain_name"]

_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WRAPPERS = re.compile(r"_(?:oid|date|numberlong)$")
"""What MongoDB's exports put around ids, times and long numbers: ``_id.$oid``."""

# A ground truth is never guessed: no hints for "label".
HINTS = {
    "account": (
        "account_id user_id userid author_id authorid from_id actor_id account did author_did user_did account_did "
        "author_channel_id channel_id page_id profile_id sender_id owner_id node_id member_id commenter_id uid author "
        "username user_name user screen_name account_handle author_handle handle sender poster publisher commenter "
        "account_name author_name page_name channel_name profile_name nickname profile channel page from_name"
    ),
    "time": (
        "acted_at timestamp created_at createdat published_at time datetime date_time date created_utc unix_timestamp "
        "timestamp_share tweet_time publish_date published posted_at created create_time created_time taken_at "
        "date_utc time_utc posted post_date message_date sent_at publish_time publication_date"
    ),
    "post": (
        "post_id post tweet_id tweetid message_id status_id content_id comment_id video_id item_id id_str id post_uri "
        "uri msg_id shortcode"
    ),
    "text": (
        "text body message content full_text tweet_text caption post_text message_text comment_text comment description"
    ),
    "object": "object_id object target_id",
    "object_kind": "object_kind target_kind",
    "action": "action action_type",
    "camp": "camp",
    "language": "language lang",
    "client": "client",
    "country": "country country_code",
    "latitude": "latitude lat",
    "longitude": "longitude lon lng",
    "permalink": "permalink post_url tweet_url",
    "handle": "handle screen_name username",
    "name": "display_name",
    "followers": "followers followers_count follower_count",
    "following": "following following_count friends_count",
    "posts": "statuses_count tweet_count posts_count tweets_count media_count",
    "created": (
        "account_created_at user_created_at registered_at registration_date registered joined_at join_date joined "
        "date_joined account_creation_date account_created user_created member_since"
    ),
    "place": "user_location account_location",
}
"""Key of ``[data.map]`` to the names of its columns, with blanks between them."""

OBJECT_HINTS = {
    "url": "url_id urls url links link expanded_url link_url",
    "domain": "domain_id domains domain",
    "hashtag": "hashtag_id hashtags hashtag tags",
    "media": "media_id phash_id media phash image_hash",
}
"""Kind of object to the names of its columns."""

REGISTERED = frozenset(("created_at", "created", "createdat", "created_utc", "created_time", "date_created"))
"""Names of a time that in a table of accounts is when they were registered."""

OTHERS = frozenset(
    [
        *("reply", "replied", "retweet", "retweeted", "quote", "quoted", "mention", "mentions", "mentioned", "target"),
        *("parent", "original", "recipient", "to", "referenced", "shared", "root", "forwarded", "fwd", "linked"),
        *("embedded", "thread", "conversation", "in"),
    ]
)
"""Words in front of a name that say that it is of another post or account."""

WHOLE_ONLY = frozenset(("id", "uri", "post", "object", "user", "page", "channel", "profile", "comment", "description"))
"""Names that behind other words mean something else."""


def plain_name(column: str) -> str:
    """Return a column's name in small letters without accents, its words with ``_`` between them.

    Example: ``authorMeta.userName`` is ``author_meta_user_name``, and ``Data/Hora`` is ``data_hora``.
    """
    parts = unicodedata.normalize("NFKD", _CAPITAL.sub("_", column)).lower()
    kept = (letter if unicodedata.category(letter)[0] in "LNM" else "_" for letter in parts)
    bare = "".join(letter for letter in kept if not unicodedata.combining(letter))
    return (
        _WRAPPERS.sub("", re.sub("_+", "_", bare).strip("_")) if "$" in column else re.sub("_+", "_", bare).strip("_")
    )
