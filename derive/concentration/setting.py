"""What a lemma may ask of a claim: which numbers are certain, and what a random variable is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy as sp

from derive.bounds.derivation import Derivation
from derive.bounds.parameters import Parameters
from derive.bounds.value import Value
from derive.concentration.affine import Affine, affine
from derive.concentration.randomness import Laws, mentions
from derive.language.chance import Every, RandomSymbol
from derive.language.dimensions import Shape
from derive.language.entries import fresh_indices
from derive.language.tensor import IndexSymbol, Tensor


@dataclass
class Setting:
    """The hypotheses, and the laws of the random symbols.

    Attributes:
        derivation: bounds of what is free of randomness.
        laws: the random symbols of the claim by name; in realised expressions ordinary symbols stand for them.
        stated: the sides of the claim and of its hypotheses, whose names are taken.
        positions: the index symbols that were introduced, by name.
    """

    derivation: Derivation
    laws: Laws
    stated: tuple[Tensor, ...] = ()
    positions: dict[str, IndexSymbol] = field(default_factory=dict)
    _affine: dict[Tensor, Affine | None] = field(default_factory=dict)

    @property
    def parameters(self) -> Parameters:
        return self.derivation.facts.parameters

    def indices(self, node: Tensor, shape: Shape) -> tuple[IndexSymbol, ...]:
        """Index symbols for the axes of a shape that mean nothing yet, neither in the claim nor in ``node``."""
        found = tuple(fresh_indices(Every((*self.stated, node)), shape))
        self.positions.update({index.name: index for index in found})
        return found

    def involved(self, node: Tensor) -> list[RandomSymbol]:
        """The random symbols of an expression, by name."""
        return [law for name, law in self.laws.items() if mentions(node, {name: law})]

    def affine(self, node: Tensor) -> Affine | None:
        """The scalar as an affine function of its random symbols, where it is one."""
        if node not in self._affine:
            self._affine[node] = affine(node, self.involved(node))
        return self._affine[node]

    def nonnegative(self, value: Value) -> bool:
        """Is the number certainly at least zero wherever it is one? A root is."""
        roots = {p: sp.Dummy(nonnegative=True) for p in value.expression.atoms(sp.Pow) if p.exp == sp.S.Half}
        if value.expression.xreplace(roots).is_nonnegative or self.parameters.nonnegative_there(value):
            return True
        gaps = (large - small for small, large, _ in self.derivation.facts.relations)
        return any(_ratio(value.expression, gap).is_positive for gap in gaps if not gap.is_number)

    def enlarged(self, value: Value) -> Value:
        """A multiple of what a hypothesis bounds, as that multiple of its bound; other values as they are."""
        for small, large, _ in self.derivation.facts.relations:
            ratio = _ratio(value.expression, small)
            if not small.is_number and ratio.is_number and ratio.is_positive:
                return Value.of(ratio * large, value.samples)
        return value

    def reached(self, deviation: Value, strict: bool) -> bool:
        """Is the deviation certainly at least zero, or more where the event does not hold at equality?

        More than zero it has to be there, as a random variable without spread equals its mean.
        """
        return self.nonnegative(deviation) if strict else deviation.positive


def _ratio(first: sp.Expr, second: sp.Expr) -> sp.Expr:
    """The quotient of two expressions, exponents multiplied out."""
    flat = [part.replace(sp.exp, lambda exponent: sp.exp(sp.expand(exponent))) for part in (first, second)]
    return sp.cancel(sp.powsimp(flat[0] / flat[1]))
