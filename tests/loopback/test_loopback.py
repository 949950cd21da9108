"""The loopback Discord itself, shown with a plain discord.py client in this process."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime

import aiohttp
import discord
import discord.gateway
import discord.http
import pytest
from discord import app_commands

from tests.loopback.clock import PacedClock
from tests.loopback.launcher import redirect
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Channel, User
from tests.patience import ELSEWHERE, MOMENT, moment


class Plain(discord.Client):
    """One client with one command group, a button and a form."""

    def __init__(self) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True)
        super().__init__(intents=intents, guild_ready_timeout=0, max_ratelimit_timeout=30)
        self.tree = app_commands.CommandTree(self)
        group = app_commands.Group(name="member", description="members")

        @group.command(name="find", description="find")
        async def find(interaction: discord.Interaction, who: str, where: discord.TextChannel | None = None) -> None:
            await interaction.response.send_message(f"{who} {where}", ephemeral=True, view=Press())

        @find.autocomplete("who")
        async def whose(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
            return [app_commands.Choice(name=typed.upper(), value=typed)]

        @group.command(name="slow", description="slow")
        async def slow(interaction: discord.Interaction, file: discord.Attachment) -> None:
            await interaction.response.defer(ephemeral=True)
            content = await file.read()
            await interaction.followup.send(content.decode(), file=discord.File(__file__, "copy.py"))

        self.tree.add_command(group)

    async def setup_hook(self) -> None:
        await self.tree.sync()


class Press(discord.ui.View):
    @discord.ui.button(label="Confirm")
    async def confirm(self, interaction: discord.Interaction, _: discord.ui.Button["Press"]) -> None:
        await interaction.response.send_modal(Form())


class Form(discord.ui.Modal, title="Form"):
    name = discord.ui.TextInput["Form"](label="Name", custom_id="name")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(content=f"called {self.name.value}", view=None)


@pytest.fixture(autouse=True)
def _restore_discord_py() -> Iterator[None]:
    base, gateway = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    yield
    discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


class Place:
    """A server with one channel, one person and a connected client."""

    def __init__(self, server: LoopbackDiscord) -> None:
        self.discord = server
        self.guild = server.add_guild("Network")
        self.channel: Channel = server.add_channel(self.guild, "announcements")
        self.ghana: User = server.add_user("Ghana", self.guild)
        self.client = Plain()

    @property
    def path(self) -> str:
        return f"/channels/{self.channel.id}/messages"

    @property
    def seen(self) -> discord.abc.Messageable:
        channel = self.client.get_channel(self.channel.id)
        assert isinstance(channel, discord.TextChannel)
        return channel


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with LoopbackDiscord() as server:
        redirect(server.address)
        place = Place(server)
        running = asyncio.create_task(place.client.start(server.token))
        await server.gateway.wait_connected(ELSEWHERE)
        await place.client.wait_until_ready()
        yield place
        await place.client.close()
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def test_a_client_logs_in_syncs_and_sees_its_server(place: Place) -> None:
    guild = place.client.get_guild(place.guild.id)
    assert guild is not None
    assert guild.name == "Network"
    assert guild.me.guild_permissions.manage_guild
    assert place.discord.command_syncs == 1
    members = await guild.query_members(user_ids=[place.ghana.id])
    assert [member.name for member in members] == ["Ghana"]


async def test_a_slash_command_a_button_and_a_form(place: Place) -> None:
    answer = await place.discord.slash(place.ghana, place.channel, "member find", who="Ghana", where=place.channel)
    assert answer.content == "Ghana announcements"
    assert answer.ephemeral
    assert place.discord.messages(place.channel) == []
    people = place.discord.people
    assert await people.autocomplete(place.ghana, place.channel, "member find", "who", "gh") == [
        {"name": "GH", "value": "gh"}
    ]
    assert answer.message is not None
    form = await people.click(place.ghana, answer.message, "Confirm")
    shown = await people.submit(form, name="Accra")
    assert shown.content == "called Accra"


async def test_a_deferred_answer_with_files_both_ways(place: Place) -> None:
    answer = await place.discord.slash(place.ghana, place.channel, "member slow", file=("list.csv", b"a,b"))
    assert answer.content == "a,b"
    assert answer.message is not None
    assert answer.message.payload["attachments"][0]["filename"] == "copy.py"


async def test_history_is_paged_newest_first(place: Place) -> None:
    for number in range(130):
        place.discord.store.store(place.channel, place.ghana, {"content": str(number)})
    read = [message.content async for message in place.seen.history(limit=None)]
    assert read == [str(number) for number in reversed(range(130))]
    assert len(place.discord.requested("GET", place.path)) >= 2


async def test_an_answer_lost_leaves_the_message_and_the_nonce_finds_it(place: Place) -> None:
    place.discord.faults.lose_answer("POST", place.path)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await place.seen.send("once", nonce="n1")
    assert [m.content for m in place.discord.messages(place.channel)] == ["once"]
    again = await place.seen.send("once", nonce="n1")
    assert [m.id for m in place.discord.messages(place.channel)] == [again.id]
    place.discord.store.honour_nonces = False
    await place.seen.send("once", nonce="n1")
    assert len(place.discord.messages(place.channel)) == 2


async def test_refusals_drops_and_rate_limits(place: Place) -> None:
    faults = place.discord.faults
    faults.refuse("POST", place.path, 403, 50013)
    with pytest.raises(discord.Forbidden) as refused:
        await place.seen.send("no")
    assert refused.value.code == 50013
    faults.drop("POST", place.path)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await place.seen.send("dropped")
    faults.rate_limit("POST", place.path, 40.0)
    with pytest.raises(discord.RateLimited):
        await place.seen.send("later")
    assert place.discord.messages(place.channel) == []
    user = await place.client.fetch_user(place.ghana.id)
    place.ghana.direct_messages = False
    with pytest.raises(discord.Forbidden) as closed:
        await user.send("closed")
    assert closed.value.code == 50007


async def test_a_dropped_connection_resumes_and_gets_what_it_missed(place: Place) -> None:
    gateway = place.discord.gateway
    await gateway.drop()
    answer = await place.discord.slash(place.ghana, place.channel, "member find", who="Chad")
    assert answer.content == "Chad None"
    assert (gateway.identified, gateway.resumed) == (1, 1)
    await gateway.ask_to_reconnect()
    await gateway.wait_resumed(2, ELSEWHERE)


async def test_scheduled_events_and_roles(place: Place) -> None:
    guild = place.client.get_guild(place.guild.id)
    assert guild is not None
    start = discord.utils.utcnow().replace(year=2090)
    event = await guild.create_scheduled_event(
        name="Annual meeting",
        start_time=start,
        end_time=start.replace(year=2091),
        privacy_level=discord.PrivacyLevel.guild_only,
        entity_type=discord.EntityType.external,
        location="Accra",
    )
    await event.edit(name="Moved")
    assert [e["name"] for e in place.guild.events.values()] == ["Moved"]
    await event.delete()
    assert place.guild.events == {}
    role = place.discord.add_role(place.guild, "Member")
    member = await guild.fetch_member(place.ghana.id)
    await member.add_roles(discord.Object(role.id))
    assert place.guild.members[place.ghana.id] == [role.id]


async def test_the_date_header_is_discords_clock(place: Place) -> None:
    place.discord.world.skew = 3600
    asked = discord.utils.utcnow()
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{place.discord.address}/api/v10/users/@me") as answer,
    ):
        shown = parsedate_to_datetime(answer.headers["Date"]) - timedelta(hours=1)
        assert answer.status == 401
    # The header has whole seconds.
    assert asked - timedelta(seconds=1) < shown <= discord.utils.utcnow()


async def test_a_paced_clock_agrees_across_processes() -> None:
    clock = PacedClock.from_now(60).later(3600)
    other = PacedClock(*map(float, clock.described().split("@")))
    assert other == clock
    before = other.time()
    await moment()
    assert clock.time() - before >= 30 * MOMENT
