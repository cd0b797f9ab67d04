"""Downloads of news archives in a corpus: many articles a file, and a stated number to check."""

from collections.abc import Iterable, Iterator

from presslens.article.stories import Story
from presslens.corpus.entries import Entry, Fault
from presslens.corpus.records import FIELDS, Dates, entry

PLAIN = {name: name for name in FIELDS}


def entries_of(stories: Iterable[Story], *, file: str, stem: str, unit: str = "article") -> Iterator[Entry | Fault]:
    """Entries of stories, and in the end what is wrong with the file: dates, a number that is not the one stated."""
    dates, stated, count = Dates(file), set[int](), 0
    for story in stories:
        if story.stated is not None:
            stated.add(story.stated)
        if not story.fields:
            continue
        count += 1
        source, name = f"{file}, {unit} {count}", f"{stem}:{count}"
        yield entry(story.fields, fields=PLAIN, name=name, source=source, dates=dates)
    yield from dates.faults()
    if stated and stated != {count}:
        numbers = " and ".join(f"{number:,}" for number in sorted(stated))
        reason = f"it states {numbers} articles, and {count:,} were read. Check whether the download is whole."
        yield Fault(file, file, reason)
