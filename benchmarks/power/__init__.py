"""How well derive and its peers tell right derivatives from wrong ones, side by side in one run.

Every checker sees the same functions, points and claimed derivatives, and applies its own default rule.
See ``benchmarks/README.md`` for how to run it and what was measured.
"""
