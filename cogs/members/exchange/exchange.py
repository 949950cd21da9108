"""The directory as a CSV file: its columns, and what stands in them."""

from collections.abc import Iterator
from typing import Final

from bot.commands import Command
from bot.csvfiles import Sheet
from bot.texts import t
from storage.members.models import Directory, Holder

COLUMNS: Final = (
    "delegation",
    "name",
    "role",
    "title",
    "ministry",
    "email",
    "phone",
    "languages",
    "expertise",
    "timezone",
    "visibility",
    "starts_on",
    "ends_on",
    "discord_user_id",
    "place",
)
LIST_SEPARATOR: Final = ";"

SHEET: Final = Sheet(
    COLUMNS,
    Command("member export"),
    t("This file has a header and no rows below it: add a row for each appointment."),
    added=("place",),
)


def values_of(code: str, holder: Holder | None) -> tuple[str, ...]:
    """Return the cells of an appointment, before guarding; without ``holder`` those of a vacant seat."""
    if holder is None:
        return (code, *[""] * (len(COLUMNS) - 1))
    person, post = holder.person, holder.appointment
    return (
        code,
        person.name,
        post.role,
        post.title,
        post.ministry,
        person.email,
        person.phone,
        LIST_SEPARATOR.join(person.languages),
        LIST_SEPARATOR.join(person.expertise),
        person.timezone or "",
        person.visibility,
        post.starts_on.isoformat(),
        post.ends_on.isoformat() if post.ends_on else "",
        str(person.account_id) if person.account_id is not None else "",
        post.place or "",
    )


def all_values(directory: Directory) -> Iterator[tuple[str, ...]]:
    """Yield the cells of every appointment, seat by seat, and of every seat that nobody has ever held."""
    codes = {delegation.id: delegation.code for delegation in directory.delegations}
    held: dict[str, list[Holder]] = {code: [] for code in codes.values()}
    for holder in directory.holders:
        held[codes[holder.appointment.delegation_id]].append(holder)
    for code, holders in held.items():
        yield from (values_of(code, holder) for holder in holders) if holders else [values_of(code, None)]
