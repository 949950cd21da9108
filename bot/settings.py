from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.languages import Language
from bot.smtp.addresses import is_address
from bot.smtp.server import mail_server
from bot.timeparse import is_place


class Settings(BaseSettings):
    """What an operator sets, from the environment or ``.env``, checked when the bot starts.

    Arguments win over the environment, the environment over ``.env``. Raises pydantic's
    ``ValidationError`` when a value cannot be used.
    """

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    discord_token: SecretStr | None = Field(default=None, description="The bot's token; the demo needs none.")
    database_path: Path = Field(default=Path("data/focalbot.sqlite3"), description="The SQLite file.")
    backup_folder: Path | None = Field(
        default=None, description="Where a backup is kept each night; None: nowhere. It is never made."
    )
    smtp_url: SecretStr | None = Field(
        default=None, description="The mail server, smtp:// (STARTTLS) or smtps://; None: no e-mail is sent."
    )
    mail_from: str | None = Field(default=None, description="The address that all e-mails come from.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Of focalbot's own loggers; discord.py's stay at INFO or above."
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="Lines for people, or one JSON object a line for a log collector."
    )
    health_port: int | None = Field(
        default=None, ge=1, le=65535, description="Where the loopback serves /ready and /metrics; None: nowhere."
    )
    default_language: Language = Field(default="en", description="Of a network that has not chosen one.")
    default_timezone: str = Field(default="America/New_York", description="Of a network that has not chosen one.")

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("log_format", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("default_timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if not is_place(value):
            raise ValueError(f"{value!r} is not an IANA time zone, such as Europe/Brussels")
        return value

    @field_validator("backup_folder", "health_port", mode="before")
    @classmethod
    def _blank_is_nowhere(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("discord_token", "smtp_url")
    @classmethod
    def _blank_is_none(cls, value: SecretStr | None) -> SecretStr | None:
        return value if value is not None and value.get_secret_value().strip() else None

    @field_validator("smtp_url")
    @classmethod
    def _readable(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            mail_server(value.get_secret_value())
        return value

    @field_validator("mail_from")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        address = (value or "").strip()
        if address and not is_address(address):
            raise ValueError("MAIL_FROM is not an e-mail address, such as bot@example.org")
        return address or None

    @model_validator(mode="after")
    def _comes_from_somewhere(self) -> Self:
        if self.smtp_url is not None and self.mail_from is None:
            raise ValueError("SMTP_URL is set and MAIL_FROM is not: name the address that e-mails come from")
        return self
