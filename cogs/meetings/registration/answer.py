"""No role of its own: a delegation's answer is written, by whom it may be, and its colleagues are informed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.audience import colleagues as colleagues_of
from bot.commands import Command
from bot.delegations import delegation_typed, own_delegations
from bot.errors import UserError
from bot.invitations import codes_of
from bot.limits import CHANGED_ANSWER_EVERY
from bot.meeting_names import title
from bot.names.delegation_names import with_code
from bot.outbox import person as person_target
from bot.reach_sentences import who_is_informed
from bot.texts import Markdown, t
from bot.ui import Context
from cogs.meetings import queries
from cogs.meetings.rules import SUBJECT, Kind, registration_closes
from cogs.meetings.sentences import WHO_SEES_IT, answer_line, closing, with_who
from storage.database import Transaction
from storage.meetings.models import AnswerSource, Attendance, Meeting, Registration, Representative
from storage.members.models import Delegation
from storage.outbox.states import OutboxState

_WAITING: Final = frozenset({OutboxState.PENDING, OutboxState.NOTICE})


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for which delegation. ``is_own``: the asker speaks for it; else the secretariat writes it down."""

    meeting: Meeting
    delegation: Delegation
    is_own: bool
    before: Registration | None
    reference: str = ""
    """Of what the secretariat records the answer from."""

    @property
    def source(self) -> AnswerSource:
        """How the answer came."""
        return "delegation" if self.is_own else "note_verbale"

    @property
    def comes_so_far(self) -> str:
        """Who comes, as answered before; empty where nobody has said."""
        return self.before.comes if self.before is not None else ""


async def prepare(context: Context, meeting: Meeting, typed: str | None, reference: str = "") -> Answering:
    """Find out whose answer is to be written. ``typed`` names the delegation (None: the asker's own).

    ``reference`` is that of the note verbale which the secretariat records. The secretariat also writes down who came
    when a meeting is over, but never alters the record of the past ones.
    Raises UserError when the asker may not, or may no longer.
    """
    services, asker = context.services, context.asker
    if asker.is_secretariat and not meeting.is_recorded:
        queries.require_not_cancelled(meeting)
    else:
        queries.require_ahead(services, meeting)
    own = await own_delegations(services, asker)
    delegation = await _delegation(context, [d for d in own if meeting.invites(d.code)] or own, typed)
    is_own = any(d.id == delegation.id for d in own)
    if not is_own and not asker.is_secretariat:
        raise UserError(t("You answer for your own delegation only: leave the option *delegation* out."))
    _require_invited(context, meeting, delegation)
    if reference and is_own:
        raise UserError(
            t("The option *reference* is for the answers that the secretariat records for others: leave it out.")
        )
    if registration_closes(meeting) <= services.clock.now() and not asker.is_secretariat:
        raise UserError(
            t(
                "Registration closed on {deadline}: write to the secretariat, which still takes answers.",
                deadline=closing(meeting, asker.reader),
            )
        )
    before = await services.registrations.of_delegation(meeting.guild_id, meeting.id, delegation.code)
    return Answering(meeting, delegation, is_own, before, " ".join(reference.split()))


async def delegations_meant(context: Context, typed: str | None) -> frozenset[str]:
    """Return the codes of the delegations of which one is to answer: the one ``typed``, else the asker's own."""
    if typed is not None:
        return frozenset({(await delegation_typed(context.services, context.asker, typed)).code})
    return await codes_of(context.services, context.asker)


def _require_invited(context: Context, meeting: Meeting, delegation: Delegation) -> None:
    if meeting.invites(delegation.code):
        return
    reader = context.reader
    named = {"delegation": with_code(delegation, reader.language), "meeting": title(meeting, reader)}
    if context.asker.is_secretariat:
        raise UserError(
            t(
                "{delegation} is not invited to the {meeting}: invite it first with {command}.",
                command=Command("meeting invite"),
                **named,
            )
        )
    raise UserError(
        t("{delegation} is not invited to the {meeting}: write to the secretariat if it should be.", **named)
    )


async def _delegation(context: Context, own: list[Delegation], typed: str | None) -> Delegation:
    if typed is not None:
        return await delegation_typed(context.services, context.asker, typed)
    if len(own) == 1:
        return own[0]
    if own:
        raise UserError(t("You speak for more than one delegation: name it in the option *delegation*."))
    raise UserError(t("You speak for no delegation: name the one that answered in the option *delegation*."))


def likely_representative(context: Context, answering: Answering) -> Representative:
    """Return from where the delegation comes, as far as one can tell: as answered before, else by the asker's post."""
    if answering.before is not None and answering.before.representative is not None:
        return answering.before.representative
    posts = {a.role for a in context.asker.appointments if a.delegation_id == answering.delegation.id}
    return "mission" if posts == {"mission"} else "capital"


async def write(
    context: Context,
    answering: Answering,
    attendance: Attendance,
    representative: Representative | None,
    comes: str,
) -> str:
    """Write the answer, tell the delegation's other appointees, and return what to say to the person who wrote it.

    Who comes and from where is kept, unseen, of a delegation that does not come: it may come after all.
    """
    services, asker = context.services, context.asker
    meeting, delegation = answering.meeting, answering.delegation
    if attendance == "not_attending":
        representative = answering.before.representative if answering.before is not None else None
    is_over = queries.is_over(services, meeting)
    colleagues = [] if is_over else await colleagues_of(services, asker.guild_id, delegation, asker.person)
    async with context.write() as tx:
        await services.registrations.register(
            tx,
            asker.guild_id,
            meeting.id,
            delegation.code,
            attendance,
            representative,
            comes=comes.strip(),
            source=answering.source,
            reference=answering.reference,
        )
        payload = {"code": delegation.code, "by": asker.account_id if answering.is_own else None}
        await _notify(context, tx, meeting.id, [person.id for person in colleagues], payload)
    who = await who_is_informed(services, asker.guild_id, [person.id for person in colleagues], asker.reader)
    return f"{await _said(context, answering)} {who}".strip()


async def _notify(
    context: Context, tx: Transaction, meeting_id: int, colleagues: Iterable[int], payload: Mapping[str, object]
) -> None:
    """Owe colleagues that the answer was changed; what waits already will say the answer as it is then."""
    services = context.services
    rows = await services.outbox.of(context.guild_id, SUBJECT, meeting_id, Kind.REGISTERED)
    for person_id in colleagues:
        earlier = [row for row in rows if row.person_id == person_id and row.payload == payload]
        if any(row.state in _WAITING for row in earlier):
            continue
        next_one = max((row.due_at + CHANGED_ANSWER_EVERY for row in earlier), default=services.clock.now())
        await services.outbox.plan_now(
            tx,
            context.guild_id,
            SUBJECT,
            meeting_id,
            Kind.REGISTERED,
            person_target(person_id),
            delay=max(next_one - services.clock.now(), timedelta(0)),
            payload=payload,
        )


async def _said(context: Context, answering: Answering) -> str:
    services, reader, meeting = context.services, context.reader, answering.meeting
    written = await services.registrations.of_delegation(context.guild_id, meeting.id, answering.delegation.code)
    line = answer_line(written, reader)
    said = [
        reader.say(
            t(
                "{delegation}, {meeting}: {answer}.",
                delegation=with_code(answering.delegation, reader.language),
                meeting=title(meeting, reader),
                answer=Markdown(with_who(line, written) if written is not None else line),
            )
        )
    ]
    if meeting.hosts:
        said.append(reader.say(WHO_SEES_IT))
    if registration_closes(meeting) > services.clock.now():
        said.append(
            reader.say(
                t("It can be changed until {deadline}; the last answer counts.", deadline=closing(meeting, reader))
            )
        )
    return " ".join(said)
