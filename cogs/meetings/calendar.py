"""A meeting and its sessions as entries of a calendar. Pure."""

from collections.abc import Sequence

from bot.calendar import CalendarEvent, calendar_file
from bot.labels import FORMATS, LEVELS
from bot.meeting_names import full_name
from bot.texts import Reader, t
from cogs.meetings import sentences
from cogs.meetings.rules import registration_closes, registration_ends
from cogs.meetings.sentences import Background
from storage.meetings.models import Meeting, Session


def calendar_of(
    meeting: Meeting, sessions: Sequence[Session], background: Background, reader: Reader, *, with_links: bool
) -> bytes:
    """Return the .ics file of a meeting, with the entries of :func:`entries_of`."""
    entries = entries_of(meeting, sessions, background, reader, with_links=with_links)
    return calendar_file(entries[0].title, entries, now=background.now)


def entries_of(
    meeting: Meeting, sessions: Sequence[Session], background: Background, reader: Reader, *, with_links: bool
) -> list[CalendarEvent]:
    """Return the entries of a meeting and its ``sessions``, which include the removed ones: calendars strike them out.

    ``with_links`` puts in the links of sessions, for members only.
    """
    where = sentences.place(meeting, background.delegations, reader)
    name = full_name(meeting, reader)
    whole = CalendarEvent(
        key=f"meeting-{meeting.uid}",
        sequence=meeting.sequence,
        title=name,
        starts=meeting.starts_on,
        ends=meeting.ends_on,
        zone=meeting.timezone,
        description=meeting.theme,
        location=where,
        cancelled=meeting.cancelled_at is not None,
    )
    entries = [
        CalendarEvent(
            key=f"session-{session.uid}",
            # A cancelled meeting cancels its sessions, which calendars have to hear of too.
            sequence=session.sequence + meeting.sequence,
            title=session.title,
            starts=session.starts_at,
            ends=session.ends_at,
            zone=meeting.timezone,
            description=_description(session, name, reader, with_links),
            location=where,
            url=session.links[0] if with_links and session.links else "",
            cancelled=session.removed_at is not None or meeting.cancelled_at is not None,
        )
        for session in sessions
    ]
    return [whole, *entries]


def deadline_of(meeting: Meeting, background: Background, reader: Reader) -> list[CalendarEvent]:
    """Return until when delegations register; nothing once that has passed, or where there never was a deadline."""
    ends = registration_ends(meeting)
    if registration_closes(meeting) <= background.now or (meeting.register_by is None and not meeting.sequence):
        return []
    entry = CalendarEvent(
        key=f"registration-{meeting.uid}",
        sequence=meeting.sequence,
        title=reader.label(t("Registration closes: {meeting}", meeting=full_name(meeting, reader))),
        starts=ends,
        zone=meeting.timezone,
        # A deadline that was taken away is struck out in the calendars that hold it.
        cancelled=meeting.register_by is None or meeting.cancelled_at is not None,
    )
    return [entry]


def _description(session: Session, name: str, reader: Reader, with_links: bool) -> str:
    lines = [name, reader.label(FORMATS[session.format])]
    if session.level is not None:
        lines.append(reader.label(LEVELS[session.level]))
    if session.speakers:
        lines.append(session.speakers)
    return "\n".join([*lines, *(session.links if with_links else ())])
