"""The room's forms: they come back filled in, with the field that is wrong among those shown."""

from collections.abc import Mapping, Sequence
from typing import Final, cast
from zoneinfo import ZoneInfo

import discord

from bot.access import Asker, Level
from bot.errors import NotFoundError, UserError
from bot.texts import Reader, Text, t
from bot.ui import Field, Form, Values, answer, host_of
from bot.ui.before import offer_correction
from cogs.meetings import answering, desk, planning, words
from cogs.meetings.agenda import propose_session
from cogs.meetings.typed import FieldError, Typing
from cogs.meetings.views import meeting_of
from storage.meeting_models import Attendance, Meeting, Representative, Session

SHOWN: Final = 5
"""Fields of a form: Discord's limit."""
_TYPED: Final = "meeting_typed"
_DETAILS: Final[dict[str, tuple[Text, Text]]] = {
    "starts_on": (t("First day"), t("Such as 2027-05-12 or 12 May 2027")),
    "ends_on": (t("Last day"), t("Such as 2027-05-13 or 13 May 2027")),
    "city": (t("City"), t("Such as Accra")),
    "country": (t("Country"), t("Its whole name or two-letter code")),
    "timezone": (t("Time zone"), t("A large city that has the same time")),
    "hosts": (t("Hosts, in the order of protocol"), t("Such as Denmark; Ghana")),
    "theme": (t("Theme"), t("As it will be announced")),
    "register_by": (t("Register by"), t("A day, or a day and a time")),
    "reminders": (t("Reminders ahead of the meeting"), t("Such as 90d 60d 30d 14d 7d 1d")),
    "number": (t("Number of the meeting"), t("Such as 12")),
    "panelists": (t("Number of panelists"), t("Digits only")),
    "observers": (t("Number of observers"), t("Digits only")),
}
_NEEDED: Final = frozenset({"starts_on", "ends_on", "city", "timezone"})
_LONG: Final = frozenset({"theme", "hosts"})
_LONGEST: Final = {"theme": 300, "hosts": 600, "city": 80}


class DetailsForm(Form):
    """Some fields of a meeting. Its arguments are the draft of all that was typed, and the fields shown."""

    kind = "meeting_details"
    level = Level.SECRETARIAT
    title = t("Annual meeting")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the same for every reader
        """Return the fields that are wrong or were left out."""
        _, shown = self.arguments
        return [
            Field(
                key,
                _DETAILS[key][0],
                required=key in _NEEDED,
                long=key in _LONG,
                max_length=_LONGEST.get(key, 100),
                placeholder=_DETAILS[key][1],
            )
            for key in shown.split(".")
        ]

    async def submitted(self, interaction: discord.Interaction, asker: Asker, values: Values) -> None:
        """Read all that was typed, with what the form adds."""
        services = host_of(interaction).services
        now = services.clock.now()
        draft = await services.settings.draft(asker.guild_id, asker.account_id, int(self.arguments[0]), now)
        if draft is None:
            raise NotFoundError(t("What you typed before lay for more than a day: please start again."))
        meeting_id = cast(int | None, draft.payload["meeting"])
        meeting = await meeting_of(services, asker, meeting_id) if meeting_id is not None else None
        before = cast(dict[str, str], draft.payload["values"])
        await review(interaction, asker, meeting, {**before, **values})


async def review(
    interaction: discord.Interaction,
    asker: Asker,
    meeting: Meeting | None,
    values: Mapping[str, str],
    left_out: Sequence[str] = (),
) -> None:
    """Show what the typed ``values`` come to (``meeting`` None: a new one), or ask for what is wrong or left out."""
    now = host_of(interaction).services.clock.now()
    try:
        fields = Typing(values, meeting, now, asker.reader.language).fields()
        if left_out:
            form = await _form(interaction, asker, meeting, values, left_out)
            await form.open(interaction, asker.reader, {key: values.get(key, "") for key in left_out})
        elif meeting is None:
            await planning.propose_plan(interaction, asker, fields)
        else:
            await planning.propose_change(interaction, asker, meeting, fields)
    except FieldError as error:
        chosen = list(dict.fromkeys((error.field, *left_out, *values)))[:SHOWN]
        shown = [key for key in _DETAILS if key in chosen]
        form = await _form(interaction, asker, meeting, values, shown)
        await offer_correction(interaction, asker, form, {key: values.get(key, "") for key in shown}, error.text)


async def _form(
    interaction: discord.Interaction,
    asker: Asker,
    meeting: Meeting | None,
    values: Mapping[str, str],
    shown: Sequence[str],
) -> DetailsForm:
    services = host_of(interaction).services
    payload: dict[str, object] = {"meeting": meeting.id if meeting is not None else None, "values": dict(values)}
    async with services.transaction(asker.account_id) as tx:
        draft_id = await services.settings.keep_draft(tx, asker.guild_id, asker.account_id, _TYPED, payload)
    return DetailsForm(str(draft_id), ".".join(shown))


class SessionForm(Form):
    """A session. Its arguments are the meeting, the session (0: a new one), its format and its level ("-": none)."""

    kind = "meeting_session"
    level = Level.SECRETARIAT
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

    async def submitted(self, interaction: discord.Interaction, asker: Asker, values: Values) -> None:
        """Write the session."""
        meeting_id, session_id, session_format, level = self.arguments
        services = host_of(interaction).services
        meeting = await meeting_of(services, asker, int(meeting_id))
        session = await services.sessions.get(asker.guild_id, int(session_id)) if session_id != "0" else None
        chosen = {"format": session_format, "level": "" if level == "-" else level}
        await propose_session(interaction, asker, meeting, session, {**values, **chosen})


async def review_session(
    interaction: discord.Interaction,
    asker: Asker,
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
        await form.open(interaction, asker.reader, filled)
        return
    try:
        await propose_session(interaction, asker, meeting, session, values)
    except UserError as error:
        await offer_correction(interaction, asker, form, filled, error.text)


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
    level = Level.MEMBERS
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

    async def submitted(self, interaction: discord.Interaction, asker: Asker, values: Values) -> None:
        """Write the answer."""
        meeting_id, code, attendance = self.arguments
        services = host_of(interaction).services
        meeting = await meeting_of(services, asker, int(meeting_id))
        prepared = await answering.prepare(services, asker, meeting, code)
        representative = cast(Representative, values["representative"])
        said = await answering.write(
            services, asker, prepared, cast(Attendance, attendance), representative, values.get("who", "")
        )
        await answer(interaction, said)


async def register(
    interaction: discord.Interaction,
    asker: Asker,
    attendance: Attendance,
    representative: Representative | None,
    who: str | None,
    delegation: str | None,
    meeting: str | None,
) -> None:
    """Write a delegation's answer, or open the form for what was left out of it."""
    services = host_of(interaction).services
    found = await desk.meeting_typed(services, asker, meeting)
    prepared = await answering.prepare(services, asker, found, delegation)
    likely = representative or answering.likely_representative(asker, prepared)
    before = prepared.before.comes if prepared.before is not None else ""
    comes = who if who is not None else before
    if attendance == "not_attending" or representative is not None:
        await answer(interaction, await answering.write(services, asker, prepared, attendance, likely, comes))
        return
    form = RegisterForm(str(found.id), prepared.delegation.code, attendance)
    await form.open(interaction, asker.reader, {"representative": likely, "who": comes})
