"""The demo's one address: our page, and behind it SimCord's pages, one for each place and person."""

import json
import secrets
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot import names, working_days
from bot.demo import dates, discord_page, previews
from bot.demo.mail_pages import mail_routes
from bot.demo.people import PEOPLE
from bot.demo.running import LOCALES, Arrival, RunningDemo
from bot.demo.world import Account
from bot.languages import LANGUAGES

_STATIC: Final = Path(str(files("bot.demo") / "static"))
_RUNNING: Final = web.AppKey("running", RunningDemo)
_RUN: Final = web.AppKey("run", str)
_JOURNEYS: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
_ANSWERS: Final = (
    ("POST", "/api/pages", "_pages"),
    ("DELETE", "/api/pages/{context_id}", "_delete_page"),
    ("GET", "/api/state", "_state"),
    ("GET", "/api/commands", "_commands"),
    ("GET", "/api/action-result", "_action_result"),
    ("POST", "/api/action", "_action"),
    ("GET", "/api/assets/{asset_id}", "_asset"),
)
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; connect-src 'self' blob:; img-src 'self' blob: data:; media-src 'self' blob:; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def application(running: RunningDemo, port: int) -> web.Application:
    """Build the web application that shows ``running`` on the loopback ``port``."""
    app = web.Application(middlewares=[_loopback_only(port)], client_max_size=32 * 1024**2)
    app[_RUNNING] = running
    app[_RUN] = secrets.token_hex(8)
    app.router.add_get("/", _page)
    app.router.add_get("/discord", _discord)
    app.router.add_get("/discord/{language}/{name:.+\\.js}", _discord_script)
    app.router.add_post("/demo/card", _card)
    app.router.add_get("/demo/world", _world)
    app.router.add_get("/demo/now", _now)
    app.router.add_post("/demo/travel", _travel)
    app.router.add_get("/mail", _mail)
    app.router.add_routes(mail_routes(lambda request: (request.app[_RUNNING], _account(request))))
    app.router.add_post("/demo/locale", _locale)
    app.router.add_static("/demo/static", _STATIC)
    for path in previews.STATIC_PATHS:
        app.router.add_get(path, _simcord_file)
    for method, path, handler in _ANSWERS:
        app.router.add_route(method, path, _answer(handler))
    return app


def _loopback_only(port: int) -> Middleware:
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if request.headers.get("Host") not in hosts or origin not in {None, *(f"http://{host}" for host in hosts)}:
            raise web.HTTPForbidden(text="The demo answers only its own page on this computer.")
        response = await handler(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-cache")
        response.headers.popall("X-Frame-Options", None)
        return response

    return check


async def _page(_: web.Request) -> web.FileResponse:
    return web.FileResponse(_STATIC / "page.html")


async def _mail(_: web.Request) -> web.FileResponse:
    return web.FileResponse(_STATIC / "mail.html")


async def _discord(request: web.Request) -> web.Response:
    return web.Response(text=discord_page.page(_language(request.query.get("language"))), content_type="text/html")


async def _discord_script(request: web.Request) -> web.StreamResponse:
    name, language = request.match_info["name"], _language(request.match_info["language"])
    if f"/{name}" not in previews.STATIC_PATHS:
        raise web.HTTPNotFound
    if "/" in name:
        return web.FileResponse(previews.STATIC / name)
    return web.Response(text=discord_page.script(name, language), content_type="text/javascript")


def _language(asked: str | None) -> str:
    return asked if asked in LOCALES else "en"


async def _simcord_file(request: web.Request) -> web.FileResponse:
    response = web.FileResponse(previews.STATIC / previews.STATIC_PATHS[request.path])
    if request.path.endswith(".ttf"):
        # 30 MB of fonts, asked for by every place and person: once a day is enough.
        response.headers["Cache-Control"] = "max-age=86400"
    return response


async def _card(request: web.Request) -> web.Response:
    running = request.app[_RUNNING]
    asked = await request.json()
    try:
        await running.show_card(_account(request).user_id, int(asked["person"]), asked["place"])
    except (KeyError, ValueError):
        raise web.HTTPNotFound(text="The demo has no such place or person.") from None
    return web.json_response({})


def _answer(handler: str) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        place, user_id = previews.capability_of(request)
        try:
            preview = await request.app[_RUNNING].preview(place, int(user_id))
        except (KeyError, ValueError):
            raise web.HTTPNotFound(text="The demo has no such place or person.") from None
        return await preview.answer(request, handler)

    return answer


async def _world(request: web.Request) -> web.Response:
    running = request.app[_RUNNING]
    backend = running.env.backend
    guild = backend.guilds[running.world.guild_id]
    return web.json_response(
        {
            "server": guild.name,
            "places": [
                {"key": key, "topic": backend.channels[channel_id].topic}
                for key, channel_id in running.world.channels.items()
            ],
            "people": [
                {
                    "id": str(account.user_id),
                    "name": account.name,
                    "names": _names(account),
                    "kind": account.kind,
                    "code": account.code,
                    "zone": account.zone,
                    "mission": account.mission,
                    "person": PEOPLE[account.code].name if account.code is not None else None,
                }
                for account in running.world.accounts
            ],
            "locales": LOCALES,
        }
    )


def _names(account: Account) -> dict[str, str] | None:
    code = account.code
    # In English an account is called as it calls itself.
    return {key: names.name(code, key) for key in LANGUAGES if key != "en"} if code is not None else None


async def _now(request: web.Request) -> web.Response:
    running = request.app[_RUNNING]
    account = _account(request)
    reminder = running.next_reminder()
    newest = await running.newest(account.user_id)
    await working_days.load()
    return web.json_response(
        {
            "run": request.app[_RUN],
            "clock": running.now().isoformat(),
            "soon": dates.soon(running.now()).isoformat(),
            "ahead": running.ahead.total_seconds(),
            "reminder": reminder.isoformat() if reminder is not None else None,
            "locale": running.locale(account.user_id),
            "newest": {place: _id(last) for place, last in newest.items()},
            "hints": _hints(running, account.kind),
            "tour": [
                {"key": step.key, "done": step.is_done, "place": step.place, "message": _id(step.message_id)}
                for step in running.steps(account.user_id)
            ],
        }
    )


def _id(number: int | None) -> str | None:
    """Return an id as text: it is too large for a JavaScript number."""
    return None if number is None else str(number)


def _hints(running: RunningDemo, kind: str) -> list[dict[str, Any]]:
    known = {command.qualified_name for command in running.bot.tree.walk_commands()}
    hints = json.loads((_STATIC / "hints.json").read_text(encoding="utf-8"))
    return [hint for hint in hints if kind in hint["for"] and hint.get("command") in {*known, None}]


async def _travel(request: web.Request) -> web.Response:
    running = request.app[_RUNNING]
    to = (await request.json()).get("to")
    arrived: list[Arrival] = []
    if to == "reminder":
        if running.next_reminder() is None:
            raise web.HTTPConflict(text="No reminder is due.")
        arrived = await running.travel_to_reminder()
    elif to in _JOURNEYS:
        await running.travel(_JOURNEYS[to])
    else:
        raise web.HTTPBadRequest(text="to is one of hour, day, week and reminder")
    return web.json_response({"clock": running.now().isoformat(), "arrived": [_arrival(sent) for sent in arrived]})


def _arrival(sent: Arrival) -> dict[str, str | None]:
    return {"place": sent.place, "message": _id(sent.message_id), "said": sent.said, "who": _id(sent.user_id)}


async def _locale(request: web.Request) -> web.Response:
    running = request.app[_RUNNING]
    asked = (await request.json()).get("locale")
    if asked not in LOCALES.values():
        raise web.HTTPBadRequest(text=f"locale is one of {', '.join(LOCALES.values())}")
    running.locales[_account(request).user_id] = asked
    return web.json_response({"locale": asked})


def _account(request: web.Request) -> Account:
    try:
        return request.app[_RUNNING].world.account(int(request.query.get("who", "")))
    except (KeyError, ValueError):
        raise web.HTTPNotFound(text="The demo has no such person.") from None
