"""The closed lists of the schema: actor kinds, territory levels, roles, senses, states."""

from __future__ import annotations

from pacte_graph.schema.kinds import Choice, Words


def _choices(*rows: tuple[str, str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, Words(fr, en)) for value, fr, en in rows)


ACTOR_KINDS = _choices(
    ("local_authority", "Collectivité territoriale", "Local authority"),
    ("state", "État et opérateurs", "State and agencies of the State"),
    ("development_council", "Conseil de développement (Codev)", "Development council"),
    ("chamber", "Chambre consulaire (CCI, CMA…)", "Chamber of commerce or trades"),
    ("university", "Université et enseignement supérieur", "University and higher education"),
    ("research", "Organisme de recherche", "Research body"),
    ("competitiveness_cluster", "Pôle de compétitivité", "Competitiveness cluster"),
    ("cluster", "Cluster", "Cluster"),
    ("company", "Entreprise", "Company"),
    ("association", "Association", "Association"),
    ("agency", "Agence", "Agency"),
)

TERRITORY_LEVELS = _choices(
    ("commune", "Commune", "Commune"),
    ("intercommunality", "Intercommunalité", "Intercommunality"),
    ("metropolis", "Métropole", "Metropolis"),
    ("agglomeration", "Agglomération de proximité", "Agglomeration"),
    ("city_network", "Réseau de villes", "Network of cities"),
    ("bimetropolitan", "Partenariat bi-métropolitain", "Bi-metropolitan partnership"),
    ("departement", "Département", "Département"),
    ("region", "Région", "Region"),
)

REFERENCE_SCALES = ("metropolis", "agglomeration", "city_network", "bimetropolitan", "region")
"""The five scales a project may be declined at, nearest first."""

ROLES = _choices(
    ("lead", "Porteur", "Lead"),
    ("funder", "Financeur", "Funder"),
    ("partner", "Partenaire", "Partner"),
    ("associate", "Associé ou consulté", "Associate or consulted"),
    ("manager", "Chef de projet", "Project manager"),
    ("team", "Équipe projet", "Project team"),
    ("follow_up", "Comité de suivi", "Follow-up committee"),
)

SENSES = _choices(
    ("pulls", "Entraîne", "Pulls along"),
    ("depends_on", "Dépend de", "Depends on"),
    ("mutual", "Réciproque", "Mutual"),
    ("unspecified", "Sens non précisé", "Direction not stated"),
)

DECLINATION_STATES = _choices(
    ("declined", "Décliné", "Declined"),
    ("not_declined", "Non décliné", "Not declined"),
    ("unknown", "Inconnu", "Unknown"),
)

INDICATOR_FAMILIES = _choices(
    ("qualitative", "Qualitatif", "Qualitative"),
    ("quantitative", "Quantitatif", "Quantitative"),
)

PROJECT_STATES = _choices(
    ("planned", "Prévu", "Planned"),
    ("running", "En cours", "Running"),
    ("late", "En retard", "Late"),
    ("done", "Terminé", "Done"),
    ("dropped", "Abandonné", "Dropped"),
)

COST_BASES = _choices(
    ("quote", "Devis", "Quote"),
    ("observed", "Coût constaté", "Observed cost"),
    ("estimate", "Estimation", "Estimate"),
)
"""Where the costs compared come from: without it a saving is not established."""

COST_PERIODS = _choices(
    ("once", "Une seule fois", "Once"),
    ("yearly", "Chaque année", "Every year"),
)

RUN_STATES = _choices(
    ("running", "En cours ou interrompu", "Running or cut off"),
    ("complete", "Terminé", "Complete"),
    ("superseded", "Interrompu, repris par un autre", "Cut off, finished by a later run"),
)

MONTHS = (
    Words("janvier", "January"),
    Words("février", "February"),
    Words("mars", "March"),
    Words("avril", "April"),
    Words("mai", "May"),
    Words("juin", "June"),
    Words("juillet", "July"),
    Words("août", "August"),
    Words("septembre", "September"),
    Words("octobre", "October"),
    Words("novembre", "November"),
    Words("décembre", "December"),
)
"""The months, January first."""
