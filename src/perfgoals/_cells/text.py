"""Indicators as canonical text, in the inline syntax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals._values.text import target_text
from perfgoals.targets import Absent, Target

if TYPE_CHECKING:
    from perfgoals.model import Category, Indicator, Level


def indicator_text(indicator: Indicator) -> str:
    """The canonical text of *indicator*, its closing 。 included.

    Names and values stay as printed; ★ in front of the name marks a core indicator.
    A field that the indicator does not have is left out, but both labels are written.
    """
    extras = indicator.extras
    ordinal = "" if indicator.ordinal is None else f"{indicator.ordinal}、"
    fields = (
        _coded_text(indicator.level),
        _coded_text(indicator.category),
        ("★" if indicator.core else "") + indicator.name,
        f"实施周期指标值:{_value_text(indicator.period)}",
        f"年度指标值:{_value_text(indicator.annual)}",
        *(f"{one.label or one.field}:{_value_text(one.value)}" for one in extras),
    )
    return f"{ordinal}{'；'.join(filter(None, fields))}。"


def _coded_text(coded: Level | Category | None) -> str:
    if coded is None:
        return ""
    return coded.name if coded.code is None else f"{coded.code}-{coded.name}"


def _value_text(target: Target) -> str:
    """The value as printed, or in canonical form where it never was printed."""
    if target.raw or isinstance(target, Absent):
        return target.raw
    return target_text(target)
