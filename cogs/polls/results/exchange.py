"""A poll as files: who has voted, and what is published of it."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from bot.audience import eligible
from bot.csvfiles import guarded
from bot.languages import Language
from bot.names.delegation_names import called, order_of
from cogs.polls.published import Entry, poll_file, written_receipt
from cogs.polls.results.sentences import count_of
from storage.members.models import Delegation, Seat
from storage.polls.models import CountedBallot, Elector, Poll


def turnout_sheet(
    electors: Sequence[Elector],
    seats: Sequence[Seat],
    delegations: Mapping[int, Delegation],
    people: Mapping[int, str],
    language: Language,
) -> bytes:
    """Return who has voted as CSV, in the order of the language; ``people`` are names by the persons' ids."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("delegation", "name", "person", "voted", "able_to_vote"))
    for elector in sorted(electors, key=lambda one: order_of(delegations[one.delegation_id], language)):
        delegation = delegations[elector.delegation_id]
        cells = (
            delegation.code,
            guarded(called(delegation, language)),
            guarded(elector.name or people.get(elector.person_id, "")),
            "yes" if elector.voted else "no",
            "yes" if elector.voted or eligible(elector, seats) else "no",
        )
        writer.writerow(cells)
    return text.getvalue().encode("utf-8-sig")


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
    if plan.abstain:
        about["abstain"] = True
    if plan.majority is not None:
        about["majority"] = plan.majority
    entries = None
    if poll.published == "ballots":
        entries = [
            Entry(written_receipt(b.receipt), b.choice or (), voters.get((b.delegation_id, b.person_id), ""))
            for b in ballots
        ]
    return poll_file(about, count_of(poll), [written_receipt(b.receipt) for b in ballots], entries)
