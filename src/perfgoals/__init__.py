"""Chinese budget performance goals (项目支出绩效目标表) as exact typed objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals.check import check
from perfgoals.diagnostics import Diagnostic, Severity
from perfgoals.errors import (
    ExtensionError,
    LoadError,
    MissingExtraError,
    ParseError,
    PerfgoalsError,
    ReadError,
)
from perfgoals.model import (
    Category,
    Extra,
    Funding,
    GoalTable,
    Indicator,
    IndicatorList,
    Level,
    Project,
    Total,
)
from perfgoals.parse import parse, parse_target
from perfgoals.spans import Location, Span
from perfgoals.targets import (
    Absent,
    Comparator,
    Compound,
    CustomTarget,
    DateRange,
    Deadline,
    Qualitative,
    Quantity,
    Range,
    Target,
)

if TYPE_CHECKING:
    from perfgoals import batch
    from perfgoals._custom_targets import register_target
    from perfgoals._methods import Part
    from perfgoals._syntaxes import named_syntax, syntax_from_file, syntax_names
    from perfgoals.comparison import Comparison, Relation, compare
    from perfgoals.explain import Explanation
    from perfgoals.formatter import to_text
    from perfgoals.labels import Labels
    from perfgoals.readers import Limits
    from perfgoals.serialize import from_dict, from_json, json_schema, to_dict, to_json
    from perfgoals.syntax import Syntax
    from perfgoals.tables import read_table, read_tables
    from perfgoals.taxonomy import Taxonomy
    from perfgoals.units import Units

__version__ = "0.1.0"

__all__ = [
    "Absent",
    "Category",
    "Comparator",
    "Comparison",
    "Compound",
    "CustomTarget",
    "DateRange",
    "Deadline",
    "Diagnostic",
    "Explanation",
    "ExtensionError",
    "Extra",
    "Funding",
    "GoalTable",
    "Indicator",
    "IndicatorList",
    "Labels",
    "Level",
    "Limits",
    "LoadError",
    "Location",
    "MissingExtraError",
    "ParseError",
    "Part",
    "PerfgoalsError",
    "Project",
    "Qualitative",
    "Quantity",
    "Range",
    "ReadError",
    "Relation",
    "Severity",
    "Span",
    "Syntax",
    "Target",
    "Taxonomy",
    "Total",
    "Units",
    "batch",
    "check",
    "compare",
    "from_dict",
    "from_json",
    "json_schema",
    "named_syntax",
    "parse",
    "parse_target",
    "read_table",
    "read_tables",
    "register_target",
    "syntax_from_file",
    "syntax_names",
    "to_dict",
    "to_json",
    "to_text",
]

if not TYPE_CHECKING:  # a type checker would take any name for one of ours
    _LATER = {
        "_custom_targets": ("register_target",),
        "_methods": ("Part",),
        "_syntaxes": ("named_syntax", "syntax_from_file", "syntax_names"),
        "comparison": ("Comparison", "Relation", "compare"),
        "explain": ("Explanation",),
        "formatter": ("to_text",),
        "labels": ("Labels",),
        "readers": ("Limits",),
        "serialize": ("from_dict", "from_json", "json_schema", "to_dict", "to_json"),
        "syntax": ("Syntax",),
        "tables": ("read_table", "read_tables"),
        "taxonomy": ("Taxonomy",),
        "units": ("Units",),
    }
    """What is loaded when it is first used, by its module: most use but one of them."""

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name == "batch":
            return import_module("perfgoals.batch")
        for module, names in _LATER.items():
            if name in names:
                return getattr(import_module(f"perfgoals.{module}"), name)
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
