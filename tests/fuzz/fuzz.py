"""Runs the law of an entry point on inputs that reach ever more of the code.

``python tests/fuzz/fuzz.py parse --runs 1000000`` from the top of the project, with
the extra ``fuzz`` installed. What is found is kept in ``.fuzz/``: the inputs that
reached something new, and those that broke the law, as cases for ``found/``.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import sys
import time
import traceback
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fuzz.laws import Law

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / ".fuzz"
ENTRIES = ("parse", "parse_target", "read_tables", "from_json")
LENGTHS = {"parse": 300, "parse_target": 90, "read_tables": 900, "from_json": 600}
"""How many bytes an input has at most: short ones are quick and go everywhere."""

LEFT_OUT = {"cli", "columns", "batch", "__main__"}
"""Parts that no entry point goes through, or that need more than the core."""

OWN_MUTATIONS = 0.7


def main() -> None:
    """Read the arguments and fuzz; ends the process with what libFuzzer returns."""
    arguments = _arguments()
    sys.path.insert(0, str(ROOT))
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["perfgoals"]):
        for name in _modules():
            importlib.import_module(name)
    laws: Any = importlib.import_module("tests.fuzz.laws")
    words: Any = importlib.import_module("tests.fuzz.words")
    entry: str = arguments.entry
    folder = FOLDER / entry
    _prepare(folder, words.words_of(entry), words.corpus_of(entry))
    run = Run(entry, laws.LAWS[entry], every=arguments.every, go_on=arguments.go_on)
    atheris.Setup(
        [
            sys.argv[0],
            f"-runs={arguments.runs}",
            f"-max_total_time={arguments.seconds}",
            f"-seed={arguments.seed}",
            f"-max_len={arguments.length or LENGTHS[entry]}",
            f"-dict={folder}.dict",
            f"-artifact_prefix={folder}-",
            "-timeout=20",
            "-print_final_stats=1",
            "-report_slow_units=5",
            str(folder),
        ],
        run,
        custom_mutator=_mutator(atheris, entry),
    )
    atheris.Fuzz()


def _modules() -> list[str]:
    """All modules that read or write, also those that are imported when needed."""
    package = ROOT / "src" / "perfgoals"
    paths = (path.relative_to(package.parent) for path in package.rglob("*.py"))
    names = (".".join(path.with_suffix("").parts) for path in paths)
    return sorted(name for name in names if name.split(".")[1] not in LEFT_OUT)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("entry", choices=ENTRIES)
    parser.add_argument("--runs", type=int, default=-1, help="no end without it")
    parser.add_argument("--seconds", type=int, default=0, help="no end without it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--length", type=int, help="the most bytes of an input")
    parser.add_argument(
        "--every", type=int, default=1, help="how often the slow laws are tried too"
    )
    parser.add_argument(
        "--go-on", action="store_true", help="keep what breaks the law and go on"
    )
    return parser.parse_args()


def _prepare(folder: Path, words: tuple[str, ...], corpus: tuple[bytes, ...]) -> None:
    """The dictionary and the corpus as files, which is how libFuzzer takes them."""
    from tests.fuzz.laws import bytes_of

    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        '"' + "".join(f"\\x{byte:02X}" for byte in bytes_of(word)) + '"'
        for word in dict.fromkeys(words)
    ]
    folder.with_suffix(".dict").write_text("\n".join(lines), encoding="ascii")
    for data in corpus:
        name = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        (folder / name).write_bytes(data)


def _mutator(atheris: Any, entry: str) -> Callable[[bytes, int, int], bytes]:
    from tests.fuzz.mutation import mutated
    from tests.fuzz.words import corpus_of, words_of

    words, corpus = words_of(entry), corpus_of(entry)

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        random = Random(seed)  # noqa: S311  (no secret depends on it)
        if random.random() < OWN_MUTATIONS:
            return mutated(data, words, corpus, random)[:longest]
        changed: bytes = atheris.Mutate(data, longest)
        return changed

    return mutate


class Run:
    """One run: counts the executions and keeps an input of each kind of failure."""

    def __init__(self, entry: str, law: Law, *, every: int, go_on: bool) -> None:
        self._entry = entry
        self._law = law
        self._every = every
        self._go_on = go_on
        self._executions = 0
        self._start = time.monotonic()
        self._kinds: dict[str, int] = {}

    def __call__(self, data: bytes) -> None:
        self._executions += 1
        try:
            found = self._law.read(data)
            if self._executions % self._every == 0:
                self._law.hold(found)
        except Exception as error:
            self._keep(data, error)
            if not self._go_on:
                raise
        if self._executions % 20_000 == 0:
            self._tell()

    def _keep(self, data: bytes, error: Exception) -> None:
        """A case of *data*, unless a shorter one failed at the same place."""
        frame = traceback.extract_tb(error.__traceback__)[-1]
        kind = f"{type(error).__name__}-{Path(frame.filename).stem}-{frame.lineno}"
        if len(data) >= self._kinds.get(kind, sys.maxsize):
            return
        self._kinds[kind] = len(data)
        case = {
            "entry": self._entry,
            "why": f"{type(error).__name__}: {error}"[:200],
            "input": data.decode("utf-8", "surrogateescape"),
        }
        text = json.dumps(case, indent=1)
        path = FOLDER / f"{self._entry}-{kind}.json"
        path.write_text(text + "\n", encoding="ascii")
        sys.stderr.write(f"found {path}\n")

    def _tell(self) -> None:
        rate = self._executions / (time.monotonic() - self._start)
        sys.stderr.write(
            f"{self._entry}: {self._executions} executions, {rate:.0f} a second, "
            f"{len(self._kinds)} kinds of findings\n"
        )


if __name__ == "__main__":
    main()
