"""The digests are turned off at once, and the monthly one is turned on after it was shown."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, cast

from bot import working_days
from bot.errors import UserError
from bot.identify import network_reader
from bot.outbox import Message
from bot.texts import Text
from bot.ui import Confirmation, Context
from cogs.digests import sentences
from cogs.digests.messages import monthly_message
from cogs.digests.planning import workplace_of_network
from cogs.digests.queries import monthly_of, news_since, viewer_of_channel
from cogs.digests.rules import SUBJECT, months, weeks
from storage.models import Draft, Network

_WEEKLY: Final = "weekly_digest"
_MONTHLY: Final = "monthly_digest"


async def change(context: Context, given: Mapping[str, bool]) -> None:
    """Turn the digests on or off, as ``given`` by the network's fields; what is new to members is shown first.

    Raises UserError where nothing is given, and where there is no channel.
    """
    if not given:
        raise UserError(sentences.NOTHING_CHOSEN)
    network = context.network
    if given.get(_WEEKLY) and network.secretariat_channel_id is None:
        raise UserError(sentences.NO_SECRETARIAT_CHANNEL)
    if given.get(_MONTHLY) and _channel(network) is None:
        raise UserError(sentences.NO_CHANNEL)
    await working_days.load()
    if given.get(_MONTHLY) and not network.monthly_digest:
        await _ask(context, given)
        return
    await _set(context, given)
    await context.answer("\n".join(map(context.say, _now(context, given))))


async def _ask(context: Context, given: Mapping[str, bool]) -> None:
    network = context.network
    (kind, due), place = _next_month(context), workplace_of_network(context.services, network)
    asked = context.say(sentences.ask_monthly(_channel(network) or 0, due, place.zone, context.reader))
    asker = context.asker
    shown = await _as_it_reads(context, kind) if asker.is_member or asker.is_secretariat else None
    if shown is None:
        await context.preview(ConfirmDigests.kind, {"given": dict(given)}, asked)
        return
    if shown.card is None:
        await context.preview(ConfirmDigests.kind, {"given": dict(given)}, f"{asked} {shown.sentence}")
        return
    said = f"{asked} {context.say(sentences.READS_NOW)}\n\n{shown.sentence}"
    await context.preview(ConfirmDigests.kind, {"given": dict(given)}, said, embed=shown.card)


async def _as_it_reads(context: Context, kind: str) -> Message:
    """Return the monthly digest as it would read now; without a card where there is nothing to say."""
    services, network = context.services, context.network
    reader, now = network_reader(services, network), services.clock.now()
    await services.shelf.scope(context.guild_id, for_members=True)
    since = await news_since(services, network, kind)
    monthly = await monthly_of(services, viewer_of_channel(network), since, now, reader)
    return monthly_message(monthly, kind, reader) if monthly else Message(context.say(sentences.NOTHING_NOW))


class ConfirmDigests(Confirmation):
    """The digests about to be turned on."""

    kind = "digests"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Turn them on."""
        given = cast(Mapping[str, bool], draft.payload["given"])
        await working_days.load()
        await _set(context, given, draft)
        await context.replace("\n".join(map(context.say, _now(context, given))))


async def _set(context: Context, given: Mapping[str, bool], draft: Draft | None = None) -> None:
    services = context.services
    async with context.write() as tx:
        if draft is not None:
            await context.take(tx, draft)
        await services.settings.change_network(tx, context.guild_id, **given)
        await services.outbox.plan_again(tx, context.guild_id, SUBJECT)


def _now(context: Context, given: Mapping[str, bool]) -> list[Text]:
    """Say what holds now of what was given."""
    services, reader = context.services, context.reader
    said: list[Text] = []
    if _WEEKLY in given:
        zone = services.zone(context.network)
        due = next(due for _, due in weeks(services.clock.now(), zone) if due > services.clock.now())
        said.append(sentences.weekly_on(due, zone, reader) if given[_WEEKLY] else sentences.WEEKLY_OFF)
    if _MONTHLY in given:
        place = workplace_of_network(services, context.network)
        _, due = _next_month(context)
        said.append(sentences.monthly_on(due, place.zone, reader) if given[_MONTHLY] else sentences.MONTHLY_OFF)
    return said


def _next_month(context: Context) -> tuple[str, datetime]:
    now = context.services.clock.now()
    place = workplace_of_network(context.services, context.network)
    return next((kind, due) for kind, due in months(now, place) if due > now)


def _channel(network: Network) -> int | None:
    return network.members_channel_id or network.announcements_channel_id


class ConfirmEarlierNote(Confirmation):
    """The shelf's monthly note, about to be turned on before the upgrade that made it part of the digest."""

    kind = "shelf_digest"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Turn the monthly digest on."""
        await working_days.load()
        await _set(context, {_MONTHLY: True}, draft)
        await context.replace("\n".join(map(context.say, _now(context, {_MONTHLY: True}))))
