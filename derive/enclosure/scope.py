"""Expressions recorded as code for intervals: functions in forms in which a variable occurs once, where there is one.

Interval arithmetic takes two occurrences of a variable for two variables. So ``abs``, ``tanh`` and extrema are single
steps, softmax is written in differences ``z_j - z_i``, and slopes use the function's own value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from derive.enclosure.recording import Recorded, Recording, Tape
from derive.evaluate.duals import Dual, Duals
from derive.evaluate.forward import ForwardMode
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, System, array_of, boxed
from derive.instances.patterns import strip
from derive.language.arrays import Norm, Softmax
from derive.language.tensor import Apply, Number, Power, Sum, Tensor

Function = Callable[[System, Any], Any]


class RecordedScope(Scope):
    """A scope whose values are on a tape."""

    def computed(self, node: Tensor) -> Array:
        if isinstance(node, Apply) and node.function in VALUES:
            return boxed(
                np.frompyfunc(lambda x: apply(node.function, self.system, x), 1, 1)(self.value(node.arguments[0]))
            )
        if isinstance(node, Apply) and node.function in EXTREMA:
            arguments = np.broadcast_arrays(*map(self.value, node.arguments))
            if not any(isinstance(x, Dual) for array in arguments for x in array.flat):
                kind = EXTREMA[node.function]
                return boxed(np.frompyfunc(lambda x, y: self.system.extremum(kind, [x, y]), 2, 1)(*arguments))
        if isinstance(node, Power) and isinstance(node.exponent, Number) and isinstance(strip(node.base), Norm):
            powered = _without_root(node.base, node.exponent.value)
            if powered is not None:
                return self.value(powered)
        if isinstance(node, Softmax):
            return boxed(np.apply_along_axis(self._softmax, node.axis, self.value(node.operand)))
        return super().computed(node)

    def _softmax(self, z: Array) -> Array:
        """``softmax(z)_i = 1/(1 + sum over j != i of exp(z_j - z_i))``."""
        one = self.system.rational(Fraction(1))
        found = []
        for i, own in enumerate(z):
            total = one
            for j, other in enumerate(z):
                total = total + self.system.exp(other - own) if j != i else total
            found.append(self.system.divide(one, total))
        return array_of(found, z.shape, object)


def recorded_scope(
    tape: Tape,
    sizes: Mapping[str, int],
    indices: Mapping[str, int],
    arrays: Mapping[str, Array],
    system: System | None = None,
) -> RecordedScope:
    """Where expressions are recorded, given the values of the symbols on the tape."""
    return RecordedScope(system or Recording(tape), sizes, indices, arrays, ForwardMode())


def _without_root(base: Tensor, exponent: Fraction) -> Tensor | None:
    """``norm(s)**e`` as ``sum(s**2)**(e/2)``, which has no root where e is even and a smaller one elsewhere."""
    norm = strip(base)
    if not isinstance(norm, Norm) or norm.order not in ("2", "fro"):
        return None
    return Power.of(Sum.of(Power.of(norm.operand, Number(Fraction(2)))), Number(exponent / 2))


class MeanValueDuals(Duals):
    """Dual numbers whose tangents are the slopes of a mean value form, of the values that the code computes.

    At a kink of something continuous a slope may be any number between those of both sides.
    """


def apply(name: str, system: System, x: Any) -> Any:
    """An elementwise function of a number, dual or not, by the rules of ``VALUES`` and ``SLOPES``."""
    if not isinstance(system, Duals):
        assert isinstance(x, Recorded)
        return VALUES[name](system, x)
    inner, tangents = system.split(x)
    value = apply(name, system.base, inner)
    if not tangents:
        return value
    slope = SLOPES[name](system.base, inner, _above if isinstance(system, MeanValueDuals) else _jumps)
    return Dual(system.level, value, {key: tangent * slope for key, tangent in tangents.items()})


def _recorded(operation: str) -> Function:
    def function(system: System, x: Any) -> Any:
        assert isinstance(system, Recording)
        return system.tape.apply(operation, (x,))

    return function


_above = _recorded("kink")
"""1 where x is positive, 0 where it is negative, anything between at zero."""


def _jumps(system: System, x: Any) -> Any:
    """The same as a value that jumps, which raises a doubt."""
    return system.step(x)


def _one(system: System) -> Any:
    return system.rational(Fraction(1))


def _sigmoid(system: System, x: Any) -> Any:
    return system.divide(_one(system), _one(system) + system.exp(-x))


def _tanh_slope(system: System, x: Any, step: Function) -> Any:
    value = apply("tanh", system, x)
    return _one(system) - value * value


def _sigmoid_slope(system: System, x: Any, step: Function) -> Any:
    value = apply("sigmoid", system, x)
    return value * (_one(system) - value)


VALUES: Mapping[str, Function] = {
    "abs": _recorded("absolute"),
    "relu": lambda system, x: system.extremum("max", [x, system.rational(Fraction(0))]),
    "tanh": _recorded("tanh"),
    "sigmoid": _sigmoid,
    "softplus": lambda system, x: system.log(_one(system) + system.exp(x)),
}
"""How functions of the table are recorded, where the table's own formula repeats its argument."""

SLOPES: Mapping[str, Callable[[System, Any, Function], Any]] = {
    "abs": lambda system, x, step: step(system, x) * system.rational(Fraction(2)) - _one(system),
    "relu": lambda system, x, step: step(system, x),
    "tanh": _tanh_slope,
    "sigmoid": _sigmoid_slope,
    "softplus": lambda system, x, step: apply("sigmoid", system, x),
}
"""Their derivatives, given the step to take at a kink."""

EXTREMA = {"maximum": "max", "minimum": "min"}
