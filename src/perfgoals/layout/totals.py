"""Which rows of a table are no projects, but sum others up."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from perfgoals.amounts import exact_context, exact_sum, plain_text
from perfgoals.vocabulary import Vocabulary, without_remark

if TYPE_CHECKING:
    from collections.abc import Sequence


@attrs.frozen(kw_only=True)
class Line:
    """What tells a total from a project; its content is a goal and indicators."""

    name: str
    amount: Decimal | None
    has_content: bool


def total_lines(lines: Sequence[Line], department: str | None) -> frozenset[int]:
    """The indices of the *lines* that are totals.

    A line with a goal or indicators is a project, unless its name is one of the
    words for a total (合计). Without either it is a total in these cases:

    1. its name is or ends with a word for a total;
    2. its name is that of the department, remarks in brackets left aside;
    3. it stands behind a total, repeats its amount, and projects with money follow;
    4. it is the exact sum of the projects that follow it, up to the next total or the
       end: the row of a unit, above its projects. One project alone is no evidence,
       and nothing of the kind is assumed where the printed grand total is the sum of
       all such lines taken as projects.
    """
    named = {i for i, line in enumerate(lines) if _is_named(line, department)}
    named |= _repeating(lines, named)
    return frozenset(named | _summing(lines, named))


def _is_named(line: Line, department: str | None) -> bool:
    words = Vocabulary.packaged()
    if line.has_content:
        return words.is_grand_total(line.name)
    name, unit = without_remark(line.name), without_remark(department or "")
    return words.is_total(line.name) or (name == unit and unit != "")


def _repeating(lines: Sequence[Line], named: set[int]) -> set[int]:
    """Case 3, as often as such lines stand one behind the other."""
    funded = (i for i, line in enumerate(lines) if line.has_content and line.amount)
    found: set[int] = set()
    for i in range(1, max(funded, default=0)):
        line, before = lines[i], lines[i - 1]
        if line.has_content or not line.amount or line.amount != before.amount:
            continue
        if i - 1 in named or i - 1 in found:
            found.add(i)
    return found


def _summing(lines: Sequence[Line], totals: set[int]) -> set[int]:
    """Case 4, from the last line to the first: linear, sums being looked up."""
    context = exact_context()
    behind, count = Decimal(0), 0
    count_at_sum = {plain_text(behind): count}
    found: dict[int, int] = {}
    for i in reversed(range(len(lines))):
        amount = lines[i].amount or Decimal(0)
        sought = plain_text(context.subtract(behind, amount))
        is_open = i not in totals and not lines[i].has_content
        if is_open and amount and sought in count_at_sum:
            found[i] = count - count_at_sum[sought]
        if i in totals or i in found:
            count_at_sum[plain_text(behind)] = count
        else:
            behind, count = context.add(behind, amount), count + 1
    return set(found) if _is_evident(lines, totals, found, behind) else set()


def _is_evident(
    lines: Sequence[Line], totals: set[int], found: dict[int, int], projects: Decimal
) -> bool:
    """Whether the lines *found*, each of so many projects, are totals after all.

    *projects* is what the other lines sum up to.
    """
    grand_totals = (lines[i].amount for i in sorted(totals) if _is_grand(lines[i]))
    grand_total = next((amount for amount in grand_totals if amount is not None), None)
    if grand_total == projects:
        return True
    everything = exact_sum((projects, *(lines[i].amount for i in found)))
    return grand_total != everything and max(found.values(), default=0) > 1


def _is_grand(line: Line) -> bool:
    words = Vocabulary.packaged()
    return words.is_grand_total(line.name) or not words.is_total(line.name)
