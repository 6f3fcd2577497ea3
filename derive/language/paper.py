"""A paper: its definitions in order, and its claims."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from derive.language.black_box import ValueFunction, value_function
from derive.language.claims import EXPECTATIONS, Claim, ambiguity, check_expectation, kind_of, nodes
from derive.language.derivatives import Definition
from derive.language.errors import InputError
from derive.language.existence import check, names_of
from derive.language.ids import check_paper_id, new_claim_id, used_ids
from derive.language.iteration import Run, called
from derive.language.lipschitz import misplaced
from derive.language.randomness import stray
from derive.language.relations import Relation
from derive.language.statements import IllPosed, Statement, Where, listed, no_relation, reason_of, text_of
from derive.language.symbols import Symbol, check_name
from derive.language.tensor import IndexSymbol, Operand, Tensor, tensor
from derive.language.text import parse_relations, parse_tensor
from derive.language.undefined import IllDefined, UsesIllDefined

__all__ = ["EXPECTATIONS", "Claim", "Paper"]


@dataclass
class Paper:
    """A paper, or a lemma of it: ``let`` names definitions, ``claim`` states what is to be checked.

    Attributes:
        names: what the names in a statement in text form stand for, beside the variables of a Python file.
        problems: by name, why a definition is ill-posed.
        functions: by name, the value functions that are given as code.
        elsewhere: claims of the paper that are stated in other files, which this one imports.
    """

    id: str
    title: str = ""
    source: str = ""
    definitions: list[Definition] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    names: dict[str, Tensor] = field(default_factory=dict)
    functions: dict[str, ValueFunction] = field(default_factory=dict)
    elsewhere: list[Claim] = field(default_factory=list)

    def __post_init__(self) -> None:
        check_paper_id(self.id)

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
        if not isinstance(value, str) and _mentions(expression, name):
            self.problems[name] = f"{name} is ill-defined: it refers to itself"
            return definition
        self.definitions.append(definition)
        self.names |= {node.name: node for node in expression.walk() if isinstance(node, (Symbol, IndexSymbol))}
        self.names[name] = named = called(expression, name, tex) if isinstance(expression, Run) else definition
        return named

    def function(
        self, name: str, function: Callable[..., Any], *takes: Any, out: Any = (), tex: str | None = None
    ) -> ValueFunction:
        """Declare a value function that is given as code: ``L = paper.function("L", loss, (d,), (n, d))``.

        ``L(x, A)`` may stand in a claim, also in a derivative. Code in NumPy is run in derive's number systems; other
        code (JAX, PyTorch) in floats. Nothing is proved about it.

        Args:
            function: takes arrays and returns an array, or a number.
            takes: the shape of each argument, ``(n, d)``, ``d`` or ``()``.
            out: the shape of the value.

        Raises:
            InputError: the name is taken or no identifier, the function cannot be called, or a shape is none.
        """
        taken = name in self.problems or any(name == known.name for known in self.definitions)
        if taken or name in self.functions:
            raise InputError(f"{name!r} is already defined in the paper {self.id}", hint="choose another name")
        self.functions[name] = value_function(name, function, takes, out, tex)
        return self.functions[name]

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
        exists: Sequence[Tensor | str] | Tensor | str = (),
        using: Sequence[str] | str = (),
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
            exists: the symbols of which some values are enough, instead of all.
            using: the claims on which it rests: ids of claims of this paper, or ``paper/claim``.
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
            exists=exists,
            using=using,
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
        exists: Sequence[Tensor | str] | Tensor | str = (),
        using: Sequence[str] | str = (),
        where: Where,
        names: Mapping[str, Tensor],
        kind: str | None = None,
        expect: str | None = None,
        **printed: Any,
    ) -> Claim:
        """``claim``, where ``names`` is what a statement's text may use beside the names of the paper."""
        full = new_claim_id(id, self.id, [known.id for known in (*self.elsewhere, *self.claims)], where)
        check_expectation(expect, full, where)
        statements, hypotheses = listed(statement, full, where), listed(given, full, where)
        if not statements:
            raise no_relation(statement, full, where)
        chosen = names_of(exists, full, where)
        try:
            relations, conditions = self._relations(statements, names), self._relations(hypotheses, names)
            self._check(relations, conditions, chosen)
            problem = None
        except IllPosed as error:
            relations, conditions, chosen, problem = (), (), (), str(error)
        claim = Claim(
            id=full,
            kind=kind or kind_of(relations),
            relations=relations,
            given=conditions,
            exists=chosen,
            expect=expect,
            problem=problem,
            statement=", ".join(text_of(item) for item in statements),
            definitions=tuple(self.definitions),
            using=used_ids(using, self.id, full, where),
            where=where,
            **printed,
        )
        self.claims.append(claim)
        return claim

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
            raise IllPosed(reason_of(error)) from error

    def _relations(self, items: Iterable[Statement], names: Mapping[str, Tensor]) -> tuple[Relation, ...]:
        known = {**self.names, **names}
        found: list[Relation] = []
        for item in items:
            try:
                found += parse_relations(item, known) if isinstance(item, str) else [item]
            except InputError as error:
                raise IllPosed(reason_of(error)) from error
        return tuple(found)

    def _check(self, stated: tuple[Relation, ...], given: tuple[Relation, ...], exists: Sequence[str]) -> None:
        """Refuse what says nothing as typed: ill-posed definitions and a name for two things, among others."""
        relations = (*stated, *given)
        for node in nodes(relations) if self.problems else ():
            if isinstance(node, Definition) and node.name in self.problems:
                raise IllPosed(self.problems[node.name])
        if problem := ambiguity(relations) or misplaced(stated, given) or stray(stated, given):
            raise IllPosed(problem)
        check(exists, stated, given)


def _visible(frame: FrameType) -> dict[str, Tensor]:
    """The tensors among the variables of the author's file."""
    return {key: value for key, value in {**frame.f_globals, **frame.f_locals}.items() if isinstance(value, Tensor)}


def _mentions(expression: Tensor, name: str) -> bool:
    return any(isinstance(node, (Symbol, IndexSymbol, Definition)) and node.name == name for node in expression.walk())
