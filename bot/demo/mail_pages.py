"""What the demo's page asks for to show somebody's e-mails: the list, the HTML of one, and its attachments."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from aiohttp import web

from bot.demo.mailbox import KeptMail
from bot.demo.running import RunningDemo
from bot.demo.world import Account

_HTML_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
"""An e-mail's HTML as mail programs show it: its own styles, no scripts, nothing fetched."""
Asked = Callable[[web.Request], tuple[RunningDemo, Account]]


def mail_routes(asked: Asked) -> list[web.RouteDef]:
    """Return the routes; ``asked`` tells of which demo and which person a request is (HTTPNotFound for none)."""

    async def mails_of(request: web.Request) -> list[KeptMail]:
        running, account = asked(request)
        return await running.mails.of(account) or []

    async def mail_of(request: web.Request) -> KeptMail:
        found = [mail for mail in await mails_of(request) if str(mail.number) == request.match_info["number"]]
        if not found:
            raise web.HTTPNotFound(text="The demo has no such e-mail.")
        return found[0]

    async def listed(request: web.Request) -> web.Response:
        running, account = asked(request)
        address = await running.mails.address_of(account)
        return web.json_response({"address": address, "mails": [_shown(mail) for mail in await mails_of(request)]})

    async def html(request: web.Request) -> web.Response:
        mail = await mail_of(request)
        return web.Response(
            text=mail.part("html"), content_type="text/html", headers={"Content-Security-Policy": _HTML_POLICY}
        )

    async def attachment(request: web.Request) -> web.Response:
        attachments = (await mail_of(request)).attachments()
        place = int(request.match_info["place"])
        if place >= len(attachments):
            raise web.HTTPNotFound(text="The e-mail has no such attachment.")
        name, media_type, content = attachments[place]
        disposition = f"attachment; filename*=UTF-8''{quote(name)}"
        return web.Response(body=content, content_type=media_type, headers={"Content-Disposition": disposition})

    return [
        web.get("/demo/mails", listed),
        web.get(r"/demo/mails/{number:\d+}/html", html),
        web.get(r"/demo/mails/{number:\d+}/attachments/{place:\d+}", attachment),
    ]


def _shown(mail: KeptMail) -> dict[str, Any]:
    message = mail.message
    [sender] = message["From"].addresses
    return {
        # A number that is too large for JavaScript.
        "number": str(mail.number),
        "at": message["Date"].datetime.isoformat(),
        "sender": sender.display_name or sender.addr_spec,
        "from": sender.addr_spec,
        "to": mail.address,
        "reply_to": str(message["Reply-To"] or ""),
        "subject": str(message["Subject"]),
        "text": mail.part("plain"),
        "attachments": [name for name, _, _ in mail.attachments()],
    }
