from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot.commands import Command
from bot.documents.sentences import described
from bot.names.delegation_names import order_of, with_flag
from bot.texts import Reader, Text, escaped, t
from bot.ui import Page, add_lines, colours, page_label
from bot.ui.embed_limits import add_field, listed
from cogs.decisions import sentences
from cogs.decisions.rules import counted, number_of, unreached
from storage.decisions.models import Decision, DecisionSeat
from storage.documents.models import Document
from storage.members.models import Delegation

_COLOURS: Final = {"open": colours.VOTE, "unreached": colours.VOTE}


def decision_card(
    decision: Decision,
    seats: Sequence[DecisionSeat],
    reader: Reader,
    *,
    documents: Sequence[Document] = (),
    objector: Delegation | None = None,
    with_text: bool = True,
) -> discord.Embed:
    """Show a procedure: what is proposed, until when, who decides, and what became of it.

    ``with_text``: with what names the text, which is shown in the server only. Nothing says who was not reached.
    """
    title = " · ".join(part for part in (number_of(decision), decision.title) if part)
    card = discord.Embed(title=escaped(title)[:256], colour=_COLOURS.get(decision.state, colours.CLOSED))
    if decision.state != "open":
        card.description = f"**{reader.say(sentences.STATES[decision.state])}**"
    if with_text and (text := _text(decision, documents, reader)):
        add_field(card, reader, t("The text"), "\n".join(text))
    name = t("Ends") if decision.is_under_way else t("Ended")
    at = decision.ended_at or decision.expires_at
    add_field(card, reader, name, reader.stamp(at, decision.timezone))
    who = f"{reader.say(sentences.audience(decision))}. {reader.say(sentences.deciding(len(counted(seats))))}"
    add_field(card, reader, t("Who decides"), who)
    for heading, typed in ((t("Reason"), decision.objection.reason), (t("Amendment"), decision.objection.amendment)):
        if typed:
            add_field(card, reader, heading, escaped(typed)[:1024])
    if objector is not None:
        add_field(card, reader, t("Objection by"), with_flag(objector, reader.language))
    if decision.is_under_way:
        add_field(card, reader, t("What silence means"), reader.say(_MEANING))
    return card


_MEANING: Final = t(
    "A delegation that agrees does nothing. Any focal point, alternate or mission may object until then; the"
    " objection ends the procedure and is published without the delegation's name, unless the delegation wishes to be"
    " named. Silence of a delegation that was not reached is not consent. {procedural}",
    procedural=sentences.PROCEDURAL,
)


def _text(decision: Decision, documents: Sequence[Document], reader: Reader) -> list[str]:
    lines = [reader.say(described(document, reader)) for document in documents]
    return [*lines, escaped(decision.url)] if decision.url else lines


def add_record(
    card: discord.Embed,
    decision: Decision,
    seats: Sequence[DecisionSeat],
    delegations: Mapping[int, Delegation],
    reader: Reader,
) -> None:
    """Add when and how each delegation of the electorate was reached, and the vacant seats."""
    known = [(delegations[seat.delegation_id], seat) for seat in seats if seat.delegation_id in delegations]
    in_order = sorted(known, key=lambda one: order_of(one[0], reader.language))
    lines = [
        f"{with_flag(delegation, reader.language)} · {_reached(decision, seat, reader)}"
        for delegation, seat in in_order
        if seat.reached_at is not None
    ]
    add_lines(card, reader.label(t("Reached")), lines, reader)
    if vacant := sentences.names_of((delegation for delegation, seat in known if seat.is_vacant), reader):
        add_field(card, reader, t("Vacant seats (not counted)"), listed(vacant, reader))


def add_unreached(
    card: discord.Embed,
    decision: Decision,
    seats: Sequence[DecisionSeat],
    delegations: Mapping[int, Delegation],
    reader: Reader,
) -> None:
    """Add whom the proposal has not reached yet: for the secretariat only."""
    missing = [
        delegations[s.delegation_id] for s in unreached(seats, decision.expires_at) if s.delegation_id in delegations
    ]
    if missing:
        add_lines(card, reader.label(t("Not reached yet")), sentences.names_of(missing, reader), reader)


def _reached(decision: Decision, seat: DecisionSeat, reader: Reader) -> str:
    if seat.reached_at is None or seat.reached_by is None:
        return ""
    by = reader.say(sentences.REACHED_BY[seat.reached_by])
    return f"{reader.moment(seat.reached_at, decision.timezone)} ({by})"


def list_card(page: Page[Decision], reader: Reader, *, to_secretariat: bool) -> discord.Embed:
    """Show a page of decisions, those under way first; where there is none, tell the secretariat how to propose."""
    card = discord.Embed(title=reader.label(t("Decisions")), colour=colours.VOTE)
    if not page.total:
        none = t("There is no decision yet: {command} proposes one.", command=Command("decision open"))
        card.description = reader.say(none if to_secretariat else t("There is no decision yet."))
    for decision in page.items:
        title = " · ".join(part for part in (number_of(decision), decision.title) if part)
        card.add_field(name=escaped(title)[:256], value=reader.say(_status(decision, reader)), inline=False)
    card.set_footer(text=page_label(page, reader))
    return card


def _status(decision: Decision, reader: Reader) -> Text:
    at = decision.ended_at or decision.expires_at
    stamp = reader.stamp(at, decision.timezone)
    return t("{state} · {when}", state=sentences.STATES[decision.state], when=stamp)
