"""Expectations in closed form for all dimensions: textbook identities that are proved, and false ones that are not."""

from __future__ import annotations

import pytest

from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.language.api import (
    cos,
    det,
    diag,
    exp,
    expectation,
    eye,
    gaussian,
    heaviside,
    kron,
    lambda_min,
    matrix,
    norm,
    one_hot,
    outer,
    rademacher,
    relu,
    sign,
    sqrt,
    trace,
    variance,
    vector,
)
from derive.language.relations import Relation
from derive.language.tensor import Tensor

from .means import HALF_SPACES, IDENTITIES, QUADRATIC, VARIANCES, WAVES, D, S, W, X, d, f, identity, m, n, t, v, w, x, y


@pytest.mark.parametrize("name", IDENTITIES)
def test_the_mean_is_proved(name: str) -> None:
    operand, mean, _ = IDENTITIES[name]
    assert difference(expectation(operand), mean).proved


@pytest.mark.parametrize("name", IDENTITIES)
def test_a_near_miss_is_not(name: str) -> None:
    operand, _, miss = IDENTITIES[name]
    assert not difference(expectation(operand), miss).proved


@pytest.mark.parametrize("name", VARIANCES)
def test_the_variance_is_proved_and_a_near_miss_is_not(name: str) -> None:
    operand, value, miss = VARIANCES[name]
    assert difference(variance(operand), value).proved
    assert not difference(variance(operand), miss).proved


def test_a_sketch_is_unbiased_where_the_matrix_is_hadamard() -> None:
    hadamard = matrix("hadamard", n, n)
    signs = rademacher("D1", n), rademacher("D2", n)
    mixed = [hadamard @ diag(sign) for sign in signs]
    sketch = one_hot("P", m, n * n) @ kron(*mixed) / sqrt(m)
    given = [hadamard @ hadamard.T == n * eye(n), hadamard**2 == 1]
    assert difference(expectation(sketch.T @ sketch), eye(n * n), given).proved
    assert not difference(expectation(sketch.T @ sketch), eye(n * n) / m, given).proved


def test_an_inner_expectation_binds_its_own_symbol() -> None:
    """``E[<E[w^2], w>^2]``, where the two w are different, and so may be their laws."""
    for inner in (w, rademacher("w", d)):
        assert difference(expectation((expectation(inner**2) @ w) ** 2), d).proved


def test_a_condition_on_other_symbols_changes_nothing() -> None:
    assert difference(expectation(norm(w) ** 2, given=norm(v) <= 1), d).proved


@pytest.mark.parametrize("name", QUADRATIC)
def test_the_mean_of_a_quadratic_exponential_is_proved_and_a_near_miss_is_not(name: str) -> None:
    operand, mean, miss, given = QUADRATIC[name]
    assert difference(expectation(operand), mean, given).proved
    assert not difference(expectation(operand), miss, given).proved


@pytest.mark.parametrize("name", [*HALF_SPACES, *WAVES])
def test_the_mean_of_a_step_or_a_wave_is_proved_and_a_near_miss_is_not(name: str) -> None:
    operand, mean, miss = (HALF_SPACES | WAVES)[name]
    assert difference(expectation(operand), mean).proved
    assert not difference(expectation(operand), miss).proved


def test_signs_of_one_form_are_told_from_one_where_it_may_vanish() -> None:
    """``E sign(<w_r, x>) sign(<w_k, x>)`` is 1 at r = k, but not where x is zero."""
    signs = sign(W.T @ x)
    assert not difference(expectation(outer(signs, signs)), eye(m)).proved


T, D2 = gaussian("T", d, d), matrix("D2", d, d)
columns_apart = exp((W**2).sum(axis=0) / 4)

UNDECIDABLE: dict[str, Tensor | tuple[Tensor, Relation]] = {
    "infinite": exp(norm(w) ** 2),
    "infinite at the edge": exp(norm(w) ** 2 / 2),
    "infinite somewhere": exp(t * norm(w) ** 2),
    "infinite for some matrices": exp(w @ D @ w),
    "infinite for some weights": exp(y @ (X @ w) ** 2),
    "semidefinite is not enough": (exp(w @ D @ w), identity - 2 * D >> 0),
    "the bound of another form": (exp(w @ D @ w), lambda_min(identity - D) > 0),
    "infinite where two columns are one": columns_apart.sum() ** 2,
    "infinite, in two entries": exp(-2 * w[0] * w[1]),
    "infinite, a square that is no Gram matrix": exp(-(w @ D2 @ D2 @ w)),
    "infinite, one entry of a semidefinite matrix": exp(-S[0, 1] * w[0] ** 2),
    "infinite, a trace": exp(-trace(T @ T)),
    "a higher power": exp(-(w**4).sum()),
    "infinite, bilinear": exp(v @ w),
    "undefined beside a mean of zero": v * exp(norm(w) ** 2),
    "undefined reciprocal": 1 / w,
    "undefined reciprocal beside a mean of zero": v * (1 / f.sum()),
    "a function without a rule": norm(w),
    "two half spaces": relu(w @ x) * relu(v @ x + w @ x),
    "a step and a quadratic exponential": relu(w @ x) * exp(-(norm(w) ** 2)),
    "a step and a wave": relu(w @ x) * cos(w @ x),
    "a wave of a square": cos(norm(w) ** 2),
    "a step of a square": heaviside(norm(w) ** 2 - 1),
    "one name for two laws": w + rademacher("w", d),
    "one name inside and outside of chance": w + vector("w", d),
}


@pytest.mark.parametrize("name", UNDECIDABLE)
def test_no_value_is_given(name: str) -> None:
    """Neither to what is infinite or undefined, nor to what has no rule: also two equal sides are not proved."""
    case = UNDECIDABLE[name]
    operand, given = (case[0], [case[1]]) if isinstance(case, tuple) else (case, [])
    with pytest.raises(Undecidable):
        difference(expectation(operand), expectation(operand), given)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_quadratic_form_of_a_stated_size(size: int) -> None:
    form, g = matrix("form", size, size, psd=True), gaussian("g", size)
    assert difference(expectation(exp(-(g @ form @ g) / 2)), 1 / sqrt(det(eye(size) + form))).proved


def test_a_condition_on_what_is_averaged_has_no_rule() -> None:
    with pytest.raises(Undecidable):
        difference(expectation(norm(w) ** 2, given=norm(w) <= 1), d)
