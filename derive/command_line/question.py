"""One statement or one expression from the command line, answered in a process of its own under a time limit."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from derive.isolation import Call, Died, answers
from derive.language.errors import InputError
from derive.record import ClaimRecord, PaperRecord, make_record
from derive.run import Run
from derive.verdict import unexamined
from derive.versions import versions

if TYPE_CHECKING:
    from derive.language.tensor import Tensor

PAPER = "decide"
"""The id of the paper that a statement from the command line is taken for."""


@dataclass(frozen=True)
class Symbols:
    """What the command line says of the symbols: their shapes, properties and laws, and the sizes of indices."""

    shapes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    properties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    indices: dict[str, str] = field(default_factory=dict)
    laws: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """The answer, and in words what was inferred of the shapes."""

    answer: Any
    inferred: str


def read_symbols(
    shapes: Iterable[str], properties: Iterable[str], indices: Iterable[str], laws: Iterable[str] = ()
) -> Symbols:
    """The symbols that options such as ``A=n,d``, ``S=symmetric``, ``i=n`` and ``w=gaussian`` describe.

    Raises:
        InputError: an option is not of this form, or says two things of one symbol.
    """
    found = Symbols()
    for option in shapes:
        name, text = _split(option, "--shape", "A=n,d")
        if name in found.shapes:
            raise InputError(f"--shape {option}: the shape of {name} is already given")
        found.shapes[name] = tuple(axis.strip() for axis in text.strip("() ").split(",") if axis.strip())
    for option in properties:
        name, text = _split(option, "--property", "S=symmetric")
        words = tuple(word.strip() for word in text.split(",") if word.strip())
        found.properties[name] = found.properties.get(name, ()) + words
    for option in indices:
        name, text = _split(option, "--index", "i=n")
        found.indices[name] = text
    for option in laws:
        name, text = _split(option, "--law", "w=gaussian")
        found.laws[name] = text
    return found


def _split(option: str, flag: str, example: str) -> tuple[str, str]:
    name, equals, value = option.partition("=")
    if not equals or not name.strip():
        raise InputError(f"{flag} {option}: expected NAME=..., such as {flag} {example}")
    return name.strip(), value.strip()


def decide(
    statement: str,
    symbols: Symbols,
    given: Sequence[str],
    exists: Sequence[str] = (),
    *,
    seed: int,
    time_limit: float,
) -> tuple[str, Run]:
    """What was inferred of the shapes, and the run whose one claim is ``statement`` under the hypotheses ``given``.

    Of the symbols ``exists`` some values are enough.

    Raises:
        InputError: the statement does not parse, or its shapes are neither given nor inferred.
    """
    try:
        reply = _ask(_decide, (statement, symbols, tuple(given), tuple(exists), seed), time_limit)
    except (TimeoutError, Died) as error:
        reply = Reply(_without_answer(error, time_limit), "")
    claim = msgspec.structs.replace(
        reply.answer, where=None, reproduce=_command(statement, symbols, given, exists, seed)
    )
    record = make_record([PaperRecord(id=PAPER, claims=(claim,))], versions=versions(), seed=seed)
    return reply.inferred, Run(record)


def differentiate(
    expression: str, variables: Sequence[str], symbols: Symbols, *, order: int, form: str, time_limit: float
) -> tuple[str, str]:
    """What was inferred of the shapes, and the derivative of ``expression`` as text, LaTeX or NumPy code.

    Args:
        variables: one, or two for a mixed Hessian.
        order: 1 for the gradient of a scalar or the Jacobian of anything else, 2 for the Hessian.

    Raises:
        InputError: the expression does not parse, or its shapes are neither given nor inferred, or time runs out.
    """
    try:
        reply = _ask(_differentiate, (expression, tuple(variables), symbols, order, form), time_limit)
    except TimeoutError as error:
        raise InputError(f"no derivative within {time_limit:g} s", hint="--time-limit sets another limit") from error
    return reply.inferred, reply.answer


def _without_answer(error: Exception, time_limit: float) -> ClaimRecord:
    judgement = unexamined(error)
    return ClaimRecord(
        id=f"{PAPER}/statement",
        kind="identity",
        statement_tex="",
        verdict=judgement.verdict,
        reason=judgement.reason,
        seconds=time_limit if isinstance(error, TimeoutError) else 0.0,
    )


def _ask(function: Callable[..., Reply], arguments: tuple[Any, ...], time_limit: float) -> Reply:
    (answer,) = answers([Call(function, arguments)], jobs=1, time_limit=time_limit)
    if answer.error is not None:
        raise answer.error
    reply: Reply = answer.value
    return reply


def _command(statement: str, symbols: Symbols, given: Sequence[str], exists: Sequence[str], seed: int) -> str:
    options = [("--shape", f"{name}={','.join(shape)}") for name, shape in symbols.shapes.items()]
    options += [("--property", f"{name}={','.join(words)}") for name, words in symbols.properties.items()]
    options += [("--law", f"{name}={law}") for name, law in symbols.laws.items()]
    options += [("--index", f"{name}={size}") for name, size in symbols.indices.items()]
    options += [("--given", relation) for relation in given]
    options += [("--exists", name) for name in exists]
    return shlex.join(["derive", "decide", statement, *chain(*options), "--seed", str(seed)])


# What follows runs in the process of its own: it imports the mathematics.


def _names(texts: Sequence[str], symbols: Symbols) -> tuple[dict[str, Tensor], str]:
    """What each name in ``texts`` stands for, and in words what was inferred."""
    from derive.language.declarations import Declarations
    from derive.language.infer import infer_shapes
    from derive.language.laws import read_law

    declared = Declarations()
    laws = {name: read_law(text) for name, text in symbols.laws.items()}
    parameters = [text for law in laws.values() for text in law.parameters.values()]
    shapes = infer_shapes([*texts, *parameters], symbols.shapes, symbols.indices)
    for name, shape in sorted(shapes.items(), key=lambda item: item[0] in laws):  # a law may speak of the others
        axes = [int(axis) if axis.isdigit() else axis for axis in shape]
        declared.symbol(name, axes, symbols.properties.get(name, ()), law=laws.get(name))
    for name, size in symbols.indices.items():
        declared.index(name, size)
    for flag, names in (("--property", symbols.properties), ("--law", symbols.laws)):
        for name in sorted(set(names) - set(shapes)):
            raise InputError(f"{flag} {name}: nothing has this name")
    inferred = [f"{name} ({', '.join(shape)})" for name, shape in shapes.items() if name not in symbols.shapes]
    return declared.names, f"inferred shapes: {', '.join(inferred)}" if inferred else ""


def _decide(statement: str, symbols: Symbols, given: tuple[str, ...], exists: tuple[str, ...], seed: int) -> Reply:
    from derive.examination import judged
    from derive.language.paper import Paper

    names, inferred = _names([statement, *given], symbols)
    paper = Paper(PAPER)
    claim = paper.state("statement", [statement], given=list(given), exists=exists, where=("", 0), names=names)
    return Reply(judged(claim, seed), inferred)


def _differentiate(expression: str, variables: tuple[str, ...], symbols: Symbols, order: int, form: str) -> Reply:
    from derive.calculus.algebra import Undecidable
    from derive.calculus.telling import teller
    from derive.language.abbreviation import abbreviated, abbreviations
    from derive.language.derivatives import grad, hessian, jacobian
    from derive.language.latex import latex
    from derive.language.text import parse_tensor

    names, inferred = _names([expression, *variables], symbols)
    model = parse_tensor(expression, names)
    points = [parse_tensor(variable, names) for variable in variables]
    _check_occurrence(points, model, symbols)
    operand = abbreviated(model)
    derivative = hessian(operand, *points) if order == 2 else (jacobian if operand.shape else grad)(operand, *points)
    try:
        told, [(derived, axes)] = teller([derivative], abbreviations(operand))
    except Undecidable as error:
        raise InputError(f"no derivative in closed form: {error}") from error
    matrix = told.tensor(derived, axes)
    tex = told.indices(derived, axes) if matrix is None else latex(matrix)
    return Reply(_printed(matrix, tex, form), inferred)


def _check_occurrence(points: Sequence[Tensor], model: Tensor, symbols: Symbols) -> None:
    """Refuse a variable that the model lacks: a slip of the pen, unless its shape is given."""
    from derive.language.derivatives import underlying

    inside = set(model.walk())
    for point in points:
        symbol = underlying(point)
        if symbol not in inside and symbol.name not in symbols.shapes:
            raise InputError(
                f"{symbol.name} does not occur in {model!r}",
                hint=f"name one of its symbols; with --shape {symbol.name}=... the derivative 0 is taken",
            )


def _printed(matrix: Tensor | None, tex: str | None, form: str) -> str:
    """A derivative as text, LaTeX or NumPy code; in indices, as LaTeX, where matrix notation has no words for it."""
    from derive.language.abbreviation import abbreviations
    from derive.language.latex import latex
    from derive.language.numpy_code import numpy_code
    from derive.language.plain import plain

    if tex is None:
        raise InputError("the derivative has no matrix notation, and is too long to read in indices")
    if form == "numpy" and matrix is None:
        raise InputError(f"the derivative has no matrix notation: {tex}", hint="print it with --format latex")
    if form == "numpy" and matrix is not None:
        return numpy_code(matrix)
    used = abbreviations(matrix) if matrix is not None else []
    if form == "latex":
        return "\n".join([tex, *(f"{latex(part)} = {latex(part.operand)}" for part in used)])
    if matrix is None:
        return f"in indices: {tex}"
    return "\n".join([plain(matrix), *(f"  {part.name} = {plain(part.operand)}" for part in used)])
