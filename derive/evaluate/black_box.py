"""The value of an author's code at a point, in the number system of the evaluation.

A float among the code's constants stands for a real number that rounds to it: for the simplest rational one, and in
strict balls, which decide refutations, for all of them. Otherwise ``0.1 * x`` would differ from a claimed ``x / 10``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ulp
from typing import Any

import numpy as np
from flint import arb, fmpq

from derive.evaluate.balls import Balls
from derive.evaluate.chance.complexes import Complexes
from derive.evaluate.chance.system import ExponentialPolynomials
from derive.evaluate.duals import Duals
from derive.evaluate.errors import EvaluationError, NotRational, Unavailable
from derive.evaluate.generic.arithmetic import Arithmetic, NotGeneric
from derive.evaluate.generic.place import Place, raised_at
from derive.evaluate.generic.run import run
from derive.evaluate.rationals import Rationals
from derive.evaluate.system import Array, System
from derive.language.black_box import BlackBox

SHORT = 2**10
"""The largest denominator of a float, a power of two, up to which it is meant exactly: 0.5, 0.375."""

ROUNDINGS = 4
"""Roundings that a constant may have, being computed itself: ``np.sqrt(2 / np.pi)``."""


class CodeFailed(Unavailable):
    """An author's code that raised, or that gave something else than it was declared to give."""


class FloatsOnly(Unavailable):
    """An author's code that runs on floats alone."""


def value(node: BlackBox, arguments: Sequence[Array], shape: tuple[int, ...], system: System) -> Array:
    """What the code gives for ``arguments``, numbers of ``system``.

    Raises:
        CodeFailed: it raises on floats too, or gives an array of another shape.
        FloatsOnly: it does not run on numbers of the system.
        EvaluationError: a value that does not exist, or a comparison that cannot be decided.
    """
    if system.dtype is not object:
        return _checked(node, on_floats(node, arguments), shape)
    arithmetic = Arithmetic(system, constants=_constants(system))
    try:
        found = run(node.function, [np.array(x) for x in arguments], arithmetic)
    except EvaluationError:
        raise
    except Exception as error:  # it may ask for floats; what is wrong with it otherwise shows on floats
        on_floats(node, [_floats(x) for x in arguments])
        raise FloatsOnly(f"{node.name} runs on floats alone ({_what(error)})") from error
    return _checked(node, found, shape)


def ties(node: BlackBox, arguments: Sequence[Array], system: System) -> list[Place]:
    """The lines of the code whose comparisons are between equal numbers, or such as cannot be told apart."""
    arithmetic = Arithmetic(system, strict=False, constants=_constants(system))
    try:
        run(node.function, [np.array(x) for x in arguments], arithmetic)
    except Exception:  # what is wrong with the code is told where its value is asked for
        return []
    return arithmetic.ties


def on_floats(node: BlackBox, arguments: Sequence[Array]) -> Array:
    """What the code gives for arrays of floats; numbers for arguments without axes.

    Raises:
        CodeFailed: it raises, or gives something that is no array of real numbers.
    """
    try:
        with np.errstate(all="ignore"):
            found = node.function(*(np.array(x, np.float64) if np.ndim(x) else float(x) for x in arguments))
        if type(found).__module__.partition(".")[0] == "torch":
            found = found.detach().cpu().numpy()
        return np.asarray(found, np.float64)
    except Exception as error:  # told with the place in the author's code
        raise CodeFailed(f"{node.name} raised {_what(error)}") from error


def _checked(node: BlackBox, found: Array, shape: tuple[int, ...]) -> Array:
    if found.shape == shape:
        return found
    raise CodeFailed(f"{node.name} gave an array of shape {found.shape} where {shape} was declared")


def _what(error: Exception) -> str:
    place = raised_at(error)
    text = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return text if isinstance(error, NotGeneric) or place is None else f"{text} in {place}"


def _floats(array: Array) -> Array:
    """The numbers of an array as doubles, in the middle of its balls."""
    return np.array([_float(x) for x in array.flat], np.float64).reshape(array.shape)


def _float(x: Any) -> float:
    while hasattr(x, "tangents"):
        x = x.value
    try:
        return int(x.p) / int(x.q) if isinstance(x, fmpq) else float(x)
    except (TypeError, ValueError, RuntimeError):
        return 0.5  # a formula stands for any number


def _constants(system: System) -> Callable[[float], Any]:
    base = system
    while isinstance(base, (Duals, ExponentialPolynomials, Complexes)):
        base = base.base

    def constant(plain: float) -> Any:
        exact = Fraction(plain)
        if exact.denominator <= SHORT:
            return base.rational(exact)
        if isinstance(base, Rationals):
            raise NotRational(f"{plain!r} in the code is rounded")
        if isinstance(base, Balls) and base.strict:
            return base.rational(exact) * (arb(1) + arb(0, ROUNDINGS * 2.0**-53))
        return base.rational(simplest(exact))

    return constant


def simplest(exact: Fraction) -> Fraction:
    """The rational number of the smallest denominator that rounds to a double."""
    half = Fraction(ulp(float(exact))) / 2
    low, high = abs(exact) - half, abs(exact) + half
    found = _between(low, high)
    return found if exact > 0 else -found


def _between(low: Fraction, high: Fraction) -> Fraction:
    """The simplest fraction of an interval of positive numbers, by continued fractions."""
    whole = low.numerator // low.denominator
    if whole == low or whole + 1 <= high:
        return Fraction(whole if whole == low else whole + 1)
    return whole + 1 / _between(1 / (high - whole), 1 / (low - whole))
