"""Identities at random residues: the fragment that this decides, the comparisons, the sizes that suffice."""
