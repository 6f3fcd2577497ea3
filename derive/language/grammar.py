"""The grammar of the text form: Python's expressions, parsed and never evaluated, cut down to a list of allowed nodes.

Everything here is bounded: the text's length, its nesting, the size of its literals. So a hostile text costs an error
and not time or memory.
"""

from __future__ import annotations

import ast
import re
import warnings
from fractions import Fraction

from derive.language.errors import InputError, shorten

LONGEST_TEXT = 20_000
DEEPEST = 100
"""Levels of nesting: every operator, call and bracket is one."""

LONGEST_LITERAL = 60
LARGEST_EXPONENT = 100
"""Limits of a number as written: its characters, and the power of ten in ``1e-9``."""

ALLOWED = (
    ast.Expression,
    ast.Attribute,
    ast.BinOp,
    ast.Call,
    ast.Compare,
    ast.Constant,
    ast.List,
    ast.Name,
    ast.Slice,
    ast.Subscript,
    ast.Tuple,
    ast.UnaryOp,
    ast.keyword,
    ast.expr_context,
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.MatMult, ast.LShift, ast.RShift, ast.UAdd, ast.USub),
    *(ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE),
)

LIST_THEM = 'write several relations as a list: ["a <= b", "b <= c"]'

REFUSED: dict[type[ast.AST], tuple[str, str | None]] = {
    ast.And: ("'and'", LIST_THEM),
    ast.Or: ("'or'", "state what holds, without alternatives"),
    ast.Not: ("'not'", "state the relation that holds"),
    ast.BitAnd: ("'&'", LIST_THEM),
    ast.BitOr: ("'|'", "write norm(v) or abs(t)"),
    ast.BitXor: ("'^'", "a power is written **"),
    ast.Invert: ("'~'", None),
    ast.FloorDiv: ("'//'", "a quotient is written /"),
    ast.Mod: ("'%'", None),
    ast.In: ("'in'", None),
    ast.NotIn: ("'not in'", None),
    ast.Is: ("'is'", "an identity is stated with =="),
    ast.IsNot: ("'is not'", None),
    ast.Lambda: ("a lambda", "a definition is named in [let] or with paper.let"),
    ast.IfExp: ("a conditional expression", "use maximum, minimum, relu, heaviside or abs"),
    ast.ListComp: ("a comprehension", "sum over an index symbol: sum(x[i], over=i)"),
    ast.SetComp: ("a comprehension", None),
    ast.DictComp: ("a comprehension", None),
    ast.GeneratorExp: ("a comprehension", "sum over an index symbol: sum(x[i], over=i)"),
    ast.NamedExpr: ("an assignment ':='", "a definition is named in [let] or with paper.let"),
    ast.JoinedStr: ("an f-string", None),
    ast.Starred: ("a starred argument", None),
    ast.Dict: ("a dictionary", None),
    ast.Set: ("a set", None),
    ast.Await: ("'await'", None),
    ast.Yield: ("'yield'", None),
    ast.YieldFrom: ("'yield'", None),
}

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_OTHER_TEXT = re.compile(r"[#\\]")
_PREFIXES = re.compile(rf"(?:(?:[-+~]|\bnot\b|\blambda\s*:|\bawait\b)\s*){{{DEEPEST}}}")
_NUMBER = re.compile(r"(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?(?:[eE]([-+]?[0-9_]+))?")


def parse_syntax(text: str) -> tuple[str, ast.expr]:
    """The text as one line, and its syntax tree, made of the nodes ``ALLOWED`` alone.

    Raises:
        InputError: the text is too long or too deeply nested, does not parse, or uses a construct of Python that the
            language does not have; the message names the construct and its column.
    """
    line = _one_line(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's advice on odd literals is not about mathematics
            tree = ast.parse(line, mode="eval")
    except SyntaxError as error:
        raise _does_not_parse(line, error) from None
    except (RecursionError, MemoryError):
        raise _too_deep(line) from None
    except ValueError as error:
        raise InputError(f"{shorten(line)!r} does not parse: {shorten(str(error))}") from None
    _check_nodes(line, tree.body)
    return line, tree.body


def _one_line(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"the text has {len(text)} characters, more than {LONGEST_TEXT}", hint="name parts of it as definitions"
        )
    line = " ".join(text.split("\n")).strip().replace("\t", " ").replace("\r", " ")
    if not line:
        raise InputError("the text is empty", hint="write a relation, such as grad(L, x) == A.T @ c")
    if found := _UNPRINTABLE.search(line):
        raise InputError(f"the text has the character {found.group()!r} at column {found.start() + 1}")
    if found := _OTHER_TEXT.search(line):
        raise InputError(
            f"the text has {found.group()!r} at column {found.start() + 1}, which nothing here is written with"
        )
    depth = deepest = 0
    for character in line:
        depth += (character in "([{") - (character in ")]}")
        deepest = max(deepest, depth)
    if deepest > DEEPEST or _PREFIXES.search(line):
        raise _too_deep(line)
    return line


def _too_deep(line: str) -> InputError:
    return InputError(
        f"{shorten(line, 40)!r} is nested more than {DEEPEST} levels deep", hint="name parts of it as definitions"
    )


def _does_not_parse(line: str, error: SyntaxError) -> InputError:
    hint = "state an identity with ==" if re.search(r"(?<![=<>!:])=(?!=)", line) and "==" not in line else None
    column = f" at column {error.offset}" if error.offset and error.offset <= len(line) + 1 else ""
    return InputError(f"{shorten(line)!r} does not parse{column}: {shorten(error.msg)}", hint=hint)


def _check_nodes(line: str, tree: ast.expr) -> None:
    stack: list[tuple[ast.AST, ast.AST, int]] = [(tree, tree, 1)]
    while stack:
        node, place, depth = stack.pop()
        place = node if hasattr(node, "col_offset") else place
        if depth > DEEPEST:
            raise _too_deep(line)
        if not isinstance(node, ALLOWED):
            kind = type(node.op) if isinstance(node, ast.BoolOp) else type(node)
            name, hint = REFUSED.get(kind, (f"the construct {kind.__name__}", None))
            place = _before_operator(place) or place
            raise InputError(f"{name} at column {_found(line, name, place)} is not part of the language", hint=hint)
        # An operator is a child of its own: it adds no level.
        stack.extend((child, place, depth + isinstance(child, ast.expr)) for child in ast.iter_child_nodes(node))


def _before_operator(node: ast.AST) -> ast.expr | None:
    """The operand after which the first operator of ``node`` stands."""
    match node:
        case ast.BoolOp(values=[left, *_]) | ast.BinOp(left=left) | ast.Compare(left=left):
            return left
    return None


def _found(line: str, name: str, place: ast.AST) -> int:
    """The column of the operator ``name``, which comes after ``place``, or else of the construct ``place``."""
    after = len(line.encode()[: getattr(place, "end_col_offset", 0)].decode(errors="ignore"))
    at = line.find(name.strip("'"), after) if name.startswith("'") else -1
    return at + 1 if at >= 0 else column(line, place)


def column(line: str, node: ast.AST) -> int:
    """The column of ``node``, counted in characters from one (Python counts UTF-8 bytes from zero)."""
    return len(line.encode()[: getattr(node, "col_offset", 0)].decode(errors="ignore")) + 1


def source(line: str, node: ast.expr) -> str:
    """The text of ``node``."""
    return line.encode()[node.col_offset : node.end_col_offset].decode(errors="replace")


def exact(literal: str) -> Fraction:
    """The number that a decimal literal denotes, exactly: ``1.0999`` is 10999/10000.

    Raises:
        InputError: the literal is not decimal, or too large.
    """
    if len(literal) > LONGEST_LITERAL:
        raise InputError(f"the number {shorten(literal, 20)} has more than {LONGEST_LITERAL} characters")
    found = _NUMBER.fullmatch(literal)
    if not found or not re.search(r"[0-9]", literal):
        raise InputError(f"{literal} is no decimal number", hint="write numbers such as 3, 0.25 or 1e-9")
    if found.group(1) and abs(int(found.group(1))) > LARGEST_EXPONENT:
        raise InputError(f"the number {literal} has an exponent beyond {LARGEST_EXPONENT}")
    return Fraction(literal.replace("_", ""))
