"""The public names are all there, whether imported at once or on demand."""

from __future__ import annotations

import importlib

import pytest

import perfgoals


@pytest.mark.parametrize("name", perfgoals.__all__)
def test_public_name_can_be_imported(name: str) -> None:
    assert getattr(perfgoals, name) is not None


def test_dir_lists_the_public_names() -> None:
    assert set(perfgoals.__all__) <= set(dir(perfgoals))


def test_public_names_are_sorted() -> None:
    assert perfgoals.__all__ == sorted(perfgoals.__all__)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'read_tabels'"):
        perfgoals.read_tabels  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("name", ["check", "parse"])
def test_function_is_not_hidden_by_its_module(name: str) -> None:
    """``perfgoals.check`` stays the function, also after its module was imported."""
    module = importlib.import_module(f"perfgoals.{name}")
    assert getattr(perfgoals, name) is getattr(module, name)
