"""Planning, changing and cancelling a meeting: what is shown before it happens, and what happens on *Confirm*."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from typing import Final, cast
from zoneinfo import ZoneInfo

import discord

from bot.access import Asker, Level
from bot.errors import UserError
from bot.identify import network_reader
from bot.outbox import ANNOUNCEMENTS, Request
from bot.outbox.preview import PreviewedConfirmation, SendTestButton, announced_where, quoted
from bot.services import Services, Transaction
from bot.texts import Markdown, nt, t
from bot.ui import DraftButton, answer, host_of, replace, stored_view, take
from cogs.meetings import cards, desk, notices, rules, typed, words
from cogs.meetings.answering import SUBJECT
from cogs.meetings.kinds import Series
from cogs.meetings.outbound import owed_by
from cogs.meetings.views import keep_event, meeting_of
from storage.meeting_models import Meeting, MeetingValue, NumberTakenError, Session
from storage.models import Draft

NOTICED: Final = frozenset({"starts_on", "ends_on", "city", "country", "timezone", "register_by"})
"""The fields whose change is said in announcements; the others change the cards that are there."""


async def propose_plan(interaction: discord.Interaction, asker: Asker, fields: Mapping[str, MeetingValue]) -> None:
    """Show the announcement of a meeting that is not yet written, and ask for *Confirm*."""
    services = host_of(interaction).services
    number = fields.get("number") or await services.meetings.next_number(asker.guild_id)
    fields = {**fields, "number": number}
    await _require_free_number(services, asker, fields)
    meeting = typed.unsaved(asker.guild_id, fields)
    await _require_free_days(services, meeting)
    public = network_reader(services, asker.network)
    told = await desk.told_of(services, meeting)
    await _preview(
        interaction,
        asker,
        PlanMeeting,
        {"meeting": 0, "series": Series.ANNOUNCED.value, "fields": typed.packed(fields)},
        notices.announced(meeting, told, public),
        cards.meeting_card(meeting, told.delegations, public, told.now),
    )


async def propose_change(
    interaction: discord.Interaction, asker: Asker, meeting: Meeting, fields: Mapping[str, MeetingValue]
) -> None:
    """Show the change notice and ask for *Confirm*; a change that is not said in announcements is made at once."""
    services = host_of(interaction).services
    fields = {name: value for name, value in fields.items() if getattr(meeting, name) != value}
    if not fields:
        raise UserError(t("Nothing differs from what is on record, so nothing was changed: add an option to change."))
    await _require_free_number(services, asker, fields)
    changed = typed.merged(meeting, fields)
    shifted = typed.shifted_deadline(meeting, changed)
    _require_open(services, meeting, shifted)
    if shifted != changed.register_by:
        fields = {**fields, "register_by": shifted}
        changed = typed.merged(meeting, fields)
    sessions = await services.sessions.of_meeting(asker.guild_id, meeting.id)
    _require_room(sessions, meeting, changed)
    if not _same_days(meeting, changed):
        await _require_free_days(services, changed)
    if meeting.is_recorded or not NOTICED & fields.keys() or desk.is_over(services, changed):
        await _change(interaction, asker, meeting, fields, draft=None, notice=False)
        return
    public = network_reader(services, asker.network)
    told = await desk.told_of(services, changed)
    old = "" if _same_days(meeting, changed) else words.days(meeting, public)
    moves = nt("Its {count} session moves with it.", "Its {count} sessions move with it.", len(sessions))
    await _preview(
        interaction,
        asker,
        ChangeMeeting,
        {
            "meeting": meeting.id,
            "series": Series.CHANGED.value,
            "fields": typed.packed(fields),
            "old_days": _old_days(meeting, changed),
            "over": _as_asked(meeting, fields),
        },
        notices.changed(old, changed, told, public),
        cards.meeting_card(changed, told.delegations, public, told.now),
        note=asker.reader.say(moves) if sessions and old else "",
    )


async def propose_cancel(interaction: discord.Interaction, asker: Asker, meeting: Meeting, reason: str) -> None:
    """Show the cancellation notice and ask for *Confirm*."""
    services = host_of(interaction).services
    fields: dict[str, MeetingValue] = {"cancel_reason": reason, "cancelled_at": services.clock.now()}
    cancelled = typed.merged(meeting, fields)
    public = network_reader(services, asker.network)
    told = await desk.told_of(services, meeting)
    await _preview(
        interaction,
        asker,
        CancelMeeting,
        {"meeting": meeting.id, "series": Series.CANCELLED.value, "fields": typed.packed(fields)},
        notices.cancelled(cancelled, told, public),
        cards.meeting_card(cancelled, told.delegations, public, told.now),
    )


async def _preview(
    interaction: discord.Interaction,
    asker: Asker,
    confirmation: "type[_Announced]",
    payload: Mapping[str, object],
    sentence: str,
    card: discord.Embed,
    *,
    note: str = "",
) -> None:
    services, reader = host_of(interaction).services, asker.reader
    async with services.transaction(asker.account_id) as tx:
        draft_id = await services.settings.keep_draft(
            tx, asker.guild_id, asker.account_id, confirmation.kind, dict(payload)
        )
    where = reader.say(announced_where(asker.network))
    content = "\n".join(part for part in (where, note, quoted(sentence)) if part)
    style = discord.ButtonStyle.danger if confirmation is CancelMeeting else discord.ButtonStyle.success
    buttons = [
        DraftButton("confirm", str(draft_id), label=reader.label(t("Confirm")), style=style),
        SendTestButton.of(draft_id, asker),
        DraftButton("cancel", str(draft_id), label=reader.label(t("Cancel"))),
    ]
    await answer(interaction, content[:2000], embed=card, view=stored_view(buttons))


class _Announced(PreviewedConfirmation):
    """Its draft names the notice: the ``meeting`` (0: a new one), the ``series`` and the ``fields``."""

    level = Level.SECRETARIAT

    def message(self, draft: Draft) -> Request:
        """Return the notice as it would be were this confirmed."""
        payload = {"proposed": draft.payload["fields"], "old_days": draft.payload.get("old_days")}
        meeting_id, kind = cast(int, draft.payload["meeting"]), str(draft.payload["series"])
        return Request(SUBJECT, meeting_id, kind, ANNOUNCEMENTS, payload)


class PlanMeeting(_Announced):
    """The meeting is written and announced."""

    kind = "meeting_plan"

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Write the meeting, what it owes and its announcement; then make Discord's event."""
        services = host_of(interaction).services
        fields = typed.unpacked(cast(dict[str, object], draft.payload["fields"]))
        planned = typed.unsaved(asker.guild_id, fields)
        typed.require_day_ahead(planned.starts_on, services.clock.now(), planned.timezone)
        try:
            async with services.transaction(asker.account_id) as tx:
                await take(interaction, tx, draft)
                # Asked again while nobody else writes: two may have planned the same meeting.
                await _require_free_days(services, planned)
                meeting_id = await services.meetings.add(tx, asker.guild_id, **fields)
                meeting = typed.merged(planned, {"id": meeting_id})
                await services.outbox.plan(tx, asker.guild_id, SUBJECT, meeting_id, owed_by(meeting))
                await _announce(services, tx, asker, meeting_id, Series.ANNOUNCED)
        except NumberTakenError as error:
            raise number_taken(fields) from error
        said = t("Planned. Its reminders are under {command}.", command=Markdown("`/meeting reminders`"))
        await replace(interaction, asker.reader.say(said))
        await keep_event(interaction, asker, meeting_id)


class ChangeMeeting(_Announced):
    """The meeting is changed, and the change is announced."""

    kind = "meeting_change"

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Write the change, move what is owed, say it."""
        services = host_of(interaction).services
        meeting = await meeting_of(services, asker, cast(int, draft.payload["meeting"]))
        desk.require_ahead(services, meeting)
        fields = typed.unpacked(cast(dict[str, object], draft.payload["fields"]))
        _require_as_asked(meeting, fields, draft.payload["over"])
        sessions = await services.sessions.of_meeting(asker.guild_id, meeting.id)
        changed = typed.merged(meeting, fields)
        if "starts_on" in fields:
            typed.require_day_ahead(changed.starts_on, services.clock.now(), changed.timezone)
        _require_room(sessions, meeting, changed)
        await _change(interaction, asker, meeting, fields, draft=draft, notice=True)


class CancelMeeting(_Announced):
    """The meeting is cancelled, and that is announced."""

    kind = "meeting_cancel"

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Write the cancellation, withdraw what is owed, say it; then delete Discord's event."""
        services = host_of(interaction).services
        meeting = await meeting_of(services, asker, cast(int, draft.payload["meeting"]))
        reason = cast(dict[str, str], draft.payload["fields"])["cancel_reason"]
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            if not await services.meetings.cancel(tx, asker.guild_id, meeting.id, reason):
                raise UserError(t("That meeting is cancelled already; nothing was done a second time."))
            await services.outbox.cancel(tx, asker.guild_id, SUBJECT, meeting.id)
            await services.outbox.edit(tx, asker.guild_id, SUBJECT, meeting.id)
            await _announce(services, tx, asker, meeting.id, Series.CANCELLED)
        await replace(interaction, asker.reader.say(t("Cancelled. Nothing more is sent about it.")))
        await keep_event(interaction, asker, meeting.id)


async def _change(
    interaction: discord.Interaction,
    asker: Asker,
    meeting: Meeting,
    fields: Mapping[str, MeetingValue],
    *,
    draft: Draft | None,
    notice: bool,
) -> None:
    services = host_of(interaction).services
    changed = typed.merged(meeting, fields)
    sessions = await services.sessions.of_meeting(asker.guild_id, meeting.id)
    starts = {s.id: rules.moved(s, meeting, changed) for s in sessions}
    starts = {s.id: starts[s.id] for s in sessions if starts[s.id] != s.starts_at}
    try:
        async with services.transaction(asker.account_id) as tx:
            if draft is not None:
                await take(interaction, tx, draft)
            # Asked again while nobody else writes, as is whether the days are free.
            current = await meeting_of(services, asker, meeting.id)
            _require_as_asked(current, fields, _as_asked(meeting, fields))
            if not _same_days(meeting, changed):
                await _require_free_days(services, changed)
            await services.meetings.change(tx, asker.guild_id, meeting.id, **fields)
            await services.sessions.move(tx, asker.guild_id, starts)
            await services.outbox.plan(tx, asker.guild_id, SUBJECT, meeting.id, owed_by(changed))
            await services.outbox.edit(tx, asker.guild_id, SUBJECT, meeting.id, Series.ANNOUNCED)
            if notice:
                payload = {"old_days": _old_days(meeting, changed)}
                await _announce(services, tx, asker, meeting.id, Series.CHANGED, payload)
    except NumberTakenError as error:
        raise number_taken(fields) from error
    said = asker.reader.say(t("Changed. See it with {command}.", command=Markdown("`/meeting show`")))
    await (replace if draft is not None else answer)(interaction, said)
    await keep_event(interaction, asker, meeting.id)


def _as_asked(meeting: Meeting, fields: Mapping[str, MeetingValue]) -> dict[str, object]:
    """Return what a change of ``fields`` stands on."""
    return typed.packed({name: getattr(meeting, name) for name in sorted(NOTICED | fields.keys())})


def _require_as_asked(meeting: Meeting, fields: Mapping[str, MeetingValue], over: object) -> None:
    if _as_asked(meeting, fields) != over:
        raise UserError(
            t(
                "The meeting has been changed since you asked, so nothing of yours was changed: look at it with"
                " {command}, and type your change again.",
                command=Markdown("`/meeting show`"),
            )
        )


async def _announce(
    services: Services,
    tx: Transaction,
    asker: Asker,
    meeting_id: int,
    series: Series,
    payload: Mapping[str, object] | None = None,
) -> None:
    if asker.network.announcements_channel_id is None:
        return
    await services.outbox.plan_now(
        tx, asker.guild_id, SUBJECT, meeting_id, series.value, ANNOUNCEMENTS, payload=payload
    )


async def _require_free_number(services: Services, asker: Asker, fields: Mapping[str, MeetingValue]) -> None:
    meetings = await services.meetings.all(asker.guild_id)
    held = {meeting.number for meeting in meetings if meeting.cancelled_at is None}
    if fields.get("number") is not None and fields["number"] in held:
        raise number_taken(fields)


async def _require_free_days(services: Services, planned: Meeting) -> None:
    """Refuse days of another annual meeting: nobody is called to two at once, nor twice to one."""
    for other in await services.meetings.all(planned.guild_id):
        apart = planned.ends_on < other.starts_on or other.ends_on < planned.starts_on
        if other.id != planned.id and other.cancelled_at is None and not apart:
            raise typed.FieldError(
                "starts_on",
                t(
                    "Another annual meeting is planned from {first} to {last}, in {city}: change that one with"
                    " {command}, or type other days.",
                    first=other.starts_on,
                    last=other.ends_on,
                    city=other.city,
                    command=Markdown("`/meeting edit`"),
                ),
            )


def number_taken(fields: Mapping[str, MeetingValue]) -> UserError:
    """Say that another meeting bears the number."""
    return typed.FieldError(
        "number", t("Another meeting bears number {number}: type another one.", number=cast(int, fields["number"]))
    )


def _require_open(services: Services, meeting: Meeting, shifted: datetime | None) -> None:
    now = services.clock.now()
    if shifted is not None and shifted <= now and meeting.register_by is not None and meeting.register_by > now:
        day = shifted.astimezone(ZoneInfo(meeting.timezone)).date()
        raise typed.FieldError(
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
                "{session} would fall outside of the meeting's days: move or remove it first, with {command}.",
                session=outside[0].title,
                command=Markdown("`/meeting session edit`"),
            )
        )


def _same_days(old: Meeting, new: Meeting) -> bool:
    return (old.starts_on, old.ends_on) == (new.starts_on, new.ends_on)


def _old_days(old: Meeting, new: Meeting) -> list[str]:
    return [] if _same_days(old, new) else [old.starts_on.isoformat(), old.ends_on.isoformat()]
