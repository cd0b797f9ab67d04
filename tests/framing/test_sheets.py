"""Coding sheets: blank ones, what a spreadsheet makes of them, and codes read back from many layouts."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.article.reading import Article
from presslens.errors import BadInput
from presslens.framing import coded, sheets
from presslens.framing.codebook import load

BOOK = load("generic_frames")
UNITS = pd.DataFrame({"id": ["u1", "u2", "u3"], "text": ["=HYPERLINK(1)", "-1, said «he»", "a\x00b\x07c\nd"]})


def filled(path: Path, codes: dict[str, list[str]], *, coder: str = "") -> Path:
    sheet = sheets.blank(UNITS, BOOK, coder=coder)
    for unit, labels in codes.items():
        for slot, label in zip(sheets.SLOTS, labels, strict=False):
            sheet.loc[sheet["unit"] == unit, slot] = label
    sheets.write(sheet, path, BOOK)
    return path


def test_the_units_of_an_article_are_its_sentences_or_paragraphs(seed: Article) -> None:
    sentences = sheets.from_sentences(seed.sentences)
    assert sentences["id"].tolist()[:3] == ["title", "dek", "p01s01"]
    assert len(sentences) == 51
    paragraphs = sheets.from_sentences(seed.sentences, unit="paragraph", named=True)
    assert len(paragraphs) == 18
    assert paragraphs["id"].iloc[-1] == "pyongyang-helping-hand/p16"


def test_a_sample_keeps_the_order_of_the_units_and_the_seed() -> None:
    units = pd.DataFrame({"id": [f"{n:03d}" for n in range(200)], "text": "x"})
    drawn = sheets.blank(units, BOOK, sample=20, seed=1)["unit"].tolist()
    assert len(drawn) == 20
    assert drawn == sorted(drawn)
    assert drawn == sheets.blank(units, BOOK, sample=20, seed=1)["unit"].tolist()
    assert drawn != sheets.blank(units, BOOK, sample=20, seed=2)["unit"].tolist()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_sheet_holds_no_formula_and_is_the_same_bytes_each_time(suffix: str, tmp_path: Path) -> None:
    one, two = (filled(tmp_path / f"{name}{suffix}", {}) for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    if suffix == ".csv":
        cells = re.split(r"[,\n]", one.read_text("utf-8-sig"))
        assert not [cell for cell in cells if re.match(r'"?[=+\-@]', cell)]
    else:
        page = openpyxl.load_workbook(one)["Coding"]
        assert page["B2"].value == "=HYPERLINK(1)"
        assert page["B2"].data_type == "s"
        assert page["B2"].quotePrefix


def test_an_excel_sheet_has_drop_downs_and_the_codebook_beside_it(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled(tmp_path / "one.xlsx", {}))
    (choice,) = book["Coding"].data_validations.dataValidation
    assert str(choice.sqref) == "D2:F4"
    first, last = re.fullmatch(r"Codebook!\$A\$(\d+):\$A\$(\d+)", choice.formula1).groups()
    listed = [book["Codebook"].cell(row, 1).value for row in range(int(first), int(last) + 1)]
    assert tuple(listed) == BOOK.labels
    assert BOOK.hash in book["Codebook"]["A1"].value
    assert book["Codebook"].cell(int(first), 2).value == BOOK.coded_frames[0].definition


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_codes_come_back_as_they_were_given(suffix: str, tmp_path: Path) -> None:
    path = filled(tmp_path / f"ann{suffix}", {"u1": ["conflict", "Morality"], "u3": ["Other"]})
    found = coded.read([path], codebook=BOOK)
    assert found.codes.to_numpy().tolist() == [["ann", "u1", "Conflict|Morality"], ["ann", "u3", "Other"]]
    assert found.texts["text"].tolist() == [*UNITS["text"].tolist()[:2], "abc\nd"]
    assert found.notes == ()
    other = coded.read([path], codebook=load("policy_frames").model_copy(update={"frames": BOOK.frames}))
    assert "another version" in other.notes[0]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=5))
@settings(max_examples=12, deadline=None)
def test_any_text_can_be_written_and_read(texts: list[str]) -> None:
    import tempfile

    units = pd.DataFrame({"id": [f"u{n}" for n in range(len(texts))], "text": texts})
    sheet = sheets.blank(units, BOOK, coder="a").assign(frame_1="Conflict")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a.csv", "a.xlsx"):
            path = Path(folder) / name
            sheets.write(sheet, path, BOOK)
            assert coded.read([path], codebook=BOOK).codes["unit"].tolist() == units["id"].tolist()


LAYOUTS = {
    "long.csv": "rater,item,label\nA,1,x\nA,1,y\nA,2,x\nB,1,x\nB,2,NA\n",
    "long.tsv": "coder\tunit\tlabels\nA\t1\tx|y\nA\t2\tx\nB\t1\tx\n",
    "wide.csv": 'doc_id;text;A;B\n1;"one; two";x|y;x\n2;three;x;\n',
    "rows.csv": '"","A","B"\n"1","x|y","x"\n"2","x",NA\n',
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_tables_of_other_programs_are_recognised(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(LAYOUTS[name], encoding="utf-8")
    codes = coded.read([tmp_path / name]).codes
    assert sorted(map(tuple, codes.to_numpy().tolist())) == [("A", "1", "x|y"), ("A", "2", "x"), ("B", "1", "x")]


def test_recal_files_of_one_frame_each_are_put_together(tmp_path: Path) -> None:
    (tmp_path / "conflict.csv").write_text("1,1\n0,1\n0,0\n")
    (tmp_path / "human_interest.csv").write_text("1,0\n0,0\n0,#\n")
    found = coded.read([tmp_path / "human_interest.csv", tmp_path / "conflict.csv"], codebook=BOOK)
    assert found.codes.to_numpy().tolist() == [
        ["coder 1", "1", "Conflict|Human interest"],
        ["coder 1", "2", "Other"],
        ["coder 1", "3", "Other"],
        ["coder 2", "1", "Conflict"],
        ["coder 2", "2", "Conflict"],
        ["coder 2", "3", "Other"],
    ]
    assert found.texts.empty


def test_recal_numbers_are_frames_in_the_order_of_the_codebook(tmp_path: Path) -> None:
    (tmp_path / "main.csv").write_text("1;2\n2;2\n")
    codes = coded.read([tmp_path / "main.csv"], codebook=BOOK).codes
    assert codes["labels"].tolist() == [BOOK.labels[0], BOOK.labels[1], BOOK.labels[1], BOOK.labels[1]]
    assert coded.read([tmp_path / "main.csv"]).codes["labels"].tolist() == ["1", "2", "2", "2"]


BAD = {
    "prose.csv": ("Dear colleague, here are my codes\n", "none of the layouts"),
    "empty.csv": ("\n", "it is empty"),
    "wrong.csv": ("coder,unit,label\nA,1,Conflct\n", "Did the coder mean 'Conflict'"),
    "high.csv": ("1,9\n2,3\n", "none of 1 to 6"),
    "twice.csv": ("unit,coder,frame_1\n1,A,Conflict\n1,A,Morality\n", "codes unit 1 twice"),
    "broken.xlsx": ("not a workbook", "not an Excel workbook"),
    "codes.doc": ("1,2\n", "read from .csv"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_a_sheet_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    content, says = BAD[name]
    (tmp_path / name).write_text(content)
    with pytest.raises(BadInput, match=re.escape(says)) as refused:
        coded.read([tmp_path / name], codebook=BOOK)
    assert "\n" not in str(refused.value)


def test_a_row_that_no_worksheet_has_is_refused_at_once(tmp_path: Path) -> None:
    """Each row number left out is given as an empty row: of 10^40 of them the reading never ended."""
    path = tmp_path / "far.xlsx"
    with zipfile.ZipFile(filled(tmp_path / "one.xlsx", {})) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = re.sub(rb'<row r="2"', b'<row r="1%s"' % (b"0" * 40), data)
                assert b"0" * 40 in data
            new.writestr(name, data)
    with pytest.raises(BadInput, match="a row has a number above 1,048,576"):
        coded.read([path], codebook=BOOK)


def test_what_most_coders_say_is_what_a_coder_learns_from(tmp_path: Path) -> None:
    paths = [
        filled(tmp_path / "a.csv", {"u1": ["Conflict"], "u2": ["Conflict", "Morality"]}),
        filled(tmp_path / "b.csv", {"u1": ["Conflict"], "u2": ["Morality"]}),
        filled(tmp_path / "c.csv", {"u1": ["Morality"], "u2": ["Morality"], "u3": ["Other"]}),
    ]
    table = coded.labelled(coded.read(paths, codebook=BOOK))
    assert dict(zip(table["id"], table["labels"], strict=True)) == {"u1": "Conflict", "u2": "Morality", "u3": "Other"}


def test_no_sheets_at_all_are_no_codes() -> None:
    none = coded.read([], codebook=BOOK)
    assert none.codes.empty
    assert list(coded.labelled(none).columns) == ["id", "text", "labels"]


def test_two_units_of_one_id_are_refused() -> None:
    with pytest.raises(BadInput, match="two units have the id 'u1'"):
        sheets.blank(UNITS.assign(id="u1"), BOOK)
    with pytest.raises(BadInput, match=r"a coding sheet is a .csv or .xlsx file"):
        sheets.write(sheets.blank(UNITS, BOOK), Path("sheet.ods"), BOOK)
