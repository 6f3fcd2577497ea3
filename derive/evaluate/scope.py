"""The environment of an evaluation: values of symbols and positions, a number system, and what is already computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from derive.evaluate.system import Array, System
from derive.language.arrays import Composite, Norm
from derive.language.chance import OverOutcomes
from derive.language.derivatives import Derivative, Directional, Substitution
from derive.language.dimensions import Shape
from derive.language.experiment import Least
from derive.language.iteration import Always, AtTime, Converges, HittingTime, Run
from derive.language.one_sided import Jump
from derive.language.symbols import Symbol
from derive.language.tangents import Generic
from derive.language.tensor import IndexSum, IndexSymbol, Number, Power, Tensor

if TYPE_CHECKING:
    from derive.evaluate.stepping import Trajectory

Name = tuple[str, str]
"""What an expression depends on: ("symbol", name) or ("index", name)."""


class Differentiation(Protocol):
    """A way to take derivatives; the evaluator asks it at every Derivative and Directional node."""

    def derivative(self, node: Derivative, scope: Scope) -> Array: ...

    def directional(self, node: Directional, scope: Scope) -> Array: ...


NODE = 5
"""What visiting a node costs, in entries computed."""


@dataclass
class Tally:
    """What one evaluation shares among its scopes: the work done (in entries), names in nodes, what nodes stand for."""

    work: int = 0
    names: dict[Tensor, frozenset[Name]] = field(default_factory=dict)
    expansions: dict[Composite, Tensor] = field(default_factory=dict)
    needed: dict[Tensor, tuple[Tensor, ...]] = field(default_factory=dict)

    def operands(self, node: Tensor) -> tuple[Tensor, ...]:
        """See ``operands`` below, told once."""
        if node not in self.needed:
            self.needed[node] = operands(node)
        return self.needed[node]

    def expanded(self, node: Composite) -> Tensor:
        """What ``node`` stands for, the same object each time, so that its names are looked up once."""
        if node not in self.expansions:
            self.expansions[node] = node.expand()
        return self.expansions[node]

    def names_in(self, root: Tensor) -> frozenset[Name]:
        """The symbols and index symbols in ``root``, bound ones included."""
        if root not in self.names:
            for node in root.walk():
                if node not in self.names:
                    own = _own_name(node)
                    below = (self.names[child] for child in node.children())
                    self.names[node] = frozenset(own).union(*below)
        return self.names[root]


def _own_name(node: Tensor) -> tuple[Name, ...]:
    if isinstance(node, Symbol):
        return (("symbol", node.name),)
    return (("index", node.name),) if isinstance(node, IndexSymbol) else ()


@dataclass
class Scope:
    """Computes and remembers the values of nodes, each once.

    A child scope binds some names anew; what does not depend on them is its parent's.
    """

    system: System
    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    arrays: Mapping[str, Any]
    differentiation: Differentiation
    tally: Tally = field(default_factory=Tally)
    parent: Scope | None = None
    rebound: frozenset[Name] = frozenset()
    known: dict[Tensor, Array] = field(default_factory=dict)
    trajectories: dict[Run, Trajectory] = field(default_factory=dict)

    def child(
        self,
        *,
        arrays: Mapping[str, Array] | None = None,
        indices: Mapping[str, int] | None = None,
        system: System | None = None,
    ) -> Scope:
        """A scope in which some symbols or index symbols have other values, perhaps in a richer number system."""
        arrays, indices = arrays or {}, indices or {}
        return type(self)(
            system=system or self.system,
            sizes=self.sizes,
            indices={**self.indices, **indices},
            arrays={**self.arrays, **arrays},
            differentiation=self.differentiation,
            tally=self.tally,
            parent=self,
            rebound=frozenset({("symbol", name) for name in arrays} | {("index", name) for name in indices}),
        )

    def shape(self, shape: Shape) -> tuple[int, ...]:
        return tuple(axis.size(self.sizes) for axis in shape)

    def value(self, root: Tensor) -> Array:
        """The array that ``root`` is here; see ``derive.evaluate.evaluate`` for the errors."""
        stack = [root]
        while stack:
            node = stack[-1]
            if node in self.known:
                stack.pop()
                continue
            if self.parent is not None and not self.rebound & self.tally.names_in(node):
                self.known[node] = self.parent.value(node)
                continue
            pending = [operand for operand in self.operands(node) if operand not in self.known]
            if pending:
                stack.extend(pending)
                continue
            self.known[node] = value = self.computed(node)
            self.tally.work += NODE + int(np.size(value))
        return self.known[root]

    def operands(self, node: Tensor) -> tuple[Tensor, ...]:
        """The nodes from whose values here that of ``node`` is computed."""
        return self.tally.operands(node)

    def computed(self, node: Tensor) -> Array:
        """The value of ``node`` from those of its operands."""
        from derive.evaluate.nodes import compute

        return compute(node, self)


def operands(node: Tensor) -> tuple[Tensor, ...]:
    """The nodes whose value in the same scope ``node`` needs: nothing under a node that binds names."""
    if isinstance(node, (Composite, Derivative, Directional, Generic, IndexSum, Least, OverOutcomes)):
        return ()
    if isinstance(node, Substitution):
        return (node.value,)
    if isinstance(node, Jump):
        return (node.variable, node.direction)
    if (rooted := under_even_power(node)) is not None:
        return (rooted,)
    if isinstance(node, Converges):
        return (*node.run.starts, *node.points)
    if isinstance(node, (AtTime, Always, HittingTime)):
        return (*node.run.starts, *((node.time,) if isinstance(node, AtTime) else ()))
    return tuple(node.children())


def under_even_power(node: Tensor) -> Tensor | None:
    """``e`` where ``node`` is an even power of its Euclidean norm, a power of ``sum(e**2)``: no root is taken."""
    match node:
        case Power(base=Norm(operand=operand, order="2" | "fro"), exponent=Number(value=k)):
            return operand if k.denominator == 1 and k % 2 == 0 else None
    return None
