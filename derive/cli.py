"""The command line. Results go to standard output, progress and messages to standard error.

Nothing heavy is imported before a command needs it: ``derive --help`` has to be quick.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from derive import __version__
from derive.command_line.options import (
    FormulaCommand,
    cache_option,
    files_argument,
    jobs_option,
    keyword_option,
    limit_option,
    mutate_option,
    no_cache_option,
    seed_option,
    symbol_options,
    without_option,
)
from derive.language.errors import InputError

if TYPE_CHECKING:
    from derive.run import Run

FAULT = 3
OUTPUT = Path("build") / "derive"

VERIFY_CODES = """\b
Exit codes:
  0  every verdict is re-verified, or at least re-checked
  1  a verdict falls, or could not be re-verified
  2  wrong usage, or a file that cannot be read
  3  an internal error
  5  there was nothing to verify
"""

EXIT_CODES = """\b
Exit codes:
  0  all claims hold, or fall as their file expects
  1  a claim falls: refuted, vacuous, ill-posed, undecided or broken; or a planted error is not found
  2  wrong usage, or an input that cannot be read
  3  an internal error
  5  there was nothing to check
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(__version__, prog_name="derive")
def cli() -> None:
    """Derive, check and report the gradients and Hessians of a theory paper, for all dimensions at once.

    A FILE is a paper: a Python file, or a TOML file, which runs no code. Without one, the built-in catalogue is meant.
    """


@cli.command(epilog=EXIT_CODES)
@files_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=OUTPUT,
    show_default=True,
    metavar="DIRECTORY",
    help="Where the report goes; made if missing.",
)
@click.option(
    "--format",
    "formats",
    default="",
    metavar="FORMATS",
    help="Some of html,tex,pdf,json,md.  [default: all that can be made here]",
)
@keyword_option
@seed_option
@jobs_option
@limit_option
@mutate_option
@without_option
@cache_option
@no_cache_option
def report(files: tuple[Path, ...], out: Path, formats: str, **options: Any) -> int:
    """Examine the papers and write the report."""
    from derive.command_line.reporting import chosen_formats, make_directory, write_report

    chosen = chosen_formats(formats)
    make_directory(out)
    result = _run(files, **options)
    rendering = write_report(result.record, out, chosen)
    for path in rendering.paths:
        click.echo(path)
    for reason in rendering.unavailable.values():
        click.echo(f"note: {reason}", err=True)
    for name, reason in rendering.failures.items():
        click.secho(f"error: the format {name} was not written: {reason}", fg="red", err=True)
    code = _finish(result, keyword=options["keyword"], summary=True)
    return FAULT if rendering.failures and code in (0, 1) else code


@cli.command(epilog=EXIT_CODES)
@files_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "junit", "sarif", "github", "markdown"]),
    default="text",
    show_default=True,
    help="What to print.",
)
@keyword_option
@click.option("-x", "--exitfirst", "stop_at_first", is_flag=True, help="Stop at the first claim that falls.")
@seed_option
@jobs_option
@limit_option
@mutate_option
@without_option
@cache_option
@no_cache_option
def check(files: tuple[Path, ...], form: str, **options: Any) -> int:
    """Examine the papers and print a line a claim."""
    from derive.formats import writer

    result = _run(files, **options)
    click.echo(writer(form)(result.record), nl=False)
    return _finish(result, keyword=options["keyword"])


@cli.command(name="list")
@files_argument
@keyword_option
def list_claims(files: tuple[Path, ...], keyword: str) -> int:
    """List the claims, examining none."""
    from derive.run import outlines
    from derive.selection import parse_selection

    result = outlines(_papers(files), parse_selection(keyword))
    for paper in result.record.papers:
        for claim in paper.claims:
            click.echo(f"{claim.id}\t{claim.kind}\t{claim.cite}")
    code = _finish(result, keyword=keyword)
    return 0 if code == 1 else code  # no claim was examined, so none can fall


@cli.command(cls=FormulaCommand)
@click.argument("statement")
@symbol_options
@click.option(
    "--given",
    "given",
    multiple=True,
    metavar="RELATION",
    help="A hypothesis, e.g. 'norm(x) <= 1'; may be repeated.",
)
@click.option(
    "--exists", multiple=True, metavar="NAME", help="A symbol of which some value is enough; may be repeated."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print."
)
@seed_option
@limit_option
def decide(
    statement: str,
    given: tuple[str, ...],
    exists: tuple[str, ...],
    form: str,
    seed: int,
    time_limit: float,
    **symbols: Any,
) -> int:
    """Decide one STATEMENT, such as "grad(norm(A@x - b)**2/2, x) == A.T@(A@x - b)".

    Shapes that are not given are inferred where the statement leaves one choice: upper-case letters are matrices,
    lower-case ones vectors; what was inferred is said on standard error.
    """
    from derive.command_line import question
    from derive.formats import decision, json

    known = question.read_symbols(**symbols)
    inferred, result = question.decide(statement, known, given, exists, seed=seed, time_limit=time_limit)
    _say(inferred)
    click.echo((json if form == "json" else decision).write(result.record), nl=False)
    return _finish(result)


@cli.command(cls=FormulaCommand)
@click.argument("expression")
@click.argument("variable")
@click.argument("second", required=False, metavar="[VARIABLE2]")
@symbol_options
@click.option(
    "--order",
    type=click.IntRange(1, 2),
    help="1 the gradient or Jacobian, 2 the Hessian.  [default: 1, or 2 with two variables]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "latex", "numpy"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@limit_option
def diff(
    expression: str, variable: str, second: str | None, order: int | None, form: str, time_limit: float, **symbols: Any
) -> int:
    """Differentiate EXPRESSION, such as "norm(softmax(A@x) - b)**2/2", in VARIABLE, or in two of them.

    Shapes that are not given are inferred where the expression leaves one choice: upper-case letters are matrices,
    lower-case ones vectors; what was inferred is said on standard error.
    """
    from derive.command_line import question

    variables = [variable] if second is None else [variable, second]
    if order == 1 and second is not None:
        raise click.UsageError("two variables go with --order 2")
    inferred, text = question.differentiate(
        expression,
        variables,
        question.read_symbols(**symbols),
        order=order or len(variables),
        form=form,
        time_limit=time_limit,
    )
    _say(inferred)
    click.echo(text)
    return 0


@cli.command(epilog=VERIFY_CODES)
@click.argument("results", type=click.Path(path_type=Path), default=OUTPUT / "results.json", metavar="[RESULTS]")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print."
)
@keyword_option
def verify(results: Path, form: str, keyword: str) -> int:
    """Re-verify every proof, certificate and witness in RESULTS, a results.json of a report.

    Without RESULTS the last report is meant. Nothing but that file is read, and no code of the search is used.
    """
    from derive.selection import parse_selection
    from derive.verify import report as told
    from derive.verify.check import check as check_record

    select = parse_selection(keyword)
    record = told.read_results(results)
    checked = check_record(record, select)
    chosen = sum(select(claim.id) for paper in record.papers for claim in paper.claims)
    click.echo((told.as_json if form == "json" else told.text)(checked, chosen - len(checked)), nl=False)
    return told.exit_code(checked)


def _papers(files: tuple[Path, ...]) -> list[Path]:
    from derive.resources import catalogue

    return list(files) or [catalogue()]


def _run(
    files: tuple[Path, ...],
    *,
    keyword: str,
    jobs: int | None,
    without: tuple[str, ...],
    cache: Path | None,
    no_cache: bool,
    **options: Any,
) -> Run:
    from derive.cache.place import usual_place
    from derive.command_line.progress import progress
    from derive.isolation import cores
    from derive.options import Options
    from derive.run import run
    from derive.selection import parse_selection

    chosen = Options(
        jobs=jobs or cores(),
        selection=parse_selection(keyword),
        without=_known_methods(without),
        cache=None if no_cache else cache or usual_place(),
        **options,
    )
    with progress() as observe:
        return run(_papers(files), chosen, observe)


def _known_methods(names: tuple[str, ...]) -> tuple[str, ...]:
    """``names``, once there is a method of each."""
    if not names:  # the methods take a while to import
        return ()
    from derive.judge import methods

    known = [name for name, _ in methods()]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputError(f"--without: there is no method {unknown[0]!r}", hint=f"choose from {', '.join(known)}")
    return names


def _finish(result: Run, *, keyword: str = "", summary: bool = False) -> int:
    """Say what a reader should know, and return the exit code."""
    _say(*result.notices)
    for text in (*result.errors, *result.faults):
        click.secho(f"error: {text}", fg="red", err=True)
    if result.exit_code == 5:
        _say("nothing was collected: no claim to check" + (f" whose id matches -k {keyword!r}" if keyword else ""))
    elif summary:
        from derive.formats.wording import summary as totals

        _say(totals(result.record))
    return result.exit_code


def _say(*texts: str) -> None:
    for text in filter(None, texts):
        click.echo(text, err=True)


def main() -> None:
    """Run the command line of this process, and exit with its code."""
    sys.exit(exit_code(sys.argv[1:]))


def exit_code(arguments: list[str]) -> int:
    """Run the command line on ``arguments``; a mistake of the user's gets one message and no traceback."""
    try:
        return cli.main(arguments, prog_name="derive", standalone_mode=False, color=_colour()) or 0
    except click.ClickException as error:
        error.show()
        return 2
    except InputError as error:
        click.secho(f"error: {error}", fg="red", err=True, color=_colour())
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        import traceback

        click.echo("".join(traceback.format_exception(error)), err=True)
        click.secho(
            f"internal error: {type(error).__name__}: {error}; please report it with the lines above",
            fg="red",
            err=True,
        )
        return FAULT


def _colour() -> bool | None:
    """False where the user wants no colour (no-color.org), else None: a terminal gets it."""
    return False if os.environ.get("NO_COLOR") else None
