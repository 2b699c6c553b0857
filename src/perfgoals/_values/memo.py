"""Values that were read before: most of a table stand in it again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from perfgoals._values.ambiguity import is_rate
from perfgoals._values.kinds import OF_RATES

if TYPE_CHECKING:
    from perfgoals._values.kinds import Reading
    from perfgoals.diagnostics import Diagnostic
    from perfgoals.targets import Target

SIZE = 4096
"""So many texts are kept; then all are forgotten, as a new one costs little."""

LENGTH = 64
"""A longer text is not kept."""

T = TypeVar("T")


class ValueReader(Protocol):
    """From a text, and whether it is the value of a rate, to its reading."""

    def __call__(self, text: str, /, *, of_rate: bool) -> Reading: ...


class ValueMemo:
    """Reads values, each short one once; safe to share between threads.

    A plain dictionary by the text costs a fifth of what ``functools.lru_cache``
    does. Only for few values it matters whether they are those of a rate, and only
    for these the name is looked at.
    """

    __slots__ = ("_of_others", "_of_rates", "_read", "_same")

    def __init__(self, read: ValueReader) -> None:
        self._read = read
        self._same: dict[str, Reading] = {}
        self._of_rates: dict[str, Reading] = {}
        self._of_others: dict[str, Reading] = {}

    def __len__(self) -> int:
        return len(self._same) + len(self._of_rates) + len(self._of_others)

    def read(
        self, text: str, name: str | None
    ) -> tuple[Target, tuple[Diagnostic, ...]]:
        """What *text* says as the value of an indicator called *name*."""
        known = self._same.get(text)
        if known is None:
            of_rate = is_rate(name)
            kept = self._of_rates if of_rate else self._of_others
            known = kept.get(text)
            if known is None:
                known = self._read(text, of_rate=of_rate)
                remember(kept if known[0] & OF_RATES else self._same, text, known)
        return known[1:]


def remember(memo: dict[str, T], text: str, known: T) -> None:
    """Keep what is *known* of *text*, unless that is long; a full *memo* is cleared."""
    if len(text) > LENGTH:
        return
    if len(memo) >= SIZE:
        memo.clear()
    memo[text] = known
