"""The forms of a meeting: they come back filled in, with the field that is wrong among those shown."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Self, cast

import discord

from bot.occasions.fields import FieldError, OccasionField
from bot.occasions.fields import shown_first as fields_first
from bot.texts import Reader, t
from bot.ui import Context, Correction, Field, Form, Values, typed_in
from cogs.meetings.planning import fields, proposals
from cogs.meetings.queries import meeting_of
from storage.meetings.models import Meeting


class DetailsForm(Form):
    """Some fields of a meeting. Its arguments are the meeting's id ("m0": a new one) and the fields shown."""

    kind = "meeting_details"
    takes = (Annotated[str, r"m?\d{1,18}"], Annotated[str, r"\w+(?:\.\w+)*"])
    title = t("Meeting")

    @classmethod
    def about(cls, meeting: Meeting | None, shown: Iterable[OccasionField]) -> Self:
        """Make the form of these fields of a meeting (None: a new one)."""
        return cls(f"m{meeting.id if meeting is not None else 0}", ".".join(field.option for field in shown))

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the same for every reader
        """Return the fields shown."""
        keys = self.arguments[1].split(".")
        return [field.line() for field in fields.FIELDS if field.option in keys]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Go on with all that was typed so far."""
        subject, _ = self.arguments
        meeting_id: int | None = int(subject.removeprefix("m"))
        if not subject.startswith("m"):
            # Opened by the bot's first version, which kept all that was typed in a draft of its own.
            kept = await context.kept_draft(int(subject))
            meeting_id = cast(int | None, kept.payload["meeting"])
            values = {**typed_in(kept), **values}
        meeting = await meeting_of(context, meeting_id) if meeting_id else None
        await review(context, meeting, values)


class MoreForm(DetailsForm):
    """The other fields."""

    kind = "meeting_more"
    title = t("Meeting: more details")


class WhomForm(DetailsForm):
    """Kind, region and invited delegations."""

    kind = "meeting_whom"
    title = t("Meeting: who is invited")


async def review(context: Context, meeting: Meeting | None, typed: Values, left_out: Sequence[str] = ()) -> None:
    """Show what was ``typed`` comes to (``meeting`` None: a new one), or ask for what is wrong or left out."""
    now = context.services.clock.now()
    try:
        values = fields.MeetingParser(typed, meeting, now, context.reader.language).fields()
        if left_out:
            shown = fields_first(fields.FIELDS, left_out)
            await DetailsForm.about(meeting, shown).show_kept(context, typed)
            return
        corrections = _corrections(meeting, typed)
        if meeting is None:
            await proposals.propose_plan(context, values, corrections, typed)
        else:
            await proposals.propose_change(context, meeting, values, corrections, typed)
    except FieldError as error:
        shown = fields_first(fields.FIELDS, (error.field, *left_out, *typed))
        await context.offer_correction(DetailsForm.about(meeting, shown).correction(), typed, error.text)


def _corrections(meeting: Meeting | None, typed: Values) -> list[Correction]:
    """Return the forms that go on from what was typed: of a change, those of the fields that it names."""
    if meeting is not None:
        return [DetailsForm.about(meeting, fields_first(fields.FIELDS, typed)).correction()]
    return [
        DetailsForm.about(None, fields.MAIN).correction(),
        MoreForm.about(None, fields.DETAILS).correction(t("More details"), discord.ButtonStyle.secondary),
        WhomForm.about(None, fields.WHOM).correction(t("Who is invited"), discord.ButtonStyle.secondary),
    ]
