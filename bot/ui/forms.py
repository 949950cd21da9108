from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import discord
from discord import ui

from bot.errors import UserError
from bot.texts import Reader, Text, t
from bot.ui.context import FORMS_KEPT, VALUES_KEPT, Context
from bot.ui.plain_buttons import CORRECT, Correction, in_network
from bot.ui.state import ForgedStateError, checked, number_of

PREFIX: Final = "form"
OPEN_FORM: Final = t("Open the form")
PRESS_TO_OPEN: Final = t("Many people are using the bot at this moment. Press the button to open the form.")
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form. ``choices`` (value and name) makes it a list to pick from instead of a text."""

    key: str
    label: Text
    required: bool = True
    long: bool = False
    max_length: int = 4000
    placeholder: Text | None = None
    choices: Sequence[tuple[str, Text]] = ()


class Form:
    """A form (Discord's modal) that comes back filled in when something in it is wrong, also after a restart.

    A subclass gives its ``kind`` (unique in the bot), ``title``, ``fields``, and what happens ``on_submit``; a ``note``
    is said above the fields.
    ``arguments`` are what the form is about (a row's id), kept in its ``custom_id``; what each is stands in ``takes``,
    as the parts of a button's are annotated. Who may send it is in :data:`bot.access.FORMS`, by ``kind``.
    ``is_urgent``: it does not wait until others are answered.
    """

    kind: ClassVar[str]
    takes: ClassVar[tuple[object, ...]] = ()
    title: ClassVar[Text]
    note: ClassVar[Text | None] = None
    is_urgent: ClassVar[bool] = False
    classes: ClassVar[dict[str, type["Form"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # What several forms share has no kind of its own.
        if "kind" in vars(cls):
            Form.classes[cls.kind] = cls

    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments
        self.draft_id = 0
        """The draft that the form goes on from (0: none): what it makes of it takes the draft's place."""

    def fields(self, reader: Reader) -> Sequence[Field]:
        """Return the form's lines, five at most."""
        raise NotImplementedError(type(self).__name__)

    def introduction(self) -> Text | None:
        """Return what is said above the fields: the ``note``, where that does not depend on what the form is about."""
        return self.note

    def number(self, place: int) -> int:
        """Return the argument at ``place`` as the id that it is. Raises ForgedStateError."""
        return number_of(self.arguments[place])

    def received(self, reader: Reader, typed: Values) -> Values:
        """Return what a client has typed into each field; "" where it sent nothing.

        Raises ForgedStateError for a form that the bot cannot have shown.
        """
        self.arguments = checked(self.takes, self.arguments)
        lines = self.fields(reader)
        values = {line.key: typed.get(line.key, "") for line in lines}
        if not all(_can_be_sent(line, values[line.key]) for line in lines):
            raise ForgedStateError
        return values

    async def on_submit(self, context: Context, values: Values) -> None:
        """Act on what was typed. A UserError brings the form back with its *Correct* button."""
        raise NotImplementedError(type(self).__name__)

    async def submit(self, context: Context, values: Values) -> None:
        """Act on ``values`` as if they had just been typed into the form; what is wrong can be corrected in it."""
        try:
            await self.on_submit(context, values)
        except UserError as error:
            await self.correct(context, values, error.text)

    async def correct(self, context: Context, values: Values, problem: Text) -> None:
        """Say what is wrong, and keep what was typed behind *Correct*."""
        await context.offer_correction(self.correction(), values, problem)

    def correction(self, label: Text = CORRECT, style: discord.ButtonStyle = discord.ButtonStyle.primary) -> Correction:
        """Return the form as a button of a preview, which opens it filled in with what was typed so far."""
        return Correction(self.kind, self.arguments, label, style)

    async def show_kept(self, context: Context, typed: Values) -> None:
        """Open the form, whose fields show some of what was ``typed``; the rest is kept until it comes back."""
        kept = {FORMS_KEPT: {self.kind: list(self.arguments)}, VALUES_KEPT: dict(typed)}
        self.draft_id = await context.keep_draft(self.kind, kept)
        await self.show(context, typed)

    async def show(self, context: Context, values: Values | None = None) -> None:
        """Open the form, filled in with ``values`` by field key; where that is too late, show a button that does.

        Discord opens forms only in the first three seconds, and as the first thing that is answered.
        """
        if context.interaction.response.is_done():
            await context.offer_correction(self.correction(OPEN_FORM), values or {}, PRESS_TO_OPEN)
            return
        modal = self.modal(context.reader, values or {})
        if context.is_direct:
            modal.custom_id = in_network(context.guild_id, modal.custom_id) or modal.custom_id
        await context.interaction.response.send_modal(modal)

    def modal(self, reader: Reader, values: Values) -> ui.Modal:
        """Build Discord's modal, filled in."""
        prefix = f"{PREFIX}@{self.draft_id}" if self.draft_id else PREFIX
        custom_id = ":".join((prefix, self.kind, *self.arguments))
        modal = ui.Modal(title=reader.label(self.title), custom_id=custom_id, timeout=900)
        if (introduction := self.introduction()) is not None:
            modal.add_item(ui.TextDisplay(reader.say(introduction)))
        for line in self.fields(reader):
            modal.add_item(ui.Label(text=reader.label(line.label), component=_component(line, reader, values)))
        return modal


def _can_be_sent(line: Field, value: str) -> bool:
    if line.choices:
        return value in {key for key, _ in line.choices} or (not value and not line.required)
    return len(value) <= line.max_length


def _component(line: Field, reader: Reader, values: Values) -> ui.Item[Any]:
    value = values.get(line.key, "")
    placeholder = reader.label(line.placeholder) if line.placeholder else None
    if line.choices:
        options = [
            discord.SelectOption(label=reader.label(name), value=key, default=key == value)
            for key, name in line.choices
        ]
        return ui.Select(
            custom_id=line.key,
            options=options,
            placeholder=placeholder,
            required=line.required,
            min_values=1 if line.required else 0,
        )
    return ui.TextInput(
        custom_id=line.key,
        style=discord.TextStyle.long if line.long else discord.TextStyle.short,
        required=line.required,
        max_length=line.max_length,
        default=value or None,
        placeholder=placeholder,
    )


def form_of(kind: str, arguments: Sequence[str]) -> Form | None:
    """Return the form of that kind, or None when this version has no such form."""
    found = Form.classes.get(kind)
    return found(*arguments) if found is not None else None
