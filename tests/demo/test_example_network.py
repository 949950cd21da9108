from datetime import date
from pathlib import Path
from typing import Any

from bot.demo.example_network import example_network
from storage.database import Database
from storage.members.members import MembersRepository
from storage.settings import SettingsRepository
from tests.demo.conftest import opened


async def test_the_real_bot_knows_the_network_of_2011_and_still_does_after_a_restart(tmp_path: Path) -> None:
    async with opened(example_network(tmp_path)) as demo:
        ghana = await demo.visit("members", "Ghana")
        await ghana.slash("member list")
        assert "34 delegations of 34" in (await the_list(ghana))["embeds"][0]["description"]
        await demo.travel("week")
    async with opened(example_network(tmp_path)) as demo:
        ghana = await demo.visit("members", "Ghana")
        message = await the_list(ghana)
        following = next(b for row in message["components"] for b in row["components"] if b.get("label") == "Next ›")
        receipt = await ghana.act("click", target_id=message["id"], control_key=following["control_key"])
        assert receipt["settlement"] == "settled"
        message = await the_list(ghana)
        assert "page 2 of 4" in message["embeds"][0]["footer"]["text"]
        guest = await demo.visit("general", "Guest")
        await guest.slash("member find", who="Ghana")
        [refusal] = await guest.messages()
        assert "members of the network" in refusal["content"]


async def test_setup_has_nothing_left_to_put_right(tmp_path: Path) -> None:
    async with opened(example_network(tmp_path)) as demo:
        manager = await demo.visit("secretariat", "Secretariat")
        await manager.slash("setup show")
        shown = str(await manager.messages())
        assert "All is in order" in shown, shown[-1500:]


async def test_travelling_to_the_next_reminder_shows_the_countdown_of_the_example(tmp_path: Path) -> None:
    async with opened(example_network(tmp_path)) as demo:
        announcements = await demo.visit("announcements", "Ghana")
        meeting, *webinars = sorted(await announcements.messages(), key=lambda message: int(message["id"]))
        assert "The 12th annual meeting takes place in New York" in meeting["content"]
        assert "An example for this demo" in meeting["embeds"][0]["description"]
        assert ["Webinar: " in webinar["content"] for webinar in webinars] == [True, True]
        said: list[str] = []
        while not any(text.startswith("60 days until") for text in said):
            assert len(said) < 40, said
            await demo.travel("reminder")
            said.append(max(await announcements.messages(), key=lambda message: int(message["id"]))["content"])
        assert any(text.startswith("90 days until the 12th annual meeting") for text in said)
        assert any("The webinar “What neighbours can do together” begins" in text for text in said)


async def test_twelve_topics_are_listed_and_a_poll_on_them_is_open(tmp_path: Path) -> None:
    async with opened(example_network(tmp_path)) as demo:
        finland = await demo.visit("members", "Finland")
        [poll] = [m for m in await finland.messages() if "A poll is open" in m["content"]]
        assert "12. Women, peace and security" in poll["embeds"][0]["description"]
        assert "8 of 34 delegations" in poll["embeds"][0]["fields"][-1]["value"]
        await finland.slash("topic list")
        listed = [m for m in await finland.messages() if "Topics proposed" in str(m["embeds"][:1])]
        assert "12 topics" in listed[0]["embeds"][0]["description"]


async def the_list(visitor: Any) -> dict[str, Any]:
    """Return the list of delegations among the messages that a visitor sees."""
    return next(m for m in await visitor.messages() if "delegations" in str(m["embeds"][:1]) and m["ephemeral"])


async def test_the_database_is_furnished_with_facts_and_every_invented_person_says_so(tmp_path: Path) -> None:
    async with opened(example_network(tmp_path)):
        pass
    database = await Database.open(tmp_path / "focalbot.sqlite3")
    try:
        [guild_id] = await SettingsRepository(database).guild_ids()
        network = await SettingsRepository(database).network(guild_id)
        seats = await MembersRepository(database).seats(guild_id, date(2026, 1, 1))
    finally:
        await database.close()
    assert (network.language, network.timezone) == ("en", "America/New_York")
    assert len(seats) == 34
    assert [seat.delegation.code for seat in seats if not seat.holders] == ["LT", "LU", "SI"]
    assert [s.delegation.code for s in seats if s.in_steering_group] == ["AU", "DK", "GH", "LT", "LU", "SI"]
    holders = [holder for seat in seats for holder in seat.holders]
    assert [holder.appointment.role for holder in holders].count("focal_point") == 19
    assert [holder.appointment.role for holder in holders].count("mission") == 12
    assert [holder.person.name for holder in holders if "(invent" not in holder.person.name] == []
    assert len({holder.person.name for holder in holders}) == 31
    assert [
        h.person.name for h in holders if not (h.appointment.title and h.person.languages and h.person.expertise)
    ] == []
    assert None not in {holder.person.account_id for holder in holders}
