"""Values of expressions at explicit sizes, in one number system or another.

One walk over the tree (``nodes``) serves every system; a system is one file with a subclass of ``System``.
"""
