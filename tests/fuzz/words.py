"""What inputs are made of: the words of each entry point, and texts to begin with."""

from __future__ import annotations

import functools
import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from tests.fuzz.laws import bytes_of

from perfgoals import model, spans, targets
from perfgoals._data import load_table
from perfgoals.diagnostics import Diagnostic, Severity
from perfgoals.serialize import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TESTS = Path(__file__).parent.parent
CASES = TESTS / "cases"
EXAMPLES = TESTS.parent / "examples" / "data"

DELIMITERS = (
    *(
        "；",
        ";",
        "。",
        "、",
        "，",
        ",",
        "：",
        ":",
        ".",
        "．",
        "（",
        "）",
        "(",
        ")",
        "-",
        "—",
    ),
    *("\n", "\r\n", "\t", " ", "\u3000", "\u00a0", "★", "▲", "①", "⑳", "〔", "〕", "“"),
)
HOSTILE = (
    *("\0", "\x1b[0m", "\x85", "\u200b", "\u2028", "\u202e", "\ufeff", "\U000e0041"),
    *(
        "\ud800",
        "\udfff",
        "\u0301",
        "\uff10",
        "²",
        "½",
        "①②",
        "\U0001d7d7",
        "٣",
        "9" * 70,
    ),
)
ORDINALS = ("1、", "2.", "３．", "(4)", "（5）", "6)", "⑦", "指标8：", "10、")
CODES = ("1-", "2－", "11-", "12—", "22-", "3 1-", "1", "－")
NUMBERS = (
    "0",
    "4",
    "95",
    "100%",
    "1.50",
    "1,000",
    "2024",
    "３０",
    "三",
    "十五",
    "半",
    "2/3",
)
JSON = (
    *("{", "}", "[", "]", ":", ",", '"', "null", "true", "0", "-1", "1.5", "1e9"),
    *("NaN", "\\ud800", "\\u0000", '""', "{}", "[]", f'"schema":"{SCHEMA}"'),
    *('"number":"100.00"', '"kind":"absent"', '"start":0,"end":3'),
)
TABLES = (
    *("\t", "\n", "\r\n", '"', '""', ",", "1,025.93", "-5.00", "0", "万元", "单位：元"),
    *(
        "\u20222-",
        "20202710000600027-",
        "合计",
        "部门名称：",
        "项目支出绩效目标表",
        "PK\x03\x04",
    ),
)


def _labels() -> Iterator[str]:
    table = load_table("labels")
    for label in (*table["period"], *table["annual"]):
        yield label.replace("{year}", "2024")
        yield f"；{label}:".replace("{year}", "2024")


def _names() -> Iterator[str]:
    table = load_table("taxonomy")
    for concept in (*table["level"].values(), *table["category"].values()):
        yield f"{concept['zh']}；"
        yield from concept["names"]


def _values() -> Iterator[str]:
    for name in ("units", "words"):
        for words in load_table(name).values():
            yield from words


def _keywords(grammar: str) -> Iterator[str]:
    """Whatever the patterns of a *grammar* spell out: comparators, suffixes, dates."""
    text = (resources.files("perfgoals") / "grammars" / grammar).read_text("utf-8")
    rules = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
    yield from re.findall(r"[\u4e00-\u9fff]{1,6}|[≥≤<>=≈±~％%]{1,2}", rules)


def _headers() -> Iterator[str]:
    return _texts(load_table("headers"))


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list | dict):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _texts(part)


def _keys() -> Iterator[str]:
    classes = [*vars(model).values(), *vars(targets).values(), *vars(spans).values()]
    for cls in (*classes, Diagnostic):
        if isinstance(cls, type) and attrs.has(cls):
            yield from (f'"{field.name}":' for field in attrs.fields(cls))
    yield from (f'"{cls.kind}"' for cls in targets.TARGET_TYPES)
    yield from (f'"{word.value}"' for word in (*targets.Comparator, *Severity))


@functools.cache
def words_of(entry: str) -> tuple[str, ...]:
    """The words that are put into the inputs of *entry*, each once."""
    cell = (*_labels(), *_names(), *ORDINALS, *CODES)
    value = (*_values(), *_keywords("targets.lark"), *_keywords("dates.lark"))
    words: dict[str, Iterable[str]] = {
        "parse": (*DELIMITERS * 4, *cell * 2, *NUMBERS, *HOSTILE),
        "parse_target": (*DELIMITERS * 4, *NUMBERS * 8, *value, *HOSTILE),
        "read_tables": (*TABLES * 8, *DELIMITERS, *_headers(), *ORDINALS, *HOSTILE),
        "from_json": (*JSON * 4, *_keys(), *HOSTILE),
    }
    return tuple(words[entry])


@functools.cache
def corpus_of(entry: str) -> tuple[bytes, ...]:
    """Inputs of *entry* to begin with: those of the cases and of the examples."""
    inputs = {
        "parse": _cells,
        "parse_target": _printed_values,
        "read_tables": _files,
        "from_json": _documents,
    }
    return tuple(dict.fromkeys(inputs[entry]()))


def _cells() -> Iterator[bytes]:
    for path in sorted((CASES / "indicators").glob("*.txt")):
        cell = path.read_text(encoding="utf-8").split("=== cell\n")[1]
        yield from _whole_and_parts(cell.split("\n=== ")[0])
    for path in sorted(EXAMPLES.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for cell in line.split("\t")[6:]:
                yield from _whole_and_parts(cell)


def _whole_and_parts(cell: str) -> Iterator[bytes]:
    """A *cell* and what it is made of: a short input gets to the point sooner."""
    yield bytes_of(cell)
    yield from (bytes_of(f"{part}。") for part in cell.split("。") if part)


def _printed_values() -> Iterator[bytes]:
    for path in sorted((CASES / "targets").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            yield bytes_of(line.split("\t")[0])


def _files() -> Iterator[bytes]:
    for path in sorted((CASES / "tables").glob("*.txt")):
        file = path.read_bytes().split(b"=== file\n", 1)[1]
        yield file.split(b"=== tables\n", 1)[0]
    for path in sorted(EXAMPLES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        yield from map(text.encode, ("utf-8", "utf-16", "gb18030"))


def _documents() -> Iterator[bytes]:
    for path in sorted((CASES / "json").rglob("*.json")):
        yield path.read_bytes()
