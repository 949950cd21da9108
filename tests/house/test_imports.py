"""No part of the house imports itself by way of others, and its drawing is current."""

import pytest

from tests.house.drawing import PAGE, circles, diagram, module_graph, package_graph, page, rooms_within

MODULES = module_graph()
PACKAGES = package_graph(MODULES)
ROOMS = sorted({".".join(name.split(".")[:2]) for name in MODULES if name.startswith("cogs.")})


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert circles(MODULES) == []


@pytest.mark.parametrize("part", ["the house", *ROOMS])
def test_no_part_of_the_house_or_of_a_room_imports_itself_by_way_of_others(part: str) -> None:
    assert circles(PACKAGES if part == "the house" else rooms_within(part, MODULES)) == []


def test_the_drawing_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "type: make imports"


def test_a_circle_is_found_and_drawn_as_one() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set[str]()}
    assert circles(graph) == [{"b", "c"}]
    drawn = diagram(graph)
    assert "    b --> c\n" in drawn
    assert "    c --> b\n" in drawn
    assert "    a --> b_circle\n" in drawn
    assert "    b_circle --> d\n" in drawn


def test_an_arrow_that_follows_from_others_is_left_out() -> None:
    drawn = diagram({"a": {"b", "c"}, "b": {"c"}, "c": set[str]()})
    assert drawn.count("-->") == 2
    assert "a --> c" not in drawn
