import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.article.heading import find_head

ONE = (
    "The government said on Monday that it would reopen the border to trade after two years of closure, a step that "
    "businesses on both sides have long demanded and that critics call premature. Officials gave no date."
)
TWO = (
    "Traders in the border towns, many of whom lost their shops, welcomed the decision but warned that the roads are in "
    "poor repair and that customs posts lack staff. “We need trucks, not promises,” one said."
)
WIRE = f"SEOUL, South Korea (AP) — {ONE}"
DEK = "Closing it has cost both nations dearly, and fear is no policy."


@pytest.mark.parametrize(
    "title",
    [
        "Seoul to reopen border to trade",
        "SEOUL TO REOPEN BORDER - AGAIN",
        "Will Seoul open its border?",
        "The Border Must Open Again.",
        '"We Will Not Go," Says Minister',
        "‘We need trucks, not promises’",
        "Moon: the border must open",
        "Enough!",
        "Seoul warns the U.S.",
        "5 things to know about the border",
        "한국, 국경 재개",
    ],
)
@pytest.mark.parametrize("body", [[ONE, TWO], [WIRE, TWO], [ONE]])
def test_a_first_line_that_reads_like_a_headline_is_the_title(title: str, body: list[str]) -> None:
    assert find_head([title, *body]) == (title, "", body)


@pytest.mark.parametrize(
    "body",
    [
        [ONE, TWO],
        [WIRE, TWO],
        ["It was over.", ONE, TWO],
        ["A bomb exploded in Kabul on Monday.", "No one was hurt."],
        ["What now? That is what the traders ask themselves each morning when they open their shops.", ONE, TWO],
        ["Q: What happened?", "A: They closed the border.", "Q: What now?", "A: We wait."],
        ["Moon: Will you come", "Kim: Perhaps.", "Moon: When?"],
        ["1. It has been closed for two years", "2. Trade fell by half.", "3. The roads are bad."],
        ["- Bread", "- Milk"],
        ["The insurer said yesterday that its claims", "could cost it dearly."],
        ["As she put it,", ONE],
        ["Only one line"],
        ["12345", ONE],
        [],
    ],
)
def test_a_text_without_a_headline_keeps_every_paragraph_in_its_body(body: list[str]) -> None:
    assert find_head(body) == ("", "", body)


def test_a_short_sentence_below_the_title_is_the_standfirst() -> None:
    assert find_head(["The border must open", DEK, ONE, TWO]) == ("The border must open", DEK, [ONE, TWO])


@pytest.mark.parametrize(
    "lead",
    [
        "A strong earthquake struck northern Japan on Tuesday, officials reported.",
        "TOKYO (AP) — A strong earthquake has struck northern Japan.",
        "“We need trucks, not promises,” a trader in the town calls out.",
        "It was over.",
        "The border is open. The traders are back in their shops.",
    ],
)
def test_a_short_lead_is_no_standfirst(lead: str) -> None:
    assert find_head(["Seoul to reopen border", lead, ONE, TWO]).dek == ""


def test_what_stands_above_a_byline_is_title_and_standfirst_however_it_ends() -> None:
    assert find_head(["The border should open.", ONE, TWO], front=1) == ("The border should open.", "", [ONE, TWO])
    lines = ["Should it?", "It should, traders said on Monday.", ONE]
    assert find_head(lines, front=2) == (*lines[:2], [ONE])


def test_a_line_above_the_first_question_of_an_interview_is_the_standfirst() -> None:
    body = ["Q: What happened?", "A: They closed the border and we lost the shop.", "Q: What now?"]
    intro = "A trader on what the border means to her."
    assert find_head(["‘We need trucks’", intro, *body]) == ("‘We need trucks’", intro, body)


def test_what_the_file_states_is_not_repeated_in_the_body() -> None:
    assert find_head(["Open the border!", DEK, ONE, TWO], title="Open the Border", dek=DEK) == (
        "Open the Border",
        DEK,
        [ONE, TWO],
    )
    assert find_head([ONE, TWO], title="Another title") == ("Another title", "", [ONE, TWO])


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([ONE, WIRE, DEK, "A title", "Why?", "Q: Why?", "1. One.", "x"])),
    st.sampled_from([None, 0, 1, 2, 3]),
)
def test_nothing_is_lost_and_the_body_is_never_empty(lines: list[str], front: int | None) -> None:
    head = find_head(lines, front=front)
    assert [text for text in (head.title, head.dek, *head.body) if text] == lines
    assert bool(head.body) == bool(lines)
