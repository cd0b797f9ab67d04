"""The parameters of all notebooks: one typed, documented model for JupyterLab, papermill and the command line."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from presslens.article.decoding import decode, load
from presslens.errors import BadInput
from presslens.locating import locate, locate_tier
from presslens.untrusted import Malformed, yaml_value


class Parameters(BaseModel):
    """What a user may choose; every notebook takes those that concern it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    document: str = Field("seeds/pyongyang-helping-hand.txt", min_length=1, description="the article to read")
    documents: list[str] = Field(
        [], max_length=20, description="articles to compare, two to twenty; empty for all of seeds/ (comparisons alone)"
    )
    keep: list[str] = Field([], description='cleaning rules whose finds stay in the text, or ["all"]')
    seed: int = Field(2020, ge=0, lt=2**32, description="of every random draw")
    draws: int = Field(1000, ge=100, le=20_000, description="bootstrap draws behind each interval")
    window: int = Field(5, ge=1, le=99, description="sentences in the running mean of the arc of tone")
    lexicon: str = Field("", description="CSV or YAML lexicon with valences of your own for tone; empty for none")
    tier: str = Field(
        "default",
        min_length=1,
        description="measure of tone: default, neural (an extra), or the folder of a sentiment classifier",
    )
    top: int = Field(15, ge=1, le=100, description="key phrases to list")
    codebook: str = Field("policy_frames", min_length=1, description="codebook for framing: a name or a YAML file")
    second_codebook: str = Field("entman", min_length=1, description="codebook to set beside the first")
    quotation: Literal["full", "excerpts", "none"] = Field(
        "excerpts", description="how much of the text a report may carry: full, excerpts (a quarter at most) or none"
    )
    sheets: list[str] = Field([], description="coding sheets of people; frames that they do not agree on are greyed")
    coder: str = Field("", description="a trained coder to code frames by; empty for the codebook's indicators")
    actors: str = Field("", description="YAML file with actors of your own; empty for none")
    corpus: str = Field("outputs/corpus", min_length=1, description="folder of an analysed corpus, for its report")
    period: Literal["month", "quarter", "year"] = Field(
        "quarter", description="length of a period in figures over time"
    )
    copies: bool = Field(False, description="whether copies of other articles count too")
    ner: str = Field(
        "", description="an installed spaCy model that helps to find names, as en_core_web_sm; empty for none"
    )


def describe() -> dict[str, str]:
    """Every parameter's name with what it means and its default."""
    return {name: f"{f.description} (default {f.default!r})" for name, f in Parameters.model_fields.items()}


def check(values: Mapping[str, Any]) -> Parameters:
    """The parameters of a run, from some or all of their values.

    Raises:
        BadInput: an unknown name, a wrong type, or a value out of range; the message names it and says what is allowed.
    """
    try:
        parameters = Parameters.model_validate(dict(values))
    except ValidationError as error:
        raise BadInput(_explain(error)) from None
    _check_tone(parameters)
    _check_actors(parameters)
    _check_codebooks(parameters)
    if not parameters.keep:
        return parameters
    from presslens.article.cleaning import rules  # costs a moment, and is seldom needed

    unknown = [rule for rule in parameters.keep if rule not in {*rules(), "all"}]
    if unknown:
        raise BadInput(
            f"parameter keep: there is no cleaning rule {unknown[0]!r}. Choose from {', '.join(rules())}, or all."
        )
    return parameters


def _check_tone(parameters: Parameters) -> None:
    """Refuse a tier that is not installed, and a lexicon that cannot be used, before anything runs."""
    if parameters.tier != "default":
        from presslens.sentiment import measure

        try:
            measure.named(locate_tier(parameters.tier))
        except BadInput as error:
            raise BadInput(f"parameter tier: {error}") from None
    if parameters.lexicon:
        from presslens.sentiment import lexicons

        lexicons.overlay(locate(parameters.lexicon))


def _check_actors(parameters: Parameters) -> None:
    """Refuse a file of actors that cannot be used, and a model that is not installed."""
    if parameters.actors:
        from presslens.actors import gazetteer

        gazetteer.load(locate(parameters.actors))
    if parameters.ner:
        from presslens.actors import model

        model.check(parameters.ner)


def _check_codebooks(parameters: Parameters) -> None:
    """Refuse a codebook of one's own that cannot be read, and one that nobody ships."""
    from importlib.resources import files

    shipped = {path.name for path in (files("presslens.framing") / "codebooks").iterdir()}
    for name in (parameters.codebook, parameters.second_codebook):
        if f"{name}.yaml" not in shipped:
            from presslens.framing import codebook

            codebook.load(locate(name))


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        return f"there is no parameter {name!r}. Choose from {', '.join(Parameters.model_fields)}."
    field = Parameters.model_fields[name]
    return f"parameter {name} ({field.description}): {_lower(first['msg'])}, not {first['input']!r}."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def from_options(options: Sequence[str]) -> dict[str, Any]:
    """Values of `NAME=VALUE` options; a value is read as YAML, so `5` is a number and `[a, b]` a list.

    Raises:
        BadInput: an option without `=`, or a value that is not YAML.
    """
    values: dict[str, Any] = {}
    for option in options:
        name, equals, text = option.partition("=")
        if not equals or not name.strip():
            raise BadInput(f"cannot read the parameter {option!r}. Write it as NAME=VALUE, for instance -p seed=7.")
        try:
            values[name.strip()] = yaml_value(text) if text else ""
        except Malformed:
            raise BadInput(
                f"cannot read the value of parameter {name.strip()}: {text[:200]!r} is not valid YAML."
            ) from None
    return values


def from_file(path: Path) -> dict[str, Any]:
    """Values of a YAML file of `name: value` lines.

    Raises:
        BadInput: it cannot be read, is not YAML, or is not a mapping.
    """
    data = load(path, limit="settings_bytes", remedy="Give a YAML file with one `name: value` a line.")
    text = decode(data, name=str(path)).text
    try:
        values = yaml_value(text) or {}
    except Malformed as error:
        raise BadInput(
            f"cannot read {path}{error.place}: it is not valid YAML: {error}. Write one `name: value` a line."
        ) from None
    if not isinstance(values, dict) or not all(isinstance(name, str) for name in values):
        raise BadInput(f"cannot read {path}: it does not hold parameters. Write one `name: value` a line.")
    return values
