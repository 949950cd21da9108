"""Who joins, who sees that, and what a change of the text means."""

from datetime import timedelta

from tests.members.claiming import claiming
from tests.statements.staging import LINK, TITLE, Room, inbox, pdf
from tests.world import card, embed_text, said


async def test_a_new_file_voids_and_asks_again_and_neither_a_link_nor_the_same_file_does(room: Room) -> None:
    statement = await room.opened()
    await room.accept_direct_messages("GH")
    for code in ("GH", "DK"):
        await room.join(code, statement)
    same = await room.type("edit", statement=TITLE, document_en=("again.pdf", pdf()))
    assert "so nothing was changed" in said(same)
    linked = await room.type("edit", statement=TITLE, url=LINK)
    assert "2 joinings stay" in said(linked)
    await room.press(linked)
    assert await room.joined(statement) == ["DK", "GH"]
    assert (await room.now(statement)).url == LINK
    stale = await room.server.members["SE"].click(room.posted("general")[0], label="Join")
    replaced = await room.type("edit", statement=TITLE, document_en=("new.pdf", pdf("second")))
    assert "voids 2 joinings and asks 2 delegations again" in said(replaced)
    await room.press(replaced)
    assert await room.joined(statement) == []
    assert (await room.now(statement)).version == 2
    assert [await one.read() for one in room.posted("general")[-1].attachments] == [pdf("second")]
    assert "has a new text" in said(await room.press(stale, by=room.server.members["SE"]))
    assert await room.joined(statement) == []
    await room.world.travel(timedelta(days=1))
    asked = {row.target for row in await room.rows(statement) if row.kind == "asked_again" and row.is_direct}
    assert len(asked) == 2
    assert any("has a new text" in one.content for one in inbox(room.server.members["GH"]))


async def test_what_else_of_a_final_text_cannot_change_and_its_closing_time_can(room: Room) -> None:
    statement = await room.opened()
    refused = said(await room.type("edit", statement=TITLE, title="Another"))
    assert "is final" in refused
    await room.press(await room.type("edit", statement=TITLE, closes="in 20 days"))
    moved = await room.now(statement)
    assert moved.closes_at > statement.closes_at
    due = {row.kind: row.due_at for row in await room.rows(statement) if row.planned}
    assert due["closed"] == moved.closes_at
    assert due["not_joined:72h"] == moved.closes_at - timedelta(hours=72)


async def test_an_adviser_and_a_claimed_account_cannot_join_or_withdraw(room: Room) -> None:
    statement = await room.opened()
    (posted,) = room.posted("general")
    adviser = room.server.untidy.two_posts
    assert "focal point, alternate or mission" in said(await adviser.click(posted, label="Join"))
    assert TITLE in str(card(await room.type("show", adviser, statement=TITLE)).title)
    claimed = await claiming(room.world)
    assert "has not confirmed yet" in said(await claimed.click(posted, label="Join"))
    await room.join("EU", statement)
    european = await room.delegation("EU")
    forged = f"statement:withdraw:{room.server.id}:{statement.id}:{european.id}"
    shown = await room.type("show", room.server.members["EU"], statement=TITLE)
    assert forged in str(shown.response.components)
    for person in (adviser, claimed):
        assert "Withdraw" not in str((await room.type("show", adviser, statement=TITLE)).response.components)
        assert await room.joined(statement) == ["EU"], person


async def test_members_see_a_number_from_five_on_and_only_drafters_see_names(room: Room) -> None:
    statement = await room.opened(penholders="DK", show_count=True)
    first, *others = [code for code in sorted(room.server.members) if code not in ("DK", "GH", "SE")][:3]
    for code in ("GH", "SE", *others):
        await room.join(code, statement)
    member, penholder = room.server.members["GH"], room.server.members["DK"]
    seen = said(await room.type("show", member, statement=TITLE))
    assert "from 5 on" in seen
    assert "Sweden" not in seen
    await room.join(first, statement)
    await room.world.travel(timedelta(hours=2))
    assert "5 delegations have joined" in embed_text(room.posted("general")[0].embeds[0])
    assert "Sweden" not in embed_text(room.posted("general")[0].embeds[0])
    for drafter in (penholder, room.server.secretariat):
        assert "Sweden" in said(await room.type("show", drafter, statement=TITLE))


async def test_a_withdrawal_before_closing_is_told_to_the_secretariat_and_the_penholders_only(room: Room) -> None:
    statement = await room.opened(penholders="DK", show_count=True)
    await room.accept_direct_messages("DK", "SE")
    await room.join("GH", statement)
    ghana = room.server.members["GH"]
    before = len(room.posted("general"))
    shown = await room.type("show", ghana, statement=TITLE)
    await room.press(await room.press(shown, "Withdraw", ghana), by=ghana)
    await room.world.travel(timedelta(days=1))
    assert "Ghana has withdrawn" in room.posted("secretariat")[-1].content
    assert any("Ghana has withdrawn" in one.content for one in inbox(room.server.members["DK"]))
    assert not any("withdrawn" in one.content for one in inbox(room.server.members["SE"]))
    assert len(room.posted("general")) == before
    assert await room.joined(statement) == []


async def test_what_the_secretariat_records_is_marked_with_its_reference(room: Room) -> None:
    statement = await room.opened()
    without = await room.type("join", statement=TITLE, delegation="OAS")
    assert "reference" in said(without)
    member = await room.type("join", room.server.members["GH"], statement=TITLE, delegation="OAS", reference="x")
    assert "you hold no such post" in said(member)
    asked = await room.type("join", statement=TITLE, delegation="OAS", reference="NV 12/2026")
    await room.press(asked)
    (joining,) = await room.world.bot.services.statements.joinings(room.server.id, statement.id)
    assert (joining.by_secretariat, joining.reference) == (True, "NV 12/2026")
    seen = embed_text(card(await room.type("show", statement=TITLE)))
    assert "NV 12/2026" in seen


async def test_more_time_is_one_reminder_and_no_more_reminders_is_none(room: Room) -> None:
    await room.accept_direct_messages("GH", "DK", "SE")
    statement = await room.opened()
    (posted,) = room.posted("general")
    assert "reminded once" in said(await room.server.members["GH"].click(posted, label="Ask for more time"))
    await room.world.travel(timedelta(days=1))
    (asked,) = [one for one in inbox(room.server.members["DK"]) if TITLE in one.content]
    assert "not be reminded" in said(await room.server.members["DK"].user.click(asked, label="No more reminders"))
    await room.world.travel_to(statement.closes_at - timedelta(minutes=1))

    def reminded(code: str) -> int:
        return len([one for one in inbox(room.server.members[code]) if "can still join" in one.content])

    assert {code: reminded(code) for code in ("GH", "DK", "SE")} == {"GH": 1, "DK": 0, "SE": 2}
    assert "asked for more time" in inbox(room.server.members["GH"])[-1].content


async def test_what_awaits_a_delegation_is_shown_to_its_own_people(room: Room) -> None:
    await room.opened()
    channel = room.server.channels["general"]
    assert TITLE in said(await room.server.members["GH"].slash(channel, "pending"))
    await room.join("GH", await room.latest())
    assert TITLE not in said(await room.server.members["GH"].slash(channel, "pending"))
    assert TITLE not in said(await room.server.untidy.two_posts.slash(channel, "pending"))
