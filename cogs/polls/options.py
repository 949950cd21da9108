"""The answers of a poll, written for people."""

from typing import Final

from bot.texts import Reader, escaped
from storage.poll_models import PollOption, PollPlan

_ROOM: Final = 3000
"""Characters for a list of options in a card, which holds 6,000 in all."""
_SHORTEST: Final = 24


def option_text(option: PollOption, reader: Reader, zone: str) -> str:
    """Write an option in markdown: a date as a stamp, with the time in the poll's zone beside it."""
    return reader.stamp(option.at, zone) if option.at is not None else escaped(option.text)


def option_label(option: PollOption, reader: Reader) -> str:
    """Write an option where markdown does not render: a date in the reader's own zone, named."""
    return reader.moment(option.at) if option.at is not None else option.text


def shortened(option: PollOption, plan: PollPlan, reader: Reader) -> str:
    """Write an option in markdown, cut so that all the options of the poll fit into one card."""
    if option.at is not None:
        return reader.stamp(option.at, plan.timezone)
    most = max(_SHORTEST, _ROOM // len(plan.options))
    return escaped(option.text if len(option.text) <= most else f"{option.text[: most - 1]}…")
