"""What can be done where too few vote for a result: *Extend*, *Ask again as an open vote*."""

from typing import Any, Self

import discord
from discord import ui

from bot.texts import Reader, t
from bot.ui import Context
from bot.ui.buttons import PersistentButton
from cogs.polls.closing.forms import ExtendForm
from cogs.polls.ending import current_poll, has_ended
from cogs.polls.opening.fields import Kind
from cogs.polls.opening.forms import CreateForm
from storage.polls.models import Poll


class ExtendButton(PersistentButton, custom_id="poll:extend:{poll_id}"):
    """*Extend*, where a poll is about to close with too few ballots."""

    poll_id: int

    @classmethod
    def of(cls, poll: Poll, reader: Reader) -> Self:
        """Return the button for a poll."""
        return cls(poll.id).labelled(reader.label(t("Extend")), discord.ButtonStyle.primary)

    async def on_press(self, context: Context) -> None:
        """Ask for the new closing time."""
        poll = await current_poll(context, self.poll_id)
        if poll.state != "open":
            raise has_ended()
        await ExtendForm(str(poll.id)).show(context)


class AskOpenlyButton(PersistentButton, custom_id="poll:openly:{poll_id}"):
    """*Ask again as an open vote*, where too few vote secretly for a result."""

    poll_id: int

    @classmethod
    def of(cls, poll: Poll, reader: Reader) -> Self:
        """Return the button for a poll."""
        return cls(poll.id).labelled(reader.label(t("Ask again as an open vote")))

    async def on_press(self, context: Context) -> None:
        """Open the form of a new poll, filled in from this one, as a roll-call vote."""
        poll = await current_poll(context, self.poll_id)
        plan = poll.plan
        kind = Kind(
            plan.timezone, plan.method, plan.voters, plan.audience, plan.region, secret=False, publish="ballots"
        )
        options = [o.text if o.at is None else context.reader.moment(o.at, plan.timezone) for o in plan.options]
        await CreateForm(*kind.written()).show_kept(
            context, {"question": plan.question, "options": "\n".join(options), "reminders": plan.reminders}
        )


def ways_out(poll: Poll, reader: Reader) -> list[ui.Item[Any]]:
    """Return what can be done where too few vote secretly for a result."""
    return [ExtendButton.of(poll, reader), AskOpenlyButton.of(poll, reader)]
