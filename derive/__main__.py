"""The entry of ``python -m derive`` and of the ``derive`` command.

``python -m`` puts the working directory first on the module path, where a user's ``random.py`` or ``checks.py`` would
be taken for another module of that name. So it leaves the path here, before anything else is imported.
"""

import sys


def _leave_working_directory() -> None:
    if sys.flags.safe_path or not sys.path:
        return
    del sys.path[0]
    # A source tree that is not installed was found through the working directory: it is searched last instead.
    root = __file__.rpartition("/derive/")[0]
    if root and root not in sys.path:
        sys.path.append(root)


def main() -> None:
    """Run the command line of this process, and exit with its code."""
    from derive.cli import main as run_command_line

    run_command_line()


if __name__ == "__main__":
    _leave_working_directory()
    main()
