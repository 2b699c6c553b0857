from __future__ import annotations

from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

import attrs
import pyarrow as pa
import pytest
from hypothesis import given, settings, strategies as st
from tests.strategies import (
    WORDS,
    goal_tables,
    indicator_lists,
    indicators,
    numbers,
    texts,
)

from perfgoals import parse
from perfgoals.columns import (
    from_arrow,
    parse_batch,
    parse_batches,
    parsed_schema,
    to_arrow,
    to_duckdb,
    to_pandas,
    to_polars,
)
from perfgoals.columns._flat import exact
from perfgoals.columns._texts import escape, unescape
from perfgoals.model import GoalTable, Indicator, IndicatorList
from perfgoals.targets import TARGET_TYPES, Compound

if TYPE_CHECKING:
    from collections.abc import Callable

FIELDS = {field.name for cls in TARGET_TYPES for field in attrs.fields(cls)} - {"parts"}
CELL = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次。"
_SOURCES: tuple[Any, ...] = (GoalTable(), IndicatorList(), parse(CELL)[0])
SCHEMAS = {
    type(source): [to_arrow([source], nested=nested).schema for nested in (False, True)]
    for source in _SOURCES
}


def sources(least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    """Objects of one class that are written together."""
    return st.one_of(
        st.lists(goal_tables(), min_size=least, max_size=2).map(tuple),
        st.lists(indicator_lists(), min_size=least, max_size=3).map(tuple),
        st.lists(indicators(), min_size=least, max_size=4).map(tuple),
    )


def cells() -> st.SearchStrategy[str]:
    """Texts of cells, some of them with indicators, that Arrow can hold."""
    parts = st.one_of(st.just(CELL), st.sampled_from(WORDS), st.text(max_size=5))
    return st.lists(parts, max_size=5).map("".join)


# ── What a row must say, in plain words ─────────────────────────────────────


def said(value: Any) -> Any:
    """What a column that is no number says of *value*."""
    if isinstance(value, str):
        return escape(value)
    return [said(part) for part in value] if isinstance(value, tuple) else value


def number(name: str, value: Decimal | None) -> dict[str, Any]:
    text = None if value is None else str(value)
    whole, _, fraction = (text or "").lstrip("-").partition(".")
    fits = value is not None and len(whole) <= 29 and len(fraction.rstrip("0")) <= 9
    return {name: value if fits else None, f"{name}_text": text}


def target(name: str, value: Any) -> dict[str, Any]:
    row: dict[str, Any] = {f"{name}_kind": value.kind, f"{name}_custom": None}
    for field in FIELDS:
        found = getattr(value, field, None)
        if field in {"number", "lower", "upper"}:
            row |= number(f"{name}_{field}", found)
        else:
            row[f"{name}_{field}"] = said(found)
    row[f"{name}_parts"] = parts(value) if isinstance(value, Compound) else None
    return row


def parts(compound: Compound, depth: int = 1) -> list[dict[str, Any]]:
    found = []
    for part in compound.parts:
        fields = {field: getattr(part, field, None) for field in FIELDS}
        row: dict[str, Any] = {"depth": depth, "kind": part.kind, "custom": None}
        for field, value in fields.items():
            row[field] = str(value) if isinstance(value, Decimal) else said(value)
        found.append(row)
        if isinstance(part, Compound):
            found += parts(part, depth + 1)
    return found


def indicator(value: Indicator) -> dict[str, Any]:
    row = {"ordinal": value.ordinal, "name": said(value.name), "core": value.core}
    row |= {"span_start": value.span.start, "span_end": value.span.end}
    for name in ("level", "category"):
        for field in ("code", "name", "concept"):
            row[f"{name}_{field}"] = said(getattr(getattr(value, name), field, None))
    [nested] = to_arrow([value]).select(["extras"]).to_pylist()
    row |= nested  # a list of objects, the same in both
    return row | target("period", value.period) | target("annual", value.annual)


def owner(name: str, value: Any, *fields: str) -> dict[str, Any]:
    return {f"{name}_{field}": said(getattr(value, field)) for field in fields}


def table_rows(tables: tuple[GoalTable, ...]) -> list[dict[str, Any]]:
    rows = []
    for i, table in enumerate(tables):
        head = owner("table", table, "title", "department", "currency_unit", "source")
        for j, project in enumerate(table.projects):
            row = head | owner("project", project, "name", "code", "goal")
            for field, amount in attrs.asdict(project.funding).items():
                row |= number(f"project_funding_{field}", amount)
            for field, place in attrs.asdict(project.location).items():
                row[f"project_location_{field}"] = said(place)
            for k, item in enumerate(project.indicators):
                places = {"table": i, "project": j, "indicator": k}
                rows.append(row | places | indicator(item))
    return rows


def list_rows(lists: tuple[IndicatorList, ...]) -> list[dict[str, Any]]:
    return [
        {"list": i, "indicator": k} | indicator(item)
        for i, items in enumerate(lists)
        for k, item in enumerate(items)
    ]


# ── Laws ────────────────────────────────────────────────────────────────────


@given(sources())
def test_reading_undoes_writing(source: Any) -> None:
    """To the last zero of every number, which is why the reprs are compared too."""
    loaded = from_arrow(to_arrow(source))
    assert loaded == source
    assert repr(loaded) == repr(source)


@given(goal_tables() | indicator_lists())
def test_one_object_is_written_as_a_list_of_one(source: Any) -> None:
    assert to_arrow(source) == to_arrow([source])
    assert to_arrow(source, nested=False) == to_arrow([source], nested=False)


@given(sources(1), st.booleans())
def test_schema_does_not_hang_on_what_is_written(source: Any, nested: bool) -> None:  # noqa: FBT001
    table = to_arrow(source, nested=nested)
    table.validate(full=True)
    schema = SCHEMAS[type(source[0])][nested]
    assert table.schema.equals(schema, check_metadata=True)


@given(st.lists(goal_tables(), max_size=2).map(tuple))
def test_flat_tables_say_what_the_objects_say(tables: tuple[GoalTable, ...]) -> None:
    assert to_arrow(tables, nested=False).to_pylist() == table_rows(tables)


@given(st.lists(indicator_lists(), max_size=3).map(tuple))
def test_flat_lists_say_what_the_objects_say(lists: tuple[IndicatorList, ...]) -> None:
    if lists:
        assert to_arrow(lists, nested=False).to_pylist() == list_rows(lists)
        items = tuple(chain.from_iterable(lists))
        if items:
            expected = [
                {"indicator": k} | indicator(item) for k, item in enumerate(items)
            ]
            assert to_arrow(items, nested=False).to_pylist() == expected


@pytest.mark.parametrize("through", [to_polars, to_pandas, to_duckdb])
def test_other_libraries_lose_nothing(through: Callable[..., Any]) -> None:
    @settings(max_examples=20)
    @given(sources(1))
    def holds(source: Any) -> None:
        loaded = from_arrow(through(source, nested=True))
        assert loaded == source
        assert repr(loaded) == repr(source)

    holds()


@given(texts())
def test_escaped_texts_are_utf8_and_come_back(text: str) -> None:
    assert unescape(escape(text).encode().decode()) == text


@given(st.text(st.sampled_from("\\ud8f0\ud800\udc00")))
def test_texts_that_look_escaped_come_back(text: str) -> None:
    assert unescape(escape(text).encode().decode()) == text


@given(st.text())
def test_only_what_looks_escaped_is_changed(text: str) -> None:
    if "\\ud" not in text:
        assert escape(text) == text


@given(st.lists(st.none() | numbers()))
def test_numbers_are_exact_or_null(values: list[Decimal | None]) -> None:
    digits = [None if value is None else str(value) for value in values]
    expected = [number("", value)[""] for value in values]
    assert exact(pa.array(digits, pa.string())).to_pylist() == expected


# ── Batches ─────────────────────────────────────────────────────────────────


def rebuilt(rows: list[dict[str, Any]]) -> list[Any]:
    """Of each cell its indicators and findings, as rows; ``None`` for a null."""
    found: dict[int, Any] = {}
    for row in rows:
        place, findings = row.pop("row"), row.pop("diagnostics")
        if findings is None:
            found[place] = None
            continue
        items, all_findings = found.setdefault(place, ([], []))
        all_findings += findings
        if row["indicator"] is not None:
            items.append(row)
    return [found[place] for place in sorted(found)]


def plain(text: str | None) -> Any:
    """The same, from ``parse`` and the nested table."""
    if text is None:
        return None
    parsed = parse(text)
    [row] = to_arrow(parsed).to_pylist()
    items = [{"indicator": k} | indicator(item) for k, item in enumerate(parsed)]
    return items, row["diagnostics"]


@given(st.lists(st.none() | cells(), max_size=4))
def test_a_batch_says_what_plain_parsing_says(cells: list[str | None]) -> None:
    batch = pa.record_batch({"text": pa.array(cells, pa.string())})
    rows = parse_batch(batch).to_pylist()
    assert rebuilt(rows) == [plain(text) for text in cells]


@given(st.lists(st.lists(st.none() | cells(), max_size=2), max_size=3))
def test_batches_are_parsed_as_one_table(parts: list[list[str | None]]) -> None:
    schema = pa.schema([("text", pa.string())])
    batches = [pa.record_batch([part], schema) for part in parts]
    table = pa.Table.from_batches(batches, schema)
    parsed = list(parse_batches(batches))
    assert pa.Table.from_batches(parsed, parsed_schema(schema)) == parse_batch(table)
