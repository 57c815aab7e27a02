"""What people write: stock phrases that many use, sentences of their own, and a message in each writer's words."""

from __future__ import annotations

import numpy as np

__all__ = ["TAGS", "comments", "in_own_words", "posts_text"]

STOCK = (
    "So true", "Bravo!", "❤️", "😂😂", "Thank you for this", "Agree", "No way", "Finally!", "Well done", "👏👏👏",
    "Amen", "This", "Shame", "Happy birthday!", "Where is this?", "Exactly", "Great photo", "Congratulations", "lol",
)  # fmt: skip
WORDS = tuple(
    """
    the a and to of in it is we they was for on that with this my our not but you at have be so people town
    street school bus rain work money vote road park house night morning week year children market bridge
    council game team goal music song film shop price water train station doctor nurse teacher garden dog cat
    river summer winter plan news paper story photo video friend family mother father think know see want go
    come make take give find keep need wait pay lose win build close open never always again today tomorrow
    still only more less good bad old new big small late early free dear cheap broken lovely strange honest
    tired loud
    """.split()  # noqa: SIM905
)
TAGS = np.array(
    [f"#{word}" for word in ("news", "town", "vote", "sport", "food", "music", "jobs", "school", "roads", "health")]
    + [f"#ward{number}" for number in range(1, 30)],
    dtype=object,
)
OPENINGS = ("Honestly,", "I think", "As a mother of two,", "For me", "Look,", "In my street", "Let us be fair:", "", "")
SUBJECTS = ("this man", "the mayor", "he", "our mayor", "this team", "the new plan", "the council under him")
VERBS = ("keeps his word", "gets roads built", "listens to us", "does the work", "fixes what others broke", "is for us")
ENDINGS = ("and I will vote for it.", "at last.", "unlike the rest!", "that counts", "👍", "so thank you.", "")


def comments(rng: np.random.Generator, n: int, stock: float = 0.3) -> list[str]:
    """Return comments; a share of ``stock`` are phrases that everybody uses, a few much more than others."""
    common = 1 / np.arange(1, len(STOCK) + 1) ** 0.9
    phrases = rng.choice(len(STOCK), n, p=common / common.sum())
    is_stock = rng.random(n) < stock
    own = sentences(rng, n)
    return [STOCK[phrase] if short else text for phrase, short, text in zip(phrases, is_stock, own, strict=True)]


def sentences(rng: np.random.Generator, n: int, mean: float = 9.0) -> list[str]:
    """Return sentences of common words."""
    lengths = 3 + rng.poisson(mean - 3, n)
    weight = 1 / np.arange(2, len(WORDS) + 2) ** 0.8
    drawn = rng.choice(len(WORDS), int(lengths.sum()), p=weight / weight.sum()).tolist()
    ends = np.cumsum(lengths).tolist()
    starts = [0, *ends][:n]
    return [" ".join(WORDS[word] for word in drawn[a:b]).capitalize() for a, b in zip(starts, ends, strict=True)]


def posts_text(rng: np.random.Generator, n: int) -> list[str]:
    """Return texts of publications."""
    return sentences(rng, n, 14.0)


def in_own_words(rng: np.random.Generator, n: int) -> list[str]:
    """Return comments that praise one man, each put together anew and followed by a remark of the writer's own."""
    parts = [rng.choice(np.array(part, dtype=object), n) for part in (OPENINGS, SUBJECTS, VERBS, ENDINGS)]
    remarks = sentences(rng, n, 5.0)
    wants = rng.random(n) < 0.5
    return [
        " ".join(word for word in (*words, remark if more else "") if word)
        for *words, remark, more in zip(*parts, remarks, wants.tolist(), strict=True)
    ]
