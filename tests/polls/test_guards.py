"""Numbers and names that protect voters: how many ballots may be published, who is named, when who is reminded."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from tests.polls.booth import Booth
from tests.world import embed_text, said


async def steering_of(booth: Booth, size: int) -> list[str]:
    """Let the steering group have ``size`` delegations, and return their codes."""
    services = booth.world.bot.services
    codes = sorted(booth.server.members)[:size]
    async with services.transaction() as tx:
        for code in codes:
            delegation = await services.members.delegation(booth.server.id, code)
            assert delegation is not None
            since = datetime(2020, 1, 1, tzinfo=UTC).date()
            await services.members.set_steering_term(tx, booth.server.id, delegation.id, since, None)
    return codes


@pytest.mark.parametrize(("electorate", "cast", "published"), [(10, 5, True), (10, 4, False), (9, 5, False)])
async def test_single_ballots_are_published_for_ten_voters_of_whom_five_voted_and_for_no_fewer(
    booth: Booth, electorate: int, cast: int, published: bool
) -> None:
    voters = await steering_of(booth, electorate)
    poll = await booth.open(audience="steering", publish="ballots")
    assert (await booth.poll(poll)).electorate == electorate
    for n, code in enumerate(voters[:cast]):
        await booth.vote(booth.server.members[code], poll, n % 3 + 1)
    await booth.pass_time(timedelta(hours=73))
    content = await booth.file_of(booth.public()[-1])
    assert len(content["receipts"]) == cast
    assert bool(content.get("ballots")) is published
    assert len(content.get("ballots") or ()) == (cast if published else 0)


async def test_a_lead_in_days_keeps_the_time_of_day_over_a_clock_change_and_one_in_hours_does_not(
    booth: Booth,
) -> None:
    # In 2026 the summer time of Brussels begins on 29 March, at 02:00.
    poll = await booth.open(closes="2026-03-29 18:00", timezone="Europe/Brussels", reminders="1d 24h")
    assert poll.plan.closes_at == datetime(2026, 3, 29, 16, tzinfo=UTC)
    rows = await booth.world.bot.services.outbox.of(booth.server.id, "poll", poll.id)
    due = {row.due_at for row in rows if row.kind.startswith("reminder")}
    assert due == {datetime(2026, 3, 28, 17, tzinfo=UTC), datetime(2026, 3, 28, 16, tzinfo=UTC)}


async def test_a_roll_call_names_every_voter(booth: Booth) -> None:
    voters = {"AU": "Australia", "BE": "Belgium", "BJ": "Benin", "CZ": "Czechia", "DK": "Denmark", "UY": "Uruguay"}
    poll = await booth.open(secret=False)
    for code in voters:
        await booth.vote(booth.server.members[code], poll, 2)
    await booth.pass_time(timedelta(hours=73))
    shown = await booth.server.members["GH"].slash(booth.server.channels["general"], "poll results", poll=str(poll.id))
    for text in (embed_text(booth.public()[-1].embeds[0]), said(shown)):
        lines = [line for line in text.splitlines() if line.endswith(": Law")]
        assert len(lines) == len(voters)
        for name, line in zip(sorted(voters.values()), sorted(lines), strict=True):
            assert name in line
    content = await booth.file_of(booth.public()[-1])
    assert {ballot["voter"] for ballot in content["ballots"]} == set(voters)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@"])
async def test_no_cell_of_the_turnout_is_a_formula_to_a_spreadsheet(booth: Booth, begins: str) -> None:
    services, server = booth.world.bot.services, booth.server
    formula = f"{begins}cmd()"
    named = await server.secretariat.slash(
        server.channels["secretariat"], "member name", delegation="CZ", language="en", name=formula
    )
    assert formula in said(named).replace("\\", "")
    person = await services.members.person_of_account(server.id, server.members["DK"].id)
    assert person is not None
    async with services.transaction() as tx:
        await services.members.change_person(tx, server.id, person.id, name=formula)
    poll = await booth.open(voters="members")
    exported = await server.secretariat.slash(server.channels["general"], "poll export", poll=str(poll.id))
    [turnout] = exported.response.attachments
    rows = list(csv.reader(StringIO((await turnout.read()).decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert cells.count(f"'{formula}") == 2, "the delegation's name and the person's"
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


async def test_a_preview_counts_a_vacant_seat_and_names_it_among_those_that_cannot_vote(booth: Booth) -> None:
    services = booth.world.bot.services
    before = len(await services.members.delegations(booth.server.id))
    async with services.transaction() as tx:
        await services.members.add_delegation(tx, booth.server.id, "FR", "state")
    shown = said(await booth.create())
    assert f"{before + 1} have a ballot" in shown
    assert "France" in shown
    assert (await booth.open()).electorate == before + 1


async def test_a_poll_that_waited_for_its_confirmation_over_a_day_does_not_open(booth: Booth) -> None:
    server = booth.server
    kept, forgotten = [await booth.create(question=f"Number {n}?") for n in (1, 2)]
    await booth.pass_time(timedelta(hours=23, minutes=59))
    await server.secretariat.click(kept.response, label="Confirm")
    assert (await booth.latest()).plan.question == "Number 1?"
    await booth.pass_time(timedelta(minutes=2))
    await server.secretariat.click(forgotten.response, label="Confirm")
    polls = await booth.world.bot.services.polls.polls(server.id)
    assert [poll.plan.question for poll in polls] == ["Number 1?"]
