"""One claim of a paper, and what makes a statement say nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from derive.language.abstract import AbstractValue
from derive.language.black_box import BlackBox
from derive.language.chance import Expectation, Probability, RandomSymbol
from derive.language.derivatives import Definition, Lipschitz, derivative_order
from derive.language.dimensions import shape_text
from derive.language.experiment import is_measured
from derive.language.iteration import Run
from derive.language.laws import law_text
from derive.language.one_sided import Oscillation
from derive.language.plain import identity
from derive.language.relations import Relation
from derive.language.statements import Where, refusal
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Size, Tensor

EXPECTATIONS = ("refuted", "ill-posed", "vacuous", "undecided", "supported")


@dataclass(frozen=True)
class Claim:
    """One statement of a paper, under hypotheses.

    Attributes:
        id: ``paper/claim``.
        relations: the statements, all of which are claimed; empty where the claim is ill-posed.
        given: the hypotheses.
        exists: of a claim of existence the names of the symbols of which some values are enough, instead of all.
        problem: why the claim says nothing as typed (a shape, an undefined name), or None.
        expect: the verdict that a known erratum should get, with ``reason``.
        statement: the statements as one line of text.
        definitions: the paper's definitions that precede it.
        using: the ids, ``paper/claim``, of the claims on which it rests.
        where: (file, line).
        stated: of a claim about functions in closed form the one that it is a case of, about any function of a class.
        members: these functions, ``L(z) = ...``.
    """

    id: str
    kind: str
    relations: tuple[Relation, ...]
    given: tuple[Relation, ...] = ()
    exists: tuple[str, ...] = ()
    cite: str = ""
    tex: str | None = None
    expect: str | None = None
    reason: str | None = None
    problem: str | None = None
    statement: str = ""
    definitions: tuple[Definition, ...] = ()
    using: tuple[str, ...] = ()
    where: tuple[str, int] = ("", 0)
    stated: Claim | None = None
    members: tuple[str, ...] = ()


def check_expectation(expect: str | None, claim: str, where: Where) -> None:
    """Refuse what is no verdict that a known erratum can get.

    Raises:
        InputError: it is none.
    """
    if expect is not None and expect not in EXPECTATIONS:
        hint = f"one of {', '.join(EXPECTATIONS)}"
        raise refusal(f"expect={expect!r} is no verdict to expect", hint, claim, where)


def nodes(relations: Sequence[Relation]) -> Iterator[Tensor]:
    """Every node of every side."""
    for relation in relations:
        yield from relation.left.walk()
        yield from relation.right.walk()


def kind_of(relations: Sequence[Relation]) -> str:
    """The kind of claim, from its first relation: an identity of second or higher derivatives is a ``hessian``."""
    if not relations:
        return "identity"
    if is_measured(relations[0].left, relations[0].right):
        return "experiment"
    if any(isinstance(node, (Expectation, Probability)) for node in nodes(relations[:1])):
        return "probabilistic"
    if relations[0].sign in (">>", "<<"):
        return "psd"
    if any(isinstance(node, (Lipschitz, Oscillation)) for node in nodes(relations[:1])):
        return "lipschitz"
    if relations[0].sign != "==":
        return "bound"
    order = max(derivative_order(side) for side in (relations[0].left, relations[0].right))
    return "hessian" if order > 1 else "identity"


def ambiguity(relations: Sequence[Relation]) -> str | None:
    """Why a name in ``relations`` stands for two things, or None where each stands for one."""
    meanings: dict[str, str] = {}
    for node in dict.fromkeys(nodes(relations)):
        for name, meaning in _meanings(node):
            if meanings.setdefault(name, meaning) != meaning:
                return f"the name {name} stands for two things: {meanings[name]}, and {meaning}"
    return None


def _meanings(node: Tensor) -> Iterator[tuple[str, str]]:
    match node:
        case Symbol(name=name, shape=shape, properties=properties):
            law = ["with the law", law_text(node)] if isinstance(node, RandomSymbol) else []
            yield name, " ".join(["a symbol of shape", shape_text(shape), *sorted(properties), *law])
            yield from ((size, "a dimension") for axis in shape for size in sorted(axis.names))
        case IndexSymbol(name=name, dimension=axis):
            yield name, f"an index over {axis}"
        case Definition(name=name, operand=operand):
            yield name, f"the definition {identity(operand)}"
        case Run(name=str(name)):
            yield name, f"the iteration {identity(replace(node, name=None))}"
        case AbstractValue(name=name, arguments=arguments):
            yield name, f"an abstract function of shape {shape_text(arguments[0].shape)}"
        case BlackBox(name=name, function=function):
            yield name, f"the function {getattr(function, '__qualname__', 'given as code')}"
        case Size(dimension=size):
            yield from ((name, "a dimension") for name in sorted(size.names))
