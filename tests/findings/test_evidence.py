from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

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
