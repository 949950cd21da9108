"""The opened ballot: a private message whose unfinished marks are in its own ``custom_id``s and stored nowhere."""

from dataclasses import dataclass, replace
from typing import Any, Final, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.texts import Reader, Text, t
from bot.ui import StoredButton, host_of, stored_view
from bot.ui import replace as show
from bot.ui.buttons import StoredSelect
from bot.ui.guard import guarded
from cogs.polls.cards import ballot_card, option_label
from cogs.polls.casting import cast_ballot, open_poll
from cogs.polls.marks import LETTERS, MARKS, PAGE, Marks
from storage.poll_models import Elector, Poll, PollOption

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

    def marks(self, poll: Poll) -> Marks:
        """Return what is marked."""
        return Marks.read(poll.plan.method, len(poll.plan.options), self.written, self.moving)

    def marked(self, marks: Marks, page: int = 0) -> Self:
        """Return the ballot with other marks, shown at another page."""
        return replace(self, written=marks.written, moving=marks.moving, page=min(page, marks.pages - 1))


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

        async def action(asker: Asker) -> None:
            poll = await open_poll(host_of(interaction).services, asker, self.paper.poll_id)
            marks = self.paper.marks(poll)
            if self.action in MARKS:
                marks = marks.mark(chosen, self.paper.page, MARKS[self.action])
            else:
                marks = marks.choose(chosen, self.paper.page)
            page = self.paper.page if self.action in MARKS else 0
            await show_paper(interaction, asker, poll, self.paper.marked(marks, page))

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
        marks, page = self.paper.marks(poll), self.paper.page
        match self.action:
            case "cast":
                await cast_ballot(interaction, asker, poll, self.paper.elector, marks.ballot, self.paper.token)
                return
            case "undo":
                marks, page = marks.undo(), 0
            case "up":
                marks = marks.move_up()
            case "again":
                marks, page = Marks.blank(marks.method, marks.options), 0
            case "prev":
                page = max(page - 1, 0)
            case _:
                page += 1
        await show_paper(interaction, asker, poll, self.paper.marked(marks, page))


async def show_paper(interaction: discord.Interaction, asker: Asker, poll: Poll, paper: Paper) -> None:
    """Show an opened ballot in the place of what it was."""
    marks = paper.marks(poll)
    await show(interaction, embed=ballot_card(poll, marks, asker.reader), view=paper_view(poll, paper, asker.reader))


def paper_view(poll: Poll, paper: Paper, reader: Reader) -> ui.View:
    """Return the lists and buttons of an opened ballot."""
    marks = paper.marks(poll)
    method = poll.plan.method
    items: list[ui.Item[Any]] = []
    if method == "date":
        items += [_dates(poll, paper, action, reader) for action in ("yes", "maybe")]
    elif method == "ranked":
        items += [_options(poll, paper, paper.page, reader)] if marks.left else []
    else:
        items += [_options(poll, paper, page, reader) for page in range(marks.pages)]
    items.append(PaperButton(paper, "cast", reader.label(t("Cast ballot"))))
    if method == "ranked":
        empty = not marks.ballot
        items.append(PaperButton(paper, "undo", reader.label(t("Undo")), disabled=empty))
        items.append(PaperButton(paper, "up", reader.label(t("Move up")), disabled=len(marks.ballot) < 2))  # noqa: PLR2004 - one alone has nowhere to go
    items.append(PaperButton(paper, "again", reader.label(t("Start again"))))
    if method in ("ranked", "date") and marks.pages > 1:
        first, last = paper.page == 0, paper.page + 1 >= marks.pages
        items.append(PaperButton(paper, "prev", f"‹ {reader.label(t('Previous'))}", disabled=first, row=4))
        items.append(PaperButton(paper, "next", f"{reader.label(t('Next'))} ›", disabled=last, row=4))
    return stored_view(items)


def _options(poll: Poll, paper: Paper, page: int, reader: Reader) -> PaperSelect:
    marks = paper.marks(poll)
    shown = marks.on_page(page)
    options = [_offered(poll, number, reader, chosen=number in marks.ballot) for number in shown]
    many = poll.plan.method == "approval"
    text = t("Choose the next one") if poll.plan.method == "ranked" else t("Choose one")
    if many:
        text = t("Choose all that you approve")
    select = ui.Select[Any](
        custom_id=paper.custom_id("pick", page),
        options=options,
        placeholder=_placeholder(text, page, marks.pages, reader),
        min_values=0 if many else 1,
        max_values=len(options) if many else 1,
        row=page if poll.plan.method != "ranked" else 0,
    )
    return PaperSelect(paper, "pick", select)


def _dates(poll: Poll, paper: Paper, action: str, reader: Reader) -> PaperSelect:
    marks = paper.marks(poll)
    shown = marks.on_page(paper.page)
    options = [_offered(poll, n, reader, chosen=marks.ballot[n - 1] == MARKS[action]) for n in shown]
    text = t("Dates that suit you") if action == "yes" else t("Dates that suit you if need be")
    select = ui.Select[Any](
        custom_id=paper.custom_id(action),
        options=options,
        placeholder=_placeholder(text, paper.page, marks.pages, reader),
        min_values=0,
        max_values=len(options),
        row=0 if action == "yes" else 1,
    )
    return PaperSelect(paper, action, select)


def _offered(poll: Poll, number: int, reader: Reader, *, chosen: bool) -> discord.SelectOption:
    option: PollOption = poll.plan.options[number - 1]
    label = option_label(option, reader)[:100]
    return discord.SelectOption(label=label, value=str(number), default=chosen and poll.plan.method != "ranked")


def _placeholder(text: Text, page: int, pages: int, reader: Reader) -> str:
    said = reader.label(text)
    return f"{said} ({page * PAGE + 1}-{(page + 1) * PAGE})" if pages > 1 else said
