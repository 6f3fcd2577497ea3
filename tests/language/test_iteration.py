"""Iterations as an author writes them: what is refused, and that the text form says the same."""

from __future__ import annotations

import pytest

import derive as dv
from derive.language.binding import free_symbols
from derive.language.latex import latex
from derive.language.plain import plain
from derive.language.text import parse

n = dv.dim("n")
A, H = dv.matrix("A", n, n, psd=True), dv.matrix("H", n, n)
x, v, x0 = dv.vector("x", n), dv.vector("v", n), dv.vector("x0", n)
eta, t, i = dv.scalar("eta", tex=r"\eta"), dv.time("t"), dv.index("i", n)
paper = dv.Paper("descent")
L = paper.let("L", (x @ A @ x) / 2)
named = paper.let("run", dv.iterate(x, x - eta * dv.grad(L, x), start=x0))
assert isinstance(named, dv.Run)
run: dv.Run = named
heavy_ball = dv.iterate([x, v], [x - v, v / 2 + eta * dv.grad(L, x)], start=[x0, dv.zeros(n)])
newton = dv.iterate(x, x - dv.inv(H) @ dv.grad(L, x), choose=H, where=[A << 2 * H, H << 2 * A])
NAMES: dict[str, dv.Tensor] = {"n": n, "A": A, "H": H, "x": x, "v": v, "x0": x0, "eta": eta, "t": t, "i": i}
NAMES |= {"L": L, "run": run}

WRITTEN = [
    (run(dv.norm(x), t + 1), "run(norm(x), t + 1)", r"\|x(t + 1)\|_2"),
    (run(L, t), "run(L, t)", "L(t)"),
    (run(x[i], t), "run(x[i], t)", "x_i(t)"),
    (run(dv.grad(L, x), t), "run(grad(L, x), t)", r"\nabla_x L(t)"),
    (run(x - run(x, 0), t), "run(x - run(x, 0), t)", "x(t) - x(0)"),
    (run.first(L <= 1), "run.first(L <= 1)", r"\min\{s \ge 0 : L(s) \le 1\}"),
    (run.always([L <= 1, x >= 0], t), "run.always([L <= 1, x >= 0], t)", r"L(s) \le 1,\ x(s) \ge 0\ \forall s \le t"),
    (
        dv.iterate(x, x - eta * dv.grad(L, x), start=x0),
        "iterate(x, x - eta*grad(L, x), start=x0)",
        r"x(s + 1) = x(s) - \eta \nabla_x L(s),\ x(0) = x_0",
    ),
]


@pytest.mark.parametrize(("expression", "text", "tex"), WRITTEN, ids=[row[1] for row in WRITTEN])
def test_what_is_printed_along_a_run_has_its_time(expression: dv.Tensor, text: str, tex: str) -> None:
    assert plain(expression) == text
    assert latex(expression) == tex


@pytest.mark.parametrize("expression", [*(row[0] for row in WRITTEN), heavy_ball, newton, newton(x, t)], ids=repr)
def test_the_text_form_reads_what_is_printed(expression: dv.Tensor) -> None:
    found = parse(plain(expression), NAMES)
    assert isinstance(found, dv.Tensor)
    assert plain(found) == plain(expression)


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        (run(x, t), "x0 A eta t"),
        (dv.iterate(x, x - eta * x)(dv.norm(x), t), "x eta t"),
        (newton(x, 3), "x A"),
        (run(x - v, t), "x0 A eta t v"),
        (run(x, t) + x, "x x0 A eta t"),
        (run.always(x <= v, t), "x0 A eta t v"),
    ],
    ids=str,
)
def test_states_and_choices_are_bound(expression: dv.Tensor, names: str) -> None:
    assert free_symbols(expression).keys() == set(names.split())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("iterate(x + 1, x)", "the state x + 1 is not a symbol"),
        ("iterate(x, A)", "the update A has shape (n, n), and the state x has shape (n,)"),
        ("iterate([x, v], x)", "2 states have 1 updates"),
        ("iterate(x, x, choose=2*H)", "the choice 2*H is not a symbol"),
        ("run(x, x)", "a number of steps is a scalar, and x has shape (n,)"),
        ("run(norm(x), -1)", "the number of steps -1 is not 0, 1, 2, ..."),
        ("run(norm(x), 1/2)", "the number of steps 1/2 is not 0, 1, 2, ..."),
        ("run(x)", "'run(x)' at column 1: missing a required argument: 'time'"),
        ("norm(x).first(x <= 0)", "'norm(x)' at column 1 is no iteration"),
        ("run.first(x)", "x is no event"),
    ],
)
def test_what_is_no_iteration_is_refused(text: str, message: str) -> None:
    with pytest.raises(dv.InputError) as raised:
        parse(text, NAMES)
    assert raised.value.message == message


def test_a_claim_in_text_means_what_the_one_in_python_does() -> None:
    written = paper.claim("python", run(L, t + 1) <= run(L, t), given=eta <= 1)
    read = paper.claim("text", "run(L, t + 1) <= run(L, t)", given="eta <= 1")
    assert [repr(relation) for relation in written.relations] == [repr(relation) for relation in read.relations]


def test_a_step_size_that_nothing_defines_makes_a_claim_ill_posed() -> None:
    claim = paper.claim("no-step-size", "iterate(x, x - gamma*grad(L, x))(L, t) <= L")
    assert claim.problem == "nothing defines 'gamma' at column 16"
