"""``results.json``: the record itself."""

from __future__ import annotations

from pathlib import Path

from derive import record as records
from derive.record import Record


def write(record: Record, out: Path) -> list[Path]:
    """Write the record; ``derive.record.read`` reads it back."""
    path = out / "results.json"
    records.write(record, path)
    return [path]
