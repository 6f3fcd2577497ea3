"""Means as NumPy code: over the outcomes of discrete laws, and by quadrature over the entries of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod

from derive.language.arrays import Composite, Norm, Spectral
from derive.language.chance import Every, Expectation, Occurrence, OverOutcomes, Probability, RandomSymbol, unbound
from derive.language.errors import InputError
from derive.language.functions import FUNCTIONS
from derive.language.tensor import Apply, Extremum, Multiply, Number, Power, Tensor

MEANS = {
    "outcomes": """def outcomes(shape, nodes, weights):
    nodes, weights = np.asarray(nodes, float), np.asarray(weights, float)
    count = math.prod(shape) // math.prod(nodes.shape[1:])
    for places in itertools.product(range(len(nodes)), repeat=count):
        yield np.reshape(nodes[list(places)], shape), np.prod(weights[list(places)])""",
    "gaussian": """def gaussian(shape):
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    return outcomes(shape, nodes, weights / np.sum(weights))""",
    "uniform": """def uniform(shape, low, high):
    nodes, weights = np.polynomial.legendre.leggauss(20)
    return outcomes(shape, low + (high - low) * (nodes + 1) / 2, weights / 2)""",
    "rademacher": """def rademacher(shape):
    return outcomes(shape, [-1, 1], [0.5, 0.5])""",
    "bernoulli": """def bernoulli(shape, p):
    return outcomes(shape, [0, 1], [1 - p, p])""",
    "one_hot": """def one_hot(shape, p=None):
    return outcomes(shape, np.eye(shape[-1]), np.full(shape[-1], 1 / shape[-1]) if p is None else p)""",
    "sphere": """def sphere(shape):
    angles = np.arange(48) * np.pi / 24
    points = [[-1], [1]] if shape[-1] == 1 else np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return outcomes(shape, points, np.full(len(points), 1 / len(points)))""",
    "mean": """def mean(function, *laws):
    chosen = itertools.product(*(list(law) for law in laws))
    return sum(function(*(value for value, _ in row)) * math.prod(weight for _, weight in row) for row in chosen)""",
}
"""Functions that means need: the values of a random array with their weights, for each law; and the weighted sum."""

NODES = {"gaussian": 40, "uniform": 20, "rademacher": 2, "bernoulli": 2}
MOST_NODES = 100_000
"""Values that a mean may be taken over, at the sizes of a witness."""


def over(node: OverOutcomes) -> tuple[Tensor, Tensor | None]:
    """What is averaged, and the condition.

    Raises:
        InputError: the node is no mean.
    """
    match node:
        case Expectation(operand=operand, event=event):
            return operand, event
        case Probability(event=event, given=given):
            return event, given
    raise InputError(f"{node!r} is measured, and has no formula")


def given_that(operand: Tensor, event: Tensor) -> Tensor:
    """``operand`` where the event happens, and 0 elsewhere."""
    return Every((operand, event)) if isinstance(operand, Occurrence) else Multiply.of(operand, event)


def random_symbols(operand: Tensor) -> dict[str, RandomSymbol]:
    """The random symbols in ``operand`` by name."""
    return {symbol.name: symbol for symbol in unbound(operand)}


def check_means(root: Tensor, sizes: Mapping[str, int]) -> None:
    """Refuse means that a quadrature of few nodes does not give.

    Raises:
        InputError: there are too many random entries, or a function of continuous ones that is not smooth.
    """
    for node in root.walk():
        if isinstance(node, OverOutcomes):
            operand, event = over(node)
            inside = operand if event is None else given_that(operand, event)
            symbols = random_symbols(inside).values()
            if prod(_nodes(symbol, sizes) for symbol in symbols) > MOST_NODES:
                raise InputError(f"{node!r} is a mean over too many random entries to write out")
            if any(symbol.kind in ("gaussian", "uniform", "sphere") for symbol in symbols) and _has_kinks(inside):
                raise InputError(f"{node!r} is a mean of what is not smooth")


def _nodes(symbol: RandomSymbol, sizes: Mapping[str, int]) -> int:
    shape = [axis.size(sizes) for axis in symbol.shape]
    if symbol.kind == "one_hot":
        return int(shape[1] ** shape[0])
    if symbol.kind == "sphere":
        if shape[-1] > 2:
            raise InputError("a quadrature on a sphere of more than two dimensions is not written out")
        return int((2 if shape[-1] == 1 else 48) ** prod(shape[:-1]))
    return int(NODES[symbol.kind] ** prod(shape))


def _has_kinks(operand: Tensor) -> bool:
    return any(
        isinstance(node, (Occurrence, Extremum, Norm, Spectral))
        or (isinstance(node, Apply) and bool(FUNCTIONS[node.function].kinks))
        or (isinstance(node, Power) and isinstance(node.exponent, Number) and node.exponent.value.denominator != 1)
        for node in _written_out(operand)
    )


def _written_out(root: Tensor) -> Iterator[Tensor]:
    """The nodes below ``root``, notations written out and squares of norms as what they are."""
    match root:
        case Power(base=Norm(operand=operand, order="2" | "fro"), exponent=Number(value=exponent)) if exponent % 2 == 0:
            yield from _written_out(operand)
            return
    yield root
    below = [root.expand()] if isinstance(root, Composite) and not isinstance(root, Norm) else root.children()
    for child in below:
        yield from _written_out(child)
