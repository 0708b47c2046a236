"""Every text of the explorer, in French and English."""

from __future__ import annotations

from pacte_graph.schema.kinds import Words

W = Words
TITLE = W("Explorateur", "Explorer")
TEXTS: dict[str, Words] = {
    "canvas": W("Réseau des projets et des acteurs", "Network of projects and actors"),
    "canvas_help": W(
        "Le réseau est dessiné ici. L'onglet « Liste » en donne l'équivalent au clavier et pour les lecteurs d'écran.",
        "The network is drawn here. The “List” tab is its equivalent for keyboards and screen readers.",
    ),
    "search": W("Rechercher un nom ou un numéro", "Search a name or a number"),
    "results": W("Résultats", "Results"),
    "no_result": W("Rien ne correspond à « {text} ».", "Nothing matches “{text}”."),
    "more_results": W("et {n} autres : précisez.", "and {n} more: type a little more."),
    "layout": W("Disposition", "Layout"),
    "layout.force": W("Réseau", "Network"),
    "layout.nesting": W("Poupées russes", "Russian dolls"),
    "layout.circles": W("Cercles", "Circles"),
    "layers": W("Couches", "Layers"),
    "size": W("Taille des nœuds", "Size of nodes"),
    "legend": W("Légende", "Legend"),
    "legend_nodes": W("Nœuds", "Nodes"),
    "legend_links": W("Liens", "Links"),
    "legend_size": W("Taille", "Size"),
    "undo": W("Annuler", "Undo"),
    "show_all": W("Tout montrer", "Show all"),
    "fit": W("Recadrer", "Fit"),
    "figure": W("Figure…", "Figure…"),
    "figure_title": W("Enregistrer la figure", "Save the figure"),
    "figure_help": W(
        "La figure est dessinée par le serveur : ce qui est à l'écran, avec titre, légende, date, filtres et source.",
        "The figure is drawn by the server: what is on screen, with title, legend, date, filters and source.",
    ),
    "figure_name": W("Titre de la figure", "Title of the figure"),
    "figure_format": W("Format", "Format"),
    "figure_width": W("Largeur (mm)", "Width (mm)"),
    "figure_height": W("Hauteur (mm)", "Height (mm)"),
    "figure_dpi": W("Résolution (points par pouce)", "Resolution (dots per inch)"),
    "figure_download": W("Télécharger la figure", "Download the figure"),
    "recipe_download": W("Enregistrer la recette", "Save the recipe"),
    "figure_bad_size": W(
        "La figure doit mesurer de {low} à {high} mm de côté, de {dpi_low} à {dpi_high} points par pouce, "
        "et 150 millions de points en tout.",
        "A figure is {low} to {high} mm a side, at {dpi_low} to {dpi_high} dots per inch, 150 million dots in all.",
    ),
    "tab_card": W("Fiche", "Card"),
    "tab_list": W("Liste ({n})", "List ({n})"),
    "panel": W("Détails", "Details"),
    "nothing_selected": W("Rien n'est sélectionné", "Nothing is selected"),
    "how_to": W(
        "Cliquez sur un nœud ou un lien, cherchez un nom, ou prenez un nom dans la liste : sa fiche s'ouvre ici.",
        "Click a node or a link, search for a name, or take one from the list: its card opens here.",
    ),
    "number": W("n° {n}", "No. {n}"),
    "unknown_title": W("Projet {n} (titre inconnu)", "Project {n} (title unknown)"),
    "expand": W("Déployer les voisins", "Expand neighbours"),
    "collapse": W("Replier les voisins", "Collapse neighbours"),
    "hide": W("Cacher", "Hide"),
    "focus": W("Isoler", "Isolate"),
    "unfocus": W("Ne plus isoler", "Stop isolating"),
    "depth": W("Jusqu'à", "Up to"),
    "depth.1": W("1 lien", "1 link"),
    "depth.2": W("2 liens", "2 links"),
    "depth.3": W("3 liens", "3 links"),
    "path_from": W("Chemin depuis ici", "Path from here"),
    "path_pick": W(
        "Chemin depuis « {name} » : choisissez l'arrivée sur le réseau, dans la recherche ou dans la liste.",
        "Path from “{name}”: choose the end on the network, by search or in the list.",
    ),
    "cancel": W("Abandonner", "Cancel"),
    "path_title": W("Chemin de « {a} » à « {b} »", "Path from “{a}” to “{b}”"),
    "path_none": W(
        "Aucun chemin ne relie ces deux nœuds dans ce qui est affiché. Ajoutez une couche ou rallumez la légende.",
        "No path joins these two nodes in what is shown. Add a layer or switch the legend back on.",
    ),
    "path_count.one": W("Un plus court chemin, de {length}.", "One shortest path, {length} long."),
    "path_count.many": W("{n} plus courts chemins, de {length}.", "{n} shortest paths, {length} long."),
    "path_more": W("Les {shown} premiers sont écrits ; tous sont tracés.", "The first {shown} are written; all are drawn."),
    "path_end": W("Effacer le chemin", "Clear the path"),
    "facts": W("Ce que l'on sait", "What is known"),
    "no_facts": W("Rien d'autre que son nom n'est attesté.", "Nothing but its name is attested."),
    "links": W("Liens", "Links"),
    "no_links": W("Aucun lien dans ce programme à cette date.", "No link in this programme at this date."),
    "plain_link": W("lien", "link"),
    "link_card": W("Fiche du lien", "Card of the link"),
    "show_layer": W("Afficher la couche {name}", "Show the layer {name}"),
    "show_group": W("Rallumer « {name} » dans la légende", "Switch “{name}” back on in the legend"),
    "not_shown": W("(non affiché)", "(not shown)"),
    "sources": W("Qui le dit", "Who says so"),
    "no_sources": W("Aucune source n'est enregistrée.", "No source is recorded."),
    "line": W("ligne {n}", "line {n}"),
    "since": W("chargé le {date}", "loaded on {date}"),
    "disagrees": W(
        "{name} : « {value} » selon cette source, « {kept} » retenu.", "{name}: “{value}” says this source, “{kept}” is kept."
    ),
    "more_places": W("et {n} autres endroits", "and {n} other places"),
    "numbers": W("Ce que disent les chiffres", "What the numbers say"),
    "no_numbers": W("Aucun indicateur ne porte sur ce nœud.", "No indicator is about this node."),
    "undefined_number": W("{name} : {reason}", "{name}: {reason}"),
    "more_numbers": W(
        "{name} : {n} autres valeurs sur la page Indicateurs.",
        "{name}: {n} more values on the Indicators page.",
    ),
    "from": W("De", "From"),
    "to": W("Vers", "To"),
    "direction": W("Sens du lien", "Direction"),
    "list_help": W(
        "Ce qui est affiché, en toutes lettres. Choisir un nom ouvre sa fiche, où ses voisins sont des boutons.",
        "What is shown, in words. Choosing a name opens its card, where its neighbours are buttons.",
    ),
    "list_name": W("Nom", "Name"),
    "list_type": W("Type", "Type"),
    "list_links": W("Liens affichés", "Links shown"),
    "said_nothing": W("{nodes} et {links} affichés.", "{nodes} and {links} shown."),
    "said_node": W("Sélection : {name}, {type}, {links}.", "Selected: {name}, {type}, {links}."),
    "said_link": W("Sélection : {a} {verb} {b}.", "Selected: {a} {verb} {b}."),
    "gone": W(
        "« {id} » n'est pas dans ce programme à cette date.",
        "“{id}” is not in this programme at this date.",
    ),
    "empty": W(
        "Rien à montrer : ce programme est vide à cette date. Chargez des données ou changez la date.",
        "Nothing to show: this programme is empty at this date. Load data or change the date.",
    ),
    "all_hidden": W(
        "Tout est caché par les couches, la légende ou l'isolement. « Tout montrer » rétablit le réseau.",
        "Everything is hidden by the layers, the legend or the focus. “Show all” brings the network back.",
    ),
    "query_on": W("Requête « {name} » : {n} en évidence.", "Query “{name}”: {n} marked."),
    "query_off": W("Retirer les marques", "Remove the marks"),
    "close": W("Fermer la fiche", "Close the card"),
    "close_form": W("Fermer", "Close"),
}
PLURALS: dict[str, tuple[Words, Words]] = {
    "nodes": (W("{n} nœud", "{n} node"), W("{n} nœuds", "{n} nodes")),
    "links": (W("{n} lien", "{n} link"), W("{n} liens", "{n} links")),
}


def say(key: str, language: str, **values: object) -> str:
    """Return the text of ``key`` in ``language``, filled in with ``values``. Raises KeyError on an unknown key."""
    return TEXTS[key].get(language).format(**values) if values else TEXTS[key].get(language)


def count(key: str, amount: int, language: str) -> str:
    """Return « 1 nœud », « 2 nœuds » (French: 0 is singular; English: 0 is plural)."""
    one = amount == 1 or (amount == 0 and language == "fr")
    return PLURALS[key][0 if one else 1].get(language).format(n=amount)
