"""``/webinar attendees``: who answered what, by delegation, for the secretariat's eyes only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from io import BytesIO
from typing import Final

import discord

from bot import csvfiles
from bot.access import Asker
from bot.naming import called, in_order, with_flag
from bot.services import Services
from bot.texts import Reader, escaped, nt, t
from bot.ui import Context
from cogs.webinars import words
from cogs.webinars.cards import BLUE, counted
from storage.models import Holder, Seat
from storage.webinar_models import Webinar, WebinarAnswer, WebinarReply

COLUMNS: Final = ("delegation", "name", "person", "role", "answer", "answered_at", "wants_recording")
_ORDER: Final[dict[WebinarReply | None, int]] = {"attending": 0, "maybe": 1, "cant": 2, None: 3}
_EMOJI: Final[dict[WebinarReply | None, str]] = {"attending": "✅", "maybe": "❔", "cant": "✖️", None: "🎬"}
_LONGEST: Final = 3800


@dataclass(frozen=True, slots=True)
class Attendee:
    """A delegation's person with an answer; ``seat`` and ``holder`` are None for who holds no post today."""

    seat: Seat | None
    holder: Holder | None
    answer: WebinarAnswer


def attendees_of(seats: Sequence[Seat], answers: Sequence[WebinarAnswer], reader: Reader) -> list[Attendee]:
    """Return the answers by delegation, in the alphabet of the reader, then those of accounts without a post."""
    by_account = {one.account_id: one for one in answers}
    found: list[Attendee] = []
    for seat in in_order(seats, reader.language):
        held = {h.person.account_id: h for h in seat.holders if h.person.account_id is not None}
        own = [Attendee(seat, held[a], by_account[a]) for a in held if a in by_account]
        found += sorted(own, key=lambda one: _ORDER[one.answer.reply])
    known = {one.answer.account_id for one in found}
    return found + [Attendee(None, None, one) for one in answers if one.account_id not in known]


def table(attendees: Sequence[Attendee], reader: Reader) -> str:
    """Write a line for each answer, as many as fit a card; the file has them all."""
    lines = [_line(one, reader) for one in attendees]
    kept: list[str] = []
    for line in lines:
        if sum(len(one) + 1 for one in kept) + len(line) > _LONGEST:
            break
        kept.append(line)
    hidden = len(lines) - len(kept)
    if hidden:
        kept.append(reader.say(nt("and {count} more, in the file", "and {count} more, in the file", hidden)))
    return "\n".join(kept) or reader.say(t("Nobody has answered yet."))


def _line(one: Attendee, reader: Reader) -> str:
    mark = _EMOJI[one.answer.reply]
    who = f"<@{one.answer.account_id}>"
    if one.seat is None or one.holder is None:
        return f"{mark} {who} ({reader.say(t('holds no post today'))})"
    name = escaped(one.holder.person.name) if one.holder.person.name else who
    return f"{mark} **{escaped(with_flag(one.seat.delegation, reader.language))}** · {name}"


def file_of(attendees: Sequence[Attendee], reader: Reader) -> bytes:
    """Return all answers as a CSV file."""
    return csvfiles.file_of((_cells(one, reader) for one in attendees), COLUMNS)


def _cells(one: Attendee, reader: Reader) -> tuple[str, ...]:
    delegation = one.seat.delegation if one.seat is not None else None
    return (
        delegation.code if delegation is not None else "",
        called(delegation, reader.language) if delegation is not None else "",
        one.holder.person.name if one.holder is not None else "",
        one.holder.appointment.role if one.holder is not None else "",
        one.answer.reply or "",
        one.answer.answered_at.astimezone(UTC).isoformat(timespec="seconds"),
        "yes" if one.answer.wants_recording else "no",
    )


async def show_attendees(interaction: discord.Interaction, services: Services, asker: Asker, webinar: Webinar) -> None:
    """Answer with the table and the file."""
    seats = await services.members.seats(asker.guild_id, services.today(asker.network))
    answers = await services.webinars.answers(asker.guild_id, webinar.id)
    attendees = attendees_of(seats, answers, asker.reader)
    delegations = {a.seat.delegation.code for a in attendees if a.seat is not None and a.answer.reply == "attending"}
    card = discord.Embed(
        title=escaped(words.shortened(webinar.title, 200))[:256],
        description=table(attendees, asker.reader),
        colour=BLUE,
    )
    counts = await services.webinars.counts(asker.guild_id, webinar.id)
    said = nt("{count} delegation attending", "{count} delegations attending", len(delegations))
    card.add_field(name=asker.reader.label(said), value=counted(counts, asker.reader), inline=False)
    card.set_footer(text=asker.reader.label(t("For the secretariat only: no list of who attends is ever public.")))
    file = discord.File(BytesIO(file_of(attendees, asker.reader)), f"webinar-{webinar.id}-attendees.csv")
    await Context.of(interaction).answer(embed=card, files=[file])
