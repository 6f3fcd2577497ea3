"""Method: do the hypotheses contradict each other?

Hypotheses that compare are edges ``a <= b`` or ``a < b`` of a graph whose nodes are expressions and constants. A path
from a constant to a smaller one, or a strict path from an expression to itself, is a proof that nothing satisfies them:
arrays are compared at their first entries, which every comparison covers. Where there is none and no instance is found
either, the search says what it searched; a search among rationals says nothing of equalities.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from derive.evidence.evidence import Evidence, Inapplicable
from derive.instances.drawn import Drawn
from derive.instances.patterns import constant, euclidean, gram, is_identity, square_root, squared_norm, strip
from derive.language.arrays import Norm, Spectral
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, Size, Tensor
from derive.obligation import Obligation

METHOD = "hypotheses"

Node = Fraction | str
Edges = dict[tuple[Node, Node], tuple[bool, str]]
"""``a <= b``: whether strictly, and because of which hypothesis."""


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Evidence that the claim is vacuous, by a contradiction or by a search that found nothing."""
    if not obligation.given:
        return Inapplicable(METHOD, "the claim has no hypotheses")
    start = time.perf_counter()
    reason = contradiction(obligation.given)
    if reason is not None:
        seconds = time.perf_counter() - start
        return Evidence(METHOD, "vacuous", "symbolic", reason, drawn.seed, seconds=seconds)
    search = drawn.search
    if next(iter(drawn), None) is not None:
        return Inapplicable(METHOD, "the hypotheses can be satisfied")
    seconds = time.perf_counter() - start
    equalities = {repr(relation) for relation in obligation.given if relation.sign == "=="}
    if equalities & search.reasons.keys():  # it may have irrational solutions, of which rationals tell nothing
        return Inapplicable(METHOD, f"no rational solution of the equalities among the hypotheses: {search.searched()}")
    note = f"{search.searched()}; this is a search, not a proof"
    return Evidence(METHOD, "vacuous", "exact rationals", note, drawn.seed, rejected=search.rejected, seconds=seconds)


def contradiction(given: Sequence[Relation]) -> str | None:
    """Why no instance can satisfy the hypotheses, where their bounds exclude each other; else None."""
    edges: Edges = {}
    for relation in given:
        for small, large, strict in _comparisons(relation):
            _connect(edges, small, large, strict, repr(relation))
    for side in (s for relation in given for s in (relation.left, relation.right)):
        for node in side.walk():
            for small, large, strict, why in _facts(node):
                _connect(edges, small, large, strict, why)
    return _cycle(edges)


def _key(expression: Tensor) -> Node:
    value = constant(expression)
    return repr(strip(expression)) if value is None else value


def _connect(edges: Edges, small: Node, large: Node, strict: bool, why: str) -> None:
    known = edges.get((small, large))
    if known is None or (strict and not known[0]):
        edges[small, large] = strict, why


def _comparisons(relation: Relation) -> Iterator[tuple[Node, Node, bool]]:
    """The edges that a hypothesis states."""
    left, right = _key(relation.left), _key(relation.right)
    if relation.sign in ("<=", "<", "=="):
        yield left, right, relation.sign == "<"
    if relation.sign in (">=", ">", "=="):
        yield right, left, relation.sign == ">"
    if relation.sign == "==":
        yield from _rank(relation.left, relation.right)
        yield from _rank(relation.right, relation.left)


def _rank(product: Tensor, identity: Tensor) -> Iterator[tuple[Node, Node, bool]]:
    """``A^T A = I`` needs as many rows as columns: the rank of A is at most its number of rows."""
    found = gram(product)
    if found is not None and is_identity(identity) and found[1] != "both":
        rows, columns = found[0].shape
        few, many = (columns, rows) if found[1] == "columns" else (rows, columns)
        yield _key(Size(few)), _key(Size(many)), False


def _facts(node: Tensor) -> Iterator[tuple[Node, Node, bool, str]]:
    """What holds of an expression whatever the values: its sign."""
    zero = Fraction(0)
    match node:
        case Size():
            yield Fraction(1), _key(node), False, f"{node!r} is a size"
        case Symbol(name=name, properties=properties) if "positive" in properties:
            yield zero, name, True, f"{name} is positive"
        case Symbol(name=name, properties=properties) if "nonnegative" in properties:
            yield zero, name, False, f"{name} is nonnegative"
        case Norm() | Apply(function="abs" | "sqrt" | "square"):
            yield zero, _key(node), False, f"{node!r} is never negative"
        case Apply(function="exp"):
            yield zero, _key(node), True, f"{node!r} is positive"
        case Spectral(kind="opnorm" | "sigma_min" | "nuclear"):
            yield zero, _key(node), False, f"{node!r} is never negative"
        case _ if any(form(node) is not None for form in (square_root, squared_norm, euclidean)):
            yield zero, _key(node), False, f"{node!r} is never negative"


def _cycle(edges: Edges) -> str | None:
    """A chain of hypotheses whose ends contradict each other (Floyd and Warshall's closure), in words."""
    nodes = {node for edge in edges for node in edge}
    constants = sorted(node for node in nodes if isinstance(node, Fraction))
    paths: dict[tuple[Node, Node], tuple[bool, tuple[str, ...]]] = {
        edge: (strict, (why,)) for edge, (strict, why) in edges.items()
    }
    for small, large in pairwise(constants):
        paths[small, large] = (True, ())
    for middle in sorted(nodes, key=str):
        before = [(a, path) for (a, b), path in paths.items() if b == middle]
        after = [(b, path) for (a, b), path in paths.items() if a == middle]
        for a, (strict, reasons) in before:
            for b, (further, more) in after:
                known = paths.get((a, b))
                if known is None or (not known[0] and (strict or further)):
                    paths[a, b] = strict or further, tuple(dict.fromkeys(reasons + more))
    for (a, b), (strict, reasons) in paths.items():
        if a == b and strict:
            return f"no instance: {', '.join(reasons)} exclude each other"
    return None
