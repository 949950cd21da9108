"""The message that says which generation has taken over: made, and read back from what Discord keeps. No I/O."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

import discord

from bot.texts import Reader, t

_FORM: Final = re.compile(r"generation:(\d{1,9}):([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Claim:
    """A message of ours with the id ``message_id``: a copy has taken over as generation ``number``."""

    number: int
    holder: str
    message_id: int

    @property
    def rank(self) -> tuple[int, int]:
        """The higher generation comes before the lower; of two that took over at once, the first to say so."""
        return (self.number, -self.message_id)


def claim_in(payload: Mapping[str, Any], account_id: int) -> Claim | None:
    """Return the claim that a message of Discord's carries, if the bot's own account wrote it.

    It is in a button, which only the bot's code makes: a text may quote anything.
    """
    if int(payload["author"]["id"]) != account_id:
        return None
    for row in cast(Sequence[Mapping[str, Any]], payload.get("components", ())):
        for part in cast(Sequence[Mapping[str, Any]], row.get("components", ())):
            if found := _FORM.fullmatch(str(part.get("custom_id", ""))):
                return Claim(int(found[1]), found[2], int(payload["id"]))
    return None


def claiming(number: int, holder: str, reader: Reader) -> discord.ui.View:
    """Return the button, which cannot be pressed, by which a claim is known again."""
    view = discord.ui.View(timeout=None)
    label = reader.label(t("Copy {number}", number=number))
    view.add_item(discord.ui.Button(label=label, custom_id=f"generation:{number}:{holder}", disabled=True))
    # Nobody can press it, so nothing waits for it.
    view.stop()
    return view


def sentence(lost_from: datetime | None, until: datetime, reader: Reader) -> str:
    """Return what the message says: what is lost (from when; None: unknown), and why it is to stay."""
    lost = (
        t(
            "The bot now runs on a copy of its database. What was entered or changed between {start} and {end} is"
            " lost: please check it, and enter it again where it is missing.",
            start=reader.stamp(lost_from),
            end=reader.stamp(until),
        )
        if lost_from is not None
        else t("The bot now runs on a copy of its database. Please check what was entered or changed last.")
    )
    stays = t(
        "Please leave this message here: while it is here, a bot on an older copy sends nothing and answers nobody."
    )
    return f"{reader.say(lost)}\n{reader.say(stays)}"
