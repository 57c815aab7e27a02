"""What people write: small grammars for comments, posts and reviews in four languages."""

from __future__ import annotations

import numpy as np

__all__ = ["TAGS", "comment", "headline", "post_text", "praise", "review", "word"]

TAGS = (
    "election", "vote", "schools", "housing", "rents", "trains", "hospital", "farmers", "climate", "pensions", "taxes",
    "police", "harbour", "budget", "wages", "energy", "bridge", "council", "debate", "turnout", "youth", "forest",
    "water", "roads", "market", "culture", "sport", "mayor", "border", "internet",
)  # fmt: skip

_TOPICS = {
    "en": ("the schools", "rents", "the hospital", "the bus line", "pensions", "the new bridge", "wages", "the budget",
           "the harbour", "child care", "energy prices", "the fire brigade"),
    "de": ("die Schulen", "die Mieten", "das Krankenhaus", "die Buslinie", "die Renten", "die neue Brücke", "die Löhne",
           "der Haushalt", "der Hafen", "die Kitas", "die Strompreise", "die Feuerwehr"),
    "es": ("las escuelas", "los alquileres", "el hospital", "la línea de autobús", "las pensiones", "el puente nuevo",
           "los sueldos", "el presupuesto", "el puerto", "las guarderías", "la luz", "los bomberos"),
    "fr": ("les écoles", "les loyers", "l'hôpital", "la ligne de bus", "les retraites", "le nouveau pont",
           "les salaires", "le budget", "le port", "les crèches", "l'électricité", "les pompiers"),
}  # fmt: skip
_OPENERS = {
    "en": ("", "", "", "Honestly, ", "Sorry but ", "As a nurse: ", "Well, ", "As I wrote last year, ", "My two cents: ",
           "Finally. ", "No surprise here, ", "Ok, "),
    "de": ("", "", "", "Ganz ehrlich, ", "Sorry, aber ", "Als Mutter: ", "Na ja, ", "Ich sag's seit Jahren: ",
           "Endlich. ", "Kein Wunder, ", "Also "),
    "es": ("", "", "", "La verdad, ", "Perdón, pero ", "Como vecina: ", "Bueno, ", "Ya lo dije: ", "Por fin. ",
           "No me extraña, ", "A ver, "),
    "fr": ("", "", "", "Franchement, ", "Désolé mais ", "En tant que parent : ", "Bon, ",
           "Je le dis depuis des années, ", "Enfin. ", "Pas étonnant, ", "Alors "),
}  # fmt: skip
_BODIES = {
    "en": ("{t} should have come first", "nobody talks about {t}", "who is going to pay for {t}?",
           "I trust them on {t}", "they forgot {t} again", "{t} matters more to us than this",
           "same promises about {t} as four years ago",
           "look at what happened with {t} in the next town", "at least somebody mentions {t}",
           "we wrote to the council about {t} and got no answer", "good plan for {t}, now do it",
           "I changed my mind after hearing about {t}", "my street has waited for {t} since 2019"),
    "de": ("{t} hätte zuerst kommen müssen", "niemand redet über {t}", "wer soll das bezahlen, {t}?",
           "bei dem Thema vertraue ich ihnen: {t}", "wieder vergessen: {t}", "uns ist wichtiger: {t}",
           "dieselben Versprechen wie vor vier Jahren, {t}", "schaut in die Nachbarstadt: {t}",
           "immerhin erwähnt es jemand: {t}", "guter Plan, jetzt machen: {t}", "bei uns wartet man seit 2019: {t}"),
    "es": ("{t} tenía que ser lo primero", "nadie habla de {t}", "¿quién va a pagar {t}?", "en esto confío: {t}",
           "otra vez se olvidan de {t}", "aquí nos importa más {t}", "las mismas promesas sobre {t}",
           "mirad lo que pasó con {t} en el pueblo de al lado", "al menos alguien nombra {t}",
           "buen plan para {t}, ahora hacedlo", "en mi calle esperamos {t} desde 2019"),
    "fr": ("{t} aurait dû passer d'abord", "personne ne parle de ça : {t}", "qui va payer {t} ?",
           "là-dessus je leur fais confiance : {t}", "encore oublié : {t}", "chez nous c'est plutôt {t} qui compte",
           "mêmes promesses qu'il y a quatre ans, {t}", "regardez la ville d'à côté : {t}",
           "au moins quelqu'un en parle : {t}", "bon plan, au travail : {t}", "on attend depuis 2019 : {t}"),
}  # fmt: skip
_CLOSERS = {
    "en": ("", "", ".", ".", "!", "!!", "...", " 👍", " 🙄", ", full stop.", " and that is it", " 😂", ". Thanks!"),
    "de": ("", "", ".", ".", "!", "!!", "...", " 👍", " 🙄", ", Punkt.", " so ist es", " 😂", ". Danke!"),
    "es": ("", "", ".", ".", "!", "!!", "...", " 👍", " 🙄", ", punto.", " y ya está", " 😂", ". ¡Gracias!"),
    "fr": ("", "", ".", ".", " !", " !!", "...", " 👍", " 🙄", ", point.", " voilà", " 😂", ". Merci !"),
}
_PRAISE = {
    "en": ("Great", "Well put", "So true", "Thank you", "Exactly", "100%", "Love this", "Bravo", "Agree", "👏👏", "❤️"),
    "de": ("Super", "Gut gesagt", "So ist es", "Danke", "Genau", "100%", "Sehr gut", "Bravo", "Stimmt", "👏👏", "❤️"),
    "es": ("Genial", "Bien dicho", "Así es", "Gracias", "Exacto", "100%", "Me encanta", "Bravo", "Sí", "👏👏", "❤️"),
    "fr": ("Super", "Bien dit", "C'est vrai", "Merci", "Exactement", "100%", "J'adore", "Bravo", "Oui", "👏👏", "❤️"),
}
_DISHES = (
    "soup",
    "dumplings",
    "grilled fish",
    "lamb",
    "noodles",
    "pizza",
    "pancakes",
    "curry",
    "salad",
    "coffee",
    "cake",
)
_VERDICTS = (
    "The {d} was {a}, service {b}.", "{a} {d}, we will be back.", "Waited long, but the {d} is {a}.",
    "Came with the family. {d}: {a}. Staff: {b}.", "{d} {a} as always!", "Not cheap, yet the {d} was {a}.", "{a}.",
    "Second time here, {d} still {a}.", "Terrace is {b}, {d} {a}",
)  # fmt: skip
_QUALITIES = ("excellent", "fine", "good", "cold", "so-so", "fresh", "very good", "lovely", "poor", "friendly", "slow")
_HEADLINES = (
    "What changes for {t} after the vote", "{t}: five questions to the candidates", "Live: council discusses {t}",
    "Our visit to people who care about {t}", "Video: a minute on {t}", "{t}, explained", "Numbers of the week: {t}",
    "We keep our word on {t}", "Opinion: {t} cannot wait", "Poll: how important is {t} to you?",
)  # fmt: skip


def word(rng: np.random.Generator, options: tuple[str, ...]) -> str:
    """Return one of the options."""
    return options[int(rng.integers(len(options)))]


def _typed(rng: np.random.Generator, text: str) -> str:
    """Return the text as a thumb types it: sometimes in lower case, sometimes with two letters swapped."""
    draw = rng.random()
    if draw < 0.2:
        return text.lower()
    if draw < 0.3 and len(text) > 12:
        cut = int(rng.integers(2, len(text) - 3))
        return text[:cut] + text[cut + 1] + text[cut] + text[cut + 2 :]
    return text[:1].upper() + text[1:]


def comment(rng: np.random.Generator, language: str = "en") -> str:
    """Return a remark under a post, in the writer's own words."""
    if rng.random() < 0.2:
        return praise(rng, language)
    parts = [word(rng, _OPENERS[language])]
    for turn in range(1 if rng.random() < 0.7 else 2):
        parts.append(" " * turn + word(rng, _BODIES[language]).format(t=word(rng, _TOPICS[language])))
        parts.append(word(rng, _CLOSERS[language]))
    return _typed(rng, "".join(parts))


def praise(rng: np.random.Generator, language: str = "en") -> str:
    """Return a short cheer, as very many people write it."""
    text = word(rng, _PRAISE[language])
    return text + word(rng, ("", "", "!", "!!", " 👍", ".")) if rng.random() < 0.6 else text.lower()


def headline(rng: np.random.Generator) -> str:
    """Return the text of a publisher's post."""
    text = word(rng, _HEADLINES).format(t=word(rng, _TOPICS["en"]))
    return text[:1].upper() + text[1:]


def post_text(rng: np.random.Generator, language: str, tags: tuple[str, ...] = ()) -> str:
    """Return the text of somebody's own post, with its hashtags."""
    return " ".join([comment(rng, language), *(f"#{tag}" for tag in tags)])


def review(rng: np.random.Generator) -> str:
    """Return a guest's review of a place."""
    verdict = word(rng, _VERDICTS)
    return _typed(rng, verdict.format(d=word(rng, _DISHES), a=word(rng, _QUALITIES), b=word(rng, _QUALITIES)))
