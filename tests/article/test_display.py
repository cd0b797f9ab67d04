from pathlib import Path

from presslens.article.reading import from_text, read


def test_an_article_shows_its_text_and_what_was_left_out_with_every_word_escaped(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(
        "Keep <the> ferries\nBy Ruth Alvarez\n4 March 2021\nThe council <b>voted</b> late. It was close.\nSubscribe now\n"
    )
    (tmp_path / "story.yaml").write_text("outlet: <Courier>\n")
    shown = read(path)._repr_html_()
    assert "<h3>Keep &lt;the&gt; ferries</h3>" in shown
    assert "<em>Ruth Alvarez, &lt;Courier&gt;, 04 March 2021</em>" in shown
    assert "<p>The council &lt;b&gt;voted&lt;/b&gt; late. It was close.</p>" in shown
    assert "1 paragraphs" not in shown
    assert "1 paragraph · 2 body sentences · 12 words · language en" in shown
    assert "<summary>3 left out by cleaning</summary>" in shown
    assert "<td>5</td><td>promotion</td><td>a promotion or newsletter line</td><td>Subscribe now</td>" in shown


def test_an_article_of_which_nothing_was_left_out_says_so() -> None:
    assert "Nothing was left out." in from_text("One. Two.")._repr_html_()


def test_an_article_names_itself_in_one_line() -> None:
    assert (
        repr(from_text("One. Two.\n\nThree.", id="x"))
        == "Article('x', 2 paragraphs, 3 sentences, 0 lines left out, language 'en')"
    )
