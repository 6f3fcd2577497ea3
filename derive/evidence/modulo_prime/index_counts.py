"""How many indices of each dimension one term of an expression carries, once denominators are cleared.

An abstract evaluation: an entry of a node is ``N / (F1^k1 F2^k2 ..)``, where the numerator N is a sum of terms with at
most ``indices[D]`` summed indices of the dimension D, beside those of the node's own axes. Exponentials count as
variables with the indices of their own axes. Sums multiply nothing and add an index, products add, quotients add
factors to the denominator; a derivative adds at most the indices of the denominators and of one exponent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from math import prod

from derive.evidence.modulo_prime.fragment import in_exponential_alone, in_exponentials, is_exponential
from derive.evidence.modulo_prime.index_symbols import free_indices
from derive.evidence.modulo_prime.index_terms import (
    Factor,
    Label,
    Terms,
    Uncounted,
    added,
    atoms,
    differentiated,
    indices_of,
    multiplied,
    times,
)
from derive.language.arrays import BlockDiag, Composite, Diag, Eye, Full, Kron, Literal, Vec
from derive.language.derivatives import Definition, Derivative, Directional
from derive.language.dimensions import Dimension
from derive.language.plain import identity, plain
from derive.language.symbols import Symbol
from derive.language.tensor import (
    Add,
    Apply,
    Constant,
    Divide,
    Index,
    IndexSum,
    IndexSymbol,
    MatMul,
    Multiply,
    Negative,
    Number,
    Power,
    Size,
    Sum,
    Tensor,
    Transpose,
)


class IndexCounts:
    """The terms of the nodes of one identity.

    ``copies``: how many different indices of a dimension a denominator with that dimension's index is cleared for.

    Attributes:
        exponents: the arguments of exponentials that are sums, by their text.
        logarithms: the texts of the arguments of logarithms that are sums.
        local_exponents, local_logarithm, local_error_function: what there is of functions of single entries.
    """

    def __init__(self, copies: Mapping[str, int]) -> None:
        self.copies = copies
        self.exponents: dict[str, Tensor] = {}
        self.logarithms: set[str] = set()
        self.local_exponents: dict[str, Tensor] = {}
        self.local_logarithm = False
        self.local_error_function = False
        self._known: dict[Tensor, Terms] = {}

    def terms(self, node: Tensor) -> Terms:
        """The terms of ``node``.

        Raises:
            Uncounted: it is outside the fragment.
        """
        if node not in self._known:
            self._known[node] = self._terms(node)
        return self._known[node]

    def _terms(self, node: Tensor) -> Terms:
        match node:
            case Symbol() | Number() | Constant() | Eye() | Literal():
                return Terms()
            case Size(dimension=dimension):
                return Terms(indices_of(dimension))
            case Composite():
                return self.terms(node.expand())
            case Definition(operand=operand) | Negative(operand=operand) | Transpose(operand=operand):
                return self.terms(operand)
            case Vec(operand=operand) | Diag(operand=operand) | BlockDiag(operand=operand):
                return self.terms(operand)
            case Full(value=value):
                return self.terms(value)
            case Index(operand=operand):
                return self._entry(node, operand)
            case Add(left=left, right=right):
                return added(self.terms(left), self.terms(right))
            case Multiply(left=left, right=right) | Kron(left=left, right=right):
                return multiplied(self.terms(left), self.terms(right))
            case Divide(left=left, right=right):
                return multiplied(self.terms(left), self._inverse(right))
            case Power(base=base, exponent=Number(value=exponent)) if exponent.denominator == 1:
                part = self.terms(base) if exponent > 0 else self._inverse(base)
                return reduce(multiplied, [part] * abs(int(exponent)), Terms())
            case Power(base=base, exponent=Number()) if self.terms(base).local:
                return self.terms(base)
            case MatMul(left=left, right=right):
                return self._summed(multiplied(self.terms(left), self.terms(right)), left.shape[-1])
            case Sum(operand=operand, axes=axes):
                return reduce(self._summed, (operand.shape[k] for k in axes), self.terms(operand))
            case IndexSum(operand=operand, index=index):
                return self._summed(self.terms(operand), index.dimension, index.name)
            case Apply():
                return self._applied(node)
            case Derivative(operand=operand, variables=variables):
                return reduce(lambda terms, _: differentiated(terms), variables, self.terms(operand))
            case Directional(operand=operand, variable=variable, direction=direction):
                moved = multiplied(differentiated(self.terms(operand)), self.terms(direction))
                return reduce(self._summed, variable.shape, moved)
        raise Uncounted(f"{plain(node)} is no quotient of sums of products")

    def _entry(self, node: Index, operand: Tensor) -> Terms:
        """Fixed positions along symbolic axes would make some indices different from the others."""
        axes = iter(operand.shape)
        added: set[Label] = set()
        for item in node.items:
            axis = None if isinstance(item, str) and item == "None" else next(axes)
            if isinstance(item, int) and axis is not None and axis.value is None:
                raise Uncounted(f"{plain(node)} is a fixed entry")
            if isinstance(item, IndexSymbol):
                added |= {(name, item.name) for name in item.dimension.names}
        terms = self.terms(operand)
        return replace(terms, under={_labelled(factor, added): power for factor, power in terms.under.items()})

    def _inverse(self, node: Tensor) -> Terms:
        below = self.terms(node)
        numerator = multiplied(Terms(), *(self._back(factor, power) for factor, power in below.under.items()))
        own: dict[Factor, int] = {}
        if below.indices.total():
            labels = frozenset({name for axis in node.shape for name in axis.names} | set(_free_labels(node)))
            own[Factor(identity(node), tuple(sorted(below.indices.items())), labels)] = 1
        return Terms(numerator.indices, own, below.growth, below.latent)

    def _back(self, factor: Factor, power: int) -> Terms:
        return Terms(times(factor.counts, power))

    def _summed(self, terms: Terms, axis: Dimension, symbol: str = "") -> Terms:
        """The sum over an axis, or over an index symbol: an index more, and denominators cleared for all its values."""
        under: dict[Factor, int] = {}
        indices = terms.indices + indices_of(axis)
        labels = {name: (name, symbol) if symbol else name for name in sorted(axis.names)}
        for factor, power in terms.under.items():
            shared = [name for name, label in labels.items() if label in factor.labels]
            if any(factor.counts[name] for name in shared):
                raise Uncounted(f"the denominators {factor.text} are summed over an index of theirs")
            number = prod(self.copies[name] for name in shared) if axis.value is None else axis.value
            every = tuple((name, count * number) for name, count in factor.indices)
            under[Factor(factor.text, every, factor.labels - {labels[name] for name in shared})] = power
            indices = indices + times(factor.counts, power * (number - 1))
        return replace(terms, indices=indices, under=under)

    def _applied(self, node: Apply) -> Terms:
        """A function of an entry is a variable with the entry's indices; so is an exponential of a sum."""
        parts = [self.terms(argument) for argument in node.arguments]
        growth, latent = atoms(parts)
        argument, part = node.arguments[0], parts[0]
        if all(part.local for part in parts):
            self._record_local(node)
            return Terms(Counter(), {}, growth, latent)
        growth, latent = growth | (part.indices + part.growth), latent | set(part.under)
        if in_exponential_alone(node.function):
            self.exponents[identity(argument)] = argument
        elif node.function == "log" and not node.shape and not _free_labels(node):
            self.logarithms.add(identity(argument))
            latent = latent | set(self._inverse(argument).under)
        else:
            raise Uncounted(f"{plain(node)} is no quotient of sums of products")
        return Terms(Counter(), {}, growth, latent)

    def _record_local(self, node: Apply) -> None:
        """Functions of entries may satisfy relations with those of sums: ``exp(sum(x))`` with ``exp(x)`` does."""
        if node.function.startswith("log"):
            self.local_logarithm = True
        elif is_exponential(node):
            self.local_exponents[identity(node.arguments[0])] = node.arguments[0]
            self.local_error_function |= not in_exponentials(node.function)

    def independent(self) -> dict[str, Tensor]:
        """The exponents that have to be independent, by their text.

        Raises:
            Uncounted: logarithms, or derivatives of error functions, may satisfy relations too.
        """
        if len(self.logarithms) + self.local_logarithm > 1 and self.logarithms:
            raise Uncounted("there are several logarithms")
        if self.exponents and self.local_error_function:
            raise Uncounted("there are exponentials beside an error function")
        return {**self.exponents, **self.local_exponents} if self.exponents else {}


def _free_labels(node: Tensor) -> frozenset[Label]:
    symbols = free_indices(node).values()
    return frozenset((name, symbol.name) for symbol in symbols for name in symbol.dimension.names)


def _labelled(factor: Factor, added: set[Label]) -> Factor:
    """The factor after an axis was set to the position of an index symbol, which may have been one of its own."""
    names = {label[0] for label in added if label[0] in factor.labels}
    return replace(factor, labels=factor.labels | {label for label in added if label[0] in names})
