"""What the tests of webinars do again and again."""

from typing import Any

from simcord.actors import MemberActor
from simcord.results import InteractionResult

from storage.webinar_models import Webinar
from tests.world import World

NEXT_YEAR = 2027
LINK = "https://meet.example.org/r2p-2027"
COMPLETE = {
    "title": "Prevention in practice",
    "starts": f"{NEXT_YEAR}-03-12 15:00",
    "duration": "1h 30min",
    "timezone": "Europe/Brussels",
    "link": LINK,
}


async def schedule(world: World, actor: MemberActor | None = None, **options: Any) -> InteractionResult:
    """Type ``/webinar schedule`` with all that is needed, up to the preview."""
    server = world.server
    typed = {**COMPLETE, **options}
    return await (actor or server.secretariat).slash(
        server.channels["secretariat"], "webinar schedule", **{k: v for k, v in typed.items() if v is not None}
    )


async def confirm(world: World, answer: InteractionResult, label: str = "Confirm") -> InteractionResult:
    return await world.server.secretariat.click(answer.response, label=label)


async def webinars_of(world: World) -> list[Webinar]:
    return await world.bot.services.webinars.all(world.server.id)
