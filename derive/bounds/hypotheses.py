"""What the hypotheses of a claim say of expressions: bounds to start from, and relations between parameters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import sympy as sp

from derive.bounds.affine import Argument
from derive.bounds.bound import CONVEXITIES, CURVATURES, ENTRY_JETS, JETS, LIPSCHITZ, NORMS, SPECTRA, SPREADS, Bound
from derive.bounds.closed_form import substituted
from derive.bounds.norm_names import canonical
from derive.bounds.parameters import Parameters
from derive.bounds.relations import multiple_of_identity, ordered, squared
from derive.bounds.value import Value
from derive.language.arrays import Norm, Spectral
from derive.language.lipschitz import measured
from derive.language.plain import identity
from derive.language.rank import Rank
from derive.language.relations import Cited, Relation, at_all_positions
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Index, IndexSymbol, Negative, Number, Power, Size, Sum, Tensor

HYPOTHESIS = "hypothesis"
NOTATION = "notation"
MASK = "entries are 0 or 1"


@dataclass
class Facts:
    """Hypotheses read as bounds.

    Attributes:
        parameters: what bounds are written in.
        variables: the symbols that move -> the norm in which they do. In a Lipschitz claim they differ between its two
            points; a derivative is taken in them.
        at_one_point: is all that is bounded taken at one point, so that a norm of a variable may stand in a bound?
        named: the parameters of the claimed bound, in which bounds are best written.
        stated: (measure, text of an expression) -> bounds stated of it, and by what.
        relations: ``small <= large`` (or ``<``) between parameters.
        derived: bounds that follow from several hypotheses, with their proofs.
    """

    parameters: Parameters
    variables: Mapping[str, str] = field(default_factory=dict)
    at_one_point: bool = False
    named: frozenset[str] = frozenset()
    stated: dict[tuple[str, str], list[tuple[Value, str]]] = field(default_factory=dict)
    relations: list[tuple[sp.Expr, sp.Expr, bool]] = field(default_factory=list)
    derived: dict[tuple[str, str], list[Bound]] = field(default_factory=dict)
    _moving: dict[Tensor, bool] = field(default_factory=dict, repr=False)

    @property
    def _found(self) -> tuple[Collection[tuple[str, str]], ...]:
        return self.stated, self.derived

    def of(self, measure: str, node: Tensor) -> Iterator[tuple[Value, str]]:
        """Bounds of a measure of ``node`` that need no derivation."""
        for value, reason in self.stated.get((measure, self.parameters.text(node)), ()):
            if self.at_one_point or not self._moves(*(self.parameters.nodes[s] for s in value.expression.free_symbols)):
                yield value, reason
        if measure in LIPSCHITZ | JETS | ENTRY_JETS | SPREADS | CURVATURES | {"identity"}:
            yield from self._moved(measure, node)
            return
        if measure in CONVEXITIES:
            if isinstance(node, (Symbol, Argument)) or not self._moves(node):
                yield self.parameters.number(1), "affine in the variables"
            return
        if measure == "symmetric":
            yield from self._symmetric(node)
            return
        if isinstance(node, Symbol):
            yield from self._declared(measure, node)
        if self.at_one_point or not self._moves(node):  # its norm at one of two points says nothing of the other
            yield from self._noted(measure, node)

    def _moves(self, *nodes: Tensor) -> bool:
        """Does one of the expressions differ between the two points of a Lipschitz claim?"""
        for node in nodes:
            if node not in self._moving:
                leaves = (leaf for leaf in node.walk() if isinstance(leaf, Symbol))
                self._moving[node] = any(leaf.name in self.variables for leaf in leaves)
        return any(self._moving[node] for node in nodes)

    def _noted(self, measure: str, node: Tensor) -> Iterator[tuple[Value, str]]:
        """What is its own bound: a scalar symbol, a scalar that the claimed bound names, norms that are parameters."""
        if not node.ndim and (isinstance(node, Symbol) or self.parameters.text(node) in self.named):
            value = self.parameters.scalar(node)
            assert value is not None
            if measure in ("upper", "lower"):
                yield value, NOTATION
            elif measure == "inf":
                yield (value if value.nonnegative else value.apply(sp.Abs)), NOTATION
        elif measure in NORMS:
            yield from self._named(measure, node)
        if measure == "rank of parts" and identity(Rank(node)) in self.named:
            yield self.parameters.symbols[identity(Rank(node))], NOTATION
        if measure == "sigma_min" and node.ndim == 2:
            yield self.parameters.norm("sigma_min", node, Spectral("sigma_min", node)), NOTATION

    def _moved(self, measure: str, node: Tensor) -> Iterator[tuple[Value, str]]:
        order = measure.removeprefix("lipschitz ")
        moved = self.variables.get(node.name) if isinstance(node, Symbol) else None
        if isinstance(node, Argument):
            moved = "2"
        if measure == "identity":
            if moved is not None:
                yield self.parameters.number(1), "the variable itself"
            return
        euclidean = moved in ("2", "fro") or (moved == "inf" and not node.ndim)
        if moved == order or (euclidean and measure == "D1"):
            yield self.parameters.number(1), "the variable itself"
        elif euclidean and measure in JETS:
            yield self.parameters.number(0), "the variable itself"
        elif not self._moves(node):
            yield self.parameters.number(0), "it does not move"

    def _symmetric(self, node: Tensor) -> Iterator[tuple[Value, str]]:
        """Only symmetric matrices have a place in the Loewner order, and extreme eigenvalues."""
        if isinstance(node, Symbol) and node.symmetric:
            yield self.parameters.number(1), f"{node.name} is declared so"
        elif any((spectrum, self.parameters.text(node)) in found for spectrum in SPECTRA for found in self._found):
            yield self.parameters.number(1), HYPOTHESIS

    def _declared(self, measure: str, node: Symbol) -> Iterator[tuple[Value, str]]:
        p = self.parameters
        if measure == "lower" and node.properties & {"positive", "nonnegative"}:
            yield p.number(0), f"{node.name} is declared so"
        if measure == "lambda_min" and node.properties & {"psd", "pd"}:
            yield p.number(0), f"{node.name} is declared so"
        if measure == "op" and "orthogonal" in node.properties:
            yield p.number(1), f"{node.name} is declared so"

    def _named(self, measure: str, node: Tensor) -> Iterator[tuple[Value, str]]:
        """A norm that is a parameter: one that the claimed bound names, or a symbol's own that nothing bounds."""
        natural = isinstance(node, Symbol) and measure == ("2" if node.ndim == 1 else "op")
        unbounded = natural and (measure, self.parameters.text(node)) not in self.stated
        if unbounded or self.parameters.norm_key(measure, node) in self.named:
            yield self.parameters.norm(measure, node, measured(node, measure if node.ndim else "abs")), NOTATION


def facts(
    given: Sequence[Relation], parameters: Parameters, variables: Mapping[str, str], at_one_point: bool = False
) -> Facts:
    """The hypotheses, read. What has no reading is left out, which only makes bounds weaker.

    The parameters that are known already are taken to be those of the claimed bound.
    """
    relations = parameters.relations
    found = Facts(parameters, variables, at_one_point, frozenset(parameters.symbols), relations=relations)
    given = at_all_positions(given)  # bounds are looked up for any
    for relation in given:
        for small, large, strict in ordered(relation):
            _read(found, relation, substituted(small), substituted(large), strict)
    _simplices(found, given)
    _masks(found, given)
    return found


def reason_of(relation: Relation) -> str:
    """What a bound that the relation states rests on."""
    return f"claim {relation.source}" if isinstance(relation, Cited) else HYPOTHESIS


def _read(found: Facts, relation: Relation, small: Tensor, large: Tensor, strict: bool) -> None:
    p, loewner = found.parameters, relation.sign in ("<<", ">>")
    multiples = [multiple_of_identity(side) if loewner else side for side in (large, small)]
    above, below = (None if side is None else p.scalar(side) for side in multiples)
    if above is not None and below is not None:
        found.relations.append((below.expression, above.expression, strict))
    if above is not None:
        for measure, node, value in _bounded(small, above, "lambda_max" if loewner else "upper"):
            _state(found, measure, node, value, reason_of(relation))
    if below is not None:
        for measure, node, value in _bounded(large, below, "lambda_min" if loewner else "lower"):
            _state(found, measure, node, value, reason_of(relation))
    if loewner and above is None and below is None:
        _state(found, "lambda_min", Add.of(large, Negative.of(small)), p.number(0), reason_of(relation))


def _state(found: Facts, measure: str, node: Tensor, value: Value, reason: str) -> None:
    order = canonical(measure, node.ndim) if measure in NORMS else measure
    found.stated.setdefault((order, identity(node)), []).append((value, reason))
    if order in NORMS and isinstance(node, Add) and isinstance(node.right, Negative):  # ||S - T|| = ||T - S||
        turned = Add.of(node.right.operand, Negative.of(node.left))
        found.stated.setdefault((order, identity(turned)), []).append((value, reason))
    if order == "2" and isinstance(node, Index) and _any_row(node) and found.parameters.index_free(value):
        found.stated.setdefault(("rows", identity(node.operand)), []).append((value, reason))


def _any_row(node: Index) -> bool:
    """Is it ``X[i]`` for a position i that is any, and an X that is the same for all?"""
    if len(node.items) != 2 or not isinstance(node.items[0], IndexSymbol) or node.items[1] != ":":
        return False
    return not any(isinstance(leaf, IndexSymbol) for leaf in node.operand.walk())


def _bounded(side: Tensor, value: Value, sense: str) -> Iterator[tuple[str, Tensor, Value]]:
    """The measures of expressions that ``side <= value`` (or ``>=``) bounds."""
    above = sense in ("upper", "lambda_max")
    match side:
        case Norm(operand=operand, order=order) if above:
            yield order, operand, value
        case Spectral(kind="opnorm", operand=operand) if above:
            yield "op", operand, value
        case Spectral(kind="sigma_min", operand=operand) if not above:
            yield "sigma_min", operand, value
        case Spectral(kind="lambda_max", operand=operand) if above:
            yield "lambda_max", operand, value
        case Spectral(kind="lambda_min", operand=operand) if not above:
            yield "lambda_min", operand, value
        case Rank(operand=operand) if above:
            yield "rank of parts", operand, value
        case Apply(function="abs", arguments=(argument,)) if above:
            yield "inf", argument, value
        case Power(base=Norm(operand=operand, order=order), exponent=Number(value=k)) if above and k > 0:
            yield order, operand, value.power(1 / k)
        case Power(base=base, exponent=Number(value=k)) if above and k == 2 and value.nonnegative:
            yield "inf", base, value.sqrt()
    if not isinstance(side, (Number, Size)):
        yield sense, side, value


def _simplices(found: Facts, given: Sequence[Relation]) -> None:
    """``sum(f) <= c`` for f of nonnegative entries bounds its 1-norm."""
    for relation in given:
        for small, large, _ in ordered(relation):
            value = found.parameters.scalar(large)
            if value is None or not isinstance(small, Sum) or small.ndim:
                continue
            lower = found.stated.get(("lower", identity(small.operand)), [])
            declared = isinstance(small.operand, Symbol) and small.operand.properties & {"positive", "nonnegative"}
            if declared or any(bound.nonnegative for bound, _ in lower):
                _state(found, "1", small.operand, value, reason_of(relation))


def _masks(found: Facts, given: Sequence[Relation]) -> None:
    """``H * H == H``: every entry is 0 or 1."""
    for relation in given:
        for square, root in ((relation.left, relation.right), (relation.right, relation.left)):
            base = squared(square)
            if isinstance(relation, Cited) or relation.sign != "==" or base is None:
                continue
            if identity(base) == identity(root):
                _state(found, "lower", root, found.parameters.number(0), MASK)
                _state(found, "upper", root, found.parameters.number(1), MASK)
