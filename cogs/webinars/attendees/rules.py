"""Who answered what, by delegation. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.names.delegation_names import in_order
from bot.texts import Reader
from storage.members.models import Holder, Seat
from storage.webinars.models import WebinarAnswer, WebinarReply

_ORDER: Final[dict[WebinarReply | None, int]] = {"attending": 0, "maybe": 1, "cant": 2, None: 3}


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
