"""Text of a stranger costs an error, in bounded time and memory, whatever it is."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest

from derive.language.api import Paper, Tensor, dim, dims, kron, matrix, scalar, vector
from derive.language.errors import InputError
from derive.language.plain import plain
from derive.language.text import parse
from derive.language.toml import read

SECONDS = 2.0
"""Each case takes milliseconds; only unbounded work comes near this."""

n = dims("n")
assert isinstance(n, Tensor)
NAMES: dict[str, Tensor] = {"n": n, "A": matrix("A", n, n), "x": vector("x", n), "t": scalar("t")}


@pytest.fixture(autouse=True)
def _in_bounded_time() -> Iterator[None]:
    start = perf_counter()
    yield
    assert perf_counter() - start < SECONDS


DEEP = 9000

TEXTS = {
    "parentheses": "(" * DEEP + "t" + ")" * DEEP,
    "brackets": "[" * DEEP + "]" * DEEP,
    "calls": "exp(" * 3000 + "t" + ")" * 3000,
    "just too deep": "exp(" * 101 + "t" + ")" * 101,
    "open parentheses": "(" * 20_000,
    "signs": "-" * DEEP + "t",
    "spaced signs": "- " * DEEP + "t",
    "mixed signs": "+-~" * 3000 + "t",
    "nots": "not " * 4000 + "t",
    "lambdas": "lambda:" * 2500 + "t",
    "transposes": "A" + ".T" * DEEP,
    "subscripts": "A" + "[0]" * 6000,
    "powers": "**".join("t" * DEEP),
    "sums": "+".join("t" * DEEP),
    "comparisons": "t" + "<t" * DEEP,
    "shifts": "A" + ">>A" * 6000,
    "conditionals": "t if t else " * 1600 + "t",
    "tuples": "t," * DEEP,
    "and": " and ".join("t" * 3000),
    "long": "t + " * 1_000_000 + "t",
    "constant power": "9**9**9",
    "constant power tower": "9**9**9**9**9",
    "power of a power": "((((t**64)**64)**64)**64)",
    "constant power of a power": "((((9**64)**64)**64)**64)",
    "large exponent": "t**1000000",
    "large negative exponent": "2**-1000000",
    "power of a sum of powers": "9**(9**9 + 9**9)",
    "fine exponent": "t**0.123456789",
    "literal": "9" * 15_000,
    "longer literal than Python reads": "9" * 19_000,
    "hexadecimal": "0x" + "f" * 15_000,
    "decimal": "0." + "1" * 15_000,
    "exponent": "1e999999999",
    "negative exponent": "1e-999999999",
    "exponent of many digits": "1e" + "9" * 10_000,
    "identity": "eye(10**30)",
    "size": "eye(999999999999)",
    "size zero": "ones(0)",
    "negative size": "ones(-n)[0]",
    "size of large degree": "eye(((n**8)**8)**8)",
    "size of many terms": "eye((n*n + n + 1)**60)",
    "import": "__import__('os').system('true')",
    "class": "t.__class__.__bases__[0].__subclasses__()",
    "dunder": "__builtins__",
    "dunder method": "A.__matmul__(x)",
    "globals": "exp.__globals__",
    "format": "'{0.__class__}'.format(t)",
    "eval": "eval('1')",
    "open": "open('/etc/passwd')",
    "null": "t\0",
    "surrogate": "t + \ud800",
    "bell": "t\a",
    "backslash": "t \\\n + t",
    "string escape": "norm(x, '\\x31')",
    "unicode name": "norm(x, '\\N{BULLET}')",
    "bytes": "norm(x, b'1')",
    "long name": "a" * 19_000,
    "long method": "t." + "a" * 19_000,
    "long order": "norm(x, '" + "q" * 19_000 + "')",
    "many names": "+".join(f"a{k}" for k in range(3000)),
    "unclosed string": "norm(x, 'fro",
    "triple quotes": "'''" + "a" * 1000,
    "type comment": "t # type: ignore",
    "print": "print(t)",
    "await": "await t",
    "yield": "(yield)",
    "soft keyword": "match t",
    "decimal point": ".",
    "walrus in call": "exp(t:=1)",
    "index": "x[10**30]",
    "axis": "A.sum(axis=10**30)",
    "axes": "A.sum(axis=(0, 0, 5))",
    "repeated axes": "A.sum(axis=(" + "0," * 9000 + "))",
    "full-width": "x.ｓｕｍ",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_text_gets_an_error_of_one_screen(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, NAMES)
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("seed", range(8))
def test_any_text_is_read_or_refused(seed: int) -> None:
    words = [
        "t",
        "x",
        "A",
        "n",
        "1",
        "0.5",
        "2",
        "(",
        ")",
        "[",
        "]",
        ",",
        ":",
        ".T",
        ".sum(",
        "axis=",
        "0",
        "None",
        "...",
    ]
    words += [
        "+",
        "-",
        "*",
        "/",
        "@",
        "**",
        "==",
        "<=",
        ">>",
        " ",
        "exp(",
        "norm(",
        "eye(",
        "grad(",
        "max(",
        "vec(",
        "'fro'",
    ]
    words += [
        "hessian(",
        "softmax(",
        "array([",
        "inf",
        "True",
        "order=",
        "keepdims=",
        "kron(",
        "diag(",
        "subs(",
        "jvp(",
    ]
    words += list(string.punctuation)
    chance = random.Random(seed)
    refused = 0
    for _ in range(600):
        text = "".join(chance.choices(words, k=chance.randint(1, 12)))
        try:
            parse(text, NAMES)
        except InputError:
            refused += 1
    assert 0 < refused < 600


def chain(step: str, levels: int) -> str:
    """A paper in which each definition uses the one before."""
    lets = "\n".join(f'a{k + 1} = "{step.format(a=f"a{k}")}"' for k in range(levels))
    return f"""
[paper]
id = "chain"
[symbols]
a0 = {{ shape = [] }}
[let]
{lets}
[[claim]]
id = "c"
statement = "a{levels} == 0"
"""


def claim_of(text: str, folder: Path) -> tuple[str | None, int]:
    path = folder / "paper.toml"
    path.write_text(text)
    [paper] = read(path)
    return paper.claims[0].problem, len(paper.claims[0].relations)


def test_sixty_definitions_that_double_are_read_at_once(tmp_path: Path) -> None:
    assert claim_of(chain("{a} + {a}", 60), tmp_path) == (None, 1)


@pytest.mark.parametrize(
    ("step", "levels", "says"),
    [("{a}*{a}", 60, "a6*a6 has a degree"), ("{a}**64", 8, "a1**64 has"), ("exp({a})", 500, "nested more than")],
)
def test_definitions_that_grow_beyond_measure_make_the_claim_ill_posed(
    step: str, levels: int, says: str, tmp_path: Path
) -> None:
    problem, relations = claim_of(chain(step, levels), tmp_path)
    assert problem is not None
    assert says in problem
    assert relations == 0


def test_an_expression_that_shares_its_parts_is_printed_in_linear_time() -> None:
    doubled: Tensor = scalar("t")
    for _ in range(60):
        doubled = doubled * doubled + doubled
    assert len(repr(doubled)) < 200
    assert len(plain(doubled)) < 20_000
    with pytest.raises(InputError) as caught:
        doubled @ doubled
    assert len(str(caught.value)) < 1000


def test_a_size_that_shares_its_parts_is_refused_in_linear_time() -> None:
    size = dim("m")
    for _ in range(60):
        size = size * size
    with pytest.raises(InputError, match="too large"):
        vector("v", size)


def test_a_product_that_shares_its_parts_has_no_axis_too_large_to_write() -> None:
    product: Tensor = matrix("M", 2, 2)
    for _ in range(5):
        product = kron(product, product)
    with pytest.raises(InputError, match="too large"):
        kron(product, product)


FILES = {
    "empty": b"",
    "binary": bytes(range(256)),
    "null": b'[paper]\nid = "a\0"',
    "deep list": b"a = " + b"[" * 100_000,
    "deep table": b"a = " + b"{a = " * 20_000,
    "deep key": b"a" + b".a" * 20_000 + b" = 1",
    "deep header": b"[" + b"a." * 20_000 + b"a]",
    "large": b"#" * (2 * 2**20),
    "large integer": b"[paper]\nid = " + b"9" * 100_000,
    "large hexadecimal": b'[paper]\nid = "a"\n[dimensions]\nk = 0x' + b"f" * 100_000,
    "large hexadecimal shape": b'[paper]\nid = "a"\n[symbols]\nx = { shape = [0x' + b"f" * 100_000 + b"] }",
    "large float": b"[paper]\nid = 1e999999999",
    "not a number": b'[paper]\nid = "a"\n[let]\na = nan',
    "long id": b'[paper]\nid = "' + b"a" * 100_000 + b'"',
    "path id": b'[paper]\nid = "../../etc/passwd"',
    "long name": b'[paper]\nid = "a"\n[symbols]\n' + b"a" * 100_000 + b" = 1",
    "dunder name": b'[paper]\nid = "a"\n[symbols]\n__class__ = { shape = [] }',
    "size": b'[paper]\nid = "a"\n[symbols]\nx = { shape = ["' + b"9" * 30 + b'"] }',
    "size expression": b'[paper]\nid = "a"\n[symbols]\nx = { shape = ["9**9**9"] }',
    "many symbols": b'[paper]\nid = "a"\n[symbols]\n' + b"".join(b"a%d = {}\n" % k for k in range(20_000)),
    "many definitions": b'[paper]\nid = "a"\n[let]\n' + b"".join(b"a%d = 1\n" % k for k in range(20_000)),
    "many claims": b'[paper]\nid = "a"\n' + b"[[claim]]\n" * 20_000,
    "many dimensions": b'[paper]\nid = "a"\n[symbols]\nx = { shape = [' + b'"n",' * 50_000 + b"] }",
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_hostile_file_gets_an_error_of_one_screen(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "paper.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert len(str(caught.value)) < 1000
    assert caught.value.file == str(path)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_hostile_definition_makes_only_its_claim_ill_posed(text: str) -> None:
    paper = Paper("p")
    t = paper.define("a", text, tex=None, names=NAMES)
    claim = paper.state("c", "a == 0", given=(), where=("f", 1), names={})
    other = paper.state("d", "t == 0", given=(), where=("f", 1), names=NAMES)
    assert t is not None
    assert claim.problem is not None
    assert len(claim.problem) < 1000
    assert other.problem is None
