"""Uploads on their way to the database: read and compared first, written when confirmed; each on a thread of its own."""

from __future__ import annotations

import base64
import binascii
import logging
import secrets
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from dashapp.data.naming import chosen, nameless, placed, safe, stem, usual
from pacte_graph import loading
from pacte_graph.errors import DataRefused, PacteError, Told, UnknownName, UsageError, tell
from pacte_graph.loading import Plan, Report
from pacte_graph.store import Store

_LOG = logging.getLogger(__name__)
MOST_KEPT = 6
"""Uploads kept at once; the oldest one that isn't being written goes first."""
MOST_FILES = 50
Stage = Literal["reading", "ready", "writing", "done", "failed"]
Advice = Literal["", "map", "kind"]
NO_FILE = tell("No file was given.", "Aucun fichier n'a été choisi.")
CHOOSE = tell("Choose one or several files.", "Choisissez d'abord un ou plusieurs fichiers.")
_BLANK = b"\xef\xbb\xbf \t\r\n"
_ARRIVED, _NAMED, _MAPPING = "arrived", "named", "mapping"
"""Rooms of an upload's folder: files as they arrived, tables under their source's name, the mapping."""


@dataclass
class Job:
    """One upload: its files, how far it is, its plans, and what came of it. ``token`` names it in the page.

    ``unnamed`` is the name that its source got from its tables because nobody gave one; ``advice`` what to try when it failed.
    """

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
    advice: Advice = ""
    unnamed: str = ""
    asked: float | None = None
    """When the form that asked for it had last changed."""
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

    def start(
        self, importer: str, files: Mapping[str, str], options: Mapping[str, str], mapping: str = "", source: str = ""
    ) -> Job:
        """Keep uploaded files (name to data address) and start comparing them. Raises DataRefused, UsageError, UnknownName.

        ``mapping`` is the text of a mapping file for tables of another layout; ``source`` names the source of plain tables.
        """
        loading.importer(importer)
        _refuse_number(files)
        folder = tempfile.TemporaryDirectory(prefix="pacte-upload-")
        try:
            paths = _written(Path(folder.name) / _ARRIVED, files, self._largest)
        except BaseException:
            folder.cleanup()
            raise
        names = tuple(path.name for path in paths)
        job = Job(secrets.token_urlsafe(12), importer, names, folder)
        wanted = chosen(source) if nameless(importer, names, mapped=bool(mapping)) else ""
        job.unnamed = usual(names) if nameless(importer, names, mapped=bool(mapping)) and not wanted else ""
        told = dict(options)
        if mapping:
            told["map"] = str(_mapping_file(Path(folder.name) / _MAPPING, mapping, names))
            given = paths
        else:
            given = placed(paths, importer, Path(folder.name) / _NAMED, wanted or usual(names))
        self._add(job)
        self._run(job, lambda: self._compare(job, given, told), given)
        return job

    def confirm(self, token: str, *, prune: bool, force: bool) -> Job:
        """Write an upload that was compared; one that is written already, or under way, is left to it (a button pressed twice).

        Raises UnknownName when it is gone, UsageError when it isn't ready.
        """
        job = self.get(token)
        if job is None:
            raise UnknownName(
                tell("This upload is no longer kept.", "Ce chargement n'est plus gardé."),
                hint=tell("Upload the files again.", "Choisissez les fichiers à nouveau."),
            )
        with self._lock:
            if job.stage in ("writing", "done"):
                return job
            if job.stage != "ready":
                raise UsageError(tell("This upload isn't ready to be written.", "Ce chargement n'est pas prêt à être écrit."))
            job.stage, job.step, job.done, job.total = "writing", "write", 0, 0
        self._run(job, lambda: self._write(job, prune=prune, force=force), ())
        return job

    def propose(self, importer: str, files: Mapping[str, str]) -> str:
        """Return a mapping to start from for the first file. Raises UsageError when the importer has none to propose."""
        _refuse_number(files)
        found = loading.importer(importer)
        if not hasattr(found, "propose_mapping"):
            raise UsageError(
                tell(
                    "The importer {importer} needs no mapping.",
                    "Ce type de fichiers ({importer}) n'a pas besoin de correspondance.",
                    importer=importer,
                ),
                hint=tell(
                    "Choose the importer of tables and one table.", "Choisissez « Classeurs et tables CSV » et un seul tableau."
                ),
            )
        with tempfile.TemporaryDirectory(prefix="pacte-upload-") as folder:
            paths = _written(Path(folder) / _ARRIVED, files, self._largest)
            try:
                text: str = found.propose_mapping(paths[0])
            except PacteError as error:
                raise _told(error, _places(folder, paths)) from error
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

    def _run(self, job: Job, work: Callable[[], None], given: Sequence[Path]) -> None:
        places = _places(job.folder.name, given)

        def guarded() -> None:
            try:
                work()
            except PacteError as error:
                job.error, job.stage = _told(error, places), "failed"
            except Exception as error:  # noqa: BLE001 - it is the thread's last frame: said on the page, traced in the log
                _LOG.exception("An upload broke.")
                job.error, job.stage = _told(PacteError(f"{type(error).__name__}: {error}"), places), "failed"

        job.thread = threading.Thread(target=guarded, name="pacte-upload", daemon=True)
        job.thread.start()

    def _compare(self, job: Job, given: list[Path], options: dict[str, str]) -> None:
        try:
            batches = loading.importer(job.importer).read(given, **options)
        except DataRefused:
            files = [item for path in given for item in (sorted(path.iterdir()) if path.is_dir() else [path])]
            job.advice = "" if "map" in options else _advice(job.importer, files)
            raise
        job.step = "compare"
        job.plans = loading.compare(self._store(), batches, progress=job.progress)
        job.stage = "ready"

    def _write(self, job: Job, *, prune: bool, force: bool) -> None:
        job.reports = loading.write(self._store(), job.plans, prune=prune, force=force, progress=job.progress)
        job.stage = "done"


def _refuse_number(files: Mapping[str, str]) -> None:
    """Raise UsageError when no file was given, or too many."""
    if not files:
        raise UsageError(NO_FILE, hint=CHOOSE)
    if len(files) > MOST_FILES:
        raise UsageError(
            tell(
                "{given} files were given; {most} are taken at once.",
                "{given} fichiers ont été choisis ; {most} sont pris à la fois.",
                given=len(files),
                most=MOST_FILES,
            ),
            hint=tell("Use `pacte import` on a folder.", "Chargez le dossier avec la commande « pacte import »."),
        )


def _mapping_file(room: Path, text: str, names: Sequence[str]) -> Path:
    """Write the mapping under the first table's name: the importer names the source after it, so each table is its own."""
    room.mkdir()
    path = room / f"{stem(min(names))}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _told(error: PacteError, places: Mapping[str, str]) -> PacteError:
    """Return the error without the server's own paths."""
    error.message, error.hint = _hidden(error.message, places), _hidden(error.hint, places)
    return error


def _written(folder: Path, files: Mapping[str, str], largest: int) -> list[Path]:
    """Write the uploaded files under safe names of their own. Raises DataRefused when they are too large, empty or cut off."""
    left = largest
    found: list[Path] = []
    folder.mkdir()
    for name, address in files.items():
        left -= len(address or "") * 3 // 4
        if left < 0:
            raise DataRefused(
                tell(
                    "The files are larger than {size} MB together, the most taken here.",
                    "Les fichiers dépassent ensemble {size} Mo, le plus que l'écran prenne.",
                    size=largest // 1_000_000,
                ),
                hint=tell("Use `pacte import` for large files.", "Chargez-les avec la commande « pacte import »."),
            )
        path = folder / safe(name)
        if path.exists():
            raise DataRefused(
                tell("Two files are called {name}.", "Deux fichiers s'appellent {name}.", name=path.name),
                hint=tell("Rename one of them.", "Renommez l'un des deux."),
            )
        path.write_bytes(_bytes(name, address))
        found.append(path)
    return found


def _bytes(name: str, address: str) -> bytes:
    """Return what a data address holds. Raises DataRefused when it is cut off or empty."""
    try:
        data = base64.b64decode((address or "").partition(",")[2], validate=True)
    except (binascii.Error, ValueError) as error:
        raise DataRefused(
            tell("{name} did not arrive whole.", "{name} n'est pas arrivé entier.", name=name[:80]),
            hint=tell("Upload it again.", "Choisissez-le à nouveau."),
        ) from error
    if not data.strip(_BLANK):
        raise DataRefused(
            tell("{name} is empty.", "{name} est vide.", name=name[:80]),
            hint=tell("Choose a file that holds something.", "Choisissez un fichier qui contient quelque chose."),
        )
    return data


def _hidden(text: str, places: Mapping[str, str]) -> str:
    """Return a sentence with the names that the user gave instead of the server's own paths."""

    def without(told: str) -> str:
        for place, name in places.items():
            told = told.replace(place, name)
        return told

    return Told(without(text), without(text.fr)) if isinstance(text, Told) else without(text)


def _places(folder: str, given: Sequence[Path]) -> dict[str, str]:
    """Return what stands on the page for each path of the server, the longest first."""
    found: dict[str, str] = {}
    for root in dict.fromkeys((folder, str(Path(folder).resolve()))):
        for path in given:
            inside = sorted(item.name for item in path.iterdir()) if path.is_dir() else [path.name]
            found[str(path).replace(folder, root)] = ", ".join(inside)
        found |= {f"{root}/{room}/": "" for room in (_ARRIVED, _NAMED, _MAPPING)}
        found[f"{root}/"] = ""
    return found


def _advice(importer: str, paths: Sequence[Path]) -> Advice:
    """Return what to try with files that can't be taken: a mapping for a table of another layout, else another kind."""
    found = loading.importer(importer)
    if not hasattr(found, "propose_mapping"):
        return "kind"
    try:
        found.propose_mapping(paths[0])
    except PacteError:
        return "kind"
    return "map"
