"""Expressions as one-line text, in the author's language: what error messages and the terminal show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256

from derive.language.abstract import AbstractValue, Convexity
from derive.language.arrays import (
    BlockDiag,
    Determinant,
    Diag,
    Eye,
    Full,
    Inverse,
    Kron,
    Literal,
    LogSumExp,
    Norm,
    Outer,
    Softmax,
    Spectral,
    Trace,
    Vec,
)
from derive.language.black_box import BlackBox
from derive.language.chance import Event, Every, Expectation, Probability, as_variance
from derive.language.combinatorics import Binomial, Factorial
from derive.language.derivatives import ORDERS, Definition, Derivative, Directional, Lipschitz, Substitution
from derive.language.dimensions import Dimension, Shape
from derive.language.experiment import Experiment, Exponent, Frequency, Least
from derive.language.iteration import Always, AtTime, Converges, HittingTime, Run
from derive.language.matrix_powers import MatrixPower
from derive.language.one_sided import Infinity, Jump, Oscillation
from derive.language.rank import Rank
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tangents import Generic, TangentGram
from derive.language.tensor import (
    Add,
    Apply,
    Constant,
    Divide,
    Extremum,
    Index,
    IndexSum,
    IndexSymbol,
    MatMul,
    Multiply,
    Negative,
    Number,
    Placeholder,
    Power,
    Size,
    Sum,
    Tensor,
    Transpose,
)
from derive.language.undefined import IllDefined

SUM, PRODUCT, UNARY, POWER, ATOM = 1, 2, 3, 4, 5
"""Binding strengths, weakest first, as in Python."""


LONGEST_TEXT = 10_000
LONGEST_REPR = 120
"""Characters after which a text ends in an ellipsis: of a statement, and of an expression named in a message."""

MOST_BITS = 4096
"""Bits beyond which a number is not written out: Python's own limit is not far."""

Rendered = tuple[str, int]
"""A text and its binding strength."""


def plain(expression: Tensor, longest: int = LONGEST_TEXT) -> str:
    """The expression in the text language, definitions by their names, cut off after ``longest`` characters.

    The cost is linear in the number of nodes, however often they are shared.
    """
    return _written(expression, longest, lambda text: f"{text[:longest]}...", _number)


def plain_relation(relation: Relation) -> str:
    """The relation in the text language, each side as ``plain`` writes it."""
    return f"{plain(relation.left)} {relation.sign} {plain(relation.right)}"


@lru_cache(maxsize=1 << 16)
def identity(expression: Tensor) -> str:
    """The expression as text that no other expression has: as ``plain``, but what is too long is told by its digest.

    For comparisons: texts that are cut off may agree where the expressions do not.
    """
    return _written(expression, LONGEST_TEXT, _digest, _exact_number)


def _written(
    expression: Tensor, longest: int, shortened: Callable[[str], str], number: Callable[[Fraction], Rendered]
) -> str:
    printer = _Printer(number, {})
    for node in printed_nodes(expression):
        text, strength = printer.render(node)
        printer.done[id(node)] = (text if len(text) <= longest else shortened(text), strength)
    return printer.done[id(expression)][0]


def _digest(text: str) -> str:
    return f"<{sha256(text.encode()).hexdigest()}>"


def printed_nodes(expression: Tensor) -> Iterator[Tensor]:
    """The nodes that a printer prints, operands first: those inside a definition are not."""
    seen: set[int] = set()
    stack = [(expression, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            if not isinstance(node, (Definition, IllDefined)) and not (isinstance(node, Run) and node.name):
                stack.extend((child, False) for child in node.children())


@dataclass(frozen=True)
class _Printer:
    """Renders a node from its operands' texts, in ``done`` by identity."""

    number: Callable[[Fraction], Rendered]
    done: dict[int, Rendered]

    def _at(self, expression: Tensor, strength: int) -> str:
        text, own = self.done[id(expression)]
        return text if own >= strength else f"({text})"

    def _beside(self, left: Tensor, *other: type[Tensor]) -> str:
        """The left factor of a product, in parentheses where it is a product of another kind: ``(f @ c)*f``."""
        factor = left.operand if isinstance(left, Negative) else left
        return self._at(left, ATOM if isinstance(factor, other) else PRODUCT)

    def _call(self, name: str, *arguments: object) -> Rendered:
        texts = [self.done[id(a)][0] if isinstance(a, Tensor) else str(a) for a in arguments]
        return f"{name}({', '.join(texts)})", ATOM

    def _reduction(self, kind: str, operand: Tensor, axes: tuple[int, ...], keepdims: bool) -> Rendered:
        whole = axes == tuple(range(operand.ndim))
        axis = [] if whole else [f"axis={axes[0] if len(axes) == 1 else axes}"]
        return self._call(kind, operand, *axis, *(["keepdims=True"] if keepdims else []))

    def _literal(self, entries: tuple[Fraction, ...], shape: Shape) -> Rendered:
        texts = [self.number(entry)[0] for entry in entries]
        if len(shape) == 2:
            width = shape[1].value or 1
            rows = [texts[k : k + width] for k in range(0, len(texts), width)]
            return f"array([{', '.join('[' + ', '.join(row) + ']' for row in rows)}])", ATOM
        return f"array([{', '.join(texts)}])", ATOM

    def _event(self, event: Tensor) -> str:
        """An event as an author writes it: a relation, or a list of them."""
        if isinstance(event, Event):
            return f"{self.done[id(event.left)][0]} {event.sign} {self.done[id(event.right)][0]}"
        if isinstance(event, Every):
            return f"[{', '.join(map(self._event, event.events))}]"
        return self.done[id(event)][0]

    def _chance(self, expression: Tensor) -> Rendered:
        """Expectations, probabilities, and events that stand as numbers."""
        match expression:
            case Expectation(operand=operand, event=None):
                return self._call("expectation", operand)
            case Expectation(operand=operand, event=Tensor() as event):
                return self._call("expectation", operand, f"given={self._event(event)}")
            case Probability(event=event, given=None):
                return self._call("probability", self._event(event))
            case Probability(event=event, given=Tensor() as given):
                return self._call("probability", self._event(event), f"given={self._event(given)}")
        return self._call("indicator", self._event(expression))

    def _iteration(self, expression: Tensor) -> Rendered:
        """Runs, and what is said along them."""
        match expression:
            case AtTime(operand=operand, run=run, time=time):
                return self._call(self.done[id(run)][0], operand, time)
            case HittingTime(run=run, event=event):
                return self._call(f"{self.done[id(run)][0]}.first", self._event(event))
            case Always(run=run, event=event, until=until):
                return self._call(f"{self.done[id(run)][0]}.always", self._event(event), until)
            case Converges(run=run, points=points):
                return self._call(f"{self.done[id(run)][0]}.converges", *points)
            case Run(states=states, updates=updates, starts=starts, choices=choices, rules=rules):
                moved = any(start is not state for start, state in zip(starts, states, strict=True))
                more = [f"start={self._several(starts)}"] if moved else []
                more += [f"choose={self._several(choices)}"] if choices else []
                more += [f"where=[{', '.join(map(self._event, rules))}]"] if rules else []
                return self._call("iterate", self._several(states), self._several(updates), *more)
        raise TypeError(f"{type(expression).__name__} is no iteration")

    def _experiment(self, expression: Tensor) -> Rendered:
        """What is measured with seeds."""
        match expression:
            case Least(size=size, event=event, over=over):
                return self._call("least", size, self._event(event), list(over))
            case Frequency(event=event, seeds=seeds):
                shown = [self._event(event), f"seeds={seeds}"]
            case Exponent(operand=operand, size=size, over=over, seeds=seeds, fixed=fixed):
                shown = [self.done[id(operand)][0], self.done[id(size)][0], str(list(over)), f"seeds={seeds}"]
                shown += [f"fixed=[{', '.join(self.done[id(part)][0] for part in fixed)}]"] if fixed else []
            case _:
                raise TypeError(f"{type(expression).__name__} is no experiment")
        at = [f"at=[{', '.join(map(self._event, expression.at))}]"] if expression.at else []
        return self._call(type(expression).__name__.lower(), *shown, *at)

    def _several(self, parts: tuple[Tensor, ...]) -> str:
        texts = [self.done[id(part)][0] for part in parts]
        return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"

    def render(self, expression: Tensor) -> Rendered:  # one line a node
        """The text of a node, its operands being rendered."""
        if (squared := as_variance(expression)) is not None:
            return self._call("variance", squared)
        match expression:
            case Number(value=value):
                return self.number(value)
            case (
                Symbol(name=name)
                | Definition(name=name)
                | Constant(name=name)
                | IndexSymbol(name=name)
                | IllDefined(name=name)
            ):
                return name, ATOM
            case Size(dimension=d):
                return _size(d)
            case BlackBox(name=name, arguments=arguments) | AbstractValue(name=name, arguments=arguments):
                return self._call(name, *arguments)
            case Add(left=left, right=Negative(operand=right)):
                return f"{self._at(left, SUM)} - {self._at(right, PRODUCT)}", SUM
            case Add(left=Number(value=0), right=right):  # where Python's sum starts
                return self.done[id(right)]
            case Add(left=left, right=right):
                text = self._at(right, SUM)
                sign, text = ("-", text[1:]) if text.startswith("-") else ("+", text)
                return f"{self._at(left, SUM)} {sign} {text}", SUM
            case Negative(operand=operand):
                text = self._at(operand, PRODUCT)
                strength = min(UNARY, max(PRODUCT, self.done[id(operand)][1]))
                return f"-({text})" if text.startswith("-") else f"-{text}", strength
            case Multiply(left=left, right=right):
                return f"{self._beside(left, MatMul)}*{self._at(right, UNARY)}", PRODUCT
            case Divide(left=left, right=right):
                return f"{self._beside(left, MatMul)}/{self._at(right, UNARY)}", PRODUCT
            case MatMul(left=left, right=right):
                return f"{self._beside(left, Multiply, Divide)} @ {self._at(right, UNARY)}", PRODUCT
            case Power(base=base, exponent=exponent):
                return f"{self._at(base, ATOM)}**{self._at(exponent, ATOM)}", POWER
            case Apply(function=name, arguments=arguments):
                return self._call(name, *arguments)
            case Sum(operand=operand, axes=axes, keepdims=keepdims):
                return self._reduction("sum", operand, axes, keepdims)
            case Extremum(kind=kind, operand=operand, axes=axes, keepdims=keepdims):
                return self._reduction(kind, operand, axes, keepdims)
            case IndexSum(operand=operand, index=index):
                return self._call("sum", operand, f"over={index.name}")
            case Transpose(operand=operand, permutation=permutation):
                reversed_axes = permutation == tuple(range(operand.ndim))[::-1]
                return f"{self._at(operand, ATOM)}.{'T' if reversed_axes else f'transpose{permutation}'}", ATOM
            case Index(operand=operand, items=items):
                inside = ", ".join(item.name if isinstance(item, IndexSymbol) else str(item) for item in items)
                return f"{self._at(operand, ATOM)}[{inside}]", ATOM
            case Eye(size=size):
                return self._call("eye", size)
            case Full(value=Number(value=value), shape=shape) if value in (0, 1):
                return self._call("ones" if value else "zeros", *shape)
            case Full(value=value, shape=shape):
                return self._call("full", value, *shape)
            case Literal(entries=entries, shape=shape):
                return self._literal(entries, shape)
            case Vec(operand=operand, order=order):
                return self._call("vec", operand, *(['order="F"'] if order == "F" else []))
            case Kron(left=left, right=right):
                return self._call("kron", left, right)
            case Outer(left=left, right=right):
                return self._call("outer", left, right)
            case Diag(operand=operand):
                return self._call("diag", operand)
            case BlockDiag(operand=operand):
                return self._call("block_diag", operand)
            case MatrixPower(base=base, exponent=exponent):
                return self._call("matrix_power", base, exponent)
            case Inverse(operand=operand):
                return self._call("inv", operand)
            case Determinant(operand=operand):
                return self._call("det", operand)
            case Trace(operand=operand):
                return self._call("trace", operand)
            case Binomial(upper=upper, lower=lower):
                return self._call("binomial", upper, lower)
            case Factorial(operand=operand):
                return self._call("factorial", operand)
            case TangentGram(vectors=vectors, order=order):
                return self._call("tangent_gram", vectors, order)
            case Generic(operand=operand, variable=variable):
                return self._call("generic", operand, variable)
            case Rank(operand=operand):
                return self._call("rank", operand)
            case Norm(operand=operand, order=order):
                return self._call("norm", operand, *({"2": [], "fro": ['"fro"']}.get(order, [order])))
            case Spectral(kind=kind, operand=operand):
                return self._call(kind, operand)
            case Lipschitz(operand=operand, variable=variable, order=order):
                usual = order == ORDERS[operand.ndim][0]
                return self._call("lipschitz", operand, variable, *([] if usual else [f'"{order}"']))
            case Convexity(operand=operand, variable=variable):
                return self._call("convexity", operand, variable)
            case Oscillation(operand=operand, variable=variable):
                return self._call("oscillation", operand, variable)
            case Jump(operand=operand, variable=variable, direction=direction):
                return self._call("jump", operand, variable, direction)
            case Infinity():
                return "inf", ATOM
            case Softmax(operand=operand, axis=axis):
                return self._call("softmax", operand, *([f"axis={axis}"] if axis != operand.ndim - 1 else []))
            case LogSumExp(operand=operand, axis=axis):
                return self._call("logsumexp", operand, *([f"axis={axis}"] if axis is not None else []))
            case Derivative(kind=kind, operand=operand, variables=variables):
                shown = variables[:1] if kind == "hessian" and variables[0] is variables[-1] else variables
                return self._call(kind, operand, *shown)
            case Directional(operand=operand, variable=variable, direction=direction):
                return self._call("jvp", operand, variable, direction)
            case Substitution(operand=operand, symbol=symbol, value=value):
                return self._call("subs", operand, symbol, value)
            case Expectation() | Probability() | Event() | Every():
                return self._chance(expression)
            case Experiment() | Least():
                return self._experiment(expression)
            case Run(name=str(name)):
                return name, ATOM
            case AtTime() | HittingTime() | Always() | Converges() | Run():
                return self._iteration(expression)
            case Placeholder():
                return "...", ATOM
        raise TypeError(f"plain() does not know {type(expression).__name__}")


def _number(value: Fraction) -> Rendered:
    if _is_huge(value):
        return "(a number of more than a thousand digits)", ATOM
    if value.denominator == 1:
        return str(value), ATOM if value >= 0 else UNARY
    return f"{value.numerator}/{value.denominator}", PRODUCT


def _exact_number(value: Fraction) -> Rendered:
    text, strength = _number(value)
    return (_digest(f"{value.numerator:x}/{value.denominator:x}") if _is_huge(value) else text), strength


def _is_huge(value: Fraction) -> bool:
    return max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS


def _size(size: Dimension) -> Rendered:
    [(names, coefficient), *more] = size.terms or (((), 0),)
    alone = not more and coefficient >= 0 and len(names) + (coefficient != 1) <= 1
    return str(size), ATOM if alone else PRODUCT if not more and coefficient > 0 else SUM
