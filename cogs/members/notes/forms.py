"""The form of a hand-over note."""

from typing import Final

from bot import retention
from bot.errors import UserError
from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values, plain_button, stored_view
from cogs.members.notes.queries import require_writable
from cogs.members.notes.rules import LONGEST

DELETE: Final = "note:delete:{}:{}"
"""The ``custom_id`` of *Delete my note*, by network and appointment."""


class NoteForm(Form):
    """Its argument is the appointment that the note is of."""

    kind = "handover_note"
    takes = (int,)
    title = t("Hand-over note")

    def fields(self, reader: Reader) -> list[Field]:  # noqa: ARG002 - the form is the same for all
        """Ask for the note, and for nothing about situations or persons."""
        hint = t("Contacts, files, next steps: nothing about country situations or about persons, please.")
        return [
            Field("text", t("For the person who follows you"), long=True, max_length=LONGEST, placeholder=hint),
        ]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Keep the note, and say who reads it and for how long."""
        appointment_id = self.number(0)
        person = await require_writable(context, appointment_id)
        text = values.get("text", "").strip()
        if not text:
            raise UserError(t("The note is empty: write something, or leave it."))
        async with context.write() as tx:
            await context.services.handover_notes.write(tx, context.guild_id, appointment_id, person.id, text)
        said = t(
            "Your note is saved. Only the people of your delegation can read it, and only here on Discord. It is"
            " deleted {period} after your successor has read it, and you can delete it at any time.",
            period=retention.named(retention.HANDOVER_NOTES),
        )
        button = plain_button(DELETE.format(context.guild_id, appointment_id), context.label(t("Delete my note")))
        await context.answer(said, view=stored_view([button]))
