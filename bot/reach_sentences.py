"""Says after the fact who is informed of something, by what, and who is not reached."""

from collections.abc import Iterable

from bot.previews.recipients import NAMELESS, names_of
from bot.reach import reach_of
from bot.services import Services
from bot.texts import Listing, Reader, Text, nt
from storage.members.models import Person


async def who_is_informed(
    services: Services,
    guild_id: int,
    person_ids: Iterable[int | None],
    reader: Reader,
    *,
    by_email: bool = True,
) -> str:
    """Say for each of the persons whom the bot is about to inform whether and how it reaches them.

    None is a person whose data were erased. The answer is empty for nobody at all; a person whom nothing reaches is
    named, with what to do. ``by_email``: whether the message may go by e-mail.
    """
    ids = dict.fromkeys(person_ids)
    found = [await services.members.person(guild_id, number) for number in ids if number is not None]
    people = [person for person in found if person is not None]
    reach = await reach_of(services, guild_id, people, has_email_text=by_email)

    async def named(people: list[Person]) -> Listing:
        return Listing(await names_of(services, guild_id, people, reader.language))

    unreachable = Listing(name for name in await named(reach.unreachable) if name != NAMELESS)
    gone = len(ids) - reach.reached - len(unreachable)

    parts = _sentences(
        await named(reach.direct), await named(reach.emailed), await named(reach.noticed), unreachable, gone
    )
    return " ".join(reader.say(part) for part in parts if part.count)


def _sentences(direct: Listing, emailed: Listing, noticed: Listing, unreachable: Listing, gone: int) -> list[Text]:
    return [
        nt(
            "{names} is informed by direct message.",
            "{names} are informed by direct message.",
            len(direct),
            names=direct,
        ),
        nt(
            "{names} is informed by e-mail.",
            "{names} are informed by e-mail.",
            len(emailed),
            names=emailed,
        ),
        nt(
            "{names} sees this at the top of the bot's next reply to them.",
            "{names} see this at the top of the bot's next reply to them.",
            len(noticed),
            names=noticed,
        ),
        nt(
            "{names} cannot be reached, because no account is linked: please write to them yourself.",
            "{names} cannot be reached, because no account is linked: please write to them yourself.",
            len(unreachable),
            names=unreachable,
        ),
        nt(
            "{count} person concerned is no longer in the directory.",
            "{count} people concerned are no longer in the directory.",
            gone,
        ),
    ]
