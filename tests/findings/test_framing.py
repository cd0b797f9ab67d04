"""What is said of frames beside people, voices and a second codebook, and the text that is marked without a script."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from presslens.actors.quotations import quotations
from presslens.article.reading import from_text
from presslens.findings import framing
from presslens.findings.highlights import highlights
from presslens.framing import aggregating, coding, relating
from presslens.framing.codebook import load


def test_whole_sentences_are_said_of_every_text(of: SimpleNamespace) -> None:
    again = coding.analyse(of.article.sentences, of.article.tokens, load("entman")).codings
    spoken = quotations(of.article.sentences, of.article.tokens, of.mentions)
    said = [
        framing.together(aggregating.cooccurrence(of.codings)),
        *framing.actors(relating.by_actor(of.codings, of.mentions, least=1)),
        framing.voices(relating.by_voice(of.codings, of.evidence, spoken)),
        framing.crossings(relating.crossed(of.codings, again), of.frames),
        *(framing.reliability(frozenset(), n) for n in (0, 1, 2)),
        framing.overview(of.frames, doubtful=frozenset(of.frames["frame"])),
        framing.reliability(frozenset({"Economic"}), 2),
    ]
    for sentence in said:
        assert re.match(r"[A-Z0-9“]", sentence), sentence
        assert sentence.endswith("."), sentence
        assert not re.search(r"nan|None|\bNo\.|  |\.\.", sentence), sentence


def test_a_frame_that_stands_with_an_actor_by_chance_is_not_said_to_belong_to_it() -> None:
    row = {"article": "x", "actor": "Kim", "kind": "person", "frame": "Economic", "sentences": 5, "of": 5, "share": 1.0}
    table = pd.DataFrame([{**row, "overall": 0.2, "lift": 5.0, "chance": chance} for chance in (0.04, 0.9)])
    assert framing.actors(table)[1] == "No frame stands with one actor more than by chance."
    assert (
        "Kim in Economic (100 % of the sentences that name the actor, 20 % of all)"
        in framing.actors(table.assign(chance=[0.001, 0.9]))[1]
    )


def page(text: str, **options: frozenset[str]) -> str:
    read = from_text(text, id="x")
    coded = coding.analyse(read.sentences, read.tokens, load("policy_frames"))
    frames = aggregating.articles(coded.codings, resamples=10)
    return str(highlights(frames, coded.codings, coded.evidence, read.sentences, **options))


TEXT = "The virus spread & the <b>hospital</b> filled.\n\nThe court ruled on the constitution. The economy fell."


def test_the_text_is_whole_and_escaped_and_needs_no_script() -> None:
    html = page(TEXT)
    assert "<script" not in html
    assert not re.search(r"\son\w+=", html)
    body = html[html.index('<div class="text">') :]
    assert "<b>" not in body
    words = re.sub(r'<span class="where".*?</span></span>', "", body)
    plain = re.sub(r"<[^>]+>", "", words).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    assert "The virus spread & the <b>hospital</b> filled." in plain
    assert 'data-f1="Health and Safety: virus (weight 3)">virus<a class="b" href="#p01s01"' in body


def test_every_switch_has_a_label_and_a_rule_of_its_own() -> None:
    html = page(TEXT)
    ids = re.findall(r'<input type="checkbox" id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 3
    assert re.findall(r'<label for="([^"]+)">', html) == ids
    assert html.count(" checked>") == 2
    for name in ids:
        assert f"#{name}:checked ~ .text" in html


def test_frames_that_people_dispute_are_named_so_and_off() -> None:
    html = page(TEXT, doubtful=frozenset({"Health and Safety"}))
    (label,) = re.findall(
        r'<input type="checkbox" id="[^"]+"( checked)?><label[^>]+>\d\u00a0Health and Safety, not', html
    )
    assert label == ""


@pytest.mark.parametrize("text", ["", "… 1 2 3", "Mr. Smith went home."])
def test_a_text_without_frames_is_said_to_have_none(text: str) -> None:
    assert "No frame has words to mark" in page(text)


def test_definitions_stand_with_the_evidence_and_are_escaped() -> None:
    book = SimpleNamespace(frames=[SimpleNamespace(frame="A<b", definition="It is <i>x</i>.")])
    html = str(framing.cases({"A<b": []}, book, doubtful=frozenset({"A<b"})))
    assert html == '<h3>A&lt;b (not reliable)</h3><p class="note">It is &lt;i&gt;x&lt;/i&gt;.</p>'
