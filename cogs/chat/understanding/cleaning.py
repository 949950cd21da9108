"""No role of its own: a message without what is not asked: mentions, code, quotations, signatures."""

import re
from typing import Final

LONGEST: Final = 2000
"""Characters of a message that are read: as many as Discord lets people write."""
LINK: Final = "xlink"
"""What stands in a sentence for an address on the web."""
SENTENCES: Final = 12
"""Sentences of a message that are read."""

_CODE: Final = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_MENTION: Final = re.compile(r"<(?:@[!&]?|#|/[^:>]*:|a?:\w+:|t:)-?[\w:]*>|@(?:everyone|here)\b")
_LINK: Final = re.compile(r"https?://[^\s<>]+")
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_QUOTED: Final = re.compile(r"^\s*>.*$", re.MULTILINE)
_UNSEEN: Final = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f]")
_EARLIER: Final = re.compile(
    r"^\s*(?:-{2,}\s*$|_{3,}\s*$|on .{4,80} wrote:|le .{4,80} a écrit\s*:|el .{4,80} escribió:"
    r"|(?:best|thanks|many thanks|thank you|merci|gracias),[^\S\n]*$"
    r"|-+ ?(?:original|forwarded)|(?:sent|envoyé|enviado) (?:from|de|depuis|desde) )",
    re.IGNORECASE | re.MULTILINE,
)
_FAREWELL: Final = re.compile(
    r"(?:(?:with )?(?:kind|best|warm|warmest|many thanks and|kindest)?\s*(?:regards|wishes)|all the best|sincerely|"
    r"yours\s+(?:sincerely|faithfully|truly)|respectfully|please accept\b.*assurances?.*|i avail myself\b.*|"
    r"(?:bien |très )?(?:cordialement|respectueusement)|bien à vous|salutations(?: distinguées)?"
    r"|(?:meilleures|sincères) salutations"
    r"|veuillez (?:agréer|recevoir|croire)\b.*|je vous prie (?:d['’]agréer|de croire|de recevoir)\b.*"
    r"|(?:le |les )?saludan? (?:muy )?atentamente|hago propicia\b.*|aprovecho la (?:ocasión|oportunidad) para\b.*"
    r"|reciban? (?:un|mi|mis)\b.*saludos?.*"
    r"|atentamente|cordialmente|(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?|respetuosamente|muy atentamente)"
    r"\s*(?:[,.!].*)?",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(r"(?<=[?!…])\s+|(?<=[^\W\d_]{2}[.])\s+(?=[^\W\d_])|[\n;]+")
_CLAUSE: Final = re.compile(r"[,:–—]\s+|\s+-\s+")
_LETTER: Final = re.compile(r"[^\W_]")


def link(message: str) -> str | None:
    """Return the first address on the web in a message, without what ends the sentence; None where there is none."""
    found = _LINK.search(_CODE.sub(" ", message[:LONGEST]))
    return found[0].rstrip(".,;:!?)]}»\"'") if found is not None else None


def sentences(message: str) -> list[str]:
    """Return the sentences of a message in order, as they were written; none where nothing is asked in words."""
    text = _UNSEEN.sub("", message[:LONGEST])
    for unread in (_CODE, _MENTION, _EMAIL, _QUOTED):
        text = unread.sub(" ", text)
    text = _LINK.sub(f" {LINK} ", text)
    found = _EARLIER.search(text)
    if found is not None and _LETTER.search(text[: found.start()]):
        text = text[: found.start()]
    parts = [part.strip(" \t,") for part in _ENDS.split(text) if _LETTER.search(part)]
    return parts[: next((at for at, part in enumerate(parts) if at and _FAREWELL.fullmatch(part)), SENTENCES)]


def clauses(sentence: str) -> list[str]:
    """Return the parts of a sentence, of two words and more, between its commas, dashes and colons."""
    parts = _CLAUSE.split(sentence)
    return [part for part in parts if len(part.split()) > 1] if len(parts) > 1 else []
