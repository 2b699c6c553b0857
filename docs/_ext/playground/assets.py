"""The files that the playground runs on: pinned, fetched once, checked at each use."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import attrs

PINS = Path(__file__).with_name("pins.toml")


class AssetsMissingError(Exception):
    """A file is not in the cache, and cannot be fetched here."""


class IntegrityError(Exception):
    """A file is not the one that was pinned."""


@attrs.frozen(kw_only=True)
class Asset:
    """One file of the cache, with its *digest* as ``algorithm-base64``."""

    name: str
    version: str
    file: str
    digest: str

    def checked(self, cache: Path) -> Path:
        """Where the file is; raises ``IntegrityError`` if it is not what was pinned."""
        path = cache / self.file
        algorithm, _, expected = self.digest.partition("-")
        digest = hashlib.new(algorithm, path.read_bytes()).digest()
        actual = base64.b64encode(digest).decode()
        if actual != expected:
            msg = f"{path}: expected {algorithm} {expected}, found {actual}"
            raise IntegrityError(msg)
        return path


def pyodide() -> Asset:
    """The package of npm that holds Python for the browser."""
    pin = tomllib.loads(PINS.read_text("utf-8"))["pyodide"]
    version = pin["version"]
    return Asset(
        name="pyodide",
        version=version,
        file=f"pyodide-{version}.tgz",
        digest=pin["integrity"],
    )


def wheels() -> tuple[Asset, ...]:
    """The wheels that perfgoals needs; all are pure Python."""
    pins = tomllib.loads(PINS.read_text("utf-8"))["wheels"]
    return tuple(
        Asset(
            name=name,
            version=pin["version"],
            file=f"{name}-{pin['version']}-py3-none-any.whl",
            digest=f"sha256-{base64.b64encode(bytes.fromhex(pin['sha256'])).decode()}",
        )
        for name, pin in pins.items()
    )


def fetch(cache: Path) -> None:
    """Fill the folder *cache* with what it lacks.

    Raises ``AssetsMissingError`` if that cannot be done, as without a network.
    """
    cache.mkdir(parents=True, exist_ok=True)
    if not (cache / pyodide().file).is_file():
        _fetch_pyodide(pyodide(), cache)
    if missing := [one for one in wheels() if not (cache / one.file).is_file()]:
        _fetch_wheels(missing, cache)


def _fetch_pyodide(asset: Asset, cache: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        msg = "there is no npm"
        raise AssetsMissingError(msg)
    package = f"{asset.name}@{asset.version}"
    _fetch([npm, "pack", package, "--silent", "--pack-destination"], cache)


def _fetch_wheels(missing: list[Asset], cache: Path) -> None:
    names = [f"{asset.name}=={asset.version}" for asset in missing]
    options = ["--no-deps", "--only-binary", ":all:", *names, "--dest"]
    _fetch([sys.executable, "-m", "pip", "download", "--quiet", *options], cache)


def _fetch(command: list[str], cache: Path) -> None:
    """Run *command* on a new folder; what it leaves there moves into the *cache*.

    So no file of the cache is ever half of one.
    """
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        result = subprocess.run(  # noqa: S603  (commands of our own)
            [*command, folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if result.returncode:
            msg = f"{' '.join(command)}: {result.stdout.strip()[-500:]}"
            raise AssetsMissingError(msg)
        for path in Path(folder).iterdir():
            path.replace(cache / path.name)
