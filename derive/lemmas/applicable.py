"""Which relations of used claims hold wherever the hypotheses of a claim do, with the symbols that it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from derive.calculus.decide import is_integer
from derive.language.black_box import BlackBox
from derive.language.claims import Claim, ambiguity
from derive.language.plain import identity
from derive.language.relations import Cited, Relation
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Number, Power, Tensor
from derive.lemmas.domains import conditions, partial
from derive.lemmas.entailment import proved
from derive.obligation import TURNED, Obligation, obligations, stated


@dataclass(frozen=True)
class Lemma:
    """A relation, the ``number``-th that the claim ``id`` states, which holds under an obligation's hypotheses."""

    id: str
    number: int
    relation: Cited


def applicable(obligation: Obligation, used: Iterable[Claim]) -> tuple[Lemma, ...]:
    """The relations of the used claims that may serve as hypotheses of the obligation.

    A claim speaks of all values of its symbols under its hypotheses, wherever both sides have a value. So it may serve
    where its symbols mean the same, its hypotheses follow, and it has a value wherever the obligation has.
    """
    return tuple(
        Lemma(claim.id, number, Cited(part.sign, part.left, part.right, claim.id))
        for claim in used
        if claim.problem is None and not claim.exists
        for number, part in enumerate(obligations(claim), 1)
        if _may_serve(part, obligation)
    )


def with_lemmas(obligation: Obligation, lemmas: Sequence[Lemma]) -> Obligation:
    """The obligation under its own hypotheses and what the lemmas say."""
    return replace(obligation, given=(*obligation.given, *(lemma.relation for lemma in lemmas)))


def _may_serve(part: Obligation, obligation: Obligation) -> bool:
    everything = [_relation(part), *part.given, _relation(obligation), *obligation.given]
    return (
        ambiguity(everything) is None
        and _exist(part, obligation)
        and not any(isinstance(node, BlackBox) for side in part.expressions for node in side.walk())
        and _has_value(obligation, part.left, part.right)
        and _positions(part.given) == _positions(obligation.given)
        and all(_follows(relation, obligation) for relation in part.given)
    )


def _relation(part: Obligation) -> Relation:
    return Relation(part.sign, part.left, part.right)


def _has_value(obligation: Obligation, *expressions: Tensor) -> bool:
    """Have the expressions values wherever all that the obligation speaks of has?"""
    known = conditions(*obligation.expressions)
    return all(text in known or _is_defined(node, obligation) for text, node in partial(*expressions).items())


def _is_defined(node: Tensor, obligation: Obligation) -> bool:
    """Is it a power whose exponent is an integer that is not negative, as the hypotheses say?"""
    if not isinstance(node, Power) or node.exponent.shape or not is_integer(node.exponent):
        return False
    return proved(stated(obligation.id, node.exponent >= 0, obligation.given))


def _exist(part: Obligation, obligation: Obligation) -> bool:
    """Have the symbols that the claim has beyond those of the obligation values at all sizes?

    Of each property alone there are arrays; positive entries and skew symmetry exclude each other.
    """
    known = {symbol.name for symbol in _symbols(obligation)}
    return all(len(symbol.properties) <= 1 for symbol in _symbols(part) if symbol.name not in known)


def _symbols(part: Obligation) -> Iterator[Symbol]:
    return (node for side in part.expressions for node in side.walk() if isinstance(node, Symbol))


def _positions(given: Sequence[Relation]) -> set[str]:
    """What is said of positions alone, such as ``i != j``: hypotheses are to hold at these positions only."""
    return {_text(relation) for relation in given if all(map(_is_position, (relation.left, relation.right)))}


def _is_position(node: Tensor) -> bool:
    return isinstance(node, (IndexSymbol, Number))


def _follows(relation: Relation, obligation: Obligation) -> bool:
    """Is it among the hypotheses of the obligation, or proved from them?"""
    if _text(relation) in map(_text, obligation.given):
        return True
    if relation.sign == "!=" or not _has_value(obligation, relation.left, relation.right):
        return False
    return proved(stated(obligation.id, relation, obligation.given))


def _text(relation: Relation) -> str:
    left, right = identity(relation.left), identity(relation.right)
    turned = relation.sign in TURNED
    return f"{right} {TURNED[relation.sign]} {left}" if turned else f"{left} {relation.sign} {right}"
