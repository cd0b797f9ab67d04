from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from presslens.article.reading import from_text
from presslens.findings import evidence
from presslens.findings.evidence import Quotation, marked


def test_marks_stand_where_their_offsets_say() -> None:
    html = marked("Kim sent a friendly letter", [(111, 119, "positive", "+0.4")], start=100)
    assert html == Markup('Kim sent a <mark class="positive" title="+0.4">friendly</mark> letter')


def test_text_and_reasons_are_escaped() -> None:
    html = Quotation("<b> & x", 0, [(0, 3, "frame", '"why"')], "p01s01").html()
    assert "<b>" not in html
    assert 'title="&#34;why&#34;"' in html


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70), st.just("frame"), st.just("why")), max_size=6),
)
def test_no_mark_ever_changes_the_words(text: str, spans: list[tuple[int, int, str, str]]) -> None:
    assert words(marked(text, spans)) == words(marked(text, []))


def words(html: Markup) -> str:
    """What a reader sees of it."""
    return Markup(html.replace("\x00", "")).striptags()  # noqa: S704 - it is escaped: that is what is tested


def test_paragraphs_in_another_language_are_no_evidence() -> None:
    german = "Die Lehrerin unterrichtet seit dreißig Jahren in der Stadt und hat gegen den Beschluss eine Petition geschrieben."
    english = (
        "The council voted last month to cut the money for the classes, and the teacher wrote to the mayor of the town."
    )
    of = from_text(f"Two languages share one market\n\n{english}\n\n{german}\n", id="x").sentences
    assert evidence.english(of)["sentence"].tolist() == ["p01s01", "p02s01"]  # the title and the English paragraph
    alone = from_text(f"Zwei Sprachen\n\n{german}\n", id="x").sentences
    assert len(evidence.english(alone)) == len(alone)


def test_a_sentence_that_says_nearly_the_same_as_one_before_is_passed_over() -> None:
    texts = ["The north lock could open first.", "The south lock could open first.", "It rained."]
    assert evidence.varied(texts, most=2) == [0, 2]
    assert evidence.varied(texts, most=1) == [0]
