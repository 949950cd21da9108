"""What is shown before a webinar is scheduled, changed, cancelled or recorded, and what happens on *Confirm*."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast

import discord
from discord import ui

from bot.access import Asker
from bot.errors import UserError
from bot.identify import network_reader
from bot.outbox import ANNOUNCEMENTS
from bot.outbox.preview import announced_where, quoted
from bot.services import Services
from bot.texts import Markdown, Text, t
from bot.timeparse import require_future
from bot.ui import answer, host_of, replace, stored_view, take
from cogs.webinars import cards, desk, notices, previews, typed
from cogs.webinars.buttons import EventButton
from cogs.webinars.events import SUBJECT, EventKeeper
from cogs.webinars.outbound import owed_by
from cogs.webinars.previews import Way, WebinarPreview
from cogs.webinars.telling import tell_people
from storage.models import Draft
from storage.webinar_models import Webinar, WebinarCounts, WebinarValue

AFFECTS_JOINING: Final = frozenset({"starts_at", "length", "link"})
"""The fields whose change those attending have to know of."""


async def propose_new(
    interaction: discord.Interaction,
    asker: Asker,
    fields: Mapping[str, WebinarValue],
    more: Sequence[ui.Item[Any]],
) -> None:
    """Show the announcement of a webinar that is not yet written, and ask for *Confirm*."""
    services = host_of(interaction).services
    webinar = typed.unsaved(asker.guild_id, fields)
    public = network_reader(services, asker.network)
    parts = [
        asker.reader.say(announced_where(asker.network)),
        *await previews.around_the_network(services, asker, webinar),
        previews.leads(webinar, asker.reader, services.clock.now()),
        quoted(notices.announced(webinar, public)),
    ]
    await previews.ask(
        interaction,
        asker,
        [Way(t("Confirm"), ScheduleWebinar)],
        {"webinar": 0, "kind": notices.ANNOUNCED, "said": {}, "fields": typed.packed(fields)},
        previews.fitting(parts),
        cards.webinar_card(webinar, public, services.clock.now(), counts=WebinarCounts()),
        more,
    )


class ScheduleWebinar(WebinarPreview):
    """The webinar is written and announced, and Discord's event is made."""

    kind = "webinar_schedule"

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Write the webinar, what it owes and its announcement in one go; then make Discord's event."""
        services = host_of(interaction).services
        webinar = typed.unsaved(asker.guild_id, typed.unpacked(cast(dict[str, object], draft.payload["fields"])))
        _require_ahead(services, asker, webinar)
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            fields = typed.unpacked(cast(dict[str, object], draft.payload["fields"]))
            webinar_id = await services.webinars.add(tx, asker.guild_id, fields)
            await services.outbox.plan(tx, asker.guild_id, SUBJECT, webinar_id, owed_by(webinar))
            await services.outbox.plan_now(
                tx, asker.guild_id, SUBJECT, webinar_id, notices.ANNOUNCED, ANNOUNCEMENTS, deadline=webinar.ends_at
            )
        said = t("“{title}” is scheduled; its announcement goes out now.", title=webinar.title)
        await replace(interaction, asker.reader.say(said))
        await keep_event(interaction, asker, webinar_id)


async def propose_change(
    interaction: discord.Interaction,
    asker: Asker,
    base: Webinar,
    fields: Mapping[str, WebinarValue],
    more: Sequence[ui.Item[Any]],
) -> None:
    """Show what changes, and ask whether to correct it silently or to tell those attending."""
    if not fields:
        raise UserError(t("Nothing differs from what is on record, so nothing was changed: add an option to change."))
    services, reader = host_of(interaction).services, asker.reader
    changed = typed.merged(base, fields)
    concerned = await desk.people_who(services, base, "attending", "maybe")
    matters = bool(AFFECTS_JOINING & fields.keys())
    public = network_reader(services, asker.network)
    parts = [
        reader.say(
            t("This changes: {fields}.", fields=Markdown(previews.changed_fields(base, changed, fields, reader)))
        ),
        *(await previews.around_the_network(services, asker, changed) if "starts_at" in fields else ()),
        reader.say(_which_way(matters=matters)),
        await previews.recipients(services, asker, concerned),
        quoted(notices.changed(changed, public, _old_start(base, changed), tuple(sorted(fields)))),
    ]
    payload: dict[str, object] = {
        "webinar": base.id,
        "sequence": base.sequence,
        "kind": notices.CHANGED,
        "said": _said(base, changed, fields),
        "fields": typed.packed(fields),
    }
    counts = await services.webinars.counts(asker.guild_id, base.id)
    card = cards.webinar_card(changed, public, services.clock.now(), counts=counts)
    await previews.ask(interaction, asker, _ways(matters=matters), payload, previews.fitting(parts), card, more)


def _ways(*, matters: bool) -> list[Way]:
    likelier, other = discord.ButtonStyle.success, discord.ButtonStyle.secondary
    return [
        Way(t("Correct silently"), CorrectSilently, other if matters else likelier),
        Way(t("Tell those attending"), TellAttending, likelier if matters else other),
    ]


def _said(base: Webinar, changed: Webinar, fields: Mapping[str, WebinarValue]) -> dict[str, object]:
    old = _old_start(base, changed)
    return {"what": sorted(fields), "old_start": int(old.timestamp()) if old else None}


def _which_way(*, matters: bool) -> Text:
    if matters:
        return t("When or how to join has changed: better tell those attending than correct it silently.")
    return t("Only words have changed: correcting them silently is enough; the card and the event follow.")


def _old_start(base: Webinar, changed: Webinar) -> datetime | None:
    return base.starts_at if base.starts_at != changed.starts_at else None


class CorrectSilently(WebinarPreview):
    """The record changes, and with it the card, the reminders, the calendar files and Discord's event."""

    kind = "webinar_correct"
    tells: bool = False

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Change the record and all that follows from it, unless somebody was quicker."""
        services = host_of(interaction).services
        base = await desk.webinar_of(services, asker.guild_id, cast(int, draft.payload["webinar"]))
        fields = typed.unpacked(cast(dict[str, object], draft.payload["fields"]))
        changed = typed.merged(base, fields)
        desk.require_open(base, services.clock.now())
        if "starts_at" in fields:
            _require_ahead(services, asker, changed)
        told = None
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            sequence = cast(int, draft.payload["sequence"])
            if not await services.webinars.change(tx, asker.guild_id, base.id, sequence, fields):
                raise UserError(_too_late(base))
            await services.outbox.plan(tx, asker.guild_id, SUBJECT, base.id, owed_by(changed))
            await services.outbox.edit(tx, asker.guild_id, SUBJECT, base.id)
            if self.tells:
                told = await tell_people(services, tx, changed, notices.CHANGED, _said(base, changed, fields))
        said = t("“{title}” is changed; its card, reminders and calendar follow.", title=changed.title)
        await previews.done(interaction, asker, said, told)
        await keep_event(interaction, asker, base.id)


class TellAttending(CorrectSilently):
    """The same, and those attending are told."""

    kind = "webinar_tell"
    tells = True


def _too_late(webinar: Webinar) -> Text:
    return t(
        "Somebody changed or cancelled “{title}” meanwhile, so nothing of yours was changed: look at it with {command},"
        " then press Correct here and send yours anew.",
        title=webinar.title,
        command=Markdown("`/webinar show`"),
    )


async def propose_cancel(interaction: discord.Interaction, asker: Asker, webinar: Webinar, reason: str) -> None:
    """Show the cancellation and ask for *Confirm*."""
    services = host_of(interaction).services
    now = services.clock.now()
    desk.require_open(webinar, now)
    reason = " ".join(reason.split())
    cancelled = typed.cancelled(webinar, reason, now)
    public = network_reader(services, asker.network)
    concerned = await desk.people_who(services, webinar, "attending", "maybe")
    parts = [
        asker.reader.say(announced_where(asker.network)),
        await previews.recipients(services, asker, concerned),
        quoted(notices.cancelled(cancelled, public)),
    ]
    payload: dict[str, object] = {
        "webinar": webinar.id,
        "sequence": webinar.sequence,
        "reason": reason,
        "kind": notices.CANCELLED,
        "said": {},
        "fields": {"cancelled_at": int(now.timestamp()), "cancel_reason": reason},
    }
    ways = [Way(t("Confirm"), CancelWebinar, discord.ButtonStyle.danger)]
    card = cards.webinar_card(cancelled, public, now)
    await previews.ask(interaction, asker, ways, payload, previews.fitting(parts), card)


class CancelWebinar(WebinarPreview):
    """The webinar does not take place."""

    kind = "webinar_cancel"

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Cancel the webinar with all that it owes, say so, and delete Discord's event."""
        services = host_of(interaction).services
        webinar = await desk.webinar_of(services, asker.guild_id, cast(int, draft.payload["webinar"]))
        desk.require_open(webinar, services.clock.now())
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            sequence, reason = cast(int, draft.payload["sequence"]), cast(str, draft.payload["reason"])
            if not await services.webinars.cancel(tx, asker.guild_id, webinar.id, sequence, reason):
                raise UserError(_too_late(webinar))
            await services.outbox.plan(tx, asker.guild_id, SUBJECT, webinar.id, [])
            await services.outbox.edit(tx, asker.guild_id, SUBJECT, webinar.id)
            await services.outbox.plan_now(tx, asker.guild_id, SUBJECT, webinar.id, notices.CANCELLED, ANNOUNCEMENTS)
            told = await tell_people(services, tx, webinar, notices.TOLD)
        await previews.done(interaction, asker, t("“{title}” is cancelled.", title=webinar.title), told)
        await keep_event(interaction, asker, webinar.id)


async def keep_event(interaction: discord.Interaction, asker: Asker, webinar_id: int) -> None:
    """Bring Discord's event in step, and say what is to be done where that fails."""
    if interaction.guild is None:
        return
    services = host_of(interaction).services
    problem = await EventKeeper(services).keep(interaction.guild, webinar_id)
    if problem is not None:
        webinar = await desk.webinar_of(services, asker.guild_id, webinar_id)
        view = stored_view([EventButton.of(webinar, asker.reader)])
        await answer(interaction, asker.reader.say(problem), view=view)


def _require_ahead(services: Services, asker: Asker, webinar: Webinar) -> None:
    require_future(webinar.starts_at, services.clock.now(), zone=webinar.timezone, language=asker.reader.language)
