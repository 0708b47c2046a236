"""Every text of « Et si… ? », in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashapp.i18n import speaker
from pacte_graph.schema.kinds import Words

W = Words
MONTHS = (W("{n} mois", "{n} month"), W("{n} mois", "{n} months"))
POINTS = (W("{n} point", "{n} point"), W("{n} points", "{n} points"))
MORE = (W("{n} autre", "{n} other"), W("{n} autres", "{n} others"))
UNKNOWN_AMOUNTS = (W("{n} montant inconnu", "{n} unknown amount"), W("{n} montants inconnus", "{n} unknown amounts"))
LEFT_OUT = (
    W("{n} autre n'est pas dessiné", "{n} other isn't drawn"),
    W("{n} autres ne sont pas dessinés", "{n} others aren't drawn"),
)

TEXTS: Mapping[str, Words] = MappingProxyType(
    {
        "whatif": W("Et si… ?", "What if…?"),
        "start": W(
            "Choisissez des projets ou des acteurs à retirer, ou des projets à retarder : la page dira ce que cela changerait, "
            "sans rien écrire dans la base.",
            "Choose projects or actors to remove, or projects to delay: the page will say what that would change, "
            "and nothing is written to the database.",
        ),
        "remove": W("Projets et acteurs à retirer", "Projects and actors to remove"),
        "delay": W("Projets à retarder", "Projects to delay"),
        "months_of": W("Retard de « {name} », en mois", "Delay of “{name}”, in months"),
        "months": W("Mois de retard", "Months of delay"),
        "type": W("Tapez un nom ou un numéro", "Type a name or a number"),
        "nothing_found": W("Aucun résultat", "No result"),
        "projects": W("Projets", "Projects"),
        "actors": W("Acteurs", "Actors"),
        "run": W("Voir ce que cela change", "See what that changes"),
        "slow": W(
            "Grand réseau : la réponse peut demander une demi-minute.", "Large network: the answer may take half a minute."
        ),
        "clear": W("Tout effacer", "Clear all"),
        "answer": W("Ce que cela changerait", "What that would change"),
        "compared": W("Avant et après", "Before and after"),
        "what": W("Mesure", "Measure"),
        "before": W("Avant", "Before"),
        "after": W("Après", "After"),
        "difference": W("Différence", "Difference"),
        "undefined": W("non défini", "undefined"),
        "unknown": W("inconnu", "unknown"),
        "between": W("de {low} à {high}", "from {low} to {high}"),
        "no_change": W("Aucune des mesures suivies ne change.", "None of the measures followed changes."),
        "unchanged": W("Ce qui ne change pas, à l'arrondi près", "What doesn't change, when rounded"),
        "skipped": W(
            "Sans valeur avant ou après, donc absents du tableau : {names}.",
            "Without a value before or after, so not in the table: {names}.",
        ),
        "rest": W(
            "Le détail complet (familles, paires, phrases) : « pacte whatif --json ».",
            "The whole detail (kinds, pairs, sentences): “pacte whatif --json”.",
        ),
        "pull": W("Entraînement perdu : lecture linéaire", "Pull lost: linear reading"),
        "pull_kinds": W("Part perdue, par famille d'acteurs", "Share lost, by kind of actor"),
        "kind": W("Famille", "Kind"),
        "lost": W("Part perdue", "Share lost"),
        "share": W("{share} de l'activité d'entraînement disparaîtrait.", "{share} of the activity of pull would go."),
        "net_share": W(
            "{share} de l'activité d'entraînement disparaîtrait ; sans compter celle des retirés, {net} de celle des autres.",
            "{share} of the activity of pull would go; leaving out that of the removed, {net} of that of the others.",
        ),
        "structure": W("Qui est touché : lecture structurelle", "Who is touched: structural reading"),
        "orphans": W("Acteurs sans plus aucun projet", "Actors left without any project"),
        "deserted": W("Projets sans plus aucun acteur connu", "Projects left without any known actor"),
        "leaving_giant": W("Acteurs hors du plus grand ensemble relié", "Actors leaving the largest connected part"),
        "uncovered": W("Territoires qui ne sont plus couverts", "Territories no longer covered"),
        "parts": W("Ensembles séparés", "Separate parts"),
        "from_to": W("{before} avant, {after} après", "{before} before, {after} after"),
        "budget_lost": W("Budgets des projets retirés", "Budgets of the removed projects"),
        "regional_lost": W("Financements régionaux des projets retirés", "Regional funding of the removed projects"),
        "no_project": W("aucun projet retiré", "no project removed"),
        "none": W("aucun", "none"),
        "picture": W("Autour de ce qui disparaît", "Around what goes"),
        "picture_alt": W(
            "Réseau en trois colonnes : retirés ({removed}), liés directement ({near}), liés à ceux-là ({far}). "
            "Les listes de la page donnent les acteurs et territoires touchés.",
            "Network in three columns: removed ({removed}), tied to them ({near}), tied to those ({far}). "
            "The lists of the page give the actors and territories touched.",
        ),
        "picture_note": W(
            "Dessinés : projets, acteurs et territoires, par participation, lien entre projets et déclinaison.",
            "Drawn: projects, actors and territories, by participation, link between projects and declination.",
        ),
        "picture_none": W("Rien n'est lié à ce qui disparaît.", "Nothing is tied to what goes."),
        "column.0": W("Retirés", "Removed"),
        "column.1": W("Liés directement", "Tied to them"),
        "column.2": W("Liés à ceux-là", "Tied to those"),
        "left_out": W("« {column} » : {left}.", "“{column}”: {left}."),
        "legend.removed": W("retiré", "removed"),
        "legend.gone": W("lien qui disparaît", "tie that goes"),
        "legend.struck": W(
            "n'a plus de projet ou d'acteur, ou n'est plus couvert", "no project or actor left, or no longer covered"
        ),
        "legend.stays": W("reste", "stays"),
        "legend.tie": W("lien qui reste", "tie that stays"),
        "Project": W("projet", "project"),
        "Actor": W("acteur", "actor"),
        "Territory": W("territoire", "territory"),
        "late": W("Projets en retard", "Late projects"),
        "project": W("Projet", "Project"),
        "since": W("Début", "Start"),
        "until": W("Fin", "End"),
        "stays": W("{date} (inchangé)", "{date} (unchanged)"),
        "moved": W("{before} → {after}", "{before} → {after}"),
        "milestones": W("Jalons qui glissent", "Milestones that slip"),
        "milestone": W("Jalon", "Milestone"),
        "old_date": W("Date prévue", "Planned date"),
        "new_date": W("Date repoussée", "Date put off"),
        "sure": W("Glissement", "Slip"),
        "sure.yes": W("certain", "certain"),
        "sure.no": W("possible", "possible"),
        "via": W("Par", "By"),
        "no_milestone": W("Aucun jalon connu ne glisse.", "No known milestone slips."),
        "later": W("{months} plus tard", "{months} later"),
        "sure_note": W(
            "« Possible » : le sens d'un lien ou la date du jalon n'est pas connu.",
            "“Possible”: the direction of a link or the date of the milestone is not known.",
        ),
        "not_written": W("Rien n'est écrit dans la base.", "Nothing is written to the database."),
    }
)

MEASURES: Mapping[str, Words] = MappingProxyType(
    {
        "declination.any": W("Projets déclinés, toutes échelles", "Projects declined, all scales"),
        "declination.scale": W("Projets déclinés : {scale}", "Projects declined: {scale}"),
        "nesting.nodf": W("Emboîtement des échelles (NODF, de 0 à 100)", "Nestedness of scales (NODF, 0 to 100)"),
        "leverage.total": W("Euros engagés pour 1 € de la Région", "Euros committed for €1 of the Region"),
        "leverage.private": W("Euros non publics pour 1 € de la Région", "Non-public euros for €1 of the Region"),
        "leverage.regional_rate": W("Part de la Région dans les plans complets", "Region's share of complete plans"),
        "leverage.coverage": W("Projets au plan de financement complet", "Projects with a complete financing plan"),
        "savings.net.once": W("Économie nette de la mutualisation, une seule fois", "Net saving of pooling, once"),
        "savings.net.yearly": W("Économie nette de la mutualisation, chaque année", "Net saving of pooling, every year"),
        "savings.net.unknown": W(
            "Économie nette de la mutualisation, période non dite", "Net saving of pooling, period not stated"
        ),
        "coverage.share": W("Territoires avec un projet propre : {scale}", "Territories with a project of their own: {scale}"),
        "coverage.people": W(
            "Habitants là où un projet se décline : {scale}", "Inhabitants where a project is declined: {scale}"
        ),
        "coverage.projects": W("Projets propres par territoire : {scale}", "Own projects per territory: {scale}"),
        "equity.gini": W("Inégalité des montants entre communes (Gini)", "Inequality of amounts among communes (Gini)"),
        "equity.between": W("Part des écarts entre territoires", "Share of the gaps between territories"),
        "dialogue.density": W("Couples d'institutions qui travaillent ensemble", "Pairs of institutions that work together"),
        "dialogue.within_two": W("Couples d'institutions à deux pas au plus", "Pairs of institutions within two steps"),
        "dialogue.steered": W("Projets menés par au moins deux institutions", "Projects steered by at least two institutions"),
        "ei_index.all": W("Ouverture hors de sa famille (E-I, de −1 à 1)", "Openness outside one's kind (E-I, −1 to 1)"),
        "mixing.vertical": W("Projets réunissant au moins deux échelles", "Projects that join at least two scales"),
        "cohesion.components": W("Morceaux séparés du réseau", "Separate pieces of the network"),
        "cohesion.giant": W("Acteurs dans le plus grand morceau", "Actors in the largest piece"),
        "cohesion.fragmentation": W("Paires d'acteurs sans aucun chemin", "Pairs of actors without any path"),
        "cohesion.direct": W("Paires d'acteurs qui travaillent ensemble", "Pairs of actors that work together"),
        "cohesion.within_two": W(
            "Paires d'acteurs avec un intermédiaire au plus", "Pairs of actors with one intermediary at most"
        ),
        "cohesion.density": W("Participations existantes, sur les possibles", "Participations that exist, of the possible ones"),
    }
)
"""The measures of the comparison, by metric and dimension."""

say = speaker(TEXTS)
measure = speaker(MEASURES)
