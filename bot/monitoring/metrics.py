"""The metrics that Prometheus reads, with no name, account, network or text of anybody in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.observation import Observation
from storage.monitoring import OutboxFigures

_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10)
"""Upper bounds of how long an answer took: Discord waits three seconds."""

disable_created_metrics()


@dataclass(frozen=True, slots=True)
class Figures:
    """How the bot is at present. What is None is not known, and left out: an alert can be made of its absence."""

    is_ready: bool
    networks: int | None = None
    clock_difference: timedelta | None = None
    outbox: OutboxFigures | None = None
    lateness: timedelta | None = None
    backup_age: timedelta | None = None
    replica_age: timedelta | None = None


class _Present(Collector):
    """Gives Prometheus the figures that were put in last."""

    def __init__(self) -> None:
        self.figures = Figures(is_ready=False)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield each figure that is known."""
        one = self.figures
        yield GaugeMetricFamily("focalbot_ready", "1 where /ready finds nothing wrong, else 0", int(one.is_ready))
        if one.networks is not None:
            yield GaugeMetricFamily("focalbot_networks", "Discord servers that the bot is on", one.networks)
        if one.outbox is not None:
            states = GaugeMetricFamily("focalbot_outbox_messages", "Messages in the books", labels=["state"])
            for state, number in one.outbox.states.items():
                states.add_metric([state], number)
            yield states
            unreached = one.outbox.unreached_people
            yield GaugeMetricFamily("focalbot_unreached_people", "People whom something did not reach", unreached)
        spans = {
            "focalbot_clock_difference_seconds": ("This machine's clock less Discord's", one.clock_difference),
            "focalbot_outbox_lateness_seconds": ("How long the message waits that is due longest", one.lateness),
            "focalbot_backup_age_seconds": ("Since the last backup in BACKUP_FOLDER", one.backup_age),
            "focalbot_replica_age_seconds": ("Since Litestream last took up what was written", one.replica_age),
        }
        for name, (what, span) in spans.items():
            if span is not None:
                yield GaugeMetricFamily(name, what, span.total_seconds())


class Metrics:
    """Counts what people do as it happens; the other figures are put in before they are read."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._present = _Present()
        self._registry.register(self._present)
        ProcessCollector(registry=self._registry)
        self._interactions = Counter(
            "focalbot_interactions",
            "What people used, by its name in the access table, and what it came to",
            ["kind", "name", "outcome"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "focalbot_interaction_seconds",
            "From the arrival of an interaction to the end of its answer",
            ["kind"],
            buckets=_SECONDS,
            registry=self._registry,
        )

    def observe(self, one: Observation) -> None:
        """Count what became of an interaction."""
        self._interactions.labels(one.kind, one.name, one.outcome).inc()
        self._seconds.labels(one.kind).observe(one.seconds)

    def written(self, figures: Figures) -> bytes:
        """Return all of it, with the present ``figures``, in the text format of Prometheus."""
        self._present.figures = figures
        return generate_latest(self._registry)
