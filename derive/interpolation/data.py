"""A claim about any function of a class, said of points, gradients and values that a function of the class has.

There is a function with a gradient of Lipschitz constant L, and mu-strongly convex, that has given values and gradients
at finitely many points if and only if each two of these satisfy the inequality of ``derive/interpolation/classes.py``
(Taylor, Hendrickx and Glineur 2017, theorem 4, for -L <= mu < L by adding a multiple of ``|x|^2``). So the claim is
false as soon as such numbers violate it, which is decided without the function.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations_with_replacement, permutations

from derive.interpolation.claim import is_about_parameters, squared, zero_of
from derive.interpolation.classes import FunctionClass, class_of, interpolating
from derive.interpolation.vectors import ZERO, Reading, Unread, between, product_name
from derive.language.abstract import Convexity, abstract_values
from derive.language.arrays import Norm
from derive.language.claims import Claim
from derive.language.derivatives import Lipschitz
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Number, Tensor
from derive.obligation import Obligation

Pair = tuple[str, str]


@dataclass
class Vectors(Reading):
    """A reading in which inner products are those of vectors: of points, and of gradients that have symbols too."""

    basis: dict[str, Symbol] = field(default_factory=dict)

    def inner(self, first: str, second: str) -> Tensor:
        return self.basis[first] @ self.basis[second]


@dataclass(frozen=True)
class Data:
    """The claim in vectors and values, and in inner products and values, with all hypotheses.

    Attributes:
        vectors, products: the two obligations.
        basis: the symbols of the vectors by name.
        pairs: the symbol of each inner product, and of what.
        values: the symbols of the function's values.
        parameters: the hypotheses on numbers alone, which are to hold first.
    """

    vectors: Obligation
    products: Obligation
    basis: Mapping[str, Symbol]
    pairs: Mapping[str, Pair]
    values: tuple[str, ...]
    parameters: tuple[Relation, ...]

    @property
    def dimension(self) -> str:
        """The size of the vectors."""
        return next(iter(self.basis.values())).shape[0].terms[0][0][0]

    @property
    def numbers(self) -> tuple[Symbol, ...]:
        """The parameters."""
        found = {leaf.name: leaf for leaf in _leaves(self.vectors) if isinstance(leaf, Symbol) and not leaf.ndim}
        return tuple(found[name] for name in sorted(found) if name not in self.values)


def data(obligation: Obligation) -> Data:
    """The claim about what any function of the class has at finitely many points.

    Raises:
        Unread: it says more than that, or a hypothesis does.
    """
    known, zero = class_of(obligation.given), zero_of(obligation)
    if zero is None or known.smooth is None or len(abstract_values(*obligation.expressions)) != 1:
        raise Unread("the class, or a zero of the gradient,")
    signs = {relation.sign for relation in known.relations}
    if len(known.relations) != 1 + (known.convex is not None) or not signs <= {"<=", ">="}:
        raise Unread("the class")
    products = Reading(zero)
    products.point({})
    plain = _read(obligation, known, products, zero)
    basis = _basis(obligation, products, zero)
    if set(_symbols_of(obligation)) & {s.name for k, s in basis.items() if k[0] != "@"}:
        raise Unread("a symbol named as a gradient")
    vectors = Vectors(zero, basis=basis)
    vectors.point({})
    said = _read(obligation, known, vectors, zero)
    used = _symbols_of(said)
    basis = {name: s for name, s in basis.items() if s.name in used}
    pairs = {product_name(a, b): (a, b) for a, b in combinations_with_replacement(sorted(basis), 2)}
    values = tuple(point.value.name for point in products.points.values())
    if set(_symbols_of(obligation)) & {*values, *pairs}:
        raise Unread("a symbol named as a value")
    parameters = tuple(r for r in said.given if is_about_parameters(r) and not _mentions(r, values))
    return Data(said, plain, basis, pairs, values, parameters)


def about_data(claim: Claim, found: Data) -> Claim:
    """The claim, said of points, gradients and values."""
    relation = Relation(found.vectors.sign, found.vectors.left, found.vectors.right)
    member = "a function with these values and gradients"
    return replace(
        claim, relations=(relation,), given=found.vectors.given, definitions=(), stated=claim, members=(member,)
    )


def _basis(obligation: Obligation, reading: Reading, zero: str) -> dict[str, Symbol]:
    """The symbols of points other than the zero, and of gradients, which are of the same size."""
    places = {name: s for name, s in sorted(_symbols_of(obligation).items()) if s.ndim}
    if zero not in places:
        raise Unread("a point")
    shape = places[zero].shape
    symbolic = len(shape) == 1 and len(shape[0].terms) == 1 and shape[0].terms[0][1] == 1 == len(shape[0].terms[0][0])
    if not symbolic or any(s.shape != shape or s.properties for s in places.values()):
        raise Unread("a point")
    found = {f"@{name}": s for name, s in places.items() if name != zero}
    gradients = [name for point in reading.points.values() for name in point.gradient]
    return found | {name: Symbol(f"gradient_{name.removeprefix('g')}", shape) for name in gradients}


def _read(obligation: Obligation, known: FunctionClass, reading: Reading, zero: str) -> Obligation:
    """The obligation in what the reading takes inner products for, with what interpolation says of all points."""
    left, right = (reading.number(side, {}) for side in squared(obligation, known))
    given = [read for r in obligation.given if r not in known.relations for read in _hypothesis(r, reading, zero)]
    given += _of_class(known, reading)
    found = replace(obligation, left=left, right=right, given=tuple(given))
    if not all(isinstance(leaf, (Number, Symbol)) for leaf in _leaves(found)):
        raise Unread("a number")
    return found


def _of_class(known: FunctionClass, reading: Reading) -> Iterator[Relation]:
    L, mu = known.smooth, known.convex
    assert L is not None
    constants = (L,) if mu is None else (L, mu)
    if any(leaf.ndim for constant in constants for leaf in constant.walk()) or abstract_values(*constants):
        raise Unread("a constant of the class")
    yield Relation("<", ZERO if mu is None else mu, L)
    if mu is not None:
        yield Relation("<=", ZERO, L + mu)
    for first, second in permutations(reading.points.values(), 2):
        moved, turned = between(first.place, second.place), between(first.gradient, second.gradient)
        products = [reading.product(*pair) for pair in ((moved, moved), (turned, turned), (turned, moved))]
        gap = first.value - second.value - reading.product(second.gradient, moved)
        yield interpolating(L, mu, gap, products)


def _hypothesis(relation: Relation, reading: Reading, zero: str) -> Iterator[Relation]:
    """A hypothesis as it is read, a norm below a number by its square; nothing of that the gradient vanishes."""
    sides = (relation.left, relation.right)
    if any(isinstance(node, (Lipschitz, Convexity)) for side in sides for node in side.walk()):
        raise Unread("a hypothesis")
    if relation.left.ndim:
        if zero_of(Obligation("", "==", ZERO, ZERO, (relation,))) != zero:
            raise Unread("a hypothesis")
        return
    small, large = sides if relation.sign in ("<=", "<") else sides[::-1]
    if relation.sign != "==" and isinstance(small, Norm) and is_about_parameters(Relation("<=", large, large)):
        yield Relation("<=", ZERO, large)
        sign, small, large = relation.sign.replace(">", "<"), small**2, large**2
        yield Relation(sign, reading.number(small, {}), reading.number(large, {}))
        return
    yield Relation(relation.sign, *(reading.number(side, {}) for side in sides))


def _leaves(obligation: Obligation) -> Iterator[Tensor]:
    return (node for side in obligation.expressions for node in side.walk() if not list(node.children()))


def _symbols_of(obligation: Obligation) -> dict[str, Symbol]:
    return {leaf.name: leaf for leaf in _leaves(obligation) if isinstance(leaf, Symbol)}


def _mentions(relation: Relation, names: Sequence[str]) -> bool:
    """Does it speak of one of the symbols?"""
    leaves = (leaf for side in (relation.left, relation.right) for leaf in side.walk())
    return any(isinstance(leaf, Symbol) and leaf.name in names for leaf in leaves)
