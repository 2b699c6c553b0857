"""One command per concern: ``nox -s lint``, ``types``, ``tests``, ``docs``, ….

All sessions but ``engines``, ``fuzz``, ``mutation``, ``playground`` and ``wheel`` run
in the environment that nox itself is installed in.
"""

from __future__ import annotations

import platform
import re
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "venv"
nox.options.sessions = ["lint", "types", "tests", "docs", "examples"]

ROOT = Path(__file__).parent
SOURCE = ROOT / "src" / "perfgoals"
DIST = ROOT / "dist"
BUILT = ROOT / "docs" / "_build"
PLAYGROUND = ("tests/browser/playground.py", "tests/browser/building.py")

PARSING = (
    *("_grammar.py", "syntax.py", "parse.py", "_cells/*", "_values/*", "formatter.py"),
    *("diagnostics.py", "excerpt.py", "_blanks.py", "spans.py", "targets.py"),
    "model.py",
)
"""The modules whose every line and branch must be reached by a test."""

BESIDE_TESTS = ("LICENSE", "conftest.py", "pyproject.toml")
"""Files at the top that the tests need or look for, with the pages there."""

FUZZED = ("parse", "parse_target", "read_tables", "from_json")
FUZZ_SECONDS = 15
HAS_ATHERIS = sys.platform == "linux" and platform.machine() == "x86_64"
"""Where there is a wheel of atheris for each Python that perfgoals supports."""


def run(session: nox.Session, *arguments: str) -> None:
    """Run a module of the environment that nox is installed in."""
    session.run(sys.executable, "-m", *arguments, external=True)


@nox.session(python=False)
def lint(session: nox.Session) -> None:
    """Every rule of ruff, and its formatting."""
    run(session, "ruff", "check")
    run(session, "ruff", "format", "--check")


@nox.session(python=False)
def types(session: nox.Session) -> None:
    """The package, its tests, the docs' extensions and the examples, strictly."""
    run(session, "mypy")


@nox.session(python=False)
def tests(session: nox.Session) -> None:
    """All tests, with their branch coverage, which has no gap in the parsing modules.

    With arguments for pytest it is only shown: some tests alone do not reach it all.
    """
    _test(session, sys.executable)


def _test(session: nox.Session, python: str) -> None:
    covered = ("--cov", "--cov-report=", "--numprocesses=auto")
    session.run(python, "-m", "pytest", *covered, *session.posargs, external=True)
    report = ("coverage", "report") if session.posargs else _gate()
    session.run(python, "-m", *report, external=True)


def _gate() -> tuple[str, ...]:
    """The command that fails on a gap in the coverage of the parsing modules."""
    for part in PARSING:
        if not list(SOURCE.glob(part)):
            sys.exit(f"there is no perfgoals/{part} to be covered")
    include = ",".join(f"*/perfgoals/{part}" for part in PARSING)
    return ("coverage", "report", "--fail-under=100", f"--include={include}")


@nox.session(python=False)
def docs(session: nox.Session) -> None:
    """The documentation in English and Chinese, where a warning is an error."""
    shutil.rmtree(BUILT / "html", ignore_errors=True)
    for language, folder in (("en", "html"), ("zh_CN", "html/zh_CN")):
        run(
            session,
            *("sphinx", "-q", "-W", "-E", "-b", "html", "-D", f"language={language}"),
            *("-d", str(BUILT / "doctrees" / language)),
            *("docs", str(BUILT / folder)),
        )


@nox.session(python=False)
def translations(session: nox.Session) -> None:
    """What the docs say, put into the files of translations; new texts are empty."""
    texts = str(BUILT / "gettext")
    shutil.rmtree(texts, ignore_errors=True)
    run(session, "sphinx", "-q", "-E", "-b", "gettext", "docs", texts)
    words = ("-k", "say", "-k", "to_say", "--no-location", "-o", f"{texts}/words.pot")
    run(session, "babel.messages.frontend", "-q", "extract", *words, "docs/_ext")
    locale = ("-p", texts, "-d", "docs/locale", "-l", "zh_CN")
    run(session, "sphinx_intl", "update", "-w", "0", *locale)


@nox.session(python=False)
def examples(session: nox.Session) -> None:
    """Each example; with ``-O`` too, as no check may hang on an assert."""
    for path in sorted((ROOT / "examples").glob("*.py")):
        session.run(sys.executable, str(path), silent=True)
        session.run(sys.executable, "-O", str(path), silent=True)


@nox.session
def playground(session: nox.Session) -> None:
    """The playground of the built documentation, in a headless Chromium."""
    session.install("--editable", ".[browser]")
    options = ("-q", "-W", "-E", "-b", "html")
    session.run("python", "-m", "sphinx", *options, "docs", "docs/_build/html")
    session.run("python", "-m", "pytest", *PLAYGROUND, *session.posargs)


@nox.session
def engines(session: nox.Session) -> None:
    """The tests on Spark, which needs Java, and on Ray."""
    session.install("-e", ".[engines]")
    session.run("pytest", "tests/engines", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """A short run of atheris on each entry point, which any finding fails."""
    if not HAS_ATHERIS:
        session.warn("NOTHING IS FUZZED: atheris has no wheel for this platform")
        session.skip("no atheris")
    session.install("--editable", ".[fuzz]")
    for entry in FUZZED:
        limits = ("--seconds", str(FUZZ_SECONDS), "--seed", "1")
        told = session.run("python", "tests/fuzz/fuzz.py", entry, *limits, silent=True)
        done = re.search("^Done ([0-9]+) runs", str(told), re.MULTILINE)
        if not done:
            session.error(f"{entry} was not fuzzed:\n{told}")
        session.log(f"{entry}: {done[1]} executions without a finding")


@nox.session
def mutation(session: nox.Session) -> None:
    """Mutants of the parsing modules that no test notices; it takes a while.

    Arguments are names of mutants, with wildcards: ``perfgoals.parse*``.
    """
    session.install("--editable", ".[mutation]")
    session.run("mutmut", "run", *session.posargs)
    session.run("mutmut", "results")


@nox.session
def wheel(session: nox.Session) -> None:
    """What users get: the built wheel in a clean environment, the source set aside."""
    shutil.rmtree(DIST, ignore_errors=True)
    run(session, "build", "--outdir", str(DIST))
    _assert_complete()
    [built] = DIST.glob("*.whl")

    session.install(str(built))
    session.run("python", "-I", "-c", "import perfgoals; print(perfgoals.__version__)")
    session.run("perfgoals", success_codes=[2])

    session.install(f"{built}[tests]")
    table = ROOT / "examples" / "data" / "goals-2023.txt"
    session.run("perfgoals", "parse", "--exit-zero", str(table), silent=True)
    folder = Path(session.create_tmp()).resolve()
    for name in ("tests", "docs", "examples", "benchmarks"):
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    for path in (*ROOT.glob("*.md"), *map(ROOT.joinpath, BESIDE_TESTS)):
        shutil.copy(path, folder)
    session.chdir(folder)
    _test(session, "python")


def _assert_complete() -> None:
    """The wheel holds the files of the package, the sdist everything it is made of."""
    files = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    [built] = DIST.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        in_wheel = {name for name in archive.namelist() if ".dist-info/" not in name}
    [source] = DIST.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        in_sdist = {name.partition("/")[2] for name in archive.getnames()}
    if in_wheel != files:
        sys.exit(f"the wheel differs from src: {sorted(in_wheel ^ files)}")
    if missing := {f"src/{name}" for name in files} - in_sdist:
        sys.exit(f"the sdist lacks {sorted(missing)}")
