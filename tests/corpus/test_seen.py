from hypothesis import given
from hypothesis import strategies as st

from presslens.corpus.seen import Seen


@given(st.lists(st.text(max_size=3)))
def test_it_tells_new_from_known_as_a_set_does(texts: list[str]) -> None:
    seen, known = Seen(places=4), set()
    for text in texts:
        assert seen.add(text) == (text not in known)
        known.add(text)


def test_it_holds_a_few_bytes_for_each() -> None:
    seen = Seen()
    assert all(seen.add(str(number)) for number in range(20_000))
    assert seen.table.nbytes / 20_000 < 30
