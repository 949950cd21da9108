"""An appointment that has not begun is withdrawn by the secretariat as if it had never been."""

import re
from datetime import date, datetime, timedelta

from tests.members.test_seats_posts import confirm, holders, office
from tests.people import Person
from tests.webinars.staging import inbox
from tests.world import World, said

FIRST = "2026-05-01"


async def appointed(world: World, user: Person | None = None, **options: object) -> None:
    filled = {"delegation": "GH", "name": "Ama Mensah", "role": "adviser", "starts_on": FIRST} | options
    await office(world, "appoint", user=user, **filled) if user else await office(world, "appoint", **filled)


async def names(world: World) -> set[str]:
    return {holder.person.name for holder in await holders(world, "GH")}


async def test_it_is_withdrawn_after_confirm_and_leaves_no_trace_in_the_history(world: World) -> None:
    await appointed(world)
    asked = await office(world, "end", delegation="GH", person="Ama Mensah")
    assert "was to be Adviser of 🇬🇭 Ghana (GH) from 1 May 2026" in said(asked)
    assert "Ama Mensah" in await names(world), "nothing is changed before Confirm"
    assert "is withdrawn" in await confirm(world, asked)
    assert "Ama Mensah" not in await names(world)
    channel = world.server.channels["general"]
    history = said(await world.server.members["GH"].slash(channel, "member history", delegation="GH"))
    assert "Ama Mensah" not in history
    audit = said(await world.server.secretariat.slash(channel, "audit"))
    assert "withdrawn" in audit
    await appointed(world, role="alternate")
    assert "Ama Mensah" in await names(world), "the right post can be given at once"


async def test_whoever_was_told_is_told_again_and_nobody_else(world: World) -> None:
    services = world.bot.services
    ama, kofi = world.add_member(world.server, "ama"), world.add_member(world.server, "kofi")
    async with services.transaction() as tx:
        for user in (ama, kofi):
            await services.settings.change_account(tx, world.server.id, user.id, channel="direct_message")
    await appointed(world, ama)
    await world.travel(3 * 86400)
    assert "from 1 May 2026" in inbox(ama)[-1].content
    await confirm(world, await office(world, "end", delegation="GH", person="Ama Mensah"))
    await appointed(world, kofi, name="Kofi")
    await confirm(world, await office(world, "end", delegation="GH", person="Kofi"))
    await world.travel(4 * 86400)
    assert "has withdrawn your appointment as Adviser of 🇬🇭 Ghana (GH), which was to begin on 1 May 2026" in (
        inbox(ama)[-1].content
    )
    assert not inbox(kofi), "what was never said need not be taken back"


async def test_a_hand_over_to_the_wrong_person_is_taken_back_and_made_to_the_right_one(world: World) -> None:
    await confirm(world, await office(world, "handover", delegation="GH", name="Ama Mensah", starts_on=FIRST))
    done = await confirm(world, await office(world, "end", delegation="GH", person="Ama Mensah"))
    assert "The term of Focal point of Ghana as focal point still ends on 30 April 2026" in done
    assert "/member handover" in done
    await confirm(world, await office(world, "handover", delegation="GH", name="Kofi Annan", starts_on=FIRST))
    assert await names(world) == {"", "Kofi Annan"}


async def test_with_a_post_that_runs_the_one_that_was_to_come_goes_too(world: World) -> None:
    await appointed(world, starts_on="2025-06-01", role="adviser")
    await appointed(world, role="alternate")
    asked = await office(world, "end", delegation="GH", person="Ama Mensah")
    text = said(asked)
    assert "The term of Ama Mensah as Adviser of" in text
    assert "The appointment as Alternate from 1 May 2026, which has not begun, is withdrawn." in text
    await confirm(world, asked)
    (kept,) = [h.appointment for h in await holders(world, "GH") if h.person.name == "Ama Mensah"]
    assert (kept.role, kept.ends_on) == ("adviser", date(2025, 12, 31))


async def test_a_day_before_its_first_is_refused_with_the_way_out(world: World) -> None:
    await appointed(world)
    answer = said(await office(world, "end", delegation="GH", person="Ama Mensah", ends_on="2026-04-01"))
    assert "cannot end before it starts" in answer
    assert "leave `ends_on` out" in answer


async def test_one_that_begins_before_confirm_is_not_withdrawn(world: World) -> None:
    await appointed(world, starts_on="2026-01-01")
    asked = await office(world, "end", delegation="GH", person="Ama Mensah")
    assert "was to be Adviser" in said(asked)
    await world.travel(12 * 3600)
    assert "has begun meanwhile" in await confirm(world, asked)
    assert "Ama Mensah" in await names(world)


async def test_its_code_lets_nobody_in(world: World) -> None:
    await appointed(world)
    answer = said(await office(world, "invite", delegation="GH", person="Ama Mensah"))
    found = re.search(r"```\n(\S+)\n```", answer)
    assert found is not None
    await confirm(world, await office(world, "end", delegation="GH", person="Ama Mensah"))
    newcomer = world.add_member(world.server, "ama")
    refused = said(await newcomer.slash(world.server.channels["general"], "member claim", code=found[1]))
    assert "the secretariat can appoint you again" in refused


async def test_a_name_that_is_left_without_a_post_is_forgotten_in_time(world: World) -> None:
    await appointed(world)
    (person,) = [h.person for h in await holders(world, "GH") if h.person.name == "Ama Mensah"]
    await confirm(world, await office(world, "end", delegation="GH", person="Ama Mensah"))
    privacy = world.bot.services.privacy
    withdrawn_at = world.env.now()

    async def gone(declined_before: datetime) -> bool:
        return person.id in await privacy.long_gone(world.server.id, date(2020, 1, 1), declined_before)

    assert not await gone(withdrawn_at - timedelta(days=1))
    assert await gone(withdrawn_at + timedelta(days=1))


async def test_a_post_that_was_given_since_the_question_does_not_end_with_confirm(world: World) -> None:
    await appointed(world, role="adviser")
    asked = await office(world, "end", delegation="GH", person="Ama Mensah")
    await appointed(world, starts_on="2025-12-31", role="alternate")
    done = await confirm(world, asked)
    assert "Alternate" not in done
    (kept,) = [h.appointment for h in await holders(world, "GH") if h.person.name == "Ama Mensah"]
    assert (kept.role, kept.ends_on) == ("alternate", None)


async def test_withdrawn_by_two_it_is_withdrawn_once(world: World) -> None:
    await appointed(world)
    first, second = [await office(world, "end", delegation="GH", person="Ama Mensah") for _ in range(2)]
    await appointed(world, starts_on="2025-12-31", role="alternate")
    assert "is withdrawn" in await confirm(world, first)
    assert "The posts have changed since you asked: type the command again." in await confirm(world, second)
    (kept,) = [h.appointment for h in await holders(world, "GH") if h.person.name == "Ama Mensah"]
    assert (kept.role, kept.ends_on) == ("alternate", None)


async def test_a_second_withdrawal_begins_the_time_anew(world: World) -> None:
    ama = world.add_member(world.server, "ama")
    await appointed(world, ama)
    (person,) = [h.person for h in await holders(world, "GH") if h.person.name == "Ama Mensah"]
    await confirm(world, await office(world, "end", delegation="GH", person="Ama Mensah"))
    between = world.env.now() + timedelta(days=1)
    await world.travel(2 * 86400)
    await appointed(world, ama)
    await confirm(world, await office(world, "end", delegation="GH", person="Ama Mensah"))
    services = world.bot.services
    assert person.id not in await services.privacy.long_gone(world.server.id, date(2020, 1, 1), between)
    later = world.env.now() + timedelta(days=1)
    assert person.id in await services.privacy.long_gone(world.server.id, date(2020, 1, 1), later)


async def test_beside_a_post_that_ends_on_that_day_already_the_coming_one_is_withdrawn(world: World) -> None:
    await appointed(world, starts_on="2025-06-01", role="adviser", ends_on="2025-12-31")
    await appointed(world, role="alternate")
    asked = await office(world, "end", delegation="GH", person="Ama Mensah")
    assert "Adviser" not in said(asked)
    assert "Alternate" in await confirm(world, asked)
    (kept,) = [h.appointment for h in await holders(world, "GH") if h.person.name == "Ama Mensah"]
    assert kept.role == "adviser"
