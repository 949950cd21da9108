"""What the rows of workshop topics mean."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

TopicLevel = Literal["national", "sub_regional", "regional", "global"]
TopicFormat = Literal["plenary", "case_study", "workshop"]
TopicState = Literal["proposed", "listed", "declined", "withdrawn", "merged"]
TOPIC_LEVELS: Final[tuple[TopicLevel, ...]] = get_args(TopicLevel)
TOPIC_FORMATS: Final[tuple[TopicFormat, ...]] = get_args(TopicFormat)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic proposed for a workshop by a person of a delegation; ``support`` is how many delegations want it."""

    id: int
    guild_id: int
    delegation_id: int
    person_id: int
    title: str
    level: TopicLevel
    format: TopicFormat
    description: str = ""
    state: TopicState = "proposed"
    merged_into: int | None = None
    support: int = 0
