"""Findings about documents, and the one table that their texts come from."""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterable, Mapping

import attrs

from perfgoals._build import maker
from perfgoals._data import load_table
from perfgoals.excerpt import excerpt, printable
from perfgoals.spans import Location, Span

_QUOTED = 40
"""How many characters of a document a message quotes at most."""

_REMEMBERED = 100
"""With how many characters of a document the text of a finding is kept at most."""

LANGUAGES = ("en", "zh")


class Severity(enum.StrEnum):
    """How much a finding matters.

    An ``error`` contradicts itself or loses a value, a ``warning`` is probably not
    what was meant, an ``info`` is only worth knowing.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@attrs.frozen(kw_only=True)
class Rule:
    """One row of the catalogue: what a diagnostic *code* means, in each language.

    ``message`` and ``hint`` map a language to a text with named ``{fields}``.
    """

    code: str
    name: str
    severity: Severity
    message: Mapping[str, str]
    hint: Mapping[str, str]


@attrs.frozen(kw_only=True, weakref_slot=False)
class Diagnostic:
    """One finding: what is wrong, how bad it is, where, and what to do.

    ``span`` counts in the text of the cell at ``location``. ``arguments`` are the
    names and texts that the message speaks of, so that it can be said in another
    language.
    """

    code: str
    severity: Severity
    message: str
    span: Span = Span(0, 0)
    location: Location = Location()
    hint: str | None = None
    arguments: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, span: Span = Span(0, 0), /, **arguments: str) -> Diagnostic:
        """The finding *code* of the catalogue, said in English.

        *arguments* fill the named fields of its message.
        """
        known = tuple(arguments.items())
        if sum(map(len, arguments.values())) > _REMEMBERED:
            return _placed(_said(code, known), span)
        return _placed(_said_before(code, known), span)

    def shifted(self, offset: int) -> Diagnostic:
        """The same finding, seen in a text that begins *offset* earlier."""
        span = self.span
        return _placed(self, _span(span.start + offset, span.end + offset))

    def at(self, location: Location) -> Diagnostic:
        """The same finding, in the cell at *location*."""
        return attrs.evolve(self, location=location)

    def translated(self, language: str) -> Diagnostic:
        """The same finding with message and hint in *language* (``en`` or ``zh``)."""
        rule = catalogue()[self.code]
        arguments = dict(self.arguments)
        return attrs.evolve(
            self,
            message=_fill(rule.message[language], arguments),
            hint=_fill(rule.hint[language], arguments) or None,
        )

    def render(self, source: str) -> str:
        """The finding as lines for a terminal: text, the line of *source*, carets.

        *source* is the text of the cell that the span counts in; with it, the place
        ends in the number of the first character, counted from one.
        """
        character = [str(self.span.start + 1)] if source else []
        place = ":".join(filter(None, [printable(str(self.location)), *character]))
        lines = [f"{place and f'{place}: '}{self.severity} {self.code}: {self.message}"]
        if source:
            lines.append(excerpt(source, self.span))
        if self.hint:
            lines.append(f"= {self.hint}")
        return "\n".join(lines)


_START, _NOWHERE = Span(0, 0), Location()
_make = maker(Diagnostic)
_span = maker(Span)


def _placed(finding: Diagnostic, span: Span) -> Diagnostic:
    return _make(
        finding.code,
        finding.severity,
        finding.message,
        span,
        finding.location,
        finding.hint,
        finding.arguments,
    )


def _said(code: str, known: tuple[tuple[str, str], ...]) -> Diagnostic:
    rule = catalogue()[code]
    arguments = dict(known)
    message = _fill(rule.message["en"], arguments)
    hint = _fill(rule.hint["en"], arguments) or None
    return _make(code, rule.severity, message, _START, _NOWHERE, hint, known)


_said_before = functools.lru_cache(1024)(_said)


def ordered(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The *findings* by their location in the file, then by span and code."""
    return tuple(sorted(findings, key=_place))


@functools.cache
def catalogue() -> Mapping[str, Rule]:
    """Every diagnostic that perfgoals can emit, by code."""
    rows = load_table("diagnostics")["diagnostic"]
    return {
        row["code"]: Rule(
            code=row["code"],
            name=row["name"],
            severity=Severity(row["severity"]),
            message={language: row[language] for language in LANGUAGES},
            hint={language: row[f"hint_{language}"] for language in LANGUAGES},
        )
        for row in rows
    }


def _place(finding: Diagnostic) -> tuple[str, int, int, int, Span, str]:
    location = finding.location
    numbers = (location.page, location.row, location.column)
    page, row, column = (number or 0 for number in numbers)
    return location.sheet or "", page, row, column, finding.span, finding.code


def _fill(text: str, arguments: Mapping[str, str]) -> str:
    """*text* with its fields filled in; what documents say is clipped and escaped."""
    if "{" not in text:
        return text
    shown = {key: printable(value, _QUOTED) for key, value in arguments.items()}
    return text.format_map(shown)
