"""A witness as a program: both sides at the witness, every derivative by differences of the model's own value.

The program needs NumPy alone, and mpmath where doubles would not tell the sides apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import isfinite
from typing import Any

import numpy as np

from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point, entries
from derive.evidence.evidence import Witness
from derive.language.arrays import Spectral
from derive.language.derivatives import Definition, derivative_order
from derive.language.difference_code import DifferenceWriter
from derive.language.errors import InputError
from derive.language.mean_code import check_means
from derive.language.multiprecision_code import MultiprecisionWriter
from derive.language.symbols import Symbol
from derive.language.tensor import Add, IndexSymbol, Tensor

Named = (Symbol, IndexSymbol, Definition)

CLEAR = 1e-4
"""The relative difference of the sides above which doubles show it."""

CANCELLED = Fraction(1, 100)
"""How much further an eigenvalue has to stand out of the entries that it is left of."""

STEPS = {0: "1e-5", 1: "1e-5", 2: "1e-4"}
"""By the order of the derivatives, a step of differences of doubles; they are good to about 1e-10 and 1e-8."""

STEEP = 10
"""Numbers beyond which a model may change too fast for these steps."""

FINE_STEP = "mp.mpf(10) ** -15"
"""The step in eighty digits; differences are good to about 1e-30, up to the third order."""

FINEST = 1e-25
"""The relative difference of the sides below which differences do not show it either."""

TAKEN = frozenset({"np", "mp", "math", "itertools", "claimed", "derived", "sum", "range"})
"""What else the program calls by these names."""

STANDARD = ("itertools", "math")
"""Modules of Python's own that functions may need."""

MOST_DIGITS = 400
"""Digits before or behind the point beyond which no double is as large, or as small."""

_VALUE = re.compile(r"value\d+")


def snippet(derived: Tensor, claimed: Tensor, witness: Witness) -> str:
    """A Python program that prints both sides at the witness's entry; empty where none can be written."""
    try:
        return _program(derived, claimed, witness)
    except InputError:
        return ""


def _program(derived: Tensor, claimed: Tensor, witness: Witness) -> str:
    for side in (derived, claimed):
        check_means(side, witness.sizes)
    order = max(derivative_order(derived), derivative_order(claimed))
    gap = _gap(derived, witness)
    fine = order not in STEPS or gap < CLEAR or (order > 0 and _largest(witness) > STEEP)
    writer: DifferenceWriter = MultiprecisionWriter() if fine else DifferenceWriter()
    names = {node.name for side in (derived, claimed) for node in side.walk() if isinstance(node, Named)}
    if order and gap < FINEST:
        raise InputError("the sides differ by less than differences can show")
    if names & (TAKEN | writer.sources.keys()) or any(_VALUE.fullmatch(name) for name in names):
        raise InputError("a symbol has a name that the program needs")
    for side in (claimed, derived):
        writer.assign(side)
    last = [f"claimed = {writer.whole(claimed)}", f"derived = {writer.whole(derived)}"]
    for name, side in (("claimed", claimed), ("derived", derived)):
        place = _place(name, side, witness.entry)
        last.append(f'print("{name}:", {f"mp.nstr({place}, 40)" if fine else place})')
    step = FINE_STEP if fine else STEPS[order]
    functions = [source.replace("STEP", step) for name, source in writer.sources.items() if name in writer.functions]
    definitions = [f"{name} = {text}" for name, text in writer.assignments.items()]
    body = "\n".join([*_instance(witness, names, fine), *definitions, *last])
    return "\n\n\n".join([_imports(functions, fine), *functions, *writer.values, body]) + "\n"


def _imports(functions: list[str], fine: bool) -> str:
    if fine:
        return "import mpmath as mp\nimport numpy as np\n\nmp.mp.dps = 80"
    standard = [f"import {name}" for name in STANDARD if any(f"{name}." in source for source in functions)]
    return "\n".join([*standard, "", "import numpy as np"] if standard else ["import numpy as np"])


def _gap(derived: Tensor, witness: Witness) -> float:
    """The difference of the sides relative to the larger one; an eigenvalue relative to the entries of its matrix."""
    left, right = (_number(text) for text in (witness.left, witness.right))
    size = max(abs(left), abs(right)) or Fraction(1)
    if isinstance(derived, Spectral) and isinstance(derived.operand, Add):
        point = Point(witness.sizes, witness.indices, witness.values)
        terms = (derived.operand.left, derived.operand.right)
        largest = max(float(np.max(np.abs(evaluate(term, point, Float64())))) for term in terms)
        if not isfinite(largest):
            raise InputError("the sides are beyond doubles")
        size = max(size, Fraction(largest)) / CANCELLED
    return float(abs(left - right) / size)


def _number(text: str) -> Fraction:
    """The number that a text is, unless no double is as large or as small; its digits would be too many."""
    exponent = text.partition("e")[2]
    if exponent and abs(int(exponent)) > MOST_DIGITS:
        raise InputError("the sides are beyond doubles")
    return Fraction(text)


def _largest(witness: Witness) -> Fraction:
    """The largest number of the instance."""
    return max((abs(number) for value in witness.values.values() for number in entries(value)), default=Fraction(0))


def _place(name: str, side: Tensor, entry: tuple[int, ...]) -> str:
    """The entry of a side; a scalar is repeated over the other side."""
    return f"{name}[{', '.join(map(str, entry))}]" if side.ndim else name


def _instance(witness: Witness, names: set[str], fine: bool) -> Iterator[str]:
    """Assignments of the sizes, the positions and the values."""
    yield from (f"{name} = {number}" for name, number in {**witness.sizes, **witness.indices}.items())
    for name, value in witness.values.items():
        if name in names:
            yield f"{name} = {_value(value, fine)}"


def _value(value: Any, fine: bool) -> str:
    if isinstance(value, (list, tuple)):
        return f"np.array({_entries(value, fine)}{', object' if fine else ', float'})"
    return _entries(value, fine)


def _entries(value: Any, fine: bool) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_entries(part, fine) for part in value)}]"
    fraction = Fraction(value)
    whole = f"mp.mpf({fraction.numerator})" if fine else f"{fraction.numerator}"
    return whole if fraction.denominator == 1 else f"{whole} / {fraction.denominator}"
