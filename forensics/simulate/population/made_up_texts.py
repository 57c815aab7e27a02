"""Made-up comments and words: a number stands for a text, neighbouring numbers for paraphrases of one meaning.

The sentences are French, as the simulated electorate is. No comment, handle, hashtag or publisher is anybody's.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from forensics.simulate.random_draws import Ints

_STOCK = (
    "Bravo !",
    "👏👏👏",
    "Tout à fait d'accord",
    "Enfin quelqu'un qui le dit",
    "Merci pour votre courage",
    "Honte à vous",
    "N'importe quoi",
    "Toujours les mêmes promesses",
    "On ne lâche rien !",
    "Je voterai pour vous",
    "Et les retraites dans tout ça ?",
    "Vous avez mon soutien",
)
"""What thousands of people write on their own."""

_OPENINGS = ("", "Franchement, ", "Bravo : ", "Enfin ! ", "À mon avis, ", "Chez nous, ", "Soyons clairs : ", "Merci ! ")
_CLOSINGS = (".", " !", "...", " 👏", ", merci.", ", voilà.", ", point.", " ✊")
_MEANINGS = (
    ("les prix ont trop augmenté", "tout coûte trop cher", "la vie est devenue trop chère"),
    ("nos écoles manquent de moyens", "il faut plus d'argent pour l'école", "les classes sont surchargées"),
    ("l'hôpital est à bout", "les urgences ferment partout", "on ne trouve plus de médecin"),
    ("ce programme est sérieux", "voilà un vrai programme", "ces propositions tiennent la route"),
    ("il faut du changement", "rien ne change jamais", "ça ne peut plus durer"),
    ("les jeunes sont oubliés", "personne ne pense aux jeunes", "la jeunesse n'a pas sa place"),
    ("nos campagnes sont abandonnées", "il n'y a plus de train ici", "les villages se vident"),
    ("cette loi est injuste", "il faut retirer cette loi", "cette réforme frappe les petits"),
    ("la sécurité doit revenir", "on ne se sent plus en sécurité", "il faut plus de policiers"),
    ("le climat ne peut pas attendre", "il faut agir pour le climat", "la planète brûle"),
    ("le débat d'hier était pénible", "quel débat navrant hier soir", "hier ils n'ont rien dit"),
    ("les médias en parlent peu", "on n'en parle pas à la télévision", "la presse se tait"),
)
_ENDS = len(_OPENINGS) * len(_CLOSINGS)
_WORDINGS = 3

N_STOCK = len(_STOCK)
N_MEANINGS = len(_MEANINGS) ** 2
N_VARIANTS = _WORDINGS**2 * _ENDS
"""Texts of one meaning; meaning ``m`` has the numbers from ``N_STOCK + m * N_VARIANTS``."""


def phrases(numbers: Ints) -> pl.Series:
    """Return the text of each number, from 0 to below ``N_STOCK + N_MEANINGS * N_VARIANTS``."""
    left = np.maximum(numbers - N_STOCK, 0)
    meaning, variant = left // N_VARIANTS, left % N_VARIANTS
    wording, ends = variant // _ENDS, variant % _ENDS
    sentences = pl.Series([text for wordings in _MEANINGS for text in wordings])
    first = sentences[(meaning // len(_MEANINGS)) * _WORDINGS + wording // _WORDINGS]
    second = sentences[(meaning % len(_MEANINGS)) * _WORDINGS + wording % _WORDINGS]
    opening = pl.Series(_OPENINGS)[ends // len(_CLOSINGS)]
    closing = pl.Series(_CLOSINGS)[ends % len(_CLOSINGS)]
    stock = pl.Series(_STOCK)[np.minimum(numbers, N_STOCK - 1)]
    return pl.select(
        pl.when(pl.Series(numbers < N_STOCK)).then(stock).otherwise(opening + first + ", " + second + closing)
    ).to_series()


_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeio"]


def words(numbers: Ints, n_syllables: int) -> pl.Series:
    """Return a word for each number; different numbers below 56 to the power of the syllables have different words."""
    table = pl.Series(_SYLLABLES)
    # A step that shares no factor with 56 spreads neighbouring numbers over the alphabet.
    left = (np.asarray(numbers, np.int64) * 1_000_003) % (len(_SYLLABLES) ** n_syllables)
    columns: list[pl.Series] = []
    for _ in range(n_syllables):
        columns.append(table[left % len(_SYLLABLES)].alias(f"s{len(columns)}"))
        left = left // len(_SYLLABLES)
    return pl.select(pl.concat_str(columns)).to_series()
