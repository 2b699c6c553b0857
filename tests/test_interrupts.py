"""An error out of nowhere, a Ctrl-C say, leaves nothing behind that is half made."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.test_hostile import run
from tests.test_parse import INTACT

from perfgoals.parse import parse
from perfgoals.serialize import to_json

if TYPE_CHECKING:
    from pathlib import Path

CELL = f"乱码{INTACT}3、{INTACT[2:].replace('4次。', '年底前100%完成（优）。')}"
WARM, COLD = 300, 4
"""How many random points are tried in a process in use, and in as many fresh ones."""

INTERRUPT = f"""
import inspect, itertools, random, sys
import perfgoals
from perfgoals.syntax import Syntax

CELL = {CELL!r}

def read():
    return perfgoals.to_json(perfgoals.parse(CELL))

def count_calls():
    calls = itertools.count()
    def at_a_call(frame, event, argument):
        next(calls)
    sys.settrace(at_a_call)
    read()
    sys.settrace(None)
    return next(calls)

def interrupt(error, call, line):
    "Raise *error* at a *line* behind that *call*, both counted from now on."
    calls, lines = itertools.count(), itertools.count()
    def at_a_line(frame, event, argument):
        if next(lines) >= line:
            sys.settrace(None)
            raise error
        return at_a_line
    def at_a_call(frame, event, argument):
        # A generator may be on its way out, where Python drops what is raised.
        is_generator = frame.f_code.co_flags & inspect.CO_GENERATOR
        return at_a_line if next(calls) >= call and not is_generator else None
    sys.settrace(at_a_call)

def interrupted(random, call):
    "Whether the error came through."
    error = random.choice((KeyboardInterrupt, MemoryError))
    interrupt(error, call, random.randrange(6))
    try:
        read()
    except error:
        return True
    finally:
        sys.settrace(None)
    return False
"""

IN_USE = f"""
{INTERRUPT}
expected = read()
syntax = Syntax.default()
memo = syntax._memo
kept = (memo._same, memo._of_rates, memo._of_others, syntax._fast_cells.values)
forget = lambda: [one.clear() for one in kept]
forget()
count_calls()
forget()
calls = count_calls()
random = random.Random(1)
came_through = harmed = 0
for _ in range({WARM}):
    forget()
    came_through += interrupted(random, random.randrange(calls - 20))
    harmed += read() != expected
print(came_through, harmed)
print(expected)
"""


def test_no_interrupt_does_harm(tmp_path: Path) -> None:
    """At any point, each comes through, and the next text is read as ever."""
    expected = to_json(parse(CELL))
    assert run(IN_USE, tmp_path) == f"{WARM} 0\n{expected}\n"


FRESH = f"""
{INTERRUPT}
import os
for seed in range({COLD}):
    if os.fork() == 0:
        random = random.Random(seed)
        print(interrupted(random, int(10 ** random.uniform(0, 5))), read())
        sys.stdout.flush()
        os._exit(0)
    os.wait()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process begins as a copy")
def test_no_interrupt_of_a_first_use_does_harm(tmp_path: Path) -> None:
    """Nor while tables are loaded and grammars are compiled."""
    expected = to_json(parse(CELL))
    assert run(FRESH, tmp_path) == f"True {expected}\n" * COLD
