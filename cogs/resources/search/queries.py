"""What is found on the shelf by what somebody asks for."""

from dataclasses import dataclass
from typing import cast

from bot.commands import Command
from bot.errors import NotFoundError
from bot.shelf import Found
from bot.texts import clipped, t
from bot.ui import Context
from cogs.resources.queries import scope_of
from storage.resources.models import Category


@dataclass(frozen=True, slots=True)
class ShelfQuery:
    """What a list of the shelf answers, as a button can hold it; empty: not asked for.

    ``draft_id`` keeps a text that is too long for a button (None: the button has it).
    """

    text: str = ""
    category: str = ""
    language: str = ""
    draft_id: int | None = None

    @property
    def state(self) -> tuple[str, str, int | None, str]:
        """What the buttons below the list keep, in their order."""
        return self.category, self.language, self.draft_id, "" if self.draft_id is not None else self.text


async def results(context: Context, query: ShelfQuery, page: int = 0) -> Found:
    """Return a page of what is asked for, of what the asker may see. Raises NotFoundError where there is nothing."""
    shelf = context.services.shelf
    scope = await scope_of(context, cast(Category | None, query.category or None), query.language or None)
    found = await (shelf.search(scope, query.text, page) if query.text else shelf.browse(scope, page))
    if not found.total:
        raise _nothing(query.text)
    return found


def _nothing(text: str) -> NotFoundError:
    if not text:
        return NotFoundError(
            t("There is nothing here yet: suggest a link with {command}.", command=Command("resource suggest"))
        )
    return NotFoundError(
        t(
            "Nothing in the library matches “{question}”: try fewer or other words, or see everything with {command}.",
            question=clipped(text, 100),
            command=Command("resource list"),
        )
    )
