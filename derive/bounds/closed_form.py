"""Derivatives replaced by their closed forms in matrix notation, so that the norm calculus finds products and sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from derive.calculus.algebra import Undecidable
from derive.calculus.telling import teller
from derive.language.abstract import Convexity
from derive.language.arrays import Full
from derive.language.binding import BINDERS
from derive.language.derivatives import Definition, Derivative, Directional, Lipschitz, Substitution
from derive.language.errors import InputError
from derive.language.one_sided import Jump, Oscillation
from derive.language.plain import identity
from derive.language.rebuild import renamed, with_operands
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSum, IndexSymbol, MatMul, Number, Sum, Tensor

ELSEWHERE = (*BINDERS, Directional, Substitution, Lipschitz, Oscillation, Jump, Convexity)
"""Expressions that take what is in them at other points than the one that hypotheses speak of."""


def closed(node: Tensor) -> Tensor:
    """The expression with each derivative in matrix notation, where it has one, and substitutions of symbols done.

    Equal to ``node`` for all sizes and values: each closed form is checked by the normal form (``calculus.telling``).
    """
    if isinstance(node, (Derivative, Directional)):
        return _derived(node)
    if isinstance(node, Substitution):
        done = _substituted(node)
        return node if done is None else done
    if isinstance(node, MatMul):
        if isinstance(node.left, MatMul) and node.left.ndim == 2 and node.right.ndim == 1:
            return closed(MatMul.of(node.left.left, MatMul.of(node.left.right, node.right)))
        for entries, weights in ((node.left, node.right), (node.right, node.left)):
            if entries.ndim == 1 and is_ones(weights):
                return Sum.of(closed(entries))
    rebuilt = _rebuilt(node, closed)
    return node if rebuilt is None else rebuilt


def by_identities(node: Tensor, given: Sequence[Relation]) -> Tensor:
    """The expression with derivatives as hypotheses, or claims that are taken for granted, state them at this point.

    A hypothesis says nothing of other points: what is substituted, differentiated or moved is left as it is, and what
    changes loses its name, which stands for it everywhere.
    """
    known = {
        identity(relation.left): relation.right
        for relation in given
        if relation.sign == "==" and isinstance(relation.left, Derivative) and relation.left.ndim == relation.right.ndim
    }

    def change(part: Tensor) -> Tensor | None:
        if isinstance(part, Derivative):
            return known.get(identity(part), part)
        if isinstance(part, ELSEWHERE):
            return part
        if isinstance(part, Definition):
            changed = change(part.operand)
            return part if changed is part.operand else changed
        return _rebuilt(part, change)

    found = change(node) if known else node
    return node if found is None else found


def substituted(node: Tensor) -> Tensor:
    """The expression with substitutions of symbols done, where it has any: a bound's parameters are named after it."""
    return closed(node) if any(isinstance(part, Substitution) for part in node.walk()) else node


def explicit(node: Tensor) -> Tensor:
    """The expression in closed form, where it has derivatives or substitutions; these done as far as they can be."""
    derived = (Derivative, Directional, Substitution)
    return _carried_out(closed(node)) if any(isinstance(part, derived) for part in node.walk()) else node


def _carried_out(node: Tensor) -> Tensor:
    """The expression with substitutions done, where neither a derivative nor a sum over an index is in the way."""
    if not any(isinstance(part, Substitution) for part in node.walk()):
        return node
    if isinstance(node, Substitution):
        inside = _carried_out(closed(node.operand))
        binders = (Derivative, Directional, IndexSum, Substitution)
        in_the_way = any(isinstance(part, binders) for part in inside.walk())
        return node if in_the_way else renamed(inside, {node.symbol.name: node.value})
    rebuilt = _rebuilt(node, _carried_out)
    return node if rebuilt is None else rebuilt


def is_ones(node: Tensor) -> bool:
    """Is it ``ones(n)``, with which an inner product is a sum?"""
    return node.ndim == 1 and isinstance(node, Full) and isinstance(node.value, Number) and node.value.value == 1


@lru_cache(maxsize=256)
def _derived(node: Tensor) -> Tensor:
    definitions = {part.name: part for part in node.walk() if isinstance(part, Definition)}
    try:
        told, [(form, axes)] = teller([node], list(definitions.values()))
    except Undecidable:
        return node
    found = told.tensor(form, axes)
    rebuilt = None if found is None else _rebuilt(found, closed)
    return node if rebuilt is None else rebuilt


def written_out(node: Tensor) -> Tensor:
    """The expression without definitions, and with substitutions of symbols done, as far as they can be."""
    if isinstance(node, Definition):
        return written_out(node.operand)
    if isinstance(node, Substitution):
        done = _substituted(node)
        return node if done is None else written_out(done)
    rebuilt = _rebuilt(node, written_out)
    return node if rebuilt is None else rebuilt


def _substituted(node: Substitution) -> Tensor | None:
    """The substitution of a symbol for a symbol, done; None where it is another or cannot be."""
    if not isinstance(node.value, Symbol):
        return None
    done = renamed(closed(node.operand), {node.symbol.name: node.value})
    return None if any(isinstance(part, Substitution) for part in done.walk()) else done


def _rebuilt(node: Tensor, change: Callable[[Tensor], Tensor | None]) -> Tensor | None:
    """The node with its operands changed; None where one cannot be, or where the node cannot be made anew."""
    below = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    changed = [new for child in below if (new := change(child)) is not None]
    if len(changed) < len(below):
        return None
    if all(new is old for new, old in zip(changed, below, strict=True)):
        return node
    if isinstance(node, Definition):
        return replace(node, operand=changed[0])  # hypotheses speak of it by its name
    try:
        return with_operands(node, changed)
    except (InputError, TypeError):
        return None
