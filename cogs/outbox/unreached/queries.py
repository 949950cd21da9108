"""What the list of the unreached is made of."""

import logging
from collections.abc import Mapping, Sequence
from typing import Final

from bot.delivery.unreached import unreached
from bot.errors import UserError
from bot.mail import Mail, mail_of
from bot.names import collation_key
from bot.outbox.reference import in_log
from bot.previews.recipients import NAMELESS, names_by_id
from bot.retention import named
from bot.search.choosing import chosen
from bot.texts import t
from bot.ui import Context
from cogs.outbox.unreached.rules import SENT_LISTED, LastSent, List, Listed, Sending, UnreachedList, sendings
from storage.members.models import Person

_log: Final = logging.getLogger("bot.outbox")


async def unreached_list(context: Context, which: List) -> UnreachedList:
    """Return the list as it is now."""
    services, guild_id = context.services, context.guild_id
    found = await unreached(services, guild_id, waiting_too=True)
    shown = [one for one in found if which == "all" or one.row.state == "not_reached"]
    since = services.clock.now() - SENT_LISTED
    sent = sendings(await services.unreached.sent_outside_discord(guild_id, since))
    addressed = [await services.members.person(guild_id, one.person_id) for one in sent]
    names = await _names(context, [*(one.person for one in shown), *(one for one in addressed if one is not None)])
    listed = [Listed(one, names.get(one.person.id, NAMELESS), await services.outbox.title(one.row)) for one in shown]
    listed.sort(key=lambda one: (collation_key(one.name, context.reader.language), one.message.row.due_at))
    return UnreachedList(listed, sum(one.row.state == "notice" for one in found), sent, names)


async def last_sent(context: Context) -> list[LastSent]:
    """Return what was sent last outside of Discord to each person, at each of their addresses, by name."""
    services, guild_id = context.services, context.guild_id
    since = services.clock.now() - SENT_LISTED
    sent = sendings(await services.unreached.sent_outside_discord(guild_id, since))
    ids = dict.fromkeys(one.person_id for one in sent)
    people = [person for one in ids if (person := await services.members.person(guild_id, one)) is not None]
    names, by_id = await _names(context, people), {person.id: person for person in people}
    found: list[LastSent] = []
    seen: set[int] = set()
    for (person_id, address), one in _by_address(sent, by_id).items():
        is_last = person_id not in seen
        seen.add(person_id)
        key = str(person_id) if is_last else one.key
        found.append(LastSent(key, names.get(person_id, NAMELESS), address, one.row_ids, is_last))
    return sorted(found, key=lambda one: collation_key(one.name, context.reader.language))


def _by_address(sent: Sequence[Sending], people: Mapping[int, Person]) -> dict[tuple[int, str], Sending]:
    """Return what was sent last at each address of each person, the last first; where it went is not always known."""
    found: dict[tuple[int, str], Sending] = {}
    for one in sent:
        if one.person_id in people:
            found.setdefault((one.person_id, one.address or people[one.person_id].email), one)
    return found


async def sent_to(context: Context, typed: str) -> LastSent:
    """Return what was sent last to the person who is meant. Raises UserError where none, or several, are meant."""

    def names(one: LastSent) -> Sequence[str]:
        return (one.name, one.address) if one.is_last else (one.address,)

    found = chosen(await last_sent(context), typed, lambda one: one.key, names)
    if found is None:
        raise UserError(
            t(
                "No single person to whom something was sent by e-mail in the last {days} matches “{typed}”: choose one"
                " from the list.",
                days=named(SENT_LISTED),
                typed=typed,
            )
        )
    return found


async def mails_of(context: Context, listed: Sequence[Listed]) -> list[tuple[int, Mail]]:
    """Render what can be sent by e-mail, by the rows' ids: to people whose address is in use and who want e-mails."""
    mails: list[tuple[int, Mail]] = []
    for one in listed:
        message, person = one.message, one.message.person
        by_hand = message.subject.may_be_sent_by_hand(message.row)
        if not by_hand or not person.address or not person.takes_emails:
            continue
        name = person.name or one.name
        try:
            mail = await mail_of(context.services, message.subject, message.row, person, name, person.address)
        except Exception:  # noqa: BLE001 - a subject's fault must not cost the file
            _log.exception("the e-mail for %s could not be made", in_log(message.row))
            continue
        mails.append((message.row.id, mail))
    return mails


async def _names(context: Context, people: Sequence[Person]) -> dict[int, str]:
    return await names_by_id(context.services, context.guild_id, people, context.reader.language)
