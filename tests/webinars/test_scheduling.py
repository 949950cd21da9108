from tests.webinars.staging import LINK, NEXT_YEAR, confirm, schedule, webinars_of
from tests.world import World, embed_text, said


async def test_a_preview_shows_the_hours_around_the_network_and_nothing_is_posted_before_confirm(world: World) -> None:
    answer = await schedule(world)
    text = said(answer)
    assert "Auckland" in text
    assert "It is night" in text
    assert "Prevention in practice" in text
    assert not world.server.channels["announcements"].history()
    done = await confirm(world, answer)
    assert "is scheduled" in said(done)
    (webinar,) = await webinars_of(world)
    assert webinar.starts_at.isoformat() == f"{NEXT_YEAR}-03-12T14:00:00+00:00"
    assert webinar.timezone == "Europe/Brussels"


async def test_the_card_appears_and_counts_answers_and_the_link_stays_private(world: World) -> None:
    await confirm(world, await schedule(world))
    await world.env.settle()
    (card,) = world.server.channels["announcements"].history()
    assert "Prevention in practice" in card.content
    assert LINK not in card.content + embed_text(card.embeds[0])
    member = world.server.members["GH"]
    answer = await member.click(card, label="Attending")
    assert LINK in said(answer)
    refused = await world.server.guest.click(card, label="Attending")
    assert "/member claim" in said(refused)
    await world.env.advance_time(60)
    (card,) = world.server.channels["announcements"].history()
    assert "Attending: 1" in embed_text(card.embeds[0])
