"""One check a file, each a function ``examine`` that yields the reasons for its flag.

A flag's code is the name of the file, with hyphens.
"""
