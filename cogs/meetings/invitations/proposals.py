"""A delegation is invited, or its invitation is taken back: what is shown before, and what happens on *Confirm*."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.errors import UserError
from bot.meeting_names import title
from bot.names.delegation_names import with_code
from bot.occasions.proposal import PROPOSED, Proposal, Proposed, owe_to_people, propose, proposed_of
from bot.occasions.record import merged
from bot.outbox import PEOPLE, Request
from bot.previews.preview import goes_to_people, quoted
from bot.texts import Markdown, Text, t
from bot.ui import Choice, Context
from cogs.meetings import cards, queries, sentences
from cogs.meetings.invitations.queries import Told, told_of
from cogs.meetings.queries import meeting_of
from cogs.meetings.rules import SUBJECT, Kind
from storage.database import Transaction
from storage.meetings.models import Meeting
from storage.members.models import Delegation

_CODE: Final = "code"


async def propose_invitation(context: Context, meeting: Meeting, delegation: Delegation) -> None:
    """Show the invitation of a delegation and to whom it goes, and ask for *Confirm*. Raises UserError."""
    if meeting.invites(delegation.code):
        raise UserError(_already(context, meeting, delegation))
    invited = merged(meeting, {"invited": (*meeting.invited, delegation.code)})
    proposed = proposed_of(
        Meeting, meeting, Kind.INVITED.value, {"invited": invited.invited}, **{_CODE: delegation.code}
    )
    background = await queries.background_of(context.services, meeting)
    said = [
        t("{delegation} is invited to the {meeting}.", **_named(context, meeting, delegation)),
        *[
            t("Its earlier answer counts again: {answer}.", answer=answer)
            for answer in await _kept_answer(context, meeting, delegation)
        ],
    ]
    card = cards.meeting_card(invited, background.delegations, context.reader, background.now)
    sentence = sentences.announced(invited, background, context.reader)
    told = await told_of(context.services, meeting)
    unsent = t("The invitation that is about to go out goes to this delegation too, so nothing more is sent.")
    await _propose(
        context, proposed, said, sentence, card, [Choice(Invite.kind)], unsent if delegation.code in told.soon else None
    )


async def propose_removal(context: Context, meeting: Meeting, delegation: Delegation) -> None:
    """Show what it means that a delegation is not invited any more, and ask for *Confirm*. Raises UserError."""
    if not meeting.invites(delegation.code):
        raise UserError(t("{delegation} is not invited to the {meeting}.", **_named(context, meeting, delegation)))
    left = merged(meeting, {"invited": tuple(code for code in meeting.invited if code != delegation.code)})
    proposed = proposed_of(
        Meeting, meeting, Kind.UNINVITED.value, {"invited": left.invited}, **{_CODE: delegation.code}
    )
    background = await queries.background_of(context.services, meeting)
    said = [
        t(
            "{delegation} is no longer invited to the {meeting}: it gets no more reminders of it, and no longer sees"
            " it.",
            **_named(context, meeting, delegation),
        ),
        *[
            t(
                "Its answer ({answer}) is kept but not counted; it counts again if the delegation is invited again.",
                answer=answer,
            )
            for answer in await _kept_answer(context, meeting, delegation)
        ],
    ]
    card = discord.Embed(description=context.say(t("The direct messages that were sent about it lose their content.")))
    sentence = sentences.uninvited(meeting, delegation.code, background, context.reader)
    choices = [
        Choice(UninviteSilently.kind, t("Without a message"), discord.ButtonStyle.secondary),
        Choice(Uninvite.kind, style=discord.ButtonStyle.danger),
    ]
    told = await told_of(context.services, meeting)
    unsent = t("This delegation has not been informed of the meeting yet, so nothing is sent to it.")
    await _propose(
        context, proposed, said, sentence, card, choices, None if delegation.code in told.already else unsent
    )


async def _propose(
    context: Context,
    proposed: Proposed,
    said: list[Text],
    sentence: str,
    card: discord.Embed,
    choices: list[Choice],
    unsent: Text | None = None,
) -> None:
    """Show what is said to the people of the delegation; ``unsent`` says why nothing is (None: it is)."""
    if unsent is not None:
        await propose(context, choices, proposed, map(context.say, [*said, unsent]), card)
        return
    payload = {**proposed.said, PROPOSED: proposed.fields}
    where, missed = await goes_to_people(context, Request(SUBJECT, proposed.record, proposed.kind, PEOPLE, payload))
    parts = [*map(context.say, said), where, quoted(sentence)]
    await propose(context, choices, proposed, parts, card, further=missed)


async def _kept_answer(context: Context, meeting: Meeting, delegation: Delegation) -> list[Markdown]:
    """Write the delegation's answer, also where it is not invited any more; nothing where there is none."""
    answer = await context.services.registrations.kept_answer(meeting.guild_id, meeting.id, delegation.code)
    if answer is None:
        return []
    line = sentences.with_who(sentences.answer_line(answer, context.reader), answer)
    return [Markdown(line)]


def _named(context: Context, meeting: Meeting, delegation: Delegation) -> dict[str, object]:
    language = context.reader.language
    return {"delegation": with_code(delegation, language), "meeting": title(meeting, context.reader)}


def _already(context: Context, meeting: Meeting, delegation: Delegation) -> Text:
    return t("{delegation} is already invited to the {meeting}.", **_named(context, meeting, delegation))


class _InvitationChange(Proposal[Meeting]):
    subject = SUBJECT
    record = Meeting
    to_people = True

    async def before(self, context: Context, proposed: Proposed) -> Meeting:
        """Return the meeting, which must still be ahead."""
        meeting = await meeting_of(context, proposed.record)
        queries.require_ahead(context.services, meeting)
        return meeting

    def is_owed(self, told: Told, code: str) -> bool:
        """Tell whether the message is owed to the people of the delegation with the ``code``."""
        raise NotImplementedError(type(self).__name__)

    def replaced(self, told: Told, code: str) -> Sequence[int]:  # noqa: ARG002 - nothing is, unless a step says so
        """Return the ids of the waiting messages whose place the message takes."""
        return ()

    async def announce(self, context: Context, tx: Transaction, proposed: Proposed, done: Meeting) -> int | None:
        """Owe the message to the people of the delegation, where they do not hear it otherwise."""
        told, code = await told_of(context.services, done, tx), str(proposed.said[_CODE])
        if not self.is_owed(told, code):
            return None
        await context.services.outbox.rows.cancel(tx, context.guild_id, self.replaced(told, code))
        return await owe_to_people(context, tx, SUBJECT, done, proposed.kind, proposed.said)


class Invite(_InvitationChange):
    """A delegation is invited, and told so; reminders go to it from now on."""

    kind = "meeting_invite"

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Meeting) -> Meeting:
        """Write the invitation."""
        if not await context.services.meetings.invite(tx, context.guild_id, before.id, str(proposed.said[_CODE])):
            raise UserError(t("That delegation is invited already; nothing was done a second time."))
        return before

    def is_owed(self, told: Told, code: str) -> bool:
        """An invitation that is about to go out to all of its people is not said twice."""
        return code not in told.soon

    def replaced(self, told: Told, code: str) -> Sequence[int]:
        """What waits for one of its people still, from the time before: each of them is told once."""
        return told.waiting.get(code, ())

    def done(self, done: Meeting) -> Text:  # noqa: ARG002 - the same for each
        """Say that it is invited."""
        return t("The delegation is invited.")


class Uninvite(_InvitationChange):
    """A delegation is not invited any more, and told so; nothing that is owed goes to it."""

    kind = "meeting_uninvite"

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Meeting) -> Meeting:
        """Take the invitation back, and the content of what was sent."""
        services, guild_id = context.services, context.guild_id
        if not await services.meetings.uninvite(tx, guild_id, before.id, str(proposed.said[_CODE])):
            raise UserError(t("That delegation is not invited any more; nothing was done a second time."))
        await services.outbox.edit(tx, guild_id, SUBJECT, before.id, people_too=True)
        return before

    def is_owed(self, told: Told, code: str) -> bool:
        """Who has not been told of the meeting is not told of the end of the invitation."""
        return code in told.already

    def done(self, done: Meeting) -> Text:  # noqa: ARG002 - the same for each
        """Say that it is not invited any more."""
        return t("The delegation is no longer invited.")


class UninviteSilently(Uninvite):
    """The same without a word to the delegation, for an invitation by mistake."""

    kind = "meeting_uninvite_silently"

    def is_owed(self, told: Told, code: str) -> bool:  # noqa: ARG002 - nobody is told
        """Tell nobody."""
        return False
