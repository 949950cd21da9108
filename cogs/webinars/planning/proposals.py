"""What is shown before a webinar is scheduled, changed or cancelled, and what happens on *Confirm*."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import discord

from bot.commands import Command
from bot.errors import UserError
from bot.identify import network_reader
from bot.occasions.proposal import Proposal, Proposed, owe_to_people, propose, proposed_of
from bot.occasions.record import merged
from bot.outbox import ANNOUNCEMENTS
from bot.previews.country_named import country_named
from bot.previews.preview import announced_where, quoted
from bot.texts import Markdown, Text, t
from bot.timeparse import require_future
from bot.ui import Choice, Context, Correction, Values
from cogs.webinars import cards, queries, rules, sentences
from cogs.webinars.events import WebinarEventButton
from cogs.webinars.messages import owed_by
from cogs.webinars.planning import fields, previews
from cogs.webinars.rules import SUBJECT, Kind
from storage.database import Transaction
from storage.webinars.models import Webinar, WebinarCounts, WebinarValue

AFFECTS_JOINING: Final = frozenset({"starts_at", "length", "link"})
"""The fields whose change those attending have to know of."""
_TELL: Final = t("Tell those attending")


class WebinarProposal(Proposal[Webinar]):
    """Something that may be done to a webinar."""

    subject = SUBJECT
    record = Webinar

    async def before(self, context: Context, proposed: Proposed) -> Webinar:
        """Return the webinar, which must be neither cancelled nor over."""
        webinar = await queries.webinar_of(context, proposed.record)
        queries.require_open(webinar, context.services.clock.now())
        return webinar

    async def after(self, context: Context, done: Webinar) -> None:
        """Bring Discord's event in step."""
        await WebinarEventButton.keep(context, done.id)


async def propose_new(
    context: Context,
    values: Mapping[str, WebinarValue],
    corrections: Sequence[Correction],
    typed: Values,
) -> None:
    """Show the announcement of a webinar that is not yet written, and ask for *Confirm*."""
    services = context.services
    webinar = rules.unsaved(context.guild_id, values)
    public = network_reader(services, context.network)
    parts = [
        announced_where(context),
        *country_named(webinar.title, context.reader),
        *await previews.around_the_network(context, webinar),
        previews.reminders(webinar, context.reader, services.clock.now()),
        quoted(sentences.announced(webinar, public)),
    ]
    card = cards.webinar_card(webinar, public, services.clock.now(), counts=WebinarCounts())
    proposed = proposed_of(Webinar, webinar, Kind.ANNOUNCED, values)
    await propose(context, [Choice(ScheduleWebinar.kind)], proposed, parts, card, corrections, typed)


class ScheduleWebinar(WebinarProposal):
    """The webinar is written and announced, and Discord's event is made."""

    kind = "webinar_schedule"

    async def before(self, context: Context, proposed: Proposed) -> Webinar:
        """Return the webinar as it will be, whose start must still be ahead."""
        webinar = rules.unsaved(context.guild_id, self.fields(proposed))
        _require_ahead(context, webinar)
        return webinar

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Webinar) -> Webinar:
        """Write the webinar, what it owes and its announcement."""
        webinar_id = await context.services.webinars.add(tx, context.guild_id, self.fields(proposed))
        await context.services.outbox.plan(tx, context.guild_id, SUBJECT, webinar_id, owed_by(before))
        await context.services.outbox.plan_now(
            tx, context.guild_id, SUBJECT, webinar_id, Kind.ANNOUNCED, ANNOUNCEMENTS, deadline=before.ends_at
        )
        return replace(before, id=webinar_id)

    def done(self, done: Webinar) -> Text:
        """Say that it is scheduled."""
        return t("“{title}” is scheduled; its announcement goes out now.", title=done.title)


async def propose_change(
    context: Context,
    base: Webinar,
    values: Mapping[str, WebinarValue],
    corrections: Sequence[Correction],
    typed: Values,
) -> None:
    """Show what changes, and ask whether to correct it silently or to tell those attending."""
    if not values:
        raise UserError(t("Nothing differs from what is on record, so nothing was changed: add an option to change."))
    services, reader = context.services, context.reader
    changed = merged(base, values)
    concerned = await queries.people_who(services, base, "attending", "maybe")
    matters = bool(AFFECTS_JOINING & values.keys())
    public = network_reader(services, context.network)
    old = _old_start(base, changed)
    parts = [
        reader.say(
            t("This changes: {fields}.", fields=Markdown(previews.changed_fields(base, changed, values, reader)))
        ),
        *(country_named(changed.title, reader) if "title" in values else ()),
        *(await previews.around_the_network(context, changed) if old is not None else ()),
        reader.say(_advice(matters=matters)),
        await previews.recipients(context, concerned, Kind.CHANGED),
        *([_said_in_channel(context)] if old is not None else ()),
        quoted(sentences.changed(changed, public, old, tuple(sorted(values)))),
    ]
    proposed = proposed_of(Webinar, base, Kind.CHANGED, values, **_said(base, changed, values))
    counts = await context.services.webinars.counts(context.guild_id, base.id)
    card = cards.webinar_card(changed, public, services.clock.now(), counts=counts)
    await propose(context, _choices(matters=matters), proposed, parts, card, corrections, typed)


def _choices(*, matters: bool) -> list[Choice]:
    likelier, other = discord.ButtonStyle.success, discord.ButtonStyle.secondary
    return [
        Choice(CorrectSilently.kind, t("Correct silently"), other if matters else likelier),
        Choice(TellAttending.kind, _TELL, likelier if matters else other),
    ]


def _said_in_channel(context: Context) -> str:
    tells = context.reader.say(t("*{button}* also announces the new time in the channel.", button=_TELL))
    return f"{tells} {announced_where(context)}"


def _said(base: Webinar, changed: Webinar, values: Mapping[str, WebinarValue]) -> dict[str, object]:
    old = _old_start(base, changed)
    return {"what": sorted(values), "old_start": int(old.timestamp()) if old else None}


def _advice(*, matters: bool) -> Text:
    if matters:
        return t("The time or the link has changed: inform those attending rather than correct it silently.")
    return t("Only the wording has changed, so a silent correction is enough: it updates the card and the event.")


def _old_start(base: Webinar, changed: Webinar) -> datetime | None:
    return base.starts_at if base.starts_at != changed.starts_at else None


class CorrectSilently(WebinarProposal):
    """The record changes, and with it the card, the reminders, the calendar files and Discord's event."""

    kind = "webinar_correct"
    to_people = True

    async def before(self, context: Context, proposed: Proposed) -> Webinar:
        """Return the webinar, whose new start must still be ahead."""
        base = await super().before(context, proposed)
        values = self.fields(proposed)
        if "starts_at" in values:
            _require_ahead(context, merged(base, values))
        return base

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Webinar) -> Webinar:
        """Change the record and all that follows from it, unless somebody was quicker."""
        values: dict[str, Any] = self.fields(proposed)
        changed = merged(before, values)
        if not await context.services.webinars.change(tx, context.guild_id, before.id, proposed.sequence, values):
            raise UserError(_too_late(before))
        await context.services.outbox.plan(tx, context.guild_id, SUBJECT, before.id, owed_by(changed))
        await context.services.outbox.edit(tx, context.guild_id, SUBJECT, before.id)
        return changed

    def done(self, done: Webinar) -> Text:
        """Say that it is changed."""
        return t("“{title}” is changed; its card, its reminders and the calendar file are updated.", title=done.title)


class TellAttending(CorrectSilently):
    """The same, and those attending are told; where the start moves, so is the channel."""

    kind = "webinar_tell"

    async def announce(self, context: Context, tx: Transaction, proposed: Proposed, done: Webinar) -> int:
        """Owe those attending a message, and the channel a notice of another start."""
        if proposed.said.get("old_start") is not None:
            await context.services.outbox.plan_now(
                tx,
                done.guild_id,
                SUBJECT,
                done.id,
                Kind.MOVED,
                ANNOUNCEMENTS,
                payload=proposed.said,
                deadline=done.starts_at.astimezone(UTC),
            )
        return await owe_to_people(context, tx, SUBJECT, done, Kind.CHANGED, proposed.said)


def _too_late(webinar: Webinar) -> Text:
    return t(
        "Somebody changed or cancelled “{title}” meanwhile, so your change was not made: look at it with {command},"
        " then press *Correct* here and send your change again.",
        title=webinar.title,
        command=Command("webinar show"),
    )


async def propose_cancel(context: Context, webinar: Webinar, reason: str) -> None:
    """Show the cancellation and ask for *Confirm*."""
    services = context.services
    now = services.clock.now()
    queries.require_open(webinar, now)
    reason = " ".join(reason.split())
    cancelled = fields.cancelled(webinar, reason, now)
    public = network_reader(services, context.network)
    concerned = await queries.people_who(services, webinar, "attending", "maybe")
    parts = [
        announced_where(context),
        await previews.recipients(context, concerned, Kind.CANCELLED_TO_PEOPLE),
        quoted(sentences.cancelled(cancelled, public)),
    ]
    values = {"cancelled_at": now, "cancel_reason": reason}
    proposed = proposed_of(Webinar, webinar, Kind.CANCELLED, values)
    choices = [Choice(CancelWebinar.kind, style=discord.ButtonStyle.danger)]
    await propose(context, choices, proposed, parts, cards.webinar_card(cancelled, public, now))


class CancelWebinar(WebinarProposal):
    """The webinar does not take place; Discord's event is deleted."""

    kind = "webinar_cancel"

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Webinar) -> Webinar:
        """Cancel the webinar with all that it owes, and say so."""
        reason = str(self.fields(proposed)["cancel_reason"])
        if not await context.services.webinars.cancel(tx, context.guild_id, before.id, proposed.sequence, reason):
            raise UserError(_too_late(before))
        await context.services.outbox.plan(tx, context.guild_id, SUBJECT, before.id, [])
        await context.services.outbox.edit(tx, context.guild_id, SUBJECT, before.id)
        await context.services.outbox.plan_now(tx, context.guild_id, SUBJECT, before.id, Kind.CANCELLED, ANNOUNCEMENTS)
        return before

    async def announce(self, context: Context, tx: Transaction, proposed: Proposed, done: Webinar) -> int:  # noqa: ARG002 - the record says it all
        """Owe them a message."""
        return await owe_to_people(context, tx, SUBJECT, done, Kind.CANCELLED_TO_PEOPLE)

    def done(self, done: Webinar) -> Text:
        """Say that it is cancelled."""
        return t("“{title}” is cancelled.", title=done.title)


def _require_ahead(context: Context, webinar: Webinar) -> None:
    now, language = context.services.clock.now(), context.reader.language
    require_future(webinar.starts_at, now, zone=webinar.timezone, language=language)
