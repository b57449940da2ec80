"""Everyday headers of lists that people keep themselves, in English, French and German.

A word stands in one column of a table only. Words that could mean two of our columns are in
`known.AMBIGUOUS_HEADERS` instead.
"""

from collections.abc import Mapping

from territory_kit.tables.headers.crm_object import CrmObject, crm_object

_ACCOUNT_ID = (
    "customer no|customer number|customer id|customer code|customer ref|client no|client number"
    "|client id|client code|account no|account number|account code|cust no"
    "|Kundennummer|Kundennr|Kunden-Nr|Kunden-ID|Kd-Nr|Kundencode|Debitor|Debitorennummer"
    "|Debitoren-Nr|code client|numéro client|numéro de client|n° client|id client|réf client"
    "|référence client|identifiant client|code compte|numéro de compte"
)
_ACCOUNT_NAME = (
    "account|company|company name|customer|customer name|client|client name|organisation"
    "|organization|business name|Firma|Firmenname|Firmenbezeichnung|Kunde|Kundenname|Name 1"
    "|Unternehmen|raison sociale|nom du client|nom client|société|entreprise|dénomination"
    "|nom du compte|nom de la société|compte"
)
ACCOUNT_NAME_WORDS = tuple(_ACCOUNT_NAME.split("|"))
_CITY = "city|town|city name|Ort|Stadt|Ortschaft|ville|commune|localité"
_POSTAL_CODE = "postcode|post code|postal code|zip|zip code|PLZ|Postleitzahl|code postal|cp"
_COUNTRY = "country|country code|Land|Ländercode|Länderkennzeichen|pays|code pays"
_LAT = "lat|latitude|geo lat|Breitengrad"
_LON = "lon|lng|long|longitude|geo lon|Längengrad"
_REGION = (
    "region|sales region|state|province|state province|Bundesland|Vertriebsregion|Verkaufsregion"
    "|région|région commerciale|département"
)
_TEAM = "sales team|Vertriebsteam|équipe|équipe commerciale"
_OWNER = (
    "owner|owner name|owner id|owner email|sales rep|sales rep id|rep|rep name|rep code|rep no"
    "|rep number|representative|sales representative|salesperson|sales person|seller"
    "|account manager|account manager email|Betreuer|Kundenbetreuer|Außendienst"
    "|Aussendienstmitarbeiter|Vertreter"
    "|Vertreternummer|Vertriebsmitarbeiter|Verkäufer|Zuständig|commercial|code commercial"
    "|nom du commercial|vendeur|représentant|responsable commercial|propriétaire"
)
_CURRENCY = "currency|currency code|Währung|Währungscode|devise|monnaie"
_TERRITORY_ID = (
    "territory|territory code|territory no|sales territory|Gebiet|Gebietsnummer|Gebiets-Nr"
    "|Verkaufsgebiet|Vertriebsgebiet|Bezirk|territoire|code territoire|secteur commercial"
    "|code secteur"
)


def _everyday(table: str, words: Mapping[str, str]) -> CrmObject:
    return crm_object("any", "", table, {column: ("", text) for column, text in words.items()})


EVERYDAY = (
    _everyday(
        "accounts",
        {
            "account_id": f"id|{_ACCOUNT_ID}",
            "account_name": f"name|nom|{_ACCOUNT_NAME}",
            "account_type": "type|customer type|account type|Kundenart|Kundentyp|type de client"
            "|type client|type de compte",
            "lat_deg": _LAT,
            "lon_deg": _LON,
            "street": "street|street address|address|address 1|address line 1|Straße|Str"
            "|Straße und Hausnummer|Straße Nr|Anschrift|adresse|adresse 1|rue|voie",
            "city": _CITY,
            "postal_code": _POSTAL_CODE,
            "country": _COUNTRY,
            "region": _REGION,
            "team": _TEAM,
            "industry": "industry|industry sector|line of business|Branche|Industrie"
            "|secteur d'activité|activité|branche d'activité",
            "segment": "customer segment|market segment|Kundensegment|segment client",
            "employees_count": "employees|number of employees|no of employees|employee count"
            "|staff|headcount|Mitarbeiter|Mitarbeiterzahl|Mitarbeiteranzahl|Anzahl Mitarbeiter"
            "|Beschäftigte|effectif|effectifs|nombre de salariés|nb salariés|salariés",
            "turnover_amount_per_year": "annual revenue|company turnover|company revenue"
            "|customer turnover|Firmenumsatz|Umsatz des Kunden|Umsatz des Unternehmens"
            "|CA de l'entreprise|CA entreprise|chiffre d'affaires de l'entreprise",
            "revenue_amount_per_year": "our revenue|our sales|revenue with us|sales with us"
            "|Umsatz mit uns|Umsatz bei uns|unser Umsatz|CA avec nous|CA réalisé avec nous"
            "|notre CA",
            "margin_share": "margin|margin %|gross margin|Marge|taux de marge",
            "potential_amount_per_year": "potential|sales potential|Potenzial|Umsatzpotenzial"
            "|Umsatzpotential|potentiel",
            "visits_per_year": "visits|visit frequency|calls per year|Besuche pro Jahr"
            "|Besuchsfrequenz|visites par an|fréquence de visite",
            "visit_hours": "visit length|visit duration|Besuchsdauer|durée de visite",
            "current_territory_id": _TERRITORY_ID,
            "current_rep_id": _OWNER,
            "owner_since_date": "owner since|betreut seit|suivi depuis",
            "last_activity_date": "last activity|last contact|last visit|last visit date"
            "|last contact date|letzter Besuch|letzter Kontakt|letzte Aktivität|dernier contact"
            "|dernière visite|date de dernière visite|date dernière visite",
            "renewal_date": "renewal|contract end|contract end date|Vertragsende|fin de contrat"
            "|date d'échéance",
            "parent_account_id": "parent|parent account|parent company|Muttergesellschaft"
            "|maison mère|société mère",
            "referral_score": "nps|nps score|promoter score|net promoter score|would recommend"
            "|NPS-Wert|Weiterempfehlung|Weiterempfehlungsbereitschaft|note de recommandation"
            "|score NPS",
            "referred_by_account_id": "referred by|recommended by|referrer|empfohlen von"
            "|Empfehlung von|recommandé par|parrainé par",
            "currency": _CURRENCY,
        },
    ),
    _everyday(
        "reps",
        {
            "rep_id": "id|user id|employee no|employee number|employee id|staff no"
            "|personnel number|sales rep id|rep no|rep number|rep code|Personalnummer|Pers-Nr"
            "|Mitarbeiternummer|Mitarbeiter-Nr|Vertreternummer|matricule|code commercial"
            "|id commercial|code vendeur",
            "rep_name": "name|full name|rep|sales rep|salesperson|representative|employee"
            "|employee name|Mitarbeiter|Vertreter|Verkäufer|Außendienstmitarbeiter|nom"
            "|nom complet|nom et prénom|commercial|nom du commercial|vendeur",
            "email": "mail|email address|primary email|work email|E-Mail-Adresse|Mailadresse"
            "|courriel|adresse e-mail|adresse mail",
            "crm_user_id": "id|user id|crm user|crm id",
            "manager_name": "manager|line manager|sales manager|Vorgesetzter|Teamleiter"
            "|responsable|supérieur",
            "role": "function|Funktion|Rolle|fonction",
            "team": _TEAM,
            "region": _REGION,
            "home_lat_deg": f"home lat|home latitude|{_LAT}",
            "home_lon_deg": f"home lon|home longitude|{_LON}",
            "capacity_hours_per_year": "hours per year|capacity|capacity hours"
            "|Stunden pro Jahr|heures par an",
            "fte_share": "fte|etp|Beschäftigungsgrad|Stellenanteil|quotité",
            "quota_amount_per_year": "quota|sales target|annual target|Umsatzziel|Zielumsatz"
            "|quota annuel|objectif annuel",
            "preferred_territory_ids": "preferred territories|wishes|Wunschgebiete"
            "|secteurs souhaités",
            "cost_amount_per_year": "cost|annual cost|Kosten|Jahreskosten|coût|coût annuel",
            "start_date": "hire date|joined|Eintritt|Eintrittsdatum|date d'embauche|date d'entrée",
            "end_date": "leave date|leaving date|Austritt|Austrittsdatum|date de sortie"
            "|date de départ",
            "is_vacancy": "vacancy|vacant|vakant|unbesetzt",
            "is_active": "active|aktiv|actif",
        },
    ),
    _everyday(
        "territories",
        {
            "territory_id": f"id|{_TERRITORY_ID}",
            "territory_name": "name|nom|Gebietsname|nom du secteur|nom du territoire",
            "region": _REGION,
            "parent_id": "parent|parent territory|übergeordnetes Gebiet",
            "rep_id": _OWNER,
        },
    ),
    _everyday(
        "visits",
        {
            "account_id": f"{_ACCOUNT_ID}|{_ACCOUNT_NAME}|account name",
            "rep_id": _OWNER,
            "visit_date": "date|visit day|call date|activity date|meeting date|Datum"
            "|Besuchsdatum|Kontaktdatum|date de visite|date de la visite|date du rendez-vous",
            "channel": "type|visit type|contact type|Kontaktart|Besuchsart|Kanal|canal"
            "|type de contact|type de visite",
            "duration_hours": "duration|duration h|duration min|duration minutes|minutes|Dauer"
            "|Dauer h|Dauer min|Dauer in Minuten|Dauer in Stunden|durée|durée h|durée min"
            "|durée en minutes|durée en heures",
            "distance_km": "distance|km|Kilometer|kilomètres|kms",
            "outcome": "result|Ergebnis|résultat",
            "note": "notes|comment|comments|Bemerkung|Notiz|commentaire|remarque",
        },
    ),
    _everyday(
        "deals",
        {
            "deal_id": "id|deal no|deal number|opportunity no|order id|order no|order number"
            "|quote no|quote number|Auftragsnummer|Auftrags-Nr|Angebotsnummer|numéro d'affaire"
            "|n° affaire|numéro de commande|n° commande",
            "account_id": f"{_ACCOUNT_ID}|{_ACCOUNT_NAME}|account name",
            "rep_id": _OWNER,
            "stage": "status|phase|deal status|Vertriebsphase|Verkaufsphase|étape|statut",
            "amount": "value|deal value|order value|Betrag|Wert|Auftragswert|Auftragssumme"
            "|montant|valeur",
            "currency": _CURRENCY,
            "win_share": "probability|win probability|chance|Wahrscheinlichkeit|probabilité",
            "open_date": "created|create date|created date|creation date|created on|Erstellt am"
            "|Erstelldatum|date de création",
            "close_date": "closing date|order date|closed on|Abschlussdatum|Auftragsdatum"
            "|date de clôture|date de signature|date de commande",
            "is_closed": "closed|geschlossen|abgeschlossen|clos|fermé",
            "is_won": "won|gewonnen|gagné|gagnée",
            "deal_type": "type|Auftragsart|type d'affaire",
        },
    ),
    _everyday(
        "account_team",
        {
            "account_id": f"{_ACCOUNT_ID}|{_ACCOUNT_NAME}|account name",
            "rep_id": f"{_OWNER}|team member|user id",
            "role": "team role|function|Funktion|Rolle|fonction",
        },
    ),
    _everyday(
        "places",
        {
            "lat_deg": _LAT,
            "lon_deg": _LON,
            "postal_code": _POSTAL_CODE,
            "city": _CITY,
            "country": _COUNTRY,
        },
    ),
    _everyday(
        "regional_statistics",
        {
            "area_id": "area|area code|postal area|Postleitgebiet|PLZ-Gebiet|département",
            "income_share": "income|Einkommen|Einkommensanteil|revenus|part des revenus",
            "retail_sales_share": "retail sales|Einzelhandelsumsatz|ventes au détail",
            "population_share": "population|Bevölkerung|Einwohner|Bevölkerungsanteil"
            "|part de la population",
            "category_sales_share": "category sales|Kategorieumsatz|ventes de la catégorie",
            "brand_sales_share": "brand sales|our sales|eigener Umsatzanteil|nos ventes",
        },
    ),
)

# Words in the name of a file or sheet that tell the table, reduced like headers.
TABLE_WORDS: Mapping[str, tuple[str, ...]] = {
    "account_team": ("accountteam",),
    "accounts": ("account", "compan", "customer", "client", "kunden", "comptes"),
    "deals": ("deal", "opportunit", "order", "auftr", "affaires"),
    "overrides": ("override",),
    "places": ("place", "postcodes", "orte"),
    "regional_statistics": ("regionalstatist",),
    "reps": ("rep", "user", "salespeople", "vertreter", "mitarbeiter", "commerciaux"),
    "territories": ("territor", "gebiet", "territoire"),
    "visits": ("visit", "event", "activit", "besuch"),
}
