"""What a claim along a run says of one step: relations between a state, taken arbitrarily, and the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from derive.evaluate.errors import Unavailable
from derive.iteration.parts import by_run, is_zero, parts, relations as relations_of
from derive.language.binding import free_names
from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.errors import InputError
from derive.language.iteration import AtTime, Run
from derive.language.rebuild import with_operands
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, IndexSymbol, Number, Power, Tensor, tensor

START, HERE, NEXT = "start", "here", "next"
"""The state at the start of a run, after t steps, and after one more."""


@dataclass(frozen=True)
class Unrolled:
    """A run with an arbitrary state: ``here`` are fresh symbols in the place of the states.

    Attributes:
        clock: the number of steps t that the claim is for all values of.
    """

    run: Run
    clock: Symbol
    here: Mapping[str, Symbol]

    @classmethod
    def of(cls, relations: Sequence[Relation], given: Sequence[Relation], clock: Symbol) -> Unrolled:
        """The one run of ``relations``.

        Raises:
            Unavailable: there are several runs, or something other than a value along one.
        """
        found = parts(*(side for r in relations for side in (r.left, r.right)))
        runs = by_run(found)
        if len(runs) != 1 or not all(isinstance(node, AtTime) for node in found):
            raise Unavailable("the claim is not about values along one run")
        sides = [side for r in (*relations, *given) for side in (r.left, r.right)]
        taken = {node.name for side in sides for node in side.walk() if isinstance(node, Symbol)}
        [run] = runs
        chosen = {choice.name for choice in run.choices if isinstance(choice, Symbol)}
        if chosen & frozenset[str]().union(*map(free_names, sides)):
            raise Unavailable("what is chosen at each step also stands outside of the run")
        here = {}
        for state in run.states:
            assert isinstance(state, Symbol)  # as ``iterate`` sees to
            name = f"{state.name}_t"
            while name in taken:
                name += "_"
            here[state.name] = Symbol(name, state.shape, frozenset(), f"{state.tex or state.name}(t)")
        return cls(run, clock, here)

    def rules(self) -> tuple[Relation, ...]:
        """What is known of the choices at each step."""
        events = (relation for rule in self.run.rules for relation in relations_of(rule))
        return tuple(Relation(e.sign, renamed(e.left, self.here), renamed(e.right, self.here)) for e in events)

    def offset(self, relation: Relation) -> int:
        """By how many steps after t the relation looks ahead.

        Raises:
            Unavailable: it looks at another time.
        """
        found = [node for node in parts(relation.left, relation.right) if isinstance(node, AtTime)]
        return max((k for node in found if (k := self._ahead(node.time)) is not None), default=0)

    def _ahead(self, time: Tensor) -> int | None:
        """c where the time is t + c; None where it is 0."""
        if is_zero(time):
            return None
        if isinstance(time, Symbol) and time.name == self.clock.name:
            return 0
        match time:
            case Add(left=Symbol(name=name), right=Number(value=c)) if name == self.clock.name and c in (0, 1):
                return int(c)
        raise Unavailable(f"the time {time!r} is not t or t + 1")

    def at(self, relation: Relation, place: str) -> Relation:
        """The relation with t = 0 at the start, t here, and t + 1 in the place of t at the next state.

        Raises:
            Unavailable: something stands where it cannot be replaced.
        """
        left, right = (self._side(side, place) for side in (relation.left, relation.right))
        return replace(relation, left=left, right=right)

    def _side(self, side: Tensor, place: str) -> Tensor:
        found = {node: self._value(node, place) for node in parts(side) if isinstance(node, AtTime)}
        rest = changed(side, lambda node: found.get(node) if isinstance(node, AtTime) else None)
        return rest if place == HERE else changed(rest, lambda node: self._later(node, place))

    def _later(self, node: Tensor, place: str) -> Tensor | None:
        """The clock, set to 0 or moved on by one."""
        if isinstance(node, Symbol) and node.name == self.clock.name:
            return tensor(0) if place == START else node + 1
        if isinstance(node, Power) and place == NEXT:  # r^(t + 1) = r r^t
            exponent = node.exponent
            if isinstance(exponent, Symbol) and exponent.name == self.clock.name and not self._moves(node.base):
                return node.base * node
        return None

    def _moves(self, node: Tensor) -> bool:
        return any(isinstance(below, Symbol) and below.name == self.clock.name for below in node.walk())

    def _value(self, node: AtTime, place: str) -> Tensor:
        ahead = self._ahead(node.time)
        operand = changed(node.operand, self._at_the_start)
        if ahead is None:
            return self._moved(operand, self.run.starts)
        if place == START and ahead == 0:
            return self._moved(operand, self.run.starts)
        if ahead + (place == NEXT) > 1 or (place == START and ahead):
            raise Unavailable("two steps at once")
        if ahead + (place == NEXT) == 0:
            return renamed(operand, self.here)
        return self._moved(operand, [renamed(update, self.here) for update in self.run.updates])

    def _at_the_start(self, node: Tensor) -> Tensor | None:
        """The value of what is taken from the start inside of what is taken along the run."""
        if isinstance(node, AtTime) and is_zero(node.time) and node.run is self.run:
            return self._moved(node.operand, self.run.starts)
        return None

    def _moved(self, operand: Tensor, values: Iterable[Tensor]) -> Tensor:
        """``operand`` at other states."""
        return moved(operand, dict(zip(self.run.state_names, values, strict=True)))


def changed(node: Tensor, change: Callable[[Tensor], Tensor | None]) -> Tensor:
    """The expression with the nodes changed for which there is a change, definitions of them written out.

    Raises:
        Unavailable: such a node stands where it cannot be replaced.
    """
    new = change(node)
    if new is not None:
        return new
    if not any(change(below) is not None for below in node.walk()):
        return node
    if isinstance(node, Definition):
        return changed(node.operand, change)
    below = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    try:
        return with_operands(node, [changed(child, change) for child in below])
    except (InputError, TypeError):
        raise Unavailable(f"{node!r} cannot be written for another step") from None


def renamed(node: Tensor, names: Mapping[str, Symbol]) -> Tensor:
    """The expression with other symbols in the place of some, also where it is differentiated in them."""
    if isinstance(node, Symbol):
        return names.get(node.name, node)
    if not any(isinstance(leaf, Symbol) and leaf.name in names for leaf in node.walk()):
        return node
    match node:
        case Definition(operand=operand):
            return renamed(operand, names)
        case Derivative(operand=operand, variables=variables):
            return replace(node, operand=renamed(operand, names), variables=tuple(renamed(v, names) for v in variables))
        case Directional(operand=operand, variable=variable, direction=direction):
            moved_to = [renamed(part, names) for part in (operand, variable, direction)]
            return Directional(moved_to[0], moved_to[1], moved_to[2], node.shape)
        case Substitution(operand=operand, symbol=symbol, value=value):
            inside = {name: other for name, other in names.items() if name != symbol.name}
            return replace(node, operand=renamed(operand, inside), value=renamed(value, names))
    below = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    try:
        return with_operands(node, [renamed(child, names) for child in below])
    except (InputError, TypeError):
        raise Unavailable(f"{node!r} cannot be written for another state") from None


def moved(node: Tensor, values: Mapping[str, Tensor]) -> Tensor:
    """The expression with values in the place of symbols, all at once; a ``Substitution`` where it is differentiated.

    Raises:
        Unavailable: several symbols would have to be replaced one after the other.
    """
    if isinstance(node, Symbol):
        return values.get(node.name, node)
    met = {leaf.name: leaf for leaf in node.walk() if isinstance(leaf, Symbol) and leaf.name in values}
    if not met:
        return node
    if isinstance(node, Definition):
        return moved(node.operand, values)
    if not isinstance(node, (Derivative, Directional, Substitution)):
        below = [child for child in node.children() if not isinstance(child, IndexSymbol)]
        try:
            return with_operands(node, [moved(child, values) for child in below])
        except (InputError, TypeError):
            pass
    met = {name: symbol for name, symbol in met.items() if not _is(values[name], name)}
    free = {leaf.name for name in met for leaf in values[name].walk() if isinstance(leaf, Symbol)}
    if len(met) > 1 and free & met.keys():
        raise Unavailable(f"{node!r} cannot be written for another state")
    for name, symbol in met.items():
        node = Substitution(node, symbol, values[name], node.shape)
    return node


def _is(value: Tensor, name: str) -> bool:
    return isinstance(value, Symbol) and value.name == name
