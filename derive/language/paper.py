"""A paper: its definitions in order, and its claims."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType

from derive.language.derivatives import Definition, Derivative
from derive.language.errors import InputError
from derive.language.relations import Relation
from derive.language.symbols import check_name
from derive.language.tensor import Operand, Tensor, tensor

Statement = Relation | str
Names = dict[str, Tensor]

EXPECTATIONS = ("refuted", "ill-posed", "vacuous", "undecided", "supported")


@dataclass(frozen=True)
class Claim:
    """One statement of a paper, under hypotheses.

    Attributes:
        id: ``paper/claim``.
        relations: the statements, all of which are claimed; empty where the claim is ill-posed.
        given: the hypotheses.
        problem: why the claim says nothing as typed (a shape, an undefined name), or None.
        expect: the verdict that a known erratum should get, with ``reason``.
        definitions: the paper's definitions that precede it.
        where: (file, line).
    """

    id: str
    kind: str
    relations: tuple[Relation, ...]
    given: tuple[Relation, ...] = ()
    cite: str = ""
    tex: str | None = None
    expect: str | None = None
    reason: str | None = None
    problem: str | None = None
    statement: str = ""
    definitions: tuple[Definition, ...] = ()
    where: tuple[str, int] = ("", 0)


@dataclass
class Paper:
    """A paper, or a lemma of it: ``let`` names definitions, ``claim`` states what is to be checked."""

    id: str
    title: str = ""
    source: str = ""
    definitions: list[Definition] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", self.id):
            raise InputError(
                f"{self.id!r} is no paper id",
                hint='use letters, digits, dots and hyphens, such as "softmax-regression"',
            )

    def let(self, name: str, value: Operand | str, tex: str | None = None) -> Tensor:
        """Name an expression; later output prints it by that name.

        Raises:
            InputError: the name is taken, or no identifier.
        """
        if any(name == known.name for known in self.definitions) or name in self.problems:
            raise InputError(f"{name!r} is already defined in the paper {self.id}", hint="choose another name")
        if isinstance(value, str):
            value = self._parse(value, sys._getframe(1))
        expression = tensor(value)
        definition = Definition(check_name(name), expression, expression.shape, tex)
        self.definitions.append(definition)
        return definition

    def claim(
        self,
        id: str,  # the word that authors know
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
        where = (frame.f_code.co_filename, frame.f_lineno)
        full = self._new_id(id, expect, where)
        statements = [statement] if isinstance(statement, (Relation, str)) else statement
        hypotheses = [given] if isinstance(given, (Relation, str)) else given
        if not isinstance(statements, (list, tuple)) or not statements:
            raise self._no_relation(statement, full, where)
        try:
            relations = tuple(self._relation(item, frame, full, where) for item in statements)
            conditions = tuple(self._relation(item, frame, full, where) for item in hypotheses)
            problem = None
        except IllPosed as error:
            relations, conditions, problem = (), (), str(error)
        claim = Claim(
            id=full,
            kind=kind or _kind(relations),
            relations=relations,
            given=conditions,
            cite=cite,
            tex=tex,
            expect=expect,
            reason=reason,
            problem=problem,
            statement=", ".join(item if isinstance(item, str) else repr(item) for item in statements),
            definitions=tuple(self.definitions),
            where=where,
        )
        self.claims.append(claim)
        return claim

    def _new_id(self, name: str, expect: str | None, where: tuple[str, int]) -> str:
        if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
            raise InputError(
                f"{name!r} is no claim id",
                hint='use letters, digits, dots and hyphens, such as "5.9" or "gradient"',
                line=where[1],
            )
        full = f"{self.id}/{name}"
        if any(full == known.id for known in self.claims):
            raise InputError(
                "there is already a claim of this id",
                hint="give each claim an id of its own",
                claim=full,
                line=where[1],
            )
        if expect is not None and expect not in EXPECTATIONS:
            raise InputError(
                f"expect={expect!r} is no verdict to expect",
                hint=f"one of {', '.join(EXPECTATIONS)}",
                claim=full,
                line=where[1],
            )
        return full

    def _relation(self, item: object, frame: FrameType, claim: str, where: tuple[str, int]) -> Relation:
        if isinstance(item, str):
            try:
                item = self._parse(item, frame)
            except InputError as error:
                raise IllPosed(f"{error.message}") from error
        if not isinstance(item, Relation):
            raise self._no_relation(item, claim, where)
        return item

    def _no_relation(self, item: object, claim: str, where: tuple[str, int]) -> InputError:
        return InputError(
            f"expected a relation, found {item!r} ({type(item).__name__})",
            hint="state it with ==, <=, >=, << or >> between tensors",
            claim=claim,
            file=where[0],
            line=where[1],
        )

    def _parse(self, text: str, frame: FrameType) -> Tensor | Relation:
        from derive.language.text import parse

        return parse(text, self._names(frame))

    def _names(self, frame: FrameType) -> Names:
        """The names that a statement in text form may use: the symbols of the calling file, and the paper's definitions."""
        names: Names = {}
        for definition in self.definitions:
            for node in definition.walk():
                name = getattr(node, "name", None)
                if isinstance(name, str):
                    names[name] = node
        names.update({key: value for key, value in frame.f_globals.items() if isinstance(value, Tensor)})
        names.update({key: value for key, value in frame.f_locals.items() if isinstance(value, Tensor)})
        return names


class IllPosed(Exception):
    """A statement that says nothing as typed."""


def _kind(relations: Sequence[Relation]) -> str:
    """The kind of claim, from its first relation."""
    if not relations:
        return "identity"
    first = relations[0]
    if first.sign in (">>", "<<"):
        return "psd"
    if first.sign != "==":
        return "bound"
    nodes = [node for side in (first.left, first.right) for node in side.walk()]
    second = any(isinstance(node, Derivative) and len(node.variables) > 1 for node in nodes)
    return "hessian" if second else "identity"
