"""Proof trees of the norm calculus, checked rule by rule from their record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import sympy as sp

from derive.language.dimensions import Dimension
from derive.language.errors import InputError
from derive.language.symbols import Symbol
from derive.language.tensor import Add, IndexSymbol, Negative, Size, Tensor, dimension
from derive.record import ProofRecord
from derive.verify.all_values import about_all_values
from derive.verify.chance.conclusion import met_at_the_least, states
from derive.verify.chance.places import Place, few_entries
from derive.verify.chance.steps import holds, is_about_chance
from derive.verify.closed_forms import certainly_at_most, positive
from derive.verify.forms import Forms
from derive.verify.generic import Generic, Texts, Unreadable
from derive.verify.level import Finding, Level
from derive.verify.measures import FROM_BELOW
from derive.verify.numeric import Instances, moving
from derive.verify.roots import Root, reads
from derive.verify.statement import Statement
from derive.verify.steps import Context, Step, settled


@dataclass(frozen=True)
class Proof:
    """A proof, read: its steps, the claimed value, and what is needed to check them."""

    steps: tuple[Step, ...]
    claimed: Tensor
    closed: sp.Expr
    changed: Mapping[str, Tensor]
    partners: Mapping[str, str]
    sizes: Mapping[str, sp.Expr]
    forms: Forms
    record: ProofRecord


def check(part: Statement, record: ProofRecord, name: str) -> Finding:
    """Whether every step is what its rule states, and the last one implies the claim."""
    part = about_all_values(part)
    try:
        part = replace(part, positions=_positions(part, record))
        proof = _read(part, record)
    except Unreadable as problem:
        return Finding(Level.FALLEN, f"the proof cannot be read: {problem}")
    generic = Generic(part, proof.changed, name)
    instances = Instances(part, proof.changed, proof.partners, generic, name)
    context = Context(part, generic, record.variables, frozenset(proof.changed), proof.partners, proof.sizes)
    numeric = 0
    for number, step in enumerate(proof.steps):
        if is_about_chance(step):
            numeric += 1
            answer = holds(step, *_places(part, generic, instances, name))
        else:
            answer = settled(step, context)
        if answer is None and not is_about_chance(step):
            numeric += 1
            exceeded = instances.contradict(step, moving(step, record.variables, list(proof.changed)))
            answer = None if exceeded is None else not exceeded
        if answer is False:
            return Finding(Level.FALLEN, f"step {number} of the proof is not what {step.rule!r} states")
        if answer is None:
            return Finding(Level.OPEN, f"step {number} of the proof ({step.rule}) has no value at any point")
    return _concluded(part, proof, generic, instances, numeric)


def _concluded(part: Statement, proof: Proof, generic: Generic, instances: Instances, numeric: int) -> Finding:
    """Whether the last step is about the claim's measure, and its value meets the claimed one."""
    last = proof.steps[-1]
    if last.measure in ("convexity", "smoothness") and part.relations[0].sign not in ("<<", ">>"):
        return Finding(Level.OPEN, "that the claim follows from the curvature that was derived is not looked at again")
    root = Root(last, proof.claimed, proof.partners, proof.record)
    chance = is_about_chance(last)
    stated = chance and states(part.relations[0], last, proof.claimed, generic)
    if not (stated or (not chance and reads(part.relations[0], root, generic))):
        return Finding(Level.FALLEN, "the last step of the proof does not bound what the claim is about")
    small, large = (proof.closed, last.closed) if last.measure in FROM_BELOW else (last.closed, proof.closed)
    if not certainly_at_most(small, large) and not met_at_the_least(small, large, part.given, proof.forms):
        exceeded = instances.contradict(_claimed(last, proof), {})
        if instances.larger_sizes:
            exceeded = None  # the points are not those of the claim
        if exceeded:
            return Finding(Level.FALLEN, "the value that was derived does not meet the claimed one")
        if exceeded is None or proof.record.strict:
            return Finding(Level.OPEN, "it cannot be told whether the derived value meets the claimed one")
        numeric += 1
    if proof.record.strict and not positive(large - small):
        return Finding(Level.OPEN, "it cannot be told whether the derived value is less than the claimed one")
    if last.measure.startswith("D") and not proof.record.at_one_point:
        numeric += 1  # that the segment between two points satisfies the hypotheses is not looked at again
    steps = len(proof.steps)
    if numeric:
        reason = f"{steps - numeric} of {steps} steps of the proof by their rules, {numeric} numerically"
        return Finding(Level.CHECKED, reason, numeric)
    return Finding(Level.VERIFIED, f"{steps} steps of the proof by their rules")


def _places(part: Statement, generic: Generic, instances: Instances, name: str) -> tuple[list[Place], list[Place]]:
    """Where steps about chance are looked at: under the hypotheses if possible, and where arrays have few entries."""
    admitted = [Place(*row, admitted=True) for row in instances.places]
    return admitted or [Place(*row) for row in generic.places], few_entries(part, name)


def _claimed(last: Step, proof: Proof) -> Step:
    """``value <= claimed`` as a step about the derived value: checked at points."""
    measure = "lower" if last.measure in FROM_BELOW else "upper"
    return Step(measure, last.value, proof.claimed, proof.closed, "claimed")


def _read(part: Statement, record: ProofRecord) -> Proof:
    """The record's texts, read; names of parameters and of new variables stand beside those of the claim.

    Raises:
        Unreadable: a text is no expression, a step follows from a later one, or there is none.
    """
    plain = Texts(part, _dimensions(part))
    changed = {name: plain.node(text) for name, text in record.changed.items()}
    fresh = {name: Symbol(name, node.shape) for name, node in changed.items()}
    parameters = {name: plain.node(text) for name, text in record.parameters.items()}
    positions = {index.name: index for index in part.positions}
    subjects = Texts(part, {**_dimensions(part), **fresh, **positions})
    forms = Forms(parameters, part)
    steps: list[Step] = []
    for number, step in enumerate(record.steps):
        if any(not 0 <= premise < number for premise in step.premises):
            raise Unreadable(f"step {number} follows from a step that does not come before it")
        premises = tuple(steps[k] for k in step.premises)
        value, closed = forms.read(step.value)
        steps.append(Step(step.measure, subjects.node(step.subject), value, closed, step.rule, premises))
    if not steps:
        raise Unreadable("it has no steps")
    claimed, closed = forms.read(record.claimed)
    sizes = {str(node): forms.symbols[name] for name, node in parameters.items() if isinstance(node, Size)}
    return Proof(tuple(steps), claimed, closed, changed, partners(part, record.variables), sizes, forms, record)


def _positions(part: Statement, record: ProofRecord) -> tuple[IndexSymbol, ...]:
    """The positions that a proof names and the claim does not.

    Raises:
        Unreadable: the size of an axis is none.
    """
    texts = Texts(part, _dimensions(part))
    found = []
    for name, size in record.indices.items():
        try:
            found.append(IndexSymbol(name, dimension(texts.node(size))))
        except InputError as error:
            raise Unreadable(f"{size[:60]} is no size: {error.message}") from None
    return tuple(found)


def _dimensions(part: Statement) -> dict[str, Tensor]:
    return {name: Size(Dimension.symbol(name)) for name in part.dimensions}


def partners(part: Statement, variables: Mapping[str, str]) -> dict[str, str]:
    """The second point of each symbol that moves: what the larger side of the claim subtracts from it."""
    relation = part.relations[0]
    found: dict[str, str] = {}
    for side in (relation.right, relation.left):
        for node in side.walk():
            if isinstance(node, Add) and isinstance(node.right, Negative):
                pair = [_symbol(node.left), _symbol(node.right.operand)]
                for one, other in (pair, list(reversed(pair))):
                    if one and other and one in variables:
                        found.setdefault(one, other)
    return found


def _symbol(node: Tensor) -> str:
    """The name of the one symbol that a side of a difference shows, itself or all its entries."""
    names: Sequence[str] = [leaf.name for leaf in node.walk() if isinstance(leaf, Symbol)]
    return names[0] if len(set(names)) == 1 else ""
