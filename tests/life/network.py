"""Who there is: 63 delegations, some with a colleague, a third of the people silent, 42 without an account."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from bot import names
from tests.members.spreadsheet import sheet
from tests.people import Person
from tests.world import World

DELEGATIONS: Final = 63
COLLEAGUES: Final = 42
WITHOUT_ACCOUNT: Final = 42
FAR_AND_WIDE: Final = ("JP", "NZ", "BD", "SA", "FJ", "US", "GB", "EU", "OAS")
"""Delegations that every network has, whatever the seed: other weekends, far clocks, organisations."""
REGIONS: Final = (("europe", "Ljubljana", "Slovenia"), ("african", "Accra", "Ghana"), ("americas", "Lima", "Peru"))
"""Where regional meetings take place."""
TERM_STARTS: Final = "2024-01-01"

_YEAR: Final = 52

Habit = Literal["direct", "silent", "refusing"]
"""Accepted direct messages; did not; accepted them, but Discord refuses them."""


@dataclass
class Member:
    """Somebody with a post. ``actor`` None: without an account."""

    code: str
    name: str
    role: str
    place: str = ""
    actor: Person | None = None
    habit: Habit = "silent"
    since_week: int = -_YEAR
    """In which week of the play the term began."""
    left_on: date | None = None
    is_erased: bool = False
    """Whether they had their data erased."""


def drawn(chance: random.Random) -> list[Member]:
    """Draw who there is: a focal point for each delegation, and colleagues for some."""
    states = [code for code in names.delegations() if code not in FAR_AND_WIDE]
    codes = sorted([*FAR_AND_WIDE, *chance.sample(states, DELEGATIONS - len(FAR_AND_WIDE))])
    members = [Member(code, f"Focal Point {code}", "focal_point") for code in codes]
    for code in chance.sample(codes, COLLEAGUES):
        role = chance.choice(("mission", "mission", "alternate", "adviser"))
        place = chance.choice(("new_york", "geneva", "")) if role == "mission" else ""
        members.append(Member(code, f"Colleague {code}", role, place))
    return members


async def found(world: World, chance: random.Random) -> list[Member]:
    """Let the accounts join, import the directory as a secretariat does, and let two thirds accept direct messages."""
    await world._seed(world.server, {})
    members = drawn(chance)
    without = {id(one) for one in chance.sample(members, WITHOUT_ACCOUNT)}
    for one in members:
        if id(one) not in without:
            await join(world, one, chance)
    rows = [
        {
            "delegation": one.code,
            "name": one.name,
            "role": one.role,
            "place": one.place,
            "starts_on": TERM_STARTS,
            "email": f"{one.name.replace(' ', '.').lower()}@example.org",
            "discord_user_id": str(one.actor.id) if one.actor is not None else "",
        }
        for one in members
    ]
    server = world.server
    shown = await server.secretariat.slash(
        server.channels["secretariat"], "member import", file=("directory.csv", sheet(*rows))
    )
    if shown.response is not None and any(shown.response.components):
        await server.secretariat.click(shown.response, label="Confirm")
    return members


async def join(world: World, one: Member, chance: random.Random) -> None:
    """Give somebody an account on the server, and the habits that they have with it."""
    actor = one.actor = world.add_member(world.server, one.name)
    one.habit = chance.choices(("direct", "silent", "refusing"), (6, 3, 1))[0]
    if one.habit != "silent":
        services = world.bot.services
        async with services.transaction(actor.id) as tx:
            await services.settings.change_account(tx, world.server.id, actor.id, channel="direct_message")
    if one.habit == "refusing":
        closed = f"/channels/{actor.user.dm_channel.id}/messages"
        world.env.inject_error("POST", closed, status=403, code=50007, times=None)
