"""One step of a proof: is it what its rule states, of the premises that it names?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import sympy as sp

from derive.language.arrays import Diag, Outer, Softmax
from derive.language.derivatives import Substitution
from derive.language.dimensions import Dimension
from derive.language.symbols import Symbol
from derive.language.tensor import Add, IndexSum, IndexSymbol, Negative, Tensor
from derive.verify import leaves
from derive.verify.arithmetic import Unknown
from derive.verify.closed_forms import nonnegative, same
from derive.verify.generic import Generic, equal
from derive.verify.measures import FROM_BELOW, known, mirrored
from derive.verify.multiples import factor
from derive.verify.rule_names import MULTIPLES, NUMERIC, OF_CONVEXITY, OPPOSITE, SUMS, SYMMETRY
from derive.verify.rules import TABLE, Row
from derive.verify.scope import unnamed
from derive.verify.statement import Statement


@dataclass(frozen=True)
class Step:
    """A step, read: its value as an expression of the language and as one of SymPy."""

    measure: str
    subject: Tensor
    value: Tensor
    closed: sp.Expr
    rule: str
    premises: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Context:
    """What a step is checked against: the claim, points in general position, and the symbols that move."""

    statement: Statement
    generic: Generic
    variables: Mapping[str, str]
    changed: frozenset[str] = frozenset()
    partners: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, sp.Expr] = field(default_factory=dict)


def settled(step: Step, context: Context) -> bool | None:
    """True where the step is an instance of its rule; False where it is none; None where points have to tell."""
    if not known(step.measure):
        return None if step.rule in NUMERIC | OF_CONVEXITY else False
    try:
        leaf = _leaf(step, context)
        if leaf is not None:
            return leaf
        if step.measure == "symmetric":
            return _symmetric(step, context)
        if step.rule in MULTIPLES and len(step.premises) == 1 and _multiple(step, context):
            return True
        key = (step.rule, step.measure, tuple(premise.measure for premise in step.premises))
        answers = [_is(step, row, context) for row in TABLE.get(key, ())]
        if True in answers:
            return True
        if False in answers and MAYBE not in answers:
            return False
    except Unknown:
        pass
    return None if step.rule in NUMERIC or _repeated(step) else False


def _repeated(step: Step) -> bool:
    """Does a scalar stand for an array of equal entries in a sum?"""
    return step.rule in SUMS and any(premise.subject.shape != step.subject.shape for premise in step.premises)


def _leaf(step: Step, context: Context) -> bool | None:
    """What needs no rule about parts; None where the step is none of these."""
    match "hypothesis" if step.rule.startswith("claim ") else step.rule:
        case "definition" | "closed form":
            return _restated(step, context)
        case "hypothesis" if step.measure == "symmetric":
            return None
        case "hypothesis":
            return _stated(step, context)
        case "notation":
            alike = leaves.is_notation(step.measure, step.subject, step.value, context.generic)
            return alike and _same_at_both(step, context)
        case "it does not move":
            moving = context.variables.keys() | context.changed
            return bool(step.closed == 0) and context.generic.unmoved(step.subject, moving)
        case "the variable itself":
            return _variable(step, context)
        case "probability vector":
            return _probability(step, context)
        case "sum over an index":
            return _index_sum(step, context)
        case "variance":
            return _variance(step, context)
        case "constant" if not step.premises:
            return _constant(step)
    if step.rule.endswith(" is declared so"):
        return _declared(step)
    return None


def _restated(step: Step, context: Context) -> bool:
    (premise,) = step.premises
    alike = all(equal(a, b) for a, b in context.generic.values(step.subject, premise.subject))
    return alike and premise.measure == step.measure and same(premise.closed, step.closed)


def _stated(step: Step, context: Context) -> bool:
    """Do the hypotheses say so, at both points where there are two?"""
    other = step.subject
    symbols = {node.name: node for node in other.walk() if isinstance(node, Symbol)}
    for name, partner in context.partners.items():
        if name in symbols:
            second = Symbol(partner, symbols[name].shape, symbols[name].properties)
            other = Substitution(other, symbols[name], second, other.shape)
    subjects = [step.subject] if other is step.subject else [step.subject, other]
    return _same_at_both(step, context) and all(
        leaves.is_hypothesis(step.measure, subject, step.value, context.statement, context.generic)
        for subject in subjects
    )


def _same_at_both(step: Step, context: Context) -> bool:
    """Is the value the same at both points, where a proof speaks of two?"""
    return not context.partners or context.generic.unmoved(step.value, context.partners)


def _declared(step: Step) -> bool:
    node = unnamed(step.subject)
    if step.measure == "symmetric":
        return isinstance(node, Symbol) and node.symmetric
    return leaves.is_declared(step.measure, step.subject, step.closed)


def _variable(step: Step, context: Context) -> bool:
    node = unnamed(step.subject)
    if not isinstance(node, Symbol):
        return False
    order = "2" if node.name in context.changed else context.variables.get(node.name)
    if order is None:
        return False
    euclidean = order in ("2", "fro") or (order == "inf" and not node.shape)
    if step.measure in ("identity", f"lipschitz {order}") or (step.measure == "D1" and euclidean):
        return bool(step.closed == 1)
    return step.measure in ("D2", "D3") and euclidean and bool(step.closed == 0)


def _probability(step: Step, context: Context) -> bool:
    """Norms at most 1, entries from 0 to 1, of positive entries of sum 1 (row by row for ranges of a matrix)."""
    stated = {"1": 1, "2": 1, "inf": 1, "upper": 1, "lower": 0}
    if step.measure not in stated or step.closed != stated[step.measure]:
        return False
    normalised = isinstance(unnamed(step.subject), Softmax) and step.measure in ("upper", "lower")
    return normalised or leaves.is_probability(step.subject, context.generic)


def _index_sum(step: Step, context: Context) -> bool | None:
    """The number of positions times a bound that is the same at all of them; None of a size without a name."""
    node, (premise,) = unnamed(step.subject), step.premises
    if not isinstance(node, IndexSum) or premise.measure != step.measure:
        return False
    index = node.index
    varies = any(isinstance(leaf, IndexSymbol) and leaf.name == index.name for leaf in premise.value.walk())
    if varies or not all(equal(a, b) for a, b in context.generic.values(premise.subject, node.operand)):
        return False
    if not index.dimension.names <= context.sizes.keys():
        return True if premise.closed == 0 and step.closed == 0 else None
    return implied(step, _length(index.dimension, context) * premise.closed)


def _variance(step: Step, context: Context) -> bool:
    """``0 <= diag(f) - f f^T <= 1/2``: ``v^T (diag(f) - f f^T) v`` is the variance of v under f (Popoviciu)."""
    match unnamed(step.subject):
        case Add(left=first, right=Negative(operand=second)):
            first, second = unnamed(first), unnamed(second)
        case _:
            return False
    if not isinstance(first, Diag) or not isinstance(second, Outer):
        return False
    values = context.generic.values(first.operand, second.left, second.right)
    if not all(equal(f, u) and equal(f, v) for f, u, v in values):
        return False
    stated = {"lambda_min": 0, "lambda_max": sp.Rational(1, 2)}
    return step.closed == stated.get(step.measure) and leaves.is_probability(first.operand, context.generic)


def _constant(step: Step) -> bool | None:
    number = leaves.constant_of(step.subject)
    if number is None or step.measure not in ("inf", "upper", "lower"):
        return None
    exact = abs(number) if step.measure == "inf" else number
    return bool(step.closed == sp.Rational(exact.numerator, exact.denominator))


def _symmetric(step: Step, context: Context) -> bool:
    """Equal to its transpose at points in general position, where properties hold."""
    values = context.generic.values(step.subject)
    return step.rule in SYMMETRY and bool(step.closed == 1) and all(mirrored(value) for (value,) in values)


MAYBE = "a formula that says nothing for these signs"


def _is(step: Step, row: Row, context: Context) -> bool | str | None:
    """Is the step this row of the table? None where it is made otherwise, False where it states another bound."""
    for subject, *parts in context.generic.values(step.subject, *(premise.subject for premise in step.premises)):
        if not all(equal(parts[a], parts[b]) for a, b in row.alike):
            return None
        if not row.made(subject, [parts[k] for k in row.parts], leaves.BALLS):
            return None
    length = [_length(step.subject.shape[0], context)] if row.sized else []
    bound = row.formula(*length, *(premise.closed for premise in step.premises))
    return MAYBE if bound is None else implied(step, bound)


def _length(size: Dimension, context: Context) -> sp.Expr:
    """A size in closed form; raises Unknown where the proof has no name for it."""
    if not size.names <= context.sizes.keys():
        raise Unknown("a size without a name")
    return sp.Add(*(c * sp.Mul(*(context.sizes[name] for name in names)) for names, c in size.terms))


def implied(step: Step, bound: sp.Expr) -> bool:
    """Does the rule's bound imply that of the step?"""
    if same(bound, step.closed):
        return True
    return nonnegative(bound - step.closed) if step.measure in FROM_BELOW else nonnegative(step.closed - bound)


def _multiple(step: Step, context: Context) -> bool:
    """A number times what the premise is about; a negative one takes the measure from the other end."""
    (premise,) = step.premises
    pairs = context.generic.values(step.subject, premise.subject)
    factors = {factor(a.entries, b.entries) for a, b in pairs}
    found = factors.pop()
    if factors or found is None:
        return False
    wanted = step.measure if found >= 0 else OPPOSITE.get(step.measure)
    multiple = sp.Rational(found.numerator, found.denominator) * premise.closed
    return premise.measure == wanted and implied(step, multiple)
