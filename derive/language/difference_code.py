"""Expressions with derivatives as NumPy code: each derivative is a central difference of what is differentiated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar

from derive.language.arrays import Vec
from derive.language.chance import Event, Every, OverOutcomes, RandomSymbol, unbound
from derive.language.derivatives import Definition, Derivative, Directional, underlying
from derive.language.errors import InputError
from derive.language.mean_code import MEANS, given_that, over, random_symbols
from derive.language.numpy_code import FUNCTIONS, Code, Writer
from derive.language.plain import ATOM, PRODUCT, SUM
from derive.language.symbols import Symbol
from derive.language.tensor import Index, IndexSymbol, Tensor, Transpose

DIFFERENCES = {
    "along": """def along(function, at, direction, h=STEP):
    return (function(at + h * direction) - function(at - h * direction)) / (2 * h)""",
    "partials": """def partials(function, at, where):
    units = [np.reshape(np.arange(np.size(at)) == place, np.shape(at)) for place in np.ravel(where)]
    columns = [along(function, at, unit) for unit in units]
    return np.reshape(np.stack(columns, axis=-1), np.shape(columns[0]) + np.shape(where))""",
    "places": """def places(array):
    return np.reshape(np.arange(np.size(array)), np.shape(array))""",
    "spread": """def spread(array, where, direction):
    result = np.zeros(np.size(array), np.asarray(direction).dtype)
    result[np.ravel(where)] = np.ravel(direction)
    return np.reshape(result, np.shape(array))""",
}
"""Functions that the code needs: the derivative along a direction by a central difference of step ``STEP``; the partial
derivatives in the entries at some places, which are counted row by row; the places of all entries; and a direction that
moves only some entries, spread out to an array."""


@dataclass
class DifferenceWriter(Writer):
    """A writer that turns what is differentiated into functions ``value1``, ``value2``, ...

    Attributes:
        values: the source of these functions. Definitions inside them are assigned anew, from the arguments.
        parameters: the arguments of the function that is being written, which functions inside it need too.
    """

    sources: ClassVar[dict[str, str]] = DIFFERENCES | MEANS | FUNCTIONS
    values: list[str] = field(default_factory=list)
    parameters: frozenset[str] = frozenset()

    def evaluated(self, expression: Tensor) -> Iterator[Tensor]:
        """Nothing inside of what is differentiated, which is evaluated by functions."""
        seen: set[int] = set()
        stack = [(expression, False)]
        while stack:
            node, done = stack.pop()
            if done:
                yield node
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(_evaluated_operands(node)))

    def array(self, expression: Tensor) -> Code:
        match expression:
            case Derivative(operand=operand, variables=variables):
                return self.partials(operand, variables)
            case Directional():
                return self.along(expression)
            case OverOutcomes():
                return self.mean(*over(expression))
            case Event() | Every():
                return self.event(expression)
        return super().array(expression)

    def mean(self, operand: Tensor, event: Tensor | None) -> Code:
        """The mean over the random symbols in ``operand``; under a condition, a quotient of two."""
        if event is not None:
            whole, share = self.mean(given_that(operand, event), None), self.mean(event, None)
            return f"{whole[0]} / {share[0]}", PRODUCT
        symbols = random_symbols(operand)
        self.functions |= {"mean", "outcomes", *(symbol.kind for symbol in symbols.values())}
        laws = [self.law(symbol) for symbol in symbols.values()]
        call = self.value(operand, *symbols)
        function = f"lambda {', '.join(symbols)}: {call}"
        return f"mean({', '.join([function, *laws])})", ATOM

    def law(self, symbol: RandomSymbol) -> str:
        """The values of a random symbol with their weights."""
        shape = "".join(f"{self.size(axis)[0]}, " for axis in symbol.shape)
        return f"{symbol.kind}({', '.join([f'({shape.strip()})', *map(self.text, symbol.parameters)])})"

    def event(self, event: Event | Every) -> Code:
        """1 where all relations hold, or else 0."""
        if isinstance(event, Every):
            return " * ".join(self.text(part, PRODUCT) for part in event.events), PRODUCT
        if event.sign in ("<<", ">>"):
            raise InputError(f"{event!r} is a relation between matrices, and is not written out")
        return f"float(np.all({self.text(event.left, SUM)} {event.sign} {self.text(event.right, SUM)}))", ATOM

    def partials(self, operand: Tensor, variables: tuple[Tensor, ...]) -> Code:
        """Differences of differences, one variable after the other."""
        self.functions |= {"along", "partials", "places"}
        code = self.value(operand, *(underlying(variable).name for variable in variables))
        for variable in variables:
            name = underlying(variable).name
            code = f"partials(lambda {name}: {code}, {name}, {self.places(variable)})"
        return code, ATOM

    def along(self, node: Directional) -> Code:
        self.functions.add("along")
        name, direction = underlying(node.variable).name, self.text(node.direction)
        if not isinstance(node.variable, Symbol):
            self.functions |= {"places", "spread"}
            direction = f"spread({name}, {self.places(node.variable)}, {direction})"
        return f"along(lambda {name}: {self.value(node.operand, name)}, {name}, {direction})", ATOM

    def places(self, variable: Tensor) -> str:
        """Code of the places that a view of a symbol shows: the view of ``places(symbol)``."""
        return self.text(_view_of_places(variable))

    def value(self, operand: Tensor, *variables: str) -> str:
        """A call of a new function whose value is ``operand``."""
        names = {node.name for node in operand.walk() if isinstance(node, (Symbol, IndexSymbol))}
        outer = (self.bound | self.parameters) & names
        parameters = list(dict.fromkeys([*variables, *sorted(outer)]))
        inner = type(self)(
            functions=self.functions,
            sizes=self.sizes,
            values=self.values,
            parameters=frozenset(parameters),
        )
        inner.assign(operand)
        result = inner.whole(operand)
        lines = [*(f"{name} = {text}" for name, text in inner.assignments.items()), f"return {result}"]
        signature = f"value{len(self.values) + 1}({', '.join(parameters)})"
        self.values.append("\n    ".join([f"def {signature}:", *lines]))
        return signature


def _evaluated_operands(node: Tensor) -> list[Tensor]:
    if isinstance(node, Derivative):
        return []
    if isinstance(node, OverOutcomes):
        return [parameter for part in node.children() for symbol in unbound(part) for parameter in symbol.parameters]
    return [node.direction] if isinstance(node, Directional) else list(node.children())


def _view_of_places(variable: Tensor) -> Tensor:
    if isinstance(variable, Symbol):
        return Symbol(f"places({variable.name})", variable.shape)
    if isinstance(variable, Definition):
        return _view_of_places(variable.operand)
    assert isinstance(variable, (Vec, Index, Transpose))
    return replace(variable, operand=_view_of_places(variable.operand))
