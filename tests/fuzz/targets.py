"""What is fuzzed: each reader of presslens as a function of bytes that must end, or raise one of its own errors.

A target also looks at what comes out: offsets slice, nothing invisible is left, what was read can be written.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from presslens.errors import BadInput

Target = Callable[[bytes], None]
SEEDS = Path(__file__).parent / "seeds"


@functools.cache
def _folder() -> Path:
    """A folder of this process, in memory where the system has one."""
    memory = Path("/dev/shm")  # noqa: S108 - the kernel's, not a guessable name
    prefix = os.environ.get("PRESSLENS_FUZZ", "presslens-fuzz-")
    return Path(tempfile.mkdtemp(prefix=prefix, dir=memory if os.access(memory, os.W_OK) else None))


@functools.cache
def _place(process: int, name: str) -> Path:
    path = _folder() / str(process) / name
    path.parent.mkdir(exist_ok=True)
    return path


def _file(name: str, data: bytes) -> Path:
    path = _place(os.getpid(), name)
    path.write_bytes(data)
    return path


def _packed(seed: str, member: str, data: bytes) -> bytes:
    """A zip of the seeds with another member in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, content in _members(seed):
            new.writestr(name, data if name == member else content)
    return made.getvalue()


@functools.cache
def _seed(name: str) -> bytes:
    return (SEEDS / name).read_bytes()


@functools.cache
def _members(seed: str) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(SEEDS / seed) as packed:
        return [(name, packed.read(name)) for name in packed.namelist()]


def _slices(sentences: pd.DataFrame, text: str) -> None:
    last = 0
    for start, end, words in zip(sentences["start"], sentences["end"], sentences["text"], strict=True):
        assert text[start:end] == words
        assert last <= start < end
        assert words == words.strip()
        last = end


def _document(suffix: str, data: bytes) -> None:
    from presslens.article.decoding import STRAY, STRAY_JOINERS
    from presslens.article.reading import read

    article = read(_file(f"story{suffix}", data))
    assert not STRAY.search(article.text)
    assert not any(STRAY_JOINERS.search(article.text[b.start : b.end]) for b in article.blocks)
    article.text.encode("utf-8")
    if not _now_and_then(data, of=64):  # `segmenting` looks at the sentences and tokens of every input
        return
    _slices(article.sentences, article.text)
    assert article.ledger["line"].ge(0).all()
    tokens = article.tokens
    for start, end, token in zip(tokens["start"], tokens["end"], tokens["token"], strict=True):
        assert article.text[start:end] == token


def text(data: bytes) -> None:
    """A plain document."""
    _document(".txt", data)


def markdown(data: bytes) -> None:
    """A Markdown document with front matter."""
    _document(".md", data)


def html(data: bytes) -> None:
    """A page."""
    _stop_words()
    _document(".html", data)


def word(data: bytes) -> None:
    """A Word document; what is no zip is the words of one, of every other input mended until it is XML."""
    _document(".docx", _docx(data))


def _docx(data: bytes) -> bytes:
    """A Word document with this as its words, half of the inputs mended until they are XML; what is a zip stays."""
    if data.startswith(b"PK"):
        return data
    from lxml import etree

    if len(data) % 2:
        with contextlib.suppress(etree.XMLSyntaxError):  # nothing in it is XML
            mended = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False))
            data = data if mended is None else etree.tostring(mended)
    return _packed("word/a.docx", "word/document.xml", data)


def pdf(data: bytes) -> None:
    """A PDF: what its pages say, read in this process, and what is made of it; what is none is drawn on the page of one."""
    import pypdfium2

    from presslens.article import pdf as reader
    from presslens.article import printed

    if not data.startswith(b"%PDF"):
        data = _seed("pdf/a.pdf").replace(b"(drawn) Tj", data)
    try:
        title, pages = printed.pages(data, most_pages=1000, most_characters=100_000)
    except (pypdfium2.PdfiumError, printed.TooLarge) as error:
        raise BadInput(str(error)) from None
    found = reader.document(reader.Printed(title, pages), name="story.pdf")
    said = "".join(line.text for page in pages for line in page.lines)
    kept = "".join((found.title, found.dek, *(one.text for one in (*found.paragraphs, *found.outside))))
    marks = str.maketrans("", "", " -\u00ad\u2010\x02")
    assert sorted(kept.translate(marks)) == sorted(said.translate(marks))  # no letter is lost or said twice


class _Hashed(tuple[str, ...]):
    """Words whose hash is reckoned once."""

    @functools.cached_property
    def hashed(self) -> int:
        return super().__hash__()

    def __hash__(self) -> int:
        return self.hashed


@functools.cache
def _stop_words() -> None:
    """The stop words of all languages, which justext hashes anew for each page without a text: that is half of the time."""
    from trafilatura import external

    external.JT_STOPLIST = _Hashed(external.jt_stoplist_init())


def decoding(data: bytes) -> None:
    """Bytes to text, and each line tidied."""
    from presslens.article.decoding import decode, tidy

    found = decode(data, name="x").text
    for line in found.split("\n")[:50]:
        clean, lost = tidy(line)
        assert lost >= 0
        assert tidy(clean)[0] == clean


def sidecar(data: bytes) -> None:
    """The YAML beside a document."""
    from presslens.article.sidecar import read_sidecar

    path = _file("story.txt", b"x")
    _file("story.yaml", data)
    read_sidecar(path)


def cleaning(data: bytes) -> None:
    """Every cleaning rule on lines."""
    from presslens.article.cleaning import clean
    from presslens.article.document import Paragraph
    from presslens.article.heading import find_head

    lines = [line for line in data.decode("utf-8", "replace").split("\n") if line.strip()][:400]
    cleaned = clean("x", [Paragraph(number, line.strip()) for number, line in enumerate(lines, 1)])
    assert len(cleaned.paragraphs) + len(cleaned.ledger) == len(lines)
    find_head([p.text for p in cleaned.paragraphs], front=cleaned.front)


def segmenting(data: bytes) -> None:
    """Paragraphs, sentences and tokens of text as given."""
    from presslens.article.paragraphs import spans
    from presslens.article.segmenting import split
    from presslens.language.tokens import TOKEN

    given = data.decode("utf-8", "replace")
    for start, end in spans(given):
        paragraph = given[start:end]
        last = 0
        for first, after in split(paragraph):
            assert last <= first < after <= len(paragraph)
            assert paragraph[first:after].strip() == paragraph[first:after]
            assert not paragraph[last:first].strip()
            last = after
        assert not paragraph[last:].strip()
        assert all(match.end() > match.start() for match in TOKEN.finditer(paragraph))


def table_csv(data: bytes) -> None:
    """A table of texts as CSV, and what is written of it."""
    _table("t.csv", data)


def table_jsonl(data: bytes) -> None:
    """A table of texts as JSON lines."""
    _table("t.jsonl", data)


def table_parquet(data: bytes) -> None:
    """A table of texts as Parquet."""
    _table("t.parquet", data)


def _table(name: str, data: bytes) -> None:
    from presslens.reports import tables

    found = tables.read_texts(_file(name, data))
    assert list(found.columns) == ["id", "text"]
    tables.as_csv(found).encode("utf-8")


def table_targets(data: bytes) -> None:
    """A table of mentions."""
    from presslens.reports import tables

    found = tables.read_texts(_file("m.csv", data), columns=("id", "text", "mention", "start", "end"))
    assert found["start"].ge(0).all()


def codebook(data: bytes) -> None:
    """A codebook, checked and used."""
    from presslens.framing import codebook as codebooks
    from presslens.framing import coding

    path = _file("book.yaml", data)
    codebooks.check(path)
    book = codebooks.load(path)
    coding.texts(pd.DataFrame({"id": ["a"], "text": ["The tax cut hurts our health care, and the poor."]}), book)


def sheet_csv(data: bytes) -> None:
    """A coding sheet as CSV."""
    _sheet("ann.csv", data)


def sheet_xlsx(data: bytes) -> None:
    """A coding sheet as a workbook; what is no zip is the first sheet of one, without styles, for they take most of the time."""
    if not data.startswith(b"PK"):
        data = _packed("sheet_xlsx/lean.xlsx", "xl/worksheets/sheet1.xml", data)
    _sheet("ann.xlsx", data)


def _sheet(name: str, data: bytes) -> None:
    from presslens.framing import coded

    found = coded.read([_file(name, data)])
    assert list(found.codes.columns) == ["coder", "unit", "labels"]


def labels(data: bytes) -> None:
    """Labelled texts as JSON lines and as CSV."""
    from presslens.framing import labelled

    for name in ("l.jsonl", "l.csv"):
        try:
            labelled.read(_file(name, data))
        except BadInput:
            continue


def coder(data: bytes) -> None:
    """A trained coder; what is no zip is the JSON in one."""
    from presslens.framing import trained

    if not data.startswith(b"PK"):
        array = io.BytesIO()
        np.save(array, np.frombuffer(data, dtype=np.uint8))
        data = _packed("coder/a.coder", "content.npy", array.getvalue())
    trained.load(_file("a.coder", data))


def lexicon_csv(data: bytes) -> None:
    """A lexicon as CSV."""
    _lexicon("l.csv", data)


def lexicon_yaml(data: bytes) -> None:
    """A lexicon as YAML."""
    _lexicon("l.yaml", data)


def _lexicon(name: str, data: bytes) -> None:
    from presslens.sentiment import lexicons

    path = _file(name, data)
    found = lexicons.check(path)
    if not (found["severity"] == "error").any():
        assert all(-4 <= valence <= 4 for valence in lexicons.overlay(path).values())


def actors(data: bytes) -> None:
    """A file of actors."""
    from presslens.actors import gazetteer

    gazetteer.load(_file("a.yaml", data))


def parameters(data: bytes) -> None:
    """A parameter file, and the same as options."""
    from presslens.reports import grids
    from presslens.reports import parameters as own

    options = data.decode("utf-8", "replace").split("\n")[:5]
    with contextlib.suppress(BadInput):
        grids.grid(grids.from_options(options))
    grids.grid(own.from_file(_file("p.yaml", data)))


def corpus_lines(data: bytes) -> None:
    """A corpus as JSON lines and as CSV."""
    for name in ("c.jsonl", "c.csv"):
        with contextlib.suppress(BadInput):
            _corpus(name, data)


def corpus_exports(data: bytes) -> None:
    """Exports of Nexis and Factiva: as text, a page, RTF, and as the words of a Word document."""
    for name in ("c.txt", "c.html", "c.rtf"):
        with contextlib.suppress(BadInput):
            _corpus(name, data)
    with contextlib.suppress(BadInput):
        _corpus("c.docx", _docx(data))


def corpus_web(data: bytes) -> None:
    """A web archive, plain and as if packed."""
    for name in ("c.warc", "c.warc.gz", "c.jsonl.zst"):
        with contextlib.suppress(BadInput):
            _corpus(name, data)


def _corpus(name: str, data: bytes) -> None:
    from presslens.corpus import sources
    from presslens.corpus.entries import Entry, Fault

    with contextlib.redirect_stderr(io.StringIO()):  # warcio says there what it thinks of a record
        found = list(sources.entries(str(_file(name, data))))
    ids = [one.id for one in found if isinstance(one, Entry)]
    assert len(ids) == len(set(ids))
    unforeseen = [one.detail for one in found if isinstance(one, Fault) and one.detail]
    assert not unforeseen, unforeseen[0][
        -300:
    ]  # a run goes on behind them, but a reader should have said what is wrong


def run_record(data: bytes) -> None:
    """The `run.json` of a report, as `status`, `diff`, `export` and `reproduce` read it back, and the page of all reports."""
    from presslens.exports import runs
    from presslens.reports import publishing, records, reproducing, status

    folder = _run(record=data)
    assert len(status.text(status.status(folder.parent), folder.parent)) > 0
    if _now_and_then(data):
        publishing.index_all(folder.parent)
        _differ(folder)
    record = records.read(folder)
    for look in (
        lambda: runs.finished(folder.name, out=folder.parent),
        lambda: reproducing.check_inputs(record, folder),
    ):
        with contextlib.suppress(BadInput):
            look()


def run_table(data: bytes) -> None:
    """A table of a report, as `diff` and `export` read it back."""
    from presslens.exports import runs

    folder = _run(table=data)
    runs.Finished(folder, {}, []).tables()
    if _now_and_then(data):
        _differ(folder)


def run_findings(data: bytes) -> None:
    """What a notebook noted, as `diff`, `export` and the next `report` read it back."""
    from presslens.exports import runs
    from presslens.reports import publishing, records, rereading, restoring

    folder = _run(findings=data)
    runs.Finished(folder, {}, []).finding("1_article")
    publishing.finding(folder, "1_article")
    for text in restoring.Restored(folder, records.read(folder)).findings().values():
        text.encode("utf-8")
    if _now_and_then(data):
        _differ(folder)
    root = os.path.realpath(folder)
    for name in rereading.made(rereading.findings(folder / "findings" / "1_article.json"), folder):
        assert os.path.realpath(folder / name).startswith(root)


def _run(*, record: bytes = b"", table: bytes = b"", findings: bytes = b"") -> Path:
    """A folder of a report made of seeds and what is given; one of seeds alone stands among other reports."""
    place = _folder() / str(os.getpid())
    made = {place / "out" / "story": (record, table, findings), place / "others" / "good": (b"", b"", b"")}
    parts = (("run.json", "run_record/a.json"), ("tables/sentences.parquet", "run_table/sentences.parquet"),
             ("findings/1_article.json", "run_findings/1_article.json"))  # fmt: skip
    for folder, contents in made.items():
        for (name, seed), given in zip(parts, contents, strict=True):
            _put(folder / name, given or _seed(seed))
    return place / "out" / "story"


def _now_and_then(data: bytes, *, of: int = 16) -> bool:
    """One input in sixteen or so, always the same: what costs much is not done for each."""
    return zlib.crc32(data) % of == 0


def _differ(folder: Path) -> None:
    from presslens.reports import differences

    found = differences.compare(folder.parents[1] / "others" / "good", folder)
    assert differences.text(found).startswith("A  ")
    differences.page(found).encode("utf-8")


def dataset(data: bytes) -> None:
    """A part of an analysed corpus, a table of it or its record, as the next run and the report of the corpus read it back."""
    from presslens.corpus import counting, datasets
    from presslens.corpus.batches import Batch
    from presslens.corpus.entries import Entry
    from presslens.corpus.storing import RECORDS, Store

    folder = _folder() / str(os.getpid()) / "set"
    table = _table_of(data) if data.startswith(b"PAR1") else RECORDS
    sizes = {}
    for name in datasets.SCHEMAS:
        content = data if name == table else _seed(f"dataset/{name}.parquet")
        sizes[name] = len(content)
        _put(folder / name / "part.parquet", content)
    record = {"key": "k", "records": 2, "articles": 2, "faults": [], "bytes": sizes}
    _put(folder / RECORDS / "part.json", data if table == RECORDS else json.dumps(record).encode())
    one = Entry("a2", "The council said no to the tax. It was a terrible blow for nurses.", title="No bridge", outlet="Mail",
                date="2020-05-28", source="c.jsonl:2")  # fmt: skip
    store = Store(folder, "de294a759cf008cd" if table == RECORDS else "k")
    often = _now_and_then(data, of=64)
    if often or table in {RECORDS, "articles"}:  # the others are read below as they are read here
        with contextlib.suppress(BadInput):
            store.known(Batch(0, (one,)))
    if often:
        with contextlib.suppress(BadInput):
            store.finish(["part"], {})
    found = counting.parts(folder) if often else counting.Parts(folder, ("part.parquet",), frozenset())
    for name, schema in datasets.SCHEMAS.items():
        if name == table or often:
            found.read(name, "part.parquet", schema.names)
    if often:
        counting.moments(found)


def _put(path: Path, content: bytes) -> None:
    """A file of this process alone; what it holds already is not written again."""
    if _LYING.get(path) != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        _LYING[path] = content


_LYING: dict[Path, bytes] = {}


def _table_of(data: bytes) -> str:
    """The table of a corpus that a Parquet file is, by the names of its columns."""
    import pyarrow as pa
    from pyarrow import parquet

    from presslens.corpus import datasets

    with contextlib.suppress(Exception):
        names = parquet.read_schema(pa.BufferReader(data)).names
        return next(name for name, schema in datasets.SCHEMAS.items() if schema.names == names)
    return "articles"


TARGETS: dict[str, Target] = {
    target.__name__: target
    for target in (
        text, markdown, html, word, pdf, decoding, sidecar, cleaning, segmenting,
        table_csv, table_jsonl, table_parquet, table_targets, codebook,
        sheet_csv, sheet_xlsx, labels, coder, lexicon_csv, lexicon_yaml, actors, parameters,
        corpus_lines, corpus_exports, corpus_web, run_record, run_table, run_findings, dataset,
    )
}  # fmt: skip
EXPECTED = (BadInput,)
