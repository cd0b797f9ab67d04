"""What a sentence says around one mention, as named features of a linear model.

A feature is a family and a term: `1 after|praised` is the word "praised" right after the mention. The family says where
the term stands: how near, on which side, in the same clause. Proper names are all read as NAME and the mention itself
is left out, so that the model cannot learn whom the news likes, only what is said of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from presslens.sentiment.targets_tokens import (
    NAME,
    NEGATED,
    Flags,
    Floats,
    Ints,
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
    """A sparse matrix: mention, feature, value."""

    rows: Ints
    columns: Ints
    values: Floats


@dataclass(frozen=True)
class Inventory:
    """The features that a model knows, each family a block of columns."""

    terms: Mapping[str, int]
    stems: Mapping[str, int]
    pairs: Mapping[str, int]
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
        found["pair"], at = at, at + len(self.pairs)
        found["mention"], at = at, at + len(self.mentions)
        for lexicon in self.lexicons:
            for sign in ("+", "-"):
                found[f"{lexicon} {sign}"], at = at, at + len(SCOPES)
        found["role"], at = at, at + 2 * len(self.verb_classes)
        return {**found, "": at}

    @property
    def verb_classes(self) -> list[str]:
        """The classes of verbs, sorted."""
        return sorted(set(self.verbs.values()))

    def labels(self) -> list[tuple[str, str]]:
        """Family and term of every column, in order."""
        found = [(family, term) for family in TERM_FAMILIES for term in self.terms]
        found += [(family, stem) for family in STEM_FAMILIES for stem in self.stems]
        found += [("pair", pair) for pair in self.pairs]
        found += [("mention", term) for term in self.mentions]
        found += [(f"{name} {sign}", scope) for name in self.lexicons for sign in "+-" for scope in SCOPES]
        return found + [("role", f"{role} of {verb}") for role in ("agent", "patient") for verb in self.verb_classes]


def features(
    tokens: Tokens,
    text: Ints,
    start: Ints,
    end: Ints,
    mentions: Sequence[str],
    inventory: Inventory,
    stem: Callable[[str], str],
) -> Triplets:
    """The features of each mention, by the columns of the inventory."""
    near = places(tokens, text, start, end)
    offsets = inventory.offsets
    side = near.after.astype(np.int64)
    nearest = np.where(near.after, near.go[near.row], near.token)
    furthest = np.where(near.after, near.token + 1, near.stop[near.row])
    breaks = tokens.breaks[furthest] - tokens.breaks[nearest]
    clause = tokens.strong[furthest] == tokens.strong[nearest]
    phrase = breaks <= 1
    rows: list[Ints] = []
    columns: list[Ints] = []
    values: list[Floats] = []

    def add(where: Flags, column: Ints, value: Floats | float = 1.0) -> None:
        rows.append(near.row[where])
        columns.append(column[where])
        values.append(np.broadcast_to(value, column.shape)[where])

    term = _numbers(tokens.forms, inventory.terms)[tokens.form][near.token]
    known = term >= 0
    distance = near.distance

    def by_side(family: str, number: Ints) -> Ints:
        base = np.array([offsets[f"{family}{name}"] for name in SIDES])
        return np.asarray(base[side] + np.clip(number, 0, None))

    add(known, offsets["anywhere"] + np.clip(term, 0, None))
    add(known, offsets["near"] + np.clip(term, 0, None), 1 / (1 + distance / 4))
    add(known, by_side("", term), 1 / (1 + distance / 6))
    add(known & clause, by_side("clause ", term))
    add(known & phrase, by_side("phrase ", term))
    for place in range(NEAR):
        add(known & (distance == place), by_side(f"{place + 1} ", term))
    root = _numbers([stemmed(form, stem) for form in tokens.forms], inventory.stems)[tokens.form][near.token]
    fading = 1 / (1 + distance / 8)
    add(root >= 0, offsets["stem"] + np.clip(root, 0, None), fading)
    add(root >= 0, by_side("stem ", root), fading)

    pair = _pair_numbers(tokens, inventory.pairs)[near.token - (~near.after).astype(np.int64)]
    inside = np.where(
        near.after, near.token + 1 < tokens.first[text[near.row] + 1], near.token > tokens.first[text[near.row]]
    )
    add((pair >= 0) & inside, offsets["pair"] + np.clip(pair, 0, None))

    own = (tokens.quotes[near.stop] - tokens.quotes[tokens.first[text]]) % 2
    voice = (tokens.quotes[near.token] - tokens.quotes[tokens.first[text[near.row]]]) % 2
    elsewhere = tokens.ends[furthest] != tokens.ends[nearest]
    same = voice == own[near.row]
    bare = [form.removeprefix(NEGATED) for form in tokens.forms]
    scopes: list[tuple[Flags | bool, Ints, Floats | float]] = [
        (True, side * 0, 1.0),
        (True, 1 + side, 1.0),
        (True, 3 + side, 1 / (1 + distance / 4)),
        (clause, 5 + side, 1.0),
        (phrase, 7 + side, 1.0),
        (True, np.where(same, np.where(voice == 1, 9, 10), 11), 1.0),
        (elsewhere, side * 0 + 12, 1.0),
    ]
    passive = passives(tokens, bare)[near.token]
    by = np.append(np.array([form == "by" for form in bare], dtype=bool)[tokens.form], False)
    by_mention = (near.stop > tokens.first[text]) & by[near.stop - 1]
    agent = np.where(near.after, ~passive, passive & by_mention[near.row])
    scopes.append((clause & (distance < 10), np.where(agent, 13, 14), 1 / (1 + distance / 4)))
    for name, lexicon in inventory.lexicons.items():
        valence = _valences(tokens.forms, lexicon)[tokens.form][near.token]
        for sign, strength in (("+", valence), ("-", -valence)):
            for where, scope, weight in scopes:
                add((strength > 0) & where, offsets[f"{name} {sign}"] + scope, strength * weight)
    kinds = inventory.verb_classes
    verb = np.array([kinds.index(inventory.verbs[f]) if f in inventory.verbs else -1 for f in bare])[tokens.form]
    verb_near = verb[near.token]
    undone = np.where(
        np.array([f.startswith(NEGATED) for f in tokens.forms], dtype=bool)[tokens.form][near.token], -0.5, 1.0
    )
    role = np.where(agent, 0, len(kinds)) + np.clip(verb_near, 0, None)
    add((verb_near >= 0) & clause & (distance < 10), offsets["role"] + role, undone / (1 + distance / 4))
    about = [
        (row, offsets["mention"] + column, value)
        for row, found in enumerate(about_mentions(tokens, text, start, end, mentions))
        for term, value in found
        if (column := inventory.mentions.get(term)) is not None
    ]
    about_rows, about_columns, about_values = zip(*about, strict=True) if about else ((), (), ())
    return Triplets(
        np.concatenate([*rows, np.array(about_rows, dtype=np.int64)]),
        np.concatenate([*columns, np.array(about_columns, dtype=np.int64)]),
        np.concatenate([*values, np.array(about_values, dtype=np.float64)]),
    )


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


def about_mentions(
    tokens: Tokens, text: Ints, start: Ints, end: Ints, mentions: Sequence[str]
) -> list[list[tuple[str, float]]]:
    """Terms of each mention itself: what it is, its two neighbours, and whether it stands in a quotation."""
    near = places(tokens, text, start, end)
    own = (tokens.quotes[near.stop] - tokens.quotes[tokens.first[text]]) % 2
    first, last = tokens.first[text].tolist(), tokens.first[text + 1].tolist()
    form, forms = tokens.form.tolist(), tokens.forms
    terms: dict[str, list[tuple[str, float]]] = {}
    found = []
    for mention, stop, go, a, b, voice in zip(
        mentions, near.stop.tolist(), near.go.tolist(), first, last, own.tolist(), strict=True
    ):
        left = forms[form[stop - 1]] if stop > a else "^"
        right = forms[form[go]] if go < b else "$"
        if mention not in terms:
            terms[mention] = [(term, 1.0) for term in mention_terms(mention)] + [
                ("words", (mention.count(" ") + 1) / 3)
            ]
        found.append(
            [
                *terms[mention],
                (f"between {left} … {right}", 1.0),
                ("in quotation" if voice else "in plain text", 1.0),
                ("place in text", (stop - a) / (b - a + 1)),
                ("length", (b - a) / 50),
            ]
        )
    return found


def _numbers(forms: Sequence[str], known: Mapping[str, int]) -> Ints:
    return np.array([known.get(form, -1) for form in forms] or [-1], dtype=np.int64)


def _valences(forms: Sequence[str], lexicon: Mapping[str, float]) -> Floats:
    """The valence of each form; a negated word keeps part of it with the sign turned."""
    found = [
        -0.7 * lexicon.get(form[len(NEGATED) :], 0.0) if form.startswith(NEGATED) else lexicon.get(form, 0.0)
        for form in forms
    ]
    return np.array(found or [0.0], dtype=np.float64)


def stemmed(form: str, stem: Callable[[str], str]) -> str:
    """The stem of a form, its negation kept; empty for names and for what is no word."""
    bare = form.removeprefix(NEGATED)
    if bare == NAME or not bare.isalpha():
        return ""
    return (NEGATED if bare != form else "") + stem(bare)


def _pair_numbers(tokens: Tokens, pairs: Mapping[str, int]) -> Ints:
    """The number of the pair that each token forms with the next one, -1 when unknown."""
    base = len(tokens.forms) // 2
    plain = tokens.form % max(base, 1)
    number = {form: index for index, form in enumerate(tokens.forms[:base])}
    codes: dict[int, int] = {}
    for pair, index in pairs.items():
        left, right = pair.split(" ")
        if left in number and right in number:
            codes[number[left] * base + number[right]] = index
    if len(plain) < 2 or not codes:
        return np.full(max(len(plain), 1), -1, dtype=np.int64)
    keys = np.array(sorted(codes), dtype=np.int64)
    numbers = np.array([codes[key] for key in keys.tolist()], dtype=np.int64)
    code = plain[:-1] * base + plain[1:]
    at = np.minimum(np.searchsorted(keys, code), len(keys) - 1)
    return np.append(np.where(keys[at] == code, numbers[at], -1), -1)
