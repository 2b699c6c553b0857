"""A kind of value of your own: the grade of a scenic area or a credit, ``AAA级``."""

from __future__ import annotations

import attrs

import perfgoals as pg


@pg.register_target
@attrs.frozen(kw_only=True)
class Grade(pg.CustomTarget):
    """A grade by its letters: ``AAA级以上`` is at least AAA."""

    kind = "grade"
    letters: str
    comparator: pg.Comparator | None = None


def grade(parts: tuple[pg.Part, ...]) -> Grade:
    """From the tokens of the rule ``grade`` to a target."""
    letters, *rest = parts
    return Grade(
        letters=letters.text.removesuffix("级"),
        comparator=pg.Comparator.AT_LEAST if rest else None,
    )


SYNTAX = pg.Syntax.default().extend(
    grammar="""
        %extend _core: grade         // AA级
        grade: GRADE GRADE_OR_MORE?  // AAA级以上
        GRADE.20: /A{1,5}级/
        GRADE_OR_MORE.20: /(?<=A级)及?以上/
    """,
    tree={"grade": grade},
)

VALUES = ("AAA级以上", "AA级", "AA级，游客满意度≥95%")

if __name__ == "__main__":
    for value in VALUES:
        print(pg.to_json(pg.parse_target(value, syntax=SYNTAX)))
