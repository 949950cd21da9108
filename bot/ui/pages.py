from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

import discord
from discord import ui

from bot.texts import Reader, t
from bot.ui.buttons import PersistentButton
from bot.ui.context import Context

LAST: Final = 999_999
"""The highest page number that is taken: a page times its length still counts rows."""
PageNumber = Annotated[int, LAST]
Way = Literal["<", ">", "="]
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


class PageButton(PersistentButton):
    """*Previous* and *Next* below a list, which put another page in the place of the one shown.

    A subclass declares its ``custom_id`` with ``way`` and ``page`` and what else the list needs to know, and how a
    page is ``shown``. ``way`` keeps the two buttons of a message apart; "=" leads to a list from elsewhere.
    """

    way: Way
    page: PageNumber

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page's card with its buttons."""
        raise NotImplementedError(type(self).__name__)

    async def on_press(self, context: Context) -> None:
        """Turn the page; a file that is there is of all pages, and stays."""
        embed, view = await self.shown(context)
        await context.replace(embed=embed, view=view, keeps_files=True)


def page_buttons(
    page: Page[Any], reader: Reader, button: Callable[[Way, int], PageButton], *, row: int | None = None
) -> list[ui.Item[Any]]:
    """Return *Previous* and *Next* for a page; none where one page holds all."""
    if page.count == 1:
        return []
    first, last = page.number == 0, page.number + 1 >= page.count
    back, on = f"‹ {reader.label(t('Previous'))}", f"{reader.label(t('Next'))} ›"
    return [
        button("<", max(page.number - 1, 0)).labelled(back, disabled=first, row=row),
        button(">", page.number + 1).labelled(on, disabled=last, row=row),
    ]


def page_label(page: Page[Any], reader: Reader) -> str | None:
    """Say which page of how many this is, without markdown; None where one page holds all."""
    if page.count == 1:
        return None
    return reader.label(t("page {page} of {count}", page=page.number + 1, count=page.count))
