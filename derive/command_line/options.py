"""The options that commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click

files_argument = click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
seed_option = click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of all random instances."
)
jobs_option = click.option(
    "-j", "--jobs", type=click.IntRange(1, 256), help="Processes at a time.  [default: one a core]"
)
keyword_option = click.option(
    "-k",
    "keyword",
    default="",
    metavar="EXPRESSION",
    help="Only claims whose id matches, e.g. 'hessian and not attention'.",
)
limit_option = click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="For each claim.",
)

without_option = click.option(
    "--without",
    multiple=True,
    metavar="METHOD",
    help="Switch off a method of evidence, e.g. 'normal form'; may be repeated.",
)
mutate_option = click.option(
    "--mutate", is_flag=True, help="Plant errors in every claim that holds, and count those that are found."
)

cache_option = click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="DERIVE_CACHE",
    metavar="DIRECTORY",
    help="Where results are kept, and taken from while nothing has changed.  [default: ~/.cache/derive]",
)
no_cache_option = click.option(
    "--no-cache", is_flag=True, envvar="DERIVE_NO_CACHE", help="Examine every claim anew, and keep nothing."
)

_LONG_OPTION = re.compile(r"--([A-Za-z][\w-]*(=(?!=).*)?)?", re.DOTALL)


class FormulaCommand(click.Command):
    """A command whose arguments are formulas: ``-x @ x`` is one of them, and no option ``-x``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        short = {option for parameter in self.get_params(ctx) for option in parameter.opts}
        return super().parse_args(
            ctx,
            [
                f" {arg}" if arg[:1] == "-" and arg not in short and not _LONG_OPTION.fullmatch(arg) else arg
                for arg in args
            ],
        )


def symbol_options(command: Callable[..., int]) -> Callable[..., int]:
    """The options that say what the symbols of a statement are."""
    for option in (
        click.option("--index", "indices", multiple=True, metavar="NAME=SIZE", help="An index symbol, e.g. i=n."),
        click.option("--law", "laws", multiple=True, metavar="NAME=LAW", help="E.g. w=gaussian, b=bernoulli(p=1/3)."),
        click.option(
            "--property", "properties", multiple=True, metavar="NAME=PROPERTY", help="E.g. S=symmetric, t=positive."
        ),
        click.option(
            "--shape",
            "shapes",
            multiple=True,
            metavar="NAME=SHAPE",
            help="E.g. A=n,d for a matrix, x=d for a vector, t= for a scalar.",
        ),
    ):
        command = option(command)
    return command
