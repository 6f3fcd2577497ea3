"""The claim that a record states, read from its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from derive.language.declarations import Declarations
from derive.language.derivatives import Definition
from derive.language.errors import InputError
from derive.language.iteration import Run, called
from derive.language.laws import read_law
from derive.language.lipschitz import at_two_points
from derive.language.relations import Relation
from derive.language.tensor import IndexSymbol, Number, Tensor
from derive.language.text import parse_relations, parse_tensor
from derive.record import StatementRecord


@dataclass(frozen=True)
class Statement:
    """What is claimed, ``given`` what, what each name stands for, and the names of all sizes.

    ``positions`` are index symbols of a proof that the claim does not name.
    """

    relations: tuple[Relation, ...]
    given: tuple[Relation, ...]
    names: Mapping[str, Tensor]
    dimensions: tuple[str, ...] = ()
    positions: tuple[IndexSymbol, ...] = ()

    def part(self, number: int) -> Statement:
        """One of the relations alone: a Lipschitz constant at two points, ``!=`` by the squared difference."""
        relation, given = at_two_points(self.relations[number], self.given)
        if relation.sign == "!=":
            relation = Relation.of("<", Number(Fraction(0)), (relation.left - relation.right) ** 2)
        return Statement((relation,), given, self.names, self.dimensions)


def read(record: StatementRecord) -> Statement:
    """The statement of a claim.

    Raises:
        InputError: its text is not of the language, or uses a name that it does not explain.
    """
    declared = Declarations()
    for name in record.dimensions:
        declared.size(name)
    for name, symbol in record.symbols.items():
        if not symbol.law:
            declared.symbol(name, symbol.shape, symbol.properties)
    for name, size in record.indices.items():
        declared.index(name, size)
    names = declared.names
    _declare_random(declared, record)
    for name, text in record.definitions.items():
        if name in names:
            raise InputError(f"the name {name} is declared and defined", hint="run the report again")
        operand = parse_tensor(text, names)
        run = called(operand, name, None) if isinstance(operand, Run) else None
        names[name] = Definition(name, operand, operand.shape) if run is None else run
        _declare_random(declared, record)
    return Statement(_relations(record.relations, names), _relations(record.given, names), names, record.dimensions)


def _declare_random(declared: Declarations, record: StatementRecord) -> None:
    """The random symbols all of whose parameters are known by now."""
    for name, symbol in record.symbols.items():
        if symbol.law and name not in declared.names and (law := read_law(symbol.law)).names() <= declared.names.keys():
            declared.symbol(name, symbol.shape, symbol.properties, law=law)


def _relations(texts: Iterable[str], names: Mapping[str, Tensor]) -> tuple[Relation, ...]:
    return tuple(relation for text in texts for relation in parse_relations(text, names))
