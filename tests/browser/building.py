"""What the documentation says where the playground cannot be built into it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CONFIGURATION = f"""
import sys
sys.path[:0] = [{str(DOCS)!r}]
extensions = ["_ext.playground"]
"""


def build(
    folder: Path, assets: Path, *options: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Build a page with nothing but a playground; no program is found but Python."""
    source = folder / "source"
    (source / "reference").mkdir(parents=True)
    (source / "conf.py").write_text(CONFIGURATION, encoding="utf-8")
    (source / "index.rst").write_text("Page\n====\n\n.. playground::\n", "utf-8")
    (source / "reference" / "diagnostics.rst").write_text(
        ":orphan:\n\nCodes\n=====\n", "utf-8"
    )
    options = ("-q", "-W", "-D", f"playground_assets={assets}", *options)
    plain = {key: value for key, value in os.environ.items() if key != "CI"}
    return subprocess.run(  # noqa: S603  (a command of our own)
        [sys.executable, "-m", "sphinx", *options, str(source), str(folder / "html")],
        env={**plain, "PATH": "", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def page(folder: Path) -> str:
    return (folder / "html" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "built without the runtime"), ("zh_CN", "未包含试用页的运行环境")],
)
def test_page_says_that_there_is_no_runtime(
    tmp_path: Path, language: str, words: str
) -> None:
    result = build(tmp_path, tmp_path / "empty", "-D", f"language={language}")
    assert result.returncode == 0, result.stderr
    assert result.stderr == "!!! the playground has no runtime: there is no npm\n"
    assert words in page(tmp_path)
    assert "perfgoals-playground" not in page(tmp_path)
    assert not (tmp_path / "html/_static/playground/runtime").exists()


def test_ci_fails_without_runtime(tmp_path: Path) -> None:
    result = build(tmp_path, tmp_path / "empty", CI="true")
    assert result.returncode != 0
    assert "the playground has no runtime: there is no npm" in result.stderr


def test_cache_is_enough(tmp_path: Path) -> None:
    """No npm, and an index that has nothing: all comes from the cache."""
    result = build(tmp_path, DOCS / "_assets", PIP_INDEX_URL="http://127.0.0.1:9")
    assert result.returncode == 0, result.stderr
    assert 'id="perfgoals-playground"' in page(tmp_path)
    runtime = tmp_path / "html" / "_static" / "playground" / "runtime"
    assert len(list(runtime.glob("perfgoals-*.whl"))) == 1


def test_file_that_was_not_pinned_fails_everywhere(tmp_path: Path) -> None:
    assets = tmp_path / "assets"
    shutil.copytree(DOCS / "_assets", assets)
    [wheel] = assets.glob("lark-*.whl")
    wheel.write_bytes(wheel.read_bytes() + b" ")
    result = build(tmp_path, assets)
    assert result.returncode != 0
    assert f"{wheel.name}: expected sha256" in result.stderr
