"""Strategies for hypothesis: any object of the model, hostile texts included."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from perfgoals.diagnostics import Diagnostic, Severity, catalogue
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
from perfgoals.spans import Location, Span
from perfgoals.targets import (
    Absent,
    Comparator,
    Compound,
    DateRange,
    Deadline,
    Qualitative,
    Quantity,
    Range,
    Target,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

WORDS = (
    "数量指标",
    "全年支付次数",
    "；年度指标值:",
    "不少于200家",
    "≥10次",
    "年底前100%完成",
    "。",
    "\u3000",
    "★",
)
UNITS = ("%", "‰", "次", "家", "万人次", "个工作日", "元", "m³")
DENOMINATORS = ("年", "人·年", "季度", "km")


def texts() -> SearchStrategy[str]:
    """Any text: words of real cells, and any character with lone surrogates."""
    return st.one_of(st.sampled_from(WORDS), st.text(st.characters(), max_size=8))


def optional_texts() -> SearchStrategy[str | None]:
    return st.none() | texts()


def numbers() -> SearchStrategy[Decimal]:
    """Decimals as a document prints them: up to 64 digits and no exponent."""
    return st.from_regex(r"-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,23})?", fullmatch=True).map(
        Decimal
    )


def dates() -> SearchStrategy[str]:
    """ISO 8601 dates, whole and partial, of days that exist in every year."""
    year = st.integers(1900, 2100).map(str)
    month = st.integers(1, 12).map("{:02}".format)
    day = st.integers(1, 28).map("{:02}".format)
    return st.one_of(
        year,
        st.builds("{}-{}".format, year, month),
        st.builds("{}-{}-{}".format, year, month, day),
        st.builds("--{}".format, month),
        st.builds("--{}-{}".format, month, day),
        st.builds("---{}".format, day),
    )


def spans() -> SearchStrategy[Span]:
    ends = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(sorted)
    return ends.map(lambda pair: Span(*pair))


def locations() -> SearchStrategy[Location]:
    place = st.none() | st.integers(1, 10**6)
    return st.builds(
        Location,
        file=optional_texts(),
        sheet=optional_texts(),
        page=place,
        row=place,
        column=place,
    )


def diagnostics() -> SearchStrategy[Diagnostic]:
    return st.builds(
        Diagnostic,
        code=st.sampled_from(sorted(catalogue())),
        severity=st.sampled_from(Severity),
        message=texts(),
        span=spans(),
        location=locations(),
        hint=optional_texts(),
        arguments=tuples_of(st.tuples(texts(), texts())),
    )


def tuples_of(parts: SearchStrategy[Any]) -> SearchStrategy[tuple[Any, ...]]:
    """Tuples of none to three of *parts*."""
    return st.lists(parts, max_size=3).map(tuple)


def printed() -> dict[str, SearchStrategy[Any]]:
    """The fields that every target has."""
    return {
        "raw": texts(),
        "note": optional_texts(),
        "ambiguities": tuples_of(texts()),
    }


def units() -> dict[str, SearchStrategy[Any]]:
    """The fields of targets that measure something."""
    return {
        "unit": st.none() | st.sampled_from(UNITS) | texts(),
        "per": st.none() | st.sampled_from(DENOMINATORS) | texts(),
    }


def comparators() -> SearchStrategy[Comparator | None]:
    return st.none() | st.sampled_from(Comparator)


def quantities() -> SearchStrategy[Quantity]:
    return st.builds(
        Quantity,
        comparator=comparators(),
        number=numbers(),
        **units(),
        **printed(),
    )


def ranges() -> SearchStrategy[Range]:
    return st.builds(Range, lower=numbers(), upper=numbers(), **units(), **printed())


def deadlines() -> SearchStrategy[Deadline]:
    return st.builds(
        Deadline,
        comparator=comparators(),
        date=st.none() | dates(),
        every=st.none() | st.sampled_from(["月", "年", "季度"]),
        **printed(),
    )


def date_ranges() -> SearchStrategy[DateRange]:
    return st.builds(DateRange, start=dates(), end=dates(), **printed())


def qualitatives() -> SearchStrategy[Qualitative]:
    return st.builds(Qualitative, text=texts(), comparator=comparators(), **printed())


def absents() -> SearchStrategy[Absent]:
    return st.builds(Absent, **printed())


def simple_targets() -> SearchStrategy[Target]:
    """Targets of every kind but compounds."""
    return st.one_of(
        quantities(), ranges(), deadlines(), date_ranges(), qualitatives(), absents()
    )


def compounds() -> SearchStrategy[Compound]:
    """Compounds of targets, some of them compounds of simple ones."""
    inner = st.builds(Compound, parts=tuples_of(simple_targets()), **printed())
    return st.builds(Compound, parts=tuples_of(simple_targets() | inner), **printed())


def targets() -> SearchStrategy[Target]:
    return simple_targets() | compounds()


def levels() -> SearchStrategy[Level]:
    return st.builds(
        Level,
        code=st.none() | st.sampled_from("123"),
        name=st.sampled_from(["产出指标", "效益指标"]) | texts(),
        concept=st.none() | st.sampled_from(["output", "benefit"]),
    )


def categories() -> SearchStrategy[Category]:
    return st.builds(
        Category,
        code=st.none() | st.sampled_from(["11", "22", "31"]),
        name=st.sampled_from(["数量指标", "社会效益"]) | texts(),
        concept=st.none() | st.sampled_from(["quantity", "social_benefit"]),
    )


def indicators() -> SearchStrategy[Indicator]:
    return st.builds(
        Indicator,
        ordinal=st.none() | st.integers(0, 10**6),
        level=st.none() | levels(),
        category=st.none() | categories(),
        name=texts(),
        period=targets(),
        annual=targets(),
        core=st.booleans(),
        extras=st.just(()) | tuples_of(extras()),
        span=spans(),
    )


def extras() -> SearchStrategy[Extra]:
    return st.builds(Extra, field=texts(), label=texts(), value=targets(), span=spans())


def indicator_lists() -> SearchStrategy[IndicatorList]:
    return st.builds(
        IndicatorList,
        items=tuples_of(indicators()),
        source=texts(),
        diagnostics=tuples_of(diagnostics()),
    )


def fundings() -> SearchStrategy[Funding]:
    amount = st.none() | numbers()
    return st.builds(
        Funding, total=amount, fiscal=amount, special_account=amount, other=amount
    )


def projects() -> SearchStrategy[Project]:
    return st.builds(
        Project,
        name=texts(),
        code=st.none() | st.sampled_from(["20202710000600027"]),
        funding=fundings(),
        goal=texts(),
        indicators=indicator_lists(),
        location=locations(),
    )


def totals() -> SearchStrategy[Total]:
    return st.builds(Total, name=texts(), funding=fundings(), location=locations())


def goal_tables() -> SearchStrategy[GoalTable]:
    return st.builds(
        GoalTable,
        title=optional_texts(),
        department=optional_texts(),
        currency_unit=optional_texts(),
        projects=tuples_of(projects()),
        totals=tuples_of(totals()),
        diagnostics=tuples_of(diagnostics()),
        source=optional_texts(),
    )


MODELS: dict[type, SearchStrategy[Any]] = {
    Absent: absents(),
    Category: categories(),
    Compound: compounds(),
    DateRange: date_ranges(),
    Deadline: deadlines(),
    Diagnostic: diagnostics(),
    Extra: extras(),
    Funding: fundings(),
    GoalTable: goal_tables(),
    Indicator: indicators(),
    IndicatorList: indicator_lists(),
    Level: levels(),
    Location: locations(),
    Project: projects(),
    Qualitative: qualitatives(),
    Quantity: quantities(),
    Range: ranges(),
    Span: spans(),
    Total: totals(),
}
"""A strategy for each class of the model."""


def models() -> SearchStrategy[Any]:
    """Any object of any class of the model."""
    return st.one_of(*MODELS.values())
