"""Uploads on their way to the database: read and compared first, written when confirmed; each on a thread of its own."""

from __future__ import annotations

import base64
import binascii
import logging
import re
import secrets
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pacte_graph import loading
from pacte_graph.errors import DataRefused, PacteError, UnknownName, UsageError
from pacte_graph.loading import Plan, Report
from pacte_graph.store import Store

_LOG = logging.getLogger(__name__)
MOST_KEPT = 6
"""Uploads kept at once; the oldest one that isn't being written goes first."""
MOST_FILES = 50
Stage = Literal["reading", "ready", "writing", "done", "failed"]
_NAME = re.compile(r"[^\w .,()'&+-]")


@dataclass
class Job:
    """One upload: its files, how far it is, its plans, and what came of it. ``token`` names it in the page."""

    token: str
    importer: str
    files: tuple[str, ...]
    folder: tempfile.TemporaryDirectory[str]
    stage: Stage = "reading"
    step: str = "read"
    done: int = 0
    total: int = 0
    plans: Sequence[Plan] = ()
    reports: Sequence[Report] = ()
    error: PacteError | None = None
    thread: threading.Thread | None = field(default=None, repr=False)

    @property
    def busy(self) -> bool:
        """Tell whether something is under way."""
        return self.stage in ("reading", "writing")

    def progress(self, step: str, done: int, total: int) -> None:
        """Note how far it is; called by loading."""
        self.step, self.done, self.total = step, done, total


class Jobs:
    """The uploads of an app. Safe to share between threads; files live in a folder of their own that goes with the upload."""

    def __init__(self, store: Callable[[], Store], largest: int) -> None:
        self._store, self._largest = store, largest
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def get(self, token: str) -> Job | None:
        """Return an upload, or None when it is over and forgotten."""
        with self._lock:
            return self._jobs.get(token)

    def start(self, importer: str, files: Mapping[str, str], options: Mapping[str, str], mapping: str = "") -> Job:
        """Keep uploaded files (name to data address) and start comparing them. Raises DataRefused, UsageError, UnknownName.

        ``mapping`` is the text of a mapping file for tables of another layout.
        """
        loading.importer(importer)
        if not files:
            raise UsageError("No file was given.", hint="Choose one or several files.")
        if len(files) > MOST_FILES:
            raise UsageError(
                f"{len(files)} files were given; {MOST_FILES} are taken at once.", hint="Use `pacte import` on a folder."
            )
        folder = tempfile.TemporaryDirectory(prefix="pacte-upload-")
        try:
            paths = _written(Path(folder.name), files, self._largest)
        except BaseException:
            folder.cleanup()
            raise
        job = Job(secrets.token_urlsafe(12), importer, tuple(path.name for path in paths), folder)
        chosen = dict(options)
        if mapping:
            place = Path(folder.name) / "mapping.toml"
            place.write_text(mapping, encoding="utf-8")
            chosen["map"] = str(place)
        self._add(job)
        self._run(job, lambda: self._compare(job, _given(importer, paths), chosen))
        return job

    def confirm(self, token: str, *, prune: bool, force: bool) -> Job:
        """Write an upload that was compared; one that is written already, or under way, is left to it (a button pressed twice).

        Raises UnknownName when it is gone, UsageError when it isn't ready.
        """
        job = self.get(token)
        if job is None:
            raise UnknownName("This upload is no longer kept.", hint="Upload the files again.")
        with self._lock:
            if job.stage in ("writing", "done"):
                return job
            if job.stage != "ready":
                raise UsageError("This upload isn't ready to be written.")
            job.stage, job.step, job.done, job.total = "writing", "write", 0, 0
        self._run(job, lambda: self._write(job, prune=prune, force=force))
        return job

    def propose(self, importer: str, files: Mapping[str, str]) -> str:
        """Return a mapping to start from for the first file. Raises UsageError when the importer has none to propose."""
        found = loading.importer(importer)
        if not hasattr(found, "propose_mapping") or not files:
            raise UsageError(f"The importer {importer} needs no mapping.", hint="Choose the importer of tables and one table.")
        with tempfile.TemporaryDirectory(prefix="pacte-upload-") as folder:
            paths = _written(Path(folder), files, self._largest)
            text: str = found.propose_mapping(paths[0])
            return text

    def drop(self, token: str) -> None:
        """Forget an upload and its files; one that is being written stays until it is over."""
        with self._lock:
            job = self._jobs.get(token)
            if job is None or job.stage == "writing":
                return
            del self._jobs[token]
        if not job.busy:
            job.folder.cleanup()

    def close(self) -> None:
        """Forget every upload, once what is under way is over."""
        for token in list(self._jobs):
            job = self.get(token)
            if job is not None and job.thread is not None:
                job.thread.join()
            self.drop(token)

    def _add(self, job: Job) -> None:
        with self._lock:
            idle = [item for item in self._jobs.values() if not item.busy]
            while len(self._jobs) >= MOST_KEPT and idle:
                gone = idle.pop(0)
                self._jobs.pop(gone.token).folder.cleanup()
            self._jobs[job.token] = job

    def _run(self, job: Job, work: Callable[[], None]) -> None:
        def guarded() -> None:
            try:
                work()
            except PacteError as error:
                job.error, job.stage = error, "failed"
            except Exception as error:  # noqa: BLE001 - it is the thread's last frame: said on the page, traced in the log
                _LOG.exception("An upload broke.")
                job.error, job.stage = PacteError(f"{type(error).__name__}: {error}"), "failed"

        job.thread = threading.Thread(target=guarded, name="pacte-upload", daemon=True)
        job.thread.start()

    def _compare(self, job: Job, paths: list[Path], options: dict[str, str]) -> None:
        batches = loading.importer(job.importer).read(paths, **options)
        job.plans = loading.compare(self._store(), batches, progress=job.progress)
        job.stage = "ready"

    def _write(self, job: Job, *, prune: bool, force: bool) -> None:
        job.reports = loading.write(self._store(), job.plans, prune=prune, force=force, progress=job.progress)
        job.stage = "done"


def _written(folder: Path, files: Mapping[str, str], largest: int) -> list[Path]:
    """Write the uploaded files under safe names of their own. Raises DataRefused when they are too large or cut off."""
    left = largest
    found: list[Path] = []
    for name, address in files.items():
        left -= len(address) * 3 // 4
        if left < 0:
            raise DataRefused(
                f"The files are larger than {largest // 1_000_000} MB together, the most taken here.",
                hint="Use `pacte import` for large files.",
            )
        try:
            data = base64.b64decode(address.partition(",")[2], validate=True)
        except (binascii.Error, ValueError) as error:
            raise DataRefused(f"{name[:80]} did not arrive whole.", hint="Upload it again.") from error
        path = folder / _safe(name)
        if path.exists():
            raise DataRefused(f"Two files are called {path.name}.", hint="Rename one of them.")
        path.write_bytes(data)
        found.append(path)
    return found


def _safe(name: str) -> str:
    """Return a file name without folders or unusual characters.

    >>> _safe("../../etc/passwd"), _safe("Mes projets.xlsx"), _safe("...")
    ('passwd', 'Mes projets.xlsx', 'fichier')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return _NAME.sub("_", last)[-120:].strip(" .") or "fichier"


def _given(importer: str, paths: list[Path]) -> list[Path]:
    """Return what the importer reads: plain tables given together are one folder, other files are given as they are."""
    tables = importer == "tableur" and all(path.suffix.lower() in (".csv", ".toml") for path in paths) and len(paths) > 1
    return [_folder_of(paths)] if tables else paths


def _folder_of(paths: list[Path]) -> Path:
    """Move tables into a folder named after the first of them, so that the same tables are the same source next time."""
    folder = paths[0].parent / min(path.stem for path in paths if path.suffix.lower() == ".csv")
    folder.mkdir()
    for path in paths:
        path.rename(folder / path.name)
    return folder
