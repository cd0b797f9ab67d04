from presslens.language.facts import Facts


def test_each_word_is_asked_about_once() -> None:
    asked: list[str] = []

    def tell(word: str) -> tuple[str, int, bool]:
        asked.append(word)
        return word.lower(), len(word), word.istitle()

    facts: Facts[str] = Facts(tell, ("O", "i8", "?"))
    low, size, title = facts.of(["Seoul", "is", "Seoul"])
    assert (low.tolist(), size.tolist(), title.tolist()) == (["seoul", "is", "seoul"], [5, 2, 5], [True, False, True])
    assert [column.tolist() for column in facts.of(["far", "is"])] == [["far", "is"], [3, 2], [False, False]]
    assert asked == ["Seoul", "is", "far"]
    assert [column.tolist() for column in facts.of([])] == [[], [], []]


def test_it_starts_anew_when_it_is_full_and_tells_the_same() -> None:
    facts: Facts[int] = Facts(lambda number: (2 * number,), ("i8",), most=50)
    for first in range(0, 4000, 37):
        keys = [*range(first, first + 40), first]
        assert facts.of(keys)[0].tolist() == [2 * key for key in keys]
    many = list(range(3000))
    assert facts.of(many)[0].tolist() == [2 * key for key in many], "more at once than are remembered"
