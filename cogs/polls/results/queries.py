"""What is read of a poll to show its result, and whether a ballot was counted."""

from bot import names
from bot.names.delegation_names import called
from bot.services import Services
from bot.texts import Reader, Text, t
from bot.ui import Context
from cogs.polls.ending import current_poll
from cogs.polls.published import read_receipt
from cogs.polls.queries import seats_now
from cogs.polls.results.exchange import file_of, turnout_sheet
from storage.polls.models import Poll


async def voter_codes(services: Services, poll: Poll) -> dict[tuple[int, int], str]:
    """Return what the published file calls each elector, by delegation and person.

    That is the delegation's code, and the person as called when the poll closed.
    """
    codes = {d.id: d.code for d in await services.members.delegations(poll.guild_id)}
    return {
        (e.delegation_id, e.person_id): _named(codes.get(e.delegation_id, "?"), e.name)
        for e in await services.polls.electors(poll.guild_id, poll.id)
    }


async def voter_names(services: Services, poll: Poll, reader: Reader) -> list[tuple[tuple[int, int], str]]:
    """Return each elector, as delegation and person, with its name, in the alphabet of the reader's language."""
    delegations = {d.id: d for d in await services.members.delegations(poll.guild_id)}
    found: list[tuple[tuple[bool, tuple[str, str], str], str, tuple[tuple[int, int], str]]] = []
    for elector in await services.polls.electors(poll.guild_id, poll.id):
        delegation = delegations.get(elector.delegation_id)
        code, name = (delegation.code, called(delegation, reader.language)) if delegation is not None else ("", "?")
        who = (elector.delegation_id, elector.person_id)
        order = names.order_key(code, name, reader.language)
        found.append((order, elector.name, (who, _named(name, elector.name))))
    return [named for *_, named in sorted(found, key=lambda one: one[:2])]


def _named(delegation: str, person: str) -> str:
    return " · ".join(part for part in (delegation, person) if part)


async def verification(context: Context, typed: str) -> Text:
    """Say whether the ballot with the receipt typed was counted."""
    receipt = read_receipt(typed)
    not_counted = t(
        "Not counted (replaced or mistyped): no counted ballot has this receipt. A ballot that was cast again has its"
        " latest receipt only."
    )
    poll_id = await context.services.ballots.poll_of_receipt(context.guild_id, receipt) if receipt is not None else None
    if poll_id is None:
        return not_counted
    poll = await current_poll(context, poll_id)
    if poll.state == "closed":
        return t("Counted: the ballot with this receipt is in the result of “{question}”.", question=poll.plan.question)
    return t(
        "The ballot with this receipt has been cast in “{question}”, and will be counted when the poll closes.",
        question=poll.plan.question,
    )


async def published_file(services: Services, poll: Poll) -> bytes:
    """Return the file that a closed poll publishes: the same bytes each time."""
    ballots = await services.ballots.counted_ballots(poll.guild_id, poll.id)
    return file_of(poll, ballots, await voter_codes(services, poll))


async def exported(context: Context, poll: Poll) -> dict[str, bytes]:
    """Return files by their names: the turnout and, of a closed poll, what is published."""
    services = context.services
    sheet = turnout_sheet(
        await services.polls.electors(context.guild_id, poll.id),
        await seats_now(context),
        {delegation.id: delegation for delegation in await services.members.delegations(context.guild_id)},
        {holder.person.id: holder.person.name for holder in await services.members.holders(context.guild_id)},
        context.reader.language,
    )
    files = {f"poll-{poll.id}-turnout.csv": sheet}
    if poll.state == "closed":
        files[f"poll-{poll.id}.json"] = await published_file(services, poll)
    return files
