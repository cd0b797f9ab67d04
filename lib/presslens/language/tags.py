"""Part-of-speech tags (Penn Treebank) from a lexicon, endings and a few rules of context.

The lexicon gives each word its commonest tag (Brill 1992; see `data/SOURCES.md`). Whether a noun can also be a verb
is read off its inflections: `work` may be a verb because `worked` is one. The context then decides between the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
NAMES = frozenset({"NNP", "NNPS"})
ADJECTIVES = frozenset({"JJ", "JJR", "JJS"})
VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})

_ADJECTIVE_ENDINGS = ("able", "ible", "ful", "ous", "ive", "ical", "ic", "less", "ish", "ary", "ial", "ese")
_CONTRACTIONS = ("n't", "'ll", "'d", "'re", "'ve", "'m")
OPENS_A_NOUN_PHRASE = frozenset({"DT", "PRP$", "POS", "JJ", "JJR", "JJS", "CD", "PDT"})
AUXILIARIES = frozenset(
    {
        "be",
        "been",
        "being",
        "is",
        "are",
        "was",
        "were",
        "am",
        "'s",
        "'re",
        "'m",
        "has",
        "have",
        "had",
        "having",
        "get",
        "got",
    }
)
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PARTS_CLAUSES = frozenset({";", ":", "?", "!", "--", "—"})
SUBJECTS = frozenset({"i", "we", "they", "he", "she"})
_BE = frozenset({"be", "been", "being", "is", "are", "was", "were", "am", "'s", "'re", "'m"})
OPENERS = frozenset({"``", '"', "“", ":", "("})  # a word after one may have its capital for opening a sentence
SHORTEST = 3  # tokens of a stretch that is given a verb
# What can follow a verb.
_FOLLOWS_A_VERB = frozenset(
    {
        "DT",
        "PRP$",
        "PRP",
        "TO",
        "IN",
        "RB",
        "RP",
        "JJ",
        "JJR",
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "CD",
        "WP",
        "WRB",
        "VB",
        "VBG",
        "PDT",
    }
)
_IN_A_SUBJECT = NOUNS | ADJECTIVES | {"DT", "PRP$", "POS", "CD", "PDT"}
_BEFORE_A_SUBJECT = frozenset({",", "(", ")", ":", "'", '"', "``", "`", "“", "”", "’", "that", "but", "-"})
# The tags that the context can change.
_UNSURE = frozenset({"POS", "NN", "NNS", "JJ", "VB", "VBP", "VBZ", "VBD", "VBN", "VBG"})


@cache
def _lexicon() -> dict[str, str]:
    text = files("presslens.language").joinpath("data/tags.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines()[1:])


@cache
def _bases() -> frozenset[str]:
    """Words that can be a plain verb, known from the inflected forms in the lexicon."""
    found = set()
    for word, tag in _lexicon().items():
        if tag in {"VB", "VBP"}:
            found.add(word)
        elif tag in {"VBD", "VBN"} and word.endswith("ed"):
            found.update((word[:-1], word[:-2], word[:-3] if word[-3:-2] == word[-4:-3] else word[:-2]))
        elif tag == "VBG" and word.endswith("ing"):
            found.update((word[:-3], word[:-3] + "e"))
    return frozenset(found)


def can_be_verb(word: str) -> bool:
    """Whether the lexicon knows the lower-case word, or its inflections, as a verb."""
    bases = _bases()
    if word.endswith(("ise", "ises")) and word not in bases:
        word = word.removesuffix("ise") + "ize" if word.endswith("ise") else word.removesuffix("ises") + "izes"
    return word in bases or (
        word.endswith("s") and (word[:-1] in bases or (word.endswith("es") and word[:-2] in bases))
    )


def _guess(word: str) -> str:
    """A tag for a word that the lexicon does not have, from its shape and ending."""
    lower = word.lower()
    if word[:1].isdigit():
        return "CD"
    if word[:1].isupper():
        return "NNP"
    if lower.endswith("ly"):
        return "RB"
    if lower.endswith(("ed", "-born", "-old")):
        return "VBN" if "-" not in lower else "JJ"
    if lower.endswith("ing"):
        return "VBG"
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is", "ous")):
        return "NNS"
    if lower.endswith(_ADJECTIVE_ENDINGS):
        return "JJ"
    if "-" in lower:
        return "JJ"
    return "NN"


@lru_cache(maxsize=200_000)
def first_tag(word: str, norm: str, kind: str, opens: bool) -> str:
    """The tag of a word taken alone."""
    if kind == "number":
        return "CD"
    if kind == "clitic":
        return "POS"
    if "'" in norm and norm.endswith(_CONTRACTIONS):
        return "MD"
    if kind != "word":
        return word if kind == "punctuation" else "SYM"
    lexicon = _lexicon()
    known = lexicon.get(word)
    if word[:1].isupper():
        lower = lexicon.get(norm)
        if opens and lower is not None and (known is None or known not in NAMES or lower not in NOUNS):
            return lower
        if known in NAMES:
            return known
        if (
            lower is not None
            and lower not in NOUNS
            and lower not in ADJECTIVES
            and lower not in {"VB", "VBG", "VBN", "VBP"}
        ):
            return lower
        if known is not None and known in ADJECTIVES:
            return known
        return "NNPS" if lower == "NNS" else "NNP"
    return known or lexicon.get(norm) or _guess(word)


def tag_sentence(words: Sequence[str], norms: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """The tags of one sentence, a token at a time, left to right."""
    tags: list[str] = []
    opens = True
    for word, norm, kind in zip(words, norms, kinds, strict=True):
        tags.append(first_tag(word, norm, kind, opens))
        if kind == "word":
            opens = False
        elif word in OPENERS:
            opens = True
    for i, tag in enumerate(tags):
        if tag not in _UNSURE:
            continue
        before = tags[i - 1] if i else "START"
        after = tags[i + 1] if i + 1 < len(tags) else "END"
        around = (norms[i - 2] if i > 1 else "", norms[i - 1] if i else "", norms[i + 1] if i + 1 < len(norms) else "")
        tags[i] = in_context(norms[i], around, tag, before, after)
    first = 0
    for i, word in enumerate(words):
        if word in PARTS_CLAUSES or (word == "." and "word" not in kinds[i:]):  # no abbreviation
            give_a_verb(norms, tags, first, i)
            first = i + 1
    return tags


def give_a_verb(norms: Sequence[str], tags: list[str], first: int, last: int) -> None:
    """Make the likeliest noun of a stretch that ends like a sentence, and has no finite verb, its verb.

    It follows a noun that nothing governs, agrees with it (owners trade, beauty returns), and what can follow a verb comes
    next.
    """
    if last - first < SHORTEST or not FINITE.isdisjoint(tags[first:last]):
        return
    for noun, verb, finite in (({"NNS"}, "NN", "VBP"), ({"NN", "NNP"}, "NNS", "VBZ")):
        for i in range(first + 1, last - 1):
            if tags[i] == verb and tags[i - 1] in noun and tags[i + 1] in _FOLLOWS_A_VERB and can_be_verb(norms[i]):
                begin = i - 1
                while begin > first and tags[begin - 1] in _IN_A_SUBJECT:
                    begin -= 1
                if begin == first or norms[begin - 1] in _BEFORE_A_SUBJECT:
                    tags[i] = finite
                    return


@lru_cache(maxsize=200_000)
def can_change(norm: str, tag: str) -> bool:
    """Whether a word could get another tag by its neighbours, whatever they are: a quick look before `in_context`."""
    if tag in {"NN", "NNS"}:
        gerund = tag == "NN" and norm.endswith("ing") and (can_be_verb(norm[:-3]) or can_be_verb(norm[:-3] + "e"))
        return gerund or can_be_verb(norm)
    if tag == "JJ":
        return can_be_verb(norm) or can_be_noun(norm)
    if tag == "VBZ":
        return norm not in AUXILIARIES
    return norm.endswith("ed") if tag == "VBN" else tag in _UNSURE


def in_context(norm: str, around: tuple[str, str, str], tag: str, before: str, after: str) -> str:
    """One tag, corrected by its neighbours.

    Args:
        norm: the word.
        around: the second word before it, the one right before and the one right after; empty outside the sentence.
        tag: of the word taken alone.
        before, after: the tags right before it, corrected, and right after; `START` and `END` at the sentence's ends.
    """
    earlier, previous, following = around
    if tag == "POS":
        return "VBZ" if before in {"PRP", "WP", "EX", "DT", "WRB"} else tag
    if tag in {"NN", "NNS", "JJ", "VBP", "VBD"} and before in {"TO", "MD"} and can_be_verb(norm) and tag != "NNS":
        return "VB"
    if tag in {"VB", "VBP"} and before in OPENS_A_NOUN_PHRASE:
        return "NN"
    if tag == "VBZ" and before in OPENS_A_NOUN_PHRASE and norm not in AUXILIARIES:
        return "NNS"
    if tag == "NN" and previous in SUBJECTS and can_be_verb(norm):
        return "VBP"
    if tag == "NN" and previous == "you" and earlier in {"do", "did"} and can_be_verb(norm):
        return "VB"
    if (
        tag == "NN"
        and norm.endswith("ing")
        and before != "POS"
        and can_be_verb(norm[:-3]) | can_be_verb(norm[:-3] + "e")
    ):
        if after in {"DT", "PRP$"} and (before in NOUNS or previous in _BE):
            return "VBG"
        if previous in _BE and after in {"NN", "NNS", "JJ", "NNP"}:
            return "VBG"
    if tag == "NN" and before == "NNS" and after == "JJR" and can_be_verb(norm):
        return "VBP"
    if tag == "NNS" and before == "NN" and after == "JJR" and following != "more" and can_be_verb(norm):
        return "VBZ"
    if (
        tag == "NN"
        and before in {"PRP", "NNS", "WP"}
        and previous not in {"it", "her", "him", "them"}
        and can_be_verb(norm)
    ):
        return "VBP" if after in {"DT", "IN", "TO", "PRP", "PRP$", "RB"} else tag
    if tag == "NN" and before in NAMES and after in {"DT", "PRP$"} and norm.islower() and can_be_verb(norm):
        return "VB"
    if (
        tag == "NNS"
        and can_be_verb(norm)
        and before in {"PRP", "WDT", "WP", "NNP", "NN"}
        and after in {"DT", "PRP$", "PRP", "TO", "IN"}
    ):
        return "VBZ" if before in {"PRP", "WDT", "WP"} or after in {"DT", "PRP$", "PRP"} else tag
    if (
        tag == "VBN"
        and before in {"NN", "NNS", "NNP", "PRP"}
        and after in {"DT", "PRP$", "PRP", "CD", "NNP", "TO", "RB"}
        and norm.endswith("ed")
    ):
        return "VBD"
    if tag == "VBD" and (previous in AUXILIARIES or before in {"DT", "PRP$"}):
        return "VBN"
    if tag == "VBG" and before in {"DT", "PRP$", "POS"} and after not in NOUNS and after not in ADJECTIVES:
        return "NN"
    if tag == "JJ" and before in OPENS_A_NOUN_PHRASE and (after in {"IN", ".", ",", "MD", "VBD", "VBZ", "CC", "END"}):
        return "NN" if can_be_noun(norm) else tag
    return tag


def can_be_noun(word: str) -> bool:
    """Whether the lexicon has a plural of the word: `official` may be a noun because of `officials`."""
    return _lexicon().get(word + "s") == "NNS"
