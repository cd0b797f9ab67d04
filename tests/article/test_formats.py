import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.article.document import Document
from presslens.article.formats import declared_encoding, markdown, parse, plain
from presslens.article.sidecar import Sidecar


def lines(document: Document) -> list[tuple[int, str]]:
    return [(paragraph.line, " ".join(paragraph.text.split())) for paragraph in document.paragraphs]


def test_plain_text_gives_each_paragraph_its_line() -> None:
    assert lines(plain("\nTitle\n\n\nOne.\nTwo.\n")) == [(2, "Title"), (5, "One."), (6, "Two.")]


def test_the_suffix_decides_the_format() -> None:
    assert parse("# A\n\nB.", suffix=".md").title == "A"
    assert lines(parse("# A\n\nB.", suffix=".txt")) == [(1, "# A"), (3, "B.")]


STORY = """# Keep the *ferries*

*A plan to close three routes fell by a single vote.*

The [council](https://a.example "x") voted **late**,
on Wednesday &amp; <em>not</em> before.\\
It was `close`.

![A white ferry](ferry.jpg)

## A costly service

> You cannot put a price
> on getting to a hospital.

- The boats are *old*.
- A new one costs ~~little~~ more.

1. One.

```python
print("fare")
```

    an indented line

| route | loss |
| ----- | ---- |
| north | 4.2  |

<div>In a <b>box</b>.</div>

***

The end<br>of it. <https://a.example>
"""


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    document = markdown(STORY)
    assert document.title == "Keep the ferries"
    assert document.dek == "A plan to close three routes fell by a single vote."
    assert lines(document) == [
        (5, "The council voted late, on Wednesday & not before. It was close."),
        (11, "A costly service"),
        (13, "You cannot put a price on getting to a hospital."),
        (16, "The boats are old."),
        (17, "A new one costs little more."),
        (19, "One."),
        (21, 'print("fare")'),
        (25, "an indented line"),
        (27, "route"),
        (27, "loss"),
        (29, "north"),
        (29, "4.2"),
        (31, "In a box."),
        (35, "The end of it. https://a.example"),
    ]
    assert document.outside == [(9, "A white ferry", "picture", "the description of a picture")]


@pytest.mark.parametrize("heading", ["# Keep the ferries", "Keep the ferries\n===", "## Keep the ferries ##"])
def test_the_first_heading_is_the_title_also_below_a_line(heading: str) -> None:
    assert markdown(f"{heading}\n\nOne.").title == "Keep the ferries"
    assert markdown(f"By Jane Doe\n\n{heading}\n\nOne.").title == "Keep the ferries"


def test_a_long_heading_below_the_title_is_the_standfirst_and_a_short_one_is_not() -> None:
    long = "A plan to close three routes fell by a single vote"
    assert markdown(f"# Keep the ferries\n\n## {long}\n\nOne.").dek == long
    short = markdown("# Keep the ferries\n\n## Background\n\nOne.")
    assert (short.dek, lines(short)[0]) == ("", (3, "Background"))


FRONT = """---
title: "Keep the ferries: a plea"
authors: [Ruth Alvarez, John Roe]
date: 2021-03-04
publication: The Morning Courier
tags: [sea, city]
lang: en-GB
---

# Another headline

One.
"""


def test_front_matter_is_read_as_the_sidecar_is_and_shown_in_the_ledger() -> None:
    document = markdown(FRONT)
    assert document.metadata == Sidecar(
        title="Keep the ferries: a plea",
        author="Ruth Alvarez, John Roe",
        date=dt.date(2021, 3, 4),
        outlet="The Morning Courier",
        language="en",
    )
    assert document.title == "Keep the ferries: a plea"
    assert lines(document) == [(12, "One.")]
    assert [(entry.line, entry.rule) for entry in document.outside] == [
        *((line, "front matter") for line in range(2, 8)),
        (9, "overruled"),
    ]
    assert document.outside[4].reason == "front matter that is not used"


@pytest.mark.parametrize(
    ("front", "stated"),
    [
        ("title: Ferries: a plea\nauthor: Ruth", Sidecar(title="Ferries: a plea", author="Ruth")),
        ("date: yesterday\nauthor: Ruth", Sidecar(author="Ruth")),
        ("date: 2021-13-45\nauthor: Ruth", Sidecar(author="Ruth")),
        ("url: javascript:alert(1)", Sidecar()),
        ("title: [", Sidecar(title="[")),
        ("x: !!python/object/apply:os.system [echo]", Sidecar()),
        ("a: " + "[" * 3000, Sidecar()),
        ("# nothing", Sidecar()),
    ],
)
def test_front_matter_that_cannot_be_used_is_left_out_and_never_refused(front: str, stated: Sidecar) -> None:
    document = markdown(f"---\n{front}\n---\nOne.\n")
    assert document.metadata == stated
    assert [text for _, text in lines(document)] == ["One."]
    assert len(document.outside) == len(front.splitlines())


def test_two_rules_around_prose_are_no_front_matter() -> None:
    assert [text for _, text in lines(markdown("---\n\nIt rained all day.\n\n---\n\nTwo."))] == [
        "It rained all day.",
        "Two.",
    ]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab #*_`>-![](<>)\n|~&;:\\1.")))
def test_any_markdown_is_read(text: str) -> None:
    document = markdown(text)
    assert all(paragraph.text.strip() and paragraph.line >= 1 for paragraph in document.paragraphs)


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (b'<meta charset="windows-1251">', "windows-1251"),
        (b'<META http-equiv=x content="text/html; charset=iso-8859-1">', "iso-8859-1"),
        (b"<?xml version='1.0' encoding='utf-16'?>", "utf-16"),
        (b"<p>none</p>", ""),
    ],
)
def test_a_page_may_state_its_encoding(page: bytes, encoding: str) -> None:
    assert declared_encoding(page) == encoding
