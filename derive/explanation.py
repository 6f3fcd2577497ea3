"""What a reader is told beside the verdict: the statement in print, how it is derived, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.calculus.algebra import Undecidable
from derive.calculus.differential import NoDifferential, d_symbol, steps
from derive.calculus.hypotheses import facts_from
from derive.calculus.lower import lower_together
from derive.calculus.repair import repair
from derive.calculus.telling import symbols_outside, teller
from derive.evidence.agreement import Agreement
from derive.language.derivatives import Definition, Derivative, Directional, jvp, underlying
from derive.language.latex import latex
from derive.language.paper import Claim
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Index, Tensor
from derive.obligation import Obligation, obligations
from derive.record import StepRecord, Verdict, WitnessRecord
from derive.verdict import Judgement
from derive.witness_record import witness_record

Undone = (Undecidable, NoDifferential)
"""What ends an explanation that cannot be given; the verdict does not depend on it."""


@dataclass(frozen=True)
class Explanation:
    statement: str
    hypotheses: tuple[str, ...] = ()
    witness: WitnessRecord | None = None
    flags: tuple[str, ...] = ()
    difference: str = ""
    repair: str = ""
    derivation: tuple[StepRecord, ...] = ()
    result: str = ""


def explain(claim: Claim, judgement: Judgement) -> Explanation:
    """The explanation of a judged claim."""
    statement = claim.tex or r",\quad ".join(latex(r) for r in claim.relations) or verbatim(claim.statement)
    hypotheses = tuple(latex(r) for r in claim.given)
    if not claim.relations:
        return Explanation(statement)
    relation = claim.relations[judgement.obligation]
    derived, claimed = sides(relation)
    refuted = judgement.verdict is Verdict.REFUTED and relation.sign == "=="
    return Explanation(
        statement=statement,
        hypotheses=hypotheses,
        witness=witness_record(relation, derived, judgement.witness) if judgement.witness else None,
        difference=difference_tex(derived, claimed, claim.definitions) if refuted else "",
        repair=repair_tex(derived, claimed, claim, obligations(claim)[judgement.obligation]) if refuted else "",
        derivation=derivation(derived, claim.definitions),
        result=result_tex(derived, claimed, claim.definitions),
    )


def sides(relation: Relation) -> tuple[Tensor, Tensor]:
    """The side that is derived, which has the derivatives, and the side that is claimed."""
    left, right = relation.left, relation.right
    return (right, left) if derivatives(right) and not derivatives(left) else (left, right)


def derivatives(side: Tensor) -> list[Derivative | Directional]:
    """The derivatives of a side, outside of other derivatives first."""
    return [node for node in reversed(list(side.walk())) if isinstance(node, (Derivative, Directional))]


def result_tex(derived: Tensor, claimed: Tensor, definitions: Sequence[Definition]) -> str:
    """The derived side in closed form, or nothing where it has no derivative, no normal form, or no short one."""
    if not derivatives(derived):
        return ""
    try:
        told, [(form, axes), _] = teller([derived, claimed], definitions)
    except Undone:
        return ""
    return told.tex(form, axes) or ""


def difference_tex(derived: Tensor, claimed: Tensor, definitions: Sequence[Definition]) -> str:
    """Claimed minus derived, told in the definitions; undone where that would be too long to read."""
    try:
        told, [(form, axes)] = teller([claimed - derived], definitions)
        return told.tex(form, axes) or latex(claimed - derived)
    except Undone:
        return latex(claimed - derived)


def repair_tex(derived: Tensor, claimed: Tensor, claim: Claim, obligation: Obligation) -> str:
    """The claimed side after the smallest edit that makes it right, and the edit in words."""
    expressions = [derived, claimed, *(s for r in claim.given for s in (r.left, r.right))]
    try:
        lowering, _ = lower_together(expressions)
        facts = facts_from(lowering, claim.given, [derived, claimed])
        found = repair(lowering, derived, claimed, facts, Agreement(obligation, derived))
    except Undone:
        return ""
    if found is None:
        return _missing_term(derived, claimed, claim.definitions)
    return rf"{latex(derived)} = {latex(found.side)} \quad\text{{({plain_words(found.words)})}}"


def _missing_term(derived: Tensor, claimed: Tensor, definitions: Sequence[Definition]) -> str:
    """The claim with the one term that it lacks, where one term is all that it lacks."""
    try:
        told, [(form, axes)] = teller([derived - claimed], definitions)
        term = told.tensor(form, axes) if told.count(form) == 1 else None
    except Undone:
        return ""
    if term is None:
        return ""
    return rf"{latex(derived)} = {latex(claimed + term)} \quad\text{{(a term is missing)}}"


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
    lines: list[StepRecord] = []
    try:
        for step in steps([d for d in definitions if d in inside], variable):
            lines.append(_step_record(step.definition, variable, step.name, step.differential, step.rule, definitions))
    except Undone:
        pass
    return tuple(lines)


def _variable(node: Derivative | Directional) -> Symbol | Definition:
    """What the definitions are differentiated in: ``x`` itself where it is a definition ``x = vec(X)``."""
    variable = node.variable if isinstance(node, Directional) else node.variables[0]
    while isinstance(variable, Index):
        variable = variable.operand
    symbol = underlying(variable)
    if isinstance(variable, Definition) and symbol.name not in symbols_outside([node.operand], frozenset([variable])):
        return variable
    return symbol


def _step_record(
    definition: Definition,
    variable: Symbol | Definition,
    name: Symbol,
    differential: Tensor,
    rule: str,
    definitions: Sequence[Definition],
) -> StepRecord:
    first = rf"{latex(name)} = {latex(differential)}"
    try:
        earlier = [d for d in definitions if d in set(definition.walk())]
        told, [(form, axes)] = teller([jvp(definition, variable, d_symbol(variable))], earlier)
        closed = told.tensor(form, axes)
    except Undone:
        closed = None
    second = "" if closed is None else latex(closed)
    return StepRecord(tex=first if not second or first.endswith(f"= {second}") else f"{first} = {second}", rule=rule)


def verbatim(text: str) -> str:
    """A statement that says nothing as typed, shown as it was typed."""
    return rf"\text{{{plain_words(text)}}}"
