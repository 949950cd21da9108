"""What is shown before something goes out: the time around the network, where it goes, whom it reaches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

import discord
from discord import ui

from bot.access import Asker, Level
from bot.naming import called, in_order
from bot.outbox import ANNOUNCEMENTS, PEOPLE, Request
from bot.outbox.preview import PreviewedConfirmation, SendTestButton
from bot.services import Services
from bot.texts import Markdown, Reader, Text, escaped, nt, t
from bot.ui import DraftButton, answer, host_of, replace, stored_view
from cogs.webinars import hours, notices, rules, words
from cogs.webinars.events import SUBJECT
from cogs.webinars.telling import stop_view
from storage.models import Draft, Person
from storage.webinar_models import Webinar, WebinarValue

_LONGEST: Final = 2000
_NAMED: Final = 6


def fitting(parts: Iterable[str]) -> str:
    """Join what there is to say, as far as a message holds it."""
    return "\n".join(part for part in parts if part)[:_LONGEST]


async def around_the_network(services: Services, asker: Asker, webinar: Webinar) -> list[str]:
    """Write the start in five zones across the network, and say whose night it is."""
    seats = await services.members.seats(asker.guild_id, services.today(asker.network))
    offices, _ = hours.offices_of(seats)
    reader = asker.reader
    zones = hours.across(webinar.starts_at, [office.zone for office in offices], webinar.timezone)
    lines = [f"🕒 {reader.moment(webinar.starts_at, zone)}" for zone in zones]
    asleep = {office.code for office in hours.asleep(webinar.starts_at, webinar.length, offices)}
    by_name = [
        called(seat.delegation, reader.language)
        for seat in in_order(seats, reader.language)
        if seat.delegation.code in asleep
    ]
    if not by_name:
        return [*lines, reader.say(t("It is nobody's night."))]
    shown = [str(escaped(name)) for name in by_name[:_NAMED]]
    if len(by_name) > _NAMED:
        shown.append(reader.say(nt("{count} more", "{count} more", len(by_name) - _NAMED)))
    said = t("🌙 It is night (23:00 to 07:00) for {delegations}.", delegations=Markdown(reader.listing(shown)))
    return [*lines, reader.say(said)]


def leads(webinar: Webinar, reader: Reader, now: datetime) -> str:
    """Say when it will be reminded of; leads already past are not owed."""
    coming = [one for one in rules.reminders(webinar) if one.at > now]
    if not coming:
        return reader.say(t("No reminder follows."))
    moments = reader.listing([f"<t:{int(one.at.timestamp())}:f>" for one in coming])
    return reader.say(t("Reminders follow {moments}.", moments=Markdown(moments)))


def changed_fields(base: Webinar, changed: Webinar, fields: Mapping[str, WebinarValue], reader: Reader) -> str:
    """Name what changes; what is short, with what it was and what it will be."""
    return "; ".join(_change(base, changed, name, reader) for name in fields)


def _change(base: Webinar, changed: Webinar, name: str, reader: Reader) -> str:
    field = reader.say(words.FIELD[name])
    match name:
        case "starts_at":
            old, new = (reader.moment(w.starts_at, w.timezone) for w in (base, changed))
        case "length":
            old, new = (words.length(w.length, reader) for w in (base, changed))
        case "timezone":
            old, new = (reader.place(w.timezone) for w in (base, changed))
        case "title":
            old, new = (str(escaped(words.shortened(w.title, 80))) for w in (base, changed))
        case _:
            return field
    return f"{field} (~~{old}~~ → {new})"


async def recipients(services: Services, asker: Asker, people: Sequence[Person]) -> str:
    """Say how many are told directly, and how many above their next private answer."""
    directly = 0
    for person in people:
        account = await services.settings.account(asker.guild_id, person.account_id or 0)
        directly += account.direct_messages == "yes"
    if not people:
        return asker.reader.say(t("Nobody has said yet that they are coming, so nobody would be told."))
    return asker.reader.say(
        t(
            "Those coming who would be told: {direct} by direct message, {later} above their next private answer.",
            direct=directly,
            later=len(people) - directly,
        )
    )


class WebinarPreview(PreviewedConfirmation):
    """Its draft names the message: its ``kind``, the ``webinar`` (0: a new one) and its ``fields``."""

    level = Level.SECRETARIAT

    def message(self, draft: Draft) -> Request:
        """Return the message as it would be were this confirmed."""
        kind, webinar_id = str(draft.payload["kind"]), cast(int, draft.payload["webinar"])
        payload = {**cast(Mapping[str, object], draft.payload["said"]), "proposed": draft.payload["fields"]}
        return Request(SUBJECT, webinar_id, kind, ANNOUNCEMENTS if kind in notices.PUBLIC else PEOPLE, payload)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to go on from a preview: its button's label and style, and what it confirms."""

    label: Text
    confirmation: type[WebinarPreview]
    style: discord.ButtonStyle = discord.ButtonStyle.success


async def ask(
    interaction: discord.Interaction,
    asker: Asker,
    ways: Sequence[Way],
    payload: Mapping[str, object],
    content: str,
    card: discord.Embed,
    more: Sequence[ui.Item[Any]] = (),
) -> None:
    """Show what is about to go out with a button for each of the ``ways``, a test, ``more``, and *Cancel*.

    The test is that of the last way.
    """
    services, reader = host_of(interaction).services, asker.reader
    buttons: list[ui.Item[Any]] = []
    draft_id = 0
    for way in ways:
        async with services.transaction(asker.account_id) as tx:
            draft_id = await services.settings.keep_draft(
                tx, asker.guild_id, asker.account_id, way.confirmation.kind, dict(payload)
            )
        buttons.append(DraftButton("confirm", str(draft_id), label=reader.label(way.label), style=way.style))
    buttons += [SendTestButton.of(draft_id, asker), *more]
    buttons.append(DraftButton("cancel", str(draft_id), label=reader.label(t("Cancel"))))
    await answer(interaction, content, embed=card, view=stored_view(buttons))


async def done(interaction: discord.Interaction, asker: Asker, said: Text, told: int | None) -> None:
    """Say that it is done; where people are told, that it can be stopped for two minutes."""
    reader = asker.reader
    if told is None:
        await replace(interaction, reader.say(said))
        return
    stop = t("Those coming are told in two minutes; until then you can stop that.")
    await replace(interaction, f"{reader.say(said)} {reader.say(stop)}", view=stop_view(told, reader))
