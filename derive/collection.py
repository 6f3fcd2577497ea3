"""Which papers and claims a run is about: files found, loaded in processes of their own, and outlined.

No file takes the others along: one that cannot be loaded leaves its message, one that ends early its claims as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from derive.chain.faults import faults
from derive.isolation import Call, Died, answers
from derive.language.errors import InputError
from derive.outline import Outline
from derive.record import PaperRecord, WhereRecord
from derive.resources import catalogue
from derive.selection import Selection

SUFFIXES = (".py", ".toml")


@dataclass
class Collection:
    """The papers found, and by file name what is wrong with the other files.

    ``errors`` are the user's to mend, ``faults`` derive's own; ``notices`` say what a reader should know.
    """

    papers: list[Outline] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


def paper_files(paths: Iterable[Path]) -> tuple[list[Path], dict[str, str]]:
    """The files that ``paths`` name, a folder standing for its .py and .toml files; and what is wrong with others."""
    files: list[Path] = []
    errors: dict[str, str] = {}
    for path in paths:
        try:
            files += _papers_at(path)
        except InputError as error:
            errors[str(path)] = str(error)
    return list(dict.fromkeys(files)), errors


def _papers_at(path: Path) -> list[Path]:
    try:
        if path.is_dir():
            return sorted(entry for entry in path.iterdir() if _is_paper(entry))
        if path.suffix not in SUFFIXES:
            path.stat()
            raise InputError("is no paper", file=str(path), hint="a paper is a .py or a .toml file")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot be read: {reason}", file=str(path), hint="name papers, or folders of them") from error
    return [path]


def _is_paper(path: Path) -> bool:
    return path.suffix in SUFFIXES and path.is_file() and not path.name.startswith((".", "_"))


def shown(path: Path) -> str:
    """How messages and records name ``path``: from the working directory, or from the catalogue's parent."""
    full = path.resolve()
    for root in (Path.cwd(), catalogue().parent):
        if full.is_relative_to(root):
            return full.relative_to(root).as_posix()
    return str(path)


def collect(paths: Sequence[Path], *, selection: Selection, jobs: int, time_limit: float) -> Collection:
    """The papers in ``paths`` with the claims that ``selection`` takes; no file may load longer than ``time_limit``."""
    files, errors = paper_files(paths)
    found = Collection(errors=errors)
    calls = [Call(_outline, (path,)) for path in files]
    for answer in sorted(answers(calls, jobs=jobs, time_limit=time_limit), key=lambda answer: answer.number):
        path = files[answer.number]
        if answer.error is None:
            _take(path, found, *answer.value)
        else:
            _blame(path, answer.error, found, time_limit)
    _look_at_chains(found)
    found.papers = [_selected(outlined, selection) for outlined in found.papers]
    return found


def _outline(path: Path) -> tuple[tuple[Outline, ...], InputError | None]:
    from derive.examination import outline  # in its own process: it imports the mathematics

    return outline(path)


def _take(path: Path, found: Collection, papers: tuple[Outline, ...], error: InputError | None) -> None:
    if not papers:
        found.notices.append(f'{shown(path)}: holds no paper; write paper = Paper("my-paper") and paper.claim(...)')
    if error:
        error.message += "; any claims from this line on are missing"
        last = papers[-1]
        blamed = msgspec.structs.replace(last.paper, error=_message(error, path))
        papers = (*papers[:-1], replace(last, paper=blamed))
    for outlined in papers:
        _add(outlined, found)


def _look_at_chains(found: Collection) -> None:
    """Blame the papers whose claims use what nothing states, or each other in a circle."""
    claims = [claim for outlined in found.papers for claim in outlined.paper.claims]
    stated = {claim.id for claim in claims}
    known: dict[str, list[str]] = {}
    for outlined in found.papers:
        known.setdefault(outlined.paper.id, []).extend(claim.id for claim in outlined.paper.claims)
    for outlined in found.papers:
        if not outlined.elsewhere <= stated:  # the run has not all files of the paper
            known.pop(outlined.paper.id, None)
    for error in faults(claims, known):
        found.papers = [_blamed(outlined, error) for outlined in found.papers]


def _blamed(outlined: Outline, error: InputError) -> Outline:
    """The paper with the error, where that is about one of its claims."""
    if all(claim.id != error.claim for claim in outlined.paper.claims):
        return outlined
    message = "\n".join(filter(None, (outlined.paper.error, str(error))))
    return replace(outlined, paper=msgspec.structs.replace(outlined.paper, error=message))


def _blame(path: Path, error: Exception, found: Collection, time_limit: float) -> None:
    name = shown(path)
    if isinstance(error, InputError):
        found.errors[name] = _message(error, path)
    elif isinstance(error, TimeoutError):
        found.errors[name] = (
            f"{name}: does not finish loading within {time_limit:g} s\n  hint: look for a loop that does not end"
        )
    elif isinstance(error, (Died, MemoryError)):
        found.errors[name] = f"{name}: cannot be loaded: {error or 'it needs too much memory'}"
    else:
        found.faults[name] = f"{name}: loading failed: {type(error).__name__}: {error}"


def _message(error: InputError, path: Path) -> str:
    error.file = shown(Path(error.file)) if error.file else shown(path)
    return str(error)


def _add(outlined: Outline, found: Collection) -> None:
    path, paper = outlined.path, outlined.paper
    for other in found.papers:
        if other.paper.id == paper.id and not _parts(other.paper, paper):
            name = shown(path)
            found.errors[name] = (
                f"{name}: the paper {paper.id} is already in {shown(other.path)}\n  hint: give each paper its own id;"
                " files that are parts of one paper have one title and source, and no claim twice"
            )
            return
    located = tuple(
        msgspec.structs.replace(claim, where=WhereRecord(file=shown(path), line=claim.where.line))
        if claim.where
        else claim
        for claim in paper.claims
    )
    found.papers.append(replace(outlined, paper=msgspec.structs.replace(paper, claims=located)))


def _parts(first: PaperRecord, second: PaperRecord) -> bool:
    """Are these parts of one paper, with claims of their own?"""
    known = {claim.id for claim in first.claims}
    printed = [(paper.title, paper.source) for paper in (first, second)]
    return printed[0] == printed[1] and not any(claim.id in known for claim in second.claims)


def joined(papers: Iterable[PaperRecord]) -> list[PaperRecord]:
    """The papers, each in the place of its first part: the claims of all its parts in order, each definition once."""
    parts: dict[str, list[PaperRecord]] = {}
    for paper in papers:
        parts.setdefault(paper.id, []).append(paper)
    return [_whole(of_one) if len(of_one) > 1 else of_one[0] for of_one in parts.values()]


def _whole(parts: Sequence[PaperRecord]) -> PaperRecord:
    return msgspec.structs.replace(
        parts[0],
        symbols=_once(entry for part in parts for entry in part.symbols),
        definitions=_once(entry for part in parts for entry in part.definitions),
        claims=tuple(claim for part in parts for claim in part.claims),
        error="\n".join(filter(None, (part.error for part in parts))),
    )


def _once(entries: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entries))


def _selected(outlined: Outline, selection: Selection) -> Outline:
    claims = tuple(claim for claim in outlined.paper.claims if selection(claim.id))
    return replace(outlined, paper=msgspec.structs.replace(outlined.paper, claims=claims))
