"""Random expressions: the normal form has the value of the expression it came from, with and without hypotheses.

The expressions are evaluated by ``derive.evaluate`` (balls, derivatives by dual numbers), the forms by ``form_values``;
neither shares code with the calculus.
"""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.calculus.hypotheses import facts_from
from derive.calculus.impose import impose
from derive.calculus.lower import lower_together
from derive.calculus.matrix_form import NoMatrixForm, Vocabulary, matrix_form
from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.language.rebuild import with_operands
from derive.language.tensor import Add, IndexSymbol, MatMul, Multiply, Tensor

from .expressions import SYMBOLS, Expressions, point
from .form_values import FormValues
from .hypotheses import CASES, Case

SIZES = ({"n": 3, "d": 2}, {"n": 1, "d": 2}, {"n": 2, "d": 3}, {"n": 1, "d": 1}, {"n": 2, "d": 2})
LARGEST = 1e5
BLOCK = 25


def value(expression: Tensor, at: Point) -> np.ndarray | None:
    """The value in double precision, None where there is none or it is too large or too uncertain to compare."""
    try:
        balls = evaluate(expression, at, Balls(150))
    except EvaluationError:
        return None
    if not all(ball.is_finite() and float(ball.rad()) < 1e-12 * (1 + abs(float(ball.mid()))) for ball in balls.flat):
        return None
    values = np.array([float(ball.mid()) for ball in balls.flat]).reshape(balls.shape)
    return values if np.abs(values).max(initial=0) < LARGEST else None


def of_form(form, array, splits, at: Point) -> np.ndarray | None:
    """The form's value; None where the form, which may have a smaller domain, has none."""
    arrays = {name: np.array(entries, dtype=object).astype(float) for name, entries in at.values.items()}
    try:
        with np.errstate(all="ignore"):
            found = FormValues(at.sizes, at.indices, arrays, splits).array(form, array.axes)
    except (ZeroDivisionError, np.linalg.LinAlgError, OverflowError, ValueError):
        return None
    return found if np.isfinite(found).all() and np.abs(found).max(initial=0) < LARGEST else None


def agree(one: np.ndarray, other: np.ndarray) -> bool:
    scale = max(1.0, float(np.abs(one).max(initial=0)))
    return bool(np.allclose(one, np.broadcast_to(other, one.shape), rtol=1e-6, atol=1e-7 * scale))


def compared(expression: Tensor, case: Case | None, rng: Random) -> int:
    """How many points the normal form was compared at; fails where it differs."""
    try:
        lowering, (array,) = lower_together([expression])
        facts = facts_from(lowering, case.given if case else (), [expression])
        form = impose(lowering.algebra, array.form, facts)
    except Undecidable:
        return 0
    count = 0
    for sizes in rng.sample(SIZES, 3):
        try:
            at = case.at(point(rng, sizes), rng) if case else point(rng, sizes)
        except (ZeroDivisionError, StopIteration):
            continue
        wanted = value(expression, at)
        found = of_form(form, array, lowering.splits, at) if wanted is not None else None
        if wanted is not None and found is not None:
            assert agree(wanted, found), f"{expression!r} at {sizes}: {wanted}, its normal form {found}"
            count += 1
    return count


@pytest.mark.parametrize("block", range(6))
def test_a_form_has_the_value_of_its_expression(block):
    """For every n and d, n = 1 and d = 1 among them; symmetric, skew and positive symbols included."""
    count = 0
    for seed in range(BLOCK * block, BLOCK * (block + 1)):
        rng = Random(seed)
        expression = Expressions(rng, kinks=seed % 2 == 0, opaque=seed % 3 == 0).any(2 + seed % 2)
        count += compared(expression, None, rng)
    assert count > BLOCK


@pytest.mark.parametrize("name", CASES)
def test_hypotheses_change_no_value_where_they_hold(name):
    """A form rewritten by an equality has the old value at points that satisfy it."""
    count = 0
    for seed in range(8):
        rng = Random(f"{name} {seed}")
        expression = Expressions(rng, kinks=False, opaque=False).any(2 + seed % 2)
        count += compared(expression, CASES[name], rng)
    assert count > 4


def rearranged(expression: Tensor, rng: Random) -> Tensor:
    """The same value written differently: sums and products turned round, matrix products transposed."""
    operands = [child for child in expression.children() if not isinstance(child, IndexSymbol)]
    if not operands:
        return expression
    try:
        node = with_operands(expression, [rearranged(operand, rng) for operand in operands])
    except TypeError:  # derivatives and constants stay
        return expression
    if isinstance(node, Add | Multiply) and rng.random() < 0.7:
        return type(node).of(node.right, node.left)
    if isinstance(node, MatMul) and node.left.ndim == node.right.ndim == 2:
        return MatMul.of(node.right.T, node.left.T).T
    return node


@pytest.mark.parametrize("block", range(3))
def test_a_rearranged_expression_is_proved_equal(block):
    """The canonical form does not depend on the order in which an expression was written."""
    for seed in range(1000 + BLOCK * block, 1000 + BLOCK * (block + 1)):
        rng = Random(seed)
        expression = Expressions(rng).any(2 + seed % 2)
        other = rearranged(expression, rng)
        try:
            found = difference(expression, other)
        except Undecidable:
            continue
        assert found.proved, f"{expression!r} == {other!r}"


@pytest.mark.parametrize("block", range(2))
def test_matrix_notation_of_a_form_has_that_form(block):
    """From the normal form to an expression and back."""
    count = 0
    for seed in range(2000 + BLOCK * block, 2000 + BLOCK * (block + 1)):
        expression = Expressions(Random(seed), kinks=False, opaque=False).any(2)
        indices = {f"@{node.name}": node for node in expression.walk() if isinstance(node, IndexSymbol)}
        try:
            _, (array,) = lower_together([expression])
            told = matrix_form(array.form, array.axes, Vocabulary({**SYMBOLS, **indices}))
            assert difference(expression, told).proved, f"{expression!r} told as {told!r}"
        except (Undecidable, NoMatrixForm):
            continue
        count += 1
    assert count > BLOCK // 2
