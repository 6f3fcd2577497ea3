"""Small papers that tests write into files."""

HEAD = """
from derive import Paper, dims, grad, norm, scalar, vector
n, d = dims("n d")
x, y = vector("x", n), vector("y", d)
"""

GOOD = (
    HEAD
    + """
paper = Paper("good", title="A good paper")
paper.claim("gradient", grad(x @ x, x) == 2 * x, cite="Lemma 1")
paper.claim("value", x @ x == norm(x)**2, cite="Lemma 2")
"""
)

WRONG = (
    HEAD
    + """
paper = Paper("wrong")
paper.claim("gradient", grad(x @ x, x) == 3 * x)
"""
)

ERRATUM = (
    HEAD
    + """
paper = Paper("erratum")
paper.claim("gradient", grad(x @ x, x) == 3 * x, expect="refuted", reason="a slip of the pen")
"""
)

MIXED = (
    HEAD
    + """
paper = Paper("mixed")
paper.claim("wrong", grad(x @ x, x) == 3 * x)
paper.claim("right", grad(x @ x, x) == 2 * x)
"""
)

TOML = """
[paper]
id = "text"
[symbols]
x = { shape = ["n"] }
[[claim]]
id = "gradient"
statement = "grad(x @ x, x) == 2*x"
"""

LOOP = "while True:\n    pass\n"

FAULTY = (
    HEAD
    + """
import os, signal
import derive.examination

def judge(claim, *, seed, without, used):
    name = claim.id.partition("/")[2]
    if name == "endless":
        while True:
            pass
    if name == "dying":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "greedy":
        bytearray(10**13)
    if name == "raising":
        raise ArithmeticError("lost in\\nthe middle")
    return sound(claim, seed=seed, without=without, used=used)

sound, derive.examination.judge = derive.examination.judge, judge
paper = Paper("faulty")
for name in ("endless", "dying", "greedy", "raising", "sound"):
    paper.claim(name, grad(x @ x, x) == 2 * x)
"""
)
"""A paper whose claims fail in every way that an examination can: the file puts its own in derive's place."""

CHAIN = """
from derive import Paper, dim, matrix, scalar, trace
n = dim("n")
A, B, R = matrix("A", n, n), matrix("B", n, n), scalar("R")
paper = Paper("chain")
paper.claim("bound", trace(A @ B) <= R, given=[trace(B @ A) <= R], using="trace")
paper.claim("trace", trace(A @ B) == trace(B @ A))
paper.claim("theorem", R <= R + 1, using=["bound", "LAST"])
"""
"""A lemma from which a bound is proved, stated behind it, and a theorem that uses the bound and one claim more."""
