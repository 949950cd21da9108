"""Other time zone data than those of today, as a government that changes its clocks makes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from bot.timezones import data as zone_data
from bot.timezones.data import ZoneData


def altered(folder: Path, version: str, **alike: str) -> ZoneData:
    """Return data of that ``version`` in which each zone (``Africa__Casablanca``) has the clocks of another.

    All other zones are as the package has them.
    """
    for zone, other in {"UTC": "UTC", **{zone.replace("__", "/"): other for zone, other in alike.items()}}.items():
        target = folder / zone
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((files("tzdata") / "zoneinfo" / other).read_bytes())
    (folder / "tzdata.zi").write_text(f"# version {version}\n")
    return ZoneData("system", version, (str(folder),))


@contextmanager
def zone_data_kept() -> Iterator[None]:
    """Put the data that were in force before the block back in force after it."""
    before = zone_data.in_force()
    try:
        yield
    finally:
        zone_data.put_in_force(before)
