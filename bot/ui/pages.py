from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from discord import ui

from bot.texts import Reader, t

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[_Item]):
    """Some of many; ``number`` counts from 0."""

    items: Sequence[_Item]
    number: int
    count: int
    total: int


def page_of(items: Sequence[_Item], number: int, size: int) -> Page[_Item]:
    """Return page ``number`` of ``items``, or the last page when the list has shrunk since."""
    count = max(1, -(-len(items) // size))
    number = min(max(number, 0), count - 1)
    return Page(items[number * size : (number + 1) * size], number, count, len(items))


class Turner(Protocol):
    """Makes the button that leads to page ``number``; ``way`` ("<" or ">") keeps the two apart."""

    def __call__(self, way: str, number: int, label: str, /, *, disabled: bool) -> ui.Item[Any]:
        """Make the button."""
        ...


def turning(page: Page[Any], reader: Reader, button: Turner) -> list[ui.Item[Any]]:
    """Return *Previous* and *Next* for a page; none where one page holds all."""
    if page.count == 1:
        return []
    first, last = page.number == 0, page.number + 1 >= page.count
    return [
        button("<", max(page.number - 1, 0), f"‹ {reader.label(t('Previous'))}", disabled=first),
        button(">", page.number + 1, f"{reader.label(t('Next'))} ›", disabled=last),
    ]


def page_label(page: Page[Any], reader: Reader) -> str | None:
    """Say which page of how many this is, without markdown; None where one page holds all."""
    if page.count == 1:
        return None
    return reader.label(t("page {page} of {count}", page=page.number + 1, count=page.count))
