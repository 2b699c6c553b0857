"""The folder that the browser loads Python and perfgoals from."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from _ext.playground import assets

ROOT = Path(__file__).parents[3]
PYODIDE_FILES = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
    "python_stdlib.zip",
)
MANIFEST = "manifest.json"


def build(folder: Path, cache: Path) -> None:
    """Fill *folder*: Pyodide, the wheels, and a manifest that names and sizes them.

    What others made comes from the *cache*, which is filled first if need be.

    Raises ``AssetsMissingError`` if something cannot be had here.
    """
    assets.fetch(cache)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _extract(assets.pyodide().checked(cache), folder)
    for wheel in assets.wheels():
        shutil.copy(wheel.checked(cache), folder)
    _build_wheel(folder)
    _write_manifest(folder)


def _extract(package: Path, folder: Path) -> None:
    with tarfile.open(package) as archive:
        for name in PYODIDE_FILES:
            file = archive.extractfile(f"package/{name}")
            if file is None:
                msg = f"{package} holds no {name}"
                raise assets.IntegrityError(msg)
            with file, (folder / name).open("wb") as copy:
                shutil.copyfileobj(file, copy)


def _build_wheel(folder: Path) -> None:
    """Build the wheel of this tree, without a network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d"]
    subprocess.run(  # noqa: S603  (a command of our own)
        [*command, str(folder.resolve())], cwd=ROOT, capture_output=True, check=True
    )


def _write_manifest(folder: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    manifest = {
        "pyodide": assets.pyodide().version,
        "wheels": [name for name in sizes if name.endswith(".whl")],
        "sizes": sizes,
    }
    text = json.dumps(manifest, indent=2)
    (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
