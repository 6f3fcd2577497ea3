"""The files of the cache: whole or not there, believed only where they are what they claim to be, and bounded."""

import os
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from derive.cache import store as stores
from derive.cache.store import FORMAT, Store
from derive.record import MutationRecord

KEY, OTHER = "0" * 64, "1" * 64
FOUND = MutationRecord(planted=3, killed=2, seconds=float("inf"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "cache")
    made.put(KEY, FOUND)
    return made


def test_what_was_put_is_found_again(store: Store) -> None:
    assert store.get(KEY, MutationRecord) == FOUND
    assert Store(store.folder).get(KEY, MutationRecord) == FOUND


def test_nothing_is_found_under_another_key(store: Store) -> None:
    assert store.get(OTHER, MutationRecord) is None


def test_nothing_but_finished_files_is_left(store: Store) -> None:
    assert [path.name for path in store.folder.iterdir()] == [KEY]


def forged(content: bytes) -> bytes:
    """A file that is sound but for what it says."""
    return b"\n".join([FORMAT, sha256(content).hexdigest().encode(), content])


def body(name: object, result: object) -> bytes:
    return msgspec.msgpack.encode({"name": name, "result": result})


SOUND = msgspec.to_builtins(FOUND)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content + b" ",
        lambda content: content.replace(FORMAT, b"derive-cache/0"),
        lambda content: content[:-8] + bytes([content[-8] ^ 1]) + content[-7:],
        lambda content: b"{}",
        lambda content: os.urandom(200),
        lambda content: forged(body(OTHER, SOUND)),
        lambda content: forged(body(KEY, {"planted": "3"})),
        lambda content: forged(body(KEY, [1, 2])),
        lambda content: forged(body(KEY, None)),
        lambda content: forged(b"\xff\xfe"),
    ],
    ids=["empty", "cut", "longer", "old", "bit", "foreign", "random", "name", "type", "shape", "none", "no-msgpack"],
)
def test_a_file_that_is_not_what_it_should_be_is_as_if_it_were_not_there(
    store: Store, damage: Callable[[bytes], bytes]
) -> None:
    path = store.folder / KEY
    path.write_bytes(damage(path.read_bytes()))
    assert store.get(KEY, MutationRecord) is None
    store.put(KEY, FOUND)
    assert store.get(KEY, MutationRecord) == FOUND


def test_a_forged_file_would_be_found_were_it_sound(store: Store) -> None:
    """So that the cases above fall for what is wrong in them, and not for how they are made."""
    (store.folder / KEY).write_bytes(forged(body(KEY, SOUND)))
    assert store.get(KEY, MutationRecord) == FOUND


def test_a_folder_that_is_a_file_is_a_problem_that_is_told(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("mine")
    store = Store(tmp_path / "cache")
    store.put(KEY, FOUND)
    assert store.get(KEY, MutationRecord) is None
    assert "cannot be written" in store.problem
    store.close()
    assert (tmp_path / "cache").read_text() == "mine"


def test_a_writer_that_is_cut_off_leaves_no_result(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a run that is killed between writing and moving does."""

    def cut_off(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut_off)
        with pytest.raises(KeyboardInterrupt):
            store.put(OTHER, FOUND)
    assert store.get(OTHER, MutationRecord) is None
    store.put(OTHER, FOUND)
    assert store.get(OTHER, MutationRecord) == FOUND


def test_many_writers_of_one_file_leave_it_whole(store: Store) -> None:
    """And a reader meanwhile finds one of them, or the one before."""
    several = [MutationRecord(planted=k, faults=("x" * 5000,)) for k in range(8)]
    writers = [threading.Thread(target=Store(store.folder).put, args=(KEY, found)) for found in several]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert store.get(KEY, MutationRecord) in [FOUND, *several]
    assert store.get(KEY, MutationRecord) in several


def lain(path: Path, seconds: float) -> None:
    """Make a file look unused for as long."""
    os.utime(path, (time.time() - seconds,) * 2)


def test_what_was_not_used_for_long_is_removed_after_a_run_that_wrote(store: Store) -> None:
    lain(store.folder / KEY, stores.LONGEST_UNUSED + 60)
    store.put(OTHER, FOUND)
    store.close()
    assert store.get(KEY, MutationRecord) is None
    assert store.get(OTHER, MutationRecord) == FOUND


def test_what_is_used_stays(store: Store) -> None:
    lain(store.folder / KEY, stores.LONGEST_UNUSED + 60)
    assert store.get(KEY, MutationRecord) == FOUND
    store.close()
    assert store.get(KEY, MutationRecord) == FOUND


def test_of_too_much_the_longest_unused_goes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    lain(store.folder / KEY, 60)
    store.put(OTHER, FOUND)
    monkeypatch.setattr(stores, "LARGEST", (store.folder / KEY).stat().st_size)
    store.close()
    assert store.get(KEY, MutationRecord) is None
    assert store.get(OTHER, MutationRecord) == FOUND


def test_what_an_interrupted_run_left_unfinished_is_removed_but_not_what_is_being_written(store: Store) -> None:
    old, new = store.folder / ".unfinished-a", store.folder / ".unfinished-b"
    for path in (old, new):
        path.write_text("half")
    lain(old, stores.ABANDONED + 60)
    store.close()
    assert not old.exists()
    assert new.exists()


def test_files_of_others_are_left_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--cache`` may name any folder."""
    thesis = store.folder / "thesis.tex"
    thesis.write_text("all of it")
    lain(thesis, stores.LONGEST_UNUSED + 60)
    monkeypatch.setattr(stores, "LARGEST", 0)
    store.close()
    assert thesis.read_text() == "all of it"


def test_durations_are_those_of_the_last_time(store: Store) -> None:
    store.took("a", 3.0)
    store.took("a", 2.0)
    store.close()
    assert dict(Store(store.folder).durations) == {"a": 2.0}


def test_durations_are_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "MOST_DURATIONS", 1)
    store.took("old", 1.0)
    store.took("new", 2.0)
    store.close()
    assert dict(Store(store.folder).durations) == {"new": 2.0}
