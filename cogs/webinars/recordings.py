"""``/webinar recording``: where a webinar can be watched afterwards."""

from typing import cast
from zoneinfo import ZoneInfo

import discord

from bot.access import Asker
from bot.errors import UserError
from bot.identify import network_reader
from bot.outbox.preview import quoted
from bot.texts import t
from bot.ui import host_of, take
from cogs.webinars import cards, desk, notices, previews, typed, words
from cogs.webinars.events import SUBJECT
from cogs.webinars.previews import Way, WebinarPreview
from cogs.webinars.telling import tell_people
from storage.models import Draft
from storage.resource_models import NewResource
from storage.webinar_models import Webinar


async def propose_recording(interaction: discord.Interaction, asker: Asker, webinar: Webinar, url: str) -> None:
    """Show what is sent to whom, and ask for *Confirm*."""
    services = host_of(interaction).services
    now = services.clock.now()
    if webinar.cancelled_at is not None:
        desk.require_open(webinar, now)
    if webinar.starts_at > now:
        raise UserError(
            t(
                "“{title}” has not begun, so there is no recording yet: come back after {moment}.",
                title=webinar.title,
                moment=asker.reader.stamp(webinar.ends_at, webinar.timezone),
            )
        )
    recording = typed.join_link(url)
    if recording == webinar.recording:
        raise UserError(t("That link is on record already: nothing was changed."))
    recorded = typed.merged(webinar, {"recording": recording})
    concerned = await desk.people_who(services, webinar, "attending", wanting_recording=True)
    public = network_reader(services, asker.network)
    parts = [
        asker.reader.say(t("The recording goes on the shelf for members, and its card says that it is available.")),
        await previews.recipients(services, asker, concerned),
        quoted(notices.recording(recorded, public)),
    ]
    payload: dict[str, object] = {
        "webinar": webinar.id,
        "kind": notices.RECORDING,
        "said": {},
        "fields": {"recording": recording},
    }
    card = cards.webinar_card(recorded, public, now, sight=cards.MEMBER)
    await previews.ask(interaction, asker, [Way(t("Confirm"), KeepRecording)], payload, previews.fitting(parts), card)


class KeepRecording(WebinarPreview):
    """The recording is on record and on the shelf, and those who attended or asked are told."""

    kind = "webinar_recording"

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Write it down, put it on the shelf, and owe the messages."""
        services = host_of(interaction).services
        webinar = await desk.webinar_of(services, asker.guild_id, cast(int, draft.payload["webinar"]))
        recording = cast(dict[str, str], draft.payload["fields"])["recording"]
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            await services.webinars.record(tx, asker.guild_id, webinar.id, recording)
            await services.shelf.keep(tx, asker.guild_id, resource_of(webinar, recording))
            await services.outbox.edit(tx, asker.guild_id, SUBJECT, webinar.id)
            told = await tell_people(services, tx, webinar, notices.RECORDING)
        said = t("The recording of “{title}” is on record.", title=webinar.title)
        await previews.done(interaction, asker, said, told)


def resource_of(webinar: Webinar, recording: str) -> NewResource:
    """Return what goes on the shelf for a recording, which is for members."""
    day = webinar.starts_at.astimezone(ZoneInfo(webinar.timezone)).date()
    return NewResource(
        url=recording,
        title=words.shortened(webinar.title, words.CHOICE * 2),
        category="training",
        language=webinar.languages[0] if len(webinar.languages) == 1 else None,
        year=day.year,
        tags=("webinar",),
        visibility="members",
    )
