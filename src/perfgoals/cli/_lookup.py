"""``perfgoals explain`` and ``perfgoals target``: small questions, answered at once."""

from __future__ import annotations

import click

from perfgoals.cli import _options
from perfgoals.cli._findings import styled
from perfgoals.cli._output import UnusableError, as_json, put, show
from perfgoals.diagnostics import Rule, Severity, catalogue
from perfgoals.excerpt import printable
from perfgoals.formatter import to_text
from perfgoals.syntax import Syntax


@click.command("explain")
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@_options.lang_option
def explain_command(*, codes: tuple[str, ...], language: str) -> None:
    """Say what findings such as PG301 mean.

    Without CODE all are listed.
    """
    rules = catalogue()
    if not codes:
        lines = (
            f"{rule.code}  {rule.severity:7}  {rule.name}\n" for rule in rules.values()
        )
        show("".join(lines))
        return
    unknown = [code for code in codes if code.upper() not in rules]
    if unknown:
        msg = (
            f"there is no finding {printable(unknown[0])}; perfgoals explain lists all"
        )
        raise UnusableError(msg)
    pages = (_explained(rules[code.upper()], language) for code in codes)
    show("\n".join(pages))


def _explained(rule: Rule, language: str) -> str:
    head = f"{rule.code} {rule.name} ({rule.severity})"
    return f"{head}\n\n  {rule.message[language]}\n  {rule.hint[language]}\n"


@click.command("target", context_settings={"ignore_unknown_options": True})
@click.argument("values", metavar="VALUE...", nargs=-1, required=True)
@click.option("--name", help="Name of the indicator, which settles some readings.")
@_options.lang_option
@_options.colour_option
def target_command(*, values: tuple[str, ...], name: str | None, language: str) -> int:
    """Show how target values are read.

    Each gets a line of JSON with the reading and its canonical text. Findings go to
    standard error; the exit code is 1 if one of them is of severity error.
    """
    from perfgoals.serialize import to_dict

    found_error = False
    for value in values:
        target, findings = Syntax.default().read_target(value, name=name)
        line = {"target": to_dict(target), "text": to_text(target)}
        put(as_json(line) + "\n")
        for finding in findings:
            click.echo(styled(finding.translated(language), value), err=True)
            found_error |= finding.severity is Severity.ERROR
    return int(found_error)
