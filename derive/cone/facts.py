"""What is known of the atoms of an inequality: their own signs, and the hypotheses without their denominators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from derive.cone.polynomials import Polynomial, Ring
from derive.language.arrays import Norm, Spectral
from derive.language.combinatorics import Binomial, Factorial
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, Index, Power, Size, Tensor

POSITIVE_FUNCTIONS = frozenset({"exp", "cosh", "sigmoid", "softplus"})
NONNEGATIVE_FUNCTIONS = frozenset({"abs", "sqrt", "relu"})

NONNEGATIVE_SPECTRA = frozenset({"sigma_min", "opnorm"})

MOST_SQUARED = 6
"""Atoms of which the squares of all sums and differences are taken as facts."""


@dataclass(frozen=True)
class Fact:
    """A polynomial that is at least 0 wherever the claim's hypotheses hold: larger where ``strict``, 0 where ``zero``.

    ``reason`` is ``hypothesis``, ``sign`` (of an atom), ``size``, ``square``, ``root``, ``exponential``,
    ``power``, ``logarithm``, ``exponents``, ``hyperbola``, ``denominator`` or ``lemma``. A hypothesis has its number,
    and the numbers of the facts by which it was multiplied; a square has its ``root``, and what is known by a logarithm
    the ``smaller`` and the ``larger`` number, and the facts that are its ``conditions``.
    """

    polynomial: Polynomial
    reason: str
    strict: bool = False
    zero: bool = False
    hypothesis: int | None = None
    divisors: tuple[int, ...] = ()
    conditions: tuple[int, ...] = ()
    root: Polynomial | None = None
    smaller: Tensor | None = field(default=None, compare=False)
    larger: Tensor | None = field(default=None, compare=False)


def of_atoms(ring: Ring) -> Iterator[Fact]:
    """The signs of the atoms, squares of those without a sign, and what roots are the roots of."""
    unsigned = []
    for name, atom in ring.atoms.items():
        polynomial = ring.atom(name)
        match atom:
            case Size():
                yield Fact(polynomial, "size", strict=True)
                yield Fact(polynomial - 1, "size")
            case _ if (sign := sign_of(atom)) is not None:
                yield Fact(polynomial, "sign", strict=sign)
                yield square(polynomial - 1)
            case _:
                unsigned.append(polynomial)
                yield square(polynomial)
                yield square(polynomial - 1)
                yield square(polynomial + 1)
        yield from _of_root(ring, polynomial, atom)
        yield from _of_hyperbola(ring, polynomial, atom)
    if len(ring.atoms) <= MOST_SQUARED:
        for first, second in combinations(map(ring.atom, ring.atoms), 2):
            yield square(first - second)
            if any(first is other for other in unsigned) or any(second is other for other in unsigned):
                yield square(first + second)


def square(root: Polynomial) -> Fact:
    """The fact that the square of a polynomial is at least 0."""
    return Fact(root**2, "square", root=root)


def _of_root(ring: Ring, polynomial: Polynomial, atom: Tensor) -> Iterator[Fact]:
    """The square of a square root, or of an absolute value, is known; a maximum is no less than what it is of."""
    match atom:
        case Apply(function="sqrt", arguments=(operand,)) if (inner := ring.polynomial(operand)) is not None:
            yield Fact(polynomial**2 - inner, "root", zero=True)
        case Apply(function="abs", arguments=(operand,)) if (inner := ring.polynomial(operand)) is not None:
            yield Fact(polynomial**2 - inner**2, "root", zero=True)
            yield Fact(polynomial - inner, "root")
            yield Fact(polynomial + inner, "root")
        case Apply(function="maximum" | "minimum" as function, arguments=arguments):
            inside = [found for operand in arguments if (found := ring.polynomial(operand)) is not None]
            yield from (Fact(polynomial - p if function == "maximum" else p - polynomial, "root") for p in inside)


def _of_hyperbola(ring: Ring, cosh: Polynomial, atom: Tensor) -> Iterator[Fact]:
    """cosh(t) >= 1, cosh(t)^2 = 1 + sinh(t)^2, and exp(t) and exp(-t) are positive."""
    match atom:
        case Apply(function="cosh", arguments=(operand,)):
            yield Fact(cosh - 1, "hyperbola")
            sinh = ring.polynomial(Apply.of("sinh", operand))
            if sinh is not None:
                yield Fact(cosh**2 - sinh**2 - 1, "hyperbola", zero=True)
                yield Fact(cosh + sinh, "hyperbola", strict=True)
                yield Fact(cosh - sinh, "hyperbola", strict=True)


def sign_of(atom: Tensor) -> bool | None:
    """Whether the atom is positive (True) or only known not to be negative (False); None where it has no sign."""
    match atom:
        case Index(operand=operand) if isinstance(operand, Symbol) and not atom.shape:
            return sign_of(operand)
        case Size() | Factorial():
            return True
        case Binomial():
            return False
        case Symbol(properties=properties):
            return "positive" in properties if properties & {"positive", "nonnegative"} else None
        case Apply(function=function) if function in POSITIVE_FUNCTIONS | NONNEGATIVE_FUNCTIONS:
            return function in POSITIVE_FUNCTIONS
        case Power(base=base):
            return sign_of(base)
        case Norm():
            return False
        case Spectral(kind=kind) if kind in NONNEGATIVE_SPECTRA:
            return False
    return None
