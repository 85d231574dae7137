"""What one eval says."""

from __future__ import annotations

import json
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Result:
    """Metrics of one eval, and its errors one line each."""

    name: str
    documents: int
    metrics: dict[str, float | None]
    misses: tuple[str, ...] = field(default=())

    def as_json(self, seconds: float) -> str:
        """Return the one line that ends every run."""
        line = {"eval": self.name, "documents": self.documents, "metrics": self.metrics, "seconds": round(seconds, 2)}
        return json.dumps(line)

    def as_table(self) -> str:
        """Return one metric a line, aligned, a dash where there is none."""
        width = max((len(name) for name in self.metrics), default=0)
        rows = (f"{name:<{width}}  {'-' if value is None else f'{value:.4g}'}" for name, value in self.metrics.items())
        return "\n".join((f"{self.name}: {self.documents} documents", *rows))


def rounded(value: float) -> float:
    """Return a share rounded as metrics are printed: four places."""
    return round(value, 4)
