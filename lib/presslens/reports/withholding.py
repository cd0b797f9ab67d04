"""Words that may not be quoted taken out of pages, tables and plain text, and put back.

Pages and plain text are looked through word by word, across elements and cells: what shares a run of words with the
document leaves a placeholder with its offsets.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

import pandas as pd

from presslens.reports.rights import DENSE, MARKED, QUOTE, WORD, Source

KEYS = {"article", "sentence", "title", "indicator"}  # an indicator is the codebook's word, not the article's
GAP = re.compile(r"⟦\d+ words?: (\d+)-(\d+)⟧")
SLOT = re.compile(r'<span class="withheld" data-span="(\d+)-(\d+)">[^<]*</span>')
TAG = re.compile(r"(<[^<>]*>)")
TELLS = re.compile(r"title=|aria-label=|alt=|</?(?:svg|mark|th|blockquote|cite|style|script)[\s/>]", re.IGNORECASE)
SAID = re.compile(r'\b(title|aria-label|alt)="([^"]*)"')


def gap(start: int, end: int, words: int) -> str:
    """What stands for withheld words in a table or in plain text."""
    return f"⟦{words} word{'' if words == 1 else 's'}: {start}-{end}⟧"


def slot(start: int, end: int, words: int) -> str:
    """What stands for withheld words in a page."""
    said = f"{words:,} word{'' if words == 1 else 's'}"
    return f'<span class="withheld" data-span="{start}-{end}">[{said}]</span>'


def filled(text: str, found: Source) -> str:
    """Plain text with the withheld words put back."""
    return GAP.sub(lambda m: found.text[int(m[1]) : int(m[2])], text) if "⟦" in text else text


def filled_html(html: str, found: Source) -> str:
    """HTML with the withheld words put back."""
    whole = SLOT.sub(lambda m: _escaped(found.text[int(m[1]) : int(m[2])]), html)
    return GAP.sub(lambda m: _escaped(found.text[int(m[1]) : int(m[2])]), whole)


def _escaped(text: str) -> str:
    from markupsafe import escape as safe

    return str(safe(text))


@dataclass
class _Word:
    """A word of what is shared: its node, its place in it, whether it is marked, and what it matches of the source."""

    text: str
    node: int
    start: int
    end: int
    marked: bool
    quoted: str
    match: int = -1
    hidden: bool = False


def _hide(words: list[_Word], found: Source, allowed: Collection[str]) -> None:
    """Note which words must go: those of runs outside the allowed sentences, but for short marks."""
    most = found.least - 1
    for at, begin, size in found.matches([word.text for word in words]):
        for step in range(size):
            word, home = words[at + step], found.homes[begin + step]
            word.match = begin + step
            word.hidden = home not in allowed and not word.marked
        _too_long(words[at : at + size], found, allowed, most)
    for word in words:
        if word.quoted and word.quoted not in allowed and not word.marked and word.match < 0:
            word.hidden = True


def _shared(spans: Sequence[re.Match[str]], found: Source) -> bool:
    """Whether words have a run in common with the source: most have none, and are done with here."""
    return len(spans) >= found.least and any(True for _ in found.matches([m.group().casefold() for m in spans]))


def _too_long(run: list[_Word], found: Source, allowed: Collection[str], most: int) -> None:
    """Marks in a row that would give a run away after all."""
    held: list[_Word] = []
    for word in [*run, None]:
        if word is not None and not word.hidden and found.homes[word.match] not in allowed:
            held.append(word)
            continue
        if len(held) > most:
            for one in held:
                one.hidden = True
        held = []


def _rebuilt(
    text: str, words: list[_Word], found: Source, put: Callable[[int, int, int], str], plain: Callable[[str], str]
) -> str:
    """One node with its hidden words replaced, those in a row and of one sentence together."""
    pieces, at, index = [], 0, 0
    while index < len(words):
        first = words[index]
        if not first.hidden:
            index += 1
            continue
        last = index
        while last + 1 < len(words) and words[last + 1].hidden and _follows(words[last], words[last + 1], text, found):
            last += 1
        size, end = last - index + 1, words[last].end
        pieces.append(plain(text[at : first.start]))
        if first.match >= 0:
            begin, close = found.words[first.match][1], found.words[words[last].match][2]
            same = found.text[begin:close] == text[first.start : end]
        else:
            same = False
        said = f"[{size} word{'' if size == 1 else 's'}]"
        pieces.append(put(begin, close, size) if same else said)
        at, index = end, last + 1
    return "".join([*pieces, plain(text[at:])])


def _follows(left: _Word, right: _Word, text: str, found: Source) -> bool:
    """Whether two neighbours stand in the source with the same characters between, in one sentence."""
    if left.match < 0 or right.match < 0:
        return left.match == right.match
    if right.match != left.match + 1 or found.homes[left.match] != found.homes[right.match]:
        return False
    return text[left.end : right.start] == found.text[found.words[left.match][2] : found.words[right.match][1]]


def withheld(text: str, found: Source, allowed: Collection[str], *, sentence: str = "") -> str:
    """Plain text without the runs of words that may not be quoted; `sentence` where the whole is one of the article."""
    spans = list(WORD.finditer(text))
    if not _shared(spans, found):
        return _alone(text, len(spans), found, sentence) if sentence and sentence not in allowed else text
    words = [_Word(m.group().casefold(), 0, m.start(), m.end(), marked=False, quoted="") for m in spans]
    _hide(words, found, allowed)
    if sentence and sentence not in allowed and not any(word.hidden for word in words):
        return _alone(text, len(words), found, sentence)
    if not any(word.hidden for word in words):
        return text
    return _rebuilt(text, words, found, gap, lambda piece: piece)


def _alone(text: str, words: int, found: Source, sentence: str) -> str:
    """Text that shares no run of words; gone where it is all of a short sentence."""
    begin, end = next(((start, end) for name, start, end in found.sentences if name == sentence), (0, 0))
    return gap(begin, end, words) if words and found.text[begin:end] == text else text


def withheld_html(html: str, found: Source, allowed: Collection[str]) -> str:
    """HTML without the runs of words that may not be quoted; marks of a few words stay, and so does all structure."""
    parts = TAG.split(html)
    words: list[_Word] = []
    drawn, marks, quoted, skipped = False, 0, "", False
    plain_nodes: set[int] = set()
    for number, part in enumerate(parts):
        if number % 2:
            if not TELLS.search(part):
                continue
            name = part[1:].lstrip("/").split(None, 1)[0].rstrip(">/").lower() if len(part) > 2 else ""
            closing = part.startswith("</")
            if name == "svg":
                drawn = not closing
            elif name in {"mark", "th"}:
                marks = max(0, marks + (-1 if closing else 1))
            elif name == "blockquote":
                quoted = "" if closing else next(iter(QUOTE.findall(part)), "")
            elif name in {"cite", "style", "script"}:
                skipped = not closing
            parts[number] = SAID.sub(lambda m: _attribute(m, found, allowed), part)
            continue
        if not part or skipped:
            continue
        text = unescape(part)
        spans = list(WORD.finditer(text))
        if drawn:
            plain_nodes.add(number)
        short = marks > 0 and len(spans) <= MARKED
        words += [_Word(m.group().casefold(), number, m.start(), m.end(), short, quoted) for m in spans]
    _hide(words, found, allowed)
    _place_quotes(words, found)
    by_node: dict[int, list[_Word]] = {}
    for word in words:
        by_node.setdefault(word.node, []).append(word)
    for number, own in by_node.items():
        if any(word.hidden for word in own):
            put = gap if number in plain_nodes else slot
            parts[number] = _rebuilt(unescape(parts[number]), own, found, put, _escaped)
    return "".join(parts)


def _place_quotes(words: list[_Word], found: Source) -> None:
    """Find the words of quoted sentences that are too short to be a run in the source, so that they can be put back."""
    if not any(word.quoted for word in words):
        return
    starts = {name: start for name, start, _ in found.sentences}
    index = {start: at for at, (_, start, _) in enumerate(found.words)}
    run: list[_Word] = []
    for word in [*words, None]:
        if word is not None and word.quoted and (not run or run[0].quoted == word.quoted):
            run.append(word)
            continue
        if run and any(one.hidden and one.match < 0 for one in run):
            at = index.get(starts.get(run[0].quoted, -1), -1)
            if at >= 0 and [w for w, _, _ in found.words[at : at + len(run)]] == [one.text for one in run]:
                for step, one in enumerate(run):
                    one.match = at + step
        run = [word] if word is not None and word.quoted else []


def _attribute(match: re.Match[str], found: Source, allowed: Collection[str]) -> str:
    said = unescape(match[2])
    kept = withheld(said, found, allowed)
    return match[0] if kept == said else f'{match[1]}="{escape(kept)}"'


def filled_table(table: pd.DataFrame, found: Source) -> pd.DataFrame:
    """A table with the withheld words put back."""
    changed = {}
    for name in _texts(table):
        values = table[name].tolist()
        if any(isinstance(value, str) and "⟦" in value for value in values):
            changed[name] = pd.Series(
                [filled(v, found) if isinstance(v, str) else v for v in values],
                index=table.index,
                dtype=table[name].dtype,
            )
    return table.assign(**changed) if changed else table


def withheld_table(table: pd.DataFrame, found: Source, allowed: Collection[str]) -> pd.DataFrame:
    """A table without the runs of words that may not be quoted, be it in a cell, along a row or down a column.

    Single words stay, with their offsets, but where a table has so many of them that they give the text away
    (`DENSE` of it): then only those of the allowed sentences do.
    """
    names = [name for name in _texts(table) if name not in KEYS]
    homes = table["sentence"].astype("str").tolist() if "sentence" in table.columns else [""] * len(table)
    starts, ends = _spans(table)
    columns = {}
    for name in names:
        values = table[name].tolist()
        if _dense(table, values, found):
            values = [
                gap(int(start), int(end), len(WORD.findall(value)))
                if home not in allowed and value == found.text[int(start) : int(end)]
                else value
                for value, home, start, end in zip(values, homes, starts, ends, strict=True)
            ]
        columns[name] = [
            withheld(value, found, allowed, sentence=home) if isinstance(value, str) else value
            for value, home in zip(values, homes, strict=True)
        ]
    for row in range(len(table)):
        for name, value in zip(names, _stream([columns[name][row] for name in names], found, allowed), strict=True):
            columns[name][row] = value
    for name in names:
        columns[name] = _stream(columns[name], found, allowed, short=0)
    changed = {
        name: pd.Series(values, index=table.index, dtype=table[name].dtype)
        for name, values in columns.items()
        if values != table[name].tolist()
    }
    return table.assign(**changed) if changed else table


def _stream(cells: Sequence[Any], found: Source, allowed: Collection[str], *, short: int = MARKED) -> list[Any]:
    """Cells that stand one after another, without runs that only all of them together make; short cells stay."""
    spans = [list(WORD.finditer(GAP.sub(_blank, cell))) if isinstance(cell, str) else [] for cell in cells]
    if not _shared([match for within in spans for match in within], found):
        return list(cells)
    words: list[_Word] = []
    for number, within in enumerate(spans):
        kept = len(within) <= short
        words += [_Word(m.group().casefold(), number, m.start(), m.end(), kept, "") for m in within]
    _hide(words, found, allowed)
    done = list(cells)
    by_cell: dict[int, list[_Word]] = {}
    for word in words:
        by_cell.setdefault(word.node, []).append(word)
    for number, own in by_cell.items():
        if any(word.hidden for word in own):
            done[number] = _rebuilt(cells[number], own, found, gap, lambda piece: piece)
    return done


def _blank(match: re.Match[str]) -> str:
    """A placeholder as a word that no text has, of the same length, so that what is on its two sides stays apart."""
    return "_" * len(match[0])


def _texts(table: pd.DataFrame) -> list[str]:
    return [n for n in table.columns if pd.api.types.is_string_dtype(table[n]) or table[n].dtype == object]


def _spans(table: pd.DataFrame) -> tuple[list[int], list[int]]:
    if not {"start", "end"} <= set(table.columns):
        return [0] * len(table), [0] * len(table)
    return table["start"].tolist(), table["end"].tolist()


def _dense(table: pd.DataFrame, values: Sequence[Any], found: Source) -> bool:
    """Whether a column holds the words at its rows' offsets, and so many of them that the text could be read from it."""
    if not {"sentence", "start", "end"} <= set(table.columns) or not len(table):
        return False
    spans = list(zip(*_spans(table), strict=True))
    same = sum(found.text[int(a) : int(b)] == v for (a, b), v in zip(spans, values, strict=True) if isinstance(v, str))
    if same < len(values) / 2:
        return False
    covered = {at for a, b in spans for at in range(int(a), int(b))}
    return len(covered) >= DENSE * max(sum(end - start for _, start, end in found.sentences), 1)
