import asyncio
from datetime import datetime, timedelta

import aiohttp
import pytest

from bot.demo import running
from tests.demo.conftest import opened


async def test_every_one_of_sixty_concurrent_clicks_settles(counting_demo):
    async with opened(counting_demo) as demo:
        ghana = await demo.visit("members", "Ghana")
        await ghana.slash("count")
        [message] = await ghana.messages()
        people = [name for name in demo.people if name != "Guest"][:30]
        visitors = [await demo.visit("members", name) for name in people]

        async def click_twice(visitor):
            return [(await visitor.click(message))["settlement"] for _ in range(2)]

        results = await asyncio.gather(
            *(click_twice(visitor) for visitor in visitors), *(demo.travel("hour") for _ in range(3))
        )
        settled = [result for results_of_one in results[:30] for result in results_of_one]
        assert settled == ["settled"] * 60
        assert await ghana.sees("Count 60")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(("to", "distance"), [("hour", 3600), ("day", 86_400), ("week", 7 * 86_400)])
async def test_a_journey_is_as_long_as_it_says(counting_demo, to, distance):
    async with opened(counting_demo) as demo:
        before = await demo.now("Ghana")
        after = await demo.travel(to)
        assert (instant(after["clock"]) - instant(before["clock"])).total_seconds() >= distance
        # The machine's clock, too, has gone on meanwhile.
        assert (await demo.now("Ghana"))["ahead"] - before["ahead"] <= distance


async def test_history_buttons_and_the_clock_survive_a_restart(counting_demo):
    async with opened(counting_demo) as demo:
        ghana = await demo.visit("members", "Ghana")
        await ghana.slash("count")
        [message] = await ghana.messages()
        await ghana.click(message)
        await demo.travel("week")
        ahead = (await demo.now("Ghana"))["ahead"]
    async with opened(counting_demo) as demo:
        ghana = await demo.visit("members", "Ghana")
        assert await ghana.sees("Count 1")
        await ghana.click(message)
        assert await ghana.sees("Count 2")
        assert (await demo.now("Ghana"))["ahead"] == ahead


async def test_the_page_shows_by_itself_what_the_bot_says_after_a_journey(counting_demo):
    async with opened(counting_demo) as demo:
        ghana = await demo.visit("members", "Ghana")
        denmark = await demo.visit("members", "Denmark")
        await ghana.slash("later")
        assert (await demo.now("Ghana"))["newest"]["direct"] == "0"
        before = await demo.now("Ghana")
        after = await demo.travel("reminder")
        assert instant(after["clock"]) > instant(before["reminder"])
        ahead = (await demo.now("Ghana"))["ahead"] - before["ahead"]
        assert timedelta(seconds=ahead - 1) <= instant(before["reminder"]) - instant(before["clock"])
        assert [message["content"] for message in await denmark.messages()] == ["An hour later"]
        direct = await demo.visit("direct", "Ghana")
        assert [message["content"] for message in await direct.messages()] == ["Privately"]
        assert (await demo.now("Ghana"))["newest"]["direct"] != "0"


async def test_nobody_sees_what_is_not_for_them(counting_demo):
    async with opened(counting_demo) as demo:
        newest = {name: (await demo.now(name))["newest"] for name in ("Secretariat", "Ghana", "Guest")}
        # This bot writes no e-mails.
        assert {places.pop("mail") for places in newest.values()} == {None}
        assert [place for place, last in newest["Secretariat"].items() if last is None] == []
        assert [place for place, last in newest["Ghana"].items() if last is None] == ["secretariat"]
        assert [place for place, last in newest["Guest"].items() if last is None] == ["members", "secretariat"]
        assert (await demo.visit("secretariat", "Guest")).page["status"] == "access_denied"
        ghana = await demo.visit("members", "Ghana")
        await ghana.slash("later")
        assert len(await ghana.messages()) == 1
        assert await (await demo.visit("members", "Denmark")).messages() == []


async def test_the_language_of_somebodys_discord_reaches_the_bot(counting_demo):
    async with opened(counting_demo) as demo:
        async with demo.session.post(
            "/demo/locale", params={"who": demo.people["Senegal"]}, json={"locale": "fr"}
        ) as response:
            assert response.status == 200
        senegal = await demo.visit("members", "Senegal")
        await senegal.slash("later")
        assert [message["content"] for message in await senegal.messages()] == ["fr"]
        ghana = await demo.visit("members", "Ghana")
        await ghana.slash("later")
        assert [message["content"] for message in await ghana.messages()] == ["en-GB"]


async def test_a_new_page_shows_the_newest_of_many_messages(counting_demo):
    async with opened(counting_demo) as demo:
        ghana = await demo.visit("general", "Ghana")
        for number in range(51):
            assert (await ghana.act("send_message", content=f"Message {number}"))["settlement"] == "settled"
        guest = await demo.visit("general", "Guest")
        assert (await guest.messages())[-1]["content"] == "Message 50"


async def test_a_bot_that_is_busy_for_longer_than_it_may_ends_nothing(counting_demo, monkeypatch):
    async with opened(counting_demo) as demo:
        ghana = await demo.visit("general", "Ghana")
        monkeypatch.setattr(running, "_SETTLE_SECONDS", 0.3)
        await asyncio.sleep(1.1)  # the clock has moved on by it
        assert (await ghana.slash("busy"))["settlement"] != "settled"
        assert await ghana.sees("Count 7")


async def test_nobody_ends_the_session_for_all(counting_demo):
    async with opened(counting_demo) as demo:
        ghana = await demo.visit("general", "Ghana")
        assert (await ghana.act("close"))["rejected"]
        assert (await ghana.look())["status"] == "current"


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
async def test_only_our_own_page_is_answered(counting_demo, headers):
    async with opened(counting_demo) as demo, demo.session.get("/demo/world", headers=headers) as response:
        assert response.status == 403


async def test_unknown_places_people_and_journeys_are_refused(counting_demo):
    async with opened(counting_demo) as demo:
        for capability in ("nowhere.1", f"nowhere.{demo.people['Ghana']}", "general.1", "general.x", ""):
            async with demo.session.post(
                "/api/pages", json={}, headers={"X-Simcord-Capability": capability}
            ) as response:
                assert response.status == 404
        for to, status in (("yesterday", 400), ("reminder", 409)):
            async with demo.session.post("/demo/travel", json={"to": to}) as response:
                assert response.status == status


async def test_the_world_is_the_network_of_2011(counting_demo):
    async with opened(counting_demo) as demo:
        kinds = [person["kind"] for person in demo.world["people"]]
        assert (kinds.count("secretariat"), kinds.count("delegation"), kinds.count("guest")) == (1, 31, 1)
        assert sum(person["mission"] for person in demo.world["people"]) == 12
        assert [place["key"] for place in demo.world["places"]] == [
            "announcements",
            "members",
            "secretariat",
            "general",
        ]


async def test_everything_that_the_page_needs_is_on_this_computer(counting_demo):
    async with opened(counting_demo) as demo:
        for path in ("/", "/discord", "/app.js", "/preview.css", "/demo/static/page.js", "/demo/static/page.css"):
            async with demo.session.get(path) as response:
                assert response.status == 200
                text = await response.text()
                assert "https://" not in text.replace("https://cdn.simcord.invalid", "")
                assert isinstance(response, aiohttp.ClientResponse)
