import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.article import cleaning
from presslens.article.cleaning import Found, clean, ledger_table, rules
from presslens.article.document import Paragraph
from presslens.errors import BadInput

STORY = [
    "Harbour city votes to keep its ferries",
    "The city council voted late on Wednesday to keep all seven of its ferry routes, ending a long dispute.",
    "The plan would have closed three routes that carry fewer than two hundred passengers a day.",
    "Ada Brandt, who has lived on the outer island since 1984, wept when she heard the result in the town hall.",
    "The council meets again in the spring to decide how the routes will be paid for.",
]

NOISE = {
    "cut off": [
        "Subscribe to continue reading",
        "To continue reading, please log in or create an account.",
        "Sign in to read the full story.",
        "This article is available only to subscribers.",
        "You have reached your limit of free articles this month.",
        "You've read 3 of 5 free articles.",
        "Read the full story at The Morning Courier",
        "Continue reading →",
    ],
    "section label": ["OPINION", "World", "Asia Pacific", "News | Politics", "Editorial"],
    "promotion": [
        "[Mapping the Coronavirus Outbreak: Get daily updates on the pandemic.]",
        "[Sign up for our newsletter.]",
        "Sign up for our daily newsletter to get the best stories.",
        "Subscribe to the Morning Briefing newsletter",
        "Subscribe now",
        "Get our best stories delivered straight to your inbox.",
        "Download our app for iPhone and Android",
        "Support our journalism. Become a member today.",
        "Become a subscriber for one dollar a week",
        "Already a subscriber? Log in",
        "Listen to this article",
        "Like what you're reading?",
    ],
    "sharing": [
        "Share on Facebook",
        "Share this article",
        "Facebook Twitter WhatsApp Email",
        "Follow us on Twitter",
        "Follow Jane Doe on Twitter @janedoe.",
        "Twitter: @janedoe",
        "@janedoe",
        "24 comments",
        "5 min read",
        "View all comments (12)",
    ],
    "cookies": [
        "We use cookies to improve your experience on this site.",
        "This website uses cookies and similar technologies.",
        "By continuing to browse you agree to our use of cookies.",
        "Accept all cookies",
    ],
    "advertisement": ["ADVERTISEMENT", "- Advertisement -", "Story continues below advertisement", "Sponsored content"],
    "credit": [
        "Photo: Lena Holt",
        "Image credit: NASA",
        "(Photo by Lena Holt)",
        "A ferry waits at the north pier. Lena Holt/Getty Images",
        "JUNG YEON-JE/AFP VIA GETTY IMAGES",
        "Reuters",
        "View image in fullscreen",
        "Source: city transport office",
    ],
    "related stories": [
        "Read more: Library hours cut again",
        "RELATED: Bridge repairs to last until summer",
        "See also",
        "Read more about the ferries",
        "Opinion: The islands deserve better",
    ],
    "footer": [
        "© 2021 The Morning Courier",
        "Copyright 2021 The Associated Press. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "Terms of use | Privacy policy | Contact us",
        "This article was originally published on The Conversation.",
        "The views expressed in this article are the author's own.",
        "(END)",
        "###",
    ],
}
# Sentences that a journalist may well write, each close to a line above.
PROSE = {
    "cut off": [
        "To continue reading by candle was to ruin one's eyes, he wrote.",
        "Register to vote, the posters read, or lose this story.",
        "Read the full report and weep, the mayor told them.",
        "You have read the free papers, and articles like these are why they die.",
        "This story is for members of a generation that had none.",
    ],
    "section label": ["Opinion is divided.", "World leaders met.", "The news was bad."],
    "promotion": [
        "[He] could not see the shore, the captain wrote, and would not get another chance.",
        "Sign up sheets lay on a table today, free of names.",
        "Register to vote by Friday, the posters in every window read.",
        "“Subscribe to the newsletter or leave,” she said.",
        "Support for US policy has fallen among members of the alliance.",
        "Support for the president is lower than it was, even among those who like him today.",
        "Want more evidence? Look at the accounts that the council published today.",
        "Get the vaccine, the posters urge, and the updates to the rules will not matter.",
        "The parcel was delivered to your neighbour, the note read.",
        "This story is free of heroes.",
    ],
    "sharing": [
        "Share of the vote: not enough.",
        "Share with others what you have, the sermon went, and the rest will follow.",
        "Like many people on Facebook, she never posts.",
        "The 24 comments were read aloud in court.",
        "Five minutes later the ferry sailed.",
    ],
    "cookies": [
        "We baked cookies for the crew, and they ate them in silence.",
        "We use cookies as bribes, the coach admits, and nobody has ever refused one.",
        "Parliament will debate a law on cookies and consent in the autumn.",
    ],
    "advertisement": ["Advertising paid for half of the ferry.", "Sponsored content fooled a third of readers."],
    "credit": [
        "The photo by Lena Holt hung in the town hall for years.",
        "The statement was published via Reuters.",
        "The AFP/Reuters tally shows three hundred dead.",
        "A Reuters/Ipsos poll found the mayor ahead.",
        "Credit markets are frozen, and builders cannot borrow.",
    ],
    "related stories": [
        "Read the plan, and you will find no mention of the islands.",
        "More than a hundred people came.",
        "Related party loans: the auditors found six.",
        "Analysis of the accounts shows a gap.",
        "See also how little the boats earn, the report says.",
    ],
    "footer": [
        "Copyright law is no help to the photographer.",
        "(c) a waiver by the council of all fees.",
        "This story was first told to me by my grandmother.",
        "Help is on its way.",
        "All rights, reserved or not, were sold.",
        "The end came quickly.",
    ],
}


def paragraphs(texts: list[str]) -> list[Paragraph]:
    return [Paragraph(number, text) for number, text in enumerate(texts, start=1)]


def found(texts: list[str]) -> dict[str, str]:
    ledger = clean("x", paragraphs(texts)).ledger
    return dict(zip(ledger["text"], ledger["rule"], strict=True))


def with_line(rule: str, line: str) -> list[str]:
    at = 0 if rule == "section label" else 3
    return [*STORY[:at], line, *STORY[at:]]


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule, lines in NOISE.items() for line in lines])
def test_a_line_of_page_furniture_is_taken_by_its_rule(rule: str, line: str) -> None:
    assert found(with_line(rule, line)) == {line: rule}


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule, lines in PROSE.items() for line in lines])
def test_a_sentence_that_only_looks_like_it_stays(rule: str, line: str) -> None:
    assert found(with_line(rule, line)) == {}


@pytest.mark.parametrize(
    "headline", ["Video: Mayor weeps at ferry vote", "Opinion: Keep the ferries", "Photo: the last ferry"]
)
def test_a_headline_may_begin_like_a_credit_or_a_pointer(headline: str) -> None:
    assert found([headline, *STORY[1:]]) == {}


def test_teasers_below_a_heading_go_with_it_to_the_end() -> None:
    teasers = [
        "More from The Morning Courier",
        "Bridge repairs to last",
        "The work began in May.",
        "© 2021 The Courier",
    ]
    assert found(STORY + teasers) == {
        teasers[0]: "related stories",
        teasers[1]: "related stories",
        teasers[2]: "related stories",
        teasers[3]: "footer",
    }


@pytest.mark.parametrize(
    "heading", ["More in Common Than They Think", "Latest polls", "Popular support wanes", "Related party loans"]
)
def test_a_subheading_that_is_no_such_heading_stays_with_what_follows(heading: str) -> None:
    assert found([*STORY, heading, "Nobody clapped."]) == {}


def test_a_heading_above_long_paragraphs_is_no_block_of_teasers() -> None:
    assert found([*STORY[:3], "Latest", "The council was divided. " * 12, STORY[4]]) == {}


@pytest.mark.parametrize(
    "line",
    [
        "By Ruth Alvarez",
        "By RUTH ALVAREZ and JOHN DE LA CRUZ",
        "By Ruth Alvarez, Reuters",
        "BY RUTH ALVAREZ",
        "by Ruth Alvarez in Seoul",
    ],
)
def test_a_byline_near_the_top_is_taken(line: str) -> None:
    cleaned = clean("x", paragraphs([STORY[0], line, *STORY[1:]]))
    assert cleaned.ledger["rule"].tolist() == ["byline"]
    assert cleaned.byline.startswith("Ruth Alvarez")
    assert cleaned.front == 1


@pytest.mark.parametrize(
    "line",
    [
        "By Ruth Alvarez | April 28, 2020",
        "By Ruth Alvarez, April 28, 2020, 3:04 p.m. ET",
        "By Ruth Alvarez, Reuters - 28 April 2020",
        "BY RUTH ALVAREZ APRIL 28, 2020",
        "BY RUTH ALVAREZ • THE POST • APRIL 28, 2020",
        "April 28, 2020 | By Ruth Alvarez",
        "Published 2020-04-28 by Ruth Alvarez",
        "Posted by Ruth Alvarez on April 28, 2020",
        "By Ruth Alvarez | Updated 28 Apr 2020 10:15 GMT | 5 min read",
    ],
)
def test_a_byline_with_a_date_gives_both(line: str) -> None:
    cleaned = clean("x", paragraphs([STORY[0], line, *STORY[1:]]))
    assert cleaned.ledger[["rule", "reason"]].to_numpy().tolist() == [
        ["byline", "names the author and the day; kept as byline and date"]
    ]
    assert (cleaned.byline, cleaned.date) == ("Ruth Alvarez", dt.date(2020, 4, 28))


def test_a_line_of_its_own_says_the_date_before_a_byline_does() -> None:
    lines = ["By Ruth Alvarez, April 28, 2020", "Updated May 1, 2020"]
    assert clean("x", paragraphs([STORY[0], *lines, *STORY[1:]])).date == dt.date(2020, 5, 1)


@pytest.mark.parametrize(
    "line",
    [
        "By Friday, April 28, 2020",
        "Written by hand on April 28, 2020",
        "By Monday, the streets were empty.",
        "By New Year's Day, the firm had lost half its value.",
        "By noon it was over",
    ],
)
def test_a_sentence_that_begins_with_by_stays(line: str) -> None:
    assert found([STORY[0], line, *STORY[1:]]) == {}


def test_a_headline_that_begins_with_by_stays() -> None:
    assert found(["By Train Through Siberia", *STORY[1:]]) == {}


def test_a_name_alone_is_a_byline_only_beside_a_date() -> None:
    assert found([STORY[0], "Ruth Alvarez", *STORY[1:]]) == {}
    assert found([STORY[0], "Ruth Alvarez in Seoul", "4 March 2021", *STORY[1:]]) == {
        "Ruth Alvarez in Seoul": "byline",
        "4 March 2021": "date line",
    }


def test_date_lines_are_kept_as_the_date_unless_they_head_a_chronicle() -> None:
    cleaned = clean(
        "x", paragraphs([STORY[0], "Published March 4, 2021", "Updated 6:30 PM EST, March 5, 2021", *STORY[1:]])
    )
    assert cleaned.ledger["rule"].tolist() == ["date line"] * 2
    assert str(cleaned.date) == "2021-03-04"
    chronicle = [STORY[0], *(text for n, s in enumerate(STORY[1:], 1) for text in (f"March {n}, 2021", s))]
    assert found(chronicle) == {}


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("Andray Abrahamian is the 2018-2019 Koret Fellow at APARC, Stanford University.", "Andray Abrahamian"),
        ("Ruth Alvarez is a senior reporter at The Morning Courier.", "Ruth Alvarez"),
        ("Ruth Alvarez and John Roe are researchers at the Institute for Ferries.", "Ruth Alvarez and John Roe"),
        ("Ruth Alvarez writes about islands.", "Ruth Alvarez"),
        ("Ruth Alvarez covers the council for The Morning Courier.", "Ruth Alvarez"),
        ("Reporting by Ruth Alvarez in Seoul; Editing by John Roe", "Ruth Alvarez"),
        ("Ruth Alvarez contributed reporting from Busan.", ""),
        ("Associated Press writers Ruth Alvarez and John Roe contributed to this report.", ""),
        ("The author is a professor of law.", ""),
    ],
)
def test_a_closing_note_on_the_author_is_taken_and_gives_the_byline(note: str, name: str) -> None:
    cleaned = clean("x", paragraphs([*STORY, note]))
    assert cleaned.ledger["rule"].tolist() == ["author's note"]
    assert cleaned.byline == name


@pytest.mark.parametrize(
    "line",
    [
        "Ada Brandt is a member of the island council.",
        "Mary Jones is a professor of transport who was not involved in the study.",
        "Mary Jones is an expert on boats, and “nobody listens,” as she puts it.",
        "Greg Smith was the director until 1998.",
        "New York State reported from 10 to 20 deaths.",
        "Ruth Alvarez contributed to this victory.",
        "South Korea reports a handful of cases.",
        "The author's next book is due in May.",
    ],
)
def test_a_closing_sentence_about_somebody_else_stays(line: str) -> None:
    assert found([*STORY, line]) == {}


def test_an_author_named_in_the_article_is_told_by_the_byline() -> None:
    note = "Ada Brandt is a writer on the outer island."
    assert found([*STORY, note]) == {}
    assert found([STORY[0], "By Ada Brandt", *STORY[1:], note]) == {"By Ada Brandt": "byline", note: "author's note"}


def test_a_repeated_paragraph_is_taken_once_with_the_line_of_the_first() -> None:
    ledger = clean("x", paragraphs([*STORY[:2], STORY[1].upper(), *STORY[2:]])).ledger
    assert ledger[["line", "rule", "reason"]].to_numpy().tolist() == [[3, "duplicate", "repeats line 2 word for word"]]


def test_a_short_line_is_a_duplicate_only_directly_below_itself() -> None:
    assert found([STORY[0], "What happened next?", STORY[1], "What happened next?", STORY[2]]) == {}
    assert found([STORY[0], "Nobody clapped then.", "Nobody clapped then.", STORY[1]]) == {
        "Nobody clapped then.": "duplicate"
    }


def test_a_paragraph_with_one_word_changed_is_a_near_duplicate() -> None:
    long = f"{STORY[1]} {STORY[2]} {STORY[3]}"
    changed = long.replace("wept", "cheered")
    assert found([STORY[0], long, STORY[4], changed]) == {changed: "near duplicate"}


def test_paragraphs_that_share_half_their_words_both_stay() -> None:
    one = f"{STORY[1]} {STORY[2]}"
    other = f"{STORY[1]} {STORY[4]}"
    assert found([STORY[0], one, other]) == {}


def test_a_pull_quote_is_taken_and_its_paragraph_stays() -> None:
    quote = "You cannot put a price on getting to a hospital"
    source = f"“{quote},” said Ada Brandt, who has lived on the outer island since 1984 and crosses twice a week."
    assert found([*STORY[:2], f"“{quote}”", source, *STORY[2:]]) == {f"“{quote}”": "pull quote"}
    assert found([*STORY[:2], "“You cannot put a price”", source, *STORY[2:]]) == {}


def test_what_is_kept_stays_in_the_text_and_is_noted() -> None:
    texts = [STORY[0], "By Ruth Alvarez", *STORY[1:], "Subscribe now"]
    cleaned = clean("x", paragraphs(texts), keep=["promotion"])
    assert [p.text for p in cleaned.paragraphs] == [STORY[0], *STORY[1:], "Subscribe now"]
    assert cleaned.ledger[["rule", "kept"]].to_numpy().tolist() == [["byline", False], ["promotion", True]]
    everything = clean("x", paragraphs(texts), keep="all")
    assert [p.text for p in everything.paragraphs] == texts
    assert everything.ledger["kept"].all()


def test_an_unknown_rule_to_keep_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match=r"no cleaning rule 'advert'\. Choose from section label, cut off, promotion, "):
        clean("x", [], keep=["advert"])


def test_lines_of_one_source_line_each_have_their_row() -> None:
    cleaned = clean("x", [Paragraph(1, STORY[0]), Paragraph(1, "Subscribe now"), Paragraph(1, "Advertisement")])
    assert cleaned.ledger["text"].tolist() == ["Subscribe now", "Advertisement"]


def test_an_empty_ledger_has_the_columns_and_types_of_a_full_one() -> None:
    full = clean("x", paragraphs([*STORY, "Subscribe now"])).ledger
    assert tuple(full.columns) == Found._fields
    pd.testing.assert_series_equal(ledger_table([]).dtypes, full.dtypes)


LINES = st.sampled_from(
    [*STORY, *(line for lines in NOISE.values() for line in lines), "4 March 2021", "By Ruth Alvarez", ""]
)


@settings(deadline=None)
@given(st.lists(LINES, max_size=25))
def test_every_line_is_in_the_text_or_in_the_ledger_exactly_once(lines: list[str]) -> None:
    cleaned = clean("x", paragraphs(lines))
    kept = [p.line for p in cleaned.paragraphs]
    assert sorted([*kept, *cleaned.ledger["line"].tolist()]) == list(range(1, len(lines) + 1))
    assert kept == sorted(kept)
    assert set(cleaned.ledger["rule"]) <= set(rules())


def test_a_long_document_is_cleaned_in_near_linear_time() -> None:
    import time

    def seconds(size: int) -> float:
        texts = [f"{word} {STORY[1 + word % 4]} {word * 7}" for word in range(size)]
        start = time.process_time()
        clean("x", paragraphs(texts))
        return time.process_time() - start

    seconds(100)
    assert seconds(4000) < 12 * max(seconds(1000), 0.1)  # a quadratic rule takes sixteen times as long


def test_the_rules_stand_in_the_data_with_a_reason(tmp_path: Path) -> None:
    assert list(rules())[:8] == [
        "section label",
        "cut off",
        "promotion",
        "sharing",
        "cookies",
        "advertisement",
        "credit",
        "footer",
    ]


def test_short_copies_out_of_a_long_paragraph_are_no_near_duplicates_and_cost_little(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long = [f"word{n}" for n in range(20_000)]
    short = [" ".join(long[at : at + 14]) for at in range(0, 20_000, 200)]
    looked = 0
    runs = cleaning._runs

    def counted(text: str) -> set[int]:
        nonlocal looked
        looked += len(text) > 10_000
        return runs(text)

    monkeypatch.setattr(cleaning, "_runs", counted)
    lines = [Paragraph(n, text) for n, text in enumerate([" ".join(long), *short], 1)]
    assert list(cleaning.near_duplicate(lines)) == []
    assert looked == 1
