"""Expectations in closed form, with symbolic dimensions, in the Einstein normal form."""
