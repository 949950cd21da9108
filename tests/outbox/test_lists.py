"""What the secretariat reads in the lists of the outbox."""

from tests.outbox.conftest import Desk
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
    assert f"Waiting above an answer: {waiting}" in text
    assert "There is nothing" not in text
