"""The forms of one's own entry, and the buttons that open them: here too, because each form shows them again."""

from typing import Any, Final, Literal, cast

from discord import ui

from bot.access import FORMS
from bot.commands import Command
from bot.errors import UserError
from bot.names.delegation_names import called
from bot.texts import Reader, t
from bot.timeparse import parse_zone
from bot.ui import Context, Field, Form, PersistentButton, Values, authorise, stored_view
from cogs.members.notes.buttons import note_button
from cogs.members.own_entry.cards import own_card
from cogs.members.own_entry.fields import read_typed, two_lines
from cogs.members.own_entry.queries import own_entry, own_person, own_post
from cogs.members.own_entry.rules import OwnEntry, main_post
from cogs.members.posts.post import cleaned
from cogs.members.sentences import ROLES, VISIBILITIES
from cogs.members.welcome.cards import entered_by
from cogs.members.welcome.queries import nominator_of
from storage.members.models import Appointment

_FURTHER: Final = 20
"""Buttons for further posts: with those of the entry, a message holds 25."""


class OwnEntryButton(PersistentButton, custom_id="me:{what}"):
    """*Edit my entry* and *Edit my contact details* below one's own card; *My data* leads to it from elsewhere."""

    what: Literal["entry", "contact", "card"]

    async def on_press(self, context: Context) -> None:
        """Open the form with what the directory says, or show the card with who entered it."""
        person, reader = own_person(context.asker), context.reader
        if self.what == "card":
            await _show_data(context)
            return
        if self.what == "contact":
            await ContactForm().show(context, {"email": person.email, "phone": person.phone})
            return
        post = main_post(context.asker.appointments)
        values = {
            "post": _two_line_text(post),
            "languages": "; ".join(reader.language_name(code) for code in person.languages),
            "expertise": "; ".join(person.expertise),
            "timezone": person.timezone or "",
            "visibility": person.visibility,
        }
        await EntryForm(str(post.id)).show(context, values)


async def _show_data(context: Context) -> None:
    """Show one's own entry, and who entered it; in a direct message, which stays, only the latter."""
    entry = await own_entry(context)
    said = [context.say(entered_by(await nominator_of(context.services, context.guild_id, entry.person.id)))]
    if context.is_direct:
        hint = t("What the directory says about you is shown on the server: {command}", command=Command("member me"))
        await context.answer("\n".join([*said, context.say(hint)]), view=stored_view([context.server_button()]))
        return
    buttons = own_buttons(entry, context.reader)
    view = stored_view(buttons) if buttons else None
    await context.answer(said[0], embed=own_card(entry, context.reader), view=view)


class OwnPostButton(PersistentButton, custom_id="me:post:{appointment_id}"):
    """*Edit my post for Sweden* below the card of a person with several: the first post is in the entry."""

    appointment_id: int

    async def on_press(self, context: Context) -> None:
        """Open the form with what the directory says."""
        post = own_post(context.asker, self.appointment_id)
        await PostForm(str(post.id)).show(context, {"post": _two_line_text(post)})


def own_buttons(entry: OwnEntry, reader: Reader) -> list[ui.Item[Any]]:
    """Return the buttons below one's own card; none for those who hold no post."""
    if not entry.posts:
        return []
    main = main_post([post for post, _ in entry.posts])
    further = [
        OwnPostButton(post.id).labelled(
            reader.label(
                t(
                    "Edit my post: {role}, {delegation}",
                    role=ROLES[post.role],
                    delegation=called(delegation, reader.language),
                )
            )[:80]
        )
        for post, delegation in entry.posts
        if post.id != main.id
    ]
    return [
        OwnEntryButton("entry").labelled(reader.label(t("Edit my entry"))),
        OwnEntryButton("contact").labelled(reader.label(t("Edit my contact details"))),
        note_button(entry.person.guild_id, reader),
        *further[:_FURTHER],
    ]


def _two_line_text(post: Appointment) -> str:
    return f"{post.title}\n{post.ministry}"


class EntryForm(Form):
    """Title and ministry share one field, on two lines: Discord's forms have five fields, and six are asked for.

    Its argument is the id of the appointment that they are of.
    """

    kind = "my_entry"
    takes = (int,)
    title = t("Your entry in the directory")

    def fields(self, reader: Reader) -> list[Field]:  # noqa: ARG002 - the form is the same for all
        """Ask for the post, what one speaks and knows, where one is, and who sees how to reach one."""
        listed = t("Separated by commas or semicolons")
        return [
            Field("post", t("Title, and below it the ministry"), required=False, long=True, max_length=400),
            Field("languages", t("Languages you speak"), required=False, max_length=300, placeholder=listed),
            Field("expertise", t("Expertise"), required=False, max_length=600, placeholder=listed),
            Field("timezone", t("A large city in your time zone"), required=False, max_length=60),
            Field(
                "visibility",
                t("Who sees your contact details"),
                choices=[(value, name) for value, name in VISIBILITIES.items()],
            ),
        ]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Write what differs, and show the card again."""
        person, post = own_person(context.asker), own_post(context.asker, self.number(0))
        title, ministry = two_lines(values.get("post", ""))
        zone = cleaned(values.get("timezone"))
        parsed: dict[str, str | tuple[str, ...] | None] = {
            "languages": _read("languages", values),
            "expertise": _read("expertise", values),
            "timezone": parse_zone(zone, context.reader.language) if zone else None,
            "visibility": values.get("visibility") or person.visibility,
        }
        about_post = {"title": title, "ministry": ministry}
        changed = {name: value for name, value in parsed.items() if getattr(person, name) != value}
        moved = {name: value for name, value in about_post.items() if getattr(post, name) != value}
        if not changed and not moved:
            raise UserError(t("Nothing differs from what the directory says: nothing was changed."))
        async with context.write() as tx:
            if changed:
                await context.services.members.change_person(tx, context.guild_id, person.id, **changed)
            if moved:
                await context.services.members.change_appointment(tx, context.guild_id, post.id, **moved)
        await _show_again(context)


class PostForm(Form):
    """Title and ministry of one post; its argument is the appointment's id."""

    kind = "my_post"
    takes = (int,)
    title = t("Your post")

    def fields(self, reader: Reader) -> list[Field]:  # noqa: ARG002 - the form is the same for all
        """Ask for both in one field, as the entry does."""
        return [Field("post", t("Title, and below it the ministry"), required=False, long=True, max_length=400)]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Write what differs, and show the card again."""
        post = own_post(context.asker, self.number(0))
        title, ministry = two_lines(values.get("post", ""))
        if (title, ministry) == (post.title, post.ministry):
            raise UserError(t("Nothing differs from what the directory says: nothing was changed."))
        async with context.write() as tx:
            await context.services.members.change_appointment(
                tx, context.guild_id, post.id, title=title, ministry=ministry
            )
        await _show_again(context)


def _read(column: str, values: Values) -> tuple[str, ...]:
    typed = cleaned(values.get(column)).replace(",", ";")
    return cast(tuple[str, ...], read_typed(column, typed)) if typed else ()


class ContactForm(Form):
    """How one can be reached; who sees it is chosen in the other form."""

    kind = "my_contact"
    title = t("Your contact details")

    def fields(self, reader: Reader) -> list[Field]:  # noqa: ARG002 - the form is the same for all
        """Ask for the address and the number."""
        return [
            Field("email", t("E-mail"), required=False, max_length=254),
            Field("phone", t("Telephone"), required=False, max_length=40),
        ]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Write both, and show the card again."""
        person = own_person(context.asker)
        typed = {column: cleaned(values.get(column)) for column in ("email", "phone")}
        read = {column: str(read_typed(column, text)) if text else "" for column, text in typed.items()}
        async with context.write() as tx:
            await context.services.members.change_person(tx, context.guild_id, person.id, **read)
            # Another address: what did not reach the person is looked at again.
            context.services.outbox.wake(tx, context.services.clock.now())
        await _show_again(context)


async def _show_again(context: Context) -> None:
    # What was written may be about the asker's own name or zone: who asks is worked out again.
    context = await authorise(context.interaction, FORMS[EntryForm.kind])
    entry = await own_entry(context)
    view = stored_view(own_buttons(entry, context.reader))
    said = t("The directory now says this about you.")
    await context.answer(said, embed=own_card(entry, context.reader), view=view)
