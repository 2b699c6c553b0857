"""Strategies for hypothesis: documents of the model with something wrong in them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.strategies import models

from perfgoals.serialize import to_dict

PLAIN = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 10**70),
        st.floats(),
        st.text(max_size=3),
        st.sampled_from(["quantity", "absent", ">=", "error", "2024-12", "0.50", "00"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["kind", "raw", "x"]), inner, max_size=3),
    ),
    max_leaves=5,
)
"""Values that JSON can say, some of which stand in documents."""


def containers(data: Any) -> list[Any]:
    """Every list and dictionary in *data*, itself among them."""
    if not isinstance(data, dict | list):
        return []
    inner = data.values() if isinstance(data, dict) else data
    return [data] + [found for part in inner for found in containers(part)]


@st.composite
def mutated_documents(draw: st.DrawFn) -> tuple[type, Any]:
    """The class and the document of a model, with one or two parts of it changed."""
    model = draw(models())
    data = to_dict(model)
    for _ in range(draw(st.integers(1, 2))):
        mutate(draw, draw(st.sampled_from(containers(data))))
    return type(model), data


def mutate(draw: st.DrawFn, container: Any) -> None:
    """Remove a part of *container*, or put another value in its place or beside it."""
    places: list[Any] = [*range(len(container))]
    if isinstance(container, dict):
        places = list(container)
    change = draw(st.sampled_from(["remove", "replace", "add"])) if places else "add"
    if change == "remove":
        del container[draw(st.sampled_from(places))]
    elif change == "replace":
        container[draw(st.sampled_from(places))] = draw(PLAIN)
    elif isinstance(container, dict):
        container[draw(st.sampled_from(["note", "name", "core", "x"]))] = draw(PLAIN)
    else:
        container.append(draw(PLAIN))
