"""Every text of the map, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashapp.i18n import speaker
from pacte_graph.schema.kinds import Words

W = Words
TITLE = W("Carte", "Map")

TEXTS: Mapping[str, Words] = MappingProxyType(
    {
        "lead": W(
            "Communes teintées selon le nombre d'organismes qui y sont implantés ; un cercle par adresse, plus grand quand "
            "ses organismes "
            "participent à plus de projets.",
            "Communes are shaded by how many bodies are based there; one circle an address, larger when its bodies take part "
            "in more "
            "projects.",
        ),
        "no_contour": W(
            "Aucun territoire de ce programme n'a de contour : importez-en avec « pacte import territoires contours.geojson ».",
            "No territory of this programme has a contour: import some with “pacte import territoires contours.geojson”.",
        ),
        "alt": W(
            "Carte de {territories} territoires ; {placed} organismes sur {actors} y ont une adresse connue. Le tableau dit "
            "la même chose.",
            "Map of {territories} territories; {placed} bodies of {actors} have a known address there. The table says the same.",
        ),
        "outside": W(
            "{n} organismes sont hors de la carte ou sans coordonnées connues.",
            "{n} bodies are off the map or have no known coordinates.",
        ),
        "legend_shade": W("Organismes implantés", "Bodies based there"),
        "legend_circle": W("Participations", "Participations"),
        "none": W("aucun", "none"),
        "table": W("Les mêmes nombres en tableau", "The same numbers as a table"),
        "territory": W("Territoire", "Territory"),
        "population": W("Population", "Population"),
        "based": W("Organismes implantés", "Bodies based there"),
        "parts": W("Participations", "Participations"),
        "save": W("Télécharger la carte (SVG)", "Download the map (SVG)"),
        "source": W("Source : {names}", "Source: {names}"),
    }
)

say = speaker(TEXTS)
