"""The two forms of a webinar: what is needed, and the details. Both come back filled in until all is right."""

from collections.abc import Mapping, Sequence
from typing import Annotated, cast

import discord

from bot.errors import UserError
from bot.occasions.fields import FieldError
from bot.texts import Reader, t
from bot.timeparse import parse_zone
from bot.ui import Context, Field, Form, Values, Zone
from cogs.webinars import queries
from cogs.webinars.planning import fields, proposals
from storage.webinars.models import Webinar


async def schedule(context: Context, given: Mapping[str, str]) -> None:
    """Show what the options make of a new webinar; where needed ones are missing, open the form with the others."""
    form = WebinarForm.about(None, given, context.reader)
    if all(given.get(name, "").strip() for name in fields.NEEDED):
        await enter(context, form, given)
    else:
        await form.show_kept(context, given)


async def edit(context: Context, webinar: Webinar, given: Mapping[str, str]) -> None:
    """Show what the options change of a webinar; without options, open the form filled in with what it is."""
    queries.require_open(webinar, context.services.clock.now())
    typed = {**fields.written(webinar), **given}
    form = WebinarForm.about(webinar, typed, context.reader)
    if given:
        await enter(context, form, typed)
    else:
        await form.show_kept(context, typed)


async def enter(context: Context, form: "_WebinarForm", typed: Values) -> None:
    """Read what was typed and show what it comes to; where something is wrong, say what and offer the form."""
    services = context.services
    now = services.clock.now()
    webinar_id, sequence = await form.subject(context)
    base = await queries.webinar_of(context, webinar_id) if webinar_id else None
    try:
        if base is not None:
            queries.require_open(base, now)
            _require_unchanged(base, sequence)
        read = fields.read(typed, context.reader, now, base)
    except UserError as error:
        details = {field.option for field in fields.DETAILS}
        wanted = DetailsForm if isinstance(error, FieldError) and error.field in details else WebinarForm
        await context.offer_correction(wanted.about(base, typed, context.reader).correction(), typed, error.text)
        return
    more = [
        WebinarForm.about(base, typed, context.reader).correction(),
        DetailsForm.about(base, typed, context.reader).correction(t("More details"), discord.ButtonStyle.secondary),
    ]
    if base is None:
        await proposals.propose_new(context, read, more, typed)
    else:
        await proposals.propose_change(context, base, read, more, typed)


def _require_unchanged(webinar: Webinar, sequence: int) -> None:
    if webinar.sequence != sequence:
        raise UserError(
            t(
                "Somebody changed “{title}” while you were writing, so your change was not made: look at it again,"
                " then press *Correct* and send your change again.",
                title=webinar.title,
            )
        )


def _zone(typed: Values, reader: Reader) -> str:
    """Return in which zone the start is read, as far as one can tell before all is right."""
    try:
        return parse_zone(typed.get("timezone", ""), reader.language)
    except UserError:
        return reader.zone


class _WebinarForm(Form):
    """Its arguments are the webinar with its sequence ("0.0": a new one), and the zone in which the start is read."""

    takes = (Annotated[str, r"\d{1,18}(?:\.\d{1,18})?"], Zone)

    @classmethod
    def about(cls, webinar: Webinar | None, typed: Values, reader: Reader) -> "_WebinarForm":
        """Make the form for a webinar (None: a new one) of which so much was typed."""
        subject = f"{webinar.id}.{webinar.sequence}" if webinar is not None else "0.0"
        return cls(subject, _zone(typed, reader))

    async def subject(self, context: Context) -> tuple[int, int]:
        """Return the webinar's id (0: a new one) and the sequence that it had."""
        webinar_id, _, sequence = self.arguments[0].partition(".")
        if sequence:
            return int(webinar_id), int(sequence)
        # Opened by the bot's first version, which kept both in a draft of their own.
        draft = await context.kept_draft(int(webinar_id))
        return cast(int | None, draft.payload["webinar_id"]) or 0, cast(int, draft.payload["sequence"])

    async def on_submit(self, context: Context, values: Values) -> None:
        """Go on with all that was typed so far."""
        await enter(context, self, values)


class WebinarForm(_WebinarForm):
    """What every webinar needs, and its description."""

    kind = "webinar"
    title = t("Webinar")

    def fields(self, reader: Reader) -> Sequence[Field]:
        """Return the five lines."""
        place = reader.place(self.arguments[1])
        starts = t("2027-03-12 15:00 or 12 March 2027 3pm, in {place}", place=place)
        return [field.line(starts if field.option == "starts" else None) for field in fields.MAIN]


class DetailsForm(_WebinarForm):
    """What is left at its default by most."""

    kind = "webinar_details"
    title = t("Webinar: more details")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - no line of it depends on the reader
        """Return the four lines."""
        return [field.line() for field in fields.DETAILS]
