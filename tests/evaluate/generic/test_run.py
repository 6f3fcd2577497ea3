"""NumPy code that is written for floats runs in every number system, with the same values."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from derive.evaluate.balls import Balls
from derive.evaluate.duals import Duals
from derive.evaluate.errors import NotRational, OutsideDomain
from derive.evaluate.generic.arithmetic import Arithmetic, KinkInCode, NotGeneric
from derive.evaluate.generic.run import run
from derive.evaluate.multiprecision import Multiprecision
from derive.evaluate.rationals import Rationals
from derive.evaluate.system import System, array_of

POINT = np.array([0.5, -1.25, 2.0, 0.75, -0.5])
MATRIX = np.arange(20.0).reshape(4, 5) / 8 - 1


def in_place(x: Any) -> Any:
    y = x.copy()
    y += 1
    y[0] = y[0] * 2.0
    return y.sum()


CODES: dict[str, Callable[[Any], Any]] = {
    "product": lambda x: MATRIX @ x,
    "dot": lambda x: x.dot(x) + np.dot(x, x) + np.inner(x, x) + np.vdot(x, x),
    "transposed product": lambda x: MATRIX.T @ (MATRIX @ x),
    "outer": lambda x: np.outer(x, x) - np.multiply.outer(x, x) / 2,
    "einsum": lambda x: np.einsum("ij,j->i", MATRIX, x),
    "tensordot": lambda x: np.tensordot(MATRIX, x, 1),
    "sum": lambda x: x.sum() + np.sum(x[:, None] * MATRIX.T, axis=1, keepdims=True).sum(),
    "mean": lambda x: x.mean() + np.mean(x) + np.mean(MATRIX * x, axis=0),
    "variance": lambda x: np.var(x) + x.var(ddof=1),
    "norm": lambda x: np.linalg.norm(x) + np.linalg.norm(x, 1) + np.linalg.norm(x, np.inf),
    "softmax": lambda x: np.exp(x - x.max()) / np.exp(x - x.max()).sum(),
    "logaddexp": lambda x: np.logaddexp.reduce(x) + np.logaddexp(x, 0),
    "functions": lambda x: (
        np.tanh(x) + np.log1p(x**2) + np.expm1(x) + np.arctan(x) + np.sqrt(np.abs(x)) + np.cbrt(x**2)
    ),
    "trigonometry": lambda x: np.sin(x) * np.cos(x) + np.arctan2(x, 2.0) + np.sinh(x) - np.arcsinh(x),
    "powers": lambda x: np.abs(x) ** 1.5 + x**3 + 2.0**x + np.square(x) + 1 / x,
    "pieces": lambda x: np.maximum(x, 0) + np.minimum(x, 1) + np.where(x > 0, x, -x) + np.clip(x, -1, 1) * np.sign(x),
    "comparison": lambda x: (x > 0) * x + (x <= 1) * x**2,
    "loop": lambda x: sum(v * v if v > 0 else -v for v in x),
    "bare float": lambda x: float(x @ x),
    "NumPy's scalars": lambda x: np.float64(2.5) * x[0] + np.exp(x[1]) * np.int64(3),
    "shapes": lambda x: np.stack([x, 2 * x]).T.reshape(-1)[1:7].sum() + np.concatenate([x, x[::-1]]).max(),
    "in place": in_place,
    "plain objects": lambda x: np.exp(np.array([x[0], x[1] * x[2]])).sum(),
    "cumulative": lambda x: np.cumsum(x) + np.prod(x),
    "inverse": lambda x: np.linalg.inv(np.eye(5) * 9 + np.outer(x, x)).sum(),
    "solve": lambda x: x @ np.linalg.solve(np.eye(5) * 9 + np.outer(x, x), x),
    "log det": lambda x: np.linalg.slogdet(np.eye(5) * 9 + np.outer(x, x))[1] + np.trace(np.diag(x)),
    "arrays made anew": lambda x: np.linalg.det(
        np.diag(x) + np.tril(np.outer(x, x)) + np.logaddexp(np.where(x > 0, x, 0), 0)
    ),
    "constant": lambda x: np.ones(3),
}
SYSTEMS: dict[str, System] = {
    "balls": Balls(128),
    "50 digits": Multiprecision(),
    "dual numbers": Duals(Balls(128)),
    "rationals": Rationals(),
}


def numbers(system: System, point: np.ndarray) -> np.ndarray:
    found = [system.rational(Fraction(float(x))) for x in point.flat]
    if isinstance(system, Duals):
        found = [system.seed(x, k) for k, x in enumerate(found)]
    return array_of(found, point.shape, object)


def as_float(x: Any) -> float:
    x = getattr(x, "value", x)
    return int(x.p) / int(x.q) if hasattr(x, "q") else float(x)


def computed(code: Callable[[Any], Any], system: System, point: np.ndarray = POINT, **options: Any) -> np.ndarray:
    with system.context():
        return run(code, [numbers(system, point)], Arithmetic(system, **options))


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)
@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_code_gives_in_every_system_what_it_gives_for_floats(code: Callable[[Any], Any], system: System) -> None:
    try:
        found = computed(code, system)
    except NotRational:
        assert isinstance(system, Rationals)
        return
    values = np.array([as_float(x) for x in found.flat]).reshape(found.shape)
    np.testing.assert_allclose(values, code(POINT), rtol=1e-13)


def test_floats_are_taken_exactly() -> None:
    """Three times the double nearest to one third is not one."""
    found = computed(lambda x: 3 * (x * (1 / 3)), Rationals(), np.array([1.0]))
    assert found[0] != 1
    assert as_float(found[0] - 1) == pytest.approx(-(2.0**-54), rel=1e-12)


@pytest.mark.parametrize(
    "code",
    [
        lambda x: np.sum(np.asarray(x, dtype=float) ** 2),
        lambda x: float(x[0]) ** 2,
        lambda x: float(x[0]) + float(x[1]),
        lambda x: np.zeros(5) + [float(v) for v in x],
        lambda x: np.linalg.eigvalsh(np.outer(x, x)),
        lambda x: np.floor(x),
        lambda x: x * 1j,
    ],
    ids=["array of floats", "a float squared", "two floats", "floats", "eigenvalues", "floor", "complex"],
)
def test_code_that_goes_on_with_floats_is_refused(code: Callable[[Any], Any]) -> None:
    """Digits that a float has lost are never taken for known ones, also where the values are equal by accident."""
    with pytest.raises(TypeError):
        computed(code, Balls(128), np.ones(5))
    assert issubclass(NotGeneric, TypeError)


def test_a_comparison_that_cannot_be_decided_names_the_line() -> None:
    point = np.array([0.0, 1.0])
    with pytest.raises(KinkInCode) as caught:
        computed(lambda x: np.maximum(x, 0).sum(), Duals(Balls(128)), point)
    assert "np.maximum(x, 0)" in caught.value.place.source
    assert caught.value.place.file == __file__


def test_a_value_at_a_kink_follows_the_code() -> None:
    found = computed(lambda x: np.where(x > 0, 1, 2), Balls(128), np.array([0.0, 1.0]))
    assert [as_float(x) for x in found] == [2, 1]


def test_ties_are_listed_where_they_do_not_raise() -> None:
    system = Duals(Balls(128))
    arithmetic = Arithmetic(system, strict=False)
    with system.context():
        run(lambda x: np.abs(x).sum(), [numbers(system, np.array([0.0, 1.0]))], arithmetic)
    assert len(arithmetic.ties) == 1


def test_outside_the_domain_there_is_no_value() -> None:
    with pytest.raises(OutsideDomain):
        computed(np.log, Balls(128), np.array([-1.0]))
