"""Claims and places that the tests of planted errors share."""

from collections.abc import Callable

import pytest

from derive.language.paper import Claim, Paper
from derive.language.symbols import dim, index, symbol
from derive.language.tensor import Tensor
from derive.language.text import parse_tensor

State = Callable[..., Claim]


@pytest.fixture(scope="session")
def names() -> dict[str, Tensor]:
    n, d = dim("n"), dim("d")
    found: list[Tensor] = [n, d, index("i", n), index("j", n), symbol("A", n, d), symbol("S", n, n), symbol("T", n, n)]
    found += [symbol("x", d), symbol("b", n), symbol("c", n), symbol("t"), symbol("s")]
    return {repr(each): each for each in found}


@pytest.fixture(scope="session")
def tensor(names: dict[str, Tensor]) -> Callable[[str], Tensor]:
    return lambda text: parse_tensor(text, names)


@pytest.fixture
def state(names: dict[str, Tensor]) -> State:
    """A claim in the text language, in a paper of its own: ``state("grad(b @ b, b) == 2*b", let={}, given=[])``."""

    def claim(*statements: str, let: dict[str, str] | None = None, given: list[str] | None = None) -> Claim:
        paper = Paper("paper", names=dict(names))
        for name, value in (let or {}).items():
            paper.names[name] = paper.let(name, value)
        return paper.claim("claim", list(statements), given=given or [])

    return claim
