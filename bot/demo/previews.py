"""SimCord's preview pages behind one address, one preview for each place. SimCord's private parts are used here.

SimCord is pinned to 3.2.1 for that reason. What this adds to its preview: several channels and people at once,
one lock around everything that moves the world, and pages that are never refused for having become older
while a click was on its way.
"""
# pyright: reportPrivateUsage=false
# ruff: noqa: SLF001, ANN401 - what is overridden here is private, and typed Any, in SimCord

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, ClassVar, Final

import simcord.preview
import simcord.preview._messages as simcord_messages
import simcord.preview._server as simcord_server
from aiohttp import web
from simcord.env import Env
from simcord.interactions import command_leaves
from simcord.preview import Preview
from simcord.preview._markdown import _FIELD_POLICIES
from simcord.preview._pages import _Page
from simcord.preview._server import PreviewServer

STATIC: Final = Path(simcord.preview.__file__).with_name("static")
STATIC_PATHS: Final[Mapping[str, str]] = {
    path: name for path, name in PreviewServer._STATIC_FILES.items() if (STATIC / name).is_file() and path != "/"
}
CAPABILITY: Final = "X-Simcord-Capability"
_DAY: Final = 86_400.0

# Discord shows the names of people, channels and commands in embeds; SimCord, only in messages.
for _field in ("embed_description", "embed_field_value"):
    _FIELD_POLICIES[_field] |= {"mentions": True, "commands": True}

_is_shown_by_simcord = simcord_messages._user_allowed


def _is_shown(preview: Preview, page: _Page, user_id: int) -> bool:
    """Tell whether a mention shows a name: in direct messages too, of all with whom the viewer shares a server."""
    shared = (guild.members for guild in preview.env.backend.guilds.values() if page.viewer.id in guild.members)
    return _is_shown_by_simcord(preview, page, user_id) or any(user_id in members for members in shared)


simcord_messages._user_allowed = _is_shown


@dataclass(frozen=True, slots=True)
class ViewerSettings:
    """How one person sees Discord: IANA zone for stamps, Discord locale for dates."""

    zone: str
    locale: str


class _MountedServer(PreviewServer):
    """Answers a preview's requests that our own server received; it opens no port."""

    def __init__(self, preview: "LivePreview", port: int) -> None:
        super().__init__(preview, port)
        # The handlers read a module global that only the original start() sets.
        simcord_server.__dict__["web"] = web

    async def start(self) -> None:
        self.port = self._requested_port

    async def close(self) -> None:
        self.port = None

    def _authorized(self, request: Any, *, context: str | None = None) -> bool:
        # Our server has checked host and origin; the capability has chosen place and person.
        return context is None or request.headers.get("X-Simcord-Context") == context

    async def _pages(self, request: Any) -> Any:
        _, viewer_id = capability_of(request)
        page = self.preview._open_page(viewer_id)
        return web.json_response(self.preview._page_payload(page), headers=self._SECURITY_HEADERS)


class LivePreview(Preview):
    """One place (a channel, or one person's direct messages) as people see it now."""

    _MAX_PAGES: ClassVar[int] = 256
    # A page is released when it is left; a laptop that slept over night finds its page again.
    _PAGE_LEASE_SECONDS: ClassVar[float] = _DAY
    # Nobody ends the session for all.
    _ACTION_KINDS: ClassVar[frozenset[str]] = Preview._ACTION_KINDS - {"close"}

    def __init__(
        self,
        env: Env,
        channel: Any,
        viewers: tuple[Any, ...],
        *,
        port: int,
        lock: asyncio.Lock,
        eyes: Callable[[int], ViewerSettings],
        acted: Callable[[], None],
    ) -> None:
        super().__init__(
            env,
            channel,
            # SimCord's own picker is hidden: a page that lists nobody else is published twice as fast.
            viewers[:1],
            layout="channel",
            display="responsive",
            width=960,
            height=720,
            locale="en-GB",
            timezone="UTC",
            presentation_time=None,
            assets=None,
            port=port,
        )
        self.capability = str(channel.id)
        self._server = _MountedServer(self, port)
        self._everybody = {viewer.id: viewer for viewer in viewers}
        self._lock = lock
        self._settings_of = eyes
        self._acted = acted

    async def answer(self, request: web.Request, handler: str) -> web.StreamResponse:
        """Answer one of the page's own requests with SimCord's handler of that name."""
        answer = await getattr(self._server, handler)(request)
        if handler == "_commands" and answer.status == HTTPStatus.OK:
            locale = self._settings_of(int(capability_of(request)[1])).locale
            catalogue = localised(json.loads(answer.text), self.env.backend.commands, locale)
            return web.json_response(catalogue, headers=PreviewServer._SECURITY_HEADERS)
        return answer

    def _open_page(self, viewer_id: Any = None, target_id: Any = None) -> _Page:
        if self._python is not None:
            # A new page shows the newest messages, not where the session began.
            self._python.target_id = self._python.window_end_id = None
        return super()._open_page(viewer_id, target_id)

    def _viewer(self, viewer_id: Any) -> Any:
        return self._everybody[int(viewer_id)]

    def _initial_target(self, viewer: Any, channel_id: int) -> int | None:  # noqa: ARG002 - SimCord's signature
        return None

    def _page_payload(self, page: _Page) -> dict[str, Any]:
        payload = super()._page_payload(page)
        eyes = self._settings_of(page.viewer.id)
        now = self.env.now().replace(second=0, microsecond=0)
        payload["profile"] |= {"timezone": eyes.zone, "locale": eyes.locale, "presentationTime": now.isoformat()}
        return payload

    async def _action(self, context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        async with self._lock:
            # While the click waited, the page may have been republished: it still means the same button.
            page = self._pages.get(context_id or "")
            if page is not None and "published_revision" in body:
                body = {**body, "published_revision": page.revision}
            try:
                return await super()._action(context_id, body)
            finally:
                self._acted()


def localised(catalogue: Mapping[str, Any], commands: Mapping[Any, Any], locale: str) -> Mapping[str, Any]:
    """Return SimCord's list of commands with descriptions and choices in a locale, where the bot registered them."""
    registered = {str(command["id"]): command for scope in commands.values() for command in scope.values()}
    for entry in catalogue["entries"]:
        command = registered.get(entry["commandId"])
        if command is None:
            continue
        _, leaf = next((path, leaf) for path, leaf in command_leaves(command) if list(path) == entry["path"])
        entry["description"] = _said(leaf, "description", locale)
        for shown, option in zip(entry["options"], leaf.get("options") or [], strict=True):
            shown["description"] = _said(option, "description", locale)
            for choice, known in zip(shown["choices"], option.get("choices") or [], strict=True):
                choice["name"] = _said(known, "name", locale)
    return catalogue


def _said(thing: Mapping[str, Any], what: str, locale: str) -> str:
    others: Mapping[str, str] = thing.get(f"{what}_localizations") or {}
    return others.get(locale) or thing[what]


@dataclass(slots=True)
class Previews:
    """Every place that is open, as the one preview that a SimCord ``Env`` knows."""

    env: Env
    open: dict[str, LivePreview] = field(default_factory=dict[str, LivePreview])
    # SimCord asks the preview of its Env for this.
    _closed: bool = False

    async def add(self, key: str, preview: LivePreview) -> None:
        """Open ``preview`` as the place called ``key``."""
        self.env._preview = None
        try:
            await preview.__aenter__()
        finally:
            self.env._preview = self  # type: ignore[assignment]
        self.open[key] = preview

    async def refresh(self) -> None:
        """Show what has happened on every open page; the caller holds the lock."""
        for preview in self.open.values():
            await preview.refresh()

    async def close(self) -> None:
        """Close every page."""
        for preview in self.open.values():
            await preview.close()
        self._closed = True

    def _mark_action_dispatched(self) -> None:
        for preview in self.open.values():
            preview._mark_action_dispatched()


def capability_of(request: Any) -> tuple[str, str]:
    """Return which place and which person's id a page of SimCord's speaks for: its address ends ``#place.id``."""
    place, _, viewer_id = request.headers.get(CAPABILITY, "").rpartition(".")
    return place, viewer_id
