from dataclasses import replace
from typing import Final, cast

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.countries import countries_offered, country_typed
from bot.errors import UserError
from bot.labels import CHANNELS
from bot.languages import OWN_NAMES, Language
from bot.outbox import WELCOME
from bot.server_link import server_link
from bot.services import Services
from bot.texts import Markdown, t
from bot.timeparse import parse_zone, zone_choices
from bot.ui import Context
from bot.ui.consent import what_follows
from bot.ui.plain_buttons import consent_buttons, stored_view
from cogs.settings.email import address_in, set_email_up
from cogs.settings.fields import NOTHING_CHOSEN, digests_begun
from cogs.settings.monthly_email import monthly_follows, require_member
from cogs.settings.roles import ask_to_replace, check_roles, holders_of_former
from cogs.settings.setup_shown import setup_of
from storage.database import Transaction
from storage.models import Network, RemindersChannel

CHANNEL_CHOICES: Final = [
    app_commands.Choice(name=locale_str("Direct messages"), value="direct_message"),
    app_commands.Choice(name=locale_str("E-mail"), value="email"),
    app_commands.Choice(name=locale_str("Direct messages and e-mail"), value="both"),
    app_commands.Choice(name=locale_str("Neither: in the bot's next reply"), value="none"),
]
LANGUAGE_CHOICES: Final = [app_commands.Choice(name=name, value=code) for code, name in OWN_NAMES.items()]


class SetupCog(
    commands.GroupCog,
    name="setup",
    description=locale_str("Set the bot up for this server (needs Manage Server)"),
):
    """``/setup``: what the server's managers decide. The only command that Discord itself hides."""

    def __init__(self, services: Services) -> None:
        self.services = services
        if self.app_command is not None:
            self.app_command.default_permissions = discord.Permissions(manage_guild=True)

    @app_commands.command(description=locale_str("Name the secretariat's role and the members' role"))
    @app_commands.describe(
        secretariat=locale_str("Everyone with this role belongs to the secretariat"),
        member=locale_str("Granted by the bot to every current appointee"),
    )
    async def roles(
        self,
        interaction: discord.Interaction,
        secretariat: discord.Role | None = None,
        member: discord.Role | None = None,
    ) -> None:
        """Name the two roles; the bot grants the second and never reads it."""
        context = Context.of(interaction)
        chosen = {"secretariat_role_id": secretariat, "member_role_id": member}
        given = {field: role for field, role in chosen.items() if role is not None}
        check_roles(context.guild, context.network, given)
        holders = await holders_of_former(context, member)
        if holders:
            await ask_to_replace(context, given, holders)
            return
        await self._change(context, {field: role.id for field, role in given.items()})
        if member is not None:
            context.dispatch("seats_changed", context.guild_id)

    @app_commands.command(description=locale_str("Name the channels that the bot writes in"))
    @app_commands.describe(
        announcements=locale_str("Public messages: webinars, meetings, reminders"),
        members=locale_str("Polls, topics and results, for members"),
        secretariat=locale_str("What the secretariat should know or decide"),
        welcome=locale_str("Where newcomers start: one permanent message in three languages"),
    )
    async def channels(
        self,
        interaction: discord.Interaction,
        announcements: discord.TextChannel | None = None,
        members: discord.TextChannel | None = None,
        secretariat: discord.TextChannel | None = None,
        welcome: discord.TextChannel | None = None,
    ) -> None:
        """Name the channels; those left out stay as they are."""
        chosen = {
            "announcements_channel_id": announcements,
            "members_channel_id": members,
            "secretariat_channel_id": secretariat,
            "welcome_channel_id": welcome,
        }
        context = Context.of(interaction)
        given: dict[str, int | str] = {field: c.id for field, c in chosen.items() if c is not None}
        await self._change(context, given | digests_begun(context.network, given))

    @app_commands.command(description=locale_str("Choose the language and the time zone of public messages"))
    @app_commands.describe(
        language=locale_str("Of messages that everybody sees"),
        timezone=locale_str("Where the secretariat works, such as New York"),
        country=locale_str("Whose public holidays the secretariat has; the time zone's if left out"),
    )
    @app_commands.choices(language=LANGUAGE_CHOICES)
    async def defaults(
        self,
        interaction: discord.Interaction,
        language: Language | None = None,
        timezone: str | None = None,
        country: str | None = None,
    ) -> None:
        """Choose the network's language, zone and country; what is left out stays as it is."""
        context = Context.of(interaction)
        zone = parse_zone(timezone, context.reader.language) if timezone is not None else None
        code = country_typed(country) if country is not None else None
        chosen = {"language": language, "timezone": zone, "country": code}
        await self._change(context, {field: value for field, value in chosen.items() if value is not None})

    @defaults.autocomplete("country")
    async def _country(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return countries_offered(typed, Context.of(interaction).reader.language)

    @defaults.autocomplete("timezone")
    async def _timezone(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return offered_zones(Context.of(interaction), typed)

    @app_commands.command(description=locale_str("Say whom to ask about personal data"))
    @app_commands.describe(contact=locale_str("An e-mail address, a page or a name; members are shown it"))
    async def privacy(self, interaction: discord.Interaction, contact: app_commands.Range[str, 3, 200]) -> None:
        """Name the contact for questions of privacy."""
        await self._change(Context.of(interaction), {"privacy_contact": " ".join(contact.split())})

    @app_commands.command(description=locale_str("Send e-mails to those whom Discord does not reach"))
    @app_commands.describe(
        enabled=locale_str("Whether e-mails are sent at all"),
        reply_to=locale_str("The secretariat's address, to which people reply"),
        links=locale_str("Whether an e-mail may name the link by which a webinar is joined"),
    )
    async def email(
        self,
        interaction: discord.Interaction,
        enabled: bool | None = None,
        reply_to: str | None = None,
        links: bool | None = None,
    ) -> None:
        """Set e-mails up, and send one as a test to the address for replies."""
        context = Context.of(interaction)
        chosen = {"email_enabled": enabled, "email_reply_to": address_in(reply_to), "email_links": links}
        given = {field: value for field, value in chosen.items() if value is not None}
        await set_email_up(context, given)

    @app_commands.command(description=locale_str("Name the link to this server that goes out with invitation codes"))
    @app_commands.describe(link=locale_str("A Discord invitation that you have created; the bot creates none"))
    async def invitation(self, interaction: discord.Interaction, link: app_commands.Range[str, 3, 200]) -> None:
        """Look the link up, and keep it; say so where it does not last."""
        context = Context.of(interaction)
        found = await server_link(interaction.client, context.guild, link, self.services.clock.now())
        await self._change(context, {"invitation_link": found.url})
        if found.expires_at is not None:
            await context.answer(
                t(
                    "This link works until {moment} only: better make one that does not expire.",
                    moment=Markdown(context.reader.stamp(found.expires_at)),
                )
            )

    @app_commands.command(description=locale_str("See how this server is set up and what is still to be put right"))
    async def show(self, interaction: discord.Interaction) -> None:
        """Show the settings, and every permission that is missing with its fix."""
        context = Context.of(interaction)
        await self._show(context, context.network)

    async def _change(self, context: Context, fields: dict[str, int | str]) -> None:
        if not fields:
            raise UserError(NOTHING_CHOSEN)
        async with context.write() as tx:
            await self.services.settings.change_network(tx, context.guild_id, **fields)
            await self.services.outbox.plan_by_settings(tx, context.guild_id)
            if "welcome_channel_id" in fields:
                await self._welcome(tx, context.network, int(fields["welcome_channel_id"]))
        await self._show(context, await self.services.settings.network(context.guild_id))

    async def _welcome(self, tx: Transaction, before: Network, channel_id: int) -> None:
        """Owe the permanent message to the new channel, in the place of the one before."""
        outbox = self.services.outbox
        for row in await outbox.of(before.guild_id, "welcome", before.welcome_channel_id or 0):
            await outbox.take_back(tx, before.guild_id, row.id)
        await outbox.plan_now(tx, before.guild_id, "welcome", channel_id, "start_here", WELCOME)

    async def _show(self, context: Context, network: Network) -> None:
        await context.answer(embed=await setup_of(context, network))


class SettingsCog(commands.GroupCog, name="settings", description=locale_str("Choose how the bot speaks to you")):
    """``/settings``: what each person decides for themselves, in one network."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command(description=locale_str("Choose the language in which the bot answers you"))
    @app_commands.describe(language=locale_str("The language of your private answers and direct messages"))
    @app_commands.choices(language=LANGUAGE_CHOICES)
    async def language(self, interaction: discord.Interaction, language: Language) -> None:
        """Choose the language of one's private answers."""
        context = Context.of(interaction)
        await self._change(context, language=language)
        reader = replace(context.reader, language=language)
        await context.answer(
            reader.say(t("From now on the bot answers you in {language}.", language=reader.language_name(language))),
        )

    @app_commands.command(description=locale_str("Choose the time zone in which you read times"))
    @app_commands.describe(zone=locale_str("The city whose time you keep, such as Accra"))
    async def timezone(self, interaction: discord.Interaction, zone: str) -> None:
        """Choose the zone in which times that are no stamps are written."""
        context = Context.of(interaction)
        chosen = parse_zone(zone, context.reader.language)
        await self._change(context, timezone=chosen)
        reader = replace(context.reader, zone=chosen)
        now = reader.time(self.services.clock.now())
        await context.answer(reader.say(t("Times are now shown to you in the zone where it is {time}.", time=now)))

    @timezone.autocomplete("zone")
    async def _zone(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return offered_zones(Context.of(interaction), typed)

    @app_commands.command(description=locale_str("Choose how the bot sends you messages"))
    @app_commands.describe(
        channel=locale_str("Direct messages, e-mail, both, or neither"),
        monthly=locale_str("Whether you get what is ahead each month by e-mail"),
    )
    @app_commands.choices(channel=CHANNEL_CHOICES)
    async def reminders(
        self, interaction: discord.Interaction, channel: str | None = None, monthly: bool | None = None
    ) -> None:
        """Choose by what one is written to, and whether the monthly digest comes by e-mail."""
        context, chosen = Context.of(interaction), cast(RemindersChannel | None, channel)
        if monthly:
            require_member(context.asker)
        given = {"channel": chosen, "monthly_email": monthly}
        fields = {name: value for name, value in given.items() if value is not None}
        if not fields:
            await ask_for_channel(context)
            return
        await self._change(context, **fields)
        said = [what_follows(chosen, context.reader)] if chosen is not None else []
        said += [monthly_follows(context, chosen, is_wanted=monthly)] if monthly is not None else []
        await context.answer("\n".join(map(context.say, said)))

    async def _change(self, context: Context, **fields: str | bool) -> None:
        async with context.write() as tx:
            await self.services.settings.change_account(tx, context.guild_id, context.account_id, **fields)


async def ask_for_channel(context: Context) -> None:
    """Say by what the bot writes to the person, with the buttons that change it."""
    async with context.write() as tx:
        # Asked here, they are not asked once more below.
        await context.services.settings.claim_question(tx, context.guild_id, context.account_id)
    said = t(
        "How the bot sends you messages: {how}. May it send you direct messages? For e-mails, choose the option"
        " {option} of this command.",
        how=CHANNELS[context.asker.settings.channel],
        option="channel",
    )
    await context.answer(said, view=stored_view(consent_buttons(context.reader)))


def offered_zones(context: Context, typed: str) -> list[app_commands.Choice[str]]:
    """Return the zones that may be meant while somebody types a city."""
    choices = zone_choices(typed, context.reader.language, context.services.clock.now())
    return [app_commands.Choice(name=label[:100], value=zone) for label, zone in choices[:25]]
