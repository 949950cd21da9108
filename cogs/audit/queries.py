"""What the rows of the log are called: as people know them, never by number."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Final

from bot.meeting_names import full_name
from bot.names.delegation_names import called
from bot.texts import clipped, escaped, t
from bot.ui import Context
from storage.audit import NamedPost
from storage.members.models import Delegation, Nomination
from storage.models import AuditEntry

_LONGEST: Final = 80


async def names_of(
    context: Context, entries: Sequence[AuditEntry]
) -> tuple[dict[tuple[str, int], str], dict[str, str]]:
    """Name the rows of ``entries`` from what they are now, and the delegations whose codes are in their actions.

    A row that is gone is named so; delegations are by code, as typed text.
    """
    services, guild_id = context.services, context.guild_id
    rows = {(entry.subject, entry.subject_id) for entry in entries if entry.subject_id is not None}
    posts = await services.audit.posts_of(guild_id, entries)
    of_rows = [await services.nominations.nomination(guild_id, row) for subject, row in rows if subject == "nomination"]
    nominations = {one.id: one for one in of_rows if one is not None}
    ids = {row for subject, row in rows if subject == "delegation"} | {
        one.delegation_id for one in nominations.values()
    }
    ids |= {post.delegation_id for post in posts if post.delegation_id is not None}
    codes = {entry.action.partition(" ")[2] for entry in entries} - {""}
    delegations = await services.members.delegations_among(guild_id, ids, codes)
    namer = RowNamer(context, delegations, posts, nominations)
    found: dict[tuple[str, int], str] = {}
    for subject, row in rows:
        name = await namer.name(subject, row)
        found[subject, row] = context.say(t("(deleted since)")) if name is None else name
    return found, {one.code: called(one, context.reader.language) for one in delegations}


class RowNamer:
    """Reads the rows of one network, and names them for one reader."""

    def __init__(
        self,
        context: Context,
        delegations: Iterable[Delegation],
        posts: Sequence[NamedPost],
        nominations: Mapping[int, Nomination],
    ) -> None:
        self._services = context.services
        self._guild_id = context.guild_id
        self._reader = context.reader
        self._delegations = {one.id: one for one in delegations}
        self._posts = posts
        self._nominations = nominations

    async def name(self, subject: str, row: int) -> str | None:
        """Return the row's name as Markdown: empty where its subject is name enough, None where the row is gone."""
        find = NAMED.get(subject)
        return await find(self, row) if find is not None else ""

    async def account(self, row: int) -> str:
        """Mention the account."""
        return f"<@{row}>"

    async def appointment(self, row: int) -> str | None:
        """Name who holds it, and for whom."""
        post = next((one for one in self._posts if one.appointment_id == row), None)
        return self._of(post.person_name, [post.delegation_id]) if post is not None else None

    async def delegation(self, row: int) -> str | None:
        """Name the delegation."""
        delegation = self._delegations.get(row)
        return escaped(called(delegation, self._reader.language)) if delegation is not None else None

    async def calendar_entry(self, row: int) -> str | None:
        """Quote its title."""
        entries = await self._services.calendar_entries.all(self._guild_id)
        return self._quoted(next((entry.title for entry in entries if entry.id == row), None))

    async def decision(self, row: int) -> str | None:
        """Quote its title."""
        decision = await self._services.decisions.decision(self._guild_id, row)
        return self._quoted(decision and decision.title)

    async def meeting(self, row: int) -> str | None:
        """Name its kind, city and year."""
        meeting = await self._services.meetings.get(self._guild_id, row)
        if meeting is None:
            return None
        return escaped(full_name(meeting, self._reader))

    async def message(self, row: int) -> str | None:
        """Quote how the text begins."""
        message = await self._services.messages.get(self._guild_id, row)
        return self._quoted(message and message.text)

    async def nomination(self, row: int) -> str | None:
        """Name the nominee, and for whom."""
        nomination = self._nominations.get(row)
        return self._of(nomination.person.name, [nomination.delegation_id]) if nomination is not None else None

    async def outbox(self, row: int) -> str | None:
        """Name the message as the outbox's lists do."""
        owed = await self._services.outbox.rows.row(self._guild_id, row)
        return self._reader.say(await self._services.outbox.title(owed)) if owed is not None else None

    async def person(self, row: int) -> str | None:
        """Name the person, else those for whom they spoke."""
        posts = [one for one in self._posts if one.person_id == row]
        if not posts:
            return None
        return self._of(posts[0].person_name, [one.delegation_id for one in posts]) or self._reader.say(
            t("(without a name)")
        )

    async def poll(self, row: int) -> str | None:
        """Quote its question."""
        poll = await self._services.polls.poll(self._guild_id, row)
        return self._quoted(poll and poll.plan.question)

    async def resource(self, row: int) -> str | None:
        """Quote its title."""
        resource = await self._services.shelf.resources.resource(self._guild_id, row)
        return self._quoted(resource and resource.title)

    async def session(self, row: int) -> str | None:
        """Quote its title."""
        return self._quoted(await self._services.sessions.title(self._guild_id, row))

    async def statement(self, row: int) -> str | None:
        """Quote its title."""
        statement = await self._services.statements.get(self._guild_id, row)
        return self._quoted(statement and statement.title)

    async def topic(self, row: int) -> str | None:
        """Quote its title."""
        topic = await self._services.topics.topic(self._guild_id, row)
        return self._quoted(topic and topic.title)

    async def webinar(self, row: int) -> str | None:
        """Quote its title."""
        webinar = await self._services.webinars.get(self._guild_id, row)
        return self._quoted(webinar and webinar.title)

    def _of(self, person: str, delegation_ids: Iterable[int | None]) -> str:
        spoken_for = [self._delegations[number] for number in dict.fromkeys(delegation_ids) if number is not None]
        parts = (person, *(called(one, self._reader.language) for one in spoken_for))
        return ", ".join(escaped(part) for part in parts if part)

    def _quoted(self, typed: str | None) -> str | None:
        if typed is None:
            return None
        return self._reader.say(t("“{text}”", text=clipped(" ".join(typed.split()), _LONGEST)))


NAMED: Final[Mapping[str, Callable[[RowNamer, int], Awaitable[str | None]]]] = {
    "account": RowNamer.account,
    "appointment": RowNamer.appointment,
    "calendar_entry": RowNamer.calendar_entry,
    "decision": RowNamer.decision,
    "delegation": RowNamer.delegation,
    "handover_note": RowNamer.appointment,
    "meeting": RowNamer.meeting,
    "message": RowNamer.message,
    "nomination": RowNamer.nomination,
    "outbox": RowNamer.outbox,
    "person": RowNamer.person,
    "poll": RowNamer.poll,
    "resource": RowNamer.resource,
    "session": RowNamer.session,
    "statement": RowNamer.statement,
    "topic": RowNamer.topic,
    "webinar": RowNamer.webinar,
}
"""How the rows of each subject are named; of the server and its shelf there is one each."""
