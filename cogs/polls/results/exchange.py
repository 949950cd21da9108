"""A poll as files: its turnout, and what is published of it."""

import csv
from collections.abc import Mapping
from io import BytesIO, StringIO

import discord

from bot.audience import eligible
from bot.csvfiles import guarded
from bot.names.delegation_names import called, order_of
from bot.services import Services
from bot.ui import Context
from cogs.polls.published import Entry, poll_file, written_receipt
from cogs.polls.queries import seats_now
from cogs.polls.results.queries import voter_codes
from cogs.polls.results.sentences import count_of
from storage.polls.models import CountedBallot, Poll


def file_of(poll: Poll, ballots: list[CountedBallot], voters: Mapping[tuple[int, int], str]) -> bytes:
    """Return the published file, which no change of language, zone or name alters.

    ``voters`` are the codes of the electors' delegations, for a roll-call. Dates are in UTC.
    """
    plan = poll.plan
    about = {
        "question": plan.question,
        "method": plan.method,
        "options": [f"{o.at:%Y-%m-%d %H:%M} UTC" if o.at is not None else o.text for o in plan.options],
        "voters": plan.voters,
        "electorate": poll.electorate,
        "quorum": plan.quorum,
        "seats": plan.seats,
        "secret": plan.secret,
    }
    entries = None
    if poll.published == "ballots":
        entries = [
            Entry(written_receipt(b.receipt), b.choice or (), voters.get((b.delegation_id, b.person_id), ""))
            for b in ballots
        ]
    return poll_file(about, count_of(poll), [written_receipt(b.receipt) for b in ballots], entries)


async def published_file(services: Services, poll: Poll) -> bytes:
    """Return the file that a closed poll publishes: the same bytes each time."""
    ballots = await services.ballots.in_the_box(poll.guild_id, poll.id)
    return file_of(poll, ballots, await voter_codes(services, poll))


async def export_files(context: Context, poll: Poll) -> list[discord.File]:
    """Return the turnout as a spreadsheet and, of a closed poll, the published file."""
    seats = await seats_now(context.services, context.asker)
    electors = await context.services.polls.electors(context.guild_id, poll.id)
    delegations = {d.id: d for d in await context.services.members.delegations(context.guild_id)}
    people = {h.person.id: h.person.name for h in await context.services.members.holders(context.guild_id)}
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("delegation", "name", "person", "voted", "able_to_vote"))
    for elector in sorted(electors, key=lambda one: order_of(delegations[one.delegation_id], context.reader.language)):
        delegation = delegations[elector.delegation_id]
        cells = (
            delegation.code,
            guarded(called(delegation, context.reader.language)),
            guarded(elector.name or people.get(elector.person_id, "")),
            "yes" if elector.voted else "no",
            "yes" if elector.voted or eligible(elector, seats) else "no",
        )
        writer.writerow(cells)
    files = [discord.File(BytesIO(text.getvalue().encode("utf-8-sig")), filename=f"poll-{poll.id}-turnout.csv")]
    if poll.state == "closed":
        files.append(
            discord.File(BytesIO(await published_file(context.services, poll)), filename=f"poll-{poll.id}.json")
        )
    return files
