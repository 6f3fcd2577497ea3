"""A TeX formula as a row of atoms with their rendered widths.

Enough of TeX's grammar to know where a line may break and about how wide each piece comes out: groups, fractions,
delimiters and environments are atoms that never break. Widths are in em of Computer Modern at text size, read off the
metrics of its digits, letters and operators; they err on the wide side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+\*?)\}")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RELATIONS = _words(
    r"= < > : \le \leq \ge \geq \ne \neq \equiv \approx \sim \simeq \cong \propto \preceq \succeq \prec \succ \ll \gg"
    r" \in \notin \subset \subseteq \to \mapsto \Rightarrow \Leftrightarrow \implies \iff \leqslant \geqslant"
    r" \preccurlyeq \succcurlyeq \colon"
)
SIGNS = _words(r"+ - \pm \mp")
PRODUCTS = _words(r"\cdot \circ \odot \otimes \times \oplus * / \ast \div")
OPENING = _words(r"( [ \{ \langle \lVert \lvert \lfloor \lceil \lbrace \lbrack")
CLOSING = _words(r") ] \} \rangle \rVert \rvert \rfloor \rceil \rbrace \rbrack")
FRACTIONS = {r"\frac": 1.0, r"\dfrac": 1.0, r"\tfrac": 0.7, r"\binom": 1.0}
LARGE = _words(r"\sum \prod \int \bigcup \bigcap")
NAMES = _words(
    r"\exp \log \ln \sin \cos \tan \sinh \cosh \tanh \min \max \det \dim \ker \sup \inf \lim \arg \Pr \deg \gcd"
)
TEXTS = _words(r"\text \textrm \textit \textbf")
WRAPPERS = _words(
    r"\mathrm \mathbf \mathsf \mathit \mathtt \mathcal \mathbb \mathfrak \boldsymbol \operatorname \hat \widehat"
    r" \tilde \widetilde \bar \overline \underline \vec \dot \ddot \check \breve \mathring"
)
SIZES = _words(r"\big \Big \bigg \Bigg \bigl \bigr \Bigl \Bigr \biggl \biggr \Biggl \Biggr \bigm \Bigm")
SPACES = {r"\,": 0.17, r"\:": 0.22, r"\>": 0.22, r"\;": 0.28, r"\ ": 0.33, "~": 0.33, r"\!": -0.17}
SPACES |= {r"\quad": 1.0, r"\qquad": 2.0, r"\displaystyle": 0.0, r"\textstyle": 0.0}


class Role(Enum):
    """What an atom does in its row."""

    ORDINARY = auto()
    RELATION = auto()
    SIGN = auto()
    PRODUCT = auto()
    OPENING = auto()
    CLOSING = auto()
    PUNCTUATION = auto()


@dataclass(frozen=True)
class Atom:
    """A piece of a formula that stays together; ``depth`` counts the parentheses it stands in."""

    tex: str
    width: float
    role: Role
    depth: int


def atoms(tex: str) -> list[Atom]:
    """The atoms of ``tex`` in order, each with the blanks behind it. Joined they are ``tex`` again."""
    return list(_atoms(tex))


@lru_cache(maxsize=8192)  # a formula is measured again as a part of another, and once a format
def _atoms(tex: str) -> tuple[Atom, ...]:
    row: list[Atom] = []
    depth = 0
    for piece, width, role in _Reader(tex).pieces():
        depth -= role is Role.CLOSING
        row.append(Atom(piece, width, _unary(row, role), max(depth, 0)))
        depth += role is Role.OPENING
    return tuple(row)


def width(tex: str) -> float:
    """The estimated width of ``tex`` in em."""
    return sum(atom.width for atom in atoms(tex))


def opened(tex: str, limit: float) -> str:
    """The formula with delimiters of fixed size where what they enclose is wider than a line.

    Between these a line may break, as it may not between ``\\left`` and ``\\right``.
    """
    return "".join(
        _fixed(atom.tex, limit) if atom.width > limit and atom.tex.startswith(r"\left") else atom.tex
        for atom in atoms(tex)
    )


def _fixed(tex: str, limit: float) -> str:
    """One delimited group, what is too wide inside it opened in turn; scripts behind it stay."""
    _, opening, *tokens = (token for token in TOKEN.findall(tex) if not token.isspace() or token == " ")
    level = 1
    for end, token in enumerate(tokens):
        level += (token == r"\left") - (token == r"\right")
        if not level:
            inside, closing, rest = tokens[:end], tokens[end + 1], tokens[end + 2 :]
            body = opened("".join(inside), limit)
            return rf"\Bigl{opening} {body} \Bigr{closing}{''.join(rest)}"
    return tex


def _unary(row: list[Atom], role: Role) -> Role:
    """A sign that nothing stands before is part of what follows, and no place to break."""
    before = row[-1].role if row else Role.OPENING
    if role is Role.SIGN and before not in (Role.ORDINARY, Role.CLOSING):
        return Role.ORDINARY
    return role


class _Reader:
    """Reads pieces off a formula from left to right. Faulty TeX ends early; it is never an error here."""

    def __init__(self, tex: str) -> None:
        self.tokens = TOKEN.findall(tex.strip())
        self.at = 0

    def pieces(self) -> Iterator[tuple[str, float, Role]]:
        while self.at < len(self.tokens):
            start = self.at
            wide, role = self.nucleus()
            wide += self.scripts()
            self.skip_blanks()
            yield "".join(self.tokens[start : self.at]), wide, role

    def take(self) -> str:
        token: str = self.tokens[self.at] if self.at < len(self.tokens) else ""
        self.at += 1
        return token

    def nucleus(self) -> tuple[float, Role]:
        token = self.take()
        if token in RELATIONS:
            return 1.34, Role.RELATION
        if token in SIGNS:
            return 1.22, Role.SIGN
        if token in PRODUCTS:
            return 0.95, Role.PRODUCT
        if token in OPENING:
            return 0.45, Role.OPENING
        if token in CLOSING:
            return 0.45, Role.CLOSING
        if token in (",", ";"):
            return 0.45, Role.PUNCTUATION
        if token in SPACES:
            return SPACES[token], Role.PUNCTUATION
        if token in SIZES:
            wide, role = self.nucleus()
            return 1.6 * wide, {"l": Role.OPENING, "r": Role.CLOSING}.get(token[-1], role)
        return self.ordinary(token), Role.ORDINARY

    def skip_blanks(self) -> None:
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1

    def ordinary(self, token: str) -> float:
        if token == "{":
            return width(self.rest_of_group())
        if token == r"\left":
            return self.rest_of_delimited() + 0.6
        if token == r"\begin":
            return self.rest_of_environment()
        if token in FRACTIONS:
            return FRACTIONS[token] * max(self.argument(), self.argument()) + 0.25
        if token == r"\sqrt":
            return self.argument() + 0.9
        if token in TEXTS:
            return 0.5 * len(self.group())
        if token in WRAPPERS:
            return self.argument()
        if token in NAMES:
            return 0.5 * len(token) + 0.1
        if token in LARGE:
            return 1.6
        return 0.75 if token.isupper() or len(token) > 1 else 0.55

    def argument(self) -> float:
        self.skip_blanks()
        return self.nucleus()[0]

    def scripts(self) -> float:
        """The width of the sub- and superscripts that follow, one above the other."""
        widest = 0.0
        while self.at < len(self.tokens) and self.tokens[self.at] in ("^", "_", "'"):
            widest = max(widest, 0.3 if self.take() == "'" else 0.72 * self.argument())
        return widest

    def group(self) -> str:
        self.skip_blanks()
        return self.rest_of_group() if self.take() == "{" else " "

    def rest_of_group(self) -> str:
        return self.until("{", "}")

    def until(self, opening: str, closing: str) -> str:
        start, level = self.at, 1
        while level and self.at < len(self.tokens):
            token = self.take()
            level += (token == opening) - (token == closing)
        return "".join(self.tokens[start : self.at - (level == 0)])

    def rest_of_delimited(self) -> float:
        self.take()
        inside = self.until(r"\left", r"\right")
        self.take()
        return width(inside)

    def rest_of_environment(self) -> float:
        inside = self.until(r"\begin", r"\end")
        while self.at < len(self.tokens) and self.take() != "}":
            pass
        rows = [row.split("&") for row in re.sub(_ENVIRONMENT, "", inside, count=1).split(r"\\")]
        columns = max(map(len, rows))
        return sum(max(width(row[k]) for row in rows if k < len(row)) + 1.0 for k in range(columns)) + 0.5
