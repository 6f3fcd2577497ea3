"""A proof tree as it is recorded: every step once, in the text of the language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sympy as sp
from sympy.printing.str import StrPrinter

from derive.bounds.affine import Argument
from derive.bounds.bound import Bound
from derive.bounds.goal import Goal
from derive.language.grammar import LONGEST_TEXT
from derive.language.plain import plain
from derive.language.tensor import IndexSymbol, Tensor
from derive.record import ProofRecord, ProofStepRecord


def proof_record(goal: Goal, proof: Bound, indices: Sequence[IndexSymbol] = ()) -> ProofRecord:
    """The tree of the bound that reaches a goal; ``indices`` are positions in it that the claim does not name."""
    names = {symbol: f"p{k}" for k, symbol in enumerate(goal.facts.parameters.nodes)}
    recording = _Recording(names)
    recording.add(proof)
    claimed = recording.closed_form(goal.claimed)
    used = {name: symbol for symbol, name in names.items() if symbol in recording.used}
    nodes = goal.facts.parameters.nodes
    return ProofRecord(
        steps=tuple(recording.steps),
        claimed=claimed,
        parameters={name: plain(nodes[symbol], LONGEST_TEXT) for name, symbol in used.items()},
        variables=dict(goal.facts.variables),
        changed=recording.changed,
        indices={index.name: str(index.dimension) for index in indices},
        at_one_point=goal.facts.at_one_point,
        loewner=goal.loewner,
        strict=goal.strict,
    )


class _Printer(StrPrinter):  # type: ignore[misc]  # SymPy has no types
    """Closed forms in the words of the language."""

    def _print_Max(self, expression: sp.Max) -> str:
        return self._pairwise("maximum", expression)

    def _print_Min(self, expression: sp.Min) -> str:
        return self._pairwise("minimum", expression)

    def _pairwise(self, name: str, expression: sp.Expr) -> str:
        first, *others = sorted(map(self._print, expression.args))
        for other in others:
            first = f"{name}({first}, {other})"
        return str(first)

    def _print_Abs(self, expression: sp.Abs) -> str:
        return f"abs({self._print(expression.args[0])})"

    def _print_Exp1(self, expression: sp.Expr) -> str:
        del expression
        return "e"


@dataclass
class _Recording:
    """The steps so far; those that say the same are one."""

    names: Mapping[sp.Symbol, str]
    steps: list[ProofStepRecord] = field(default_factory=list)
    numbers: dict[Bound, int] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    used: set[sp.Symbol] = field(default_factory=set)

    def add(self, bound: Bound) -> int:
        """The number of the step, its premises first."""
        if bound not in self.numbers:
            premises = tuple(self.add(premise) for premise in bound.premises)
            subject = self._subject(bound.subject)
            value = self.closed_form(bound.value.expression)
            step = ProofStepRecord(
                measure=bound.measure, subject=subject, value=value, rule=bound.rule, premises=premises
            )
            self.numbers[bound] = self.steps.index(step) if step in self.steps else len(self.steps)
            if self.numbers[bound] == len(self.steps):
                self.steps.append(step)
        return self.numbers[bound]

    def closed_form(self, expression: sp.Expr) -> str:
        self.used |= expression.free_symbols
        named = expression.xreplace({symbol: sp.Symbol(self.names[symbol]) for symbol in expression.free_symbols})
        return str(_Printer().doprint(named))

    def _subject(self, subject: Tensor) -> str:
        """The text, variables that were changed by names of their own."""
        text = plain(subject, LONGEST_TEXT)
        for node in subject.walk():
            if isinstance(node, Argument):
                expression = plain(node.operand, LONGEST_TEXT)
                known = [name for name, other in self.changed.items() if other == expression]
                name = known[0] if known else f"v{len(self.changed)}_"
                self.changed[name] = expression
                text = text.replace(node.name, name)
        return text
