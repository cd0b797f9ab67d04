from __future__ import annotations

from pathlib import Path

import pytest

from presslens.errors import BadInput
from presslens.reports.parameters import Parameters, check, from_file, from_options


def test_defaults_pass_their_own_check() -> None:
    assert check({}) == Parameters()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"sede": 1}, "no parameter 'sede'"),
        ({"seed": "one"}, "seed"),
        ({"seed": -1}, "greater than or equal to 0"),
        ({"window": 0}, "window"),
        ({"draws": 10}, "greater than or equal to 100"),
        ({"keep": "all"}, "valid list"),
        ({"keep": ["adverts"]}, "no cleaning rule 'adverts'"),
        ({"document": ""}, "document"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_is_allowed(values: dict[str, object], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        check(values)


def test_options_are_read_as_yaml() -> None:
    options = ["seed=7", "keep=[duplicate, footer]", "codebook=entman", "actors="]
    assert from_options(options) == {"seed": 7, "keep": ["duplicate", "footer"], "codebook": "entman", "actors": ""}


@pytest.mark.parametrize("option", ["seed", "=7", "seed=[1"])
def test_an_option_that_cannot_be_read_is_refused(option: str) -> None:
    with pytest.raises(BadInput):
        from_options([option])


def test_a_parameter_file_is_a_mapping_in_yaml(tmp_path: Path) -> None:
    good, bad, wrong = tmp_path / "good.yaml", tmp_path / "bad.yaml", tmp_path / "list.yaml"
    good.write_text("seed: 3\nwindow: 7\n")
    bad.write_text("seed: [\n")
    wrong.write_text("- seed\n")
    assert from_file(good) == {"seed": 3, "window": 7}
    with pytest.raises(BadInput, match="not valid YAML"):
        from_file(bad)
    with pytest.raises(BadInput, match="does not hold parameters"):
        from_file(wrong)
