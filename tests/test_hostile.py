"""What must not go wrong whoever calls: threads, interrupts, limits, odd text."""

from __future__ import annotations

import copy
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.test_parse import CELLS, INTACT

import perfgoals
from perfgoals import errors
from perfgoals._cells.cell import INDICATOR_LIMIT, LENGTH_LIMIT, read_indicators
from perfgoals._cells.language import CellLanguage
from perfgoals._values.memo import SIZE
from perfgoals.errors import PerfgoalsError
from perfgoals.formatter import to_text
from perfgoals.labels import Labels
from perfgoals.parse import parse, parse_target
from perfgoals.serialize import from_json, to_json
from perfgoals.spans import Location, Span
from perfgoals.syntax import Syntax
from perfgoals.tables import read_table
from perfgoals.targets import Absent, Qualitative
from perfgoals.taxonomy import Taxonomy

if TYPE_CHECKING:
    from perfgoals.diagnostics import Diagnostic
    from perfgoals.model import IndicatorList

SEED = Path(__file__).parent.parent / "examples/data/goals-2023.txt"
THREADS = 64


def run(code: str, folder: Path, *options: str, **environment: str) -> str:
    """What *code* prints, run in *folder* by a fresh interpreter with *options*."""
    result = subprocess.run(  # noqa: S603  (the code is below)
        [
            sys.executable,
            *options,
            "-c",
            f"import sys; sys.path[:0] = {sys.path}\n{code}",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert result.stderr == ""
    return result.stdout


def codes(findings: tuple[Diagnostic, ...]) -> list[str]:
    return [finding.code for finding in findings]


# --- threads -----------------------------------------------------------------------

COLD_START = f"""
import threading
import perfgoals

CELLS = {CELLS[:2]}
ready = threading.Barrier({THREADS})
results = [None] * {THREADS}

def work(number):
    ready.wait()
    results[number] = [perfgoals.to_json(perfgoals.parse(cell)) for cell in CELLS]

threads = [threading.Thread(target=work, args=(n,)) for n in range({THREADS})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results[0] == [perfgoals.to_json(perfgoals.parse(cell)) for cell in CELLS])
print(sum(result == results[0] for result in results))
"""


def test_first_use_by_many_threads_at_once(tmp_path: Path) -> None:
    """Nothing is built yet when all of them begin."""
    assert run(COLD_START, tmp_path) == f"True\n{THREADS}\n"


def test_threads_are_given_one_syntax() -> None:
    ready = threading.Barrier(THREADS)

    def work(_: int) -> Syntax:
        ready.wait()
        return Syntax.default()

    with ThreadPoolExecutor(THREADS) as threads:
        assert set(threads.map(work, range(THREADS))) == {Syntax.default()}


# --- interrupts --------------------------------------------------------------------


INTERRUPTED_AT_FIRST_USE = f"""
import itertools, sys
import perfgoals

def interrupt_after(calls):
    left = itertools.count(calls, -1)
    def trace(frame, event, argument):
        if next(left) == 0:
            sys.settrace(None)
            raise KeyboardInterrupt
    sys.settrace(trace)

interrupted = 0
for calls in (0, 10, 100, 1000, 10_000):
    interrupt_after(calls)
    try:
        perfgoals.parse({INTACT!r})
    except KeyboardInterrupt:
        interrupted += 1
    sys.settrace(None)
print(interrupted, len(perfgoals.parse({INTACT!r})))
"""


def test_an_interrupted_first_use_does_no_harm(tmp_path: Path) -> None:
    """Not even while the grammars are compiled."""
    assert run(INTERRUPTED_AT_FIRST_USE, tmp_path) == "5 1\n"


SIGNALLED = f"""
import signal, threading
import perfgoals

cell = {INTACT!r}
perfgoals.parse(cell)
threading.Timer(0.2, signal.raise_signal, [signal.SIGINT]).start()
try:
    while True:
        perfgoals.parse(cell * 50)
except KeyboardInterrupt:
    print("interrupted", len(perfgoals.parse(cell)))
"""


def test_ctrl_c_is_not_swallowed(tmp_path: Path) -> None:
    """A real signal in the middle of a long text ends in KeyboardInterrupt."""
    assert run(SIGNALLED, tmp_path) == "interrupted 1\n"


# --- copies ------------------------------------------------------------------------

SPAN = Span(2, 5)
LOCATION = Location(file="a.csv", row=3, column=7)
ERRORS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, PerfgoalsError)
]


def copies(original: Any) -> list[Any]:
    """*original* by each way to copy an object."""
    pickled = [
        pickle.loads(pickle.dumps(original, protocol))
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)
    ]
    return [*pickled, copy.copy(original), copy.deepcopy(original)]


def test_errors_are_known() -> None:
    assert {kind.__name__ for kind in ERRORS} == {
        name for name in perfgoals.__all__ if name.endswith("Error")
    }


@pytest.mark.parametrize("kind", ERRORS)
def test_an_error_copies(kind: type[PerfgoalsError]) -> None:
    error = kind(
        "the ordinal is 2, expected 1",
        code="PG105",
        expected=("1",),
        location=LOCATION,
        span=SPAN,
        source="一二三四五六",
    )
    error.add_note("and more")
    for twin in copies(error):
        assert type(twin) is kind
        assert str(twin) == str(error)
        assert vars(twin) == vars(error)


def test_real_objects_copy() -> None:
    table = read_table(SEED)
    for twin in copies(table):
        assert twin == table
        assert [span_of(one) for one in twin.projects] == list(
            map(span_of, table.projects)
        )


def span_of(project: perfgoals.Project) -> list[Span]:
    return [indicator.span for indicator in project.indicators]


# --- numbers -----------------------------------------------------------------------

DIGITS = "9" * 10**6


@pytest.mark.parametrize(
    "value", [DIGITS, f"≥{DIGITS}次", f"0.{DIGITS}", f"{DIGITS}年"]
)
def test_a_number_of_a_million_digits_is_text(value: str) -> None:
    target, findings = Syntax.default().read_target(value)
    assert target == Qualitative(raw=value, text=value)
    assert codes(findings) == ["PG203"]


def test_an_ordinal_of_a_million_digits_is_text() -> None:
    indicators = parse(f"{DIGITS}、{INTACT[2:]}")
    assert all((one.ordinal or 0) < 10**6 for one in indicators)


def test_a_cell_of_a_million_digits_is_read() -> None:
    cell = INTACT.replace("4次", DIGITS)
    (indicator,) = parse(cell)
    assert (indicator.period.raw, indicator.annual.raw) == (DIGITS, DIGITS)
    assert isinstance(indicator.annual, Qualitative)


@pytest.mark.parametrize("digits", [64, 65])
def test_most_digits(digits: int) -> None:
    target, findings = Syntax.default().read_target("9" * digits)
    assert target.kind == ("quantity" if digits == 64 else "qualitative")
    assert ("PG203" in codes(findings)) is (digits == 65)


def test_json_of_a_million_digits_is_refused() -> None:
    for text in (f'{{"start":{DIGITS},"end":0}}', f'{{"start":0.{DIGITS},"end":0}}'):
        with pytest.raises(errors.LoadError) as caught:
            from_json(text, Span)
        assert len(str(caught.value)) < 500


# --- limits ------------------------------------------------------------------------


def limited(
    text: str,
    *,
    length_limit: int = LENGTH_LIMIT,
    indicator_limit: int = INDICATOR_LIMIT,
) -> IndicatorList:
    language = CellLanguage.of(Labels.packaged(), Taxonomy.packaged())
    return read_indicators(
        text,
        language=lambda: language,
        read_target=lambda value, _: (Absent(raw=value), ()),
        length_limit=length_limit,
        indicator_limit=indicator_limit,
    )


def test_limits() -> None:
    assert (LENGTH_LIMIT, INDICATOR_LIMIT) == (10_000_000, 200_000)


def test_length_at_the_limit() -> None:
    for length in (0, 1, len(INTACT)):
        text = INTACT[:length]
        assert limited(text, length_limit=length) == limited(text)
        assert codes(limited(f"{text}4", length_limit=length).diagnostics) == ["PG002"]


def test_length_beyond_the_limit() -> None:
    text = "。" * (LENGTH_LIMIT + 1)
    indicators = parse(text)
    (finding,) = indicators.diagnostics
    assert (finding.code, finding.span) == ("PG002", Span(0, len(text)))
    assert indicators.items == ()
    assert indicators.source == text


@pytest.mark.parametrize("limit", [1, 3, 20])
def test_indicators_at_the_limit(limit: int) -> None:
    cell = numbered(limit)
    indicators = limited(cell, indicator_limit=limit)
    assert len(indicators) == limit
    assert indicators.diagnostics == ()


@pytest.mark.parametrize("limit", [1, 3, 20])
def test_indicators_beyond_the_limit(limit: int) -> None:
    """The first ones are read; the finding holds all that comes behind them."""
    cell = numbered(limit + 1)
    indicators = limited(cell, indicator_limit=limit)
    (finding,) = indicators.diagnostics
    assert len(indicators) == limit
    assert finding.code == "PG003"
    assert finding.span.of(cell) == cell[indicators[-1].span.end :]


def numbered(count: int) -> str:
    return "".join(
        f"{number}、{INTACT[2:].replace('次数', f'次数{chr(0x4E00 + number)}')}"
        for number in range(1, count + 1)
    )


# --- text --------------------------------------------------------------------------

HIDDEN = {
    "half a pair": "\ud800",
    "other half of a pair": "\udfff",
    "null": "\0",
    "escape": "\x1b",
    "next line": "\x85",
    "right to left": "\u202e",
    "isolate": "\u2066",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "no width": "\u200b",
    "byte order mark": "\ufeff",
    "tag": "\U000e0041",
}


@pytest.mark.parametrize("sign", HIDDEN.values(), ids=HIDDEN)
def test_what_nobody_sees_is_told_and_shown_as_an_escape(sign: str) -> None:
    cell = INTACT.replace("次数", f"支付{sign}次数")
    (indicator,) = indicators = parse(cell)
    found = [one for one in indicators.diagnostics if one.code == "PG001"]
    assert indicator.name == f"支付{sign}次数"
    assert [one.span.of(cell) for one in found] == [sign]
    for finding in indicators.diagnostics:
        shown = finding.render(cell)
        assert sign not in shown
        assert sign.encode("unicode_escape").decode("ascii") in shown


@pytest.mark.parametrize("sign", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("place", range(len(INTACT) + 1))
def test_what_nobody_sees_is_no_harm_anywhere(sign: str, place: int) -> None:
    """One indicator it stays, and its text can be kept as JSON in UTF-8."""
    indicators = parse(INTACT[:place] + sign + INTACT[place:])
    data = to_json(indicators).encode("utf-8")
    assert len(indicators) == 1
    assert from_json(data, perfgoals.IndicatorList) == indicators


@pytest.mark.parametrize("sign", HIDDEN.values(), ids=HIDDEN)
def test_a_value_keeps_what_nobody_sees(sign: str) -> None:
    for text in (sign, f"{sign}≥4次", f"≥4{sign}次", f"≥4次{sign}"):
        assert parse_target(text).raw == text
        assert parse_target(to_text(parse_target(text))) is not None


def test_a_line_separator_breaks_no_row() -> None:
    """Only CR and LF do; the others are characters of a cell."""
    rows = "项目名称\t绩效目标\t绩效指标\n甲\u2028乙\x85丙\x0b丁\tg\ti\n"
    table = read_table(rows.encode())
    assert [project.name for project in table.projects] == ["甲\u2028乙\x85丙\x0b丁"]


# --- traces ------------------------------------------------------------------------

USE = f"""
import perfgoals
table = perfgoals.read_table({str(SEED)!r})
perfgoals.check(table)
cells = [perfgoals.parse(project.indicators.source) for project in table.projects]
text = perfgoals.to_json(table) + perfgoals.to_text(table)
"""


@pytest.mark.skipif(os.name == "nt", reason="a folder cannot be made read-only there")
def test_use_leaves_no_trace(tmp_path: Path) -> None:
    """No file is written, in an empty folder that cannot be written to or elsewhere."""
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir(mode=0o555)
    places = {"HOME": str(home), "TMPDIR": str(home), "XDG_CACHE_HOME": str(home)}
    before = sources()
    assert run(USE, work, "-B", **places) == ""
    assert sorted(tmp_path.rglob("*")) == [home, work]
    assert sources() == before


def sources() -> set[Path]:
    """Every file of the package and of the examples."""
    folders = (Path(perfgoals.__file__).parent, SEED.parent)
    return {path for folder in folders for path in folder.rglob("*") if path.is_file()}


# --- the same everywhere -----------------------------------------------------------

PRINT = f"{USE}\nprint(text)"


@pytest.fixture(scope="module")
def printed() -> str:
    """The example as JSON and as text, by this interpreter."""
    table = read_table(SEED)
    return to_json(table) + to_text(table) + "\n"


@pytest.mark.parametrize("seed", range(6))
def test_every_hash_seed_gives_the_same(
    seed: int, printed: str, tmp_path: Path
) -> None:
    assert run(PRINT, tmp_path, PYTHONHASHSEED=str(seed)) == printed


@pytest.mark.parametrize(
    "options",
    [("-O",), ("-OO",), ("-X", "dev"), ("-O", "-W", "error", "-X", "dev", "-bb")],
    ids=" ".join,
)
def test_every_mode_of_python_gives_the_same(
    options: tuple[str, ...], printed: str, tmp_path: Path
) -> None:
    """No check hangs on an assert, and nothing warns."""
    assert run(PRINT, tmp_path, *options) == printed


PROCESSES = f"""
import multiprocessing, perfgoals

def main(cells={CELLS[:3]}):
    expected = list(map(perfgoals.to_json, map(perfgoals.parse, cells)))
    for method in {{"fork", "spawn"}} & {{*multiprocessing.get_all_start_methods()}}:
        with multiprocessing.get_context(method).Pool(2) as processes:
            found = list(map(perfgoals.to_json, processes.map(perfgoals.parse, cells)))
            processes.close()
            processes.join()
        print(found == expected)

if __name__ == "__main__":
    main()
"""


def test_every_process_gives_the_same(tmp_path: Path) -> None:
    """Whether it begins as a copy of this one or afresh."""
    ways = len({"fork", "spawn"} & {*multiprocessing.get_all_start_methods()})
    assert run(PROCESSES, tmp_path) == "True\n" * ways


DAMAGED = f"""
import perfgoals
cell = "乱码" + {INTACT!r} + "3、" + {INTACT!r} + "\\0\\ud800"
print([finding.code for finding in perfgoals.parse(cell).diagnostics])
try:
    perfgoals.parse(cell, strict=True)
except perfgoals.ParseError as error:
    print(error.code)
try:
    perfgoals.from_json("[1", perfgoals.GoalTable)
except perfgoals.LoadError as error:
    print("refused")
try:
    perfgoals.read_table(b"\\xff\\0")
except perfgoals.ReadError as error:
    print("refused")
"""


def test_damage_is_told_without_asserts(tmp_path: Path) -> None:
    shown = run(DAMAGED, tmp_path)
    assert shown.splitlines()[1:] == ["PG101", "refused", "refused"]
    assert run(DAMAGED, tmp_path, "-O", "-W", "error", "-X", "dev") == shown


# --- memory ------------------------------------------------------------------------


def test_no_more_than_so_many_values_are_kept() -> None:
    fields = attrs.fields_dict(Syntax)
    default = Syntax.default()
    syntax = Syntax(
        **{
            str(field.alias): getattr(default, name)
            for name, field in fields.items()
            if field.init
        }
    )
    kept = []
    for number in range(20_000):
        syntax.read_target(f"提升{chr(0x4E00 + number)}")
        kept.append(len(syntax._memo))
    assert max(kept) == SIZE <= 10_000


def test_a_long_value_is_not_kept() -> None:
    memo = Syntax.default()._memo
    before = len(memo)
    Syntax.default().read_target("有效提升" * 30)
    assert len(memo) == before
