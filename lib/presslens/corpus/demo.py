"""A synthetic news corpus with known frames, tone, trends and copies: what a measure should find in it is on record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from presslens.corpus import plan

SLOT = re.compile(r"\{(\w+)\}")
SPREAD = 64  # bits of a seed that are left for the number of an article
Template = tuple[tuple[str, ...], tuple[str, ...]]  # what stands between the slots, and the slots


def articles(count: int, *, seed: int = 0) -> Iterator[dict[str, Any]]:
    """The first `count` articles of the demo corpus of that seed, one by one; see `article`."""
    writer = _Writer(seed)
    for number in range(count):
        yield writer.article(number)


def article(number: int, *, seed: int = 0) -> dict[str, Any]:
    """One article; it does not depend on how many others there are.

    Returns:
        `id`, `title`, `text`, `outlet`, `date`, `author`, `section`, `url`, and `planted`, which no analysis reads: `frame`
        (the main one), `frames` (sentences by frame), `positive`, `negative` (sentences), `actors` (favourable, neutral
        and unfavourable sentences of each), `copy_of` (an id, or empty), `copy` (`exact`, `near` or empty).
    """
    return _Writer(seed).article(number)


@cache
def _sentences() -> dict[str, Any]:
    content: dict[str, Any] = plan.data("demo_sentences.yaml")
    return content


def _template(text: str) -> Template:
    pieces = SLOT.split(text)
    return tuple(pieces[::2]), tuple(pieces[1::2])


class _Words:
    """The templates, cut up at their slots once."""

    def __init__(self) -> None:
        content = _sentences()
        self.slots: dict[str, Sequence[str]] = content["slots"]
        self.filler = [_template(text) for text in content["filler"]]
        self.leads = [_template(text) for text in content["leads"]]
        self.frames = {frame: [_template(text) for text in texts] for frame, texts in content["frames"].items()}
        self.titles = {frame: [_template(text) for text in texts] for frame, texts in content["titles"].items()}
        self.tone = {side: [_template(text) for text in texts] for side, texts in content["tone"].items()}
        self.actors = {side: [_template(text) for text in texts] for side, texts in content["actors"].items()}


class _Draft:
    """An article before it is set in type: its head, its sentences, and what they carry."""

    def __init__(self, outlet: int, day: int) -> None:
        self.outlet = outlet
        self.day = day
        self.title = ""
        self.author = ""
        self.section = ""
        self.sentences: list[str] = []
        self.planted: dict[str, Any] = {}


class _Writer:
    """Writes articles of one seed; every article draws from a stream of its own."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.random = Random()  # noqa: S311 - no secret depends on it
        self.words = _words()
        settings = plan.plan()
        self.plan = settings
        self.outlets = list(accumulate(outlet["share"] for outlet in settings["outlets"]))
        self.shares = list(accumulate(settings["shares"][kind] for kind in ("frames", "tone", "actors")))
        self.actors = list(accumulate(actor["share"] for actor in settings["actors"]))
        self.days = plan.days()
        self.event = plan.event()
        self.burst = [(settings["burst"][end] - settings["first_day"]).days for end in ("first_day", "last_day")]

    def article(self, number: int) -> dict[str, Any]:
        origin = self._origin(number)
        if origin == number:
            return self._record(number, self._draft())
        kind = "exact" if self.random.random() < self.plan["exact"] else "near"
        draws = [self.random.random() for _ in range(5)]
        self._origin(origin)  # leaves the stream where the original's begins
        draft = self._draft()
        outlets = len(self.outlets)
        draft.outlet = (draft.outlet + 1 + int(draws[0] * (outlets - 1))) % outlets
        draft.day = min(draft.day + int(draws[1] * 3), self.days - 1)
        if kind == "near":
            draft.title = self._fill(_pick(self.words.titles["plain"], draws[2]), self._extra(draft))
            draft.sentences = draft.sentences[: -1 - int(draws[3] * len(draft.sentences) / 8)]
            draft.sentences[0] = self._fill(_pick(self.words.filler, draws[4]), self._extra(draft))
        draft.planted |= {"copy_of": _name(origin), "copy": kind}
        return self._record(number, draft)

    def _origin(self, number: int) -> int:
        """The article that this one is a copy of, itself if it is none; starts the stream of the one returned first."""
        while True:
            self.random.seed((self.seed << SPREAD) + number)
            is_copy = self.random.random() < self.plan["copies"] and number > 0
            back = 1 + int(self.random.random() * min(self.plan["reach"], number))
            if not is_copy:
                return number
            earlier = number - back
            state = self.random.getstate()
            origin = self._origin(earlier)
            self.random.setstate(state)
            return origin

    def _draft(self) -> _Draft:
        draw = self.random.random
        outlet = _place(self.outlets, draw())
        if draw() < self.plan["burst"]["share"]:
            day = self.burst[0] + int(draw() * (self.burst[1] + 1 - self.burst[0]))
        else:
            day = int(draw() * self.days)
        draft = _Draft(outlet, day)
        rates = plan.rates(outlet, day)
        frames, cumulated = _cumulated(outlet, day)
        main = frames[_place(cumulated, draw())]
        positive = rates.positive + (self.plan["mood"] if draw() < 0.5 else -self.plan["mood"])
        least, most = self.plan["sentences"]
        extra = self._extra(draft)
        framings, feelings = dict.fromkeys(frames, 0), {"positive": 0, "negative": 0}
        toward: dict[str, list[int]] = {}
        words, (framed, toned, acted) = self.words, self.shares
        for _ in range(least + int(draw() * (most + 1 - least))):
            kind = draw()
            lead = ""
            if kind < framed:
                frame = main if draw() < self.plan["emphasis"] else frames[_place(cumulated, draw())]
                framings[frame] += 1
                chosen = _pick(words.frames[frame], draw())
            elif kind < toned:
                side = "positive" if draw() < positive else "negative"
                feelings[side] += 1
                chosen = _pick(words.tone[side], draw())
            elif kind < acted:
                actor = self.plan["actors"][_place(self.actors, draw())]
                favourable, unfavourable = rates.actors[actor["name"]]
                turn = draw()
                side = (
                    "positive" if turn < favourable else "negative" if turn < favourable + unfavourable else "neutral"
                )
                counts = toward.setdefault(actor["name"], [0, 0, 0])
                extra["actor"] = actor["short"] if sum(counts) else actor["name"]
                counts[("positive", "neutral", "negative").index(side)] += 1
                if side != "neutral":
                    feelings[side] += 1
                chosen = _pick(words.actors[side], draw())
            else:
                chosen = _pick(words.filler, draw())
                lead = self._fill(_pick(words.leads, draw()), extra)
            draft.sentences.append(_sentence(lead + self._fill(chosen, extra)))
        title = main if draw() < self.plan["shares"]["frames"] else "plain"
        draft.title = _capital(self._fill(_pick(words.titles[title], draw()), extra))
        draft.author = _pick(self.plan["authors"], draw())
        draft.section = _pick(self.plan["sections"], draw())
        draft.planted = {"frame": main, "frames": framings, **feelings, "actors": toward, "copy_of": "", "copy": ""}
        return draft

    def _extra(self, draft: _Draft) -> dict[str, str]:
        matters = self.plan["matters"]
        matter = matters["before"] if draft.day < self.event else matters["after"]
        return {"people": self.plan["outlets"][draft.outlet]["people"], "matter": matter}

    def _fill(self, template: Template, extra: dict[str, str]) -> str:
        between, names = template
        draw, slots = self.random.random, self.words.slots
        parts = [between[0]]
        for name, after in zip(names, between[1:], strict=True):
            values = slots.get(name)
            parts.append(extra[name] if values is None else values[int(draw() * len(values))])
            parts.append(after)
        return "".join(parts)

    def _record(self, number: int, draft: _Draft) -> dict[str, Any]:
        outlet = self.plan["outlets"][draft.outlet]["name"]
        date = plan.day_of(draft.day).isoformat()
        name, sentences = _name(number), draft.sentences
        text = "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))
        host = outlet.lower().replace(" ", "-")
        return {
            "id": name,
            "title": draft.title,
            "text": text,
            "outlet": outlet,
            "date": date,
            "author": draft.author,
            "section": draft.section,
            "url": f"https://{host}.example/{date.replace('-', '/')}/{name}",
            "planted": draft.planted,
        }


@cache
def _words() -> _Words:
    return _Words()


@cache
def _cumulated(outlet: int, day: int) -> tuple[list[str], list[float]]:
    frames = plan.rates(outlet, day).frames
    return list(frames), list(accumulate(frames.values()))


def _place(cumulated: Sequence[float], draw: float) -> int:
    """The first place whose cumulated share is above the draw; the last one where rounding leaves a gap."""
    for place, share in enumerate(cumulated):
        if draw < share:
            return place
    return len(cumulated) - 1


def _pick(values: Sequence[Any], draw: float) -> Any:
    return values[int(draw * len(values))]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return _capital(text) + "."


def _name(number: int) -> str:
    return f"demo-{number:08d}"
