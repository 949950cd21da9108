"""Who may write a hand-over note, who reads it, and who is the person that it was written for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from storage.members.models import Appointment, Delegation, HandoverNote, Holder

LONGEST: Final = 1500
"""Characters of a note: what is more belongs into the ministry's own files."""
WRITTEN_UNTIL: Final = timedelta(days=30)
"""How long after the last day of a term its note may still be written: hand-overs often take effect at once."""


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note with whose it is and for which seat."""

    note: HandoverNote
    author: Holder
    delegation: Delegation


def may_write(post: Appointment, today: date, *, was_thanked: bool) -> bool:
    """Tell whether the holder of a post may write its note.

    After the last day only where they were thanked, and so asked to hand over: not somebody who was recalled.
    """
    if post.ends_on is None or post.ends_on >= today:
        return post.starts_on <= today
    return was_thanked and today - post.ends_on <= WRITTEN_UNTIL


def may_read(person_id: int, note: ShownNote, holders: Iterable[Holder], today: date) -> bool:
    """Tell whether somebody may read a note: its author, and all who hold a post of the delegation today."""
    return person_id == note.note.author_id or any(
        holder.person.id == person_id
        and holder.appointment.delegation_id == note.delegation.id
        and holder.appointment.is_current(today)
        for holder in holders
    )


def is_for(person_id: int, note: ShownNote, holders: Iterable[Holder], today: date) -> bool:
    """Tell whether somebody is the person who follows the author in the same post, whose term has ended."""
    post = note.author.appointment
    return post.ends_on is not None and any(
        holder.person.id == person_id != note.note.author_id
        and holder.appointment.delegation_id == post.delegation_id
        and holder.appointment.role == post.role
        and holder.appointment.is_current(today)
        and holder.appointment.starts_on > post.ends_on
        for holder in holders
    )
