"""What the text does not say, from `NAME.yaml` beside the document."""

import datetime as dt
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from presslens.article.decoding import decode, load
from presslens.errors import BadInput
from presslens.untrusted import Malformed, yaml_value


class Sidecar(BaseModel):
    """What is known of an article beside its words; every field may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    title: str | None = Field(None, max_length=1000)
    dek: str | None = Field(None, max_length=2000)
    author: str | None = Field(None, max_length=300)
    outlet: str | None = Field(None, max_length=300)
    date: dt.date | None = None
    url: str | None = Field(None, max_length=2000, pattern=r"^https?://")
    language: str | None = Field(None, pattern=r"^[a-z]{2,3}$")

    @field_validator("author", mode="before")
    @classmethod
    def _joined(cls, value: object) -> object:
        """Several authors may stand in a list."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    @field_validator("date", mode="before")
    @classmethod
    def _day(cls, value: object) -> object:
        """The day of a point in time."""
        return value.date() if isinstance(value, dt.datetime) else value

    @field_validator("language", mode="before")
    @classmethod
    def _primary(cls, value: object) -> object:
        """ "en" of "en-GB"."""
        return value.strip().lower().replace("_", "-").split("-")[0] if isinstance(value, str) else value

    def filled_by(self, other: "Sidecar") -> "Sidecar":
        """This record with every field that `other` states."""
        return self.model_copy(update=other.model_dump(exclude_none=True))


def sidecar_path(document: Path) -> Path:
    """Where the sidecar of a document would stand."""
    return document.with_suffix(".yaml")


def read_sidecar(document: Path) -> Sidecar:
    """The sidecar of a document; an empty one where there is no file.

    Raises:
        BadInput: it is not YAML, or holds an unknown or wrong field.
    """
    path = sidecar_path(document)
    if not path.exists():
        return Sidecar()
    text = decode(load(path, largest=100_000), name=str(path)).text
    try:
        entries = yaml_value(text) or {}
        return Sidecar.model_validate(entries)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        known = ", ".join(Sidecar.model_fields)
        raise BadInput(f"cannot read {path}: {field}: {first['msg']}. Known fields: {known}.") from None
    except Malformed as error:
        raise BadInput(
            f"cannot read {path}{error.place}: it is not valid YAML: {error}. Correct it or remove the file."
        ) from None
