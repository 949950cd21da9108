"""What a webinar owes to the outbox, and how each of its messages reads when its time has come."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, cast

from bot.errors import NotAllowedError
from bot.occasions import leads
from bot.occasions.kinds import complete, series_of
from bot.occasions.subject import OccasionSubject
from bot.outbox import ANNOUNCEMENTS, PEOPLE, EmailText, LoadedRow, Message, Owed, Plan, Standing
from bot.texts import Reader, Text, t
from cogs.webinars import cards, emails, queries, rules, sentences
from cogs.webinars.buttons import answer_buttons
from cogs.webinars.events import WebinarEventButton
from cogs.webinars.rules import SUBJECT, Kind
from storage.database import Transaction
from storage.webinars.models import Webinar, WebinarReply

_CALLING = (Kind.ANNOUNCED, Kind.MOVED, Kind.CANCELLED)
"""Those that call the members in the channel."""


def owed_by(webinar: Webinar) -> list[Owed]:
    """Return every reminder of a webinar, for the outbox to compare with what it holds."""
    due = rules.reminders(webinar)
    owed = [Owed(f"{Kind.REMINDER}:{one.lead}", one.at, ANNOUNCEMENTS, one.lead.span) for one in due]
    if due:
        at = leads.before(webinar.starts_at, rules.LINK_LEAD, webinar.timezone)
        owed.append(Owed(f"{Kind.LINK}:{rules.LINK_LEAD}", at, PEOPLE, rules.LINK_LEAD.span))
    return owed


class WebinarMessages(OccasionSubject[Webinar]):
    """Answers for the messages of webinars."""

    name = SUBJECT
    record = Webinar
    to_people = emails.KINDS

    async def get(self, guild_id: int, record_id: int) -> Webinar | None:
        """Return the webinar."""
        return await self._services.webinars.get(guild_id, record_id)

    def unsaved(self, guild_id: int, values: Mapping[str, Any]) -> Webinar:
        """Return the webinar that is only proposed."""
        return rules.unsaved(guild_id, values)

    async def owed(self, row: LoadedRow[Webinar]) -> Standing | None:
        """Tell until when a message makes sense: a reminder until the next one takes its place."""
        return _standing(row) if await self._is_entitled(row) else None

    async def title(self, row: LoadedRow[Webinar]) -> Text:
        """Name the message for the secretariat's lists."""
        return sentences.row_title(row.kind, row.record)

    async def plans(self, tx: Transaction, guild_id: int) -> Sequence[Plan]:
        """Return the reminders of every webinar ahead."""
        ahead = await self._services.webinars.ahead(guild_id, self._services.clock.now(), tx)
        return [Plan(webinar.id, owed_by(webinar)) for webinar in ahead]

    async def called(self, guild_id: int, subject_id: int) -> Text:
        """Name a webinar."""
        webinar = await self._services.webinars.get(guild_id, subject_id)
        return t("the webinar “{title}”", title=webinar.title if webinar is not None else "?")

    async def reads_otherwise_from(self, row: LoadedRow[Webinar]) -> datetime | None:
        """Return when the webinar ends: from then on nobody is asked to attend it."""
        webinar = row.record
        is_ahead = webinar.cancelled_at is None and webinar.ends_at > self._services.clock.now()
        return webinar.ends_at if is_ahead and row.kind != Kind.EVENT else None

    async def people(self, row: LoadedRow[Webinar]) -> Sequence[int]:
        """Return those whom a message to people concerns: members who are attending, or also those who may."""
        kind, webinar = _kind_of(row), row.record
        replies: tuple[WebinarReply, ...] = ("attending", "maybe")
        if kind in (Kind.LINK, Kind.RECORDING):
            replies = ("attending",)
        wanting = kind is Kind.RECORDING
        people = await queries.people_who(self._services, webinar, *replies, wanting_recording=wanting)
        return [person.id for person in people]

    async def email_text(self, row: LoadedRow[Webinar], reader: Reader) -> EmailText:
        """Write the message; with the link to join only where the network allows that in e-mails."""
        network = await self._services.settings.network(row.guild_id)
        now = self._services.clock.now()
        return emails.text_of(_kind_of(row), row.record, reader, now, with_link=network.email_links)

    async def message(self, row: LoadedRow[Webinar], reader: Reader) -> Message:
        """Render the message from the present record. Raises NotAllowedError where its person holds no post now."""
        if not await self._is_entitled(row):
            raise NotAllowedError(t("This message was for members, and you have no post in the directory today."))
        kind, webinar = _kind_of(row), row.record
        said = _SENTENCES[kind](row, reader)
        if kind is Kind.EVENT:
            is_mended = row.payload["what"] == "mended"
            return Message(said, buttons=[] if is_mended else [WebinarEventButton.of(webinar.id, reader)])
        now = self._services.clock.now()
        counts = None
        if kind is Kind.ANNOUNCED:
            counts = await self._services.webinars.counts(webinar.guild_id, webinar.id)
        network = await self._services.settings.network(webinar.guild_id)
        viewer = cards.MEMBER if kind in self.to_people else cards.PUBLIC
        return Message(
            said,
            cards.webinar_card(webinar, reader, now, counts=counts, viewer=viewer),
            [] if kind is Kind.CANCELLED_TO_PEOPLE else answer_buttons(webinar, reader, now),
            role_id=network.member_role_id if kind in _CALLING else None,
        )

    async def _is_entitled(self, row: LoadedRow[Webinar]) -> bool:
        """Tell whether a message to one person, which may bear a link, still reaches a member."""
        if row.person_id is None:
            return True
        person = await self._services.members.person(row.guild_id, row.person_id)
        if person is None or person.account_id is None:
            return False
        today = self._services.today(await self._services.settings.network(row.guild_id))
        held = await self._services.members.appointments_of_account(row.guild_id, person.account_id)
        return any(appointment.is_current(today) for appointment in held)


def _kind_of(row: LoadedRow[Webinar]) -> Kind:
    return Kind(series_of(row.kind)[0])


def _standing(row: LoadedRow[Webinar]) -> Standing | None:
    kind, webinar = _kind_of(row), row.record
    if kind in (Kind.CANCELLED, Kind.CANCELLED_TO_PEOPLE, Kind.EVENT):
        return Standing()
    if webinar.cancelled_at is not None:
        return None
    if kind is Kind.RECORDING:
        return Standing() if webinar.recording else None
    if kind is Kind.REMINDER:
        mark = series_of(row.kind)[1]
        due = next((one for one in rules.reminders(webinar) if str(one.lead) == mark), None)
        return Standing(due.until) if due is not None else None
    return Standing(webinar.starts_at if kind is Kind.LINK else webinar.ends_at)


_Sentence = Callable[[LoadedRow[Webinar], Reader], str]


def _unless_cancelled(sentence: _Sentence) -> _Sentence:
    """Return what a message says that is edited once the webinar is cancelled: nothing asks anybody to come then."""
    return lambda row, reader: (_cancelled if row.record.cancelled_at is not None else sentence)(row, reader)


def _cancelled(row: LoadedRow[Webinar], reader: Reader) -> str:
    return sentences.cancelled(row.record, reader)


def _changed(row: LoadedRow[Webinar], reader: Reader) -> str:
    what = tuple(cast(list[str], row.payload.get("what", [])))
    return sentences.changed(row.record, reader, _old_start(row), what)


def _old_start(row: LoadedRow[Webinar]) -> datetime | None:
    seconds = row.payload.get("old_start")
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None


_SENTENCES: Final[Mapping[Kind, _Sentence]] = complete(
    Kind,
    {
        Kind.ANNOUNCED: _unless_cancelled(lambda row, reader: sentences.announced(row.record, reader)),
        Kind.REMINDER: _unless_cancelled(lambda row, reader: sentences.reminder(row.record, reader)),
        Kind.MOVED: _unless_cancelled(lambda row, reader: sentences.moved(row.record, reader, _old_start(row))),
        Kind.LINK: lambda row, reader: sentences.link(row.record, reader),
        Kind.CHANGED: _changed,
        Kind.CANCELLED: _cancelled,
        Kind.CANCELLED_TO_PEOPLE: _cancelled,
        Kind.RECORDING: lambda row, reader: sentences.recording(row.record, reader),
        Kind.EVENT: lambda row, reader: sentences.event(str(row.payload["what"]), row.record, reader),
    },
)
"""What each kind of message says."""
