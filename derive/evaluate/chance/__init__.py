"""Means over random symbols in any number system: exactly, where they have a closed form or few outcomes.

``numbers`` are exponential polynomials in the entries of random symbols, ``system`` the number system that they make,
``integrals`` their means, ``outcomes`` the enumeration of discrete laws, and ``means`` the rules of the nodes.
"""
