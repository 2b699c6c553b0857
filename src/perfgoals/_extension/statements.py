"""The statements of a grammar text: what each defines, refers to, and stands where."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import attrs

from perfgoals.errors import ExtensionError
from perfgoals.spans import Location, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_GRAMMAR = 20_000
"""The most characters of a grammar text: a longer one takes minutes to compile."""

_HEAD = re.compile(
    r"[ \t]*(?:%(?P<directive>[a-z]+)[ \t]+)?(?P<modifiers>[?!]*)"
    r"(?P<name>_?(?:[a-z][a-z0-9_]*|[A-Z][A-Z0-9_]*))"
    r"(?P<priority>\.-?[0-9]{1,9})?[ \t]*:(?P<body>.*)",
    re.DOTALL,
)
_DIRECTIVE = re.compile(r"[ \t]*%(?P<directive>[a-z]+)(?P<rest>.*)", re.DOTALL)
_LITERAL = r'"(?:\\.|[^"\\\n])*"i?|/(?!/)(?:\\.|[^/\\\n])*/[imslux]*'
_COMMENT = re.compile(rf"(?P<kept>{_LITERAL})|//[^\n]*|#[^\n]*")
LITERALS = re.compile(_LITERAL)
_NAME = re.compile(r"(?<![A-Za-z0-9_])_?[A-Za-z][A-Za-z0-9_]*")
_ALIAS = re.compile(r"->\s*(_?[a-z][a-z0-9_]*)")
_LIBRARY = re.compile(r"\s*common\s*\.\s*(?P<name>[A-Z_]+)\s*")


@attrs.frozen(kw_only=True)
class Statement:
    """One statement: ``%extend UNIT: "亩垄"`` or the definition of a rule.

    ``directive`` is ``extend``, ``override``, ``import`` or empty; ``body`` is what
    stands behind the colon, without comments; ``line`` is where it begins, from one,
    and ``lines`` how long it is.
    """

    directive: str
    name: str
    body: str
    line: int
    lines: int

    @property
    def is_terminal(self) -> bool:
        """Whether it defines a terminal, whose names are upper-case."""
        return self.name.isupper()

    @property
    def is_new(self) -> bool:
        """Whether it defines a name, and does not extend or override one."""
        return self.directive in {"", "import"}

    @property
    def aliases(self) -> tuple[str, ...]:
        """The names behind ``->``, by which the forms of a rule go."""
        return tuple(_ALIAS.findall(self.without_literals))

    @property
    def references(self) -> frozenset[str]:
        """The names of the rules and terminals that it is made of."""
        if self.directive == "import":
            return frozenset()
        return frozenset(_NAME.findall(_ALIAS.sub("", self.without_literals)))

    @property
    def without_literals(self) -> str:
        """The body without the texts and patterns in it."""
        return LITERALS.sub(" ", self.body)


@attrs.frozen(kw_only=True)
class Source:
    """The grammar text of an extension, and the name of its file, if it has one."""

    text: str
    file: str | None = None

    def mistake(
        self, message: str, at: Statement | int | None = None
    ) -> ExtensionError:
        """What is wrong *at* a statement or line of the text, as an exception."""
        if at is None:
            return ExtensionError(message, location=self._location(None))
        line = at if isinstance(at, int) else at.line
        start, end = self._extent(line)
        return ExtensionError(
            message,
            location=self._location(line),
            span=Span(start, end),
            source=self.text,
        )

    def _location(self, line: int | None) -> Location:
        return Location(file=self.file or "grammar", row=line)

    def _extent(self, line: int) -> tuple[int, int]:
        lines = self.text.split("\n")
        shown = lines[line - 1].rstrip()
        start = sum(len(before) + 1 for before in lines[: line - 1])
        return start + len(shown) - len(shown.lstrip()), start + len(shown)


def read_statements(source: Source) -> tuple[Statement, ...]:
    """The statements of *source*, in order.

    Raises ``ExtensionError`` for a text that is too long, a line that is none, or one
    that perfgoals refuses: ``%ignore`` would lose text, ``%declare`` and imports of
    files have no place.
    """
    if len(source.text) > LONGEST_GRAMMAR:
        msg = (
            f"the grammar has more than {LONGEST_GRAMMAR} characters; long lists of "
            "words belong in labels, taxonomy or units"
        )
        raise source.mistake(msg)
    return tuple(
        _statement(source, text, line, lines)
        for line, lines, text in _logical_lines(source.text)
    )


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Words that propose the nearest of the *known* names, or nothing."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""


def _logical_lines(text: str) -> list[tuple[int, int, str]]:
    """The first line, the number of lines and the text of each statement."""
    found: list[tuple[int, int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        bare = _without_comment(line)
        if not bare.strip():
            continue
        if bare.lstrip().startswith("|") and found:
            first, _, before = found[-1]
            found[-1] = (first, number - first + 1, f"{before}\n{bare}")
        else:
            found.append((number, 1, bare))
    return found


def _without_comment(line: str) -> str:
    return _COMMENT.sub(lambda match: match["kept"] or "", line)


def _statement(source: Source, text: str, line: int, lines: int) -> Statement:
    head = _HEAD.fullmatch(text)
    directive = _DIRECTIVE.fullmatch(text)
    if head and head["directive"] in {None, "extend", "override"}:
        if head["directive"] == "extend" and (head["modifiers"] or head["priority"]):
            raise source.mistake(_as_it_was(head["name"]), line)
        return Statement(
            directive=head["directive"] or "",
            name=head["name"],
            body=head["body"],
            line=line,
            lines=lines,
        )
    imported = directive and _LIBRARY.fullmatch(directive["rest"])
    if directive and directive["directive"] == "import" and imported:
        return Statement(
            directive="import",
            name=imported["name"],
            body=text,
            line=line,
            lines=lines,
        )
    raise source.mistake(_refusal(directive["directive"] if directive else ""), line)


def _as_it_was(name: str) -> str:
    """What to do instead of giving *name* a priority where it is extended."""
    return (
        f"what extends {name} cannot change its priority, nor be marked ? or !; "
        f"write “%extend {name}: …”, or “%override” to define it anew"
    )


def _refusal(directive: str) -> str:
    match directive:
        case "ignore":
            return "%ignore is refused: every character belongs to what is read"
        case "import":
            return "only terminals of Lark's common library can be imported, one by one"
        case "declare":
            return "%declare is refused: a terminal needs a pattern"
        case _:
            return (
                "expected “name: …”, “%extend name: …” or “%override name: …”; a rule "
                "has a name in lower-case letters, a terminal in upper-case ones"
            )
