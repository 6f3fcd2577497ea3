"""What a reader is told beside the verdict: the statement in print, how it is derived, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.calculus.differential import NoDifferential, Step, d_symbol, steps
from derive.calculus.telling import symbols_outside, teller
from derive.evidence.evidence import Witness
from derive.explanation.diagnosis_record import diagnosis_record
from derive.explanation.means import expectations, means
from derive.explanation.repaired_claim import UNREPAIRED, Repaired, Undone, repaired_claim
from derive.explanation.told import NOTHING, Told, told_of
from derive.language.derivatives import Definition, Derivative, Directional, jvp, underlying
from derive.language.latex import latex
from derive.language.lipschitz import at_two_points
from derive.language.one_sided import Jump
from derive.language.paper import Claim
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Index, Tensor
from derive.obligation import Obligation, obligations
from derive.record import DiagnosisRecord, FlagRecord, StepRecord, Verdict, WitnessRecord
from derive.verdict import Judgement, what_was_raised
from derive.witness_record import witness_record


@dataclass(frozen=True)
class Explanation:
    """What stands beside a verdict."""

    statement: str
    hypotheses: tuple[str, ...] = ()
    witness: WitnessRecord | None = None
    flags: tuple[FlagRecord, ...] = ()
    difference: Told = NOTHING
    repair: Repaired = UNREPAIRED
    derivation: tuple[StepRecord, ...] = ()
    result: Told = NOTHING
    diagnosis: DiagnosisRecord | None = None


def explain(claim: Claim, judgement: Judgement) -> Explanation:
    """The explanation of a judged claim."""
    stated = claim.stated or claim
    statement = claim.tex or r",\quad ".join(latex(r) for r in stated.relations) or verbatim(claim.statement)
    hypotheses = tuple(latex(r) for r in stated.given)
    if not claim.relations:
        return Explanation(statement)
    relation, _ = at_two_points(claim.relations[judgement.obligation], claim.given)
    derived, claimed = sides(relation)
    jumps = isinstance(relation.left, Jump)
    refuted = judgement.verdict is Verdict.REFUTED and relation.sign == "==" and not jumps
    obligation = obligations(claim)[judgement.obligation]
    repaired = repaired_claim(derived, claimed, claim, obligation) if refuted else UNREPAIRED
    diagnosis, flags = diagnosed(obligation, derived, claimed, judgement.witness) if refuted else (None, ())
    return Explanation(
        statement=statement,
        flags=flags,
        diagnosis=diagnosis,
        hypotheses=hypotheses,
        witness=witness_record(relation, derived, judgement.witness) if judgement.witness else None,
        difference=difference(derived, claimed, claim.definitions) if refuted else NOTHING,
        repair=repaired,
        derivation=derivation(derived, claim.definitions) + means(derived, claim.definitions),
        result=result(derived, claimed, claim.definitions),
    )


def diagnosed(
    obligation: Obligation, derived: Tensor, claimed: Tensor, witness: Witness | None
) -> tuple[DiagnosisRecord | None, tuple[FlagRecord, ...]]:
    """What is wrong in numbers; where that raises, the rest of the explanation stands and a flag says so."""
    try:
        return diagnosis_record(obligation, derived, claimed, witness), ()
    except Exception as error:  # shown as a flag beside the verdict
        return None, (FlagRecord(code="no-diagnosis", text=f"no diagnosis: {what_was_raised(error)}"),)


def sides(relation: Relation) -> tuple[Tensor, Tensor]:
    """The side that is derived, which has the derivatives or expectations, and the side that is claimed."""
    left, right = relation.left, relation.right
    return (right, left) if is_derived(right) and not is_derived(left) else (left, right)


def is_derived(side: Tensor) -> bool:
    """Whether a side has derivatives or expectations that are yet to be taken."""
    return bool(derivatives(side) or expectations(side))


def derivatives(side: Tensor) -> list[Derivative | Directional]:
    """The derivatives of a side, outside of other derivatives first."""
    return [node for node in reversed(list(side.walk())) if isinstance(node, (Derivative, Directional))]


def result(derived: Tensor, claimed: Tensor, definitions: Sequence[Definition]) -> Told:
    """The derived side in closed form, or nothing where nothing is taken, or it has no normal form, or no short one."""
    if not is_derived(derived):
        return NOTHING
    try:
        told, [(form, axes), _] = teller([derived, claimed], definitions)
    except Undone:
        return NOTHING
    return told_of(told, form, axes) or NOTHING


def difference(derived: Tensor, claimed: Tensor, definitions: Sequence[Definition]) -> Told:
    """Claimed minus derived in one expression, or as the claimed side minus the derived one in closed form."""
    try:
        told, [(gap, gap_axes), (form, axes), _] = teller([claimed - derived, derived, claimed], definitions)
    except Undone:
        return Told.of(claimed - derived)
    found = told.tensor(gap, gap_axes)
    closed = told.tensor(form, axes) if found is None and is_derived(derived) else None
    return Told.of(found if found is not None else claimed - (derived if closed is None else closed))


def plain_words(text: str) -> str:
    """Words for a ``\\text``: the characters that TeX takes for its own are escaped."""
    special = {
        "\\": r"\textbackslash{}",
        "_": r"\_",
        "^": r"\^{}",
        "#": r"\#",
        "%": r"\%",
        "&": r"\&",
        "$": r"\$",
        "{": r"\{",
        "}": r"\}",
        "~": r"\~{}",
    }
    return "".join(special.get(c, c) for c in text)


def derivation(derived: Tensor, definitions: Sequence[Definition]) -> tuple[StepRecord, ...]:
    """The differentials of the definitions between the variable and what is differentiated, each in one line."""
    found = derivatives(derived)
    if not found:
        return ()
    node = found[-1]
    variable = _variable(node)
    inside = set(node.operand.walk())
    try:
        differentials = steps([d for d in definitions if d in inside], variable)
    except NoDifferential:
        return ()
    return tuple(_step_record(step, variable, definitions) for step in differentials)


def _variable(node: Derivative | Directional) -> Symbol | Definition:
    """What the definitions are differentiated in: ``x`` itself where it is a definition ``x = vec(X)``."""
    variable = node.variable if isinstance(node, Directional) else node.variables[0]
    while isinstance(variable, Index):
        variable = variable.operand
    symbol = underlying(variable)
    if isinstance(variable, Definition) and symbol.name not in symbols_outside([node.operand], frozenset([variable])):
        return variable
    return symbol


def _step_record(step: Step, variable: Symbol | Definition, definitions: Sequence[Definition]) -> StepRecord:
    """The differential by its rule and, where it has one, in closed form."""
    first = rf"{latex(step.name)} = {latex(step.differential)}"
    try:
        earlier = [d for d in definitions if d in set(step.definition.walk())]
        told, [(form, axes)] = teller([jvp(step.definition, variable, d_symbol(variable))], earlier)
        closed = told.tensor(form, axes)
    except Undone:
        closed = None
    second = "" if closed is None else latex(closed)
    tex = first if not second or first.endswith(f"= {second}") else f"{first} = {second}"
    return StepRecord(tex=tex, rule=step.rule)


def verbatim(text: str) -> str:
    """A statement that says nothing as typed, shown as it was typed."""
    return rf"\text{{{plain_words(text)}}}"
