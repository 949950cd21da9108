"""``/decision extend``: a later end. No role of its own: the command's work."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, cast

from bot.errors import UserError
from bot.occasions.proposal import owe_to_people
from bot.previews.preview import sending_soon
from bot.previews.recipients import emails_leave_last
from bot.reach import reach_of
from bot.texts import Listing, t
from bot.ui import Choice, Confirmation, Context, Correction
from cogs.decisions import rules
from cogs.decisions.ending import announce_move, current_decision, has_ended, place_of, require_open
from cogs.decisions.opening.fields import EXPIRES, read_expiry
from cogs.decisions.queries import people_of
from cogs.decisions.rules import SUBJECT, Kind
from storage.decisions.models import Decision
from storage.models import Draft

_LATER: Final = timedelta(hours=1)


async def ask_to_extend(context: Context, decision: Decision, typed: str, correction: Correction) -> None:
    """Show the later end, and who is told, and ask for *Confirm*. Raises UserError."""
    services, reader, now = context.services, context.reader, context.services.clock.now()
    await require_open(services, decision, context.asked_at)
    place = await place_of(services, context.guild_id, decision.timezone)
    earliest = rules.next_permitted(max(decision.expires_at, now) + _LATER, place)
    expires_at = read_expiry(typed, place, reader, now, earliest)
    people = await people_of(services, decision)
    reach = await reach_of(services, context.guild_id, people, has_email_text=True)
    question = t(
        "“{title}” ends {old}. Let it end {new} instead? A message says so in the members' channel, calls nobody, and"
        " the delegations are informed: {counted}.",
        title=decision.title,
        old=reader.stamp(decision.expires_at, decision.timezone),
        new=reader.stamp(expires_at, decision.timezone),
        counted=Listing(reach.counted()),
    )
    payload = {"decision": decision.id, EXPIRES.option: int(expires_at.timestamp())}
    lines = [context.say(line) for line in (question, *emails_leave_last(reach))]
    await context.ask(
        [Choice(ConfirmExtension.kind)],
        payload,
        "\n".join(lines),
        corrections=[correction],
        typed={EXPIRES.option: typed},
    )


class ConfirmExtension(Confirmation):
    """A later end of a procedure that has not ended."""

    kind = "decision_extend"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Move the end, and say so to all concerned."""
        services = context.services
        decision = await current_decision(context, cast(int, draft.payload["decision"]))
        expires_at = datetime.fromtimestamp(cast(int, draft.payload[EXPIRES.option]), UTC)
        # A preview may be confirmed long after it was shown.
        if expires_at < max(services.clock.now(), decision.expires_at) + _LATER / 2:
            raise UserError(
                t(
                    "The time that you chose is no longer later than the present end: type the command again with a"
                    " later one."
                )
            )
        async with context.write() as tx:
            await context.take(tx, draft)
            await require_open(services, decision, context.asked_at, tx)
            if not await services.decisions.move(tx, decision, expires_at, made_up=False):
                raise has_ended()
            moved = replace(decision, state="open", expires_at=expires_at)
            await announce_move(services, tx, moved, Kind.EXTENDED)
            row_id = await owe_to_people(context, tx, SUBJECT, moved, Kind.EXTENDED)
        stop, view = await sending_soon(context, row_id)
        said = t("“{title}” now ends {when}.", title=moved.title, when=context.reader.stamp(expires_at, moved.timezone))
        await context.replace(f"{context.say(said)} {stop}".strip(), view=view)
