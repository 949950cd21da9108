"""The form of a session: it comes back filled in until all is right."""

from collections.abc import Mapping, Sequence
from typing import Literal
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values
from cogs.meetings.agenda.fields import FIELDS, NEEDED
from cogs.meetings.agenda.proposals import propose_session
from cogs.meetings.queries import meeting_of
from storage.meetings.models import Meeting, Session, SessionFormat, SessionLevel


class SessionForm(Form):
    """A session. Its arguments are the meeting, the session (0: a new one), its format and its level ("-": none)."""

    kind = "meeting_session"
    takes = (int, int, SessionFormat, Literal[SessionLevel, "-"])
    title = t("Session")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the same for every reader
        """Return what is typed of a session."""
        return [field.line() for field in FIELDS]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Write the session."""
        meeting_id, session_id, session_format, level = self.arguments
        services = context.services
        meeting = await meeting_of(context, int(meeting_id))
        session = await services.sessions.get(context.guild_id, int(session_id)) if session_id != "0" else None
        chosen = {"format": session_format, "level": "" if level == "-" else level}
        await propose_session(context, meeting, session, {**values, **chosen})


async def review_session(
    context: Context, meeting: Meeting, session: Session | None, values: Mapping[str, str]
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
    if not filled.keys() >= NEEDED:
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
