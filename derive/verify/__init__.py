"""A second look at a report: every proof, certificate and witness checked again from ``results.json`` alone.

Nothing here is shared with the search: neither the calculus, nor the norm calculus and its rules, nor the evaluators,
nor the instances. What is shared is the language (``derive.language``: the parser of the text form, and expressions)
and the reader of the file (``derive.record``). ``docs/verify.md`` says what each level of a check means.
"""
