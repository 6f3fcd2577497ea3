"""The meaning of each construct of the text form."""

from __future__ import annotations

import ast
import difflib
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import EllipsisType
from typing import Any, NamedTuple

from derive.language.derivatives import Lipschitz
from derive.language.errors import InputError, UndefinedName, shorten
from derive.language.grammar import LIST_THEM, column, exact, source
from derive.language.iteration import Run
from derive.language.one_sided import Infinity
from derive.language.relations import Relation
from derive.language.tensor import Number, Tensor
from derive.language.undefined import IllDefined, UsesIllDefined
from derive.language.vocabulary import CALLS, CONSTANTS, METHODS, Call, bind, usage

OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Tensor]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.MatMult: operator.matmul,
    ast.Pow: operator.pow,
}

SIGNS: dict[type[ast.AST], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.LtE: "<=",
    ast.GtE: ">=",
    ast.Lt: "<",
    ast.Gt: ">",
    ast.LShift: "<<",
    ast.RShift: ">>",
}


class Chain(NamedTuple):
    """``sides[0] signs[0] sides[1] signs[1] ...``"""

    sides: list[ast.expr]
    signs: list[str]


def chain(node: ast.expr) -> Chain | None:
    """The sides and signs of a relation or of a chain of them; None where ``node`` is an expression."""
    if isinstance(node, ast.Compare):
        return Chain([node.left, *node.comparators], [SIGNS[type(sign)] for sign in node.ops])
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        left = chain(node.left) or Chain([node.left], [])
        return Chain([*left.sides, node.right], [*left.signs, SIGNS[type(node.op)]])
    return None


def relations(parts: Chain, reader: Reader) -> list[Relation]:
    """Each relation of a chain."""
    sides: list[Tensor] = []
    for side in parts.sides:
        bounds = isinstance(side, ast.Name) and side.id == "inf" and sides and isinstance(sides[-1], Lipschitz)
        sides.append(Infinity() if bounds else reader.tensor(side))
    return [Relation.of(*row) for row in zip(parts.signs, sides[:-1], sides[1:], strict=True)]


CODE = "a function given as code (paper.function) stands in claims of a Python file, as an expression and not as text"
"""The hint at a function that the language does not have."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The hint "did you mean ...", where one of ``known`` is close to ``name``."""
    if len(name) > 40:
        return None
    found = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean {found[0]!r}?" if found else None


@dataclass(frozen=True)
class Reader:
    """Reads the nodes of one line of text, where ``names`` says what each name stands for."""

    line: str
    names: Mapping[str, Tensor]

    def at(self, node: ast.expr) -> str:
        return f"{shorten(source(self.line, node), 60)!r} at column {column(self.line, node)}"

    def tensor(self, node: ast.expr) -> Tensor:
        """The tensor that ``node`` denotes.

        Raises:
            InputError: it denotes none.
        """
        match node:
            case ast.Constant(value=value):
                return self._number(node, value)
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self.tensor(operand)
            case ast.UnaryOp(operand=operand):
                return self.tensor(operand)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                return OPERATORS[type(op)](self.tensor(left), self.tensor(right))
            case ast.Call():
                return self._call(node)
            case ast.Attribute(value=value, attr=attribute):
                return self._attribute(node, value, attribute)
            case ast.Subscript(value=value, slice=places):
                items = places.elts if isinstance(places, ast.Tuple) else [places]
                return self.tensor(value)[tuple(self._item(item) for item in items)]
            case ast.List() | ast.Tuple():
                raise InputError(f"the list {self.at(node)} is no tensor", hint="write array([1, 2])")
            case ast.Compare() | ast.BinOp():
                raise InputError(f"the relation {self.at(node)} stands inside an expression", hint=LIST_THEM)
        raise InputError(f"{self.at(node)} is no expression of the language")

    def _number(self, node: ast.expr, value: object) -> Tensor:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return Number(exact(source(self.line, node)))
        hint = 'a text is only an order, as in norm(M, "fro")' if isinstance(value, str) else None
        raise InputError(f"{self.at(node)} cannot stand in an expression", hint=hint)

    def _name(self, node: ast.expr, name: str) -> Tensor:
        found = self.names.get(name, CONSTANTS.get(name))
        if isinstance(found, IllDefined):
            raise UsesIllDefined(found)
        if found is not None:
            return found
        if name == "inf":
            raise InputError(f"{self.at(node)} is no number, only the order of a norm: norm(v, inf)")
        if name in CALLS:
            raise InputError(f"{self.at(node)} is a function", hint=f"call it: {name}(...)")
        raise UndefinedName(f"nothing defines {self.at(node)}", hint=nearest(name, [*self.names, *CONSTANTS]))

    def _attribute(self, node: ast.expr, value: ast.expr, attribute: str) -> Tensor:
        if attribute == "T":
            return self.tensor(value).T
        hint = f"call it: .{attribute}(...)" if attribute in METHODS else "a tensor has .T and the methods of a call"
        raise InputError(f"{self.at(node)}: there is no attribute {shorten(attribute, 40)!r}", hint=hint)

    def _item(self, node: ast.expr) -> Tensor | slice | EllipsisType | None:
        match node:
            case ast.Slice(lower=None, upper=None, step=None):
                return slice(None)
            case ast.Slice():
                raise InputError(f"{self.at(node)}: the only slice is ':'", hint="index single entries: x[0], x[i]")
            case ast.Constant(value=None):
                return None
            case ast.Constant(value=EllipsisType()):
                return ...
        return self.tensor(node)

    def _call(self, node: ast.Call) -> Tensor:
        call, leading = self._callee(node.func)
        keywords = {keyword.arg or "**": keyword.value for keyword in node.keywords}
        if len(keywords) < len(node.keywords):
            raise InputError(f"{self.at(node)} gives an argument twice")
        try:
            bound = bind(call, [*leading, *node.args], keywords)
        except TypeError as error:
            raise InputError(f"{self.at(node)}: {shorten(str(error))}", hint=f"write {usage(call)}") from None
        for name, value in bound.arguments.items():
            several = isinstance(value, tuple)
            bound.arguments[name] = tuple(map(self.tensor, value)) if several else self._argument(name, value)
        return call(*bound.args, **bound.kwargs)

    def _callee(self, node: ast.expr) -> tuple[Call, list[ast.expr]]:
        match node:
            case ast.Name(id=name) if name in CALLS:
                return CALLS[name], []
            case ast.Name(id=name) if isinstance(self.names.get(name), Run):
                return Run.__call__, [node]
            case ast.Name(id=name) if isinstance(found := self.names.get(name), IllDefined):
                raise UsesIllDefined(found)
            case ast.Name(id=name) if name in self.names:
                raise InputError(f"{self.at(node)} is no function", hint="a product is written with * or @")
            case ast.Name(id=name):
                raise UndefinedName(f"there is no function {self.at(node)}", hint=nearest(name, CALLS) or CODE)
            case ast.Call(func=ast.Name(id="iterate")):
                return Run.__call__, [node]
            case ast.Attribute(value=value, attr=name) if name in METHODS:
                self._check_owner(value, METHODS[name])
                return METHODS[name], [value]
            case ast.Attribute(attr=name) if name in CALLS:
                raise InputError(f"{self.at(node)} is no method", hint=f"write {usage(CALLS[name])}")
            case ast.Attribute(attr=name):
                raise UndefinedName(f"there is no method {self.at(node)}", hint=nearest(name, METHODS))
        raise InputError(f"{self.at(node)} is no function", hint="a product is written with * or @")

    def _argument(self, name: str, node: ast.expr) -> object:
        """An argument, read as its parameter's name asks."""
        match name, node:
            case (("axis" | "over" | "second"), ast.Constant(value=None)):
                return None
            case "axis", ast.Tuple(elts=items):
                return tuple(self._integer(item) for item in items)
            case "axis", _:
                return self._integer(node)
            case "keepdims", ast.Constant(value=bool(value)):
                return value
            case "keepdims", _:
                raise InputError(f"keepdims is True or False, not {self.at(node)}")
            case "order", ast.Constant(value=str(value)):
                return shorten(value, 20)
            case "order", ast.Name(id="inf"):
                return "inf"
            case "given", ast.Constant(value=None):
                return None
            case (("event" | "given" | "relation" | "where" | "at"), _):
                return self._event(node)
            case (
                ("entries" | "states" | "updates" | "start" | "choose" | "over" | "fixed"),
                ast.List(elts=items) | ast.Tuple(elts=items),
            ):
                return [self._argument(name, item) for item in items]
        return self.tensor(node)

    def _event(self, node: ast.expr) -> list[Relation | Tensor]:
        """The relations of an event: one, each of a chain such as ``0 <= t <= 1``, or those of a list."""
        found: list[Relation | Tensor] = []
        for item in node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]:
            parts = chain(item)
            found += [self.tensor(item)] if parts is None else relations(parts, self)
        return found

    def _check_owner(self, node: ast.expr, method: Call) -> None:
        """Refuse methods of an iteration at anything else."""
        if method in (Run.first, Run.always, Run.converges) and not isinstance(self.tensor(node), Run):
            raise InputError(f"{self.at(node)} is no iteration", hint=f"write run{usage(method)}, run = iterate(...)")

    def _integer(self, node: ast.expr) -> int:
        value = self.tensor(node)
        if not isinstance(value, Number) or value.value.denominator != 1:
            raise InputError(f"an axis is an integer, not {self.at(node)}")
        return int(value.value)
