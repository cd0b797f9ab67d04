"""What a sentence says around one mention, as named features of a linear model.

A feature is a family and a term: `1 after|praised` is the word "praised" right after the mention. The family says where
the term stands: how near, on which side, in the same clause. Proper names are all read as NAME and the mention itself
is left out, so that the model cannot learn whom the news likes, only what is said of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from presslens.language.chunks import spread
from presslens.language.facts import Facts
from presslens.language.stems import stem
from presslens.sentiment.targets_tokens import (
    NAME,
    NEGATED,
    Complexes,
    Flags,
    Floats,
    Ints,
    Places,
    Tokens,
    passives,
    places,
    words,
)

NEAR = 4  # tokens whose exact place counts

SIDES = ("before", "after")
TERM_FAMILIES = (
    "anywhere",
    "near",
    *SIDES,
    *(f"clause {side}" for side in SIDES),
    *(f"phrase {side}" for side in SIDES),
    *(f"{place} {side}" for place in range(1, NEAR + 1) for side in SIDES),
)
STEM_FAMILIES = ("stem", *(f"stem {side}" for side in SIDES))
SCOPES = (
    "anywhere",
    *SIDES,
    *(f"near {side}" for side in SIDES),
    *(f"clause {side}" for side in SIDES),
    *(f"phrase {side}" for side in SIDES),
    "inside its quotation",
    "outside quotation",
    "across quotation",
    "other sentence",
    "as agent",
    "as patient",
)


class Triplets(NamedTuple):
    """A sparse matrix: mention, feature, value, and the token that it comes from (-1: the mention itself)."""

    rows: Ints
    columns: Ints
    values: Floats
    tokens: Ints


@dataclass(frozen=True)
class Inventory:
    """The features that a model knows, each family a block of columns."""

    terms: Mapping[str, int]
    stems: Mapping[str, int]
    mentions: Mapping[str, int]
    lexicons: Mapping[str, Mapping[str, float]]
    verbs: Mapping[str, str]

    @property
    def offsets(self) -> dict[str, int]:
        """The first column of each family."""
        at, found = 0, {}
        for family in TERM_FAMILIES:
            found[family], at = at, at + len(self.terms)
        for family in STEM_FAMILIES:
            found[family], at = at, at + len(self.stems)
        found["mention"], at = at, at + len(self.mentions)
        for lexicon in self.lexicons:
            for sign in ("+", "-"):
                found[f"{lexicon} {sign}"], at = at, at + len(SCOPES)
        found["role"], at = at, at + 2 * len(self.verb_classes)
        return {**found, "": at}

    @cached_property
    def between(self) -> dict[tuple[str, ...], int]:
        """The numbers of the pairs of words that a mention may stand between."""
        found = self.mentions.items()
        return {tuple(term[8:].split(" … ")): number for term, number in found if term.startswith("between ")}

    @cached_property
    def facts(self) -> Facts[str]:
        """What a form is to the features: the numbers of term, stem and class of verb (-1 when unknown); whether it is
        negated, "by", a form of "be" or a participle; its valence in each lexicon."""
        kinds = {kind: number for number, kind in enumerate(self.verb_classes)}
        verbs = {form: kinds[kind] for form, kind in self.verbs.items()}

        def tell(form: str) -> tuple[float, ...]:
            bare = form.removeprefix(NEGATED)
            return (
                self.terms.get(form, -1),
                self.stems.get(stemmed(form), -1),
                verbs.get(bare, -1),
                bare != form,
                bare == "by",
                bare in words("be"),
                bare.endswith(("ed", "en")) or bare in words("participle"),
                *(_valence(form, lexicon) for lexicon in self.lexicons.values()),
            )

        return Facts(tell, (*["i8"] * 3, *"?" * 4, *["f8"] * len(self.lexicons)))

    @property
    def verb_classes(self) -> list[str]:
        """The classes of verbs, sorted."""
        return sorted(set(self.verbs.values()))

    def labels(self) -> list[tuple[str, str]]:
        """Family and term of every column, in order."""
        found = [(family, term) for family in TERM_FAMILIES for term in self.terms]
        found += [(family, stem) for family in STEM_FAMILIES for stem in self.stems]
        found += [("mention", term) for term in self.mentions]
        found += [(f"{name} {sign}", scope) for name in self.lexicons for sign in "+-" for scope in SCOPES]
        return found + [("role", f"{role} of {verb}") for role in ("agent", "patient") for verb in self.verb_classes]


class Reading(NamedTuple):
    """What each token is to a model: its numbers in the inventory (-1 when unknown), valences, verb class and voice."""

    term: Ints
    stem: Ints
    verb: Ints
    valence: dict[str, Floats]
    negated: Flags
    passive: Flags
    by: Flags


def read(tokens: Tokens, inventory: Inventory) -> Reading:
    """What every token is to a model that knows these features."""
    met = np.flatnonzero(np.bincount(tokens.form, minlength=len(tokens.forms)))
    number = np.zeros(len(tokens.forms), dtype=np.int64)
    number[met] = np.arange(len(met))
    form_of = number[tokens.form]
    known = inventory.facts.of([tokens.forms[one] for one in met.tolist()])
    term, stem, verb, negated, by, auxiliary, participle, *valences = (column[form_of] for column in known)
    return Reading(
        term=term,
        stem=stem,
        verb=verb,
        valence=dict(zip(inventory.lexicons, valences, strict=True)),
        negated=negated,
        passive=passives(tokens.breaks, auxiliary, participle),
        by=np.append(by, False),
    )


def features(
    tokens: Tokens,
    reading: Reading,
    text: Ints,
    start: Ints,
    end: Ints,
    mentions: Sequence[str],
    inventory: Inventory,
) -> Triplets:
    """The features of each mention, by the columns of the inventory."""
    near = places(tokens, text, start, end)
    parts = [
        (near.row[at], columns, np.ones(len(at)) if values is None else values, near.token[at])
        for at, columns, values in _around(tokens, reading, near, text, inventory)
    ]
    rows, columns, values = _of_mentions(tokens, near, text, mentions, inventory)
    parts.append((rows, columns, values, np.full(len(rows), -1, dtype=np.int64)))
    return Triplets(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def weighed(
    tokens: Tokens,
    reading: Reading,
    text: Ints,
    start: Ints,
    end: Ints,
    mentions: Sequence[str],
    inventory: Inventory,
    weights: Complexes,
) -> Floats:
    """What the `features` of each mention add up to, without listing them: under the real parts of some weights (one a
    feature) in the first column, under the imaginary parts in the second."""
    near = places(tokens, text, start, end)
    moved = np.zeros(len(near.row), dtype=np.complex128)
    for at, columns, values in _around(tokens, reading, near, text, inventory):
        moved[at] += weights.take(columns) if values is None else weights.take(columns) * values
    rows, columns, values = _of_mentions(tokens, near, text, mentions, inventory)
    own = weights.take(columns) * values
    return np.column_stack(
        [
            np.bincount(near.row, weights=around, minlength=len(text))
            + np.bincount(rows, weights=itself, minlength=len(text))
            for around, itself in ((moved.real, own.real), (moved.imag, own.imag))
        ]
    )


Part = tuple[
    Ints, Ints, Floats | None
]  # which of the tokens near mentions, their columns, and values (1 where there are none)


def _around(tokens: Tokens, reading: Reading, near: Places, text: Ints, inventory: Inventory) -> Iterator[Part]:
    """The features that the tokens near each mention give it; within a part every token stands once."""
    offsets = inventory.offsets
    side = near.after.astype(np.int64)
    distance = near.distance
    nearest = np.where(near.after, near.go[near.row], near.token)
    furthest = np.where(near.after, near.token + 1, near.stop[near.row])
    clause = tokens.strong[furthest] == tokens.strong[nearest]
    phrase = tokens.breaks[furthest] - tokens.breaks[nearest] <= 1
    close = 1 / (1 + distance / 4)

    def by_side(family: str, at: Ints) -> Ints:
        base = np.array([offsets[f"{family}{name}"] for name in SIDES])
        return np.asarray(base[side[at]])

    term = reading.term[near.token]
    known = np.flatnonzero(term >= 0)
    for family, where, value in (
        ("anywhere", None, None),
        ("near", None, close),
        ("", None, 1 / (1 + distance / 6)),
        ("clause ", clause, None),
        ("phrase ", phrase, None),
        *((f"{place + 1} ", distance == place, None) for place in range(NEAR)),
    ):
        at = known if where is None else known[where[known]]
        base = offsets[family] if family in ("anywhere", "near") else by_side(family, at)
        yield at, base + term[at], None if value is None else value[at]
    root = reading.stem[near.token]
    at = np.flatnonzero(root >= 0)
    fading = 1 / (1 + distance[at] / 8)
    yield at, offsets["stem"] + root[at], fading
    yield at, by_side("stem ", at) + root[at], fading

    first = tokens.first[text][near.row]
    own = _quoted(tokens, near, text)
    by_mention = (near.stop > tokens.first[text]) & reading.by[near.stop - 1]
    agent = np.where(near.after, ~reading.passive[near.token], reading.passive[near.token] & by_mention[near.row])
    acts = clause & (distance < 10)
    for name, valences in reading.valence.items():
        valence = valences[near.token]
        for sign, at in (("+", np.flatnonzero(valence > 0)), ("-", np.flatnonzero(valence < 0))):
            strength, base = np.abs(valence[at]), offsets[f"{name} {sign}"]
            after = side[at]
            voice = (tokens.quotes[near.token[at]] - tokens.quotes[first[at]]) % 2
            heard = np.where(voice == own[near.row[at]], np.where(voice == 1, 9, 10), 11)
            other = tokens.ends[furthest[at]] != tokens.ends[nearest[at]]
            yield at, np.full(len(at), base), strength
            yield at, base + 1 + after, strength
            yield at, base + 3 + after, strength * close[at]
            yield at, base + heard, strength
            for where, scope, weight in (
                (clause[at], 5 + after, strength),
                (phrase[at], 7 + after, strength),
                (other, 12 + 0 * after, strength),
                (acts[at], np.where(agent[at], 13, 14), strength * close[at]),
            ):
                yield at[where], base + scope[where], weight[where]
    verb = reading.verb[near.token]
    at = np.flatnonzero((verb >= 0) & acts)
    role = np.where(agent[at], 0, len(inventory.verb_classes)) + verb[at]
    yield at, offsets["role"] + role, np.where(reading.negated[near.token[at]], -0.5, 1.0) * close[at]


def _of_mentions(
    tokens: Tokens, near: Places, text: Ints, mentions: Sequence[str], inventory: Inventory
) -> tuple[Ints, Ints, Floats]:
    """The features of the mentions themselves, as `about_mentions` names them: their rows, columns and values."""
    base, known = inventory.offsets["mention"], inventory.mentions
    own, first, last = _quoted(tokens, near, text), tokens.first[text], tokens.first[text + 1]
    row = np.arange(len(text))
    parts = []
    for term, at, value in (
        ("in quotation", own == 1, np.ones(len(text))),
        ("in plain text", own == 0, np.ones(len(text))),
        ("place in text", own >= 0, (near.stop - first) / (last - first + 1)),
        ("length", own >= 0, (last - first) / 50),
    ):
        if term in known:
            parts.append((row[at], np.full(int(at.sum()), known[term]), value[at]))
    left, right = _beside(tokens, near, first, last)
    between = np.array([inventory.between.get(pair, -1) for pair in zip(left, right, strict=True)], dtype=np.int64)
    at = np.flatnonzero(between >= 0)
    parts.append((at, between[at], np.ones(len(at))))
    named: dict[str, int] = {}
    code = np.array([named.setdefault(mention, len(named)) for mention in mentions], dtype=np.int64)
    own_terms = [[(known[term], value) for term, value in _own_terms(mention) if term in known] for mention in named]
    owner, place = spread(np.array([len(one) for one in own_terms], dtype=np.int64), code)
    columns, values = np.array([pair for one in own_terms for pair in one], dtype=float).reshape(-1, 2).T
    parts.append((owner, columns.astype(np.int64)[place], values[place]))
    some, numbers, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    return some, base + numbers, weights


@lru_cache(maxsize=10_000)
def _own_terms(mention: str) -> list[tuple[str, float]]:
    return [(term, 1.0) for term in mention_terms(mention)] + [("words", (mention.count(" ") + 1) / 3)]


def _beside(tokens: Tokens, near: Places, first: Ints, last: Ints) -> tuple[list[str], list[str]]:
    """The forms right before and right after each mention; `^` and `$` at the ends of the text."""
    size = len(tokens.form)
    if not size:
        return ["^"] * len(near.stop), ["$"] * len(near.go)
    before, after = tokens.form[near.stop - 1].tolist(), tokens.form[np.minimum(near.go, size - 1)].tolist()
    inside, on = (near.stop > first).tolist(), (near.go < last).tolist()
    forms = tokens.forms
    return (
        [forms[form] if one else "^" for form, one in zip(before, inside, strict=True)],
        [forms[form] if one else "$" for form, one in zip(after, on, strict=True)],
    )


def _quoted(tokens: Tokens, near: Places, text: Ints) -> Ints:
    """1 for a mention inside quotation marks, else 0."""
    return np.asarray((tokens.quotes[near.stop] - tokens.quotes[tokens.first[text]]) % 2)


def mention_terms(mention: str) -> list[str]:
    """What a mention's own words add: a pronoun or a name, its titles and its plain words, never the name itself."""
    low = mention.lower()
    found = [f"is {low}" if low in words("pronoun") else "is a name or noun"]
    for word in mention.replace("’", "'").split():
        if word[0].islower() and low not in words("pronoun"):
            found.append(f"word {word.lower()}")
        elif word.rstrip(".") in words("title"):
            found.append(f"title {word.rstrip('.')}")
    return found


def about_mentions(tokens: Tokens, near: Places, text: Ints, mentions: Sequence[str]) -> list[list[tuple[str, float]]]:
    """Terms of each mention itself: what it is, its two neighbours, and whether it stands in a quotation."""
    first, last = tokens.first[text], tokens.first[text + 1]
    columns = (mentions, *_beside(tokens, near, first, last), near.stop.tolist(), first.tolist(), last.tolist())
    return [
        [
            *_own_terms(mention),
            (f"between {left} … {right}", 1.0),
            ("in quotation" if voice else "in plain text", 1.0),
            ("place in text", (stop - a) / (b - a + 1)),
            ("length", (b - a) / 50),
        ]
        for mention, left, right, stop, a, b, voice in zip(*columns, _quoted(tokens, near, text).tolist(), strict=True)
    ]


def _valence(form: str, lexicon: Mapping[str, float]) -> float:
    """The valence of a form; a negated word keeps part of it with the sign turned."""
    bare = form.removeprefix(NEGATED)
    return lexicon.get(bare, 0.0) * (1.0 if bare == form else -0.7)


def stemmed(form: str) -> str:
    """The stem of a form, its negation kept; empty for names and for what is no word."""
    bare = form.removeprefix(NEGATED)
    if bare == NAME or not bare.isalpha():
        return ""
    return (NEGATED if bare != form else "") + stem(bare)
