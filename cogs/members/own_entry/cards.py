"""One's own entry in the directory, as ``/member me`` shows it."""

import discord

from bot.labels import CHANNELS
from bot.languages import OWN_NAMES
from bot.names.delegation_names import with_flag
from bot.texts import Reader, Text, clipped, escaped, t
from bot.ui import add_fields, joined
from cogs.members.directory.cards import COLOUR
from cogs.members.nominations.cards import decision
from cogs.members.own_entry.rules import OwnEntry
from cogs.members.sentences import ROLES, VISIBILITIES, role_at
from storage.members.models import Appointment, Person

_NOMINATIONS = 5


def own_card(entry: OwnEntry, reader: Reader) -> discord.Embed:
    """Show what the directory says about the person, and what their delegations have asked for."""
    person = entry.person
    title = escaped(clipped(person.name)) or reader.label(t("Your entry in the directory"))
    card = discord.Embed(title=title, colour=COLOUR)
    lines = _about_person(person, reader)
    lines.append(_line(t("Language of your answers"), OWN_NAMES[reader.language], reader))
    lines.append(_line(t("Time zone"), reader.place(reader.zone), reader))
    lines.append(_line(t("Messages"), reader.say(CHANNELS[entry.channel]), reader))
    card.description = joined(lines, reader)
    posts = [
        (escaped(clipped(with_flag(delegation, reader.language))), _about_post(post, reader))
        for post, delegation in entry.posts
    ]
    asked = [
        f"{escaped(clipped(one.person.name))} · {reader.say(ROLES[one.role])} · {decision(one, reader)}"
        for one in entry.nominations[:_NOMINATIONS]
    ]
    fields = [(escaped(reader.label(t("What your delegation has asked for"))), asked)] if asked else []
    add_fields(card, [*posts, *fields], reader)
    return card


def _about_post(post: Appointment, reader: Reader) -> list[str]:
    texts = (post.title, post.ministry)
    return [
        f"**{reader.say(role_at(post))}**",
        *(escaped(text) for text in texts if text),
        reader.say(t("Since {day}", day=post.starts_on)),
    ]


def _about_person(person: Person, reader: Reader) -> list[str]:
    unknown = reader.say(t("not given"))
    spoken = reader.listing([reader.language_name(code) for code in person.languages])
    return [
        _line(t("E-mail"), _email(person, reader) or unknown, reader),
        _line(t("Telephone"), escaped(person.phone) or unknown, reader),
        _line(t("Who sees your contact details"), reader.say(VISIBILITIES[person.visibility]), reader),
        _line(t("Languages"), escaped(spoken) or unknown, reader),
        _line(t("Expertise"), escaped(reader.listing(person.expertise)) or unknown, reader),
    ]


def _email(person: Person, reader: Reader) -> str:
    if person.email_returned_at is None:
        return escaped(person.email)
    return reader.say(t("{email} (an e-mail to it came back)", email=person.email))


def _line(name: Text, value: str, reader: Reader) -> str:
    return f"**{reader.say(name)}** · {value}"
