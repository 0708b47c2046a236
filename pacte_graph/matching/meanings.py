"""Common words of organisation names by meaning, in the languages of Europe: ``meaning: spellings``, one row a meaning.

Rows may be written with or without accents: they are folded when read. Written from general knowledge of how bodies are named and
checked on the tuning half of the measured file only; towns come last, from ``vienna`` on.
"""

from __future__ import annotations

STOP_WORDS = (
    "the of and for in at by on to from und fuer fur der die das des dem den zur zum im am an von vom mit et de du d la le les l au aux "
    "sur pour en par dans a e y i o el los las del al con para por di della dello degli dei delle da dal dalla il lo gli per do dos "
    "das na no em van voor het te ten ter og och av till ja w z v ve u studi their leur its"
)

PHRASES = """
cci: chambre de commerce et d industrie, chambre de commerce
cma: chambre de metiers et de l artisanat, chambre de metiers
chambreagri: chambre d agriculture, chambre departementale d agriculture
chu: centre hospitalier universitaire, centre hospitalier regional universitaire, university hospital, universitaetsklinikum, academisch ziekenhuis
cnrs: centre national de la recherche scientifique
inserm: institut national de la sante et de la recherche medicale
inra: institut national de la recherche agronomique
cea: commissariat a l energie atomique et aux energies alternatives, commissariat a l energie atomique
inria: institut national de recherche en informatique et en automatique
cnr: consiglio nazionale delle ricerche
csic: consejo superior de investigaciones cientificas
eth: eidgenoessische technische hochschule, ecole polytechnique federale, swiss federal institute of technology
department: conseil departemental, conseil general
region: conseil regional
communes: communaute de communes
agglomeration: communaute d agglomeration, communaute agglo
metropole: communaute urbaine
university hochschule: fachhochschule, university of applied sciences
university polytech: technical university, university of technology, universidad politecnica, politecnico, universitatea politehnica, vysoke uceni technicke, ecole polytechnique
university autonoma: autonomous university, universidad autonoma
vtt: valtion teknillinen tutkimuskeskus, technical research centre of finland
aerospace center: aerospace centre
rd: research and development
unitedkingdom: united kingdom, great britain
"""
"""Meanings of several words in a row, small words aside; each row holds for every language its words are known in."""

WORDS = """
university: universite, universita, universitaet, universitat, universitad, universidad, universidade, universiteit, universitet, universitetet, universitaire, universitario, universitaria, universitari, university, univ, unv, uni, univerza, univerzita, univerzitet, universitatea, universitate, universitas, uniwersytet, yliopisto, egyetem, ulikool, sveuciliste, panepistimio, panepistimion, universites, universities, unibertsitatea, universitaten, universitats
institute: institute, institut, instituto, istituto, instytut, instituut, institutet, institutul, inst, institutes, instituts, institutt, ustav, intezet, institucio, instituttet, institucion
hochschule: hochschule, hoegskola, hoegskolan, hogeschool, hoegskole, korkeakoulu, hogskolen, kolegium
school: school, ecole, escola, escuela, scuola, schule, skola, skole, ecoles, schools
college: college, collegium, collegio, colegio
faculty: faculty, faculte, facultad, facolta, fakultaet, fakultat, faculdade, faculteit, fakulta, fakulteta, wydzial, fakultet
department: department, departement, departamento, dipartimento, dept, dep, departament, dip, abteilung, afdeling, departments
laboratory: laboratory, laboratoire, laboratorio, laboratorium, labor, laboratories, laboratoires, laboratorios, laboratori, laboratoriet, lab, labs, labo
center: center, centre, centro, zentrum, centrum, ctr, centres, centers, centri, keskus, kozpont, senter, sentret, kentro, centar, zentralinstitut, centra
academy: academy, academie, accademia, academia, akademie, akademia, akademii, akademi, acad, akademija
sciences: science, sciences, scienze, ciencias, wissenschaft, wissenschaften, nauk, nauki, ved, scienza, ciencia, stiinte, wetenschappen
scientific: scientific, scientifique, scientifica, cientifica, cientifico, scientifico, wissenschaftlich, wissenschaftliche, cientificas, scientifiques
technology: technology, technologie, technologies, tecnologia, tecnologie, tecnologias, technologia, teknologi, technologii, tech, technologien, tecnologiche, teknologian, technol
technical: technical, technique, techniques, technische, technischer, technisches, tecnica, tecnico, tecnicas, tecnicos, tekniska, tekniske, teknisk, teknillinen, tehnica, technicka, techniczny, technological, technologique, tecnologica, tecnologico, tecnologicas, technologisch, technisch, tehniska, technicke, techniki
rd: rd, randd, fue
fachhochschule: fachhochschule, fh
polytech: polytechnique, polytechnic, politecnico, politecnica, politechnika, polytechnical, politehnica, polytechnico, polytechnics
research: research, recherche, recherches, ricerca, ricerche, investigacion, investigaciones, investigacao, forschung, forschungs, onderzoek, forskning, badan, badawczy, badawcza, forsknings, tutkimus, cercetare, vyzkum, kutato, rech, res, badania, investigacio, recerca
development: development, developpement, entwicklung, sviluppo, desarrollo, desenvolvimento, ontwikkeling, dev, developments, rozwoju, utveckling
researchcenter: forschungszentrum, forschungszentren, forskningscenter, forskningscentral, onderzoekscentrum, tutkimuskeskus
researchinstitute: forschungsinstitut, forskningsinstitut, forskningsinstituttet, onderzoeksinstituut, tutkimuslaitos
national: national, nationale, nacional, nazionale, nationaal, nationell, nationalt, narodowy, narodni, nationaux, nat, natl, nationala, nazionali, ethniko, ethnikon
international: international, internationale, internacional, internazionale, internationaal, intl, int, internationales, internationella, internationaux
european: european, europeenne, europeen, europea, europeo, europaeisch, europaeische, europaeisches, europe, europa, europees, europeia, eur
federal: federal, federale, bundes, eidgenoessische, eidg, eidgenoessisches, federation
royal: royal, royale, koninklijk, koninklijke, kungliga, kungl, kunglia, real, reale, kongelige, kgl
state: state, etat, stato, estado, staat, staatliche, staatliches, staats, statens, stats
general: general, generale, gen
association: association, asociacion, associazione, associacao, verein, verband, assoc, assn, ass, vereinigung, vereniging, foerening, forening, asociatia, stowarzyszenie, associacio
foundation: foundation, fondation, fundacion, fondazione, fundacao, stiftung, stichting, stiftelsen, stiftelse, fundacja, fundacio, saatio
society: society, societe, societa, sociedad, sociedade, gesellschaft, selskab, soc, ges, spolka, maatschappij
company: company, companies, compagnie, compagnia, compania, cie, co, firma, unternehmen, entreprise, enterprise, enterprises, entreprises, empresa, impresa, azienda
group: group, groupe, gruppo, grupo, gruppe, groep, grp, grupa, groupement, agrupacion
consulting: consulting, consultants, consultant, consultancy, consulenza, conseil, conseils, beratung, consultores, advies, consultores, consultoria, consult, consulenti, conseilsconsulting, consultores
engineering: engineering, ingenierie, ingegneria, ingenieria, engenharia, ingenieure, ingenieurs, enginyeria, eng, engineers, ingenieros, ingenieurgesellschaft, ingenieurbuero
systems: systems, system, systemes, systeme, sistemi, sistemas, sistema, systemen, systemy, sys
services: services, service, servizi, servicios, servicos, dienste, diensten, servis, servicio
solutions: solutions, solution, soluzioni, soluciones, loesungen
industry: industry, industrie, industries, industria, industrias, industri, industrien, ind, industriale, industrial, industrielle, industriel, industriali, industriales, industriels, industriais
computer: computer, computers, informatique, informatica, informatik, computing, computational, racunalnistvo, racunalnistvo, informatics, datenverarbeitung, calculo
software: software, logiciel, logiciels, softwaretechnik
electronics: electronics, electronic, electronique, elettronica, electronica, elektronik, elektronica, electroniques, elettroniche
materials: materials, material, materiaux, materiali, materiales, werkstoffe, werkstoff, materiais, materialforschung
energy: energy, energie, energia, energies, energi, energetyki, energias
environment: environment, environnement, ambiente, umwelt, milieu, environmental, ambiental, ambientale, medioambiente
health: health, sante, salute, salud, gesundheit, saude, gezondheid
hospital: hospital, hopital, ospedale, hopitaux, krankenhaus, hospitals, klinikum, ziekenhuis, sykehus, sjukhus, hospitalier, clinic, clinique, klinik, hospitales, ospedaliera, szpital, hospices
ministry: ministry, ministere, ministero, ministerio, ministerium, ministerie, ministerstwo, ministerul
agency: agency, agence, agenzia, agencia, agentur, agentschap, agencja
office: office, bureau, ufficio, oficina, amt, buero, kantoor
authority: authority, autorite, autorita, autoridad, behoerde, authorities
council: council, consiglio, consejo, rat, raad, conselho, counsil
commune: commune, mairie, ville, city, municipality, municipalite, comune, ayuntamiento, gemeente, gemeinde, stadt, stad, kommun, kommune, municipio, hauptstadt, landeshauptstadt, ajuntament, urzad, dimos, municipal, municipale, stadtverwaltung, magistrat, kaupunki
region: region, regione, regional, regionale, regionales, regiao, regionaux
metropole: metropole, metropolitan, metropolitaine, metropolitana
prefecture: prefecture, prefektur, prefettura
chambre: chambre, chamber, camera, kammer, camara, kamer, chambres
commerce: commerce, commercio, comercio, handel, handels
metiers: metiers, metier, trades, crafts
physics: physics, physique, fisica, physik, fizyki, fysik, natuurkunde
chemistry: chemistry, chimie, chimica, quimica, chemie, chemii, kemi, chemical, chimique, quimico
biology: biology, biologie, biologia, biological, biologique, biologii, biologiques
mathematics: mathematics, mathematiques, matematica, mathematik, matematyki, matematik, mathematical, matematicas
mechanics: mechanics, mecanique, meccanica, mecanica, mechanik, mechaniki, mechanical, mechanika
medicine: medicine, medecine, medicina, medizin, medical, medicale, medica, medisch, medicinska, medizinische
agriculture: agriculture, agricultura, agricoltura, landwirtschaft, agricultural, agricole, agrarias, agraria, agrario, agricoles
transport: transport, transports, trasporti, transportes, verkehr, transportation, vervoer, transporte, trasporto
marine: marine, marin, meeres, marino, marina, meeresforschung, maritime, maritimos, maritimo, maritima
polar: polar, polaire, polare
aerospace: aerospace, aerospatiale, aeroespacial, aerospaziale, raumfahrt, spatial, space, spazio, spaziale, spatiale, spatiales
aeronautics: aeronautics, aeronautique, aeronautica, luftfahrt, aviation, aeronautical, lotnictwa, avion, aeronautiques, aeronautico
telecom: telecom, telecommunications, telecommunication, telecomunicaciones, telecomunicazioni, telekom, telecomunicacoes, telekommunikation, telecoms, telecomunicacion
communication: communication, communications, kommunikation, comunicaciones, comunicazione, comunicacao
management: management, gestion, gestione, gestao
economics: economics, economique, economia, wirtschaft, economic, economiques, economie, economy, economico, ekonomi
methods: methods, methodes, metodos, metodes, metodi, methoden
numerical: numerical, numerique, numerics, numericos, numerici, numerische, numeriques, numerico
applied: applied, appliquee, appliquees, applicata, aplicada, angewandte, angewandten, aplicadas, applicate, angewandter, tillaempad, toegepast, aplicado, stosowanej, appliques
solar: solar, solaire, solare, sonnenenergie
hydrogen: hydrogen, hydrogene, idrogeno, hidrogeno, wasserstoff, wasserstoffforschung
water: water, eau, eaux, acqua, agua, wasser, vatten, wody
geology: geology, geologie, geologia, geological, geologique, geologico
history: history, histoire, storia, historia, geschichte
museum: museum, musee, museo, musees, museu, muzeum
library: library, bibliotheque, biblioteca, bibliothek, bibliotheek
cooperation: cooperation, cooperacion, cooperazione, cooperative, coop, cooperativa, cooperatif
new: new, nouveau, nouvelle, nuova, nueva, neue, nova, novas, neuen
north: north, nord, norte, noord, norra, northern
south: south, sud, sul, zuid, suedlich, southern
east: east, est, este, ost, oost, eastern
west: west, ouest, oeste, western
catholic: catholic, catholique, cattolica, catolica, katholieke, katholische, katholiek
free: free, libre, libera, freie
autonoma: autonomous, autonoma, autonome
saint: saint, st, san, santa, sainte, ste, sankt, sao, sv
nuclear: nuclear, nucleaire, nucleare, nukleare, nucleaires, jadrowej, kernphysik, kern
administration: administration, amministrazione, administracion, verwaltung
automobile: automobile, automobiles, automotive, automobil, automocion
electric: electric, electrique, electricite, elettrica, electrica, elektrische, electricity, elektrizitaet, electricidad, elettricita, electrical, electriques
products: products, produits, prodotti, productos, produkte, production, produktion, produzione
finance: bank, banque, banca, banco, bancaire
laender: deutschland, germany, allemagne, german, deutsche, deutsches, deutscher, deutsch, germania, alemania, duitsland
france: france, francais, francaise, french, frankreich, francia
unitedkingdom: british, uk, gb, england, english, britannique
italy: italy, italia, italian, italiana, italiano, italie, italien, italienne
spain: spain, espana, spanish, espanola, espanol, espagne, spanien
swiss: swiss, suisse, schweiz, svizzera, switzerland, schweizer, schweizerische, schweizerischer
austria: austria, oesterreich, austrian, oesterreichische, oesterreichisches, autriche, oesterreichischer
poland: poland, polska, polish, polskiej, polski, pologne, polen, polskie
netherlands: netherlands, nederland, nederlandse, dutch, nederlands, holland
belgium: belgium, belgique, belgie, belgian, belge, belgisch
sweden: sweden, sverige, swedish, svenska, sveriges, suede
norway: norway, norge, norwegian, norsk, norske, norges, norvege
denmark: denmark, danmark, danish, dansk, danske, danmarks, danemark
finland: finland, suomi, finnish, suomen, finlande, finlands
greece: greece, hellas, greek, hellenic, hellenique, ellada, grece, ellinikos, elliniki, elliniko
russia: russia, russian, rossii, russe, russie, ras, rossiyskaya
czech: czech, ceske, ceska, tchèque, czechia, cr
hungary: hungary, hungarian, magyar, magyarorszagi, hongrie, hongrois
portugal: portugal, portuguese, portuguesa, portugues, portugais
ireland: ireland, irish, irlande, eireann
romania: romania, romanian, romana, roumanie, roumaine
bulgaria: bulgaria, bulgarian, bulgare
slovakia: slovak, slovenska, slovenskej, slovaque, slovakia
slovenia: slovenia, slovenian, slovenije, slovenije, slovenski
turkey: turkey, turkish, turkiye, turk, turquie
israel: israel, israeli
ukraine: ukraine, ukrainian, ukranian
basque: basque, vasco, vasca, euskal, herriko, euskadi
republic: republic, republique, repubblica, republica, republik, republiky, republika
vienna: wien, vienna, vienne
zurich: zuerich, zurich
milan: milano, milan, mailand
rome: roma, rome, rom
turin: torino, turin
genoa: genova, genoa, genes, genua
naples: napoli, naples, neapel
florence: firenze, florence, florenz
venice: venezia, venice, venise, venedig
padua: padova, padua, padoue
bologna: bologna, bologne
cologne: koeln, cologne
munich: muenchen, munich, munchen
nuremberg: nuernberg, nuremberg
hanover: hannover, hanover, hanovre
brunswick: braunschweig, brunswick
aachen: aachen, aix
copenhagen: kopenhagen, koebenhavn, koebenhavns, copenhagen, copenhague
athens: athen, athens, athina, athinon, athenes, athina
thessaloniki: thessaloniki, thessalonikis, saloniki, thessalonique, aristotelio, salonica
patras: patras, patra, patron
crete: crete, kriti, kritis
lisbon: lisboa, lisbon, lisbonne, lissabon
porto: porto, oporto
seville: sevilla, seville
zaragoza: zaragoza, saragosse, saragossa
valencia: valencia, valence
corunna: coruna, corunna, corogne
brussels: bruxelles, brussels, brussel, bruessel
antwerp: antwerpen, antwerp, anvers
ghent: gent, ghent, gand
bruges: brugge, bruges
liege: liege, luik, luettich
leuven: leuven
louvain: louvain
hague: hague, haag, haye, gravenhage
geneva: geneve, geneva, genf, ginevra
basel: basel, bale, basle
bern: bern, berne, berna
lausanne: lausanne, losanna
prague: praha, prague, prag, praze, praga
brno: brno, brne
warsaw: warszawa, warsaw, warschau, varsovie, warszawie, warszawski, warszawska
krakow: krakow, cracow, krakau, cracovie, krakowie
wroclaw: wroclaw, breslau, wroclawska
gdansk: gdansk, danzig, gdanska
poznan: poznan, posen, poznaniu
lodz: lodz, lodzi, lodzka
silesia: slaska, silesian, silesia
budapest: budapest, budapesti
bucharest: bucuresti, bucharest, bucarest, bukarest
sofia: sofia, sofija, sofiya
ljubljana: ljubljana, ljubljani
belgrade: beograd, belgrade, beogradu
zagreb: zagreb, zagrebu
moscow: moskva, moscow, moscou, moskau
petersburg: petersburg, petersbourg, peterburg
kiev: kiev, kyiv, kiew
gothenburg: goeteborg, gothenburg, goeteborgs
lund: lund, lunds
lulea: lulea, luleaa
uppsala: uppsala, upsala
linkoping: linkoeping, linkopings, linkoepings
umea: umeaa, umea
stockholm: stockholm, stockholms
helsinki: helsinki, helsingin, helsingfors
turku: turku, turun
abo: aabo, abo
tampere: tampere, tampereen
jyvaskyla: jyvaeskylae, jyvaskylan, jyvaeskylaen
oulu: oulu, oulun
oslo: oslo, osloensis
trondheim: trondheim, trondheims
bergen: bergen, bergens
aarhus: aarhus, arhus
riga: riga, rigas
tallinn: tallinn, tallinna
tartu: tartu, tartus
vilnius: vilnius, vilniaus
kaunas: kaunas, kauno
klaipeda: klaipeda, klaipedos
siberia: siberian, sibirian, siberia, sibiria
lyon: lyon, lyons
marseille: marseille, marseilles
strasbourg: strasbourg, strassburg, strasburgo
bordeaux: bordeaux, burdeos
toulouse: toulouse, tolosa
luxembourg: luxembourg, luxemburg
london: london, londres, londra
edinburgh: edinburgh, edimbourg
dublin: dublin, dublino
jerusalem: jerusalem
bavaria: bayern, bayerische, bayerisches, bavarian, baviere, bavaria
saxony: sachsen, saechsische, saxony, saxon
bohemia: bohemia, boheme
catalonia: catalunya, cataluna, catalonia, catalogne, catalan
andalusia: andalucia, andalusia, andalousie
tuscany: toscana, tuscany, toscane
lombardy: lombardia, lombardy, lombardie
occitania: occitanie, occitania
"""
