"""Storing, editing and paging messages as Discord does it, nonces included."""

from __future__ import annotations

from typing import Any

from tests.loopback.world import Channel, Message, Payload, User, World

KEPT_FIELDS = ("content", "embeds", "components", "poll", "flags", "tts", "attachments")


class Messages:
    """The message store.

    ``honour_nonces``: a second message with the same nonce by the same author in the same channel, within
    ``nonce_window`` seconds of Discord's time, is the first one (as ``enforce_nonce`` promises); False:
    Discord has forgotten, and the second is stored too.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.honour_nonces = True
        self.nonce_window = 300.0
        self.nonces_seen = 0
        self._forgotten = 0

    def forget_nonces(self) -> None:
        """Remember no nonce of before, however young."""
        self._forgotten = len(self.world.messages)

    def store(
        self,
        channel: Channel,
        author: User,
        body: Payload,
        files: list[tuple[str, bytes]] | None = None,
        *,
        ephemeral: bool = False,
    ) -> Message:
        """Store what ``author`` said in ``channel``, or return the message that the nonce already names."""
        nonce = str(body["nonce"]) if body.get("nonce") is not None else None
        if nonce is not None and body.get("enforce_nonce") and self.honour_nonces:
            earlier = self._same_nonce(channel, author, nonce)
            if earlier is not None:
                self.nonces_seen += 1
                return earlier
        message_id = self.world.snowflake()
        payload: Payload = {
            "id": str(message_id),
            "channel_id": str(channel.id),
            "type": 0,
            "author": author.payload(),
            "content": body.get("content") or "",
            "timestamp": self.world.timestamp(),
            "edited_timestamp": None,
            "tts": bool(body.get("tts")),
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": self._attach(message_id, files or []),
            "embeds": body.get("embeds") or [],
            "components": body.get("components") or [],
            "pinned": False,
            "flags": int(body.get("flags") or 0),
            "allowed_mentions_sent": body.get("allowed_mentions"),
        }
        if nonce is not None:
            payload["nonce"] = nonce
        message = Message(message_id, channel, author, payload, self.world.time(), nonce, ephemeral)
        message.repeats = nonce is not None and any(m.nonce == nonce and m.can_be_seen for m in self.world.messages)
        self.world.keep(message)
        return message

    def _same_nonce(self, channel: Channel, author: User, nonce: str) -> Message | None:
        now = self.world.time()
        for message in reversed(self.world.messages[self._forgotten :]):
            if now - message.stored_at > self.nonce_window:
                return None
            if message.nonce == nonce and message.channel is channel and message.author is author:
                return message
        return None

    def _attach(self, message_id: int, files: list[tuple[str, bytes]]) -> list[Payload]:
        attachments: list[Payload] = []
        for number, (name, content) in enumerate(files):
            path = f"/attachments/{message_id}/{number}/{name}"
            self.world.files[path] = content
            attachments.append(
                {
                    "id": str(self.world.snowflake()),
                    "filename": name,
                    "size": len(content),
                    "url": path,
                    "proxy_url": path,
                    "content_type": "application/octet-stream",
                }
            )
        return attachments

    def edit(self, message: Message, body: Payload, files: list[tuple[str, bytes]] | None = None) -> Message:
        """Change ``message`` to what ``body`` says; what it does not name stays."""
        message.edits.append(dict(message.payload))
        for name in KEPT_FIELDS:
            if name in body and name != "attachments":
                empty: Any = "" if name == "content" else []
                message.payload[name] = body[name] if body[name] is not None else empty
        if files:
            message.payload["attachments"] = self._attach(message.id, files)
        message.payload["edited_timestamp"] = self.world.timestamp()
        return message

    def history(self, channel: Channel, query: dict[str, str]) -> list[Message]:
        """One page of ``channel``, newest first (``before``, ``after``, ``around``; ``limit`` 1-100, else 50)."""
        limit = max(1, min(100, int(query.get("limit", "50"))))
        seen = self.world.in_channel(channel)
        if "before" in query:
            seen = [m for m in seen if m.id < int(query["before"])][-limit:]
        elif "after" in query:
            seen = [m for m in seen if m.id > int(query["after"])][:limit]
        elif "around" in query:
            middle = int(query["around"])
            older = [m for m in seen if m.id < middle][-(limit // 2) :]
            seen = older + [m for m in seen if m.id >= middle][: limit - len(older)]
        else:
            seen = seen[-limit:]
        return list(reversed(seen))
