"""Planning, changing and cancelling a meeting: what is shown before it happens, and what happens on *Confirm*."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

import discord

from bot.commands import Command
from bot.errors import UserError
from bot.meeting_names import days
from bot.occasions.fields import FieldError
from bot.occasions.proposal import (
    Proposal,
    Proposed,
    owe_to_people,
    propose,
    proposed_of,
)
from bot.occasions.record import merged, packed, unpacked
from bot.outbox import ANNOUNCEMENTS
from bot.services import Services
from bot.texts import Reader, Text, nt, t
from bot.ui import Choice, Context, Correction, Values
from cogs.meetings import queries, rules, sentences
from cogs.meetings.events import MeetingEventButton
from cogs.meetings.invitations.queries import addressed
from cogs.meetings.messages import owed_by
from cogs.meetings.planning import fields
from cogs.meetings.planning.previews import no_public_place, preview_of, reminders_ahead, second_annual
from cogs.meetings.planning.queries import (
    also_invited,
    number_taken,
    require_free_days,
    require_free_number,
    with_invited,
)
from cogs.meetings.queries import meeting_of
from cogs.meetings.rules import SUBJECT, Kind
from storage.database import Transaction
from storage.meetings.models import Meeting, MeetingValue, NumberTakenError, Session
from storage.models import Draft

IN_PUBLIC_TOO: Final = t("Confirm, and show everybody")
_ONLY_INVITED: Final = t(
    "Only those invited will see it. *{button}* also posts it in the announcements channel, calling nobody, and makes a"
    " Discord event: everybody on the server can see both.",
    button=IN_PUBLIC_TOO,
)
NOTICED: Final = frozenset({"starts_on", "ends_on", "city", "country", "timezone", "register_by"})
"""The fields whose change is said in announcements; the others change the cards that are there."""


async def propose_plan(
    context: Context, values: Mapping[str, MeetingValue], corrections: Sequence[Correction], typed: Values
) -> None:
    """Show the announcement of a meeting that is not yet written, and ask for *Confirm*."""
    services = context.services
    values = await with_invited(context, values)
    meeting = rules.unsaved(context.guild_id, values)
    if meeting.number is None:
        number = await services.meetings.next_number(context.guild_id, meeting.kind, meeting.region)
        values = {**values, "number": number}
        meeting = merged(meeting, {"number": number})
    await require_free_number(context, meeting)
    await require_free_days(services, meeting)
    proposed = proposed_of(Meeting, meeting, Kind.ANNOUNCED.value, values)
    shown = await preview_of(context, meeting, proposed, partial(sentences.announced, meeting))
    near = rules.too_near(meeting, await services.meetings.all(context.guild_id))
    warnings = [*second_annual(near), *await also_invited(services, meeting)]
    choices = [Choice(PlanMeeting.kind, style=discord.ButtonStyle.danger if near else discord.ButtonStyle.success)]
    if not meeting.invites_all and (problem := no_public_place(context)):
        warnings.append(
            t("Only those invited will see it: it cannot be shown to everybody. {problem}", problem=problem)
        )
    elif not meeting.invites_all:
        choices.append(Choice(PlanPublicly.kind, IN_PUBLIC_TOO, discord.ButtonStyle.secondary))
        warnings.append(_ONLY_INVITED)
    follows = reminders_ahead(meeting, context.reader, services.clock.now())
    parts = [*map(context.say, warnings), *shown.parts, follows, context.say(sentences.KIND_IS_FIXED)]
    await propose(context, choices, shown.proposed, parts, shown.card, corrections, typed, shown.further)


async def propose_change(
    context: Context,
    meeting: Meeting,
    values: Mapping[str, MeetingValue],
    corrections: Sequence[Correction],
    typed: Values,
) -> None:
    """Show the change notice and ask for *Confirm*; a change that is not said in announcements is made at once."""
    services = context.services
    values = {name: value for name, value in values.items() if getattr(meeting, name) != value}
    if not values:
        raise UserError(
            t(
                "Nothing differs from what is on record, so nothing was changed: add an option to change. {fixed}",
                fixed=sentences.KIND_IS_FIXED,
            )
        )
    changed = merged(meeting, values)
    await require_free_number(context, changed)
    shifted = fields.shifted_deadline(meeting, changed)
    _require_open(services, meeting, shifted)
    if shifted != changed.register_by:
        values = {**values, "register_by": shifted}
        changed = merged(meeting, values)
    sessions = await services.sessions.of_meeting(context.guild_id, meeting.id)
    _require_room(sessions, meeting, changed)
    if not _same_days(meeting, changed):
        await require_free_days(services, changed)
    if meeting.is_recorded or not NOTICED & values.keys() or queries.is_over(services, changed):
        await _change_at_once(context, meeting, values)
        return
    proposed = await _proposed_change(services, meeting, values, changed)
    moves = nt("Its {count} session moves with it.", "Its {count} sessions move with it.", len(sessions))

    def sentence(background: sentences.Background, reader: Reader) -> str:
        old = "" if _same_days(meeting, changed) else days(meeting, reader)
        return sentences.changed(old, changed, background, reader)

    between = context.say(moves) if sessions and not _same_days(meeting, changed) else ""
    shown = await preview_of(context, changed, proposed, sentence, between)
    near = rules.too_near(changed, await services.meetings.all(context.guild_id)) if "starts_on" in values else None
    warnings = [*second_annual(near), *await also_invited(services, changed)]
    parts = [*map(context.say, warnings), *shown.parts, reminders_ahead(changed, context.reader, services.clock.now())]
    await propose(
        context, [Choice(ChangeMeeting.kind)], shown.proposed, parts, shown.card, corrections, typed, shown.further
    )


async def _proposed_change(
    services: Services, meeting: Meeting, values: Mapping[str, MeetingValue], changed: Meeting
) -> Proposed:
    """Put together what the draft of a change keeps, with what the change was asked for over."""
    said = {
        "old_days": _old_days(meeting, changed),
        **await addressed(services, meeting, Kind.CHANGED),
    }
    proposed = proposed_of(Meeting, meeting, Kind.CHANGED.value, values, **said)
    return proposed.model_copy(update={"over": _as_it_is(meeting, values)})


async def propose_cancel(context: Context, meeting: Meeting, reason: str) -> None:
    """Show the cancellation notice and ask for *Confirm*."""
    values: dict[str, MeetingValue] = {"cancel_reason": reason, "cancelled_at": context.services.clock.now()}
    cancelled = merged(meeting, values)
    addressees = await addressed(context.services, meeting, Kind.CANCELLED)
    proposed = proposed_of(Meeting, meeting, Kind.CANCELLED.value, values, **addressees)
    shown = await preview_of(context, cancelled, proposed, partial(sentences.cancelled, cancelled))
    choices = [Choice(CancelMeeting.kind, style=discord.ButtonStyle.danger)]
    await propose(context, choices, shown.proposed, shown.parts, shown.card, further=shown.further)


class _MeetingProposal(Proposal[Meeting]):
    subject = SUBJECT
    record = Meeting

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Do it, unless another meeting has taken the number meanwhile."""
        try:
            await super().on_confirm(context, draft)
        except NumberTakenError as error:
            raise number_taken(self.fields(Proposed.model_validate(draft.payload)).get("number")) from error

    async def before(self, context: Context, proposed: Proposed) -> Meeting:
        """Return the meeting."""
        return await meeting_of(context, proposed.record)

    async def announce(self, context: Context, tx: Transaction, proposed: Proposed, done: Meeting) -> int | None:
        """Owe the message to the invited, where these are not all."""
        if done.invites_all:
            return None
        said = {**proposed.said, **await addressed(context.services, done, Kind(proposed.kind), tx)}
        return await owe_to_people(context, tx, SUBJECT, done, proposed.kind, said)

    async def after(self, context: Context, done: Meeting) -> None:
        """Bring Discord's event in step."""
        await MeetingEventButton.keep(context, done.id)


class PlanMeeting(_MeetingProposal):
    """The meeting is written and announced; then Discord's event is made, where all are invited."""

    kind = "meeting_plan"
    is_public: ClassVar[bool] = False
    """Whether a meeting that does not invite all is shown to everybody all the same."""

    async def before(self, context: Context, proposed: Proposed) -> Meeting:
        """Return the meeting as it will be, whose first day must not have passed."""
        planned = rules.unsaved(context.guild_id, self.fields(proposed))
        fields.require_day_ahead(planned.starts_on, context.services.clock.now(), planned.timezone)
        return planned

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Meeting) -> Meeting:
        """Write the meeting, what it owes and its announcement."""
        # Asked again while nobody else writes: two may have planned the same meeting.
        await require_free_days(context.services, before)
        is_public = before.invites_all or self.is_public
        fields = {**self.fields(proposed), "is_public": is_public}
        meeting_id = await context.services.meetings.add(tx, context.guild_id, **fields)
        meeting = merged(before, {"id": meeting_id, "is_public": is_public})
        await context.services.outbox.plan(tx, context.guild_id, SUBJECT, meeting_id, owed_by(meeting))
        await _announce(context, tx, meeting, Kind.ANNOUNCED)
        return meeting

    def done(self, done: Meeting) -> Text:  # noqa: ARG002 - the same for each
        """Say that it is planned."""
        return t("Planned. Its reminders are under {command}.", command=Command("meeting reminders"))


class PlanPublicly(PlanMeeting):
    """The same, shown to everybody: the card in the announcements channel, which calls nobody, and Discord's event."""

    kind = "meeting_plan_public"
    is_public = True

    async def before(self, context: Context, proposed: Proposed) -> Meeting:
        """Return the meeting as it will be; the channel may have gone since it was shown. Raises UserError."""
        if problem := no_public_place(context):
            raise UserError(t("It cannot be shown to everybody, so nothing was planned. {problem}", problem=problem))
        return await super().before(context, proposed)


class ChangeMeeting(_MeetingProposal):
    """The meeting is changed, and the change is announced."""

    kind = "meeting_change"

    async def before(self, context: Context, proposed: Proposed) -> Meeting:
        """Return the meeting, which must still be as it was when the change was asked for, and may become so."""
        services = context.services
        meeting = await super().before(context, proposed)
        queries.require_ahead(services, meeting)
        values = self.fields(proposed)
        _require_as_asked(meeting, proposed.over)
        changed = merged(meeting, values)
        if "starts_on" in values:
            fields.require_day_ahead(changed.starts_on, services.clock.now(), changed.timezone)
        _require_room(await services.sessions.of_meeting(context.guild_id, meeting.id), meeting, changed)
        return meeting

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Meeting) -> Meeting:
        """Write the change, move what is owed, say it."""
        # Asked again while nobody else writes, as is whether the days are free.
        _require_as_asked(await meeting_of(context, before.id), proposed.over)
        changed = await _write(context, tx, before, self.fields(proposed))
        payload = {"old_days": _old_days(before, changed)}
        await _announce(context, tx, changed, Kind.CHANGED, payload)
        return changed

    def done(self, done: Meeting) -> Text:  # noqa: ARG002 - the same for each
        """Say that it is changed."""
        return _changed()


class CancelMeeting(_MeetingProposal):
    """The meeting is cancelled, and that is announced; then Discord's event is deleted."""

    kind = "meeting_cancel"

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Meeting) -> Meeting:
        """Write the cancellation."""
        services = context.services
        reason = str(self.fields(proposed)["cancel_reason"])
        if not await services.meetings.cancel(tx, context.guild_id, before.id, reason):
            raise UserError(t("That meeting is cancelled already; nothing was done a second time."))
        return before

    async def announce(self, context: Context, tx: Transaction, proposed: Proposed, done: Meeting) -> int | None:
        """Call off what waits, and owe the cancellation to those who know of the meeting."""
        outbox = context.services.outbox
        # Asked before: of what is called off nobody can tell any more whether it was on its way.
        addressees = await addressed(context.services, done, Kind.CANCELLED, tx)
        await outbox.cancel(tx, context.guild_id, SUBJECT, done.id)
        await outbox.edit(tx, context.guild_id, SUBJECT, done.id, people_too=not done.invites_all)
        await _announce(context, tx, done, Kind.CANCELLED)
        if done.invites_all:
            return None
        return await owe_to_people(context, tx, SUBJECT, done, proposed.kind, addressees)

    def done(self, done: Meeting) -> Text:  # noqa: ARG002 - the same for each
        """Say that it is cancelled."""
        return t("The meeting is cancelled, and no more reminders of it are sent.")


async def _change_at_once(context: Context, meeting: Meeting, values: Mapping[str, MeetingValue]) -> None:
    as_asked = _as_it_is(meeting, values)
    try:
        async with context.write() as tx:
            _require_as_asked(await meeting_of(context, meeting.id), as_asked)
            await _write(context, tx, meeting, values)
    except NumberTakenError as error:
        raise number_taken(values.get("number")) from error
    await context.put(_changed())
    await MeetingEventButton.keep(context, meeting.id)


async def _write(context: Context, tx: Transaction, meeting: Meeting, values: Mapping[str, Any]) -> Meeting:
    """Write a change, with its sessions, what is owed and what was said; return the meeting as it is now."""
    services = context.services
    changed = merged(meeting, values)
    if not _same_days(meeting, changed):
        await require_free_days(services, changed)
    sessions = await services.sessions.of_meeting(context.guild_id, meeting.id)
    starts = {s.id: rules.moved(s, meeting, changed) for s in sessions}
    starts = {s.id: starts[s.id] for s in sessions if starts[s.id] != s.starts_at}
    await services.meetings.change(tx, context.guild_id, meeting.id, **values)
    await services.sessions.move(tx, context.guild_id, starts)
    await services.outbox.plan(tx, context.guild_id, SUBJECT, meeting.id, owed_by(changed))
    kinds = (Kind.ANNOUNCED, Kind.INVITED)
    people_too = not meeting.invites_all
    await services.outbox.edit(tx, context.guild_id, SUBJECT, meeting.id, *kinds, people_too=people_too)
    return changed


def _changed() -> Text:
    return t("Changed. See it with {command}.", command=Command("meeting show"))


def _as_it_is(meeting: Meeting, values: Mapping[str, MeetingValue]) -> dict[str, object]:
    """Return what a change to ``values`` was asked for over."""
    return packed(Meeting, {name: getattr(meeting, name) for name in sorted(NOTICED | values.keys())})


def _require_as_asked(meeting: Meeting, over: Mapping[str, object]) -> None:
    if any(getattr(meeting, name) != value for name, value in unpacked(Meeting, over).items()):
        raise UserError(
            t(
                "The meeting has changed since you asked, so your change was not made: look at it with {command}, and"
                " type your change again.",
                command=Command("meeting show"),
            )
        )


async def _announce(
    context: Context, tx: Transaction, meeting: Meeting, series: Kind, payload: Mapping[str, object] | None = None
) -> None:
    if context.network.announcements_channel_id is None or not meeting.is_public:
        return
    await context.services.outbox.plan_now(
        tx, context.guild_id, SUBJECT, meeting.id, series.value, ANNOUNCEMENTS, payload=payload
    )


def _require_open(services: Services, meeting: Meeting, shifted: datetime | None) -> None:
    now = services.clock.now()
    if shifted is not None and shifted <= now and meeting.register_by is not None and meeting.register_by > now:
        day = shifted.astimezone(ZoneInfo(meeting.timezone)).date()
        raise FieldError(
            "register_by",
            t(
                "Registration would have closed on {day}, as it moves with the meeting: type a new deadline, or - for"
                " none.",
                day=day,
            ),
        )


def _require_room(sessions: list[Session], old: Meeting, new: Meeting) -> None:
    moved = [dataclasses.replace(session, starts_at=rules.moved(session, old, new)) for session in sessions]
    outside = rules.left_outside(moved, new)
    if outside:
        raise UserError(
            t(
                "{session} would fall outside the meeting's days: move or remove it first, with {command}.",
                session=outside[0].title,
                command=Command("meeting session edit"),
            )
        )


def _same_days(old: Meeting, new: Meeting) -> bool:
    return (old.starts_on, old.ends_on) == (new.starts_on, new.ends_on)


def _old_days(old: Meeting, new: Meeting) -> list[str]:
    return [] if _same_days(old, new) else [old.starts_on.isoformat(), old.ends_on.isoformat()]
