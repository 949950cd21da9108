"""The meetings, among what lies ahead."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.ahead import Upcoming, Viewer
from bot.calendar import CalendarEvent
from bot.invitations import may_see
from bot.meeting_names import heading
from bot.services import Services
from bot.texts import Reader, Text, t
from cogs.meetings import queries, rules, sentences
from cogs.meetings.buttons import ShowMeetingButton
from cogs.meetings.calendar import entries_of
from storage.meetings.models import Meeting

_STRUCK_OUT_FOR: Final = timedelta(days=30)
"""How long after its last day a cancelled meeting stays in the file, for calendars that hold it to strike it out."""
_LABEL: Final[Text] = t("Meeting")


class MeetingsAhead:
    """The meetings that are ahead or on, and until when delegations register."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def upcoming(self, viewer: Viewer, reader: Reader) -> Sequence[Upcoming]:
        """Return each meeting that the viewer may see, and for members whom it invites its registration deadline."""
        found: list[Upcoming] = []
        delegations = await queries.delegations_of(self._services, viewer.guild_id)
        codes = await self._codes_of(viewer)
        for meeting in await self._seen(viewer):
            if meeting.is_recorded or meeting.cancelled_at is not None or queries.is_over(self._services, meeting):
                continue
            custom_id = ShowMeetingButton.write(meeting.id)
            named = {
                "meeting": heading(meeting, reader),
                "place": sentences.place(meeting, delegations, reader),
            }
            what = reader.say(t("**{meeting}**, {place}", **named))
            found.append(Upcoming(what, meeting.starts_on, meeting.timezone, meeting.ends_on, custom_id, _LABEL))
            is_asked = _takes_part(meeting, viewer, codes)
            if viewer.is_member and is_asked and rules.registration_closes(meeting) > self._services.clock.now():
                closes = reader.say(t("**Registration closes**: {meeting}, {place}", **named))
                found.append(Upcoming(closes, _closing(meeting), meeting.timezone, None, custom_id, _LABEL))
        return found

    async def entries(self, viewer: Viewer, reader: Reader) -> Sequence[CalendarEvent]:
        """Return each meeting that the viewer may see with its sessions, and what was cancelled.

        With links only for members whom it invites.
        """
        found: list[CalendarEvent] = []
        codes = await self._codes_of(viewer)
        for meeting in await self._seen(viewer):
            kept = _STRUCK_OUT_FOR if meeting.cancelled_at is not None else timedelta()
            if meeting.is_recorded or meeting.ends_on < self._services.clock.today(meeting.timezone) - kept:
                continue
            background = await queries.background_of(self._services, meeting)
            sessions = await self._services.sessions.of_meeting(viewer.guild_id, meeting.id, with_removed=True)
            with_links = viewer.is_member and _takes_part(meeting, viewer, codes)
            found += entries_of(meeting, sessions, background, reader, with_links=with_links)
        return found

    async def _seen(self, viewer: Viewer) -> list[Meeting]:
        codes = await self._codes_of(viewer)
        meetings = await self._services.meetings.all(viewer.guild_id)
        return [meeting for meeting in meetings if may_see(meeting, codes, is_secretariat=viewer.is_secretariat)]

    async def _codes_of(self, viewer: Viewer) -> frozenset[str]:
        if not viewer.delegation_ids:
            return frozenset()
        delegations = await self._services.members.delegations(viewer.guild_id)
        return frozenset(one.code for one in delegations if one.id in viewer.delegation_ids)


def _takes_part(meeting: Meeting, viewer: Viewer, codes: Collection[str]) -> bool:
    return meeting.invites_all or viewer.is_secretariat or any(map(meeting.invites, codes))


def _closing(meeting: Meeting) -> datetime | date:
    """Return until when delegations register: a deadline at the end of a day as the day."""
    closes = rules.registration_closes(meeting)
    last = (closes - timedelta(seconds=1)).astimezone(ZoneInfo(meeting.timezone))
    return last.date() if (last.hour, last.minute) == (23, 59) else closes
