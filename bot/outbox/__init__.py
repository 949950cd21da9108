"""The reminder engine: every message to the public or to several people, and whatever a person is told.

A room registers a :class:`Subject` that answers for its rows, and then owes messages in its own transactions::

    class MeetingReminders(Subject[Meeting]):
        name = "meeting"

        async def load(self, row): ...       # the Meeting, once for a row: row.record in all that follows
        async def standing(self, row): ...   # Standing(until=meeting.starts_at), or None: no longer owed
        async def title(self, row): ...      # t("{lead} ahead of the meeting in {city}", ...)
        async def message(self, row, reader): ...  # Message(reader.say(t("...")), card(...), [buttons])
        async def people(self, row): ...     # person ids, for rows to PEOPLE

    services.outbox.register(MeetingReminders(services))          # in the cog's setup()

    async with services.transaction(account_id) as tx:
        await services.meetings.change(tx, ...)
        await services.outbox.plan(tx, guild_id, "meeting", meeting_id, [
            Owed("countdown:90d", at, ANNOUNCEMENTS, lead=timedelta(days=90)),
            Owed("deadline:3d", at, PEOPLE, lead=timedelta(days=3)),
        ])
        await services.outbox.plan_now(tx, guild_id, "meeting", meeting_id, "announced", ANNOUNCEMENTS)
        await services.outbox.notify(tx, guild_id, person_id, "meeting", meeting_id, "registered", payload={...})
        await services.outbox.edit(tx, guild_id, "meeting", meeting_id, "announced")   # its card changed

What somebody sends to more than one person at will is shown first::

    from bot.previews.preview import ask_to_send
    await ask_to_send(context, Request("meeting", meeting_id, "chased", PEOPLE))

The engine itself (:mod:`bot.delivery.engine`) is started by the bot and imported by no room.
"""

from bot.outbox.email_text import EmailText
from bot.outbox.outbox import GRACE, Outbox
from bot.outbox.types import (
    ANNOUNCEMENTS,
    MEMBERS,
    PEOPLE,
    SECRETARIAT,
    WELCOME,
    LoadedRow,
    Message,
    Owed,
    Plan,
    RecordGoneError,
    RecordlessSubject,
    Request,
    Standing,
    Subject,
    account,
    person,
)

__all__ = [
    "ANNOUNCEMENTS",
    "GRACE",
    "MEMBERS",
    "PEOPLE",
    "SECRETARIAT",
    "WELCOME",
    "EmailText",
    "LoadedRow",
    "Message",
    "Outbox",
    "Owed",
    "Plan",
    "RecordGoneError",
    "RecordlessSubject",
    "Request",
    "Standing",
    "Subject",
    "account",
    "person",
]
