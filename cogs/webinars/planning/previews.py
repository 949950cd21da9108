"""No role of its own: what a preview says beside the message: times, reminders, whom it reaches."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from bot import working_days
from bot.audience import seats_today
from bot.names.delegation_names import called, in_order
from bot.occasions.proposal import reminders_follow
from bot.previews.recipients import emails_leave_last
from bot.reach import reach_of
from bot.texts import Listing, Markdown, Reader, escaped, nt, t
from bot.ui import Context
from cogs.webinars import emails, rules, sentences
from cogs.webinars.planning.fields import NAMES
from cogs.webinars.rules import Kind
from cogs.webinars.slots.rules import across, asleep, at_rest, offices_of
from storage.members.models import Person
from storage.webinars.models import Webinar, WebinarValue

_NAMED: Final = 6


async def around_the_network(context: Context, webinar: Webinar) -> list[str]:
    """Write the start in five zones across the network, and say whose night it is, and how many do not work then."""
    await working_days.load()
    seats = await seats_today(context.services, context.guild_id)
    offices, _ = offices_of(seats)
    reader = context.reader
    zones = across(webinar.starts_at, [office.zone for office in offices], webinar.timezone)
    lines = [f"🕒 {reader.moment(webinar.starts_at, zone)}" for zone in zones]
    if resting := len(at_rest(webinar.starts_at, offices)):
        said = nt(
            "📅 It is a weekend or a public holiday for {count} of {all} delegations.",
            "📅 It is a weekend or a public holiday for {count} of {all} delegations.",
            resting,
            all=len(offices),
        )
        lines.append(reader.say(said))
    night = {office.code for office in asleep(webinar.starts_at, webinar.length, offices)}
    by_name = [
        called(seat.delegation, reader.language)
        for seat in in_order(seats, reader.language)
        if seat.delegation.code in night
    ]
    if not by_name:
        return [*lines, reader.say(t("It is not night for anybody."))]
    shown = [str(escaped(name)) for name in by_name[:_NAMED]]
    if len(by_name) > _NAMED:
        shown.append(reader.say(nt("{count} more", "{count} more", len(by_name) - _NAMED)))
    said = t("🌙 It is night (23:00 to 07:00) for {delegations}.", delegations=Markdown(reader.listing(shown)))
    return [*lines, reader.say(said)]


def reminders(webinar: Webinar, reader: Reader, now: datetime) -> str:
    """Say when it will be reminded of; leads already past are not owed."""
    return reminders_follow([due.at for due in rules.reminders(webinar) if due.at > now], reader)


def changed_fields(base: Webinar, changed: Webinar, fields: Mapping[str, WebinarValue], reader: Reader) -> str:
    """Name what changes; what is short, with what it was and what it will be."""
    return "; ".join(_change(base, changed, name, reader) for name in fields)


def _change(base: Webinar, changed: Webinar, name: str, reader: Reader) -> str:
    field = reader.say(NAMES[name])
    match name:
        case "starts_at":
            old, new = (reader.moment(w.starts_at, w.timezone) for w in (base, changed))
        case "length":
            old, new = (sentences.length(w.length, reader) for w in (base, changed))
        case "timezone":
            old, new = (reader.place(w.timezone) for w in (base, changed))
        case "title":
            old, new = (str(escaped(sentences.shortened(w.title, 80))) for w in (base, changed))
        case _:
            return field
    return f"{field} (~~{old}~~ → {new})"


async def recipients(context: Context, people: Sequence[Person], kind: Kind) -> str:
    """Say how many of those coming a message of that ``kind`` reaches by what, and how many nothing reaches."""
    reach = await reach_of(context.services, context.guild_id, people, has_email_text=kind in emails.KINDS)
    if not people:
        return context.reader.say(t("Nobody has said yet that they are coming, so nobody would be informed."))
    said = t("Those coming would be informed: {parts}.", parts=Listing(reach.counted()))
    return " ".join(context.reader.say(text) for text in (said, *emails_leave_last(reach)))
