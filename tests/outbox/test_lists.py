"""What the secretariat reads in the lists of the outbox."""

from datetime import timedelta

from bot.outbox import ANNOUNCEMENTS, Owed, person
from tests.outbox.conftest import Desk
from tests.outbox.test_people import accept
from tests.world import said


async def listed(desk: Desk, state: str) -> str:
    server = desk.server
    return said(await server.secretariat.slash(server.channels["secretariat"], "outbox list", state=state))


async def test_a_list_whose_messages_are_parts_of_one_to_many_says_where_that_one_stands(desk: Desk) -> None:
    assert "There is nothing in this list." in await listed(desk, "notice")
    server = desk.server
    shown = await server.secretariat.slash(
        server.channels["secretariat"], "message send", audience="all", text="The concept note is on the shelf."
    )
    await server.secretariat.click(shown.response, label="Confirm")
    await desk.pass_time(180)
    text = await listed(desk, "notice")
    waiting = len(server.accounts)
    assert f"{waiting} messages here belong to one to several people: open that in the list *Sent*." in text
    assert f"Waiting for the bot's next reply: {waiting}" in text
    assert "There is nothing" not in text


async def test_the_list_of_what_is_owed_does_not_say_so_on_each_line(desk: Desk) -> None:
    await desk.plan(Owed("3d", desk.now + timedelta(hours=10), ANNOUNCEMENTS))
    text = await listed(desk, "owed")
    line = next(line for line in text.splitlines() if "3d" in line)
    assert "owed" not in line
    assert "late" not in line


async def test_what_waits_for_working_hours_is_not_called_late(desk: Desk) -> None:
    denmark = await accept(desk, "DK", "Europe/Copenhagen")
    # The world begins on Thursday at 01:00 there.
    await desk.ask("waiting", person(denmark.id))
    await desk.pass_time(timedelta(hours=2))
    text = await listed(desk, "owed")
    line = next(line for line in text.splitlines() if "aiting" in line and line.startswith("- "))
    assert "working hours" in line
    assert "late" not in line


async def test_what_is_held_beyond_its_time_is_late(desk: Desk) -> None:
    server = desk.server
    await desk.plan(Owed("3d", desk.now + timedelta(hours=1), ANNOUNCEMENTS))
    await server.secretariat.slash(server.channels["secretariat"], "outbox pause")
    await desk.pass_time(timedelta(hours=2))
    assert "late" in next(line for line in (await listed(desk, "owed")).splitlines() if "3d" in line)
