"""Points at which a matrix has the diagonal that a hypothesis gives it."""

from __future__ import annotations

import derive as dv
from derive.verify.search import admitted
from derive.verify.statement import Statement

d = dv.dim("d")
G, r = dv.matrix("G", d, d, psd=True), dv.scalar("r", nonnegative=True)
GIVEN = (dv.diag(G) == 1, dv.abs(G - dv.eye(d)) <= r, (d - 1) * r < 1)


def test_points_of_a_unit_diagonal_are_found() -> None:
    """And not only those that are the identity."""
    statement = Statement((dv.opnorm(G) <= 2,), GIVEN, {}, ("d",))
    points = list(admitted(statement, "diagonal", 160))
    assert points
    for point in points:
        matrix = point.values["G"]
        assert all(matrix[k, k] == 1 for k in range(matrix.shape[0]))
    assert any(sum(map(abs, point.values["G"].entries)) > point.sizes["d"] for point in points)
