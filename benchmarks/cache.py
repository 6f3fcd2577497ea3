"""The cache of results: a report of the catalogue from nothing, once more, and with a claim added.

    python -m benchmarks.cache [PAPER ...] [--jobs 2] [--time-limit 60]

Three runs of ``derive report`` in one go, all formats, each in a process of its own as a user starts it: with an empty
cache, with nothing changed, and with one claim added to the papers. The record of the second has to be that of the
first to the byte. The exit code is 0 where it is, the second run takes at most ``SECONDS`` for ``CLAIMS`` claims and a
``RATIO``-th of the first, and the third examines one claim. Seconds are of this machine; their ratio carries over.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from derive.record import read
from derive.resources import catalogue

SECONDS, CLAIMS, RATIO = 15.0, 330, 10.0
"""What a run with nothing changed may take, for how many claims, and beside the first run."""

ADDED = """
from derive import Paper, dims, grad, vector
n, d = dims("n d")
x = vector("x", n)
paper = Paper("added")
paper.claim("gradient", grad(x @ x, x) == 2 * x)
"""


@dataclass(frozen=True)
class Report:
    """One run: seconds on the clock, claims in its record, the files of the cache after it, and the record's bytes."""

    seconds: float
    claims: int
    kept: int
    content: bytes


def reported(papers: Sequence[Path], folder: Path, name: str, jobs: int, time_limit: float) -> Report:
    """Run ``derive report``.

    Raises:
        RuntimeError: it ends otherwise than with a verdict on every claim.
    """
    out, cache = folder / name, folder / "cache"
    command = [sys.executable, "-m", "derive", "report", *map(str, papers)]
    environment = {key: value for key, value in os.environ.items() if key != "DERIVE_NO_CACHE"}
    start = time.perf_counter()
    done = subprocess.run(
        [*command, "--out", str(out), "--cache", str(cache), "-j", str(jobs), "--time-limit", str(time_limit)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    results = out / "results.json"
    return Report(seconds, read(results).totals.claims, len(list(cache.glob("?" * 64))), results.read_bytes())


def measured(papers: Sequence[Path], jobs: int, time_limit: float = 60.0) -> tuple[Report, Report, Report]:
    """From nothing, with nothing changed, and with a claim added."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies = [shutil.copytree(path, folder / path.name) if path.is_dir() else path for path in papers]
        cold, warm = (reported(copies, folder, run, jobs, time_limit) for run in ("cold", "warm"))
        (folder / "added.py").write_text(ADDED)
        return cold, warm, reported([*copies, folder / "added.py"], folder, "added", jobs, time_limit)


def faults(cold: Report, warm: Report, added: Report) -> list[str]:
    """Which of the aims are missed, in words."""
    limit = SECONDS * max(1.0, warm.claims / CLAIMS)
    found = {
        "the record differs": warm.content != cold.content,
        f"nothing changed, and it took more than {limit:.0f} s": warm.seconds > limit,
        f"nothing changed, and it took more than 1/{RATIO:.0f} of the first run": warm.seconds * RATIO > cold.seconds,
        "one claim was added, and not one result": added.kept != warm.kept + 1,
    }
    return [text for text, missed in found.items() if missed]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", nargs="*", type=Path, help="default: the catalogue")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--time-limit", type=float, default=60.0, help="seconds for each claim")
    arguments = parser.parse_args()
    cold, warm, added = measured(arguments.papers or [catalogue()], arguments.jobs, arguments.time_limit)
    print(f"from nothing       {cold.seconds:8.1f} s  {cold.claims} claims, {cold.kept} results kept")
    print(f"nothing changed    {warm.seconds:8.1f} s  {cold.seconds / warm.seconds:.1f} times as fast")
    print(f"one claim added    {added.seconds:8.1f} s  {added.kept - warm.kept} result more")
    missed = faults(cold, warm, added)
    print("\n".join(missed) or "all as it should be")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
