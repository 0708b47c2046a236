"""``pacte import`` and ``pacte sources`` as a user runs them, on the embedded engine, with a small importer of one's own."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from pacte_graph import cli
from pacte_graph.cli import progress
from pacte_graph.errors import DataRefused, UsageError
from pacte_graph.loading import registry
from pacte_graph.records import Batch, Card, NodeRecord, NotUnderstood, Rejected, SourceFile, Where


class Lines:
    """An importer: each line ``id;name`` of a file is an actor; other lines aren't understood; each file is a source."""

    name = "lines"
    version = "1.2"
    card = Card("lines", "Lignes", "Lines", licence="CC0")

    def read(self, paths: list[Path], **options: str) -> list[Batch]:
        if set(options) - {"programme", "kind"}:
            raise UsageError(f"Unknown option {sorted(options)}.")
        return [self.batch(path, options.get("kind")) for path in paths]

    def batch(self, path: Path, kind: str | None) -> Batch:
        data = path.read_bytes()
        if b"\0" in data:
            raise DataRefused(f"{path.name} isn't text.", hint="Give a text file.")
        rejected: list[Rejected] = []
        unknown: list[NotUnderstood] = []

        def nodes():
            for number, line in enumerate(data.decode().splitlines(), 1):
                id_, sign, name = line.partition(";")
                if not sign:
                    unknown.append(NotUnderstood(path.name, number, None, line))
                elif not name:
                    rejected.append(Rejected(path.name, number, None, line, "No name."))
                else:
                    kinds = {"kind": kind} if kind else {}
                    yield NodeRecord("Actor", f"actor:{id_}", {"name": name, **kinds}, (Where(path.name, number),))

        card = Card(f"lines:{path.stem}", "Lignes", "Lines")
        file = SourceFile(path.name, hashlib.sha256(data).hexdigest())
        return Batch(card, self.name, self.version, (file,), nodes(), iter(()), rejected, unknown)


@dataclass
class Point:
    name: str

    def load(self) -> Lines:
        return Lines()


@pytest.fixture
def pacte(embedded_store, monkeypatch, capsys):
    """Return the command: it takes words and returns exit code, standard output and standard error."""
    points = [Point("lines")]
    monkeypatch.setenv("PACTE_HOME", str(embedded_store.settings.home))
    monkeypatch.setattr(
        registry,
        "entry_points",
        lambda group, name=None: [p for p in points if group == registry.GROUP and name in (None, p.name)],
    )

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def file(tmp_path):
    """Return the maker of a file of lines."""

    def make(text: str, name: str = "a.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return make


def count(store) -> int:
    return store.read("MATCH (n) RETURN count(n) AS n")[0]["n"]


def test_the_machine_readable_form_is_one_object(pacte, file, embedded_store) -> None:
    path = file("a;École\nb;\nwhat?\n")
    code, out, err = pacte("import", "lines", path, "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["source"], found["dry_run"]) == ("lines:a", False)
    assert found["run"] == embedded_store.read("MATCH (r:ImportRun) RETURN r.id AS id")[0]["id"]
    assert found["files"] == [{"path": "a.txt", "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}]
    assert found["created"] == {"nodes": 1, "links": 0}
    assert found["rejected"] == [
        {"file": "a.txt", "sheet": None, "line": 2, "page": None, "value": "b;", "reason": "No name.", "about": []}
    ]
    assert found["not_understood"] == [{"file": "a.txt", "line": 3, "page": None, "text": "what?"}]
    again = json.loads(pacte("import", "lines", path, "--json")[1])
    zero = {"nodes": 0, "links": 0}
    assert [again[name] for name in ("created", "changed", "removed", "vanished")] == [zero] * 4
    assert again["unchanged"] == {"nodes": 1, "links": 0}


def test_a_dry_run_says_the_difference_and_writes_nothing(pacte, file, embedded_store) -> None:
    pacte("import", "lines", file("a;A\nb;B"))
    before = count(embedded_store)
    code, out, _ = pacte("import", "lines", file("a;Z"), "--dry-run", "--prune", "--json")
    found = json.loads(out)
    assert (code, found["run"], found["dry_run"]) == (0, None, True)
    assert found["changes"] == [{"about": "actor:a", "property": "name", "old": "A", "new": "Z"}]
    assert found["vanished"] == found["removed"] == {"nodes": 1, "links": 0}
    assert count(embedded_store) == before


def test_people_read_the_same(pacte, file) -> None:
    pacte("import", "lines", file("a;A\nb;B\nc;C"))
    code, out, err = pacte("import", "lines", file("a;Z\nb;B\nhuh\n[bold];\n"))
    assert (code, err) == (0, "")
    for words in (
        "lines:a",
        "loaded, run:",
        "sha256",
        "changed",
        "actor:a",
        "Not understood: 1",
        "a.txt:3: huh",
        "[bold];",
        "(--prune",
    ):
        assert words in out, words
    assert "nothing written" in pacte("import", "lines", file("a;A"), "--dry-run")[1]


def test_pruning_removes(pacte, file, embedded_store) -> None:
    pacte("import", "lines", file("a;A\nb;B"))
    found = json.loads(pacte("import", "lines", file("a;A"), "--prune", "--json")[1])
    assert found["removed"] == {"nodes": 1, "links": 0}
    assert embedded_store.read("MATCH (n:Actor) RETURN n.id AS id ORDER BY id") == [{"id": "actor:a"}]


def test_pruning_says_which_values_change_where_another_source_remains(pacte, file, embedded_store) -> None:
    pacte("import", "lines", file("a;First\nb;B\n", "one.txt"))
    pacte("import", "lines", file("a;Second\nc;C\n", "two.txt"))
    words = ("import", "lines", file("b;B\nd;D\n", "one.txt"))
    dry = json.loads(pacte(*words, "--prune", "--dry-run", "--json")[1])
    changed = {"about": "actor:a", "property": "name", "old": "First", "new": "Second"}
    assert dry["vanished_items"] == [{"about": "actor:a", "pruned": "withdrawn", "changes": [changed]}]
    out = pacte(*words, "--dry-run")[1].replace("\n", " ")
    assert "actor:a (others state it; --prune would take back this source's word; name: First → Second)" in out
    assert embedded_store.read("MATCH (n:Actor {id: 'actor:a'}) RETURN n.name AS name") == [{"name": "First"}]
    pacte(*words, "--prune")
    assert embedded_store.read("MATCH (n:Actor {id: 'actor:a'}) RETURN n.name AS name") == [{"name": "Second"}]


def test_two_records_side_by_side(pacte, file) -> None:
    pacte("import", "lines", file("a;Alpha\nb;Beta\n"))
    code, out, _ = pacte("duplicates", "--compare", "actor:a", "actor:b")
    assert code == 0
    for word in ("actor:a", "actor:b", "Alpha", "Beta", "lines:a"):
        assert word in out
    both = json.loads(pacte("duplicates", "--compare", "actor:a", "actor:b", "--json")[1])["records"]
    assert [item["properties"]["name"] for item in both] == ["Alpha", "Beta"]
    assert pacte("duplicates", "--compare", "actor:a", "actor:z")[0] == 2
    assert pacte("duplicates", "--compare", "actor:a", "actor:b", "--merged")[0] == 2


def test_told_apart_and_open_again(pacte, file) -> None:
    pacte("import", "lines", file("a;Alpha\nb;Beta\n"))
    assert pacte("duplicates", "--differ", "actor:a", "actor:b")[0] == 0
    assert "can be proposed again" in pacte("duplicates", "--reopen", "actor:b", "actor:a")[1]
    assert json.loads(pacte("duplicates", "--merged", "--json")[1])["decisions"] == []
    code, _, err = pacte("duplicates", "--reopen", "actor:a", "actor:b")
    assert (code, "were not told apart" in err.replace("\n", " ")) == (2, True)


def test_several_files_make_one_object(pacte, file) -> None:
    paths = [file("a;A"), file("a;B\nb;B", "b.txt")]
    found = json.loads(pacte("import", "lines", *paths, "--json")[1])
    assert found["source"] == ["lines:a", "lines:b"]
    assert (found["created"], found["changed"]) == ({"nodes": 2, "links": 0}, {"nodes": 1, "links": 0})
    assert [conflict["about"] for conflict in found["conflicts"]] == ["actor:a"]
    assert [batch["source"] for batch in found["batches"]] == ["lines:a", "lines:b"]


@pytest.mark.parametrize("bad", ["b;B\0", "a b:\x01;B", f"{'x' * 600};B"])
def test_one_bad_file_stops_all(pacte, file, embedded_store, bad) -> None:
    code, out, err = pacte("import", "lines", file("a;A"), file(bad, "b.txt"), "--json")
    assert (code, out) == (1, "")
    assert json.loads(err)["error"]["code"] == "data_refused"
    assert "b.txt" in err
    assert count(embedded_store) == 0


def test_wrong_usage(pacte, file) -> None:
    path = file("a;A")
    for words in (
        ("import", "ghost", path),
        ("import", "lines", path.with_name("absent.txt")),
        ("import", "lines", path, "-o", "kind"),
        ("import", "lines", path, "-o", "colour=red"),
        ("import", "lines", path, "--programme", "p", "-o", "programme=q"),
    ):
        code, out, err = pacte(*words)
        assert (code, out) == (2, ""), words
        assert err
        assert "Traceback" not in err
    assert "Importers: lines." in pacte("import", "ghost", path)[2]


def test_an_importer_that_cannot_start_is_named(pacte, file, monkeypatch) -> None:
    def broken(self) -> Lines:
        raise ImportError("no module named nothing")

    monkeypatch.setattr(Point, "load", broken)
    code, _, err = pacte("import", "lines", file("a;A"))
    assert code == 2
    assert "The importer lines can't be started: no module named nothing." in err


def test_a_bar_shows_on_standard_error_when_it_takes_long(capsys, monkeypatch) -> None:
    for patience, quiet, shown in ((0, False, True), (60, False, False), (0, True, False)):
        monkeypatch.setattr(progress, "PATIENCE", patience)
        with progress.Bar(quiet=quiet) as bar:
            bar("write", 1, 2)
            bar("write", 2, 2)
        said = capsys.readouterr()
        assert ("Writing" in said.err, said.out) == (shown, "")


def test_options_reach_the_importer(pacte, file, embedded_store) -> None:
    pacte("import", "lines", file("a;A"), "--programme", "p", "-o", "kind=state")
    assert embedded_store.read("MATCH (n:Actor) RETURN n.kind AS kind") == [{"kind": "state"}]


def test_sources_lists_importers_and_what_was_loaded(pacte, file, embedded_store) -> None:
    assert "Nothing was loaded yet" in pacte("sources")[1]
    pacte("import", "lines", file("a;A"))
    found = json.loads(pacte("sources", "--json")[1])
    assert [(item["name"], item["version"], item["card"]["licence"]) for item in found["importers"]] == [("lines", "1.2", "CC0")]
    assert [(item["source"], item["last_run"]["status"]) for item in found["loaded"]] == [("lines:a", "complete")]
    assert found["unfinished"] == []
    embedded_store.write("MATCH (r:ImportRun) SET r.status = 'running'")
    assert "Cut off or under way: lines:a" in pacte("sources")[1].replace("\n", " ")
    assert json.loads(pacte("sources", "--json")[1])["unfinished"][0]["source"] == "lines:a"


def test_a_source_that_shrank_is_pruned_only_by_force(pacte, file, embedded_store) -> None:
    whole = "".join(f"{letter};{letter.upper()}\n" for letter in "abcdefgh")
    assert pacte("import", "lines", file(whole))[0] == 0
    before = count(embedded_store)
    code, _, err = pacte("import", "lines", file("a;A\nb;B\nc;C\n"), "--prune")
    assert code == 1
    assert "less than half" in err
    assert "--force" in err
    assert count(embedded_store) == before
    code, out, _ = pacte("import", "lines", file("a;A\nb;B\nc;C\n"), "--prune", "--dry-run")
    assert code == 0
    assert "Without --force this will be refused: 1" in out
    dry = json.loads(pacte("import", "lines", file("a;A\nb;B\nc;C\n"), "--prune", "--dry-run", "--json")[1])
    assert ["less than half" in told for told in dry["prune_refused"]] == [True]
    assert pacte("import", "lines", file("a;A\nb;B\nc;C\nd;D\n"), "--prune")[0] == 0  # half is enough
    assert pacte("import", "lines", file("a;A\n"), "--prune", "--force")[0] == 0
    assert [row["n.id"] for row in embedded_store.read("MATCH (n:Actor) RETURN n.id")] == ["actor:a"]
