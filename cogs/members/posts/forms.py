"""Who is to hold a post, as a command's options say it; what is wrong with them comes back as a form, filled in."""

from collections.abc import Sequence
from typing import Literal, cast

from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values, Word
from cogs.members.posts import appoint, handover
from cogs.members.posts.post import PostOptions, check_place
from storage.members.models import Delegation, Place, Role


class SomebodyForm(Form):
    """Its arguments are the delegation's code, the role, the account (0: none) and a mission's place ("": not said)."""

    takes = (Word, Role, int, Literal["", Place])
    title = t("Who is to hold the post")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the same for every reader
        """Return what was typed of the person and the term."""
        return [
            Field("name", t("Name, as the delegation writes it"), max_length=100),
            Field("title", t("The person's title"), required=False, max_length=200),
            Field("ministry", t("Ministry or office"), required=False, max_length=200),
            Field("starts_on", t("First day, such as 2027-03-12"), required=False, max_length=100),
        ]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Go on as the command does."""
        code, role, account_id, place = self.arguments
        options = {key: values.get(key, "").strip() or None for key in ("title", "ministry", "starts_on", "ends_on")}
        typed = PostOptions(values["name"], int(account_id) or None, **options, place=cast(Place | None, place or None))
        await self.act(context, await self.seat(context, code), cast(Role, role), typed)

    async def seat(self, context: Context, typed: str) -> Delegation:
        """Return the delegation that is meant. Raises UserError, which the form cannot put right."""
        return await delegation_typed(context.services, context.asker, typed)

    async def act(self, context: Context, delegation: Delegation, role: Role, typed: PostOptions) -> None:
        """Do what the command is for. Raises UserError."""
        raise NotImplementedError(type(self).__name__)


class AppointForm(SomebodyForm):
    """Of ``/member appoint``."""

    kind = "appoint"

    def fields(self, reader: Reader) -> Sequence[Field]:
        """Return also the last day."""
        last = Field("ends_on", t("Last day, where it is known"), required=False, max_length=100)
        return [*super().fields(reader), last]

    async def seat(self, context: Context, typed: str) -> Delegation:
        """Return the delegation, which may be a state that has no seat yet."""
        return await appoint.seat_typed(context, typed)

    async def act(self, context: Context, delegation: Delegation, role: Role, typed: PostOptions) -> None:
        """Appoint."""
        await appoint.appoint(context, delegation, role, typed)


class HandOverForm(SomebodyForm):
    """Of ``/member handover``."""

    kind = "hand_over"
    takes = (Word, Literal["focal_point"], int, Literal[""])

    async def act(self, context: Context, delegation: Delegation, role: Role, typed: PostOptions) -> None:
        """Ask whether one follows the other."""
        assert role == "focal_point", "only focal points hand over"  # noqa: S101 - as the command says
        await handover.hand_over(context, delegation, typed)


async def submit(context: Context, form: type[SomebodyForm], delegation: str, role: Role, options: PostOptions) -> None:
    """Do what a command's options ask for; where something is wrong with them, say what and offer the form."""
    # The form has no field for the place: it could not be corrected there.
    check_place(role, options.place)
    seat = await form().seat(context, delegation)
    somebody = form(seat.code, role, str(options.account_id or 0), options.place or "")
    try:
        await somebody.act(context, seat, role, options)
    except UserError as error:
        typed = {
            "name": options.name,
            "title": options.title,
            "ministry": options.ministry,
            "starts_on": options.starts_on,
            "ends_on": options.ends_on,
        }
        values = {key: text for key, text in typed.items() if text is not None}
        await somebody.correct(context, values, error.text)
