"""Long equations broken into lines: at relations, then signs, then products, inside parentheses last."""

from __future__ import annotations

from dataclasses import dataclass

from derive.render.atoms import Atom, Role, atoms, opened

INDENT = 1.0
"""How far a line that goes on is moved in, in em (``\\quad``)."""


@dataclass(frozen=True)
class Equation:
    """The lines of one equation, each with the one ``&`` at which they are aligned; ``left`` em stand before it."""

    lines: tuple[str, ...]
    left: float


def aligned(tex: str, limit: float) -> str:
    """``tex`` as it is where it fits ``limit`` em, otherwise broken into an ``aligned``."""
    row = atoms(tex)
    if _has_lines(tex) or _width(row) <= limit:
        return tex
    lines = equation(tex, limit).lines
    return tex if len(lines) == 1 else "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def equation(tex: str, limit: float) -> Equation:
    """``tex`` broken to ``limit`` em and aligned at its first relation.

    Equations listed with a comma and a ``\\quad`` stand below each other where they do not fit one line. A left side of
    more than 0.4 of the limit stands on a line of its own, so that the right side has room.
    """
    row = atoms(opened(tex, limit))
    if _width(row) <= limit:
        return _equation(row, limit)
    parts = _listed(row)
    widest = max(_equation(part, limit).left for part in parts)
    broken = [_equation(part, limit - widest + _equation(part, limit).left) for part in parts]
    return Equation(tuple(line for part in broken for line in part.lines), widest)


def _equation(row: list[Atom], limit: float) -> Equation:
    relation = _first_relation(row)
    if relation is None:
        return Equation(tuple(_aligned_lines([], row, limit)), 0.0)
    left, right = row[:relation], row[relation:]
    if _width(row) > limit and _width(left) > 0.4 * limit:
        return Equation(tuple(_aligned_lines([], row, limit)), 0.0)
    return Equation(tuple(_aligned_lines(left, right, limit - _width(left))), _width(left))


def _listed(row: list[Atom]) -> list[list[Atom]]:
    """The row split at each top-level comma that a wide space follows; the space is dropped."""
    parts: list[list[Atom]] = [[]]
    for before, atom in zip([None, *row], row, strict=False):
        after_comma = before is not None and before.tex.strip() in (",", ";")
        if after_comma and atom.depth == 0 and atom.tex.strip() in (r"\quad", r"\qquad"):
            parts.append([])
        else:
            parts[-1].append(atom)
    return [part for part in parts if part]


def _has_lines(tex: str) -> bool:
    return tex.startswith((r"\begin{aligned}", r"\begin{cases}", r"\begin{gathered}"))


def _first_relation(row: list[Atom]) -> int | None:
    return next((k for k, atom in enumerate(row) if atom.role is Role.RELATION and atom.depth == 0), None)


def _aligned_lines(left: list[Atom], right: list[Atom], limit: float) -> list[str]:
    lines = _broken(right, limit)
    first = f"{_text(left)} & {_text(lines[0])}".strip()
    return [first, *(f"& {_continued(line)}" for line in lines[1:])]


def _continued(line: list[Atom]) -> str:
    """A line that does not start with a relation is moved in; the empty group makes its sign a binary one.

    A product that is broken before a parenthesis gets a dot: two lines that no sign joins read as two formulas.
    """
    text = _text(line)
    if line[0].role is Role.RELATION:
        return text
    dot = r"\cdot " if _opens(line[0]) else ""
    return rf"\quad {{}} {dot}{text}"


def _broken(row: list[Atom], limit: float) -> list[list[Atom]]:
    lines: list[list[Atom]] = []
    while _width(row) > limit - (INDENT if lines else 0.0):
        k = _best_break(row, limit - (INDENT if lines else 0.0))
        if k is None:
            break
        lines.append(row[:k])
        row = row[k:]
    return [*lines, row]


def _best_break(row: list[Atom], limit: float) -> int | None:
    """The place of lowest penalty within ``limit``, the last of several; where there is none the first one beyond."""
    places = [(k, penalty) for k in range(1, len(row)) if (penalty := _penalty(row, k)) is not None]
    within = [(penalty, -k) for k, penalty in places if _width(row[:k]) <= limit]
    if within:
        return -min(within)[1]
    return places[0][0] if places else None


def _penalty(row: list[Atom], k: int) -> int | None:
    """How bad it is to break before atom ``k``; None where that is no place to break."""
    atom, before = row[k], row[k - 1]
    if atom.role is Role.RELATION:
        return 0 if atom.depth == 0 else None
    if atom.role is Role.SIGN and not _only_relation(row[:k]):
        return 1 + 3 * atom.depth
    if atom.role is Role.PRODUCT:
        return 2 + 3 * atom.depth
    if _closes(before) and _opens(atom):
        return 3 + 3 * atom.depth
    return None


def _closes(atom: Atom) -> bool:
    return atom.role is Role.CLOSING or atom.tex.startswith(r"\left")


def _opens(atom: Atom) -> bool:
    return atom.role is Role.OPENING or atom.tex.startswith(r"\left")


def _only_relation(row: list[Atom]) -> bool:
    return all(atom.role is Role.RELATION or not atom.tex.strip() for atom in row)


def _width(row: list[Atom]) -> float:
    return sum(atom.width for atom in row)


def _text(row: list[Atom]) -> str:
    return "".join(atom.tex for atom in row).strip()
