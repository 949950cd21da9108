"""*Vote* under a poll, and what it opens. Their state is in their ``custom_id``: they work after any restart."""

import secrets
from collections.abc import Mapping
from typing import Any, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.naming import with_code
from bot.texts import Reader, Text, t
from bot.ui import StoredButton, answer, host_of, stored_view
from cogs.polls.ballot_paper import Paper, paper_view
from cogs.polls.cards import ballot_card
from cogs.polls.casting import ballot_stands, no_ballot, open_poll, own_receipt
from cogs.polls.ending import requiring_key
from cogs.polls.methods import METHODS
from cogs.polls.words import secrecy
from storage.models import Delegation
from storage.poll_models import OwnVote, Poll


class VoteButton(StoredButton, template=r"poll:vote:(?P<poll_id>\d+)"):
    """*Vote*, under a poll's message."""

    level = Level.DELEGATES

    def __init__(self, poll_id: int, label: str = "") -> None:
        custom_id = f"poll:vote:{poll_id}"
        super().__init__(ui.Button[Any](custom_id=custom_id, label=label, style=discord.ButtonStyle.primary))
        self.poll_id = poll_id

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["poll_id"]))

    @classmethod
    def of(cls, poll: Poll, reader: Reader) -> Self:
        """Return the button for a poll."""
        return cls(poll.id, reader.label(t("Vote")))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Open the ballot of whoever asks; who speaks for several delegations says first for which."""
        poll, own = await _own(interaction, asker, self.poll_id)
        if len(own) == 1:
            await _open(interaction, asker, poll, own[0])
            return
        delegations = await _delegations(interaction, asker)
        buttons = [
            ForButton(
                poll.id,
                vote.elector.delegation_id,
                with_code(delegations[vote.elector.delegation_id], asker.reader.language),
            )
            for vote in own
            if vote.elector.delegation_id in delegations
        ]
        question = asker.reader.say(t("You speak for several delegations: for which one do you vote?"))
        await answer(interaction, question, view=stored_view(buttons[:25]))


class ForButton(StoredButton, template=r"poll:for:(?P<poll_id>\d+):(?P<delegation_id>\d+)"):
    """One of several delegations that a person speaks for."""

    level = Level.DELEGATES

    def __init__(self, poll_id: int, delegation_id: int, label: str = "") -> None:
        super().__init__(ui.Button[Any](custom_id=f"poll:for:{poll_id}:{delegation_id}", label=label[:80]))
        self.poll_id = poll_id
        self.delegation_id = delegation_id

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["poll_id"]), int(state["delegation_id"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Open that delegation's ballot."""
        poll, own = await _own(interaction, asker, self.poll_id)
        vote = next((vote for vote in own if vote.elector.delegation_id == self.delegation_id), None)
        if vote is None:
            raise no_ballot(poll)
        await _open(interaction, asker, poll, vote)


class ReceiptButton(StoredButton, template=r"poll:receipt:(?P<poll_id>\d+):(?P<delegation_id>\d+)"):
    """*Show receipt*, for whoever cast the ballot."""

    level = Level.DELEGATES

    def __init__(self, poll_id: int, delegation_id: int, label: str = "") -> None:
        custom_id = f"poll:receipt:{poll_id}:{delegation_id}"
        super().__init__(ui.Button[Any](custom_id=custom_id, label=label, row=4))
        self.poll_id = poll_id
        self.delegation_id = delegation_id

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["poll_id"]), int(state["delegation_id"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Show the receipt, alone, in a message of its own."""
        said = await own_receipt(host_of(interaction).services, asker, self.poll_id, self.delegation_id)
        await answer(interaction, asker.reader.say(said))


async def _own(interaction: discord.Interaction, asker: Asker, poll_id: int) -> tuple[Poll, list[OwnVote]]:
    services = host_of(interaction).services
    poll = await open_poll(services, asker, poll_id)
    today = services.today(asker.network)
    async with requiring_key(services, asker.guild_id, poll_id):
        own = await services.ballots.own_votes(asker.guild_id, poll_id, asker.account_id, today)
    if not own:
        raise no_ballot(poll)
    return poll, own


async def _delegations(interaction: discord.Interaction, asker: Asker) -> Mapping[int, Delegation]:
    return {d.id: d for d in await host_of(interaction).services.members.delegations(asker.guild_id)}


async def _open(interaction: discord.Interaction, asker: Asker, poll: Poll, vote: OwnVote) -> None:
    if not vote.can_change:
        raise ballot_stands()
    reader = asker.reader
    plan = poll.plan
    method = METHODS[plan.method]
    blank = method.blank(len(plan.options))
    paper = Paper(poll.id, vote.elector, secrets.token_hex(3), method.written(blank))
    view = paper_view(poll, paper, reader)
    if vote.is_caster:
        view.add_item(ReceiptButton(poll.id, vote.elector.delegation_id, reader.label(t("Show receipt"))))
    delegation = (await _delegations(interaction, asker)).get(vote.elector.delegation_id)
    name = with_code(delegation, reader.language) if delegation is not None else ""
    lines = [reader.say(_status(poll, vote, name)), f"-# {reader.say(secrecy(plan))}"]
    await answer(interaction, "\n".join(lines), embed=ballot_card(poll, blank, reader), view=view)


def _status(poll: Poll, vote: OwnVote, name: str) -> Text:
    if poll.plan.voters == "members":
        if vote.elector.voted:
            return t("You have voted. Casting another ballot replaces it.")
        return t("Your ballot, {name}: only you see this.", name=name)
    if vote.elector.voted:
        return t("Your delegation has voted. Casting another ballot replaces it, for {name}.", name=name)
    return t("The ballot of {name}: only you see this, and your delegation has one ballot in all.", name=name)
