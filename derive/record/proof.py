"""The tree of a proved bound: every step, the rule that gives it, and the steps that it follows from."""

from __future__ import annotations

import msgspec

from derive.record.frozen import Frozen


class ProofStepRecord(Frozen, frozen=True, kw_only=True):
    """``measure(subject) <= value`` (``>=`` for measures from below), by ``rule`` from earlier steps.

    ``subject`` is text of the language, ``value`` a closed form in the proof's parameters; ``premises`` are numbers of
    steps, from 0.
    """

    measure: str
    subject: str
    value: str
    rule: str
    premises: tuple[int, ...] = ()


class ProofRecord(Frozen, frozen=True, kw_only=True):
    """A proof of the claim's relation ``relation`` (from 1), turned to ``left <= right``.

    Its last step bounds the measure that the left side is, and ``claimed`` is no less. ``parameters`` gives the
    expression that each name in a closed form stands for. ``variables`` are the symbols that move, each with the norm
    in which it does: between the two points of a Lipschitz claim, or those in which a derivative is taken (then at one
    point). ``indices`` are positions that the claim does not name, each with the size of its axis. ``changed`` are new
    variables that stand for expressions in the subjects of some steps. ``loewner``: the subject is shown to be
    symmetric, too; ``strict``: the claimed value is larger.
    """

    steps: tuple[ProofStepRecord, ...]
    claimed: str
    relation: int = 1
    parameters: dict[str, str] = msgspec.field(default_factory=dict)
    variables: dict[str, str] = msgspec.field(default_factory=dict)
    changed: dict[str, str] = msgspec.field(default_factory=dict)
    indices: dict[str, str] = msgspec.field(default_factory=dict)
    at_one_point: bool = False
    loewner: bool = False
    strict: bool = False
