"""Hypotheses and properties imposed on a form, after every derivative has been taken.

A property restricts the point, not the directions: symmetry and equalities hold at the point where the sides are
compared, so they are used only on the finished difference.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from derive.calculus.algebra import Algebra
from derive.calculus.form import Form, Head, Label, Symmetry
from derive.calculus.rules import Rule
from derive.calculus.separation import TwoValued, separated
from derive.calculus.structure import depends, rebuild


@dataclass
class Facts:
    """What holds at the point: rewriting rules, values of symbols, symmetric symbols, different indices."""

    rules: list[Rule] = field(default_factory=list)
    values: dict[str, tuple[Form, list[Label]]] = field(default_factory=dict)
    symmetric: dict[str, tuple[Symmetry, ...]] = field(default_factory=dict)
    distinct: set[frozenset[Label]] = field(default_factory=set)
    two_valued: list[TwoValued] = field(default_factory=list)

    @property
    def matter(self) -> bool:
        """Whether anything is known that the normal form does not see by itself."""
        return bool(self.rules or self.values or self.symmetric or self.distinct)

    def head(self, head: Head) -> Head:
        """A symbol's head with the symmetries of its values."""
        symmetries = self.symmetric.get(head.name)
        if symmetries is None or len(head.dims) != 2:
            return head
        return Head("symbol", head.name, head.dims, symmetries=symmetries, positive=head.positive)

    def algebra(self, parent: Algebra) -> Algebra:
        """The arithmetic under the facts, for forms of ``parent``."""
        return Algebra(
            rules=self.rules,
            distinct=frozenset(self.distinct),
            labels=parent.labels,
            kinks=parent.kinks,
            explicit=parent.explicit,
        )


def impose(parent: Algebra, form: Form, facts: Facts) -> Form:
    """The form at points where the facts hold."""
    algebra = facts.algebra(parent)

    def replace(head: Head, labels: tuple[Label, ...]) -> Form:
        if head.name in facts.values:
            value, places = facts.values[head.name]
            return algebra.rename(value, dict(zip(places, labels, strict=True)))
        return algebra.collect([([(facts.head(head), labels, 1)], 1)])

    result = rebuild(algebra, form, replace)
    for _ in range(len(facts.values)):  # values may have others in them, and symbols with symmetries
        if facts.symmetric or any(depends(result, name) for name in facts.values):
            result = rebuild(algebra, result, replace)
    for entries in facts.two_valued:
        result = separated(algebra, result, entries)
    return algebra.rewritten(result)
