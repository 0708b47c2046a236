"""Every source, on its real data where that lies beside the checkout: loaded, then loaded again, on both engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from pacte_graph import loading
from pacte_graph.store import Store

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FILES = {
    "cordis": ["cordis/h2020_toulouse_subnetwork.csv.gz"],
    "anr": ["anr/anr_pia_toulouse_montpellier_2022-05-12.csv"],
    "territoires": ["territoires/communes_4_epci_contours.geojson", "territoires/epci_selection_2026.json"],
    "graphe": ["classic/Scotland.paj"],
    "feuille-de-route": ["feuilles_de_route/projet_03_pacte_territorial.txt"],
}
COUNTS = {
    "cordis": (3_189, None),
    "anr": (965, None),
    "territoires": (672, None),
    "graphe": (245, None),
    "feuille-de-route": (69, 107),
}


@pytest.mark.skipif(not DATA.exists(), reason="the real data is not beside this checkout")
@pytest.mark.parametrize("name", sorted(FILES))
def test_loaded_twice_is_loaded_once(store: Store, name: str) -> None:
    def load() -> list[loading.Plan]:
        batches = loading.importer(name).read([DATA / file for file in FILES[name]])
        plans = loading.compare(store, batches, full=True)
        loading.write(store, plans)
        return plans

    first = load()
    created = sum((plan.counts["created"] for plan in first), loading.Counts())
    nodes, links = COUNTS[name]
    assert created.nodes == nodes
    assert links is None or created.links == links
    for plan in load():
        assert plan.empty
        assert plan.vanished == ()
