"""A claim's instances follow from the seed and its own id: other claims of the file move nothing."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import msgspec
import pytest

from derive.instances.drawn import Drawn
from derive.judge import judge
from derive.language.load import load
from derive.language.paper import Claim
from derive.obligation import obligations

PAPER = """
[paper]
id = "neighbours"

[symbols]
A = { shape = ["n", "d"] }
x = { shape = ["d"] }
R = { shape = [], positive = true }
"""

CLAIM = """
[[claim]]
id = "descent"
statement = "grad(norm(A @ x)**2, x) == 3*A.T @ A @ x"
given = ["opnorm(A) <= R", "norm(x) <= R"]
"""

OTHER = """
[[claim]]
id = "other"
statement = "norm(A @ x) <= opnorm(A) * norm(x)"
given = ["norm(x) <= 1"]
"""


def claim(folder: Path, *parts: str) -> Claim:
    """The claim ``descent`` of a file with these parts."""
    file = folder / "neighbours.toml"
    file.write_text(PAPER + "".join(parts), encoding="utf-8")
    return next(claim for claim in load(file)[0].claims if claim.id.endswith("/descent"))


def bytes_of(found: Claim, seed: int = 0) -> bytes:
    """The record of a claim without timings and without its place in the file."""
    record = msgspec.to_builtins(judge(found, seed=seed))
    evidence = [{key: value for key, value in item.items() if key != "seconds"} for item in record["evidence"]]
    rest = {key: value for key, value in record.items() if key not in ("evidence", "seconds", "where")}
    return msgspec.json.encode({**rest, "evidence": evidence})


@pytest.mark.parametrize("parts", [(OTHER, CLAIM), (CLAIM, OTHER)], ids=["before", "behind"])
def test_another_claim_of_the_file_moves_nothing(tmp_path: Path, parts: tuple[str, ...]) -> None:
    """The record is the same, byte for byte, with a claim before or behind."""
    assert bytes_of(claim(tmp_path, *parts)) == bytes_of(claim(tmp_path, CLAIM))


def test_another_seed_moves_the_instances(tmp_path: Path) -> None:
    """Seeds 0 and 1 draw other points, and 0 the same ones twice."""
    (obligation,) = obligations(claim(tmp_path, CLAIM))
    drawn = [[instance.point for instance in islice(Drawn(obligation, seed), 8)] for seed in (0, 0, 1)]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]
