"""The opened ballot, with its marks in its own ``custom_id``s. No role of its own: lists and buttons in one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, Literal, Self

import discord
from discord import ui

from bot.texts import Reader, t
from bot.ui import Context, PersistentButton, PersistentSelect, Word, number_of, stored_view
from bot.ui.state import ForgedStateError
from cogs.polls.counting import ABSTENTION
from cogs.polls.methods import METHODS
from cogs.polls.methods.ballot_state import LETTERS, PAGE, BallotState
from cogs.polls.methods.voting_method import OptionList
from cogs.polls.sentences import option_label, text_of
from cogs.polls.voting.cards import ballot_card
from cogs.polls.voting.cast import cast_ballot, open_poll
from storage.polls.models import Elector, Poll

_Letter = Annotated[str, f"[{LETTERS}]"]
_Letters = Annotated[str, f"[{LETTERS}]*"]
_ListName = Annotated[str, "|".join(dict.fromkeys(n for method in METHODS.values() for n in method.list_names))]
_STATE: Final = "{poll_id}:{delegation_id}:{person_id}:{token}:{page}:{moving}:{marks}"


Action = Literal["cast", "undo", "up", "again", "prev", "next", "abstain"]


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
    def read(cls, kept: "PaperSelect | PaperButton") -> Self:
        """Return the ballot that a part of it keeps."""
        elector = Elector(kept.delegation_id, kept.person_id)
        return cls(kept.poll_id, elector, kept.token, kept.marks, kept.page, LETTERS.index(kept.moving))

    def kept(self, page: int | None = None) -> tuple[int, int, int, str, int, str, str]:
        """Return what a part of the ballot keeps, in the order in which it is made; under 100 characters."""
        shown = self.page if page is None else page
        elector = self.elector
        moving = LETTERS[self.moving]
        return self.poll_id, elector.delegation_id, elector.person_id, self.token, shown, moving, self.written

    def state(self, poll: Poll) -> BallotState:
        """Return what is marked."""
        return METHODS[poll.plan.method].read(len(poll.plan.options), self.written, self.moving)

    def marked(self, poll: Poll, state: BallotState, page: int = 0) -> Self:
        """Return the ballot marked otherwise, shown at another page."""
        method = METHODS[poll.plan.method]
        page = min(page, method.pages(state) - 1)
        return replace(self, written=method.written(state), moving=state.moving, page=page)


class PaperSelect(PersistentSelect, custom_id=f"pb:{{action}}:{_STATE}"):
    """A list on an opened ballot: of options to choose, or of dates that suit."""

    action: _ListName
    poll_id: int
    delegation_id: int
    person_id: int
    token: Word
    page: Annotated[int, 9]
    moving: _Letter
    marks: _Letters

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Take what was chosen, also nothing, and show the ballot as it is marked now."""
        paper = Paper.read(self)
        poll = await open_poll(context, paper.poll_id)
        method, state = METHODS[poll.plan.method], paper.state(poll)
        valid = [number for number in map(number_of, values) if number in state.all_options]
        state = method.choose(state, self.action, valid, paper.page)
        page = paper.page if method.stays_on_page else 0
        await show_paper(context, poll, paper.marked(poll, state, page))


class PaperButton(PersistentButton, custom_id=f"pb:{{action}}:{_STATE}"):
    """*Cast ballot*, *Undo*, *Move up*, *Start again*, and the pages of an opened ballot."""

    action: Action
    poll_id: int
    delegation_id: int
    person_id: int
    token: Word
    page: Annotated[int, 9]
    moving: _Letter
    marks: _Letters

    @classmethod
    def on(cls, paper: Paper, action: Action, label: str, *, disabled: bool = False, row: int = 3) -> Self:
        """Return the button for a ballot as it is marked."""
        style = discord.ButtonStyle.success if action == "cast" else discord.ButtonStyle.secondary
        return cls(action, *paper.kept()).labelled(label, style, disabled=disabled, row=row)

    def acknowledges_first(self) -> bool:
        """Ballots come in together, before a poll closes."""
        return self.action in ("cast", "abstain")

    async def on_press(self, context: Context) -> None:
        """Cast the ballot, or show it changed."""
        paper = Paper.read(self)
        poll = await open_poll(context, paper.poll_id)
        method = METHODS[poll.plan.method]
        state, page = paper.state(poll), paper.page
        match self.action:
            case "cast":
                await cast_ballot(context, poll, paper.elector, state.ballot, paper.token)
                return
            case "abstain":
                if not poll.plan.abstain:
                    raise ForgedStateError
                await cast_ballot(context, poll, paper.elector, ABSTENTION, paper.token)
                return
            case "undo":
                state, page = state.undo(), 0
            case "up":
                state = state.move_up()
            case "again":
                state, page = method.blank(state.options), 0
            case "prev":
                page = max(page - 1, 0)
            case "next":
                page += 1
        await show_paper(context, poll, paper.marked(poll, state, page))


async def show_paper(context: Context, poll: Poll, paper: Paper) -> None:
    """Show an opened ballot in the place of what it was."""
    card = ballot_card(poll, paper.state(poll), context.reader)
    await context.replace(embed=card, view=paper_view(poll, paper, context.reader))


def paper_view(poll: Poll, paper: Paper, reader: Reader) -> ui.View:
    """Return the lists and buttons of an opened ballot."""
    method, state = METHODS[poll.plan.method], paper.state(poll)
    lists = method.lists(state, paper.page)
    pages = method.pages(state)
    items: list[ui.Item[Any]] = [_select(poll, paper, one, pages, reader) for one in lists]
    items.append(PaperButton.on(paper, "cast", reader.label(t("Cast ballot"))))
    if method.is_ordered:
        ranked = len(state.ballot)
        items.append(PaperButton.on(paper, "undo", reader.label(t("Undo")), disabled=not ranked))
        items.append(PaperButton.on(paper, "up", reader.label(t("Move up")), disabled=ranked < 2))  # noqa: PLR2004 - one alone has nowhere to go
    items.append(PaperButton.on(paper, "again", reader.label(t("Start again"))))
    if poll.plan.abstain:
        items.append(PaperButton.on(paper, "abstain", reader.label(t("Abstain"))))
    if pages > 1 and all(one.page == paper.page for one in lists):
        first, last = paper.page == 0, paper.page + 1 >= pages
        items.append(PaperButton.on(paper, "prev", f"‹ {reader.label(t('Previous'))}", disabled=first, row=4))
        items.append(PaperButton.on(paper, "next", f"{reader.label(t('Next'))} ›", disabled=last, row=4))
    return stored_view(items)


def _select(poll: Poll, paper: Paper, shown: OptionList, pages: int, reader: Reader) -> PaperSelect:
    placeholder = reader.label(text_of(shown.placeholder))
    if pages > 1:
        placeholder += f" ({shown.page * PAGE + 1}-{(shown.page + 1) * PAGE})"
    options = [
        discord.SelectOption(
            label=option_label(poll.plan.options[number - 1], reader)[:100],
            value=str(number),
            default=number in shown.selected,
        )
        for number in shown.numbers
    ]
    select = PaperSelect(shown.name, *paper.kept(shown.page))
    return select.offering(options, placeholder, least=shown.fewest, most=shown.most, row=shown.row)
