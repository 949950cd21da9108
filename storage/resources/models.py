"""What the rows of the shelf mean; instants are aware UTC datetimes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, get_args

Category = Literal["norm", "manual", "practice", "research", "meeting", "statement", "decision", "network", "training"]
ResourceVisibility = Literal["public", "members"]
ResourceState = Literal["shelved", "suggested", "declined", "removed"]

CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)
RESOURCE_VISIBILITIES: Final[tuple[ResourceVisibility, ...]] = get_args(ResourceVisibility)


@dataclass(frozen=True, slots=True)
class NewResource:
    """A link for the shelf. ``language`` is an ISO 639 code (None: not said), ``published`` where it appeared.

    ``descriptions`` are by working language. ``meeting_id`` is the meeting that it belongs to, or None.
    """

    url: str
    title: str
    category: Category
    language: str | None = None
    year: int | None = None
    authors: tuple[str, ...] = ()
    published: str = ""
    doi: str = ""
    tags: tuple[str, ...] = ()
    descriptions: Mapping[str, str] = field(default_factory=dict[str, str])
    visibility: ResourceVisibility = "public"
    meeting_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(NewResource):
    """A link on the shelf, suggested for it, declined, or taken off it.

    ``suggested_by`` is the person who suggested it (None: nobody, or unknown), ``reason`` why it was declined.
    """

    id: int
    guild_id: int
    state: ResourceState
    added_at: datetime
    suggested_by: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SearchText:
    """A resource as the search sees it: folded words, parted by spaces, and their stems."""

    title: str
    authors: str
    tags: str
    category: str
    year: str
    published: str
    description: str
    title_stems: str
    stems: str


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """One word of a question: it answers to a word with one of the ``beginnings``, to an ``exact`` one, or by stem."""

    word: str
    beginnings: tuple[str, ...]
    exact: tuple[str, ...]
    stems: tuple[str, ...]
