from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from perfgoals import LoadError, MissingExtraError, Syntax, parse, read_table
from perfgoals.columns import (
    _documents,
    from_arrow,
    parse_batch,
    parse_batches,
    parsed_schema,
    to_arrow,
    to_duckdb,
    to_pandas,
    to_polars,
)
from perfgoals.columns._model import codec_of
from perfgoals.columns._targets import Simple
from perfgoals.model import GoalTable, Indicator, IndicatorList, Total
from perfgoals.spans import Location, Span
from perfgoals.targets import Absent, Compound, Quantity, Range, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CELL = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次。"
CASES = Path(__file__).parent / "cases" / "columns"
EXAMPLE = Path(__file__).parent.parent / "examples" / "data" / "goals-2023.txt"


def indicator(target: Target, **fields: Any) -> Indicator:
    return Indicator(
        name="次数", period=target, annual=Absent(), span=Span(0, 1), **fields
    )


# ── The schemas ─────────────────────────────────────────────────────────────


def lines(fields: Any, indent: str = "") -> Iterator[str]:
    """A line for each field of a schema or struct, what is in it further in."""
    for field in fields:
        kind = field.type
        is_list = pa.types.is_list(kind)
        inner = kind.value_type if is_list else kind
        shown = "struct" if pa.types.is_struct(inner) else str(inner)
        yield f"{indent}{field.name}: {'list of ' * is_list}{shown}"
        if pa.types.is_struct(inner):
            yield from lines(inner, f"{indent}  ")


def schemas() -> dict[str, pa.Schema]:
    """Each schema, by its name without the family and the version."""
    sources: list[Any] = [GoalTable(), IndicatorList(), indicator(Absent())]
    tables = [
        to_arrow([one], nested=nested) for one in sources for nested in (True, False)
    ]
    found = [table.schema for table in tables]
    found.append(parsed_schema(pa.schema([("id", pa.int64()), ("text", pa.string())])))
    names = [schema.metadata[b"perfgoals.schema"].decode() for schema in found]
    assert all(name.startswith("perfgoals.columns.") for name in names)
    assert all(name.endswith("/1") for name in names)
    return {
        name[len("perfgoals.columns.") : -len("/1")]: schema
        for name, schema in zip(names, found, strict=True)
    }


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.txt")))
def test_schema_stays_as_it_is(name: str) -> None:
    """What was published does not change its type; a new field is a new line here."""
    expected = (CASES / f"{name}.txt").read_text("utf-8")
    assert "\n".join(lines(schemas()[name])) + "\n" == expected


def test_every_schema_has_its_case() -> None:
    assert sorted(schemas()) == sorted(path.stem for path in CASES.glob("*.txt"))


# ── There and back ──────────────────────────────────────────────────────────


def test_a_real_table_comes_back() -> None:
    table = read_table(EXAMPLE)
    assert from_arrow(to_arrow(table)) == (table,)


def test_nothing_is_a_table_of_nothing() -> None:
    assert from_arrow(to_arrow([])) == ()
    assert to_arrow([]).schema == to_arrow(GoalTable()).schema
    assert to_arrow([], nested=False).num_rows == 0


def test_objects_may_come_one_by_one() -> None:
    lists = [parse(CELL), parse("")]
    assert to_arrow(iter(lists)) == to_arrow(lists)


def test_batches_are_small_and_one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = [parse(CELL * n) for n in range(1, 6)]
    whole = to_arrow(lists), to_arrow(lists, nested=False)
    monkeypatch.setattr(_documents, "_MOST_OBJECTS", 2)
    parts = to_arrow(lists), to_arrow(lists, nested=False)
    assert parts == whole
    assert [len(table.to_batches()) for table in parts] == [3, 3]
    assert from_arrow(parts[0]) == tuple(lists)
    monkeypatch.setattr(_documents, "_MOST_CHARACTERS", len(CELL) * 3)
    assert [batch.num_rows for batch in to_arrow(lists).to_batches()] == [2, 1, 1, 1]


def test_compounds_may_be_very_deep() -> None:
    """Deeper than Python nests calls."""
    depth = sys.getrecursionlimit() * 2
    target: Target = Quantity(number=Decimal(1))
    for _ in range(depth):
        target = Compound(parts=(target,))
    [row] = to_arrow([indicator(target)])["period"].to_pylist()
    assert [part["depth"] for part in row["parts"]] == list(range(1, depth + 1))
    loaded = from_arrow(to_arrow([indicator(target)]))
    found = loaded[0].period
    for _ in range(depth):
        [found] = found.parts
    assert found == Quantity(number=Decimal(1))


def test_parquet_loses_nothing(tmp_path: Path) -> None:
    table = read_table(EXAMPLE)
    pq.write_table(to_arrow(table), tmp_path / "goals.parquet")
    assert from_arrow(pq.read_table(tmp_path / "goals.parquet")) == (table,)


def test_equal_numbers_keep_their_own_zeros() -> None:
    texts = ("1", "1.0", "1.00", "-0", "0")
    found = [indicator(Quantity(number=Decimal(text))) for text in texts]
    loaded = from_arrow(to_arrow(found))
    assert tuple(str(one.period.number) for one in loaded) == texts


def test_number_with_an_exponent_is_written_in_digits() -> None:
    number = Decimal("1E+3")
    [row] = to_arrow([indicator(Quantity(number=number))])["period"].to_pylist()
    assert row["number"] == "1000"


@pytest.mark.parametrize(
    "source",
    [
        [indicator(Quantity(number=Decimal("1E+99")))],
        [indicator(Absent(), ordinal=2**63)],
        [GoalTable(totals=(Total(name="合计", location=Location(row=-(2**64))),))],
    ],
)
def test_what_could_not_be_read_again_is_refused(source: Any) -> None:
    with pytest.raises(ValueError, match="64"):
        to_arrow(source)


@pytest.mark.parametrize("source", [[GoalTable(), IndicatorList()], ["text"], [None]])
def test_only_objects_of_one_class_are_written(source: Any) -> None:
    with pytest.raises(TypeError, match="expected tables, lists of indicators, or"):
        to_arrow(source)


# ── Targets of extensions ───────────────────────────────────────────────────


def without_ranges() -> Simple:
    """A codec that has no columns for ranges, as for a kind of an extension."""
    simple: Simple = codec_of(Target).simple  # type: ignore[attr-defined]
    classes = {cls: own for cls, own in simple.classes.items() if cls is not Range}
    return Simple(classes, simple.own, simple.shared)


def test_target_of_an_unknown_kind_is_json() -> None:
    codec = without_ranges()
    values = [Range(lower=Decimal("1.0"), upper=Decimal(2), raw="1-2"), Absent()]
    array = codec.write(values)
    [row, other] = array.to_pylist()
    assert {name: value for name, value in row.items() if value is not None} == {
        "kind": "range",
        "raw": "1-2",
        "ambiguities": [],
        "custom": '{"kind":"range","lower":"1.0","upper":"2","raw":"1-2"}',
    }
    assert other["custom"] is None
    assert codec.read(array, "$") == values


# ── What is refused ─────────────────────────────────────────────────────────


def changed(change: Callable[[dict[str, Any]], Any]) -> pa.Table:
    """The table of one compound, of which *change* changes the row."""
    parts = (Quantity(number=Decimal(1)), Compound(parts=(Absent(),)))
    table = to_arrow([indicator(Compound(parts=parts), ordinal=1)])
    [row] = table.to_pylist()
    change(row)
    return pa.Table.from_pylist([row], table.schema)


def put(*path: Any, value: Any) -> Callable[[dict[str, Any]], Any]:
    """What puts *value* in the place of what stands at *path*."""

    def change(row: Any) -> None:
        *outer, last = path
        for key in outer:
            row = row[key]
        row[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (put("name", value=None), "$.name: expected a value, found null"),
        (put("span", "end", value=-1), "$.span: a span needs 0 <= start <= end"),
        (put("period", value=None), "$.period: expected a value, found null"),
        (put("period", "kind", value=None), "$.period.kind: expected a value"),
        (put("period", "kind", value="range"), "$.period.lower: expected a value"),
        (put("period", "kind", value="absent"), "$.period.parts: expected null for"),
        (put("annual", "kind", value="sum"), "$.annual.custom: expected a value"),
        (put("annual", "number", value="1"), "$.annual.number: expected null for the"),
        (put("annual", "custom", value="{}"), "$.annual.custom: expected null for the"),
        (put("annual", "parts", value=[]), "$.annual.parts: expected null for the"),
        (put("period", "parts", value=None), "$.period.parts: expected a list for the"),
        (put("period", "parts", 0, value=None), "$.period.parts: expected a value"),
        (put("period", "parts", 0, "number", value="1,0"), "$.period.parts.number: "),
        (
            put("period", "parts", 0, "depth", value=0),
            "$.period.parts: expected a part",
        ),
        (
            put("period", "parts", 0, "depth", value=2),
            "$.period.parts: expected a part",
        ),
        (
            put("period", "parts", 1, "depth", value=3),
            "$.period.parts: expected a part",
        ),
        (
            put("period", "parts", 2, "depth", value=4),
            "$.period.parts: expected a part",
        ),
        (
            put("period", "parts", 0, "comparator", value="~"),
            "parts.comparator: '~' is",
        ),
        (
            put("period", "ambiguities", value=[None]),
            "$.period.ambiguities[]: expected",
        ),
    ],
)
def test_what_to_arrow_does_not_write_is_refused(
    change: Callable[[dict[str, Any]], Any], message: str
) -> None:
    assert from_arrow(changed(lambda row: row))
    with pytest.raises(LoadError) as caught:
        from_arrow(changed(change))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("custom", "message"),
    [
        ('{"kind":"sum"}', r"expected one of “quantity”"),
        ('{"kind":"absent"}', r"\$\.annual: expected what stands beside it, found an"),
        ("{", r"this is not JSON"),
    ],
)
def test_json_of_an_unknown_kind_that_is_none_is_refused(
    custom: str, message: str
) -> None:
    def change(row: dict[str, Any]) -> None:
        row["annual"] |= {"kind": "sum", "custom": custom}

    with pytest.raises(LoadError, match=message):
        from_arrow(changed(change))


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pa.table({"a": [1]}), "expected one of perfgoals.columns.tables/1"),
        (to_arrow(GoalTable(), nested=False), "found perfgoals.columns.flat-tables/1"),
        (to_arrow(GoalTable()).append_column("a", [[1]]), "found a difference in a"),
        (to_arrow(GoalTable()).drop_columns("title"), "found a difference in title"),
        (
            to_arrow(GoalTable()).set_column(0, "title", [[[1]]]),
            "Unsupported cast from list",
        ),
    ],
)
def test_other_tables_are_refused(table: pa.Table, message: str) -> None:
    with pytest.raises(LoadError) as caught:
        from_arrow(table)
    assert message in str(caught.value)


def test_another_version_is_refused() -> None:
    table = to_arrow(GoalTable())
    later = {"perfgoals.schema": "perfgoals.columns.tables/2"}
    with pytest.raises(LoadError, match=r"found perfgoals\.columns\.tables/2"):
        from_arrow(table.replace_schema_metadata(later))


# ── Batches ─────────────────────────────────────────────────────────────────


def test_findings_stay_with_their_indicators() -> None:
    table = pa.table({"text": [f"垃圾。{CELL}{CELL}", "垃圾。", "", None]})
    rows = parse_batch(table).to_pylist()
    found = [
        (row["row"], row["indicator"], row["diagnostics"] and len(row["diagnostics"]))
        for row in rows
    ]
    findings = parse(f"垃圾。{CELL}{CELL}").diagnostics
    first = [one for one in findings if one.span.start < len(CELL) + 3]
    assert found == [
        (0, 0, len(first)),
        (0, 1, len(findings) - len(first)),
        (1, None, 1),
        (2, None, []),
        (3, None, None),
    ]


def test_columns_are_kept_as_asked() -> None:
    batch = pa.record_batch({"id": [7], "text": [CELL], "year": [2024]})
    names = [
        parse_batch(batch, keep=keep).schema.names for keep in (None, (), ["text"])
    ]
    assert [found[: found.index("row")] for found in names] == [
        ["id", "year"],
        [],
        ["text"],
    ]


def test_cells_may_be_of_any_type_of_text() -> None:
    expected = parse_batch(pa.table({"text": [CELL, None]}))
    plain = pa.array([CELL, None])
    for column in (
        plain.cast(pa.large_string()),
        plain.cast(pa.string_view()),
        plain.dictionary_encode(),
    ):
        assert parse_batch(pa.table({"text": column})) == expected


def test_syntax_is_the_one_given() -> None:
    class Counted:
        calls = 0

        def read_indicators(self, text: str) -> IndicatorList:
            self.calls += 1
            return Syntax.default().read_indicators(text)

    counted: Any = Counted()
    batch = pa.record_batch({"text": [CELL, CELL, "", None]})
    assert [*parse_batches([batch], syntax=counted)] == [parse_batch(batch)]
    assert counted.calls == 2  # each text once


@pytest.mark.parametrize(
    ("table", "error", "message"),
    [
        ({"cell": [CELL]}, ValueError, "expected one column 'text', found cell"),
        ({}, ValueError, "expected one column 'text', found none"),
        ({"text": [1]}, TypeError, "the column 'text' must hold text, found int64"),
        (
            {"text": [CELL], "name": ["a"], "row": [1]},
            ValueError,
            "are called as those of an indicator: name, row; rename them",
        ),
    ],
)
def test_frames_that_cannot_be_parsed(
    table: dict[str, list[Any]], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        parse_batch(pa.table(table))


def test_columns_that_cannot_be_kept() -> None:
    table = pa.table([[CELL], [1], [2]], names=["text", "id", "id"])
    for keep in (["year"], ["id"], None):
        with pytest.raises(ValueError, match=r"expected one column .*, found text, id"):
            parse_batch(table, keep=keep)


def test_frame_of_a_library_stays_one() -> None:
    expected = parse_batch(pa.table({"id": [1, 2], "text": [CELL, None]}))
    for library in ("pandas", "polars"):
        frames = pytest.importorskip(library)
        parsed = parse_batch(frames.DataFrame({"id": [1, 2], "text": [CELL, None]}))
        assert type(parsed) is frames.DataFrame
        assert pa.table(parsed).cast(expected.schema) == expected


# ── Extras ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("convert", "library"),
    [(to_polars, "polars"), (to_pandas, "pandas"), (to_duckdb, "duckdb")],
)
def test_missing_library_names_its_extra(
    convert: Callable[..., Any], library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=rf"perfgoals\[{library}\]"):
        convert(GoalTable())


def test_without_arrow_the_import_names_its_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [*sys.modules]:
        if name.partition(".")[0] == "pyarrow" or name.startswith("perfgoals.columns"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"perfgoals\[arrow\]"):
        import perfgoals.columns  # noqa: F401


def test_broken_library_is_not_called_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "duckdb.py").write_text("import no_such_module", "utf-8")
    monkeypatch.delitem(sys.modules, "duckdb", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_module") as caught:
        to_duckdb(GoalTable())
    assert not isinstance(caught.value, MissingExtraError)


def test_duckdb_uses_the_connection_given() -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        relation = to_duckdb(parse(CELL), connection=connection)
        assert connection.sql("select name from relation").fetchall() == [("次数",)]
        assert relation.select("name").fetchall() == [("次数",)]
