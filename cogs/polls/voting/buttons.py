"""*Vote* under a poll, and what it opens. Their state is in their ``custom_id``: they work after any restart."""

import secrets
from collections.abc import Mapping
from typing import Self

import discord

from bot.names.delegation_names import with_code
from bot.texts import Reader, Text, t
from bot.ui import Context, PersistentButton, stored_view
from cogs.polls.counting import ABSTENTION
from cogs.polls.ending import requiring_key
from cogs.polls.methods import METHODS
from cogs.polls.sentences import secrecy
from cogs.polls.voting.ballot_paper import Paper, paper_view
from cogs.polls.voting.cards import ballot_card
from cogs.polls.voting.cast import no_ballot, not_replaceable, open_poll, own_receipt
from storage.members.models import Delegation
from storage.polls.models import OwnVote, Poll


class VoteButton(PersistentButton, custom_id="poll:vote:{poll_id}"):
    """*Vote*, under a poll's message."""

    poll_id: int

    @classmethod
    def of(cls, poll: Poll, reader: Reader) -> Self:
        """Return the button for a poll."""
        return cls(poll.id).labelled(reader.label(t("Vote")), discord.ButtonStyle.primary)

    async def on_press(self, context: Context) -> None:
        """Open the ballot of the person who asks; who speaks for several delegations says first for which."""
        poll, own = await _own(context, self.poll_id)
        if len(own) == 1:
            await _open(context, poll, own[0])
            return
        delegations = await _delegations(context)
        buttons = [
            ForButton(poll.id, vote.elector.delegation_id).labelled(
                with_code(delegations[vote.elector.delegation_id], context.reader.language)
            )
            for vote in own
            if vote.elector.delegation_id in delegations
        ]
        question = context.say(t("You speak for several delegations: for which one do you vote?"))
        await context.answer(question, view=stored_view(buttons[:25]))


class ForButton(PersistentButton, custom_id="poll:for:{poll_id}:{delegation_id}"):
    """One of several delegations that a person speaks for."""

    poll_id: int
    delegation_id: int

    async def on_press(self, context: Context) -> None:
        """Open that delegation's ballot."""
        poll, own = await _own(context, self.poll_id)
        vote = next((vote for vote in own if vote.elector.delegation_id == self.delegation_id), None)
        if vote is None:
            raise no_ballot(poll)
        await _open(context, poll, vote)


class ReceiptButton(PersistentButton, custom_id="poll:receipt:{poll_id}:{delegation_id}"):
    """*Show receipt*, for the person who cast the ballot."""

    poll_id: int
    delegation_id: int

    async def on_press(self, context: Context) -> None:
        """Show the receipt, alone, in a message of its own."""
        said = await own_receipt(context, self.poll_id, self.delegation_id)
        await context.answer(said)


async def _own(context: Context, poll_id: int) -> tuple[Poll, list[OwnVote]]:
    services = context.services
    poll = await open_poll(context, poll_id)
    today = services.today(context.network)
    async with requiring_key(services, context.guild_id, poll_id):
        own = await services.ballots.own_votes(context.guild_id, poll_id, context.account_id, today)
    if not own:
        raise no_ballot(poll)
    return poll, own


async def _delegations(context: Context) -> Mapping[int, Delegation]:
    return {d.id: d for d in await context.services.members.delegations(context.guild_id)}


async def _open(context: Context, poll: Poll, vote: OwnVote) -> None:
    if not vote.can_change:
        raise not_replaceable()
    reader = context.reader
    plan = poll.plan
    method = METHODS[plan.method]
    state = method.marked(len(plan.options), vote.cast or ABSTENTION)
    letters = method.written(state)
    paper = Paper(poll.id, vote.elector, secrets.token_hex(3), letters, moving=state.moving)
    view = paper_view(poll, paper, reader)
    if vote.cast is not None:
        button = ReceiptButton(poll.id, vote.elector.delegation_id)
        view.add_item(button.labelled(reader.label(t("Show receipt")), row=4))
    delegation = (await _delegations(context)).get(vote.elector.delegation_id)
    name = with_code(delegation, reader.language) if delegation is not None else ""
    lines = [reader.say(_status(poll, vote, name)), f"-# {reader.say(secrecy(plan))}"]
    await context.answer("\n".join(lines), embed=ballot_card(poll, state, reader), view=view)


def _status(poll: Poll, vote: OwnVote, name: str) -> Text:
    if vote.elector.voted:
        return _has_voted(poll, vote, name)
    if poll.plan.voters == "members":
        return t("Your ballot, {name}: only you see this.", name=name)
    return t("The ballot of {name}: only you see this, and your delegation has one ballot in all.", name=name)


def _has_voted(poll: Poll, vote: OwnVote, name: str) -> Text:
    if poll.plan.voters == "members":
        if vote.cast == ABSTENTION:
            return t("You have voted: you abstained. Casting another ballot replaces it.")
        return t("You have voted: your ballot is below. Casting another one replaces it.")
    if vote.cast is None:
        return t(
            "Your delegation has voted: a colleague cast the ballot, and the bot shows it to nobody else. Casting"
            " another one replaces it, for {name}.",
            name=name,
        )
    if vote.cast == ABSTENTION:
        return t("Your delegation has voted: you abstained. Casting another ballot replaces it, for {name}.", name=name)
    return t("Your delegation has voted: your ballot is below. Casting another one replaces it, for {name}.", name=name)
