"""An inequality between scalars, shown by products of facts: the identities that a checker multiplies out."""

from __future__ import annotations

from derive.record.frozen import Frozen
from derive.record.proof import ProofRecord


class ProductRecord(Frozen, frozen=True, kw_only=True):
    """A rational number times a product of facts, by their numbers from 0; of none it is the number."""

    coefficient: str
    facts: tuple[int, ...] = ()


class CombinationRecord(Frozen, frozen=True, kw_only=True):
    """``multipliers * polynomial = terms``, each a sum of products; the multipliers are positive.

    The terms have positive coefficients, but for those with a fact that is zero.
    """

    multipliers: tuple[ProductRecord, ...]
    terms: tuple[ProductRecord, ...]


class FactRecord(Frozen, frozen=True, kw_only=True):
    """``polynomial >= 0``, ``> 0`` where ``strict``, ``= 0`` where ``zero``: text of the language.

    ``reason``: the ``sign`` of an atom, that a ``size`` is at least 1, a ``square`` (of ``root``), what a square
    ``root`` or an absolute value is by definition, the ``hyperbola`` of cosh and sinh, the ``hypothesis`` of that
    number (from 0) of the reading times its ``divisors`` (numbers of facts), by its series an ``exponential``, a
    ``power`` with a symbolic exponent of a base whose sign is a fact before it, by a ``logarithm`` that ``smaller <=
    larger`` (times ``divisors``) or their logarithms, of ``exponents`` with ``smaller <= larger`` by the proof
    ``order``, of ``norms`` the larger less the smaller one by such a proof, a ``lemma`` that ``shown`` shows, or a
    ``denominator`` that ``shown`` shows not to be negative: where it is zero nothing is claimed.
    """

    polynomial: str
    reason: str
    strict: bool = False
    zero: bool = False
    hypothesis: int | None = None
    divisors: tuple[int, ...] = ()
    root: str = ""
    smaller: str = ""
    larger: str = ""
    order: ProofRecord | None = None
    shown: CombinationRecord | None = None


class InstanceRecord(Frozen, frozen=True, kw_only=True):
    """The claim's hypothesis of that number (from 0) at positions: text of the language."""

    hypothesis: int
    statement: str


class ReadingRecord(Frozen, frozen=True, kw_only=True):
    """The inequality ``small <= large`` between scalars as which the claim is read, under instances of its hypotheses.

    ``indices`` are the positions of an entry of the claim's sides, by name with the size that each runs over, and last
    the indices ``summed``, their names with spaces between, where the sides are sums of ``small`` and ``large`` over
    them. A side that is an absolute value is read twice: with what is inside of it, and with the negative. Of a
    Loewner claim that ``factor.T @ diag(weights) @ factor`` is at least ``least`` times the identity,
    ``least <= weights * sigma_min(factor)**2`` is read (without the singular value where ``least`` is 0).
    """

    indices: dict[str, str]
    summed: str
    small: str
    large: str
    least: str = ""
    factor: str = ""
    weights: str = ""
    given: tuple[InstanceRecord, ...] = ()


class PositivityRecord(Frozen, frozen=True, kw_only=True):
    """A proof of the claim's relation ``relation`` (from 1): its larger side minus its smaller one, times ``divisors``.

    Both as they are read. The product is ``polynomial``, which ``shown`` shows to be nonnegative, or positive where the
    relation is strict.
    """

    reading: ReadingRecord
    facts: tuple[FactRecord, ...]
    polynomial: str
    shown: CombinationRecord
    divisors: tuple[int, ...] = ()
    relation: int = 1
