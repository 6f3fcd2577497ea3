"""The lint of a claim: remarks beside its verdict, on what it takes for granted, lacks, or does not need.

A flag never changes a verdict. ``checks/`` has one check a file; what several share lies here.
"""
