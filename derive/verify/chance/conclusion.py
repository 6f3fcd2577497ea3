"""The last step of a proof about a probability against the claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy as sp

from derive.language.chance import Probability
from derive.language.plain import identity
from derive.language.rebuild import with_operands
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, IndexSymbol, Negative, Size, Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.closed_forms import certainly_at_most, sympified
from derive.verify.forms import Forms
from derive.verify.generic import Generic, Unreadable, equal
from derive.verify.scope import unnamed
from derive.verify.steps import Step


def states(relation: Relation, last: Step, claimed: Tensor, generic: Generic) -> bool:
    """Does the relation say of the probability, on the side that the step bounds, what is claimed of it?"""
    small, large = relation.left, relation.right
    if relation.sign in (">=", ">"):
        small, large = large, small
    elif relation.sign not in ("<=", "<"):
        return False
    for side, other, measure in ((large, small, "lower"), (small, large, "upper")):
        node = unnamed(side)
        if _is(node, last) and measure == last.measure:
            return _agree(other, claimed, generic)
        if isinstance(node, Add) and isinstance(node.right, Negative) and _is(node.right.operand, last):
            turned = "upper" if measure == "lower" else "lower"
            rest = Add.of(node.left, Negative.of(other))
            return turned == last.measure and _agree(rest, claimed, generic)
    return False


def _is(node: Tensor, last: Step) -> bool:
    inner = unnamed(node)
    return isinstance(inner, Probability) and identity(inner) == identity(unnamed(last.subject))


def _agree(first: Tensor, second: Tensor, generic: Generic) -> bool:
    try:
        return all(equal(a, b) for a, b in generic.values(first, second))
    except Unknown:
        return False


def met_at_the_least(small: sp.Expr, large: sp.Expr, given: Sequence[Relation], forms: Forms) -> bool:
    """Is one closed form at most another where a size is a number more than the least that a hypothesis leaves it?

    Roots in which the size stands too are held fixed: the comparison is made at one size.
    """
    for size, least in _least_sizes(given, forms):
        (free,) = size.free_symbols
        held = {root: sp.Dummy(nonnegative=True) for root in least.atoms(sp.Pow) if _is_root_with(root, free)}
        low, high, bound = (side.xreplace(held) for side in (small, large, least))
        if bound.has(free):
            continue
        growing = bool(sp.diff(high - low, free).is_nonnegative)
        above = sp.S.Zero if growing else sp.Dummy(nonnegative=True)
        back = {dummy: root for root, dummy in held.items()}
        moved = [side.xreplace({free: bound + above - (size - free)}) for side in (low, high)]
        if certainly_at_most(*(sp.expand(side, power_exp=False).xreplace(back) for side in moved)):
            return True
    return False


def _is_root_with(power: sp.Pow, symbol: sp.Symbol) -> bool:
    return bool(power.exp == sp.S.Half and power.has(symbol))


def _least_sizes(given: Sequence[Relation], forms: Forms) -> Iterator[tuple[sp.Expr, sp.Expr]]:
    """Each size that a hypothesis puts a closed form below, as closed forms."""
    names = {identity(node): name for name, node in forms.parameters.items()}
    for relation in given:
        small, large = relation.left, relation.right
        if relation.sign in (">=", ">"):
            small, large = large, small
        size = unnamed(large)
        if relation.sign in ("<=", "<", ">=", ">") and isinstance(size, Size) and identity(size) in names:
            try:
                yield forms.symbols[names[identity(size)]], sympified(_named(small, names), forms.symbols)
            except Unreadable:
                continue


def _named(node: Tensor, names: dict[str, str]) -> Tensor:
    """The expression with the names of parameters in the place of what they stand for."""
    node = unnamed(node)
    name = names.get(identity(node))
    below = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    if name is not None or not below:
        return node if name is None else Symbol(name, ())
    try:
        return with_operands(node, [_named(child, names) for child in below])
    except TypeError:
        return node
