"""The words of comments and posts: stock answers that everybody uses, and sentences of one's own."""

from __future__ import annotations

import numpy as np

__all__ = ["PREDICATES", "SUBJECTS", "sentence", "sentences", "stock_answer"]

STOCK = (
    *("Well put!", "Exactly.", "So true", "Thank you!", "Agree 100 %", "No way.", "Finally!", "Shame on them", "lol"),
    *("This!", "Not again...", "Good luck on Sunday!", "Source?", "What a joke", "Bravo", "Same here"),
    *("Lies.", "Great work, keep going!", "Every time the same", "I was there, it was lovely", "About time", "Rubbish"),
    *("Who pays for it?", "👏👏👏", "❤️", "Waiting for an answer", "Like every year"),
)
OPENINGS = (
    *("Honestly,", "As a mother of two:", "My neighbour says", "I have lived here for thirty years and", "Look,"),
    *("Nobody says it, but", "Sorry, but", "To be fair,", "After last night", "Again and again", "From where I stand"),
    *("Yesterday at the market", "Funny how", "I used to vote for them, now", "Every four years", "Please explain why"),
)
SUBJECTS = (
    *("the bus to the hospital", "the new school roof", "the rent", "our mayor", "the council", "the bypass"),
    *("the swimming pool", "the price of bread", "the train at six", "the minister", "the opposition", "the clinic"),
    *("the second candidate", "this government", "the water bill", "the wind farm", "the border", "the pension"),
)
PREDICATES = (
    *("is late again", "costs twice as much as before", "was promised in the last campaign", "never came"),
    *("should have been built years ago", "is what we talk about at work", "will not be forgotten", "gets my vote"),
    *(
        "was handled badly",
        "has improved, credit where it is due",
        "is for the rich",
        "is a scandal",
        "needs money",
        "is fine by me",
    ),
    *("does nothing for the villages", "was in the paper too", "keeps me awake", "is the only thing that counts"),
)
CLOSINGS = (
    *("", "", "", "", "Think about it.", "See you on Sunday.", "Just saying.", "We shall see.", "And that is all."),
    *("Enough is enough.", "Go and vote.", "Ask the nurses.", "Not with me.", "Good night.", "Why not?", "Greetings"),
)


def sentence(rng: np.random.Generator) -> str:
    """Return a sentence of somebody's own."""
    parts = [pool[rng.integers(len(pool))] for pool in (OPENINGS, SUBJECTS, PREDICATES, CLOSINGS)]
    text = " ".join(part for part in parts if part)
    habit = rng.random()
    if habit < 0.18:
        return text.lower()
    if habit < 0.26:
        return text.replace(",", "").replace(".", "") + " " + "!" * int(rng.integers(1, 4))
    return text if habit < 0.7 else f"{text} {SUBJECTS[rng.integers(len(SUBJECTS))].capitalize()}, too."


def stock_answer(rng: np.random.Generator) -> str:
    """Return a stock answer."""
    return STOCK[min(int(rng.exponential(6)), len(STOCK) - 1)]


def sentences(rng: np.random.Generator, count: int, stock: float = 0.3) -> list[str]:
    """Return the words of ``count`` acts, a share of them stock answers."""
    return [stock_answer(rng) if rng.random() < stock else sentence(rng) for _ in range(count)]
