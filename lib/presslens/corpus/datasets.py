"""The tables of a corpus: their columns, and how a batch's share of them becomes Parquet."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from presslens.article.reading import Article
from presslens.corpus import duplicates
from presslens.corpus.batches import digest
from presslens.corpus.entries import Entry, Fault
from presslens.errors import BadInput
from presslens.language.chunks import Chunks, coded, one_of
from presslens.limits import limits, setting

_TONE_WORD = pa.struct(
    {"start": pa.int32(), "end": pa.int32(), "word": pa.string(), "contribution": pa.float64(), "why": pa.string()}
)
_FRAME_WORD = pa.struct(
    {
        "codebook": pa.string(),
        "frame": pa.string(),
        "start": pa.int32(),
        "end": pa.int32(),
        "term": pa.string(),
        "weight": pa.float64(),
    }
)
_REAL, _INT, _TEXT = pa.float64(), pa.int32(), pa.string()

SCHEMAS: dict[str, pa.Schema] = {
    "articles": pa.schema(
        {
            **dict.fromkeys(("article", "title", "outlet", "date", "author", "section", "url", "source"), _TEXT),
            "language": _TEXT,
            **dict.fromkeys(("words", "sentences", "removed"), _INT),
            **dict.fromkeys(("score", "low", "high"), _REAL),
            "label": _TEXT,
            "dominant": pa.map_(_TEXT, _TEXT),
            "content": _TEXT,
            "notes": _TEXT,
        }
    ),
    "sentences": pa.schema(
        {
            **dict.fromkeys(("article", "sentence", "section"), _TEXT),
            **dict.fromkeys(("paragraph", "start", "end"), _INT),
            "text": _TEXT,
            **dict.fromkeys(("score", "low", "high"), _REAL),
            "label": _TEXT,
            "quoted": _REAL,
            "base": _REAL,
            "evidence": pa.list_(_TONE_WORD),
            "frames": pa.list_(_FRAME_WORD),
        }
    ),
    "actors": pa.schema(
        {
            **dict.fromkeys(("article", "actor", "kind", "voice"), _TEXT),
            **dict.fromkeys(("mentions", "sentences", "negative", "neutral", "positive"), _INT),
            **dict.fromkeys(("tone", "low", "high"), _REAL),
            "verdict": _TEXT,
        }
    ),
    "mentions": pa.schema(
        {
            **dict.fromkeys(("article", "sentence"), _TEXT),
            **dict.fromkeys(("start", "end"), _INT),
            **dict.fromkeys(("text", "actor", "kind", "voice", "speaker"), _TEXT),
            "score": _REAL,
            "label": _TEXT,
        }
    ),
    "keyphrases": pa.schema(
        {"article": _TEXT, "rank": _INT, "phrase": _TEXT, "score": _REAL, "count": _INT, "sentences": _TEXT}
    ),
    "frames": pa.schema(
        {
            **dict.fromkeys(("article", "codebook", "frame"), _TEXT),
            **dict.fromkeys(("share", "low", "high"), _REAL),
            **dict.fromkeys(("sentences", "of", "rank"), _INT),
            "role": _TEXT,
        }
    ),
    "signatures": pa.schema({"article": _TEXT, "digest": pa.uint64(), "values": pa.binary(4 * duplicates.SIZE)}),
}
ERRORS = pa.schema(dict.fromkeys(("id", "source", "reason", "traceback"), _TEXT))
DUPLICATES = pa.schema({"article": _TEXT, "copy_of": _TEXT, "similarity": _REAL})
GROUP = 1 << 20  # rows: a part is one row group
ROWS = 10_000  # read at a time


def empty() -> dict[str, pa.Table]:
    """All tables, without rows."""
    return {name: schema.empty_table() for name, schema in SCHEMAS.items()}


def joined(parts: Sequence[Mapping[str, pa.Table]]) -> dict[str, pa.Table]:
    """The tables of several parts, one below the other."""
    return {name: pa.concat_tables([part[name] for part in parts]) for name in SCHEMAS}


def as_bytes(table: pa.Table) -> bytes:
    """The table as a Parquet file: the same bytes for the same rows, however they came together."""
    sink = io.BytesIO()
    whole = table.combine_chunks()
    parquet.write_table(whole, sink, compression="zstd", compression_level=3, row_group_size=GROUP, store_schema=False)
    return sink.getvalue()


def from_bytes(data: bytes) -> pa.Table:
    """A table out of its Parquet file."""
    return parquet.read_table(pa.BufferReader(data), use_threads=False)


def part(path: Path, schema: pa.Schema, columns: Sequence[str] | None = None) -> pa.Table:
    """Some or all columns of a file of a data set that lies on the disk, and may be anybody's by now.

    Raises:
        BadInput: it cannot be read, a column is missing or of another type than `schema` says, or it is larger than the limit
            of tables when unpacked.
    """
    wanted = list(schema.names if columns is None else columns)
    most = limits().table_bytes
    try:
        if not path.is_file():
            raise OSError("there is no such file" if not path.exists() else "it is not a regular file")
        with parquet.ParquetFile(path) as file:
            found = file.schema_arrow
            size, batches = 0, []
            for name in wanted:
                if found.names.count(name) != 1 or not _alike(found.field(name).type, schema.field(name).type):
                    raise ValueError(f"its column {name} is missing or not as it was written")
            for batch in file.iter_batches(batch_size=ROWS, columns=wanted, use_threads=False):
                size += batch.nbytes
                if size > most:
                    raise ValueError(f"unpacked it is larger than {most / 1e6:g} MB ({setting('table_bytes')})")
                batches.append(batch)
        table = pa.Table.from_batches(batches, schema=None if batches else pa.schema(map(found.field, wanted)))
        table.validate(full=True)  # texts that are no UTF-8 would surprise whoever looks at them first
    except (OSError, ValueError, LookupError, TypeError, NotImplementedError, MemoryError, pa.ArrowException) as error:
        reason = str(error).split("\n")[0][:200] or type(error).__name__
        raise BadInput(f"cannot read {path}: {reason}. Analyse the corpus again into an empty folder.") from None
    return table.select(wanted)


def _alike(found: pa.DataType, asked: pa.DataType) -> bool:
    """Whether a column has the type that it should; how wide its numbers and how long its texts may be does not matter."""
    kinds = (
        pa.types.is_integer,
        pa.types.is_floating,
        lambda one: pa.types.is_string(one) or pa.types.is_large_string(one),
    )
    if pa.types.is_list(asked):
        return (pa.types.is_list(found) or pa.types.is_large_list(found)) and _alike(found.value_type, asked.value_type)
    if pa.types.is_struct(asked):
        named = {field.name: field.type for field in found} if pa.types.is_struct(found) else {}
        return all(field.name in named and _alike(named[field.name], field.type) for field in asked)
    return bool(found.equals(asked)) or any(kind(found) and kind(asked) for kind in kinds)


def errors(faults: Sequence[Fault]) -> pa.Table:
    """The table of errors: `id`, `source`, `reason`, `traceback`."""
    columns = [[getattr(one, name) for one in faults] for name in ("id", "source", "reason", "detail")]
    return pa.table([pa.array(column, _TEXT) for column in columns], schema=ERRORS)


def build(
    *,
    articles: Sequence[tuple[Entry, Article]],
    parted: Chunks,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    scores: pd.DataFrame,
    words: pd.DataFrame,
    whole: pd.DataFrame,
    mentions: pd.DataFrame,
    actors: pd.DataFrame,
    keyphrases: pd.DataFrame,
    evidence: pd.DataFrame,
    frames: pd.DataFrame,
) -> dict[str, pa.Table]:
    """The tables of a batch from what the measures give, each in the order of its articles; `parted` holds the chunks of
    the sentences' texts."""
    lines = sentences.assign(**{name: scores[name] for name in ("score", "low", "high", "label", "quoted", "base")})
    words = words.assign(
        start=words["start"] + sentences["start"].to_numpy()[words["text"].to_numpy()],
        end=words["end"] + sentences["start"].to_numpy()[words["text"].to_numpy()],
        contribution=words["contribution"].round(6),
    )
    tone = _held(words, words["text"].to_numpy(), len(sentences), _TONE_WORD)
    proof = _held(evidence, evidence["row"].to_numpy(), len(sentences), _FRAME_WORD)
    found = {
        "sentences": _table("sentences", lines, evidence=tone, frames=proof),
        "actors": _table("actors", actors.rename(columns={"score": "tone"})),
        "mentions": _table("mentions", mentions),
        "keyphrases": _table("keyphrases", keyphrases),
        "frames": _table("frames", frames),
        "signatures": _signatures([article.id for _, article in articles], sentences, parted),
    }
    return {"articles": _articles(articles, tokens, whole, frames), **found}


def _articles(
    articles: Sequence[tuple[Entry, Article]],
    tokens: pd.DataFrame,
    whole: pd.DataFrame,
    framed: pd.DataFrame,
) -> pa.Table:
    ids = [article.id for _, article in articles]
    said = whole.set_index("article").reindex(ids)
    first = framed[framed["role"] == "dominant"]
    dominant: dict[str, list[tuple[str, str]]] = {}
    for article, book, frame in zip(*(first[name].tolist() for name in ("article", "codebook", "frame")), strict=True):
        dominant.setdefault(article, []).append((book, frame))
    number = {one: place for place, one in enumerate(ids)}
    owner, distinct = coded(tokens["article"])
    counted = np.bincount(owner[one_of(tokens["kind"], ("word",))], minlength=len(distinct))
    word = np.zeros(len(ids), dtype=np.int64)
    word[[number[one] for one in distinct.tolist()]] = counted
    columns: dict[str, Any] = {
        "article": ids,
        "title": [article.title for _, article in articles],
        "outlet": [article.metadata.outlet or "" for _, article in articles],
        "date": [article.metadata.date.isoformat() if article.metadata.date else "" for _, article in articles],
        "author": [article.byline for _, article in articles],
        "section": [entry.section for entry, _ in articles],
        "url": [article.metadata.url or "" for _, article in articles],
        "source": [entry.source for entry, _ in articles],
        "language": [article.language for _, article in articles],
        "words": word,
        "sentences": said["sentences"].fillna(0).to_numpy(),
        "removed": [article.removed for _, article in articles],
        **{name: said[name].to_numpy() for name in ("score", "low", "high")},
        "label": said["label"].to_numpy(dtype=object),
        "dominant": [dominant.get(one, []) for one in ids],
        "content": [digest(entry) for entry, _ in articles],
        "notes": [" ".join(article.notes) for _, article in articles],
    }
    schema = SCHEMAS["articles"]
    return pa.table([_array(columns[name], schema.field(name).type) for name in schema.names], schema=schema)


def _signatures(ids: Sequence[str], sentences: pd.DataFrame, parted: Chunks) -> pa.Table:
    """What tells copies, of the bodies of the articles."""
    owner, distinct = coded(sentences["article"])
    number = {one: place for place, one in enumerate(ids)}
    article = np.array([number[one] for one in distinct.tolist()], dtype=np.int64)[owner]
    body = np.where(one_of(sentences["section"], ("body",)), article, -1)
    kept = duplicates.signatures_of(parted, body[parted.text], len(ids))
    values = [row.tobytes() for row in kept["values"]]
    columns = [
        pa.array(ids, _TEXT),
        pa.array(kept["digest"]),
        pa.array(values, pa.binary(4 * duplicates.SIZE)),
    ]
    return pa.table(columns, schema=SCHEMAS["signatures"])


def kept_of(table: pa.Table) -> np.ndarray:
    """The signatures of a part as `duplicates.copies` takes them."""
    kept = np.zeros(table.num_rows, dtype=duplicates.TYPE)
    kept["digest"] = table["digest"].to_numpy()
    kept["values"] = np.frombuffer(b"".join(table["values"].to_pylist()), dtype=np.uint32).reshape(-1, duplicates.SIZE)
    return kept


def _table(name: str, frame: pd.DataFrame, **ready: pa.Array) -> pa.Table:
    schema = SCHEMAS[name]
    columns = [
        ready.get(one) if one in ready else _array(frame[one].array, schema.field(one).type) for one in schema.names
    ]
    return pa.table(columns, schema=schema)


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    found = pa.array(values, from_pandas=True) if not pa.types.is_map(kind) else pa.array(values, kind)
    found = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    return found.cast(kind)


def _held(rows: pd.DataFrame, owner: np.ndarray, size: int, kind: pa.StructType) -> pa.ListArray:
    """The rows of each sentence as a list; they stand in the order of the sentences, `owner` says of which."""
    offsets = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=size))]).astype(np.int32)
    fields = [_array(rows[one.name].array, one.type) for one in kind]
    return pa.ListArray.from_arrays(pa.array(offsets), pa.StructArray.from_arrays(fields, fields=list(kind)))
