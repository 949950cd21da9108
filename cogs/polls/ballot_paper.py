"""The opened ballot: a private message whose unfinished marks are in its own ``custom_id``s and stored nowhere."""

from dataclasses import dataclass, replace
from typing import Any, Final, Self, cast

import discord
from discord import ui

from bot.access import Asker, Level
from bot.texts import Reader, t
from bot.ui import Context, StoredButton, host_of, stored_view
from bot.ui import replace as show
from bot.ui.before import StoredSelect
from bot.ui.guard import guarded
from cogs.polls.ballot_state import LETTERS, PAGE, BallotState
from cogs.polls.cards import ballot_card
from cogs.polls.casting import cast_ballot, open_poll
from cogs.polls.methods import METHODS, ListName, OptionList
from cogs.polls.options import option_label
from storage.poll_models import Elector, Poll

_STATE: Final = (
    r"(?P<poll>\d+):(?P<delegation>\d+):(?P<person>\d+):(?P<token>\w+):(?P<page>\d):(?P<moving>\w):(?P<marks>\w*)"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """Which ballot is open, for whom, at which page, and what is marked on it. ``token`` is of this opening alone."""

    poll_id: int
    elector: Elector
    token: str
    written: str = ""
    page: int = 0
    moving: int = 0

    @classmethod
    def read(cls, state: dict[str, str]) -> Self:
        """Return the ballot that a ``custom_id`` keeps."""
        return cls(
            int(state["poll"]),
            Elector(int(state["delegation"]), int(state["person"])),
            state["token"],
            state["marks"],
            int(state["page"]),
            LETTERS.index(state["moving"]),
        )

    def custom_id(self, action: str, page: int | None = None) -> str:
        """Return the ``custom_id`` of the part of the ballot that does ``action``; under 100 characters."""
        shown = self.page if page is None else page
        elector = f"{self.elector.delegation_id}:{self.elector.person_id}"
        return f"pb:{action}:{self.poll_id}:{elector}:{self.token}:{shown}:{LETTERS[self.moving]}:{self.written}"

    def state(self, poll: Poll) -> BallotState:
        """Return what is marked."""
        return METHODS[poll.plan.method].read(len(poll.plan.options), self.written, self.moving)

    def marked(self, poll: Poll, state: BallotState, page: int = 0) -> Self:
        """Return the ballot marked otherwise, shown at another page."""
        method = METHODS[poll.plan.method]
        page = min(page, method.pages(state) - 1)
        return replace(self, written=method.written(state), moving=state.moving, page=page)


class PaperSelect(StoredSelect, template=rf"pb:(?P<action>pick|yes|maybe):{_STATE}"):
    """A list on an opened ballot: of options to choose, or of dates that suit."""

    level = Level.DELEGATES

    def __init__(self, paper: Paper, action: str, select: ui.Select[Any]) -> None:
        super().__init__(select)
        self.paper = paper
        self.action = action

    @classmethod
    def restored(cls, options: list[discord.SelectOption], **state: str) -> Self:
        """Make the list again from its options."""
        paper = Paper.read(state)
        select = ui.Select[Any](custom_id=paper.custom_id(state["action"]), options=options, max_values=len(options))
        return cls(paper, state["action"], select)

    async def callback(self, interaction: discord.Interaction) -> None:
        """Take what was chosen, also nothing, and show the ballot as it is marked now."""
        chosen = [int(value) for value in self.item.values if value.isdecimal()]

        async def action(context: Context) -> None:
            asker = context.asker
            poll = await open_poll(host_of(interaction).services, asker, self.paper.poll_id)
            method, state = METHODS[poll.plan.method], self.paper.state(poll)
            valid = [number for number in chosen if number in state.all_options]
            state = method.choose(state, cast(ListName, self.action), valid, self.paper.page)
            page = 0 if self.action == "pick" else self.paper.page
            await show_paper(interaction, asker, poll, self.paper.marked(poll, state, page))

        await guarded(interaction, self.level, action)


class PaperButton(StoredButton, template=rf"pb:(?P<action>cast|undo|up|again|prev|next):{_STATE}"):
    """*Cast ballot*, *Undo*, *Move up*, *Start again*, and the pages of an opened ballot."""

    level = Level.DELEGATES

    def __init__(self, paper: Paper, action: str, label: str = "", *, disabled: bool = False, row: int = 3) -> None:
        style = discord.ButtonStyle.success if action == "cast" else discord.ButtonStyle.secondary
        custom_id = paper.custom_id(action)
        super().__init__(ui.Button[Any](custom_id=custom_id, label=label, style=style, disabled=disabled, row=row))
        self.paper = paper
        self.action = action

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(Paper.read(state), state["action"])

    def is_rushed(self) -> bool:
        """Ballots come in together, before a poll closes."""
        return self.action == "cast"

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Cast the ballot, or show it changed."""
        poll = await open_poll(host_of(interaction).services, asker, self.paper.poll_id)
        method = METHODS[poll.plan.method]
        state, page = self.paper.state(poll), self.paper.page
        match self.action:
            case "cast":
                await cast_ballot(interaction, asker, poll, self.paper.elector, state.ballot, self.paper.token)
                return
            case "undo":
                state, page = state.undo(), 0
            case "up":
                state = state.move_up()
            case "again":
                state, page = method.blank(state.options), 0
            case "prev":
                page = max(page - 1, 0)
            case _:
                page += 1
        await show_paper(interaction, asker, poll, self.paper.marked(poll, state, page))


async def show_paper(interaction: discord.Interaction, asker: Asker, poll: Poll, paper: Paper) -> None:
    """Show an opened ballot in the place of what it was."""
    card = ballot_card(poll, paper.state(poll), asker.reader)
    await show(interaction, embed=card, view=paper_view(poll, paper, asker.reader))


def paper_view(poll: Poll, paper: Paper, reader: Reader) -> ui.View:
    """Return the lists and buttons of an opened ballot."""
    method, state = METHODS[poll.plan.method], paper.state(poll)
    lists = method.lists(state, paper.page)
    pages = method.pages(state)
    items: list[ui.Item[Any]] = [_select(poll, paper, one, pages, reader) for one in lists]
    items.append(PaperButton(paper, "cast", reader.label(t("Cast ballot"))))
    if method.is_ordered:
        ranked = len(state.ballot)
        items.append(PaperButton(paper, "undo", reader.label(t("Undo")), disabled=not ranked))
        items.append(PaperButton(paper, "up", reader.label(t("Move up")), disabled=ranked < 2))  # noqa: PLR2004 - one alone has nowhere to go
    items.append(PaperButton(paper, "again", reader.label(t("Start again"))))
    if pages > 1 and all(one.page == paper.page for one in lists):
        first, last = paper.page == 0, paper.page + 1 >= pages
        items.append(PaperButton(paper, "prev", f"‹ {reader.label(t('Previous'))}", disabled=first, row=4))
        items.append(PaperButton(paper, "next", f"{reader.label(t('Next'))} ›", disabled=last, row=4))
    return stored_view(items)


def _select(poll: Poll, paper: Paper, shown: OptionList, pages: int, reader: Reader) -> PaperSelect:
    placeholder = reader.label(shown.placeholder)
    if pages > 1:
        placeholder += f" ({shown.page * PAGE + 1}-{(shown.page + 1) * PAGE})"
    select = ui.Select[Any](
        custom_id=paper.custom_id(shown.name, shown.page),
        options=[
            discord.SelectOption(
                label=option_label(poll.plan.options[number - 1], reader)[:100],
                value=str(number),
                default=number in shown.selected,
            )
            for number in shown.numbers
        ],
        placeholder=placeholder,
        min_values=shown.fewest,
        max_values=shown.most,
        row=shown.row,
    )
    return PaperSelect(paper, shown.name, select)
