"""Is one closed form at most another, for all values that the parameters may have?

Parameters are replaced by their least value plus a number that is not negative; exponentials are compared with their
power series. Where every coefficient of what is left is nonnegative the claim is proved. What is not proved this way
may still be true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import lcm

import sympy as sp

from derive.bounds.order_factors import signed_by_factors
from derive.bounds.order_samples import fails_somewhere

TERMS = 400
"""Terms of an expanded difference beyond which it is left undecided."""

SERIES = 4
"""Terms of the power series that an exponential is replaced by from below."""

LARGEST_CHOICE = 5
"""Parameters among which it is tried which of them to replace by their upper bounds."""

Relations = Sequence[tuple[sp.Expr, sp.Expr, bool]]


def at_most(small: sp.Expr, large: sp.Expr, relations: Relations) -> bool:
    """Is ``small <= large`` proved wherever the relations between parameters hold?"""
    return small == large or (not fails_somewhere(small, large, relations) and _proved(small, large, relations))


def _proved(small: sp.Expr, large: sp.Expr, relations: Relations) -> bool:
    if isinstance(small, sp.Max):
        return all(_proved(part, large, relations) for part in small.args)
    least = next((part for part in sp.Add.make_args(large) if isinstance(part, sp.Min)), None)
    if least is not None:
        return all(_proved(small, large - least + part, relations) for part in least.args)
    most = next((part for part in sp.Add.make_args(small) if isinstance(part, sp.Min)), None)
    if most is not None and any(_proved(small - most + part, large, relations) for part in most.args):
        return True
    return any(_nonnegative(trial, relations) for trial in _weakened(small, large, relations))


def _weakened(small: sp.Expr, large: sp.Expr, relations: Relations) -> Iterator[sp.Expr]:
    """The difference, and what it is at least when parameters that only lessen it take their upper bounds."""
    yield large - small
    upper = {s: bound for s, bound, _ in relations if s.is_Symbol and not bound.has(s)}
    growing = [s for s in sorted(upper, key=str) if small.has(s) and _grows(small, s)]
    falling = [s for s in sorted(upper, key=str) if large.has(s) and _grows(-large, s)]
    choices = [(s, True) for s in growing] + [(s, False) for s in falling]
    for chosen in product((True, False), repeat=min(len(choices), LARGEST_CHOICE)):
        swaps = [choice for choice, yes in zip(choices, chosen, strict=False) if yes]
        if swaps:
            less = large.xreplace({s: upper[s] for s, in_small in swaps if not in_small})
            yield less - small.xreplace({s: upper[s] for s, in_small in swaps if in_small})


def _grows(expression: sp.Expr, symbol: sp.Symbol) -> bool:
    """Does the expression certainly not decrease in the symbol, wherever it is defined? It must have no pole there."""
    return _continuous(expression, symbol) and bool(sp.diff(expression, symbol).is_nonnegative)


def _continuous(expression: sp.Expr, symbol: sp.Symbol) -> bool:
    """Is the expression certainly continuous in the symbol: no quotient, root or logarithm of what may vanish?"""
    powers = [p.base for p in expression.atoms(sp.Pow) if p.has(symbol) and not (p.exp.is_integer and p.exp >= 0)]
    logs = [log.args[0] for log in expression.atoms(sp.log) if log.has(symbol)]
    return all(base.is_positive or (base == symbol and symbol.is_nonnegative) for base in (*powers, *logs))


def _nonnegative(difference: sp.Expr, relations: Relations) -> bool:
    """Is the difference certainly at least zero?"""
    if difference.is_nonnegative:
        return True
    difference = sp.expand(
        _in_exponentials(difference), power_exp=False
    )  # quotients cancel before their divisors are shifted
    shifted = _shifted(difference, _least(difference.free_symbols, relations))
    if shifted is None:
        return False
    expanded = sp.expand(sp.powsimp(sp.expand(shifted)), power_exp=False)
    return _all_positive(expanded) or _by_series(expanded) or signed_by_factors(difference, relations)


def _in_exponentials(expression: sp.Expr) -> sp.Expr:
    """Hyperbolic cosines and sines written out."""
    sums = expression.replace(sp.cosh, lambda t: (sp.exp(t) + sp.exp(-t)) / 2)
    return sums.replace(sp.sinh, lambda t: (sp.exp(t) - sp.exp(-t)) / 2)


def _least(symbols: set[sp.Symbol], relations: Relations) -> Mapping[sp.Symbol, sp.Expr]:
    """The least value of each symbol that is known to have one."""
    found: dict[sp.Symbol, sp.Expr] = {}
    for symbol in symbols:
        if symbol.is_integer and symbol.is_positive:
            found[symbol] = sp.S.One
        elif symbol.is_nonnegative:
            found[symbol] = sp.S.Zero
    for small, large, _ in relations:
        if large in symbols and small.is_number and (small > found.get(large, -sp.oo)) is sp.true:
            found[large] = small
    return found


def _shifted(difference: sp.Expr, least: Mapping[sp.Symbol, sp.Expr]) -> sp.Expr | None:
    """In nonnegative variables; roots of a symbol become powers of a new one, so that a polynomial is left."""
    if any(symbol not in least for symbol in difference.free_symbols):
        return None
    changes: dict[sp.Expr, sp.Expr] = {}
    for symbol in sorted(difference.free_symbols, key=str):
        degree = _root_degree(difference, symbol) if least[symbol].is_nonnegative else 1
        low = least[symbol] ** sp.Rational(1, degree)
        above = sp.Dummy(positive=True) if symbol.is_positive and not low else sp.Dummy(nonnegative=True)
        changes[symbol] = (low + above) ** degree
    return difference.xreplace(changes)  # SymPy takes roots of powers of what is nonnegative


def _root_degree(expression: sp.Expr, symbol: sp.Symbol) -> int:
    degrees = [p.exp.q for p in expression.atoms(sp.Pow) if p.base == symbol and p.exp.is_Rational]
    return lcm(*map(int, degrees))


def _terms(expanded: sp.Expr) -> list[sp.Expr] | None:
    terms = list(sp.Add.make_args(expanded))
    return terms if len(terms) <= TERMS else None


def _all_positive(expanded: sp.Expr) -> bool:
    terms = _terms(expanded)
    return terms is not None and all(term.is_nonnegative for term in terms)


def _by_series(expanded: sp.Expr) -> bool:
    """Exponentials of what is nonnegative, bounded from below by their series where they help."""
    terms = _terms(expanded)
    if terms is None:
        return False
    groups: dict[sp.Expr, sp.Expr] = {}
    for term in terms:
        factor, exponent = _split(term)
        groups[exponent] = groups.get(exponent, sp.S.Zero) + factor
    hurt = [e for e, factor in groups.items() if not _polynomial_nonnegative(factor)]
    if not hurt:
        return True
    helping = {e: factor / len(hurt) for e, factor in groups.items() if e not in hurt}  # shared out evenly
    return all(_outweighed(groups[e], e, helping) for e in hurt)


def _outweighed(factor: sp.Expr, exponent: sp.Expr, helping: Mapping[sp.Expr, sp.Expr]) -> bool:
    """Is ``factor exp(exponent)`` with the helping terms nonnegative, these by their series over exp(exponent)?"""
    total = factor
    for larger, weight in helping.items():
        gap = sp.expand(larger - exponent)
        if not _polynomial_nonnegative(gap):
            continue
        constant = gap.as_coeff_Add()[0]
        rest = gap - constant
        total += weight * sp.exp(constant) * sum(rest**k / sp.factorial(k) for k in range(SERIES + 1))
    return _polynomial_nonnegative(sp.expand(total))


def _split(term: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """A term as a factor times an exponential: the factor and the exponent."""
    exponent, rest = sp.S.Zero, []
    for part in sp.Mul.make_args(term):
        if isinstance(part, sp.exp) and part.free_symbols:
            exponent += part.args[0]
        else:
            rest.append(part)
    return sp.Mul(*rest), sp.expand(exponent)


def _polynomial_nonnegative(expression: sp.Expr) -> bool:
    """Are all terms nonnegative, the numbers among them collected by their variables, or made up for by others?"""
    collected: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(sp.expand(expression)):
        number, variables = term.as_independent(*term.free_symbols) if term.free_symbols else (term, sp.S.One)
        collected[variables] = collected.get(variables, sp.S.Zero) + number
    if not all(bool(v.is_nonnegative) for v in collected):
        return False
    negative = [v for v, c in collected.items() if not _number_nonnegative(c)]
    return all(_made_up_for(v, collected) for v in negative)


def _made_up_for(product: sp.Expr, collected: dict[sp.Expr, sp.Expr]) -> bool:
    """Is a negative term made up for by two others, which are then used up?

    By the inequality of the means ``c p + e q >= b m`` where ``p q = m^2`` and ``4 c e >= b^2``, of numbers and
    variables that are not negative.
    """
    wanted = collected[product]
    positive = [v for v, c in collected.items() if c.is_Rational and c > 0] if wanted.is_Rational else []
    for first in positive:
        second = product**2 / first
        if second == first or second not in positive:
            continue
        needed = wanted**2 / (4 * collected[first])
        if needed <= collected[second]:
            collected[first], collected[second] = sp.S.Zero, collected[second] - needed
            return True
    return False


def _number_nonnegative(number: sp.Expr) -> bool:
    found = number.is_nonnegative
    return (sp.simplify(number) >= 0) is sp.true if found is None else bool(found)  # undecided where it is not real
