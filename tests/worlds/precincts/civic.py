"""Occasions on which many people do the same thing at once, and nobody pays them."""

from __future__ import annotations

import numpy as np

from .ledger import DAY, HOUR, MINUTE
from .recipe import Publication
from .texts import comment, post_text, word
from .town import Town

__all__ = [
    "class_assignment", "fans_called_in_chat", "flood", "football", "hashtag_of_the_day", "lognormal", "outlet",
    "petition", "press_pool", "quiz_app", "start_of", "tv_debate", "union_newsletter",
]  # fmt: skip

_TILT = np.array([6, 5, 4, 4, 3, 2, 2, 1, 1]) / 28
_LOOKS = ("red", "old", "wet", "tiny", "loud")
_THINGS = ("door", "tree", "shoes", "bridge", "cup")


def lognormal(town: Town, median: float, sigma: float) -> float:
    """Return one delay around a median."""
    return float(town.rng.lognormal(np.log(median), sigma))


def start_of(town: Town, day: int, hour: float) -> float:
    """Return the second at which the clocks of the main region show an hour of a day."""
    return day * DAY + (hour - town.recipe.offset) * HOUR


def outlet(town: Town, kind: str = "outlet", share: float = 0.1) -> int:
    """Return a publisher of a kind, with an audience of at least a share of the town."""
    options = town.publishers[town.kinds == kind]
    chosen = int(options[int(town.rng.integers(options.size))])
    if town.followers[chosen].size < share * town.recipe.accounts:
        town.make_publisher(chosen, int(share * town.recipe.accounts), "outlet")
    return chosen


def flood(town: Town) -> None:
    """A river breaks its dam at night; helpers pass on every call of the fire brigade, by the same two hashtags."""
    rng = town.rng
    brigade, paper = outlet(town, "creator"), outlet(town)
    night = start_of(town, int(rng.integers(1, max(2, town.recipe.days - 3))), 2.5)
    calls: list[Publication] = []
    for _ in range(int(rng.integers(22, 34))):
        at = night + rng.gamma(1.4, 11 * HOUR)
        author = brigade if rng.random() < 0.6 else paper
        url = town.new_url(author) if rng.random() < 0.4 else None
        tags = ("flood", "sandbags") if rng.random() < 0.7 else ("flood",)
        calls.append(town.publish(author, at, quality=3.0, url=url, tags=tags, media=town.ledger.new_id("m")))
    for helper in town.pick(town.recipe.accounts // 9).tolist():
        zeal, joined = rng.beta(1.2, 3.0), night + rng.exponential(5 * HOUR)
        if rng.random() < 0.3:
            town.act(helper, "follow", calls[0], joined + 30)
        for call in calls:
            if rng.random() < zeal:
                at = max(call.at, joined) + lognormal(town, 22 * MINUTE, 1.2)
                town.act(helper, str(rng.choice(["repost", "like", "comment"], p=[0.5, 0.42, 0.08])), call, at)
        if rng.random() < 0.15:
            tags = ("flood", "sandbags")
            text = post_text(rng, town.languages[helper], tags)
            town.share(helper, [(tag, "hashtag") for tag in tags], joined + lognormal(town, HOUR, 1.0), text=text)


def football(town: Town) -> None:
    """Fans watch the same match, and at each goal their thumbs come down within the same minute or two."""
    rng, club = town.rng, outlet(town, "creator", 0.15)
    fans = town.pick(town.recipe.accounts // 10)
    zeal = rng.beta(1.0, 2.2, fans.size)
    for day in sorted(rng.choice(town.recipe.days, min(4, town.recipe.days), replace=False).tolist()):
        kickoff = start_of(town, day, 18.5)
        watches = rng.random(fans.size) < 0.7
        goals = np.sort(rng.uniform(5 * MINUTE, 110 * MINUTE, int(rng.integers(2, 6))))
        for goal in [0.0, *goals.tolist(), 112 * MINUTE]:
            post = town.publish(
                club, kickoff + goal + 35, quality=2.0, tags=("matchday",), media=town.ledger.new_id("m")
            )
            for fan in fans[watches & (rng.random(fans.size) < zeal)].tolist():
                at = post.at + 5 + lognormal(town, 65.0, 1.0)
                if rng.random() < 0.12:
                    text = word(rng, ("GOAL", "Yesss", "Come on!!", "what a strike", "⚽⚽", "offside?!", "goooal"))
                    town.share(fan, [("matchday", "hashtag")], at, text=f"{text} #matchday")
                else:
                    town.act(fan, "like" if rng.random() < 0.85 else "repost", post, at)


def class_assignment(town: Town) -> None:
    """A teacher tells two classes to comment on the same six articles until Thursday evening."""
    rng, paper = town.rng, outlet(town)
    day = int(rng.integers(0, max(1, town.recipe.days - 3)))
    lesson = start_of(town, day, 10.25)
    articles = [
        town.publish(paper, lesson - rng.uniform(3, 40) * HOUR, url=town.new_url(paper), tags=("schools",))
        for _ in range(6)
    ]
    for _ in range(2):
        pupils = town.pick(int(rng.integers(23, 31)), tilt=0.0)
        town.set_own_acts(pupils, (0.5, 20.0))
        for pupil in pupils.tolist():
            is_diligent = rng.random() < 0.45
            begin = lesson + 12 * MINUTE + rng.exponential(6 * MINUTE)
            if not is_diligent:
                begin = start_of(town, day + int(rng.integers(0, 3)), 20.5) + rng.normal(0, 1.2) * HOUR
            order = rng.permutation(6) if rng.random() < 0.3 else np.arange(6)
            for article in order.tolist():
                if rng.random() < 0.88:
                    town.act(pupil, "comment", articles[article], begin, text=comment(rng, town.languages[pupil]))
                    if rng.random() < 0.4:
                        town.act(pupil, "like", articles[article], begin + rng.uniform(2, 20))
                begin += lognormal(town, 4 * MINUTE, 0.6)
        lesson += 1.1 * HOUR


def press_pool(town: Town) -> None:
    """Journalists sit in the same press conferences, share the same release, and repost the same spokeswoman."""
    rng, speaker = town.rng, outlet(town, "politician")
    pool = town.pick(int(rng.integers(28, 42)), tilt=1.0)
    zeal = rng.beta(2.5, 2.0, pool.size)
    for _ in range(max(8, town.recipe.days)):
        begin = start_of(town, int(rng.integers(town.recipe.days)), float(rng.choice([9.5, 11.0, 14.0, 16.5])))
        release = town.new_url(speaker)
        quotes = [
            town.publish(speaker, begin + rng.uniform(4, 40) * MINUTE, url=release, tags=("pressconf",))
            for _ in range(3)
        ]
        for reporter in pool[rng.random(pool.size) < zeal].tolist():
            if rng.random() < 0.75:
                town.share(
                    reporter, [(release, "url"), ("pressconf", "hashtag")], begin + lognormal(town, 14 * MINUTE, 0.6)
                )
            for quote in quotes:
                if rng.random() < 0.4:
                    town.act(
                        reporter,
                        "repost" if rng.random() < 0.7 else "quote",
                        quote,
                        quote.at + lognormal(town, 150.0, 0.9),
                    )


def union_newsletter(town: Town) -> None:
    """Every Wednesday at seven the union mails six links; members work through them over the first coffee."""
    rng, union = town.rng, outlet(town, "creator")
    members = town.pick(town.recipe.accounts // 12, camp=0)
    opens, obeys = rng.beta(1.5, 1.5, members.size), rng.beta(2.0, 1.6, members.size)
    for day in range(2, town.recipe.days, 7):
        sent = start_of(town, day, 7.0)
        items = [
            town.publish(union, sent - rng.uniform(1, 60) * HOUR, url=town.new_url(union), tags=("wages",))
            for _ in range(6)
        ]
        for place in np.flatnonzero(rng.random(members.size) < opens).tolist():
            moment = sent + rng.uniform(0, 300) + lognormal(town, 1.6 * HOUR, 1.1)
            for item in items:
                if rng.random() < obeys[place]:
                    action = str(rng.choice(["like", "share", "repost"], p=[0.6, 0.15, 0.25]))
                    town.act(int(members[place]), action, item, moment)
                moment += lognormal(town, 45.0, 0.9)


def tv_debate(town: Town) -> None:
    """Two evenings of debate on television: viewers post under its hashtag whenever somebody speaks."""
    rng = town.rng
    candidates = town.publishers[: town.recipe.camps].tolist()
    viewers = town.pick(town.recipe.accounts // 6, tilt=0.8)
    zeal = rng.gamma(0.7, 0.12, viewers.size)
    for day in rng.choice(town.recipe.days, 2, replace=False).tolist():
        begin = start_of(town, day, 20.25)
        for cue in np.sort(rng.uniform(60, 95 * MINUTE, 14)).tolist():
            staff = town.publish(
                int(rng.choice(candidates)), begin + cue + rng.uniform(30, 240), quality=2.5, tags=("tvdebate", "vote")
            )
            camp = int(town.camp[staff.author])
            for viewer in viewers[rng.random(viewers.size) < zeal].tolist():
                at = begin + cue + lognormal(town, 110.0, 0.9)
                if town.camp[viewer] == camp and rng.random() < 0.6:
                    town.act(
                        viewer,
                        "repost" if rng.random() < 0.3 else "like",
                        staff,
                        max(at, staff.at + rng.uniform(4, 90)),
                    )
                else:
                    tags = ("tvdebate",) if rng.random() < 0.7 else ("tvdebate", "vote")
                    text = post_text(rng, town.languages[viewer], tags)
                    town.share(viewer, [(tag, "hashtag") for tag in tags], at, text=text)


def petition(town: Town) -> None:
    """Who signs the petition is offered a ready-made post, and most send it as it is."""
    rng = town.rng
    host = outlet(town, "creator")
    url = town.new_url(host)
    texts = (
        "I just signed: save our night bus! Will you sign too?",
        "Save our night bus! 1 minute, please sign and share.",
        "The council wants to end the night bus. I say no. Sign here:",
    )
    town.publish(host, start_of(town, 1, 9.0), quality=3.0, url=url, tags=("nightbus",), text=texts[0])
    signers = town.pick(town.recipe.accounts // 6, tilt=0.3)
    span = min(town.recipe.days - 1.5, 9.0)
    mails = [start_of(town, 2, 8.0), start_of(town, min(town.recipe.days - 2, 5), 18.0)]
    for signer in signers.tolist():
        at = start_of(town, 1, 10.0) + rng.beta(1.3, 2.5) * span * DAY
        if rng.random() < 0.35:
            at = mails[int(rng.integers(2))] + lognormal(town, HOUR, 1.2)
        elif not town.is_awake(np.array([signer]), np.array([at]))[0]:
            at += rng.uniform(5, 9) * HOUR
        town.ledger.add(town.ids[signer], "join", [(url, "page")], at, client="petition site")
        if rng.random() < 0.65:
            text = word(rng, texts) if rng.random() < 0.85 else post_text(rng, town.languages[signer], ("nightbus",))
            traces = [
                (url, "url"),
                ("nightbus", "hashtag"),
                (f"text-{texts.index(text) if text in texts else signer}", "text"),
            ]
            town.share(signer, traces, at + rng.uniform(8, 70), text=text, client="petition site")


def quiz_app(town: Town) -> None:
    """A quiz posts its players' results in their name, with one of eight pictures; friends see it and play too."""
    rng = town.rng
    url = f"https://quiz.example/{town.ledger.new_id('q')}"
    pictures = [town.ledger.new_id("m") for _ in range(8)]
    first = start_of(town, int(rng.integers(0, 2)), 12.0)
    wave = [(int(one), first + rng.exponential(4 * HOUR)) for one in town.pick(12, tilt=0.3)]
    played: set[int] = set()
    while wave and len(played) < town.recipe.accounts // 5:
        player, at = wave.pop(0)
        if player in played or at > town.ledger.end:
            continue
        if not town.is_awake(np.array([player]), np.array([at]))[0]:
            at += rng.uniform(4, 8) * HOUR
        played.add(player)
        result = int(rng.integers(8))
        text = f"I am {word(rng, ('61', '74', '80', '87', '93'))} % like candidate {result + 1}! Who are you? #votequiz"
        traces = [(url, "url"), ("votequiz", "hashtag"), (pictures[result], "media")]
        town.share(player, traces, at, text=text, client="vote quiz")
        friends = town.pick(int(rng.poisson(1.7)), milieu=int(town.milieu[player]), tilt=0.3)
        wave += [(int(friend), at + lognormal(town, 5 * HOUR, 1.1)) for friend in friends]


def hashtag_of_the_day(town: Town) -> None:
    """A photo challenge names a motif each day; who takes part puts the same six tags under the picture."""
    rng = town.rng
    stock = ("photooftheday", "mytown", "nofilter", "challenge", "weekend", "streetlife", "nature", "light", "home")
    players = town.pick(town.recipe.accounts // 8, tilt=0.6)
    zeal = rng.beta(0.8, 2.2, players.size)
    for day in range(town.recipe.days):
        motif = word(rng, _LOOKS) + word(rng, _THINGS)
        called = start_of(town, day, 7.5)
        for player in players[rng.random(players.size) < zeal].tolist():
            chosen = sorted(rng.choice(9, 5, replace=False, p=_TILT).tolist()) if rng.random() < 0.4 else range(5)
            tags = (motif, *(stock[place] for place in chosen))
            traces = [*((tag, "hashtag") for tag in tags), (town.ledger.new_id("m"), "media")]
            text = " ".join(f"#{tag}" for tag in tags)
            at = called + rng.beta(1.4, 1.8) * 15 * HOUR
            town.share(player, traces, at, text=text)


def fans_called_in_chat(town: Town) -> None:
    """In a chat of supporters somebody writes "now, all of you, under this post", and those who are there go."""
    rng = town.rng
    star = outlet(town, "politician")
    chat = town.pick(int(rng.integers(180, 320)), camp=int(town.camp[star]))
    zeal = rng.beta(0.9, 2.4, chat.size)
    others = town.publishers[: town.recipe.camps]
    for _ in range(int(rng.integers(9, 16))):
        at = start_of(town, int(rng.integers(town.recipe.days)), float(rng.uniform(9, 22)))
        author = star if rng.random() < 0.6 else int(rng.choice(others))
        post = town.publish(author, at, quality=1.5, tags=town.new_tags(2))
        call = at + rng.uniform(3, 50) * MINUTE
        action = "comment" if author != star else str(rng.choice(["like", "repost", "comment"]))
        for fan in chat[rng.random(chat.size) < zeal].tolist():
            town.act(fan, action, post, call + lognormal(town, 7 * MINUTE, 1.0))
