"""What the articles of a news archive's download have in common, whichever archive it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Story:
    """One article of a download, its fields as they stand there: id, text, title, dek, outlet, date, author, section."""

    fields: dict[str, str] = field(default_factory=dict)
    stated: int | None = None  # articles in the download, as this place says


def joined(lines: Iterable[str]) -> str:
    """Paragraphs of lines that were wrapped: a blank line ends one."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line.strip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join(" ".join(words) for words in paragraphs if words)
