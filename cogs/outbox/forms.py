from collections.abc import Sequence
from typing import ClassVar, Final

from bot.errors import UserError
from bot.labels import REGIONS
from bot.outbox import PEOPLE, Request
from bot.previews.preview import ask_to_send
from bot.texts import Reader, Text, t
from bot.ui import Context, Field, Form, Values
from cogs.outbox.messages import KIND, SUBJECT
from cogs.outbox.queries import meeting_for
from cogs.outbox.sentences import AUDIENCES

LONGEST: Final = 3500
"""Characters of a message: with its heading it fits one card."""


class MessageForm(Form):
    """A message and whom it is for, where it was not given with the command or is to be corrected."""

    kind: ClassVar[str] = "message"
    title: ClassVar[Text] = t("A message to several people")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the same for every reader
        """Return what the command asks for."""
        only = t("Only where a regional group gets it")
        return [
            Field("audience", t("Who receives it, one by one"), choices=list(AUDIENCES.items())),
            Field("region", AUDIENCES["region"], required=False, placeholder=only, choices=list(REGIONS.items())),
            Field(
                "meeting",
                t("Which meeting"),
                required=False,
                max_length=100,
                placeholder=t("Only for those coming to one, or without an answer to it"),
            ),
            Field("text", t("What to say"), long=True, max_length=LONGEST),
        ]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Show what would be sent, to whom. Raises UserError for an empty text, and for a stray region or meeting."""
        audience, region, text = values["audience"], values["region"] or None, values["text"].strip()
        if audience == "region" and region is None:
            raise UserError(t("Which regional group? Choose it in the option {option}.", option="region"))
        if audience != "region" and region is not None:
            raise UserError(
                t(
                    "This would go beyond the regional group: choose *{audience}* as audience, or leave the option"
                    " *region* out.",
                    audience=AUDIENCES["region"],
                )
            )
        if not text:
            raise UserError(t("The message is empty: write what you want to say."))
        services = context.services
        meeting = await meeting_for(context, audience, values["meeting"].strip())
        meeting_id = meeting.id if meeting is not None else None
        async with context.write() as tx:
            message_id = await services.messages.add(tx, context.guild_id, audience, region, text, meeting_id)
        request = Request(SUBJECT, message_id, KIND, PEOPLE)
        await ask_to_send(context, request, corrections=[self.correction()], typed=values)
