"""What the pages refer to is there: files by their path, other pages by their links."""

import re
from pathlib import Path

import pytest

from tests.demo.screenshots import PICTURES

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "SECURITY.md", *(ROOT / "tests").glob("*.md")]
)
EXAMPLES = {"cogs/yours/", "storage/yours/", "tests/yours/", "storage/migrations/NNNN_what.sql"}
"""What a reader is to put a name of their own into."""
PATH = re.compile(r"`((?:bot|cogs|storage|tests|benchmarks|docs)/[\w./-]+)`")
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([\w-]+))?\)")


def headings(page: Path) -> set[str]:
    """Return what a link to a heading of ``page`` is called, as Git hosts make it from the heading."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_files_that_a_page_names_are_there(page: Path) -> None:
    named = set(PATH.findall(page.read_text("utf-8"))) - EXAMPLES
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target, heading in LINK.findall(page.read_text("utf-8")):
        other = (page.parent / target).resolve() if target else page
        assert other.exists(), target
        if heading:
            assert heading in headings(other), f"{target}#{heading}"


def test_paths_and_links_are_found() -> None:
    engineer = (ROOT / "docs" / "engineer.md").read_text("utf-8")
    assert len(PATH.findall(engineer)) > 20
    assert len(LINK.findall(engineer)) > 4


def test_what_is_said_to_be_in_a_file_is_in_it() -> None:
    engineer = (ROOT / "docs" / "engineer.md").read_text("utf-8")
    said = re.findall(r"`([\w/]+\.py)`: ((?:`\w+`(?:, )?)+)", engineer)
    assert len(said) >= 2
    for path, names in said:
        code = (ROOT / path).read_text("utf-8")
        assert [name for name in re.findall(r"`(\w+)`", names) if not re.search(rf"\b{name}\b", code)] == []


def test_each_picture_of_a_page_is_made_from_the_demo_and_each_that_is_made_is_in_a_page() -> None:
    shown = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text("utf-8"))
    }
    assert shown == {ROOT / "docs" / name for name in PICTURES}
    assert sorted(picture.name for picture in shown if not picture.exists()) == []
    assert set((ROOT / "docs").glob("*.png")) == shown
