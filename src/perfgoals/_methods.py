"""The methods that an extension brings: what the parts of a rule mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import attrs

from perfgoals.errors import ExtensionError, PerfgoalsError
from perfgoals.spans import Span

Method: TypeAlias = Callable[[tuple["Part", ...]], Any]
"""From the parts of a rule to what it means."""


@attrs.frozen(kw_only=True)
class Part:
    """A part of what a rule of an extension has read: a token, or another rule.

    ``name`` is that of the terminal or rule, ``text`` what stands there, ``span``
    where: it counts in the text that is read, the cell or the value. ``value`` is what
    the method of the rule returned, or ``None`` for a token. In values, signs and
    digits come in their plain half-width forms.
    """

    name: str
    text: str
    span: Span
    value: Any = None


@attrs.frozen
class Methods:
    """The methods of an extension by the names of their rules."""

    _by_rule: Mapping[str, Method] = attrs.field(factory=dict)

    @classmethod
    def of(cls, tree: object, rules: frozenset[str]) -> Methods:
        """The methods that *tree* has: a mapping, or an object with methods.

        Of an object only the methods count that are named like one of *rules*.
        Raises ``ExtensionError`` for what cannot be called.
        """
        if tree is None:
            found: dict[Any, Any] = {}
        elif isinstance(tree, Mapping):
            found = dict(tree)
        else:
            found = {name: getattr(tree, name) for name in rules if hasattr(tree, name)}
        for name, method in found.items():
            if not isinstance(name, str) or not callable(method):
                msg = f"tree[{name!r}] must be a function of the parts of a rule"
                raise ExtensionError(msg)
        return cls(found)

    def __contains__(self, rule: object) -> bool:
        return rule in self._by_rule

    def __bool__(self) -> bool:
        return bool(self._by_rule)

    @property
    def rules(self) -> frozenset[str]:
        """The rules that there is a method for."""
        return frozenset(self._by_rule)

    def joined(self, other: Methods) -> Methods:
        """These methods and those of *other*, which come first."""
        return Methods({**self._by_rule, **other._by_rule})

    def call(self, rule: str, parts: tuple[Part, ...]) -> Any:
        """What the method of *rule* makes of *parts*.

        Raises ``ExtensionError`` where the method fails.
        """
        try:
            return self._by_rule[rule](parts)
        except PerfgoalsError:
            raise
        except Exception as error:
            msg = f"the method of the rule {rule} failed: {error!r}"
            raise ExtensionError(msg) from error


def misused(rule: str, found: object, expected: str) -> ExtensionError:
    """The exception for a method of *rule* that returned the wrong kind of thing."""
    msg = f"the method of {rule} returned a {type(found).__name__}; expected {expected}"
    return ExtensionError(msg)
