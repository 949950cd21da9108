"""What a webinar owes to the outbox, and how each of its messages reads when its time has come."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import cast

from bot.errors import NotAllowedError
from bot.occasions import leads
from bot.occasions.proposal import PROPOSED
from bot.occasions.record import merged, unpacked
from bot.outbox import ANNOUNCEMENTS, PEOPLE, Message, Owed, Plan, Standing, Subject
from bot.services import Services
from bot.texts import Reader, Text, t
from cogs.webinars import cards, queries, rules, sentences
from cogs.webinars.buttons import answer_buttons
from cogs.webinars.events import WebinarEventButton
from cogs.webinars.rules import SUBJECT, Kind
from storage.database import Transaction
from storage.outbox.models import OutboxRow
from storage.webinars.models import Webinar

_CALLING = (Kind.ANNOUNCED, Kind.MOVED, Kind.CANCELLED)
"""Those that call the members in the channel."""
_TO_MEMBERS = (Kind.LINK, Kind.CHANGED, Kind.CANCELLED_TO_PEOPLE, Kind.RECORDING)


def owed_by(webinar: Webinar) -> list[Owed]:
    """Return every reminder of a webinar, for the outbox to compare with what it holds."""
    due = rules.reminders(webinar)
    owed = [Owed(f"{Kind.REMINDER}:{one.lead}", one.at, ANNOUNCEMENTS, one.lead.span) for one in due]
    if due:
        at = leads.before(webinar.starts_at, rules.LINK_LEAD, webinar.timezone)
        owed.append(Owed(f"{Kind.LINK}:{rules.LINK_LEAD}", at, PEOPLE, rules.LINK_LEAD.span))
    return owed


class WebinarMessages(Subject):
    """Answers for the messages of webinars."""

    name = SUBJECT

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """Tell until when a message makes sense: a reminder until the next one takes its place."""
        if PROPOSED in row.payload:
            return Standing()
        webinar = await self._services.webinars.get(row.guild_id, row.subject_id)
        if webinar is None or not await self._is_entitled(row):
            return None
        return _standing(row.kind, webinar)

    async def title(self, row: OutboxRow) -> Text:
        """Name the message for the secretariat's lists."""
        return sentences.row_title(row.kind, await self._webinar(row))

    async def plans(self, tx: Transaction, guild_id: int) -> Sequence[Plan]:
        """Return the reminders of every webinar ahead."""
        ahead = await self._services.webinars.ahead(guild_id, self._services.clock.now(), tx)
        return [Plan(webinar.id, owed_by(webinar)) for webinar in ahead]

    async def called(self, guild_id: int, subject_id: int) -> Text:
        """Name a webinar."""
        webinar = await self._services.webinars.get(guild_id, subject_id)
        return t("the webinar “{title}”", title=webinar.title if webinar is not None else "?")

    async def reads_otherwise_from(self, row: OutboxRow) -> datetime | None:
        """Return when the webinar ends: from then on nobody is asked to attend it."""
        webinar = await self._webinar(row)
        is_ahead = webinar.cancelled_at is None and webinar.ends_at > self._services.clock.now()
        return webinar.ends_at if is_ahead and row.kind != Kind.EVENT else None

    async def people(self, row: OutboxRow) -> Sequence[int]:
        """Return those whom a message to people concerns: members who are attending, or also those who may."""
        webinar = await self._webinar(row)
        match row.kind.partition(":")[0]:
            case Kind.LINK:
                people = await queries.people_who(self._services, webinar, "attending")
            case Kind.RECORDING:
                people = await queries.people_who(self._services, webinar, "attending", wanting_recording=True)
            case _:
                people = await queries.people_who(self._services, webinar, "attending", "maybe")
        return [person.id for person in people]

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Render the message from the present record. Raises NotAllowedError where its person holds no post now."""
        if not await self._is_entitled(row):
            raise NotAllowedError(t("This message was for members, and you have no post in the directory today."))
        webinar = await self._webinar(row)
        series = row.kind.partition(":")[0]
        if series == Kind.EVENT:
            what = str(row.payload["what"])
            buttons = [] if what == "mended" else [WebinarEventButton.of(webinar.id, reader)]
            return Message(sentences.event(what, webinar, reader), buttons=buttons)
        now = self._services.clock.now()
        is_private = series in _TO_MEMBERS
        counts = None
        if series == Kind.ANNOUNCED:
            counts = await self._services.webinars.counts(webinar.guild_id, webinar.id)
        network = await self._services.settings.network(webinar.guild_id)
        return Message(
            _sentence(series, row, webinar, reader),
            cards.webinar_card(
                webinar, reader, now, counts=counts, viewer=cards.MEMBER if is_private else cards.PUBLIC
            ),
            [] if series == Kind.CANCELLED_TO_PEOPLE else answer_buttons(webinar, reader, now),
            role_id=network.member_role_id if series in _CALLING else None,
        )

    async def _is_entitled(self, row: OutboxRow) -> bool:
        """Tell whether a message to one person, which may bear a link, still reaches a member."""
        if row.person_id is None:
            return True
        person = await self._services.members.person(row.guild_id, row.person_id)
        if person is None or person.account_id is None:
            return False
        today = self._services.today(await self._services.settings.network(row.guild_id))
        held = await self._services.members.appointments_of_account(row.guild_id, person.account_id)
        return any(appointment.is_current(today) for appointment in held)

    async def _webinar(self, row: OutboxRow) -> Webinar:
        """Return the webinar of a row, for a test as it would be."""
        proposed = unpacked(Webinar, row.payload.get(PROPOSED, {}))
        if proposed and not row.subject_id:
            return rules.unsaved(row.guild_id, proposed)
        webinar = await self._services.webinars.get(row.guild_id, row.subject_id)
        if webinar is None:
            raise LookupError(f"no webinar {row.subject_id}")
        return merged(webinar, proposed)


def _standing(kind: str, webinar: Webinar) -> Standing | None:
    series, _, mark = kind.partition(":")
    if series in (Kind.CANCELLED, Kind.CANCELLED_TO_PEOPLE, Kind.EVENT):
        return Standing()
    if webinar.cancelled_at is not None:
        return None
    if series == Kind.RECORDING:
        return Standing() if webinar.recording else None
    if series == Kind.REMINDER:
        due = next((one for one in rules.reminders(webinar) if str(one.lead) == mark), None)
        return Standing(due.until) if due is not None else None
    return Standing(webinar.starts_at if series == Kind.LINK else webinar.ends_at)


def _sentence(series: str, row: OutboxRow, webinar: Webinar, reader: Reader) -> str:
    what = tuple(cast(list[str], row.payload.get("what", [])))
    say: dict[str, Callable[[], str]] = {
        Kind.LINK: lambda: sentences.link(webinar, reader),
        Kind.RECORDING: lambda: sentences.recording(webinar, reader),
        Kind.CHANGED: lambda: sentences.changed(webinar, reader, _old_start(row), what),
    }
    if webinar.cancelled_at is None:
        # What was said before is edited, too: nothing in the channel asks anybody to come any more.
        say |= {
            Kind.ANNOUNCED: lambda: sentences.announced(webinar, reader),
            Kind.REMINDER: lambda: sentences.reminder(webinar, reader),
            Kind.MOVED: lambda: sentences.moved(webinar, reader, _old_start(row)),
        }
    return say.get(series, lambda: sentences.cancelled(webinar, reader))()


def _old_start(row: OutboxRow) -> datetime | None:
    seconds = row.payload.get("old_start")
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None
