"""Which actor each name of an article stands for: full names first, then the short forms that lean on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from presslens.actors.gazetteer import Entry, Gazetteer, names, words
from presslens.actors.naming import Name

_STATE_AFTER = re.compile(r",\s+([A-Z][a-z]+(?:\s[A-Z][a-z]+)?|[A-Z][a-z]{1,4}\.|[A-Z]\.[A-Z]\.)")
_STATE_SHORT = re.compile(
    r"(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|"
    r"Nev|N\.H|N\.J|N\.M|N\.Y|N\.C|N\.D|Okla|Ore|Pa|R\.I|S\.C|S\.D|Tenn|Tex|Vt|Va|Wash|W\.Va|Wis|Wyo)\."
)
_KOREAS = ("North Korea", "South Korea")


class Resolved(NamedTuple):
    """A name with its actor; `candidates` is filled when it is ambiguous."""

    name: Name
    actor: str
    kind: str
    how: str
    ambiguous: bool = False
    candidates: tuple[str, ...] = ()


@dataclass
class People:
    """The people whom an article names in full, with where each is first named."""

    display: dict[str, str] = field(default_factory=dict)
    first_seen: dict[str, int] = field(default_factory=dict)
    titles: dict[str, set[str]] = field(default_factory=dict)
    by_part: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: Name, canonical: str | None, place: int) -> str:
        """Register a full name; returns the actor's name."""
        key = person_key(canonical.split() if canonical else name.parts)
        if key not in self.display:
            self.display[key] = canonical or " ".join(_without_suffix(name.parts))
            self.first_seen[key] = place
            for part in self._short_forms(self.display[key].split()):
                self.by_part.setdefault(part, []).append(key)
        self.titles.setdefault(key, set()).add(name.title)
        return self.display[key]

    def candidates(self, part: str, place: int, *, anywhere: bool) -> list[str]:
        """Keys of the people whom a single name can mean at this place: those named so far, else those named later."""
        keys = self.by_part.get(part, [])
        if anywhere:
            return keys
        return [key for key in keys if self.first_seen[key] <= place] or keys

    @staticmethod
    def _short_forms(parts: list[str]) -> list[str]:
        if is_family_first(parts):
            return [parts[0]]
        last = parts[-1]
        bare = last.split("-", 1)[1] if last.startswith(("al-", "el-")) else last
        forms = [last] if bare == last else [last, bare]
        particles = words("particle")
        tail = len(parts) - 1
        while tail > 1 and parts[tail - 1].lower() in particles:
            tail -= 1
        if tail < len(parts) - 1:
            forms.append(" ".join(parts[tail:]))
            forms.append(" ".join([parts[tail].capitalize(), *parts[tail + 1 :]]))
        first = parts[0]
        if first in names("first_names") and len(first) > 3 and first.lower() not in names("common_words"):
            forms.append(first)
        return list(dict.fromkeys(forms))


def resolve(
    found: Sequence[Name],
    texts: Sequence[str],
    *,
    lower: AbstractSet[str],
    headlines: AbstractSet[int],
    gazetteer: Gazetteer,
) -> list[Resolved]:
    """The actors of one article's names.

    Args:
        found: the names in order of the text.
        texts: the sentences, by the number that the names carry.
        lower: the words that the article also writes in lower case.
        headlines: numbers of the sentences that stand before the text (title, dek).
        gazetteer: the known actors.
    """
    people = People()
    organisations: dict[str, tuple[str, str]] = {}
    strong = Counter[str]()
    kinds: list[str] = []
    for place, name in enumerate(found):
        kind = _kind(name) or name.hint
        kinds.append(kind)
        if kind == "person" and len(_without_suffix(name.parts)) > 1:
            entry = name.entry or gazetteer.lookup.get(name.form)
            canonical = entry.actor if entry is not None and entry.kind == "person" else None
            people.add(name, canonical, -1 if name.sentence in headlines else place)
        elif kind in ("organisation", "party", "body"):
            _shorten(name, texts[name.sentence], organisations)
        if not _faint(name, headlines):
            strong[name.form] += 1
    context = _Context(people, organisations, strong, lower, headlines, gazetteer, _countries(found))
    resolved = [
        _resolve_one(name, kind, place, texts, context)
        for place, (name, kind) in enumerate(zip(found, kinds, strict=True))
    ]
    return [one for one in resolved if one is not None]


class _Context(NamedTuple):
    people: People
    organisations: dict[str, tuple[str, str]]
    strong: Counter[str]
    lower: AbstractSet[str]
    headlines: AbstractSet[int]
    gazetteer: Gazetteer
    countries: AbstractSet[str]


def person_key(parts: Sequence[str]) -> str:
    """What two spellings of one full name share: case, hyphens, middle initials and suffixes put aside."""
    kept = [part for part in parts if not (len(part) <= 2 and part.endswith("."))] or list(parts)
    return "".join(kept).lower().replace("-", "").replace(".", "")


def is_family_first(parts: Sequence[str]) -> bool:
    """Whether a full name is in East Asian order (Moon Jae-in, Kim Jong Un, Xi Jinping)."""
    if parts[0] not in words("familyfirst") or len(parts) < 2:
        return False
    if "-" in parts[1] or len(parts) == 3:
        return True
    return parts[0] not in names("first_names") and parts[-1] not in names("last_names")


def _kind(name: Name) -> str:
    """The kind of a name from its own words, its title and its neighbours; empty when only the article can tell."""
    if name.kind or (name.entry is not None and len(name.parts) > 1):
        return name.kind or (name.entry.kind if name.entry else "")
    parts = _without_suffix(name.parts) if len(name.parts) > 1 else name.parts
    if len(parts) == 1:
        return ""
    if name.entry is not None:
        return name.entry.kind
    common, first_names, last_names = names("common_words"), names("first_names"), names("last_names")
    first, last = parts[0], parts[-1]
    plain = [part.lower() in common for part in parts]
    if any(len(part) > 2 and part.isupper() for part in parts) and not name.title:
        return "organisation" if not name.weak else ""
    if is_family_first(parts) or (name.title and not all(plain)):
        return "person"
    if len(parts) > 4:
        return ""
    if "." in first and first[0].isupper() and not first[1:2].islower():
        return "person"
    if first in first_names and (last in last_names or not plain[-1]):
        return "person"
    if last in last_names and not plain[0] and not plain[-1] and not name.weak:
        return "person"
    if any(plain):
        return "organisation" if name.before == "the" and not name.weak and not all(plain) else ""
    if name.after in words("sayverb") or name.before in words("lowertitle") or name.after == "who":
        return "person"
    return "person" if not name.weak and name.before != "the" else ""


def _shorten(name: Name, text: str, organisations: dict[str, tuple[str, str]]) -> None:
    """Register an organisation's full name, its acronym and its name without the legal form."""
    entry = name.entry
    actor, kind = (entry.actor, entry.kind) if entry is not None else (name.form, name.kind or "organisation")
    organisations.setdefault(name.form, (actor, kind))
    initials = "".join(part[0] for part in name.parts if part[0].isupper())
    if len(initials) > 1:
        defined = re.match(r"[’']?s?\s*\(\W*([A-Z][\w.&-]{1,9})\W*\)", text[name.end : name.end + 20])
        if defined and defined[1].replace(".", "")[0] == initials[0]:
            organisations.setdefault(defined[1], (actor, kind))
        organisations.setdefault(initials, (actor, kind))
        organisations.setdefault(".".join(initials) + ".", (actor, kind))
    if len(name.parts) > 1 and name.parts[-1] in words("legalform") and kind == "organisation":
        short = " ".join(name.parts[:-1])
        if short.lower() not in names("common_words"):
            organisations.setdefault(short, (actor, kind))


def _countries(found: Sequence[Name]) -> frozenset[str]:
    return frozenset(name.entry.actor for name in found if name.entry is not None)


def _resolve_one(name: Name, kind: str, place: int, texts: Sequence[str], context: _Context) -> Resolved | None:
    text = texts[name.sentence]
    parts = _without_suffix(name.parts)
    if (len(parts) == 1 or name.entry is None) and name.form in context.people.by_part:
        short = _person_by_part(name, place, text, context)
        if short is not None:
            return short
    if name.entry is not None:
        return _from_entry(name, name.entry, text, context)
    if len(parts) == 1:
        return _single(name, context)
    if kind == "person":
        key = person_key(parts)
        actor = context.people.display.get(key) or context.people.display.get(
            person_key(_canonical(name, context)), name.form
        )
        return Resolved(name, actor, "person", "name" if actor == name.form else "alias")
    if not kind:
        kind = _by_company(name, context)
    if kind in ("organisation", "party", "place"):
        actor, kind = context.organisations.get(name.form, (name.form, kind))
        return Resolved(name, actor, kind, "name" if actor == name.form else "alias")
    return None


def _faint(name: Name, headlines: AbstractSet[int]) -> bool:
    """Whether no capital of a name says anything: one word that opens a sentence, an ordinary one before others, a headline.

    Of several words that open a sentence ("Norvane Water said") the second has its capital for being a name.
    """
    if not name.weak:
        return False
    return len(name.parts) == 1 or name.sentence in headlines or name.parts[0].lower() in names("common_words")


def _by_company(name: Name, context: _Context) -> str:
    """The kind of several unknown words that are no plain name: an organisation if the article treats them as one."""
    if name.form in context.organisations:
        return "organisation"
    all_plain = all(part.lower() in names("common_words") for part in name.parts)
    if all_plain or _faint(name, context.headlines):
        return ""
    known = context.strong[name.form] > 1 or name.before in words("beforeorg")
    return "organisation" if known else ""


def _spelled(acronym: str, organisations: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    """The one organisation of the article whose letters hold an acronym in order (JAXA)."""
    if not 3 <= len(acronym) <= 6:
        return None
    likely = [
        (form, found)
        for form, found in organisations.items()
        if form[0] == acronym[0] and form.count(" ") > 1 and len(form.split()) <= len(acronym)
    ]
    if not likely:
        return None
    letters = "".join(f"(?>.*?{re.escape(letter)})" for letter in acronym[1:])  # atomic: no way back, so no slow way
    pattern = re.compile(f"(?i){re.escape(acronym[0])}{letters}")
    fits = {found for form, found in likely if pattern.match(form)}
    return next(iter(fits)) if len(fits) == 1 else None


def _canonical(name: Name, context: _Context) -> list[str]:
    entry = context.gazetteer.lookup.get(name.form)
    return entry.actor.split() if entry is not None else name.parts


def _person_by_part(name: Name, place: int, text: str, context: _Context) -> Resolved | None:
    """A surname (or a lone first name) read as one of the people named in full."""
    form = name.form
    keys = context.people.candidates(form, place, anywhere=name.sentence in context.headlines)
    entry = name.entry
    if not keys or (entry is not None and entry.kind != "person" and name.before in words("placeprep")):
        return None
    if form in words("needsperson") and _not_a_person_here(name, text):
        return None
    if name.weak and not name.title and form.lower() in context.lower and form.lower() in names("common_words"):
        return None
    display = context.people.display
    if name.title and len(keys) > 1:
        keys = [key for key in keys if name.title in context.people.titles[key]] or keys
    actors = list(dict.fromkeys(display[key] for key in keys))
    if entry is not None and entry.kind == "person" and len(actors) == 1 and entry.actor not in actors:
        actors = [entry.actor, *actors] if entry.how == "short form" else actors
    if len(actors) == 1:
        return Resolved(name, actors[0], "person", "short form")
    return Resolved(name, form, "person", "short form", True, tuple(sorted(actors)))


def _not_a_person_here(name: Name, text: str) -> bool:
    word = name.parts[0]
    if word == "May":
        return name.before in words("monthprep") or bool(re.match(r"\s*\d", text[name.end : name.end + 4])) or name.weak
    return name.before == "the" and name.after not in words("governing")


def _is_language(name: Name) -> bool:
    """Whether a demonym is the name of a language here: speaks French, in German, Spanish lessons."""
    if name.form.endswith("s") or len(name.parts) > 1:
        return False
    alone = not name.after or name.after in words("function") or name.after[0].isupper()
    return name.after in words("languagenoun") or (name.before in words("languageverb") and alone)


def _from_entry(name: Name, entry: Entry, text: str, context: _Context) -> Resolved | None:
    form = name.form
    if name.weak and len(name.parts) == 1 and _doubtful(form, context):
        return None
    if entry.how == "demonym" and _is_language(name):
        return None
    if entry.actor == "Korea":
        if text[max(0, name.start - 6) : name.start].lower() == "inter-":
            return None
        present = [korea for korea in _KOREAS if korea in context.countries]
        if len(present) == 1:
            return Resolved(name, present[0], "country", "short form")
        return Resolved(name, "Korea", "country", entry.how, True, _KOREAS)
    if entry.kind == "country" and form == "Georgia" and not context.countries & {"Russia"}:
        states = context.countries & {"Florida", "Alabama", "South Carolina", "North Carolina", "Tennessee", "Atlanta"}
        if states or "United States" in context.countries:
            return Resolved(name, "Georgia (U.S. state)", "place", "name")
    if entry.kind in ("country", "place") and entry.how in ("capital", "name"):
        state = _STATE_AFTER.match(text, name.end)
        if state and form != "Washington":
            of = context.gazetteer.lookup.get(state[1])
            known = of is not None and of.kind == "place" and " " not in form and entry.how == "capital"
            if known or (_STATE_SHORT.fullmatch(state[1]) and entry.how in ("capital", "name")):
                return Resolved(name, form if entry.kind == "country" else entry.actor, "place", "name")
    return Resolved(name, entry.actor, entry.kind, entry.how)


def _doubtful(form: str, context: _Context) -> bool:
    """Whether a known form at the start of a sentence may be an ordinary word (Apple, Polish, Labour)."""
    lowered = form.lower()
    return (
        lowered != form
        and (lowered in names("common_words") or lowered in context.lower)
        and not context.strong[form]
        and not form.isupper()
    )


def _single(name: Name, context: _Context) -> Resolved | None:
    """A single unknown word: an acronym, a direction that means a country, or a name by the words beside it."""
    form, word = name.form, name.parts[0]
    directs = word in ("North", "South")
    if name.weak and not name.title and word[-1:].islower() and word.lower() in names("common_words") and not directs:
        return None  # Officials, Police: there is no more to ask of most words that open a sentence
    if directs and name.before == "the":
        country = f"{word} Korea"
        if country in context.countries and name.after not in ("of", "side", "end", "coast", "pole", "Pole"):
            return Resolved(name, country, "country", "short form")
        return None
    if words("needsperson").issuperset(word.split("-")) or word in words("needsperson"):
        return None
    known = context.organisations.get(form)
    if known is not None and (not name.weak or form.isupper()):
        return Resolved(name, known[0], known[1], "acronym" if form.replace(".", "").isupper() else "short form")
    bare = form.replace(".", "")
    if bare.isupper() and len(bare) > 1:
        full = _spelled(bare, context.organisations)
        if full is not None:
            return Resolved(name, full[0], full[1], "acronym")
        lone = name.before not in words("acronymprep") and context.strong[form] < 2
        ordinary = name.weak or len(bare) > 6 or not bare.isalpha() or lone
        return None if ordinary else Resolved(name, form, "organisation", "acronym")
    if len(bare) < 3:
        return None
    lowered = word.lower()
    ordinary = lowered in names("common_words") or lowered in context.lower
    if name.title and (not ordinary or word in names("last_names")):
        return Resolved(name, form, "person", "name")
    if ordinary:
        return None
    last, first = word in names("last_names"), word in names("first_names")
    if name.after in words("sayverb") and (last or not name.weak):
        return Resolved(name, form, "person", "name")
    if name.weak:
        return _single_like_another(name, form, context)
    if name.before in words("lowertitle") or name.after in words("governing"):
        return Resolved(name, form, "person", "name")
    if name.before in words("strictplace") or (name.before in words("placeprep") and not (first or last)):
        return Resolved(name, form, "place", "name")
    if (last or first) and context.strong[form] > 1:
        return Resolved(name, form, "person", "name")
    return Resolved(name, form, "organisation", "name") if context.strong[form] > 1 else None


def _single_like_another(name: Name, form: str, context: _Context) -> Resolved | None:
    """At the start of a sentence a single unknown word counts when the article has it inside sentences too."""
    if context.strong[form] < 2:
        return None
    person = form in names("last_names") or form in names("first_names")
    return Resolved(name, form, "person" if person else "organisation", "name")


def _without_suffix(parts: Sequence[str]) -> Sequence[str]:
    suffixes = words("suffix")
    if len(parts) == 1 or suffixes.isdisjoint(parts):
        return parts
    return [part for part in parts if part not in suffixes] or parts
