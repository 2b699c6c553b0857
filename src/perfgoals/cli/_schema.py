"""``perfgoals schema``: what the JSON that is written and read looks like."""

from __future__ import annotations

from typing import Any

import click

from perfgoals.cli import _options
from perfgoals.cli._output import as_json, put


@click.command("schema")
@click.argument(
    "what", type=click.Choice(["table", "indicators", "target"]), default="table"
)
@_options.out_option
def schema_command(*, what: str, out: str | None) -> None:
    """Write the JSON Schema of a table, of the indicators of a cell or of a target.

    It is of the draft 2020-12, and says what perfgoals parse --to json writes of one
    table.
    """
    from perfgoals.model import GoalTable, IndicatorList
    from perfgoals.serialize import json_schema
    from perfgoals.targets import Target

    classes: dict[str, Any] = {
        "table": GoalTable,
        "indicators": IndicatorList,
        "target": Target,
    }
    put(as_json(json_schema(classes[what]), indent=2) + "\n", out)
