"""Whatever is wrong with a poll is said in a sentence, and the form comes back filled in."""

from datetime import timedelta

import pytest

from tests.polls.booth import Booth
from tests.world import embed_text, said

SIXTY = ";".join(f"Option {n}" for n in range(60))


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"options": "Peace"}, "at least two options"),
        ({"options": "Peace; peace"}, "“peace” is there twice"),
        ({"options": SIXTY}, "There are 60 options and a poll takes 50 at most"),
        ({"options": "<@123456789012345678>; Law"}, "would call somebody"),
        ({"options": "@everyone; Law"}, "would call somebody"),
        ({"options": f"{'a' * 400}; Law"}, "has 400 characters"),
        ({"question": "What of <@&123456789012345678>?"}, "A question cannot call anybody"),
        ({"closes": "2020-01-01 10:00"}, "past"),
        ({"closes": "2030-12-31 10:00"}, "within a year"),
        ({"closes": "some day"}, "“some day”"),
        ({"quorum": 300}, "A quorum of 300 can never be met"),
        ({"audience": "region"}, "Choose which region votes"),
        ({"audience": "steering"}, "Nobody would have a ballot"),
        ({"reminders": "soon"}, "“soon” was not understood"),
        ({"method": "date", "options": "Peace; Law; Early warning"}, "“Peace”"),
        ({"method": "date", "options": "2026-02-01 15:00; 1 February 2026 3pm"}, "is there twice"),
        ({"method": "date", "options": "2026-02-01; 2026-02-02"}, "time"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(booth: Booth, wrong: dict, problem: str) -> None:
    secretary = booth.server.secretariat
    refused = await booth.create(**wrong)
    assert problem in said(refused)
    form = await secretary.click(refused.response, label="Correct")
    fields = {line["component"]["custom_id"]: line["component"].get("value", "") for line in form.modal["components"]}
    wanted = {"question": "Which topic?", "options": "Peace; Law; Early warning", "closes": "in 72 hours"} | wrong
    for key, value in wanted.items():
        if key in fields:
            assert fields[key] == str(value)
    assert await booth.world.bot.services.polls.polls(booth.server.id) == []


async def test_the_form_opens_where_something_is_left_out_and_comes_back_until_it_is_right(booth: Booth) -> None:
    secretary, channel = booth.server.secretariat, booth.server.channels["secretariat"]
    opened = await secretary.slash(channel, "poll create", question="Which one?", method="approval")
    typed = {"question": "Which one?", "options": "Peace", "closes": "in 3 hours", "quorum": "", "reminders": ""}
    refused = await secretary.submit_modal(opened, typed)
    assert "at least two options" in said(refused)
    await booth.world.restart()
    again = await secretary.click(refused.response, label="Correct")
    shown = await secretary.submit_modal(again, {**typed, "options": "- Peace\n- Law"})
    assert "This goes to" in said(shown)
    await secretary.click(shown.response, label="Confirm")
    poll = await booth.latest()
    assert poll.plan.method == "approval"
    assert [option.text for option in poll.plan.options] == ["Peace", "Law"]


async def test_the_preview_is_the_real_message_and_a_test_of_it_goes_to_whoever_asks(booth: Booth) -> None:
    secretary = booth.server.secretariat
    shown = await booth.create()
    assert "calls nobody" in said(shown)
    assert f"{booth.server.delegations} have a ballot" in said(shown)
    await secretary.click(shown.response, label="Send test to me")
    [test] = secretary.user.dm_channel.history()
    assert "A poll is open until" in test.content
    assert embed_text(test.embeds[0]).splitlines()[0] == "Which topic?"
    corrected = await secretary.click(shown.response, label="Correct")
    assert corrected.modal is not None
    await secretary.click(shown.response, label="Confirm")
    opened = booth.message_of(await booth.latest())
    assert embed_text(opened.embeds[0]) == embed_text(test.embeds[0])


async def test_confirming_twice_opens_one_poll_and_too_late_opens_none(booth: Booth) -> None:
    secretary = booth.server.secretariat
    shown = await booth.create()
    late = await booth.create(closes="in 2 hours")
    message = shown.response
    await secretary.click(message, label="Confirm")
    assert len(await booth.world.bot.services.polls.polls(booth.server.id)) == 1
    await booth.pass_time(timedelta(hours=3))
    refused = await secretary.click(late.response, label="Confirm")
    assert "has passed meanwhile" in said(refused)
    assert len(await booth.world.bot.services.polls.polls(booth.server.id)) == 1


async def test_a_closing_time_that_two_move_alike_is_told_once(booth: Booth) -> None:
    secretary, channel = booth.server.secretariat, booth.server.channels["secretariat"]
    moved = {"poll": str((await booth.open()).id), "closes": "2026-01-05 12:00"}
    first, second = [await secretary.slash(channel, "poll edit", **moved) for _ in range(2)]
    assert "in the channel of the poll" in said(await secretary.click(first.response, label="Confirm"))
    assert "already: nothing was changed" in said(await secretary.click(second.response, label="Confirm"))
    assert "already: nothing was changed" in said(await secretary.slash(channel, "poll edit", **moved))
    assert sum("has a new closing time" in message.content for message in booth.public()) == 1


async def test_a_poll_ends_once_moves_only_its_time_and_never_reopens(booth: Booth) -> None:
    secretary, channel = booth.server.secretariat, booth.server.channels["secretariat"]
    poll = await booth.open()
    asked = await secretary.slash(channel, "poll edit", poll=str(poll.id), closes="in 5 days at 12:00")
    await secretary.click(asked.response, label="Confirm")
    assert "has a new closing time" in booth.public()[-1].content
    await booth.pass_time(timedelta(hours=80))
    for code in ("DK", "GH", "SE"):
        await booth.vote(booth.server.members[code], await booth.poll(poll), 1)
    closing = await secretary.slash(channel, "poll close", poll="Which topic?")
    cancelling = await secretary.slash(channel, "poll cancel", poll=str(poll.id))
    await secretary.click(closing.response, label="Confirm")
    assert "Peace wins" in booth.public()[-1].content
    assert "ended already" in said(await secretary.click(cancelling.response, label="Confirm"))
    refused = await secretary.slash(channel, "poll edit", poll=str(poll.id), closes="in 5 days at 12:00")
    assert "cannot reopen" in said(refused)
    messages = len(booth.public())
    await booth.pass_time(timedelta(days=6))
    assert len(booth.public()) == messages


async def test_a_cancelled_poll_says_so_and_counts_nothing(booth: Booth) -> None:
    secretary, channel = booth.server.secretariat, booth.server.channels["secretariat"]
    poll = await booth.open()
    await booth.vote(booth.server.members["DK"], poll, 1)
    asked = await secretary.slash(channel, "poll cancel", poll=str(poll.id))
    await secretary.click(asked.response, label="Confirm")
    assert "is cancelled: nothing is counted" in booth.public()[-1].content
    assert await booth.world.bot.services.ballots.counted_ballots(poll.guild_id, poll.id) == []


async def test_members_cannot_open_polls_and_guests_cannot_vote(booth: Booth) -> None:
    channel = booth.server.channels["general"]
    refused = await booth.server.members["DK"].slash(channel, "poll create", question="Mine?")
    assert "for the secretariat" in said(refused)
    poll = await booth.open()
    assert "for members of the network" in said(await booth.ballot(booth.server.guest, poll))
    assert "for the delegations" in said(await booth.ballot(booth.server.secretariat, poll))
    hidden = await booth.server.guest.autocomplete(channel, "poll results", "poll", "")
    assert hidden == []
    offered = await booth.server.members["DK"].autocomplete(channel, "poll results", "poll", "topic")
    assert [choice["name"] for choice in offered] == ["Which topic?"]


async def test_reminders_go_only_to_those_who_have_not_voted(booth: Booth) -> None:
    members = booth.server.members
    poll = await booth.open()
    await booth.vote(members["DK"], poll, 1)
    await booth.pass_time(timedelta(hours=25))
    channel = booth.server.channels["general"]
    assert "has not voted yet" in said(await members["GH"].slash(channel, "poll list"))
    assert "has not voted yet" not in said(await members["DK"].slash(channel, "poll list"))
    assert not any("has not voted" in message.content for message in booth.public())


async def test_a_poll_is_named_by_a_part_of_its_question_that_no_other_has(booth: Booth) -> None:
    secretary, channel = booth.server.secretariat, booth.server.channels["secretariat"]
    for question in ("Which theme for Accra?", "Which city for 2027?"):
        await booth.open(question=question)
    assert "Which theme for Accra?" in said(await secretary.slash(channel, "poll results", poll="theme"))
    assert "Close “Which theme for Accra?” now?" in said(await secretary.slash(channel, "poll close", poll="THEME"))
    refused = await secretary.slash(channel, "poll close", poll="which")
    assert "“which” does not match exactly one poll" in said(refused)


async def test_the_secretariat_reads_who_voted_in_the_alphabet_of_its_language(booth: Booth) -> None:
    poll = await booth.open()
    for code in ("ZA", "AR", "BA"):
        await booth.vote(booth.server.members[code], poll, 1)
    secretary, channel = booth.server.secretariat, booth.server.channels["secretariat"]
    async with booth.world.speaking("fr"):
        shown = said(await secretary.slash(channel, "poll results", poll=str(poll.id)))
    voted = shown[shown.index("Afrique du Sud") :].splitlines()[0]
    assert voted == "Afrique du Sud, 🇦🇷 Argentine, 🇧🇦 Bosnie-Herzégovine"
    assert shown.index("Danemark") < shown.index("États-Unis") < shown.index("Finlande")
