"""The ways a country is written, to its code: codes of sources, names in its own language, in French and in English."""

from __future__ import annotations

TABLE = """
at: austria, autriche, oesterreich
be: belgium, belgique, belgie, belgique belgie
bg: bulgaria, bulgarie
ch: switzerland, suisse, schweiz, schweiz suisse svizzera, svizzera
cy: cyprus, chypre, kypros, kypros kibris
cz: czech republic, czechia, tchequie, republique tcheque, ceska republika
de: germany, allemagne, deutschland
dk: denmark, danemark, danmark
ee: estonia, estonie, eesti
es: spain, espagne, espana
fi: finland, finlande, suomi, suomi finland
fr: france
gr: el, greece, grece, ellada, hellas
hr: croatia, croatie, hrvatska
hu: hungary, hongrie, magyarorszag
ie: ireland, irlande
il: israel
is: iceland, islande, island
it: italy, italie, italia
lt: lithuania, lituanie, lietuva
lu: luxembourg, luxembourg grand duche
lv: latvia, lettonie, latvija
mt: malta, malte
nl: netherlands, pays bas, nederland, the netherlands
no: norway, norvege, norge
pl: poland, pologne, polska
pt: portugal
ro: romania, roumanie
rs: serbia, serbie
ru: russia, russie, russian federation
se: sweden, suede, sverige
si: slovenia, slovenie, slovenija
sk: slovakia, slovaquie, slovenska republika
tr: turkey, turquie, tuerkiye
ua: ukraine
gb: uk, united kingdom, royaume uni, great britain
us: usa, united states, etats unis, united states of america
"""
