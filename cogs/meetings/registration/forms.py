"""Who comes, and from where."""

from collections.abc import Sequence
from typing import Final, cast

from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values, Word
from cogs.meetings import queries, sentences
from cogs.meetings.queries import meeting_of
from cogs.meetings.registration import answer
from storage.meetings.models import Attendance, Representative

LONGEST_REFERENCE: Final = 80


class RegisterForm(Form):
    """Who comes, and from where. Its arguments are the meeting, the delegation's code and the attendance."""

    kind = "meeting_register"
    takes = (int, Word, Attendance)
    note = sentences.WHO_SEES_IT
    title = t("The delegation's answer")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the same for every reader
        """Return what a delegation adds to its attendance."""
        return [
            Field(
                "representative", t("Who represents the delegation?"), choices=list(sentences.REPRESENTATIVE.items())
            ),
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
        meeting = await meeting_of(context, int(meeting_id))
        prepared = await answer.prepare(context, meeting, code, values.get("reference", ""))
        representative = cast(Representative, values["representative"])
        said = await answer.write(
            context, prepared, cast(Attendance, attendance), representative, values.get("who", "")
        )
        await context.answer(said)


class RecordForm(RegisterForm):
    """The same with the reference of the note verbale, for what the secretariat records."""

    kind = "meeting_record"

    def fields(self, reader: Reader) -> Sequence[Field]:
        """Return what a delegation adds to its attendance, and what the secretariat has it from."""
        label, hint = t("Reference of the note verbale"), t("Such as NV 12/2027, or “e-mail of 3 March”")
        reference = Field("reference", label, required=False, max_length=LONGEST_REFERENCE, placeholder=hint)
        return [*super().fields(reader), reference]


async def register(
    context: Context,
    attendance: Attendance,
    representative: Representative | None,
    who: str | None,
    delegation: str | None,
    meeting: str | None,
    reference: str = "",
) -> None:
    """Write a delegation's answer, or open the form for what was left out of it."""
    meant = await answer.delegations_meant(context, delegation)
    found = await queries.meeting_to_answer(context, meeting, meant)
    prepared = await answer.prepare(context, found, delegation, reference)
    if attendance == "not_attending" or representative is not None:
        likely = representative or answer.likely_representative(context, prepared)
        comes = who if who is not None else prepared.comes_so_far
        await context.answer(await answer.write(context, prepared, attendance, likely, comes))
        return
    await ask_who_comes(context, prepared, attendance, who)


async def ask_who_comes(
    context: Context, answering: answer.Answering, attendance: Attendance, who: str | None = None
) -> None:
    """Open the form for who comes and from where, filled in with what is known."""
    made = RegisterForm if answering.is_own else RecordForm
    form = made(str(answering.meeting.id), answering.delegation.code, attendance)
    comes = who if who is not None else answering.comes_so_far
    likely = answer.likely_representative(context, answering)
    await form.show(context, {"representative": likely, "who": comes, "reference": answering.reference})
