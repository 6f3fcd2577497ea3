"""A paper: its definitions in order, and its claims."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from derive.language.claims import EXPECTATIONS, Claim, ambiguity, kind_of
from derive.language.derivatives import Definition
from derive.language.errors import InputError, shorten
from derive.language.plain import plain
from derive.language.relations import Relation
from derive.language.symbols import Symbol, check_name
from derive.language.tensor import IndexSymbol, Operand, Tensor, tensor
from derive.language.text import parse_relations, parse_tensor
from derive.language.undefined import IllDefined, UsesIllDefined

__all__ = ["EXPECTATIONS", "Claim", "Paper"]

Statement = Relation | str
Where = tuple[str, int]

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class IllPosed(Exception):
    """A statement says nothing as typed, where ``origin`` is the definition at fault if it is another's."""

    def __init__(self, reason: str, origin: str = "") -> None:
        super().__init__(reason)
        self.origin = origin


@dataclass
class Paper:
    """A paper, or a lemma of it: ``let`` names definitions, ``claim`` states what is to be checked.

    Attributes:
        names: what the names in a statement in text form stand for, beside the variables of a Python file.
        problems: by name, why a definition is ill-posed.
    """

    id: str
    title: str = ""
    source: str = ""
    definitions: list[Definition] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    names: dict[str, Tensor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not _ID.fullmatch(self.id):
            raise InputError(
                f"{shorten(repr(self.id))} is no paper id",
                hint='use letters, digits, dots and hyphens, such as "softmax-regression"',
            )

    def let(self, name: str, value: Operand | str, tex: str | None = None) -> Tensor:
        """Name an expression; later output prints it by that name.

        Text that does not conform is no error of the file: the claims that use the name are ill-posed.

        Raises:
            InputError: the name is taken, or no identifier, or the value cannot stand in an expression.
        """
        return self.define(name, value, tex=tex, names=_visible(sys._getframe(1)))

    def define(self, name: str, value: Operand | str, *, tex: str | None, names: Mapping[str, Tensor]) -> Tensor:
        """``let``, where ``names`` is what the value's text may use beside the names of the paper."""
        if name in self.problems or any(name == known.name for known in self.definitions):
            raise InputError(f"{name!r} is already defined in the paper {self.id}", hint="choose another name")
        check_name(name)
        try:
            expression = self._expression(name, value, names)
        except IllPosed as problem:
            return self.refuse(name, str(problem), problem.origin)
        definition = Definition(name, expression, expression.shape, tex)
        if _mentions(expression, name):
            self.problems[name] = f"{name} is ill-defined: it refers to itself"
            return definition
        self.definitions.append(definition)
        self.names |= {node.name: node for node in expression.walk() if isinstance(node, (Symbol, IndexSymbol))}
        self.names[name] = definition
        return definition

    def refuse(self, name: str, reason: str, origin: str = "") -> IllDefined:
        """Record why the definition of ``name``, or of ``origin`` on which it rests, says nothing.

        Claims that use the name are ill-posed.
        """
        refused = IllDefined(name, reason, origin)
        self.problems[name] = refused.message
        self.names[name] = refused
        return refused

    def claim(
        self,
        id: str,
        statement: Statement | Sequence[Statement],
        *,
        given: Sequence[Statement] | Statement = (),
        cite: str = "",
        tex: str | None = None,
        kind: str | None = None,
        expect: str | None = None,
        reason: str | None = None,
    ) -> Claim:
        """State a claim: a relation, text that parses to one, or several of them.

        Args:
            id: unique in the paper.
            given: hypotheses, relations too.
            cite: where the paper states it.
            tex: the statement's LaTeX, where the author's differs from derive's.
            expect: the verdict of a known erratum, e.g. ``"refuted"``, with ``reason``.

        Raises:
            InputError: a duplicate id, a statement that is no relation, an unknown expectation.
        """
        frame = sys._getframe(1)
        return self.state(
            id,
            statement,
            given=given,
            where=(frame.f_code.co_filename, frame.f_lineno),
            names=_visible(frame),
            cite=cite,
            tex=tex,
            kind=kind,
            expect=expect,
            reason=reason,
        )

    def state(
        self,
        id: str,
        statement: Statement | Sequence[Statement],
        *,
        given: Sequence[Statement] | Statement,
        where: Where,
        names: Mapping[str, Tensor],
        kind: str | None = None,
        expect: str | None = None,
        **printed: Any,
    ) -> Claim:
        """``claim``, where ``names`` is what a statement's text may use beside the names of the paper."""
        full = self._new_id(id, where)
        if expect is not None and expect not in EXPECTATIONS:
            raise _refusal(
                f"expect={expect!r} is no verdict to expect", f"one of {', '.join(EXPECTATIONS)}", full, where
            )
        statements, hypotheses = _listed(statement, full, where), _listed(given, full, where)
        if not statements:
            raise _no_relation(statement, full, where)
        try:
            relations, conditions = self._relations(statements, names), self._relations(hypotheses, names)
            self._check_names(relations + conditions)
            problem = None
        except IllPosed as error:
            relations, conditions, problem = (), (), str(error)
        claim = Claim(
            id=full,
            kind=kind or kind_of(relations),
            relations=relations,
            given=conditions,
            expect=expect,
            problem=problem,
            statement=", ".join(_text(item) for item in statements),
            definitions=tuple(self.definitions),
            where=where,
            **printed,
        )
        self.claims.append(claim)
        return claim

    def _new_id(self, name: str, where: Where) -> str:
        if not isinstance(name, str) or not _ID.fullmatch(name):
            hint = 'use letters, digits, dots and hyphens, such as "5.9" or "gradient"'
            raise _refusal(f"{shorten(repr(name))} is no claim id", hint, None, where)
        full = f"{self.id}/{name}"
        if any(full == known.id for known in self.claims):
            raise _refusal("there is already a claim of this id", "give each claim an id of its own", full, where)
        return full

    def _expression(self, name: str, value: Operand | str, names: Mapping[str, Tensor]) -> Tensor:
        if not isinstance(value, str):
            return tensor(value)
        own = IllDefined(name, "it refers to itself")
        try:
            return parse_tensor(value, {**self.names, **names, name: own})
        except UsesIllDefined as error:
            origin = error.definition.origin or error.definition.name
            raise IllPosed(error.definition.reason, "" if origin == name else origin) from error
        except InputError as error:
            raise IllPosed(_reason(error)) from error

    def _relations(self, items: Iterable[Statement], names: Mapping[str, Tensor]) -> tuple[Relation, ...]:
        known = {**self.names, **names}
        found: list[Relation] = []
        for item in items:
            try:
                found += parse_relations(item, known) if isinstance(item, str) else [item]
            except InputError as error:
                raise IllPosed(_reason(error)) from error
        return tuple(found)

    def _check_names(self, relations: Sequence[Relation]) -> None:
        """Refuse ill-posed definitions, and a name for two things."""
        if problem := ambiguity(relations):
            raise IllPosed(problem)
        if not self.problems:
            return
        for relation in relations:
            for node in (*relation.left.walk(), *relation.right.walk()):
                if isinstance(node, Definition) and node.name in self.problems:
                    raise IllPosed(self.problems[node.name])


def _visible(frame: FrameType) -> dict[str, Tensor]:
    """The tensors among the variables of the author's file."""
    return {key: value for key, value in {**frame.f_globals, **frame.f_locals}.items() if isinstance(value, Tensor)}


def _mentions(expression: Tensor, name: str) -> bool:
    return any(isinstance(node, (Symbol, IndexSymbol, Definition)) and node.name == name for node in expression.walk())


def _text(item: Statement) -> str:
    return item if isinstance(item, str) else f"{plain(item.left)} {item.sign} {plain(item.right)}"


def _reason(error: InputError) -> str:
    return f"{error.message} ({error.hint})" if error.hint else error.message


def _listed(items: Any, claim: str, where: Where) -> list[Statement]:
    """The relations and texts in ``items``, which may be one of them or several.

    Raises:
        InputError: something else is among them.
    """
    several = items if isinstance(items, (list, tuple)) else [items]
    for item in several:
        if not isinstance(item, (Relation, str)):
            raise _no_relation(item, claim, where)
    return list(several)


def _no_relation(item: object, claim: str, where: Where) -> InputError:
    return _refusal(
        f"expected a relation, found {shorten(repr(item), 120)} ({type(item).__name__})",
        "state it with ==, <=, >=, << or >> between tensors",
        claim,
        where,
    )


def _refusal(message: str, hint: str, claim: str | None, where: Where) -> InputError:
    return InputError(message, hint=hint, claim=claim, file=where[0], line=where[1])
