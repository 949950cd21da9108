"""``/webinar recording``: where a webinar can be watched afterwards."""

from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.identify import network_reader
from bot.occasions.proposal import Proposal, Proposed, owe_to_people, propose, proposed_of
from bot.occasions.record import merged
from bot.previews.preview import quoted
from bot.texts import Text, t
from bot.ui import Choice, Context
from cogs.webinars import cards, queries, sentences
from cogs.webinars.planning import previews
from cogs.webinars.planning.fields import join_link
from cogs.webinars.rules import SUBJECT, Kind
from storage.database import Transaction
from storage.resources.models import NewResource
from storage.webinars.models import Webinar


async def propose_recording(context: Context, webinar: Webinar, url: str) -> None:
    """Show what is sent to whom, and ask for *Confirm*."""
    services = context.services
    now = services.clock.now()
    if webinar.cancelled_at is not None:
        queries.require_open(webinar, now)
    if webinar.starts_at > now:
        raise UserError(
            t(
                "“{title}” has not begun, so there is no recording yet: come back after {moment}.",
                title=webinar.title,
                moment=context.reader.stamp(webinar.ends_at, webinar.timezone),
            )
        )
    recording = join_link(url)
    if recording == webinar.recording:
        raise UserError(t("That link is on record already: nothing was changed."))
    recorded = merged(webinar, {"recording": recording})
    concerned = await queries.people_who(services, webinar, "attending", wanting_recording=True)
    public = network_reader(services, context.network)
    parts = [
        context.reader.say(
            t("The recording goes into the library for members, and its card says that it is available.")
        ),
        await previews.recipients(context, concerned, Kind.RECORDING),
        quoted(sentences.recording(recorded, public)),
    ]
    proposed = proposed_of(Webinar, webinar, Kind.RECORDING, {"recording": recording})
    card = cards.webinar_card(recorded, public, now, viewer=cards.MEMBER)
    await propose(context, [Choice(KeepRecording.kind)], proposed, parts, card)


class KeepRecording(Proposal[Webinar]):
    """The recording is on record and on the shelf, and those who attended or asked are told."""

    kind = "webinar_recording"
    subject = SUBJECT
    record = Webinar
    to_people = True

    async def before(self, context: Context, proposed: Proposed) -> Webinar:
        """Return the webinar."""
        return await queries.webinar_of(context, proposed.record)

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Webinar) -> Webinar:
        """Write it down and put it on the shelf."""
        recording = str(self.fields(proposed)["recording"])
        await context.services.webinars.record(tx, context.guild_id, before.id, recording)
        await context.services.shelf.keep(tx, context.guild_id, resource_of(before, recording))
        await context.services.outbox.edit(tx, context.guild_id, SUBJECT, before.id)
        return before

    async def announce(self, context: Context, tx: Transaction, proposed: Proposed, done: Webinar) -> int:  # noqa: ARG002 - the record says it all
        """Owe them a message."""
        return await owe_to_people(context, tx, SUBJECT, done, Kind.RECORDING)

    def done(self, done: Webinar) -> Text:
        """Say that it is on record."""
        return t("The recording of “{title}” is saved.", title=done.title)


def resource_of(webinar: Webinar, recording: str) -> NewResource:
    """Return what goes on the shelf for a recording, which is for members."""
    day = webinar.starts_at.astimezone(ZoneInfo(webinar.timezone)).date()
    return NewResource(
        url=recording,
        title=sentences.shortened(webinar.title, sentences.CHOICE * 2),
        category="training",
        language=webinar.languages[0] if len(webinar.languages) == 1 else None,
        year=day.year,
        tags=("webinar",),
        visibility="members",
    )
