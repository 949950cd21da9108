"""``/member me``: one's own entry, as it stands."""

import discord

from bot.errors import NotFoundError
from bot.languages import OWN_NAMES
from bot.naming import with_flag
from bot.texts import Reader, Text, clipped, escaped, t
from bot.ui import Context, add_fields, joined
from cogs.members.directory.cards import COLOUR
from cogs.members.nominations.cards import decision
from cogs.members.sentences import ROLES, VISIBILITIES
from storage.models import Appointment, DirectMessages, Person

_DIRECT_MESSAGES: dict[DirectMessages, Text] = {
    "not_asked": t("not yet decided"),
    "yes": t("yes"),
    "no": t("no"),
}
_NOMINATIONS = 5


async def own_card(context: Context) -> discord.Embed:
    """Show what the directory says about whoever asks. Raises NotFoundError for an account without a person."""
    person = context.asker.person
    if person is None:
        raise NotFoundError(
            t("Your account is linked to nobody in the directory: type {command} with a code.", command="/member claim")
        )
    reader = context.reader
    card = discord.Embed(
        title=escaped(clipped(person.name)) or reader.label(t("Your entry in the directory")), colour=COLOUR
    )
    delegations = {d.id: d for d in await context.services.members.delegations(context.guild_id)}
    lines = _about_person(person, reader)
    lines.append(_line(t("Language of your answers"), OWN_NAMES[reader.language], reader))
    lines.append(_line(t("Time zone"), reader.place(reader.zone), reader))
    accepted = _DIRECT_MESSAGES[context.asker.settings.direct_messages]
    lines.append(_line(t("Direct messages"), reader.say(accepted), reader))
    card.description = joined(lines, reader)
    posts = [
        (escaped(clipped(with_flag(delegations[post.delegation_id], reader.language))), _about_post(post, reader))
        for post in context.asker.appointments
    ]
    asked = await _nominations(context)
    fields = [(escaped(reader.label(t("What your delegation has asked for"))), asked)] if asked else []
    add_fields(card, [*posts, *fields], reader)
    return card


async def _nominations(context: Context) -> list[str]:
    """Say what one's delegations have asked the secretariat for, the latest first."""
    reader = context.reader
    mine = sorted({post.delegation_id for post in context.asker.appointments})
    asked = await context.services.nominations.of_delegations(context.guild_id, mine)
    return [
        f"{escaped(clipped(one.person.name))} · {reader.say(ROLES[one.role])} · {decision(one, reader)}"
        for one in asked[:_NOMINATIONS]
    ]


def _about_post(post: Appointment, reader: Reader) -> list[str]:
    texts = (post.title, post.ministry)
    return [
        f"**{reader.say(ROLES[post.role])}**",
        *(escaped(text) for text in texts if text),
        reader.say(t("Since {day}", day=post.starts_on)),
    ]


def _about_person(person: Person, reader: Reader) -> list[str]:
    unknown = reader.say(t("not given"))
    spoken = reader.listing([reader.language_name(code) for code in person.languages])
    return [
        _line(t("E-mail"), escaped(person.email) or unknown, reader),
        _line(t("Telephone"), escaped(person.phone) or unknown, reader),
        _line(t("Who sees your contact details"), reader.say(VISIBILITIES[person.visibility]), reader),
        _line(t("Languages"), escaped(spoken) or unknown, reader),
        _line(t("Expertise"), escaped(reader.listing(person.expertise)) or unknown, reader),
    ]


def _line(name: Text, value: str, reader: Reader) -> str:
    return f"**{reader.say(name)}** · {value}"
