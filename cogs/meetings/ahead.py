"""The meetings, among what lies ahead."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Final

from bot.ahead import Upcoming, Viewer
from bot.calendar import CalendarEvent
from bot.invitations import may_see, takes_part
from bot.meeting_names import heading
from bot.services import Services
from bot.texts import Reader, Text, t
from cogs.meetings import queries, rules, sentences
from cogs.meetings.buttons import ShowMeetingButton
from cogs.meetings.calendar import deadline_of, entries_of
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
            is_asked = _is_asked(meeting, viewer, codes)
            if is_asked and rules.registration_closes(meeting) > self._services.clock.now():
                closes = reader.say(t("**Registration closes**: {meeting}, {place}", **named))
                ends = rules.registration_ends(meeting)
                found.append(Upcoming(closes, ends, meeting.timezone, None, custom_id, _LABEL))
        return found

    async def entries(self, viewer: Viewer, reader: Reader) -> Sequence[CalendarEvent]:
        """Return each meeting that the viewer may see with its sessions, and what was cancelled.

        With links only for members whom it invites and for its hosts, with its deadline only for those who register.
        """
        found: list[CalendarEvent] = []
        codes = await self._codes_of(viewer)
        for meeting in await self._seen(viewer):
            kept = _STRUCK_OUT_FOR if meeting.cancelled_at is not None else timedelta()
            if meeting.is_recorded or meeting.ends_on < self._services.clock.today(meeting.timezone) - kept:
                continue
            background = await queries.background_of(self._services, meeting)
            sessions = await self._services.sessions.of_meeting(viewer.guild_id, meeting.id, with_removed=True)
            its_own = takes_part(meeting, codes, is_secretariat=viewer.is_secretariat)
            found += entries_of(meeting, sessions, background, reader, with_links=viewer.is_member and its_own)
            if _is_asked(meeting, viewer, codes):
                found += deadline_of(meeting, background, reader)
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


def _is_asked(meeting: Meeting, viewer: Viewer, codes: Collection[str]) -> bool:
    """Tell whether the viewer has to do with the answers to the meeting: a host that is not invited gives none."""
    if not viewer.is_member:
        return False
    return meeting.invites_all or viewer.is_secretariat or any(map(meeting.invites, codes))
