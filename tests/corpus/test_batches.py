from dataclasses import replace

from presslens.corpus.batches import Batch, batches, digest
from presslens.corpus.entries import Entry, Fault

ONE = Entry(id="a", text="A text.", source="f, line 1")


def test_batches_hold_everything_in_order() -> None:
    items = [Entry(id=str(i), text="x") for i in range(7)]
    found = list(batches(items, size=3))
    assert [len(batch.items) for batch in found] == [3, 3, 1]
    assert [item for batch in found for item in batch.items] == items
    assert [batch.number for batch in found] == [0, 1, 2]


def test_a_batch_is_another_when_a_letter_or_a_place_in_it_changes() -> None:
    whole = Batch(0, (ONE, Fault("b", "f, line 2", "broken"))).digest
    assert Batch(0, (replace(ONE, text="A text!"), Fault("b", "f, line 2", "broken"))).digest != whole
    assert Batch(0, (replace(ONE, source="f, line 9"), Fault("b", "f, line 2", "broken"))).digest != whole
    assert Batch(5, (ONE, Fault("b", "f, line 2", "broken"))).digest == whole


def test_an_article_is_the_same_wherever_it_stands() -> None:
    assert digest(ONE) == digest(replace(ONE, source="elsewhere"))
    assert digest(ONE) != digest(replace(ONE, outlet="The Daily"))


def test_text_that_is_no_unicode_has_a_hash() -> None:
    assert len(digest(replace(ONE, text="broken \ud800"))) == 16
