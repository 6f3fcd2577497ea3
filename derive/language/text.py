"""The text form of the language: ``grad(L, x) == A.T @ c`` read into the objects that the Python form builds.

Nothing is ever evaluated by Python: ``grammar`` cuts the syntax down, ``vocabulary`` names the functions, ``reader``
says what each construct means, and ``limits`` bounds the size of what is read.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from derive.language.dimensions import shape_text
from derive.language.errors import InputError, shorten
from derive.language.grammar import LIST_THEM, parse_syntax
from derive.language.limits import check_size
from derive.language.reader import Reader, chain, relations
from derive.language.relations import Relation
from derive.language.tensor import Tensor


def parse(text: str, names: Mapping[str, Tensor]) -> Tensor | Relation:
    """The tensor or the relation that ``text`` denotes, where ``names`` says what each name stands for.

    Raises:
        InputError: the text is not of the language, states a chain of relations, or is too large.
        UndefinedName: a name that neither ``names`` nor the language defines.
        ShapeError: the shapes do not conform.
    """
    found = _read(text, names)
    if isinstance(found, Tensor):
        return found
    if len(found) > 1:
        raise InputError(f"{shorten(text)!r} states {len(found)} relations", hint=LIST_THEM)
    return found[0]


def parse_relations(text: str, names: Mapping[str, Tensor]) -> list[Relation]:
    """The relations that ``text`` states: one, or each of a chain such as ``0 <= t <= 1``.

    Raises:
        InputError: as ``parse``; also where the text states no relation.
    """
    found = _read(text, names)
    if isinstance(found, Tensor):
        raise InputError(
            f"expected a relation, found the expression {found!r} of shape {shape_text(found.shape)}",
            hint="state it with ==, <=, >=, << or >>",
        )
    return found


def parse_tensor(text: str, names: Mapping[str, Tensor]) -> Tensor:
    """The tensor that ``text`` denotes.

    Raises:
        InputError: as ``parse``; also where the text states a relation.
    """
    found = _read(text, names)
    if not isinstance(found, Tensor):
        raise InputError(f"expected an expression, found the relation {found[0]!r}", hint="state a relation in a claim")
    return found


def free_names(text: str) -> list[str]:
    """The names in ``text`` in order of appearance, called functions aside.

    Raises:
        InputError: the text is not of the language.
    """
    _, tree = parse_syntax(text)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called]
    return list(dict.fromkeys(node.id for node in sorted(found, key=lambda node: node.col_offset)))


def _read(text: str, names: Mapping[str, Tensor]) -> Tensor | list[Relation]:
    line, tree = parse_syntax(text)
    reader = Reader(line, names)
    parts = chain(tree)
    if parts is None:
        tensor = reader.tensor(tree)
        check_size(tensor)
        return tensor
    found = relations(parts, reader)
    check_size(*(side for relation in found for side in (relation.left, relation.right)))
    return found
