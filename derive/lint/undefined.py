"""Do the hypotheses allow a logarithm or a root of something that has none? A search, where no sign settles it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.calculus.algebra import Undecidable
from derive.calculus.lower import lower_together
from derive.calculus.powers import certainly_nonnegative, certainly_positive
from derive.evidence.hypotheses.conditions import defined_where
from derive.instances.domain import domain
from derive.instances.search import instances
from derive.language.derivatives import Substitution
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, Number, Power, Tensor
from derive.lemmas.entailment import proved
from derive.obligation import Obligation

TURNED_ROUND = {"<=": "<", "<": "<="}
"""``not a <= 0`` is ``0 < a``."""


def undefined_somewhere(obligation: Obligation) -> tuple[str, ...]:
    """The conditions on arguments of logarithms and roots that an instance of the hypotheses fails.

    The methods that draw instances prefer those inside the domain, so that they need not have met any other.
    """
    nodes = [node for side in (obligation.left, obligation.right) for node in side.walk()]
    bound = {node.symbol.name for node in nodes if isinstance(node, Substitution)}
    found = dict.fromkeys(defined_where(node) for node in nodes if _fails(node, obligation, bound))
    return tuple(found)


def _fails(node: Tensor, obligation: Obligation, bound: set[str]) -> bool:
    """Does an instance of the hypotheses leave ``node`` without a value?"""
    if not domain(node):
        return False
    for argument, sign in _excluded(node):
        names = {leaf.name for leaf in argument.walk() if isinstance(leaf, Symbol)}
        if names & bound or _certain(argument, strict=sign == "<="):
            continue
        inside = Obligation(obligation.id, TURNED_ROUND[sign], Number(Fraction(0)), argument, obligation.given)
        if proved(inside):
            continue
        outside = Relation(sign, argument, Number(Fraction(0)))
        search = instances(Obligation(obligation.id, "==", argument, argument, (*obligation.given, outside)), seed=0)
        if next(search, None) is not None:
            return True
    return False


def _excluded(node: Tensor) -> Iterator[tuple[Tensor, str]]:
    """What must not be ``<=`` or ``<`` zero."""
    match node:
        case Apply(function="log", arguments=(argument,)):
            yield argument, "<="
        case Apply(function="sqrt", arguments=(argument,)):
            yield argument, "<"
        case Power(base=base, exponent=Number(value=value)) if value.denominator != 1:
            yield base, "<" if value > 0 else "<="


def _certain(argument: Tensor, strict: bool) -> bool:
    """Is the argument positive (or not negative) by its form?"""
    try:
        _, (lowered,) = lower_together([argument])
    except Undecidable:
        return False
    return certainly_positive(lowered.form) if strict else certainly_nonnegative(lowered.form)
