"""The room's forms: they come back filled in, with the field that is wrong among those shown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal, Self, cast
from zoneinfo import ZoneInfo

import discord

from bot.errors import UserError
from bot.occasions.fields import FieldError, OccasionField
from bot.occasions.fields import shown_first as fields_first
from bot.texts import Reader, t
from bot.ui import Context, Correction, Field, Form, Values, Word, typed_in
from cogs.meetings import answering, desk, fields, planning, words
from cogs.meetings.agenda import propose_session
from cogs.meetings.views import meeting_of
from storage.meeting_models import Attendance, Meeting, Representative, Session, SessionFormat, SessionLevel


class DetailsForm(Form):
    """Some fields of a meeting. Its arguments are the meeting's id ("m0": a new one) and the fields shown."""

    kind = "meeting_details"
    takes = (Annotated[str, r"m?\d{1,18}"], Annotated[str, r"\w+(?:\.\w+)*"])
    title = t("Annual meeting")

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
        meeting = await meeting_of(context.services, context.asker, meeting_id) if meeting_id else None
        await review(context, meeting, values)


class MoreForm(DetailsForm):
    """The other fields."""

    kind = "meeting_more"
    title = t("Annual meeting: more details")


async def review(context: Context, meeting: Meeting | None, typed: Values, left_out: Sequence[str] = ()) -> None:
    """Show what was ``typed`` comes to (``meeting`` None: a new one), or ask for what is wrong or left out."""
    now = context.services.clock.now()
    try:
        values = fields.Typing(typed, meeting, now, context.reader.language).fields()
        if left_out:
            shown = fields_first(fields.FIELDS, left_out)
            await DetailsForm.about(meeting, shown).show_kept(context, typed)
            return
        corrections = _corrections(meeting, typed)
        if meeting is None:
            await planning.propose_plan(context, values, corrections, typed)
        else:
            await planning.propose_change(context, meeting, values, corrections, typed)
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
    ]


class SessionForm(Form):
    """A session. Its arguments are the meeting, the session (0: a new one), its format and its level ("-": none)."""

    kind = "meeting_session"
    takes = (int, int, SessionFormat, Literal[SessionLevel, "-"])
    title = t("Session")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the same for every reader
        """Return what is typed of a session."""
        return [
            Field("title", t("Title"), max_length=200),
            Field(
                "starts",
                t("Start, in the meeting's own time"),
                max_length=100,
                placeholder=t("Such as 2027-05-12 09:30"),
            ),
            Field("length", t("Length"), max_length=40, placeholder=t("Such as 1h 30")),
            Field("speakers", t("Speakers"), required=False, long=True, max_length=600),
            Field("links", t("Links for members, one a line"), required=False, long=True, max_length=1000),
        ]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Write the session."""
        meeting_id, session_id, session_format, level = self.arguments
        services = context.services
        meeting = await meeting_of(services, context.asker, int(meeting_id))
        session = await services.sessions.get(context.guild_id, int(session_id)) if session_id != "0" else None
        chosen = {"format": session_format, "level": "" if level == "-" else level}
        await propose_session(context, meeting, session, {**values, **chosen})


async def review_session(
    context: Context,
    meeting: Meeting,
    session: Session | None,
    values: Mapping[str, str],
) -> None:
    """Write a session from a command's options (``session`` None: a new one), or show the form for what is wrong."""
    chosen = session.format if session is not None else "plenary", (session.level if session is not None else None)
    form = SessionForm(
        str(meeting.id),
        str(session.id if session is not None else 0),
        values.get("format", chosen[0]),
        values.get("level", chosen[1] or "-"),
    )
    filled = {**(_typed_of(session, meeting) if session is not None else {}), **values}
    if any(key not in filled for key in ("title", "starts", "length")):
        await form.show(context, filled)
        return
    try:
        await propose_session(context, meeting, session, values)
    except UserError as error:
        await form.correct(context, filled, error.text)


def _typed_of(session: Session, meeting: Meeting) -> dict[str, str]:
    return {
        "title": session.title,
        "starts": f"{session.starts_at.astimezone(ZoneInfo(meeting.timezone)):%Y-%m-%d %H:%M}",
        "length": f"{session.minutes} min",
        "speakers": session.speakers,
        "links": "\n".join(session.links),
    }


class RegisterForm(Form):
    """Who comes, and from where. Its arguments are the meeting, the delegation's code and the attendance."""

    kind = "meeting_register"
    takes = (int, Word, Attendance)
    title = t("The delegation's answer")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the same for every reader
        """Return what a delegation adds to its attendance."""
        return [
            Field("representative", t("Who represents the delegation?"), choices=list(words.REPRESENTATIVE.items())),
            Field(
                "who",
                t("Who comes?"),
                required=False,
                long=True,
                max_length=300,
                placeholder=t("Names and titles, as the delegation writes them"),
            ),
        ]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Write the answer."""
        meeting_id, code, attendance = self.arguments
        services = context.services
        meeting = await meeting_of(services, context.asker, int(meeting_id))
        prepared = await answering.prepare(services, context.asker, meeting, code)
        representative = cast(Representative, values["representative"])
        said = await answering.write(
            services, context.asker, prepared, cast(Attendance, attendance), representative, values.get("who", "")
        )
        await context.answer(said)


async def register(
    context: Context,
    attendance: Attendance,
    representative: Representative | None,
    who: str | None,
    delegation: str | None,
    meeting: str | None,
) -> None:
    """Write a delegation's answer, or open the form for what was left out of it."""
    services = context.services
    found = await desk.meeting_typed(services, context.asker, meeting)
    prepared = await answering.prepare(services, context.asker, found, delegation)
    likely = representative or answering.likely_representative(context.asker, prepared)
    before = prepared.before.comes if prepared.before is not None else ""
    comes = who if who is not None else before
    if attendance == "not_attending" or representative is not None:
        await context.answer(await answering.write(services, context.asker, prepared, attendance, likely, comes))
        return
    form = RegisterForm(str(found.id), prepared.delegation.code, attendance)
    await form.show(context, {"representative": likely, "who": comes})
