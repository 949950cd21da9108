from typing import Final, Literal

EventState = Literal["", "refused", "gone"]
"""What is out of step with Discord's scheduled event of a record: Discord refused it, or somebody deleted it."""
EVENT_STATES: Final[tuple[EventState, ...]] = ("", "refused", "gone")
