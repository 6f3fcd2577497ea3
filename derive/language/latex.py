"""Expressions and relations in LaTeX, as theory papers print them; definitions by their names.

Only constructs that converters to MathML take: fractions, ``\\left`` and ``\\right``, ``pmatrix``.
Positions count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field

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
from derive.language.derivatives import Definition, Derivative, Directional, Lipschitz, Substitution
from derive.language.experiment import Experiment, Least
from derive.language.iteration import Always, AtTime, Converges, HittingTime, Run
from derive.language.latex_arrays import (
    apply,
    by_entries,
    call,
    derivative,
    extremum,
    full,
    index,
    index_sum,
    norm,
    sum_of,
)
from derive.language.latex_chance import chance, variance
from derive.language.latex_experiment import experiment
from derive.language.latex_iteration import carries_time, iteration, moves, with_time
from derive.language.latex_names import dimension_tex
from derive.language.latex_pieces import (
    ATOM,
    PREFIX,
    PRODUCT,
    SCRIPT,
    SUM,
    Piece,
    Render,
    added,
    juxtaposed,
    named,
    negated,
    number,
    parentheses,
    pmatrix,
    script,
    superscript,
)
from derive.language.latex_products import divide, kron, matmul, multiply, new_axes, power, transposed
from derive.language.latex_relations import relation_tex
from derive.language.matrix_powers import MatrixPower
from derive.language.one_sided import Infinity, Jump, Oscillation
from derive.language.plain import printed_nodes
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

SPECTRAL = {
    "sigma_min": r"\sigma_{\min}",
    "lambda_min": r"\lambda_{\min}",
    "lambda_max": r"\lambda_{\max}",
}


LONGEST = 100_000
"""Characters beyond which a part is not written out."""


def latex(expression: Tensor | Relation) -> str:
    """The expression or relation in LaTeX, for math mode.

    The cost is linear in the number of nodes, however often they are shared.
    """
    printer = _Printer()
    if isinstance(expression, Relation):
        return relation_tex(printer.printed, expression.sign, expression.left, expression.right)
    return str(printer.printed(expression))


@dataclass
class _Printer:
    """Renders each node once. ``done`` keeps the node beside its piece, so that no other takes its identity.

    Along a run, ``bound`` are the names that change with it, ``moment`` the time, and ``outside`` prints without it.
    """

    done: dict[int, tuple[Tensor, Piece]] = field(default_factory=dict)
    bound: frozenset[str] = frozenset()
    moment: str = ""
    outside: Render | None = None

    def printed(self, expression: Tensor) -> Piece:
        """The expression, its operands first so that deep ones need no deep recursion."""
        parts = list(printed_nodes(expression))
        for node in parts:
            self.render(node)
        widened = any(isinstance(node, Index) and "None" in new_axes(node.items) for node in parts)
        return by_entries(self.render, expression) if widened and expression.ndim > 2 else self.render(expression)

    def render(self, expression: Tensor) -> Piece:
        known = self.done.get(id(expression))
        if known is None:
            piece = self._node(expression)
            known = expression, piece if len(piece.text) <= LONGEST else Piece(r"\cdots")
            self.done[id(expression)] = known
        return known[1]

    def _node(self, expression: Tensor) -> Piece:  # one line a node
        if (squared := as_variance(expression)) is not None:
            return variance(self.render, squared)
        if self.outside is not None and carries_time(expression) and moves(expression, self.bound):
            return with_time(self.outside(expression), self.moment)
        match expression:
            case Number(value=value):
                return number(value)
            case Symbol(name=name, tex=tex) | Definition(name=name, tex=tex) | IndexSymbol(name=name, tex=tex):
                return named(name, tex)
            case IllDefined(name=name):
                return named(name, None)
            case Constant(name=name):
                return Piece(r"\pi" if name == "pi" else rf"\mathrm{{{name}}}")
            case Size(dimension=size):
                return Piece(
                    dimension_tex(size), SUM if len(size.terms) > 1 else PRODUCT if len(size.names) > 1 else ATOM
                )
            case Add(left=Number(value=0), right=right):  # where Python's sum starts
                return self.render(right)
            case Add(left=left, right=right):
                return added(self.render(left), self.render(right))
            case Negative(operand=operand):
                return negated(self.render(operand))
            case Multiply(left=left, right=right):
                return multiply(self.render, left, right)
            case Divide(left=left, right=right):
                return divide(self.render, left, right)
            case MatMul():
                return matmul(self.render, expression)
            case Power(base=base, exponent=exponent):
                return power(self.render, base, exponent)
            case Apply(function=name, arguments=arguments):
                return apply(self.render, name, arguments)
            case Sum(operand=operand, axes=axes, keepdims=keepdims):
                return sum_of(self.render, operand, axes, keepdims)
            case Extremum(kind=kind, operand=operand, axes=axes):
                return extremum(self.render, kind, operand, axes)
            case IndexSum(operand=operand, index=index):
                return index_sum(self.render, operand, index)
            case _:
                return self._array(expression)

    def _at(self, run: Run, moment: str) -> Render:
        """What prints along a run, at a time."""
        within = self.outside is not None and self.bound <= run.bound
        return _Printer(bound=run.bound, moment=moment, outside=self.outside if within else self.render).render

    def _variable(self, variable: Tensor) -> Piece:
        """What is differentiated in: a direction, which has no time."""
        return (self.outside or self.render)(variable)

    def _array(self, expression: Tensor) -> Piece:  # one line a node
        """Rearrangements, constant arrays, linear algebra and derivatives."""
        match expression:
            case Transpose(operand=operand):
                return transposed(self.render, operand)
            case Index(operand=operand, items=items):
                return index(self.render, operand, items)
            case Eye(size=size):
                return Piece("I" + script(dimension_tex(size)))
            case Full(value=value, shape=shape):
                return full(self.render, value, shape)
            case Literal(entries=entries, shape=shape):
                return pmatrix(entries, (shape[1].value or 1) if len(shape) == 2 else 1)
            case Vec(operand=operand, order=order):
                rows_first = transposed(self.render, operand) if order == "F" else self.render(operand)
                return Piece(r"\mathrm{vec}" + parentheses(rows_first))
            case Kron(left=left, right=right):
                return kron(self.render, left, right)
            case Outer(left=left, right=right):
                return juxtaposed(self.render(left), transposed(self.render, right))
            case Diag(operand=operand):
                return call(self.render, r"\mathrm{diag}", operand)
            case BlockDiag(operand=operand):
                return call(self.render, r"\mathrm{blockdiag}", operand)
            case MatrixPower(base=base, exponent=exponent):
                return superscript(self.render(base).at(ATOM), str(self.render(exponent)))
            case Inverse(operand=operand):
                return superscript(self.render(operand).at(ATOM), "-1")
            case Determinant(operand=operand):
                return call(self.render, r"\det", operand)
            case Trace(operand=operand):
                return call(self.render, r"\mathrm{tr}", operand)
            case Binomial(upper=upper, lower=lower):
                return Piece(rf"\binom{{{self.render(upper)}}}{{{self.render(lower)}}}")
            case Factorial(operand=operand):
                return Piece(rf"{self.render(operand).at(ATOM)}!", SCRIPT)
            case TangentGram(vectors=vectors, order=order):
                power = rf"{{{self.render(vectors).at(ATOM)}}}_i^{{\otimes({self.render(order)}-1)}}"
                return Piece(rf"\mathrm{{Gram}}(\mathrm{{Sym}}({power}\otimes e_a))")
            case Generic(operand=operand, variable=variable):
                return Piece(rf"{self.render(operand)}\text{{ at generic }}{self.render(variable)}", PREFIX)
            case Rank(operand=operand):
                return call(self.render, r"\mathrm{rank}", operand)
            case Norm(operand=operand, order=order):
                return Piece(norm(self.render, operand, order))
            case Spectral(kind=kind, operand=operand) if kind in SPECTRAL:
                return call(self.render, SPECTRAL[kind], operand)
            case Spectral(kind=kind, operand=operand):
                return Piece(norm(self.render, operand, "nuclear" if kind == "nuclear" else ""))
            case Lipschitz(operand=operand, variable=variable):
                return call(self.render, rf"\mathrm{{Lip}}_{{{self.render(variable)}}}", operand)
            case Convexity(operand=operand, variable=variable):
                return call(self.render, rf"\mathrm{{convexity}}_{{{self.render(variable)}}}", operand)
            case Oscillation(operand=operand, variable=variable):
                return call(self.render, rf"\mathrm{{osc}}_{{{self.render(variable)}}}", operand)
            case Jump(operand=operand, variable=variable, direction=direction):
                place = f"{{{self.render(variable)}, {self.render(direction)}}}"
                return call(self.render, rf"\mathrm{{jump}}_{place}", operand)
            case Infinity():
                return Piece(r"\infty")
            case Softmax(operand=operand, axis=axis) if axis == 0 and operand.ndim == 2:
                return superscript(rf"\mathrm{{softmax}}{parentheses(transposed(self.render, operand))}", r"\top")
            case Softmax(operand=operand):
                return call(self.render, r"\mathrm{softmax}", operand)
            case LogSumExp(operand=operand):
                return call(self.render, r"\mathrm{logsumexp}", operand)
            case (
                BlackBox(name=name, arguments=arguments, tex=tex)
                | AbstractValue(name=name, arguments=arguments, tex=tex)
            ):
                return Piece(rf"{named(name, tex)}({', '.join(str(self.render(x)) for x in arguments)})")
            case Derivative(variables=variables):
                return derivative(lambda x: self._variable(x) if x in set(variables) else self.render(x), expression)
            case Directional(operand=operand, variable=variable, direction=direction):
                of, along = self.render(operand).at(ATOM), self.render(direction)
                return Piece(rf"\mathrm{{D}}{script(str(self.render(variable)))} {of}[{along}]", PREFIX)
            case Substitution(operand=operand, symbol=symbol, value=value):
                point = rf"{self.render(symbol)} \leftarrow {self.render(value)}"
                return Piece(f"{self.render(operand).at(ATOM)}|_{{{point}}}", SCRIPT)
            case Expectation() | Probability() | Event() | Every():
                return chance(self.render, expression)
            case Experiment() | Least():
                return experiment(self.render, expression)
            case AtTime() | HittingTime() | Always() | Converges() | Run():
                return iteration(self.render, self._at, expression)
            case Placeholder():
                return Piece(r"\cdot")
        raise TypeError(f"latex() does not know {type(expression).__name__}")
