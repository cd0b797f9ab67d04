"""Parts of speech of many sentences at once: what `tags.tag_sentence` says of each, looked up by distinct word.

Every distinct word is tagged once; the rules of context are then asked about the tokens alone that they could change.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from presslens.language import tags as rules
from presslens.language.chunks import changes, coded, numbered
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
    norms = np.array(written.norms, dtype=object)[code].tolist()
    begins = np.concatenate([[True], line[1:] != line[:-1]])
    numbers: dict[str, int] = {}
    tag = _alone(written, code, begins, numbers)
    changed = _in_context(written, code, begins, tag, numbers, norms)
    _give_verbs(written, code, begins, norms, changed, numbers)
    return Tagged(list(numbers), changed)


def _alone(written: Written, code: Ints, begins: Flags, numbers: dict[str, int]) -> Ints:
    """The tag of each token taken alone, which hangs on whether a word stands before it in its sentence or clause."""
    columns = list(zip(written.words, written.norms, written.kinds, strict=True))
    first = [_first_tags(*one) for one in columns]
    both = [np.array([_number(pair[opens], numbers) for pair in first], dtype=np.int64)[code] for opens in (0, 1)]
    word = np.array([kind == "word" for kind in written.kinds], dtype=bool)
    event = word | np.array([one in rules.OPENERS for one in written.words], dtype=bool)
    place = np.arange(len(code))
    latest = np.maximum.accumulate(np.where(event[code], place, -1))
    before = np.concatenate([[-1], latest[:-1]])  # the last word or opening mark before each token
    sentence = np.maximum.accumulate(np.where(begins, place, 0))
    opens = (before < sentence) | ~word[code[before]]
    return np.where(opens, both[1], both[0])


@lru_cache(maxsize=100_000)
def _first_tags(word: str, norm: str, kind: str) -> tuple[str, str]:
    """The tag of a word taken alone: inside its clause, and where it opens one."""
    return rules.first_tag(word, norm, kind, False), rules.first_tag(word, norm, kind, True)


def _in_context(
    written: Written, code: Ints, begins: Flags, tag: Ints, numbers: dict[str, int], norms: list[str]
) -> Ints:
    """The tags corrected by their neighbours, from left to right."""
    names = list(numbers)
    by_tag = np.zeros((len(names), len(names)), dtype=bool)
    by_word = np.zeros((len(names), len(written.words)), dtype=bool)
    for number, name in enumerate(names):
        by_tag[number] = [other in _CHANGED_BY.get(name, ()) for other in names]
        if name in _CHANGED_AFTER:
            by_word[number] = [norm in _CHANGED_AFTER[name] for norm in written.norms]
    moves = np.zeros((len(names), len(written.words)), dtype=bool)
    for number, name in enumerate(names):
        if name in _CHANGED_BY:
            mine = np.flatnonzero(np.bincount(code[tag == number], minlength=len(written.words)))
            moves[number, mine] = [rules.can_change(written.norms[one], name) for one in mine.tolist()]
    able = moves.ravel().take(tag * len(written.words) + code)
    known_tag = by_tag.ravel().take(tag * len(names) + np.roll(tag, 1))
    known_word = by_word.ravel().take(tag * len(written.words) + np.roll(code, 1))
    gerund = np.array([norm.endswith("ing") for norm in written.norms], dtype=bool)[code]
    noun = np.array([name == "NN" for name in names], dtype=bool)[tag]
    likely = able & ~begins & (known_tag | known_word | (noun & gerund) | np.roll(able, 1))
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


def _give_verbs(
    written: Written, code: Ints, begins: Flags, norms: list[str], tag: Ints, numbers: dict[str, int]
) -> None:
    """Make a noun the verb of each stretch that ends like a sentence and has no finite verb."""
    parting = np.array([one in rules.PARTS_CLAUSES for one in written.words], dtype=bool)[code]
    point = np.array([one == "." for one in written.words], dtype=bool)[code]
    word = np.array([kind == "word" for kind in written.kinds], dtype=bool)[code]
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


def _number(name: str, numbers: dict[str, int]) -> int:
    return numbers.setdefault(name, len(numbers))


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
