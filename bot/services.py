from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, Self, get_type_hints

from bot.ahead import Ahead
from bot.attention import AttentionList
from bot.clock import Clock
from bot.commands import CommandIds
from bot.outbox import Outbox
from bot.pending import Pending
from bot.presence import Presence
from bot.seat_cache import SeatCache
from bot.settings import Settings
from bot.shelf import Shelf
from bot.smtp.transport import MailTransport, transport_of
from bot.webinar_cache import WebinarCache
from storage.audit import AuditRepository
from storage.calendar_entries.entries import CalendarEntriesRepository
from storage.database import Database, Transaction
from storage.decisions.decisions import DecisionsRepository
from storage.documents.documents import DocumentsRepository
from storage.local_times import LocalTimesRepository
from storage.meetings.meetings import MeetingsRepository
from storage.meetings.registrations import RegistrationsRepository
from storage.meetings.sessions import SessionsRepository
from storage.members.activity import ActivityRepository
from storage.members.choices import ChoicesRepository
from storage.members.claims import ClaimsRepository
from storage.members.directory_import import DirectoryRepository
from storage.members.handover_notes import HandoverNotesRepository
from storage.members.invitations import InvitationsRepository
from storage.members.members import MembersRepository
from storage.members.nominations import NominationsRepository
from storage.members.posts import PostsRepository
from storage.members.role_grants import RoleGrantsRepository
from storage.members.voiding import VoidingRepository
from storage.models import Network
from storage.outages import OutagesRepository
from storage.outbox.emails import EmailsRepository
from storage.outbox.messages import MessagesRepository
from storage.outbox.outbox import OutboxRepository
from storage.outbox.unreached import UnreachedRepository
from storage.polls.ballots import BallotsRepository
from storage.polls.polls import PollsRepository
from storage.privacy import PrivacyRepository
from storage.settings import SettingsRepository
from storage.statements.statements import StatementsRepository
from storage.topics.topics import TopicsRepository
from storage.webinars.webinars import WebinarsRepository
from storage.write_batcher import WriteBatcher


@dataclass(frozen=True, slots=True)
class Services:
    """What every cog works with, made once when the bot starts."""

    database: Database
    clock: Clock
    defaults: Settings
    command_ids: CommandIds
    settings: SettingsRepository
    members: MembersRepository
    seat_cache: SeatCache
    posts: PostsRepository
    directory: DirectoryRepository
    nominations: NominationsRepository
    invitations: InvitationsRepository
    handover_notes: HandoverNotesRepository
    choices: ChoicesRepository
    claims: ClaimsRepository
    voiding: VoidingRepository
    role_grants: RoleGrantsRepository
    activity: ActivityRepository
    privacy: PrivacyRepository
    audit: AuditRepository
    outbox: Outbox
    pending: Pending
    ahead: Ahead
    attention: AttentionList
    calendar_entries: CalendarEntriesRepository
    messages: MessagesRepository
    unreached: UnreachedRepository
    emails: EmailsRepository
    topics: TopicsRepository
    polls: PollsRepository
    ballots: BallotsRepository
    decisions: DecisionsRepository
    outages: OutagesRepository
    presence: Presence
    shelf: Shelf
    meetings: MeetingsRepository
    sessions: SessionsRepository
    registrations: RegistrationsRepository
    webinars: WebinarsRepository
    webinar_cache: WebinarCache
    documents: DocumentsRepository
    statements: StatementsRepository
    write_batcher: WriteBatcher
    local_times: LocalTimesRepository
    mail: MailTransport | None
    """Takes e-mails to the operator's mail server; None: there is none."""

    @classmethod
    def over(cls, database: Database, clock: Clock, defaults: Settings) -> Self:
        """Build the services over an open database."""
        members, ballots = MembersRepository(database), BallotsRepository(database)
        outages, webinars = OutagesRepository(database), WebinarsRepository(database)
        made: dict[str, Any] = {
            "database": database,
            "clock": clock,
            "defaults": defaults,
            "command_ids": CommandIds(),
            "members": members,
            "seat_cache": SeatCache(members),
            "directory": DirectoryRepository(database, members),
            "voiding": VoidingRepository(database, ballots),
            "outbox": Outbox(OutboxRepository(database)),
            "pending": Pending(),
            "ahead": Ahead(),
            "attention": AttentionList(),
            "ballots": ballots,
            "outages": outages,
            "presence": Presence(database, outages),
            "shelf": Shelf(database, clock),
            "webinars": webinars,
            "webinar_cache": WebinarCache(webinars),
            "write_batcher": WriteBatcher(database, clock.now),
            "mail": transport_of(defaults.smtp_url.get_secret_value()) if defaults.smtp_url is not None else None,
        }
        # The others are repositories, made of the database alone.
        kinds = get_type_hints(cls)
        return cls(**made, **{name: kinds[name](database) for name in kinds.keys() - made.keys()})

    def transaction(self, account_id: int | None = None) -> AbstractAsyncContextManager[Transaction]:
        """Hold the writer for a change by the account (None: the bot's own), at the present instant."""
        return self.database.transaction(self.clock.now(), account_id)

    def zone(self, network: Network) -> str:
        """Return the network's IANA zone, or the operator's default where it chose none."""
        return network.timezone or self.defaults.default_timezone

    def today(self, network: Network) -> date:
        """Return the calendar day it is now in the network's zone."""
        return self.clock.today(self.zone(network))
