"""From a file to a grid: sources, encodings, rows and cells, and what is refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from perfgoals.errors import ReadError
from perfgoals.readers import FORMATS, Limits, read_grids, text as reader
from perfgoals.spans import Location

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfgoals.grid import Grid

TABLE = "单位：万元\n项目名称\t总计\t绩效指标\n培训费\t1,025.93\t数量\n"
ROWS = [
    ["单位：万元"],
    ["项目名称", "总计", "绩效指标"],
    ["培训费", "1,025.93", "数量"],
]

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk")
"""In each of these the bytes tell the encoding."""


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def read(data: bytes, encoding: str | None = None) -> list[list[str]]:
    (grid,) = read_grids(data, encoding=encoding)
    return texts(grid)


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


# --- sources -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", [str, Path], ids=["str", "PathLike"])
def test_path(kind: Callable[[Path], str | Path], tmp_path: Path) -> None:
    path = write(tmp_path, "goals.txt", TABLE.encode())
    (grid,) = read_grids(kind(path))
    assert texts(grid) == ROWS
    assert grid.source == str(path)
    assert grid.rows[2][1].location == Location(file=str(path), row=3, column=2)


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes(kind: Callable[[bytes], bytes]) -> None:
    (grid,) = read_grids(kind(TABLE.encode()))
    assert texts(grid) == ROWS
    assert grid.source is None


@pytest.mark.parametrize(
    "file",
    [
        io.BytesIO(TABLE.encode("gb18030")),
        io.StringIO(TABLE),
        io.StringIO("\ufeff" + TABLE),
    ],
    ids=["binary", "text", "text with a mark"],
)
def test_file_object_stays_open(file: io.BytesIO | io.StringIO) -> None:
    (grid,) = read_grids(file)
    assert texts(grid) == ROWS
    assert grid.source is None
    assert not file.closed


def test_open_file_has_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, "goals.txt", TABLE.encode())
    with path.open("rb") as file:
        (grid,) = read_grids(file)
    assert grid.source == str(path)


def test_file_object_is_read_from_where_it_stands() -> None:
    file = io.BytesIO(b"skipped" + TABLE.encode())
    file.seek(len(b"skipped"))
    (grid,) = read_grids(file)
    assert texts(grid) == ROWS


class Trickle(io.RawIOBase):
    """A raw file that gives a few bytes at a time, as pipes do."""

    def __init__(self, data: bytes) -> None:
        self._file = io.BytesIO(data)

    def read(self, size: int = -1, /) -> bytes:  # noqa: ARG002
        return self._file.read(5)


def test_short_reads_are_put_together() -> None:
    (grid,) = read_grids(Trickle(TABLE.encode()))
    assert texts(grid) == ROWS


class Failing:
    """A file object that raises *error*."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def read(self, size: int, /) -> bytes:  # noqa: ARG002
        raise self._error


@pytest.mark.parametrize(
    "error", [OSError("gone"), ValueError("closed"), EOFError("cut")]
)
def test_file_object_that_fails(error: Exception) -> None:
    with pytest.raises(ReadError, match=f"the file cannot be read: {error}") as caught:
        read_grids(Failing(error))
    assert caught.value.__cause__ is error


class Mixed:
    """A file object that cannot decide between bytes and text."""

    def __init__(self) -> None:
        self._chunks: list[bytes | str] = [b"a", "b"]

    def read(self, size: int, /) -> bytes | str:  # noqa: ARG002
        return self._chunks.pop() if self._chunks else b""


def test_file_object_of_bytes_and_text() -> None:
    with pytest.raises(ReadError, match="neither bytes nor text"):
        read_grids(Mixed())


@pytest.mark.parametrize("source", [None, 3, ["goals.txt"]])
def test_what_is_no_source(source: object) -> None:
    with pytest.raises(TypeError, match="expected a path, bytes or a file object"):
        read_grids(source)  # type: ignore[arg-type]


def test_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "goals.txt"
    with pytest.raises(ReadError, match="no such file; expected the path") as caught:
        read_grids(path)
    assert caught.value.location == Location(file=str(path))


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="this is a folder; expected the path"):
        read_grids(tmp_path)


def test_file_in_a_file(tmp_path: Path) -> None:
    path = write(tmp_path, "goals.txt", b"") / "goals.txt"
    with pytest.raises(ReadError, match="the file cannot be opened"):
        read_grids(path)


@pytest.mark.parametrize(
    "path", ["a\tb", "a\nb", "项目名称" * 2000], ids=["tab", "line", "long"]
)
def test_text_given_as_path(path: str) -> None:
    """A ``str`` is a path; one that looks like a text gets told to be bytes."""
    with pytest.raises(ReadError, match=r"pass bytes: text\.encode\(\)"):
        read_grids(path)


def test_path_that_no_file_can_have() -> None:
    with pytest.raises(ReadError, match="this cannot be the path of a file"):
        read_grids("goals\0.txt")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\t"])
def test_empty(data: bytes) -> None:
    with pytest.raises(ReadError, match="the file is empty; expected a table"):
        read_grids(data)


# --- formats -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04...xl/workbook.xml", "Excel workbook (.xlsx)"),
        (b"PK\x03\x04...word/document.xml", "Word document (.docx)"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument", "OpenDocument file"),
        (b"PK\x05\x06" + bytes(18), "ZIP archive"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..W\0o\0r\0k\0b\0o\0o\0k\0",
            "97-2003 workbook",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
            "Word 97",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office 97-2003 file"),
        (b"%PDF-1.7\n", "PDF document"),
        (rb"{\rtf1", "RTF document"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "HTML page"),
        (b"<table><tr>", "HTML page"),
        (b'<?xml version="1.0"?>', "XML document"),
    ],
)
def test_known_format_is_named(data: bytes, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_grids(data)
    assert kind in caught.value.message
    assert "expected text (.txt, .tsv, .csv)" in caught.value.message


def test_content_tells_the_format_before_the_name(tmp_path: Path) -> None:
    path = write(tmp_path, "goals.txt", b"%PDF-1.7\n")
    with pytest.raises(ReadError, match="PDF document"):
        read_grids(path)


def test_name_tells_the_format_of_what_may_lack_a_signature(tmp_path: Path) -> None:
    path = write(tmp_path, "goals.htm", b"<div>\xe9\xa1\xb9</div>")
    with pytest.raises(ReadError, match="HTML page"):
        read_grids(path)


def test_text_under_the_name_of_a_workbook_is_text(tmp_path: Path) -> None:
    """Many a .xls that one can download is a text with tabs."""
    (grid,) = read_grids(write(tmp_path, "goals.xls", TABLE.encode()))
    assert texts(grid) == ROWS


def test_page_in_a_text_file_object() -> None:
    with pytest.raises(ReadError, match="HTML page"):
        read_grids(io.StringIO("<html>\udc80"))


def test_signatures_are_in_lower_case() -> None:
    signatures = [signature for kind in FORMATS for signature in kind.signatures]
    assert [signature.lower() for signature in signatures] == signatures


# --- encodings ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", [*ENCODINGS, "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_encoding(encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith(("le", "be")) else ""
    assert read((mark + TABLE).encode(encoding)) == ROWS


def test_byte_order_mark_of_gb18030() -> None:
    assert read(("\ufeff" + TABLE).encode("gb18030")) == ROWS


def test_encoding_given() -> None:
    table = TABLE.replace("单位：万元", "單位：萬元")
    assert read(table.encode("big5", "replace"), encoding="big5")[0] == ["單位：萬元"]


def test_encoding_given_goes_before_all() -> None:
    assert read("绩效".encode(), encoding="gb18030") != [["绩效"]]


def test_encoding_given_is_wrong() -> None:
    with pytest.raises(ReadError, match="the bytes from 1 on are not ascii; expected"):
        read(TABLE.encode(), encoding="ascii")


@pytest.mark.parametrize("encoding", ["utf-99", "hex", "utf\0", "undefined"])
def test_encoding_given_is_none(encoding: str) -> None:
    with pytest.raises(ReadError, match="cannot be used here"):
        read(TABLE.encode(), encoding=encoding)


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode()[:-2],  # cut off in the middle of a character
        TABLE.encode().replace("费".encode(), b"\xb7\xd1"),  # one word of GB18030
        TABLE.replace("\t", " ").encode("utf-16-le"),  # no mark
        "予算実績管理表".encode("shift-jis"),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        bytes(range(256)) * 40,
    ],
    ids=["cut", "mixed", "utf-16", "shift-jis", "image", "all bytes"],
)
def test_other_encodings_are_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="expected text in UTF-8, GB18030"):
        read(data)


def test_error_names_byte_and_line(tmp_path: Path) -> None:
    path = write(tmp_path, "goals.txt", b"a\r\nb\rc\n\xff")
    with pytest.raises(ReadError, match="byte 8 is not UTF-8") as caught:
        read_grids(path)
    assert caught.value.location == Location(file=str(path), row=4)


def test_binary_that_happens_to_be_utf8() -> None:
    with pytest.raises(ReadError, match="20 of its characters are control codes"):
        read(b"a\0" * 20)


def test_a_few_control_characters_are_damage() -> None:
    assert read("项目\0名称\t总计".encode()) == [["项目\0名称", "总计"]]


# --- rows and cells ----------------------------------------------------------------


def test_rows_end_at_cr_lf_and_nothing_else() -> None:
    data = "a\tb\r\nc\rd\n\ne\x0b\x0c\x1c\x1e\x85\u2028\u2029f\tg"
    (grid,) = read_grids(data.encode())
    rows = [["a", "b"], ["c"], ["d"], [], ["e\x0b\x0c\x1c\x1e\x85\u2028\u2029f", "g"]]
    assert texts(grid) == rows
    assert [row[0].location.row for row in grid.rows if row] == [1, 2, 3, 5]


def test_cells_are_kept_as_printed() -> None:
    assert read(" a　\t\t b\n\t\n".encode()) == [[" a　", "", " b"], ["", ""]]


def test_quoted_cells() -> None:
    data = '"a\tb"\t"c\r\nd""e"""\tf\n"g"\n""\n'
    (grid,) = read_grids(data.encode())
    assert texts(grid) == [["a\tb", 'c\r\nd"e"', "f"], ["g"], []]
    assert [row[0].location.row for row in grid.rows if row] == [1, 3]


@pytest.mark.parametrize(
    "line",
    ['"a', '"a"b', 'a"b"', '"a""', '""a"', '“a”"', '"a" '],
)
def test_quotes_that_are_characters(line: str) -> None:
    """A quotation mark that nothing closes takes no other cell with it."""
    data = f"{line}\tx\ny\n"
    assert read(data.encode()) == [[line, "x"], ["y"]]


def test_commas() -> None:
    data = '项目名称,总计,绩效指标\n培训费,"1,025.93",数量\n'
    assert read(data.encode()) == ROWS[1:]


def test_commas_with_a_tab_in_a_cell() -> None:
    """The separator that makes a header row is the one."""
    data = '项目名称,总计,绩效指标\n培训费,"1\t025.93",数量\n'
    assert read(data.encode()) == [ROWS[1], ["培训费", "1\t025.93", "数量"]]


def test_tabs_in_a_file_named_csv(tmp_path: Path) -> None:
    (grid,) = read_grids(write(tmp_path, "goals.csv", TABLE.encode()))
    assert texts(grid) == ROWS


def test_name_decides_where_no_header_does(tmp_path: Path) -> None:
    data = b"a\tb,c\n"
    (tabs,) = read_grids(write(tmp_path, "goals.txt", data))
    (commas,) = read_grids(write(tmp_path, "goals.csv", data))
    assert (texts(tabs), texts(commas)) == ([["a", "b,c"]], [["a\tb", "c"]])


def test_neither_tabs_nor_commas() -> None:
    assert read(b"a b\nc\n") == [["a b"], ["c"]]


CELL_TEXTS = st.text(st.sampled_from('a，"\t,\n\r 项'), max_size=6)


@given(
    st.lists(st.lists(CELL_TEXTS, min_size=2, max_size=4), max_size=6),
    st.sampled_from("\t,"),
)
def test_reads_what_csv_writes(rows: list[list[str]], separator: str) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\r\n").writerows(rows)
    read_back = [cells for _, cells in reader._rows(file.getvalue(), separator, 100)]
    assert read_back == rows


@given(st.text(st.sampled_from('ab"\t\n\r'), max_size=40))
def test_every_character_is_in_a_cell_or_between_two(data: str) -> None:
    """Nothing is lost: without quotation marks and separators both are the same."""
    rows = reader._rows(data, "\t", 100)
    kept = "".join(cell for _, cells in rows for cell in cells)
    marks = str.maketrans("", "", '"\t\n\r')
    assert kept.translate(marks) == data.translate(marks)


# --- limits ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source", [TABLE.encode(), io.BytesIO(TABLE.encode())], ids=type
)
def test_limit_of_size(source: bytes | io.BytesIO) -> None:
    size = len(TABLE.encode())
    (grid,) = read_grids(TABLE.encode(), limits=Limits(size=size))
    assert texts(grid) == ROWS
    with pytest.raises(ReadError, match=f"larger than the limit of {size - 1} bytes"):
        read_grids(source, limits=Limits(size=size - 1))


@pytest.mark.parametrize("data", [b"a\tb\n\nc\t", b"a\tb\tc\td\te", b"a\n\n\n\n\n"])
def test_limit_of_cells(data: bytes) -> None:
    """Blank rows count too."""
    read_grids(data, limits=Limits(cells=5))
    with pytest.raises(ReadError, match="more cells than the limit of 4"):
        read_grids(data, limits=Limits(cells=4))


# --- any bytes ---------------------------------------------------------------------


def read_or_error(data: bytes) -> tuple[Grid, ...] | ReadError:
    try:
        return read_grids(data)
    except ReadError as error:
        return error


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    """A grid or an error that says something; nothing else escapes."""
    assert str(read_or_error(data)) != ""


@given(
    st.integers(0, len(TABLE.encode("gb18030")) - 1),
    st.integers(0, 255),
    st.sampled_from(ENCODINGS),
)
def test_any_byte_changed(position: int, byte: int, encoding: str) -> None:
    data = bytearray(TABLE.encode(encoding))
    data[position] = byte
    assert str(read_or_error(bytes(data))) != ""
