"""Writing a result where the user wants it: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pacte_graph.errors import UsageError


def write_atomically(path: Path, content: bytes) -> None:
    """Write ``content`` at ``path``; a file that was there stays whole until the new one is complete.

    Raises UsageError, with nothing changed, when the folder is missing, can't be written or is full.
    """
    temporary = None
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder.", hint="Give the name of a file.")
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as problem:
        raise UsageError(f"{path} can't be written: {problem.strerror}.", hint="Check the folder and its rights.") from problem
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
