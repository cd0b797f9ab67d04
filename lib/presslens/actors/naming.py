"""Where names stand in a sentence: runs of capitalised words, cut into known names, titles and unknown names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from presslens.actors.beside import opens, word_after, word_before
from presslens.actors.gazetteer import Entry, Gazetteer, names, words
from presslens.actors.vocabulary import LINK, POSSESSIVE, SPACE, Vocabulary, vocabulary

_ABBREVIATED = (
    "Mr|Mrs|Ms|Mx|Dr|Sens?|Reps?|Govs?|Gen|Lt|Maj|Brig|Col|Sgt|Capt|Cpl|Adm|Rev|Prof|Hon|St|Jr|Sr|Mt|Ft|Inc|Corp|Ltd|Co"
)
_WORD = re.compile(  # begins with a set of letters, which is quick to look for
    rf"""[^\W\d_a-zß-öø-ÿ](?<!\w\w)(?:
        (?<=[A-Z])\.(?:(?:[A-Z]\.)+(?:[A-Z](?!\w))?            # U.S.  W.H.O.
                    |(?=\s[A-Z]))                              # J. before a name
      | (?=[a-z]{{1,4}}\.)(?:{"|".join(f"(?<={one[0]}){one[1:]}" for one in _ABBREVIATED.split("|"))})\.   # Sen.
      | \w*(?:['’](?![sS](?!\w))(?=\w)\w+|[-‐‑](?=\w)\w+|&(?=[A-Z])\w+)*   # O’Brien  Jae-in  AT&T
    )""",
    re.VERBOSE,
)
NEVER, WEAK, ALWAYS = range(3)  # when a lone word may name an actor: weak where its capital says nothing
KEPT, LONGEST_KEPT = 50_000, 100  # chains of capitalised words that are remembered, and their characters


@dataclass(slots=True)
class Name:
    """One run of words that may name an actor. `start` and `end` count from the start of the sentence's text."""

    sentence: int
    start: int
    end: int
    parts: list[str]
    entry: Entry | None = None
    kind: str = ""
    title: str = ""
    weak: bool = False  # the capital letter is no evidence: sentence start, headline
    text: str = ""  # the sentence's, to look at the words beside the name
    inside: int | None = None  # where the hyphenated word begins that it is a part of
    the: bool = False
    form: str = ""  # the words joined with single spaces and straight apostrophes
    hint: str = ""  # the kind that a model sees, for where nothing else tells

    @property
    def before(self) -> str:
        """`word_before` it."""
        return word_before(self.text, self.start if self.inside is None else self.inside)

    @property
    def after(self) -> str:
        """`word_after` it."""
        return word_after(self.text, self.end) if self.inside is None else ""


def names_in(text: str, *, sentence: int, gazetteer: Gazetteer, headline: bool = False) -> list[Name]:
    """The names of one sentence, in order and without overlap; most are not yet resolved to an actor.

    Args:
        text: the sentence.
        sentence: its number, carried into the names.
        gazetteer: the known actors.
        headline: written in Title Case, so that a capital letter says nothing.
    """
    vocab = vocabulary()
    found: list[Name] = []
    chain: list[tuple[int, int]] = []
    last = -1
    for match in _WORD.finditer(text):
        start, end = match.span()
        # R-Pa. is a party and a state
        if not text[start].isupper() or (end - start > 2 and text.startswith(("R-", "D-"), start)):
            continue
        if chain and not _gap(text[last:start], vocab):
            found += _placed(text, chain, sentence, gazetteer, headline, vocab)
            chain = []
        chain.append((start, end))
        last = end
    if chain:
        found += _placed(text, chain, sentence, gazetteer, headline, vocab)
    return found


def _placed(
    text: str, chain: Sequence[tuple[int, int]], sentence: int, gazetteer: Gazetteer, headline: bool, vocab: Vocabulary
) -> list[Name]:
    """The names of one chain of capitalised words, which are looked for once and remembered: they come back all the time."""
    at = chain[0][0]
    piece, opening = text[at : chain[-1][1]], opens(text, at)
    known = gazetteer.cuts.get((piece, headline, opening))
    if known is None:
        words = [(start - at, end - at, text[start:end].replace("’", "'")) for start, end in chain]
        known = _cut(piece, words, gazetteer, headline, opening, vocab)
        if len(gazetteer.cuts) >= KEPT:
            gazetteer.cuts.clear()
        if len(piece) <= LONGEST_KEPT:
            gazetteer.cuts[piece, headline, opening] = known
    return [
        Name(
            sentence, at + one.start, at + one.end, one.parts, one.entry, one.kind, one.title, one.weak, text,
            None if one.inside is None else at + one.inside, one.the, one.form,
        )
        for one in known
    ]  # fmt: skip


def _gap(between: str, vocab: Vocabulary) -> int:
    """How two capitalised words hang together; a line break inside a sentence counts as a space."""
    gap = vocab.gaps.get(between, 0)
    if not gap and "\n" in between:
        gap = vocab.gaps.get(" ".join(f"-{between}-".split())[1:-1], 0)
    return gap


def _cut(
    text: str, chain: list[tuple[int, int, str]], gazetteer: Gazetteer, headline: bool, opening: bool, vocab: Vocabulary
) -> list[Name]:
    """The names in one chain of capitalised words (start, end, word), which is all of the text."""
    if len(chain) == 1 and "-" not in chain[0][2]:
        start, end, word = chain[0]
        named, entry = _lone(word, gazetteer, vocab)
        weak = named != NEVER and (headline or opening)
        kept = named == ALWAYS or (named == WEAK and weak)
        return [Name(0, start, end, [word], entry, weak=weak, form=word)] if kept else []
    found: list[Name] = []
    gaps = [_gap(text[one[1] : other[0]], vocab) for one, other in pairwise(chain)]
    count, i, title, the = len(chain), 0, "", False

    def emit(first: int, stop: int, entry: Entry | None = None, kind: str = "") -> None:
        nonlocal title, the
        start, end = chain[first][0], chain[stop - 1][1]
        parts = text[start:end].replace("’", "'").split()
        weak = headline or (first == 0 and opening)
        found.append(Name(0, start, end, parts, entry, kind, title, weak, the=the, form=" ".join(parts)))
        title, the = "", False

    while i < count:
        word = chain[i][2]
        size = _title_size(chain, gaps, i, vocab)
        if size:
            title, i = " ".join(chain[k][2] for k in range(i, i + size)), i + size
            continue
        if i == 0 and _calling(chain, gaps, vocab):
            title, i = word, 1
            continue
        size, entry = _known(text, chain, i, gazetteer)
        if entry is not None:
            if i + size < count and gaps[i + size - 1] == SPACE:
                stop, kind = _larger(chain, gaps, i, size, entry, vocab)
                if kind:
                    if kind != "event":
                        emit(i, stop, None, kind)
                    elif entry.how in ("demonym", "alias") and chain[stop - 1][2] not in words("historic"):
                        emit(i, i + size, entry)
                    title, i = "", stop
                    continue
            emit(i, i + size, entry)
            i += size
            continue
        if (
            word in vocab.function
            or word.lower() in vocab.function
            or (word in vocab.not_names and not _heads_on(chain, gaps, i, vocab))
        ):
            the, title = word == "The", ""
            i += 1
            continue
        if "-" in word and _split_compound(chain[i], gazetteer, vocab, found):
            title = ""
            i += 1
            continue
        stop, kind = _unknown(text, chain, gaps, i, gazetteer, headline, i == 0 and opening, vocab)
        if stop > i:
            if kind != "event":
                emit(i, stop, None, kind)
            else:
                title = ""
            i = stop
        else:
            # An ordinary word; only a person of that name, known from elsewhere, makes it a mention.
            emit(i, i + 1)
            i += 1
    return found


def _lone(word: str, gazetteer: Gazetteer, vocab: Vocabulary) -> tuple[int, Entry | None]:
    """When a lone word without a hyphen may name an actor, and the known one that it names: what `_cut` says of it."""
    _, entry = _known(word, [(0, len(word), word)], 0, gazetteer)
    never = word in vocab.function or word.lower() in vocab.function or word in vocab.not_names
    event = word in vocab.event_starts
    ordinary = word.lower() in vocab.common
    return ALWAYS if entry or not (never or event) else WEAK if ordinary and not never else NEVER, entry


def _unknown(
    text: str,
    chain: list[tuple[int, int, str]],
    gaps: list[int],
    i: int,
    gazetteer: Gazetteer,
    headline: bool,
    opening: bool,
    vocab: Vocabulary,
) -> tuple[int, str]:
    """Where the unknown name that begins at word `i` stops, and its kind as far as its own words tell it."""
    word = chain[i][2]
    count = len(chain)
    if (headline or opening) and word.lower() in vocab.common:
        if not _heads_on(chain, gaps, i, vocab):
            return i, ""
        if opening and word.endswith("s") and i + 1 < count and text[chain[i][1] : chain[i + 1][0]].strip() == "of":
            return i, ""  # Doctors of Leeds are doctors there; Friends of the Earth and a Bank of England are bodies
    stop, head = i + 1, _head(word, vocab)
    heads = word in vocab.org_starts
    while stop < count:
        gap, following = gaps[stop - 1], chain[stop][2]
        if gap == LINK:
            if not heads or not _continues(text[chain[stop - 1][1] : chain[stop][0]], i, stop):
                break
        elif gap == POSSESSIVE:
            if chain[stop - 1][2] not in vocab.group_nouns or not _ends_in_head(chain, gaps, stop, vocab):
                break
        elif (
            following in vocab.function
            or (not heads and _ends_before_known(text, chain, stop, gazetteer))
            or (_plain(following, headline, vocab) and not _heads_on(chain, gaps, stop, vocab))
        ):
            break
        heads = heads or following in vocab.org_starts
        head = _head(following, vocab) or (head if gap in (LINK, POSSESSIVE) or heads else "")
        stop += 1
    if word in vocab.event_starts:
        return stop, "event"
    if stop - i == 1:
        return stop, ""
    if not head and word in vocab.place_starts:
        head = "place"
    if not head and heads and any(gaps[k] == LINK for k in range(i, stop - 1)):
        head = "organisation"
    return stop, head


def _larger(
    chain: list[tuple[int, int, str]], gaps: list[int], i: int, size: int, entry: Entry, vocab: Vocabulary
) -> tuple[int, str]:
    """Whether a known name at `i` only opens a larger one (Paris Agreement, Jordan Peterson)."""
    stop, head, at = i + size, "", 0
    while stop < len(chain) and gaps[stop - 1] == SPACE and stop - i - size < 5:
        word = chain[stop][2]
        if word in vocab.function or _title_size(chain, gaps, stop, vocab):
            break
        stop += 1
        kind = _head(word, vocab)
        if kind:
            head, at = kind, stop
    following = chain[i + size][2]
    if entry.kind == "person" and following in words("suffix"):
        return i + size + 1, "person"
    if head and entry.kind in ("country", "place", "person", "party", "body", "organisation"):
        if head == "organisation" and chain[at - 1][2] in vocab.org_starts and at < len(chain) and gaps[at - 1] == LINK:
            at += 1  # German Institute of Economics, Kentucky Board of Medical Licensure
            while at < len(chain) and gaps[at - 1] == SPACE and chain[at][2] not in vocab.function and at - i < 8:
                at += 1
        return at, head
    single = size == 1 and entry.how in ("name", "capital", "alias", "short form") and entry.kind != "person"
    if single and chain[i][2] in names("first_names") and following not in vocab.not_names and following[0].isupper():
        surname = following in names("last_names") or following.lower() not in vocab.common
        if surname and len(following) > 2 and not following.isupper():
            return i + size + 1, "person"
    return i, ""


def _known(text: str, chain: list[tuple[int, int, str]], i: int, gazetteer: Gazetteer) -> tuple[int, Entry | None]:
    """The longest known form that begins at word `i`: its number of chain words and its entry."""
    first = chain[i][2]
    most = gazetteer.longest.get(first, 0)
    shouted = len(first) > 3 and first.isupper() and not most  # a dateline: OSLO
    most = most or (gazetteer.longest.get(first.capitalize(), 0) if shouted else 0)
    if not most:
        return 0, None
    start = chain[i][0]
    for size in range(min(most, len(chain) - i), 0, -1):
        form = " ".join(text[start : chain[i + size - 1][1]].replace("’", "'").split()) if size > 1 else first
        entry = gazetteer.lookup.get(form.title() if shouted and form.isupper() else form)
        if entry is not None:
            return size, entry
    return 0, None


def _title_size(chain: list[tuple[int, int, str]], gaps: list[int], i: int, vocab: Vocabulary) -> int:
    """Words of the longest title at `i` that a name follows, or 0."""
    if chain[i][2] not in vocab.title_starts:
        return 0
    for size in range(min(4, len(chain) - i - 1), 0, -1):
        if all(gap in (SPACE, LINK) for gap in gaps[i : i + size - 1]) and gaps[i + size - 1] == SPACE:
            joined = " ".join(chain[k][2] for k in range(i, i + size))
            linked = joined.replace("Secretary State", "Secretary of State")
            if linked in vocab.titles and not _head(chain[i + size][2], vocab):
                return size
    return 0


def _calling(chain: list[tuple[int, int, str]], gaps: list[int], vocab: Vocabulary) -> bool:
    """Whether an ordinary word opens the run and a first and a last name follow it (Brewer Maud Ellison)."""
    if len(chain) != 3 or gaps != [SPACE, SPACE]:
        return False
    word, first, last = (piece[2] for piece in chain)
    return (
        word.lower() in vocab.common
        and not any(word in one for one in (vocab.org_starts, vocab.place_starts, vocab.event_starts, vocab.function))
        and first in names("first_names")
        and (last in names("last_names") or last.lower() not in vocab.common)
        and not _head(last, vocab)
    )


def _split_compound(piece: tuple[int, int, str], gazetteer: Gazetteer, vocab: Vocabulary, found: list[Name]) -> bool:
    """Names inside a hyphenated word: Bush-Obama, Chinese-made. False when the word is one name (Jae-in)."""
    start, _, word = piece
    parts = re.split(r"[-‐‑]", word)
    known = [gazetteer.lookup.get(part) for part in parts]
    tail_is_plain = parts[-1] in vocab.compound or (
        parts[-1].islower() and parts[-1] in vocab.common and len(parts[-1]) > 2
    )
    if not tail_is_plain and not any(known):
        return False
    at = start
    for part, entry in zip(parts, known, strict=True):
        if part[:1].isupper() and (entry is not None or part not in vocab.not_names):
            found.append(Name(0, at, at + len(part), [part], entry, weak=True, inside=start, form=part))
        at += len(part) + 1
    return True


def _continues(link: str, i: int, stop: int) -> bool:
    """Whether an organisation that began with its head goes on after a linking word."""
    if "of" in link or "for" in link:
        return True
    return (stop - i >= 2 and "and" in link) or "&" in link


def _head(word: str, vocab: Vocabulary) -> str:
    if word in vocab.event_heads and word not in ("League", "Party", "Operation"):
        return "event"
    if word in vocab.org_heads:
        return "party" if word == "Party" else "organisation"
    return "place" if word in vocab.place_heads else ""


def _heads_on(chain: list[tuple[int, int, str]], gaps: list[int], i: int, vocab: Vocabulary) -> bool:
    """Whether the capitalised run that goes on from word `i` ends in a head (Supreme ... Assembly)."""
    if chain[i][2] in vocab.org_starts and i < len(gaps) and gaps[i] == LINK:
        return True
    for k in range(i, min(i + 6, len(gaps))):
        if gaps[k] not in (SPACE, POSSESSIVE):
            return False
        if _head(chain[k + 1][2], vocab):
            return True
    return False


def _plain(word: str, headline: bool, vocab: Vocabulary) -> bool:
    """Whether a word inside a run is no part of a name: a day or month, or an ordinary word of a headline."""
    return (headline and word.lower() in vocab.common) or (word in vocab.not_names and not _head(word, vocab))


def _ends_in_head(chain: list[tuple[int, int, str]], gaps: list[int], i: int, vocab: Vocabulary) -> bool:
    """Whether word `i` is a head, or leads to one."""
    return bool(_head(chain[i][2], vocab)) or _heads_on(chain, gaps, i, vocab)


def _ends_before_known(text: str, chain: list[tuple[int, int, str]], stop: int, gazetteer: Gazetteer) -> bool:
    """Whether a known name begins at `stop` that cannot be the surname of the words before it."""
    size, entry = _known(text, chain, stop, gazetteer)
    if entry is None or entry.kind == "person":
        return False
    return size > 1 or chain[stop][2] not in names("last_names")
