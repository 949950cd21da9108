from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.clock import Clock
from bot.commands import Command
from bot.errors import NotFoundError, UserError
from bot.shelf.addresses import comparison_key, normalised
from bot.shelf.initial_resources import initial_resources
from bot.shelf.words import asks_for_the_newest, search_text, term, terms
from bot.texts import t
from storage.database import Database, Transaction
from storage.meetings.models import Meeting
from storage.resources.models import Category, NewResource, Resource, ResourceState, SearchTerm
from storage.resources.resources import FIELDS, OnTheShelfError, ResourcesRepository
from storage.resources.search import Order, ResourceSearch, Scope

ON_A_PAGE: Final = 10
_CHOICES: Final = 25
_COMPARED: Final = 100
"""Links that are compared while somebody types, the latest: where more answer, the next letters tell."""
_SLIPS: Final = ((7, 2), (4, 1))
_NEAREST: Final = 3


class DuplicateError(Exception):
    """The page is on the shelf, or suggested for it, already: as ``resource``."""

    def __init__(self, resource: Resource) -> None:
        super().__init__(resource.url)
        self.resource = resource


class Answers(Enum):
    """How well what was found answers the question."""

    FULLY = "every word is in it"
    NEARLY = "every word is in it once slips of the pen are put right"
    PARTLY = "some of the words are in it"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the shelf. ``total`` counts all pages, ``terms`` are the words to mark."""

    resources: Sequence[Resource]
    total: int
    offset: int = 0
    terms: Sequence[SearchTerm] = ()
    answers: Answers = Answers.FULLY

    @property
    def page(self) -> int:
        """The page's number, from 0."""
        return self.offset // ON_A_PAGE

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // ON_A_PAGE)


class Shelf:
    """Each network's shelf of links: looked through, filled, and opened with the first of them when first used."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.resources = ResourcesRepository(database)
        self._search = ResourceSearch(database)

    async def scope(
        self, guild_id: int, *, for_members: bool, category: Category | None = None, language: str | None = None
    ) -> Scope:
        """Return what to look through, opening the shelf if need be; without ``for_members`` only what is public."""
        if not await self.resources.is_open(guild_id):
            async with self._database.transaction(self._clock.now()) as tx:
                await self._open_within(tx, guild_id)
        return Scope(guild_id, for_members, category, language)

    async def _open_within(self, tx: Transaction, guild_id: int) -> None:
        first = ((new, comparison_key(new.url), search_text(new)) for new in initial_resources())
        await self.resources.open_shelf(tx, guild_id, first)

    # Looking

    async def browse(self, scope: Scope, page: int = 0) -> Found:
        """Return a page of everything in ``scope``, newest first; past the end, the last page."""
        found = await self._newest(scope, page)
        return found if found.resources or not page else await self._newest(scope, 0)

    async def _newest(self, scope: Scope, page: int) -> Found:
        resources, total = await self._search.newest(scope, limit=ON_A_PAGE, offset=page * ON_A_PAGE)
        return Found(resources, total, page * ON_A_PAGE)

    async def search(self, scope: Scope, question: str, page: int = 0) -> Found:
        """Return a page of what answers to ``question``, best first: fully, else nearly, else partly.

        Raises UserError when there is no letter and no figure in the question.
        """
        sought = terms(question)
        if not sought and asks_for_the_newest(question):
            return await self.browse(scope, page)
        if not sought:
            raise UserError(
                t("There is no word in that to look for: type one or two from the title, an author or a year.")
            )
        newest = asks_for_the_newest(question)
        found = await self._matching(scope, sought, page, Answers.FULLY, newest)
        if found.total:
            return found
        corrected = await self._corrected(scope, sought)
        if corrected != sought:
            found = await self._matching(scope, corrected, page, Answers.NEARLY, newest)
            if found.total:
                return found
        return await self._matching(scope, corrected, page, Answers.PARTLY)

    async def _matching(
        self, scope: Scope, sought: Sequence[SearchTerm], page: int, answers: Answers, newest_first: bool = False
    ) -> Found:
        order = Order(answers is not Answers.PARTLY, newest_first)
        for offset in dict.fromkeys((page * ON_A_PAGE, 0)):
            resources, total = await self._search.matching(scope, sought, order, limit=ON_A_PAGE, offset=offset)
            if total:
                return Found(resources, total, offset, sought, answers)
        return Found((), 0, 0, sought, answers)

    async def _corrected(self, scope: Scope, sought: Sequence[SearchTerm]) -> list[SearchTerm]:
        unknown = {one.word for one in sought if not await self._search.known(scope, one)}
        if not unknown:
            return list(sought)
        vocabulary = await self._search.vocabulary(scope)
        return [_nearest(one, vocabulary) if one.word in unknown else one for one in sought]

    async def choices(self, scope: Scope, typed: str, *, among: int | None = _COMPARED) -> Sequence[Resource]:
        """Return up to 25 resources for a list to pick from while somebody types.

        ``among``: they are the best of so many that answer, those that were added last (None: of all).
        """
        sought = terms(typed)
        if not sought:
            return await self._search.first(scope, _CHOICES)
        found, total = await self._search.matching(scope, sought, Order(), limit=_CHOICES, among=among)
        return found if total else (await self.search(scope, typed)).resources

    async def visible(self, scope: Scope, resource_id: int) -> Resource:
        """Return a resource on the shelf. Raises NotFoundError, also for what the asker may not see."""
        resource = await self.resources.resource(scope.guild_id, resource_id)
        if (
            resource is None
            or resource.state != "shelved"
            or not (scope.for_members or resource.visibility == "public")
        ):
            raise NotFoundError(
                t("That is not in the library: look for it with {command}.", command=Command("resource search"))
            )
        return resource

    async def named(self, scope: Scope, typed: str) -> Resource | None:
        """Return the resource that was picked (``#12``), or whose title or address was typed.

        None: what was typed takes a search.
        """
        typed = typed.strip()
        if typed.startswith("#") and typed[1:].isdecimal() and len(typed) <= len("#") + 18:
            return await self.visible(scope, int(typed[1:]))
        with suppress(UserError):
            same = await self.resources.same_page(scope.guild_id, comparison_key(normalised(typed)))
            if same is not None:
                return await self.visible(scope, same.id)
        wanted = " ".join(typed.split()).casefold()
        titled = [r for r in await self.choices(scope, typed, among=None) if r.title.casefold() == wanted]
        return titled[0] if len(titled) == 1 else None

    async def of_meeting(self, scope: Scope, meeting: Meeting) -> list[Resource]:
        """Return what belongs to a meeting, newest first: the page that its record comes from, and what was added."""
        source = None
        with suppress(UserError):
            source = comparison_key(normalised(meeting.source))
        return await self.resources.of_meeting(scope.guild_id, meeting.id, source, for_members=scope.for_members)

    # Filling

    async def add(self, tx: Transaction, guild_id: int, new: NewResource) -> int:
        """Put a link on the shelf and return its id. Raises DuplicateError.

        Opens the shelf if need be. The address is one that :func:`normalised` returned, every other field as
        :func:`bot.shelf.entries.entry` makes it.
        """
        await self._open_within(tx, guild_id)
        same = comparison_key(new.url)
        try:
            return await self.resources.add(tx, guild_id, new, same, search_text(new))
        except OnTheShelfError as error:
            raise await self._duplicate(guild_id, same) from error

    async def suggest(self, tx: Transaction, guild_id: int, new: NewResource, person_id: int | None) -> int:
        """Keep a member's suggestion until the secretariat decides, and return its id. Raises DuplicateError."""
        await self._open_within(tx, guild_id)
        same = comparison_key(new.url)
        try:
            return await self.resources.add(
                tx, guild_id, new, same, search_text(new), state="suggested", suggested_by=person_id
            )
        except OnTheShelfError as error:
            raise await self._duplicate(guild_id, same) from error

    async def keep(self, tx: Transaction, guild_id: int, new: NewResource, *, takes_over: bool = False) -> int:
        """Put a link on the shelf and return its id, or that of the same page where it is there already.

        For what fills the shelf by itself: a webinar's recording, a meeting's document. A suggestion of the same
        page is settled by it; with ``takes_over``, what is there already becomes what is ``new``.
        """
        same = await self.resources.same_page(guild_id, comparison_key(new.url))
        if same is None:
            return await self.add(tx, guild_id, new)
        is_settled = same.state == "suggested" and await self.approve(tx, same)
        if (is_settled or takes_over) and (changed := differences(same, new)):
            await self.change(tx, same, changed)
        return same.id

    async def has(self, guild_id: int, address: str) -> bool:
        """Tell whether the page at ``address``, as :func:`normalised` returned it, is on the shelf or suggested."""
        return await self.resources.same_page(guild_id, comparison_key(address)) is not None

    async def change(self, tx: Transaction, resource: Resource, changed: Mapping[str, Any]) -> Resource:
        """Set the fields ``changed`` of a resource and return it as it now is.

        Raises DuplicateError, or NotFoundError when it has left the shelf meanwhile.
        """
        after = replace(resource, **changed)
        same = comparison_key(after.url)
        try:
            done = await self.resources.change(tx, resource.guild_id, resource.id, changed, same, search_text(after))
        except OnTheShelfError as error:
            raise await self._duplicate(resource.guild_id, same) from error
        if not done:
            raise NotFoundError(t("It was removed from the library in the meantime: nothing was changed."))
        return after

    async def remove(self, tx: Transaction, resource: Resource) -> bool:
        """Take a resource off the shelf; False when somebody was quicker."""
        return await self._move(tx, resource, "removed")

    async def put_back(self, tx: Transaction, resource: Resource) -> bool:
        """Put a removed resource back; False when somebody was quicker. Raises DuplicateError."""
        return await self._move(tx, resource, "shelved")

    async def approve(self, tx: Transaction, resource: Resource) -> bool:
        """Put a suggestion on the shelf; False when it was decided before."""
        return await self._move(tx, resource, "shelved")

    async def decline(self, tx: Transaction, resource: Resource, reason: str) -> bool:
        """Decline a suggestion; False when it was decided before."""
        return await self._move(tx, resource, "declined", reason)

    async def _move(self, tx: Transaction, resource: Resource, after: ResourceState, reason: str = "") -> bool:
        try:
            return await self.resources.move(
                tx, resource.guild_id, resource.id, resource.state, after, search_text(resource), reason=reason
            )
        except OnTheShelfError as error:
            raise await self._duplicate(resource.guild_id, comparison_key(resource.url)) from error

    async def _duplicate(self, guild_id: int, same: str) -> Exception:
        there = await self.resources.same_page(guild_id, same)
        # Only a page added in the running transaction is not seen by the reader: twice in one go.
        return DuplicateError(there) if there is not None else UserError(t("The same page is there twice."))

    # News

    async def news(self, guild_id: int, since: datetime, until: datetime, *, for_members: bool) -> list[Resource]:
        """Return what came onto the shelf in that time and is on it still."""
        added = await self.resources.added_between(guild_id, since, until)
        return [r for r in added if for_members or r.visibility == "public"]


def differences(before: NewResource, after: NewResource) -> dict[str, Any]:
    """Return the fields in which two resources differ, as ``after`` has them."""
    return {name: getattr(after, name) for name in FIELDS if getattr(before, name) != getattr(after, name)}


def _nearest(sought: SearchTerm, vocabulary: Iterable[str]) -> SearchTerm:
    slips = next((slips for length, slips in _SLIPS if len(sought.word) >= length), 0)
    near = extract(sought.word, list(vocabulary), scorer=OSA.distance, score_cutoff=slips, limit=_NEAREST)
    if not near:
        return sought
    meant = [term(word) for word, distance, _ in near if distance == near[0][1]]
    return replace(
        sought,
        beginnings=tuple(w for one in meant for w in one.beginnings),
        exact=tuple(w for one in meant for w in one.exact),
        stems=tuple(dict.fromkeys(w for one in meant for w in one.stems)),
    )
