"""``perfgoals explain`` and ``perfgoals target``: small questions, answered at once."""

from __future__ import annotations

import re

import click

from perfgoals.cli import _options
from perfgoals.cli._findings import styled
from perfgoals.cli._output import UnusableError, as_json, put, show
from perfgoals.diagnostics import Rule, Severity, catalogue
from perfgoals.formatter import to_text

_CODE = re.compile("PG[0-9]+", re.IGNORECASE)


@click.command("explain", context_settings={"ignore_unknown_options": True})
@click.argument("questions", metavar="[CODE|TEXT]...", nargs=-1)
@_options.syntax_option
@_options.lang_option
def explain_command(
    *, questions: tuple[str, ...], syntax: str | None, language: str
) -> None:
    """Say what findings such as PG301 mean, or how a text is read.

    Without CODE all findings are listed. Of a TEXT, a cell or a value, the tree and the
    tokens are shown, each with its characters and the line of the grammar that it comes
    from, then the result and the findings.
    """
    rules = catalogue()
    if not questions:
        lines = (
            f"{rule.code}  {rule.severity:7}  {rule.name}\n" for rule in rules.values()
        )
        show("".join(lines))
        return
    in_force = _options.syntax_of(syntax)
    pages = []
    for question in questions:
        if not _CODE.fullmatch(question):
            pages.append(in_force.explain(question).translated(language).render())
        elif question.upper() in rules:
            pages.append(_explained(rules[question.upper()], language))
        else:
            msg = f"there is no finding {question}; perfgoals explain lists all"
            raise UnusableError(msg)
    show("\n".join(pages))


def _explained(rule: Rule, language: str) -> str:
    head = f"{rule.code} {rule.name} ({rule.severity})"
    return f"{head}\n\n  {rule.message[language]}\n  {rule.hint[language]}\n"


@click.command("target", context_settings={"ignore_unknown_options": True})
@click.argument("values", metavar="VALUE...", nargs=-1, required=True)
@click.option("--name", help="Name of the indicator, which settles some readings.")
@_options.syntax_option
@_options.lang_option
@_options.colour_option
def target_command(
    *, values: tuple[str, ...], name: str | None, syntax: str | None, language: str
) -> int:
    """Show how target values are read.

    Each gets a line of JSON with the reading and its canonical text. Findings go to
    standard error; the exit code is 1 if one of them is of severity error.
    """
    from perfgoals.serialize import to_dict

    in_force = _options.syntax_of(syntax)
    found_error = False
    for value in values:
        target, findings = in_force.read_target(value, name=name)
        line = {"target": to_dict(target), "text": to_text(target)}
        put(as_json(line) + "\n")
        for finding in findings:
            click.echo(styled(finding.translated(language), value), err=True)
            found_error |= finding.severity is Severity.ERROR
    return int(found_error)
