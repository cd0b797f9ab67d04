"""What stands in a page for words that may not be quoted can be read, and gives no more of them away."""

from __future__ import annotations

import re

from presslens.reports import unquoted

HOLE = '<span class="withheld" data-span="{}-{}">[{} words]</span>'


def evidence(name: str, words: str) -> str:
    return f'<blockquote class="evidence" data-sentence="{name}"><p>{words} <cite class="where">{name}</cite></p></blockquote>'


def visible(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).replace("\u00a0", " ").strip()


def test_a_sentence_of_holes_becomes_its_address_its_length_and_its_marks() -> None:
    whole = evidence("p01s01", "Nobody <mark>cheered</mark>.")
    held = evidence("p01s02", f"{HOLE.format(1, 9, 3)} <mark>starting point</mark> {HOLE.format(20, 90, 21)}.")
    page = f"<h3>What it proposes</h3>\n{whole}\n{held}\n<p>after</p>"
    assert visible(unquoted.tidy(page)) == (
        "What it proposes Nobody cheered . p01s01 Not quoted here: p01s02 (26 words: starting point ). after"
    )
    assert whole in unquoted.tidy(page)


def test_headings_that_have_no_sentence_left_become_a_list() -> None:
    held = evidence("p01s02", HOLE.format(1, 9, 14))
    page = f"<h3>1. trade</h3>{held}<h3>2. peace</h3>{held}<p>after</p>"
    assert (
        visible(unquoted.tidy(page))
        == "Not quoted here: 1. trade : p01s02 (14 words) 2. peace : p01s02 (14 words) after"
    )


def test_a_mark_that_is_itself_withheld_goes_with_its_sentence() -> None:
    held = evidence("p01s02", f"<mark>{HOLE.format(1, 9, 5)}</mark> <mark>peace</mark>")
    assert visible(unquoted.tidy(held)) == "Not quoted here: p01s02 (6 words: peace )."


def test_a_withheld_quotation_goes_with_its_brackets_or_its_marks() -> None:
    assert visible(unquoted.tidy(f"<p>May (“{HOLE.format(1, 9, 3)} …”); June (“it rained”).</p>")) == (
        "May; June (“it rained”)."
    )
    assert visible(unquoted.tidy(f"<p>The longest: “{HOLE.format(1, 9, 13)} …” (paragraph 9).</p>")) == (
        "The longest: [13 words] (paragraph 9)."
    )


def test_a_finding_that_only_introduces_withheld_words_is_left_out() -> None:
    said = "In its own summary: “⟦16 words: 55-163⟧.” (dek). Ten sentences propose something."
    assert unquoted.sentences(said) == "Ten sentences propose something."
    html = f'<p class="lead">It opens: “<span data-sentence="p01s01">{HOLE.format(1, 9, 9)}</span>” (p01s01). It is close.</p>'
    assert unquoted.tidy(html) == '<p class="lead">It is close.</p>'
    assert unquoted.sentences("It opens: “It rained.” (p01s01). It is close.").startswith("It opens: “It rained.”")


def test_a_cell_that_holds_little_but_holes_says_how_long_it_is() -> None:
    cell = f"<td>{HOLE.format(1, 9, 5)} <mark>2003</mark>, {HOLE.format(20, 90, 10)} …</td>"
    assert visible(unquoted.tidy(cell)) == "[16 words]"
    more = f"<td>{HOLE.format(1, 9, 5)} and six more words of ours here</td>"
    assert unquoted.tidy(more) == more


def test_a_sentence_of_a_text_with_layers_keeps_its_marks_alone() -> None:
    one = (
        f'<span class="part">{HOLE.format(1, 9, 3)} <mark class="s f1">trade</mark> and {HOLE.format(20, 90, 4)}</span>'
    )
    other = '<span class="part">Nobody <mark class="s f1">cheered</mark>.</span>'
    assert unquoted.tidy(f"<p>{one} {other}</p>") == (
        '<p><span class="gone held">9\u00a0words <mark class="s f1">trade</mark></span> '
        'Nobody <mark class="s f1">cheered</mark>.</p>'
    )


def test_a_page_that_withholds_nothing_stays_as_it_is() -> None:
    page = f"<h3>a</h3>{evidence('p01s01', 'He wrote [3 words] and (“more”).')}"
    assert unquoted.tidy(page) == page
