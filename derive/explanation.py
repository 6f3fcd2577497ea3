"""What a reader is told beside the verdict: the statement in print, the witness, what is wrong, how it is derived."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from derive.evidence.evidence import Witness
from derive.language.latex import latex
from derive.language.paper import Claim
from derive.record import Entries, StepRecord, WitnessRecord
from derive.verdict import Judgement


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
    return Explanation(
        statement=claim.tex or r",\quad ".join(latex(r) for r in claim.relations) or _verbatim(claim.statement),
        hypotheses=tuple(latex(r) for r in claim.given),
        witness=_witness(judgement.witness) if judgement.witness else None,
    )


def _verbatim(text: str) -> str:
    """A statement that says nothing as typed, shown as it was typed."""
    special = {"\\": r"\backslash ", "{": r"\{", "}": r"\}", "_": r"\_", "^": r"\hat{}", "#": r"\#", "%": r"\%", "&": r"\&", "$": r"\$", "~": r"\sim "}
    return r"\mathtt{" + "".join(special.get(c, r"\ " if c == " " else c) for c in text) + "}"


def _witness(witness: Witness) -> WitnessRecord:
    indices = {name: str(position) for name, position in witness.indices.items()}
    return WitnessRecord(
        sizes=dict(witness.sizes),
        values={**indices, **{name: _entries(value) for name, value in witness.values.items()}},
        at_entry=witness.entry,
        claimed=witness.right,
        derived=witness.left,
    )


def _entries(value: Any) -> Entries:
    if isinstance(value, (list, tuple)):
        return [_entries(item) for item in value]
    return str(Fraction(value))
