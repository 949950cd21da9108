"""Cards of the directory: models in, embeds out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import discord

from bot import names
from bot.commands import Command
from bot.labels import REGIONS
from bot.names.delegation_names import called, with_flag
from bot.texts import Reader, Text, clipped, escaped, nt, t
from bot.ui import Page, add_fields, colours, joined, page_label
from cogs.members.sentences import FORMER, ROLES, post_name, role_at
from storage.members.models import Delegation, Holder, Person, Role, Seat, SteeringTerm

COLOUR: Final = colours.NETWORK
_ROLE_ORDER: Final[dict[Role, int]] = {"focal_point": 0, "alternate": 1, "mission": 2, "adviser": 3}
_IN_LIST: Final = 380
"""Characters of one line of the list, so that ten of them fit into a card."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """What a reader may see beside what every member sees."""

    all_contacts: bool = False
    own_person_id: int | None = None
    is_direct: bool = False
    """Whether the card stays, in a direct message: contact details are not in it."""

    def shows_contact(self, person: Person) -> bool:
        """Tell whether the person's contact details are shown."""
        return self.all_contacts or person.visibility == "members" or person.id == self.own_person_id


def seat_card(seat: Seat, reader: Reader, now: datetime, sight: Viewer) -> discord.Embed:
    """Show a delegation and who speaks for it."""
    card = discord.Embed(title=_title(seat.delegation, reader), colour=COLOUR)
    card.description = "\n".join(_about_seat(seat, reader))
    fields = [
        (escaped(clipped(person_name(holder, seat.delegation, reader))), _about_holder(holder, reader, now, sight))
        for holder in _ranked(seat)
    ]
    add_fields(card, fields, reader)
    return card


def _title(delegation: Delegation, reader: Reader) -> str:
    return escaped(clipped(with_flag(delegation, reader.language)))


def _ranked(seat: Seat) -> list[Holder]:
    return sorted(seat.holders, key=lambda holder: _ROLE_ORDER[holder.appointment.role])


def _about_seat(seat: Seat, reader: Reader) -> list[str]:
    code = seat.delegation.code
    group, observed = names.regional_group(code), names.observes(code)
    lines: list[str] = []
    if group is not None:
        lines.append(reader.say(REGIONS[group]))
    elif observed is not None:
        lines.append(reader.say(t("Observer with the group: {group}", group=REGIONS[observed])))
    elif seat.delegation.kind == "organisation":
        lines.append(reader.say(t("Regional organisation")))
    if seat.in_steering_group:
        lines.append("⭐ " + reader.say(t("Member of the steering group")))
    if not seat.holders:
        lines.append(reader.say(t("The seat is vacant: nobody is appointed at the moment.")))
    return lines


def _about_holder(holder: Holder, reader: Reader, now: datetime, sight: Viewer) -> list[str]:
    person, post = holder.person, holder.appointment
    lines = _post(holder, reader)
    if post.ministry:
        lines.append(escaped(post.ministry))
    if person.languages:
        spoken = reader.listing([reader.language_name(code) for code in person.languages])
        lines.append("💬 " + reader.say(t("Speaks {languages}", languages=spoken)))
    if person.expertise:
        lines.append("🎓 " + reader.say(t("Expertise: {skills}", skills=reader.listing(person.expertise))))
    if person.timezone:
        lines.append("🕒 " + reader.say(t("Local time {time}", time=reader.time(now, person.timezone))))
    lines += _contact(person, reader, sight)
    if person.account_id is not None:
        lines.append(f"👤 <@{person.account_id}>")
    lines.append("📅 " + reader.say(t("Since {day}", day=post.starts_on)))
    return lines


def _post(holder: Holder, reader: Reader) -> list[str]:
    post = holder.appointment
    title = [escaped(post.title)] if post.title else []
    if not holder.person.name:
        return [*title]
    return [" · ".join([f"**{reader.say(role_at(post))}**", *title])]


def _contact(person: Person, reader: Reader, sight: Viewer) -> list[str]:
    held = [("✉️", person.email), ("📞", person.phone)]
    if sight.is_direct and any(value for _, value in held):
        command = Command("member find")
        return ["✉️ " + reader.say(t("Contact details are shown on the server only: {command}.", command=command))]
    if sight.shows_contact(person):
        return [f"{sign} {escaped(value)}" for sign, value in held if value]
    if any(value for _, value in held):
        return ["✉️ " + reader.say(t("Contact details are with the secretariat."))]
    return []


def person_name(holder: Holder, delegation: Delegation, reader: Reader) -> str:
    """Return the person's name as the delegation wrote it, or the post's where it wrote none; no markdown."""
    return holder.person.name or reader.label(post_name(holder.appointment.role, called(delegation, reader.language)))


def empty_directory() -> Text:
    """Say of a directory without any seat how it is filled."""
    return t(
        "The directory is empty: {export} gives the table to fill in and {import_} reads it, or {appoint} adds one"
        " person at a time.",
        export=Command("member export"),
        import_=Command("member import"),
        appoint=Command("member appoint"),
    )


def list_card(page: Page[Seat], of_all: int, reader: Reader) -> discord.Embed:
    """Show one page of delegations: how many of how many, who speaks for each, who steers."""
    count = nt("{count} delegation of {all}", "{count} delegations of {all}", page.total, all=of_all)
    lines = [reader.say(count), "", *(_list_line(seat, reader) for seat in page.items)]
    if not page.items:
        none_fits = t("No delegation matches: leave an option out, or choose another.")
        lines.append(reader.say(none_fits if of_all else empty_directory()))
    title = reader.label(t("Directory of the network"))
    card = discord.Embed(title=title, description=joined(lines, reader), colour=COLOUR)
    legend = reader.label(t("⭐ steering group")) if any(seat.in_steering_group for seat in page.items) else None
    card.set_footer(text=" · ".join(part for part in (legend, page_label(page, reader)) if part) or None)
    return card


def _list_line(seat: Seat, reader: Reader) -> str:
    star = " ⭐" if seat.in_steering_group else ""
    line = f"**{escaped(clipped(with_flag(seat.delegation, reader.language), 80))}**{star} · "
    people = [_in_list(holder, reader) for holder in _ranked(seat)]
    if not people:
        return line + reader.say(t("vacant"))
    shown = ""
    for number, person in enumerate(people):
        more = nt("{count} more", "{count} more", len(people) - number)
        following = f"{shown}, {person}" if shown else person
        if len(line) + len(following) > _IN_LIST:
            return line + (f"{shown}, {reader.say(more)}" if shown else reader.say(more))
        shown = following
    return line + shown


def _in_list(holder: Holder, reader: Reader) -> str:
    role = reader.say(ROLES[holder.appointment.role])
    return f"{escaped(clipped(holder.person.name, 60))} ({role})" if holder.person.name else role


def history_card(
    delegation: Delegation, holders: Page[Holder], terms: Sequence[SteeringTerm], reader: Reader, today: date
) -> discord.Embed:
    """Show who has ever spoken for a delegation, the latest first, and its terms in the steering group."""
    lines = [
        f"**{escaped(clipped(_name_in_history(h, delegation, reader, today)))}**"
        f" · {reader.say(ROLES[h.appointment.role])}\n"
        f"{_term(h.appointment.starts_on, h.appointment.ends_on, reader, today)}"
        for h in holders.items
    ]
    said = "\n".join(lines) or reader.say(t("Nobody has been appointed yet."))
    card = discord.Embed(title=_title(delegation, reader), description=said, colour=COLOUR)
    if terms:
        spans = [_term(term.starts_on, term.ends_on, reader, today) for term in terms]
        add_fields(card, [("⭐ " + reader.label(t("Steering group")), spans)], reader)
    card.set_footer(text=page_label(holders, reader))
    return card


def _name_in_history(holder: Holder, delegation: Delegation, reader: Reader, today: date) -> str:
    ends_on = holder.appointment.ends_on
    if not holder.person.name and ends_on is not None and ends_on < today:
        return reader.label(FORMER[holder.appointment.role])
    return person_name(holder, delegation, reader)


def _term(starts_on: date, ends_on: date | None, reader: Reader, today: date) -> str:
    if ends_on is None and starts_on > today:
        return reader.say(t("from {day} on", day=starts_on))
    if ends_on is None:
        return reader.say(t("since {day}", day=starts_on))
    return reader.say(t("{first} to {last}", first=starts_on, last=ends_on))
