"""What every occasion's record has, and how its fields are kept as JSON until they are confirmed."""

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar, get_type_hints

from pydantic import TypeAdapter


class Record(Protocol):
    """A frozen dataclass: what one occasion is now. ``timezone`` is its own IANA zone; id 0: not written yet."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> int:
        """The row's id."""
        ...

    @property
    def guild_id(self) -> int:
        """The network."""
        ...

    @property
    def timezone(self) -> str:
        """The IANA zone that its local times are in."""
        ...


_Record = TypeVar("_Record", bound=Record)


def packed(record: type[Record], values: Mapping[str, object]) -> dict[str, object]:
    """Return ``values``, some fields of a ``record``, as JSON's own types."""
    adapters = _adapters(record)
    return {name: adapters[name].dump_python(value, mode="json") for name, value in values.items()}


def unpacked(record: type[Record], kept: object) -> dict[str, Any]:
    """Return the fields that :func:`packed` kept; also from the seconds that earlier versions kept instants as.

    Raises pydantic.ValidationError for what no version wrote.
    """
    adapters = _adapters(record)
    values: Mapping[str, object] = TypeAdapter(dict[str, object]).validate_python(kept)
    return {name: adapters[name].validate_python(value) for name, value in values.items()}


def merged(record: _Record, values: Mapping[str, object]) -> _Record:
    """Return the record as it is once ``values`` are written."""
    changes: dict[str, Any] = dict(values)
    return replace(record, **changes)


@cache
def _adapters(record: type[Record]) -> Mapping[str, TypeAdapter[Any]]:
    hints = get_type_hints(record)
    return {field.name: TypeAdapter(hints[field.name]) for field in fields(record)}
