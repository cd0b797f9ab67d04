"""Parts of speech of many sentences at once: what `tags.tag_sentence` says of each, looked up by distinct word.

Every distinct word is tagged once; the rules of context are then asked about the tokens alone that they could change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from presslens.language import tags as rules
from presslens.language.chunks import changes, coded, numbered
from presslens.language.facts import Facts
from presslens.language.tags import FINITE, NAMES

Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

_VERB_AFTER = frozenset({"TO", "MD"})
# The tags right before a token from which the rules of context can change one of its tag.
_CHANGED_BY: dict[str, frozenset[str]] = {
    "POS": frozenset({"PRP", "WP", "EX", "DT", "WRB"}),
    "NN": _VERB_AFTER | NAMES | {"NNS", "PRP", "WP"},
    "NNS": frozenset({"NN", "PRP", "WDT", "WP", "NNP"}),
    "JJ": _VERB_AFTER | rules.OPENS_A_NOUN_PHRASE,
    "VB": rules.OPENS_A_NOUN_PHRASE,
    "VBP": _VERB_AFTER | rules.OPENS_A_NOUN_PHRASE,
    "VBZ": rules.OPENS_A_NOUN_PHRASE,
    "VBD": _VERB_AFTER | {"DT", "PRP$"},
    "VBN": frozenset({"NN", "NNS", "NNP", "PRP"}),
    "VBG": frozenset({"DT", "PRP$", "POS"}),
}
# The words right before it that can: I, we ... before a noun, had before a verb in the past.
_CHANGED_AFTER: dict[str, frozenset[str]] = {"NN": rules.SUBJECTS | {"you"}, "VBD": rules.AUXILIARIES}


_TAGS: dict[str, int] = {}
"""The numbers of the tags that words have had so far."""


class _Forms(NamedTuple):
    """What is told of each distinct word: the number of its tag inside a clause and where it opens one, and whether it ..."""

    inside: Ints
    opening: Ints
    is_word: Flags
    begins_a_clause: Flags  # after it, a word opens one
    is_gerund: Flags
    parts_clauses: Flags
    is_point: Flags
    changes: dict[str, Flags]  # by tag: can change the tag of the word after it
    loses: dict[str, Flags]  # by tag: can be changed by its neighbours


def _told(one: tuple[str, str, str]) -> tuple[int | bool, ...]:
    word, norm, kind = one
    return (
        *(_number(rules.first_tag(word, norm, kind, opens), _TAGS) for opens in (False, True)),
        kind == "word",
        kind == "word" or word in rules.OPENERS,
        norm.endswith("ing"),
        word in rules.PARTS_CLAUSES,
        word == ".",
        *(norm in after for after in _CHANGED_AFTER.values()),
        *(rules.can_change(norm, name) for name in _CHANGED_BY),
    )


def _number(name: str, numbers: dict[str, int]) -> int:
    return numbers.setdefault(name, len(numbers))


_FACTS = Facts(_told, ("i8", "i8", *"?" * (len(_Forms._fields) - 4 + len(_CHANGED_AFTER) + len(_CHANGED_BY))))


class Written(NamedTuple):
    """The distinct words of some sentences: as written, in lower case, and their kinds."""

    words: Sequence[str]
    norms: Sequence[str]
    kinds: Sequence[str]


class Tagged(NamedTuple):
    """The different tags, and which of them each token has."""

    names: list[str]
    tag: Ints


def tag_tokens(written: Written, code: Ints, line: Ints) -> Tagged:
    """The tags of some sentences.

    Args:
        written: the distinct words.
        code: which of them each token is, in order.
        line: the number of each token's sentence; it never falls.
    """
    if not len(code):
        return Tagged([], np.zeros(0, dtype=np.int64))
    forms = _forms(written)
    norms = np.array(written.norms, dtype=object)[code].tolist()
    begins = np.concatenate([[True], line[1:] != line[:-1]])
    numbers = dict(_TAGS)
    changed = _in_context(forms, code, begins, _alone(forms, code, begins), numbers, norms)
    _give_verbs(forms, code, begins, norms, changed, numbers)
    return Tagged(list(numbers), changed)


def _forms(written: Written) -> _Forms:
    told = _FACTS.of(list(zip(written.words, written.norms, written.kinds, strict=True)))
    plain, rest = told[: len(_Forms._fields) - 2], iter(told[len(_Forms._fields) - 2 :])
    changes, loses = ({name: next(rest) for name in names} for names in (_CHANGED_AFTER, _CHANGED_BY))
    return _Forms._make([*plain, changes, loses])


def _alone(forms: _Forms, code: Ints, begins: Flags) -> Ints:
    """The tag of each token taken alone, which hangs on whether a word stands before it in its sentence or clause."""
    place = np.arange(len(code))
    latest = np.maximum.accumulate(np.where(forms.begins_a_clause[code], place, -1))
    before = np.concatenate([[-1], latest[:-1]])  # the last word or opening mark before each token
    sentence = np.maximum.accumulate(np.where(begins, place, 0))
    opens = (before < sentence) | ~forms.is_word[code[before]]
    return np.where(opens, forms.opening[code], forms.inside[code])


def _in_context(forms: _Forms, code: Ints, begins: Flags, tag: Ints, numbers: dict[str, int], norms: list[str]) -> Ints:
    """The tags corrected by their neighbours, from left to right."""
    names = list(numbers)
    size = len(forms.inside)
    by_tag = np.zeros((len(names), len(names)), dtype=bool)
    by_word, moves = (np.zeros((len(names), size), dtype=bool) for _ in range(2))
    for number, name in enumerate(names):
        by_tag[number] = [other in _CHANGED_BY.get(name, ()) for other in names]
        by_word[number] = forms.changes.get(name, False)
        moves[number] = forms.loses.get(name, False)
    able = moves.ravel().take(tag * size + code)
    known_tag = by_tag.ravel().take(tag * len(names) + np.roll(tag, 1))
    known_word = by_word.ravel().take(tag * size + np.roll(code, 1))
    noun = np.array([name == "NN" for name in names], dtype=bool)[tag]
    likely = able & ~begins & (known_tag | known_word | (noun & forms.is_gerund[code]) | np.roll(able, 1))
    found = tag.tolist()
    starts = begins.tolist()
    last = len(found) - 1
    for i in np.flatnonzero(likely).tolist():
        after = names[found[i + 1]] if i < last and not starts[i + 1] else "END"
        earlier = norms[i - 2] if i > 1 and not starts[i - 1] else ""
        following = norms[i + 1] if i < last else ""
        name = names[found[i]]
        new = rules.in_context(norms[i], (earlier, norms[i - 1], following), name, names[found[i - 1]], after)
        if new != name:
            found[i] = _number(new, numbers)
            if len(numbers) > len(names):
                names = list(numbers)
    return np.array(found, dtype=np.int64)


def _give_verbs(forms: _Forms, code: Ints, begins: Flags, norms: list[str], tag: Ints, numbers: dict[str, int]) -> None:
    """Make a noun the verb of each stretch that ends like a sentence and has no finite verb."""
    parting, point, word = (flags[code] for flags in (forms.parts_clauses, forms.is_point, forms.is_word))
    place = np.arange(len(code))
    words = np.concatenate([[0], np.cumsum(word)])
    first = np.flatnonzero(begins)
    stop = np.append(first[1:], len(code))[np.cumsum(begins) - 1]
    ends = np.flatnonzero(
        parting | (point & (words[stop] == words[place]))
    )  # a point with words after it: an abbreviation
    opens = np.maximum(np.maximum.accumulate(np.where(begins, place, 0))[ends], np.append(0, ends[:-1] + 1))
    finite = np.concatenate([[0], np.cumsum(np.array([name in FINITE for name in numbers], dtype=bool)[tag])])
    bare = (ends - opens >= rules.SHORTEST) & (finite[ends] == finite[opens])
    names = list(numbers)
    for low, high in zip(opens[bare].tolist(), ends[bare].tolist(), strict=True):
        tags = [names[number] for number in tag[low:high].tolist()]
        rules.give_a_verb(norms[low:high], tags, 0, high - low)
        tag[low:high] = [_number(name, numbers) for name in tags]


def tag(tokens: pd.DataFrame) -> pd.Series[Any]:
    """Penn Treebank tags for a table of tokens.

    Args:
        tokens: one row a token, in the order of the text; needs `article`, `sentence`, `token`, `norm`, `kind`.

    Returns:
        One tag a row (string), with the index of `tokens`. Punctuation is its own tag; symbols are `SYM`.
    """
    found = tag_tokens(*written(tokens), np.cumsum(changes(tokens)))
    names = pd.array(found.names, dtype="str")
    return pd.Series(names.take(found.tag), index=tokens.index, dtype="str", name="tag")


def written(tokens: pd.DataFrame) -> tuple[Written, Ints]:
    """The distinct words of a table of tokens, and which of them each token is."""
    (token, tokens_of), (norm, norms), (kind, kinds) = (coded(tokens[name]) for name in ("token", "norm", "kind"))
    code, first = numbered((token * (len(norms) + 1) + norm) * (len(kinds) + 1) + kind)
    return Written(tokens_of[token[first]].tolist(), norms[norm[first]].tolist(), kinds[kind[first]].tolist()), code
