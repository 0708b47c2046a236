"""Legal forms of European companies and bodies: written out, and the letters they are known by at each place of a name."""

from __future__ import annotations

LEGAL_PHRASES = """
gmbh: gesellschaft mit beschraenkter haftung, gesellschaft mit beschr haftung, gesellschaft mbh, ges m b h, gesmbh, ges mbh
gmbhcokg: gmbh und co kommanditgesellschaft, gmbh co kommanditgesellschaft, gmbh und co kg, gmbh co kg, gmbh co
ag: aktiengesellschaft
kg: kommanditgesellschaft
plc: public limited company
scpa: societa consortile per azioni
scrl: societa consortile a responsabilita limitata, societa consortile a responsabilita, societa consortile a r l, s c a r l
srl: societa a responsabilita limitata, societe a responsabilite limitee, sociedad de responsabilidad limitada
spa: societa per azioni
sl: sociedad limitada
sa: societe anonyme, sociedad anonima, sociedade anonima, sociedad anonima unipersonal, anonymi etaireia, societate anonima
sas: societe par actions simplifiee, societa in accomandita semplice
ab: aktiebolag, aktiebolaget
oy: osakeyhtio
nv: naamloze vennootschap
bv: besloten vennootschap
spzoo: spolka z ograniczona odpowiedzialnoscia, spolka z o o, sp z o o, sp zoo, sp z oo
sro: spol s r o, spolecnost s rucenim omezenym
ev: eingetragener verein
asbl: association sans but lucratif
epic: etablissement public industriel et commercial
"""
FORMS_ANYWHERE = "gmbh gmbhcokg ltd limited llc plc sarl eurl sasu snc spa srl scpa scrl scarl gesmbh mbh oyj asa aps spzoo sro kft zrt lda ltda ooo"
FORMS_AT_END = (
    "sa sas ag ab as oy se nv bv kg kgaa ev eg co inc corp corporation company sl slu slne scl sc scs sca scp sci sccl scop scic sprl "
    "bvba cvba vzw asbl ae abee epe ee oe doo dd ad eood ood rt nyrt bt ans hf ehf ks sp zoo vof gbr ohg spol lp llp srls sanv nvsa cv "
    "spc pty gie geie eeig epic epa epst epscp zao oao ao jsc cjsc ojsc pjsc tov is"
)
FORMS_AT_START = "sa sas sarl eurl gie geie stichting scop scic asbl oy ab ooo zao oao"
