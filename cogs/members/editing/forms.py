"""A person's entry as the secretariat corrects it."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.audit_labels import FIELDS
from bot.commands import Command
from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.texts import Listing, Reader, Text, t
from bot.timeparse import parse_zone
from bot.ui import Context, Field, Form, Values, Word
from cogs.members.member import Member, member_typed
from cogs.members.own_entry.fields import read_typed, two_lines
from cogs.members.posts.post import cleaned, name_typed, seat_of
from storage.members.models import Appointment, Person

_Changes = dict[str, str | tuple[str, ...] | bool | None]


YES: Final = "yes"
NO: Final = "no"


class EditForm(Form):
    """Its arguments are the delegation's code, the person's id, and what was chosen beside it ("": nothing).

    That is the language of their e-mails, and whether they want any (:data:`YES` or :data:`NO`).
    """

    kind = "member_edit"
    takes = (Word, int, Word, Word)
    title = t("Correct an entry")

    @classmethod
    async def begin(
        cls,
        context: Context,
        delegation: str,
        person: str,
        given: Mapping[str, str | None],
        language: str | None,
        email_allowed: bool | None,
    ) -> None:
        """Act on what was ``given`` with the command; open the form where nothing was. Raises UserError."""
        seat = await delegation_typed(context.services, context.asker, delegation)
        member = await member_typed(context, seat, person)
        wants_email = "" if email_allowed is None else YES if email_allowed else NO
        form = cls(seat.code, str(member.person.id), language or "", wants_email)
        typed = {name: value for name, value in given.items() if value is not None}
        values = _present(member, typed)
        if typed or language or wants_email:
            await form.submit(context, values)
        else:
            await form.show(context, values)

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the form is the same for all
        """Ask for the person, the post in two lines, and how the person is reached."""
        return [
            Field("name", t("Name, as the delegation writes it"), required=False, max_length=100),
            Field("post", t("Title, and below it the ministry"), required=False, long=True, max_length=400),
            Field("email", t("E-mail"), required=False, max_length=254),
            Field("phone", t("Telephone"), required=False, max_length=40),
            Field("timezone", t("A large city in the person's time zone"), required=False, max_length=60),
        ]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Write what differs, and say what that was. Raises UserError."""
        code, person_id, language, wants_email = self.arguments
        seat = await delegation_typed(context.services, context.asker, code)
        member = await member_typed(context, seat, person_id)
        person, post = member.person, member.posts[0]
        read = _read(values, person, language, context.reader)
        if wants_email:
            read["email_allowed"] = wants_email == YES
        wants_nothing = wants_email == YES and person.channel == "none"
        if wants_nothing and person.account_id is None:
            read["channel"] = "not_asked"
        about_person = _differing(person, read)
        title, ministry = two_lines(values["post"])
        about_post = _differing(post, {"title": title, "ministry": ministry})
        is_used_again = person.email_returned_at is not None and values["email"].strip() == person.email != ""
        chose_nothing = _CHOSE_NOTHING if wants_nothing and person.account_id is not None else None
        if not about_person and not about_post and not is_used_again:
            nothing = t("Nothing differs from what the directory says: nothing was changed.")
            raise UserError(chose_nothing or nothing)
        await _write(context, member, about_person, about_post, is_used_again=is_used_again)
        said = [_said(context, member, [*about_person, *about_post], is_used_again=is_used_again)]
        said += [context.say(chose_nothing)] if chose_nothing is not None else []
        await context.put(" ".join(said))


_CHOSE_NOTHING: Final = t(
    "This person has chosen that the bot does not write to them, so no e-mails are sent: they can change that with"
    " {command}.",
    command=Command("settings reminders"),
)


def _present(member: Member, typed: Mapping[str, str]) -> Values:
    """Return what the form shows: what was typed, else what the directory has."""
    person, post = member.person, member.posts[0]
    title, ministry = typed.get("title", post.title), typed.get("ministry", post.ministry)
    return {
        "name": typed.get("name", person.name),
        "post": f"{title}\n{ministry}",
        "email": typed.get("email", person.email),
        "phone": typed.get("phone", person.phone),
        "timezone": typed.get("timezone", person.timezone or ""),
    }


def _read(values: Values, person: Person, language: str, reader: Reader) -> _Changes:
    """Read what was typed about the person; a name that is left empty stays as it is. Raises UserError."""
    zone = cleaned(values["timezone"])
    read: _Changes = {"name": name_typed(values["name"]) if cleaned(values["name"]) else person.name}
    for column in ("email", "phone"):
        typed = cleaned(values[column])
        read[column] = str(read_typed(column, typed)) if typed else ""
    read["timezone"] = parse_zone(zone, reader.language) if zone else None
    if language:
        read["languages"] = (language, *(code for code in person.languages if code != language))
    return read


def _differing(record: Person | Appointment, values: _Changes) -> _Changes:
    return {name: value for name, value in values.items() if getattr(record, name) != value}


async def _write(
    context: Context, member: Member, about_person: _Changes, about_post: _Changes, *, is_used_again: bool
) -> None:
    services, guild_id, person = context.services, context.guild_id, member.person
    async with context.write() as tx:
        if about_person:
            await services.members.change_person(tx, guild_id, person.id, **about_person)
        if about_post:
            title, ministry = about_post.get("title"), about_post.get("ministry")
            texts = {"title": title, "ministry": ministry}
            changed = {name: str(text) for name, text in texts.items() if text is not None}
            await services.members.change_appointment(tx, guild_id, member.posts[0].id, **changed)
        if is_used_again:
            await services.unreached.use_addresses_again(tx, guild_id, [person.id])
            await tx.audit(guild_id, "change", "person", person.id, ("email_returned_at",))
        # Another address: what did not reach the person is looked at again.
        services.outbox.wake(tx, services.clock.now())


def _said(context: Context, member: Member, changed: Sequence[str], *, is_used_again: bool) -> str:
    named = {"person": member.name(context.reader), "delegation": seat_of(member.delegation, context)}
    said: list[Text] = []
    if changed:
        fields = Listing(FIELDS[name] for name in changed)
        said.append(t("{person} of {delegation} is corrected: {fields}.", **named, fields=fields))
    if is_used_again:
        said.append(t("The e-mail address of {person} of {delegation} is in use again.", **named))
    if is_used_again or {"email", "email_allowed"} & set(changed):
        said.append(
            t("{command} shows the messages that did not reach the person before.", command=Command("outbox unreached"))
        )
    return " ".join(context.say(text) for text in said)
