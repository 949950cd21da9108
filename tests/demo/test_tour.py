"""The tour: a step is done when the bot has written it down or said it, whatever was pressed."""

from pathlib import Path
from typing import Any

from bot.demo.example_network import example_network
from tests.demo.conftest import OpenDemo, Visitor, opened


async def done(demo: OpenDemo, name: str) -> list[str]:
    return [step["key"] for step in (await demo.now(name))["tour"] if step["done"]]


async def step(demo: OpenDemo, name: str, key: str) -> dict[str, Any]:
    return next(step for step in (await demo.now(name))["tour"] if step["key"] == key)


async def press(visitor: Visitor, message_id: str, label: str) -> None:
    await visitor.look()
    message = visitor.page["messages"][message_id]
    buttons = [button for row in message["components"] for button in row["components"]]
    button = next(button for button in buttons if button.get("label") == label)
    receipt = await visitor.act("click", target_id=message_id, control_key=button["control_key"])
    assert receipt["settlement"] == "settled"


async def newest(visitor: Visitor) -> dict[str, Any]:
    return max(await visitor.messages(), key=lambda message: int(message["id"]))


async def test_a_member_has_done_nothing_at_first_and_takes_each_step_by_what_the_bot_did(tmp_path: Path) -> None:
    async with opened(example_network(tmp_path)) as demo:
        assert await done(demo, "Denmark") == []
        direct = await demo.visit("direct", "Denmark")
        await direct.act("send_message", content="Hello, who is the focal point of Ghana?")
        assert await done(demo, "Denmark") == ["find"]
        for key, label in (("webinar", "Attending"), ("register", "Not attending")):
            where = await step(demo, "Denmark", key)
            place = await demo.visit(where["place"], "Denmark")
            await press(place, where["message"], label)
        answer = await demo.visit("announcements", "Denmark")
        if "register" not in await done(demo, "Denmark"):
            await press(answer, (await newest(answer))["id"], "Confirm")
        assert await done(demo, "Denmark") == ["find", "webinar", "register"]
        assert await done(demo, "Ghana") == []


async def test_the_default_person_has_not_voted_and_others_have(tmp_path: Path) -> None:
    async with opened(example_network(tmp_path)) as demo:
        assert not (await step(demo, "Denmark", "vote"))["done"]
        assert (await step(demo, "Finland", "vote"))["done"]
        assert (await demo.now("Guest"))["tour"] == []


async def test_a_reminder_that_was_travelled_to_has_arrived_where_its_readers_are(tmp_path: Path) -> None:
    async with opened(example_network(tmp_path)) as demo:
        arrived = (await demo.travel("reminder"))["arrived"]
        assert arrived
        first = arrived[0]
        name = next((n for n, i in demo.people.items() if i == first["who"]), "Ghana")
        place = await demo.visit(first["place"], name)
        assert first["message"] in {message["id"] for message in await place.messages()}
        assert (await step(demo, name, "travel"))["done"]


async def test_the_secretariat_takes_its_steps(tmp_path: Path) -> None:
    async with opened(example_network(tmp_path)) as demo:
        assert await done(demo, "Secretariat") == []
        place = await demo.visit("secretariat", "Secretariat")
        await place.slash("outbox list")
        await place.slash("member handover", delegation="Sweden", name="Karin Holm (invented)")
        await press(place, (await newest(place))["id"], "Confirm")
        await place.slash("meeting registrations")
        await press(place, (await newest(place))["id"], "Ask those who have not answered")
        await press(place, (await newest(place))["id"], "Confirm")
        assert set(await done(demo, "Secretariat")) == {"chase", "handover", "outbox"}


async def test_the_menu_on_a_person_shows_their_card_on_the_open_page(tmp_path: Path) -> None:
    async with opened(example_network(tmp_path)) as demo:
        place = await demo.visit("members", "Denmark")
        asked = {"person": demo.people["Sweden"], "place": "members"}
        who = {"who": demo.people["Denmark"]}
        async with demo.session.post("/demo/card", params=who, json=asked) as response:
            assert response.status == 200
        card = await newest(place)
        assert card["ephemeral"]
        assert "Linnea Åkerblom" in str(card["embeds"])
        async with demo.session.post("/demo/card", params=who, json={**asked, "place": "nowhere"}) as response:
            assert response.status == 404
