"""Web addresses as people paste them: written in one way, and refused where nobody else could follow them."""

import re
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

import idna

from bot.errors import UserError
from bot.texts import t

LONGEST: Final = 512
"""Discord's limit for the address of a link button."""

_SHOWN: Final = 80
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d)")
_UNUSABLE: Final = re.compile(r"[\s\x00-\x1f\x7f\\<>\"`{}|^\ud800-\udfff]")
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})?")
_NUMBER: Final = re.compile(r"0x[0-9a-f]*|\d+")
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_LOCAL_ENDINGS: Final = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "invalid"}
)
_TRACKING: Final = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|ref_src"
    r"|ref_url|__twitter_impression|vero_id|oly_enc_id|oly_anon_id|spm|_ga|_gl)",
    re.IGNORECASE,
)
# Kept as typed in a path or a query. Brackets, parentheses and asterisks are escaped: they would end a link of ours.
_KEPT: Final = "/:@!$&'+,;=~-._%"


def normalised(typed: str) -> str:
    """Return the web address in the one way it is written here. Nothing is fetched.

    Scheme and host in lower case, international names in their ASCII form, no default port, no fragment, no
    tracking parameters. Without a scheme it is https; http stays http, since nothing proves that https answers.
    Doing it twice changes nothing. Raises UserError when it is no address, when it leads to a private or local
    network or to a bare number, when it carries a name or password, or when it is over 512 characters.
    """
    address = typed.strip().removeprefix("<").removesuffix(">").strip()
    if len(address) > 4 * LONGEST:
        raise _too_long()
    if not address or _UNUSABLE.search(address):
        raise _no_address(address)
    parts = _split(address)
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise UserError(t("That address carries a name or a password before the @: leave that part out and try again."))
    host = _host(parts, address)
    written = urlunsplit((parts.scheme, host + _port(parts, address), _path(parts.path), _query(parts.query), ""))
    if len(written) > LONGEST:
        raise _too_long()
    return written


def comparison_key(address: str) -> str:
    """Return what two spellings of the same page share: neither scheme, ``www.`` nor a closing slash count.

    ``address`` is one that :func:`normalised` returned.
    """
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    return parts.netloc.removeprefix("www.") + path + (f"?{parts.query}" if parts.query else "")


def _split(address: str) -> SplitResult:
    scheme = _SCHEME.match(address)
    if scheme is None:
        address = f"https://{address.removeprefix('//')}"
    elif scheme.group(1).lower() not in _DEFAULT_PORTS:
        raise UserError(t("Only addresses of web pages can be kept: paste one that begins with https:// (or http://)."))
    elif not address[scheme.end() :].startswith("//"):
        raise _no_address(address)
    try:
        return urlsplit(address)
    except ValueError as error:
        raise _no_address(address) from error


def _host(parts: SplitResult, address: str) -> str:
    typed = parts.hostname or ""
    if ":" in typed or "[" in parts.netloc:
        raise _by_number()
    try:
        host = idna.encode(typed, uts46=True).decode("ascii").lower().removesuffix(".")
    except (idna.IDNAError, UnicodeError) as error:
        raise _no_address(address) from error
    labels = host.split(".")
    if labels[-1] in _LOCAL_ENDINGS:
        raise _local()
    if _NUMBER.fullmatch(labels[-1]):
        raise _by_number()
    if len(labels) == 1:
        raise _no_address(address)
    return host


def _port(parts: SplitResult, address: str) -> str:
    try:
        port = parts.port
    except ValueError as error:
        raise _no_address(address) from error
    return "" if port is None or port == _DEFAULT_PORTS[parts.scheme] else f":{port}"


def _path(path: str) -> str:
    walked: list[str] = []
    segments = _encoded(path).split("/")[1:] or [""]
    for segment in segments:
        plain = segment.replace("%2E", ".")
        if plain == "..":
            walked = walked[:-1]
        elif plain != ".":
            walked.append(segment)
    if segments[-1].replace("%2E", ".") in {".", ".."}:
        walked.append("")
    # Two slashes at the start of a path would read as a host.
    return "/" + "/".join(walked).lstrip("/")


def _query(query: str) -> str:
    kept = [pair for pair in query.split("&") if pair and not _TRACKING.fullmatch(pair.partition("=")[0])]
    return _encoded("&".join(kept), safe=_KEPT + "?")


def _encoded(part: str, safe: str = _KEPT) -> str:
    whole = _ESCAPE.sub(lambda m: f"%{m.group(1).upper()}" if m.group(1) else "%25", part)
    return quote(whole, safe=safe)


def _no_address(address: str) -> UserError:
    shown = address if len(address) <= _SHOWN else f"{address[: _SHOWN - 1]}…"
    return UserError(
        t(
            "“{address}” is not a web address: open the page, copy the address from the top of the browser and paste it"
            " whole.",
            address=shown,
        )
    )


def _local() -> UserError:
    return UserError(t("That address works only inside one office or computer: paste one that opens from everywhere."))


def _by_number() -> UserError:
    return UserError(
        t("That address names a computer by its number: paste the address of the page with the site's name in it.")
    )


def _too_long() -> UserError:
    return UserError(
        t("That address is longer than {limit} characters: use the page's short or permanent link.", limit=LONGEST)
    )
