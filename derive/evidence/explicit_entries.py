"""Method: the model written out at small explicit sizes and differentiated entry by entry by SymPy (or symengine).

Shares nothing with the symbolic calculus. The formulas are run in balls beside the claimed side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from derive.evaluate.partials import Partials, entry_symbols
from derive.evaluate.program import Program, compiled
from derive.evaluate.scope import Scope
from derive.evaluate.symbolic import Formulas
from derive.evaluate.system import Array, array_of
from derive.evidence.evidence import Evidence, Inapplicable
from derive.evidence.trials.trial import WORK, Oracle
from derive.evidence.trials.trials import examine_by
from derive.instances.drawn import Drawn
from derive.language.derivatives import Derivative, Directional
from derive.language.symbols import Symbol
from derive.obligation import Obligation

METHOD = "explicit entries"
PRECISION = 192
AGREEMENT = Fraction(1, 2)
"""The part of the precision in which sides must agree; formulas may lose the other half to cancellation."""

SLOWER = 10
"""By what SymPy is slower than symengine, at least."""

WORK_A_FORMULA = 4
"""What differentiating and compiling one step of a formula costs, in entries computed."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Compare both sides at instances, each derivative taken by SymPy on explicit entries.

    ``refutation`` carries a verified witness; ``support`` the number of instances and the worst relative margin.
    """
    entries = EntryByEntry()
    work = WORK if entries.formulas.fast else WORK // SLOWER
    oracle = Oracle(METHOD, "balls", entries, PRECISION, AGREEMENT, work)
    return examine_by(oracle, obligation, drawn)


@dataclass(frozen=True)
class Formula:
    """An array of formulas, compiled: a function of the entries of ``symbols``."""

    symbols: tuple[Symbol, ...]
    program: Program
    shape: tuple[int, ...]


@dataclass
class EntryByEntry:
    """Differentiation by formulas, compiled once for each size and set of positions."""

    formulas: Formulas = field(default_factory=Formulas)
    compiled: dict[Any, Formula] = field(default_factory=dict)

    def derivative(self, node: Derivative, scope: Scope) -> Array:
        return self._run(node, scope)

    def directional(self, node: Directional, scope: Scope) -> Array:
        return self._run(node, scope)

    def _run(self, node: Derivative | Directional, scope: Scope) -> Array:
        key = (node, tuple(sorted(scope.sizes.items())), tuple(sorted(scope.indices.items())))
        if key not in self.compiled:
            self.compiled[key] = formula = self._formula(node, scope)
            scope.tally.work += WORK_A_FORMULA * len(formula.program.steps)
        formula = self.compiled[key]
        scope.tally.work += len(formula.program.steps)
        arguments = [x for symbol in formula.symbols for x in scope.value(symbol).flat]
        return array_of(formula.program.run(scope.system, arguments), formula.shape, object)

    def _formula(self, node: Derivative | Directional, scope: Scope) -> Formula:
        symbols = {leaf.name: leaf for leaf in node.walk() if isinstance(leaf, Symbol) and leaf.name in scope.arrays}
        entries = {name: entry_symbols(symbol, scope, self.formulas) for name, symbol in symbols.items()}
        written_out = Scope(self.formulas, scope.sizes, scope.indices, entries, Partials(self.formulas))
        array = written_out.value(node)
        variables = [entry for name in symbols for entry in entries[name].flat]
        return Formula(tuple(symbols.values()), compiled(list(array.flat), variables), array.shape)
