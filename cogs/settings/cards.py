from collections.abc import Sequence
from typing import Final

import discord

from bot import names
from bot.commands import Command
from bot.languages import OWN_NAMES
from bot.texts import Reader, Text, escaped, t
from bot.ui import add_lines
from bot.workplaces import workplace_of_secretariat
from cogs.settings.fields import CHANNELS, ROLES, Finding
from storage.models import Network

_FILL_THE_DIRECTORY: Final = t(
    "The directory is still empty: the secretariat fills it with {import_} or {appoint}, then {invite} gives each"
    " person a code to join with.",
    import_=Command("member import"),
    appoint=Command("member appoint"),
    invite=Command("member invite"),
)


def setup_card(
    network: Network, found: Sequence[Finding], reader: Reader, public: Reader, *, has_seats: bool
) -> discord.Embed:
    """Show what ``/setup`` has set, what is still to be put right and, without seats, what comes next.

    ``public`` reads as the network does.
    """
    unset = reader.say(t("not set"))
    lines = [_line(name, _mention(network, field, "@&") or unset, reader) for field, name in ROLES.items()]
    lines += [_line(name, _mention(network, field, "#") or unset, reader) for field, name in CHANNELS.items()]
    lines.append(_line(t("Language"), OWN_NAMES[public.language], reader))
    lines.append(_line(t("Time zone"), f"{reader.place(public.zone)} ({escaped(public.zone)})", reader))
    country = workplace_of_secretariat(public.zone, network.country).country
    named = names.name(country, reader.language) if country is not None else unset
    lines.append(_line(t("Public holidays of"), escaped(named), reader))
    contact = escaped(network.privacy_contact) if network.privacy_contact else unset
    lines.append(_line(t("Contact for questions of privacy"), contact, reader))
    lines.append(_line(t("Weekly digest, for the secretariat"), _on(reader, is_on=network.weekly_digest), reader))
    lines.append(_line(t("Monthly digest, for members"), _on(reader, is_on=network.monthly_digest), reader))
    lines.append(_line(t("Link to this server"), network.invitation_link or unset, reader))
    lines.append(_line(t("E-mail"), reader.say(_email(network)), reader))
    card = discord.Embed(
        title=reader.label(t("How this server is set up")),
        description="\n".join(lines),
        colour=discord.Colour.orange() if found else discord.Colour.green(),
    )
    if not found:
        name = reader.label(t("All is in order"))
        card.add_field(name=name, value=reader.say(t("There is nothing to put right.")), inline=False)
    else:
        add_lines(card, reader.label(t("To put right")), [_finding(f, reader) for f in found], reader)
    if not has_seats:
        card.add_field(name=reader.label(t("What comes next")), value=reader.say(_FILL_THE_DIRECTORY), inline=False)
    return card


def _line(name: Text, value: str, reader: Reader) -> str:
    return f"**{reader.say(name)}** · {value}"


def _email(network: Network) -> Text:
    if not network.email_enabled:
        return t("off")
    address = network.email_reply_to or ""
    if network.email_links:
        return t("on, replies go to {address}; e-mails name the link to join a webinar", address=address)
    return t("on, replies go to {address}", address=address)


def _on(reader: Reader, *, is_on: bool) -> str:
    return reader.say(t("on") if is_on else t("off: {command} turns it on", command=Command("setup digests")))


def _mention(network: Network, field: str, kind: str) -> str | None:
    target = getattr(network, field)
    return f"<{kind}{target}>" if target is not None else None


def _finding(finding: Finding, reader: Reader) -> str:
    return f"• {reader.say(finding.problem)} {reader.say(finding.fix)}"
