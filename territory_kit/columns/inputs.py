"""Columns and tables of the inputs: what an analyst may bring."""

from territory_kit.columns.column import Column, table
from territory_kit.columns.regional_columns import REGIONAL_INPUT_COLUMNS

_ACCOUNT_TYPES = ("customer", "prospect", "former", "partner", "competitor")
_COVERAGES = ("field", "remote", "house", "partner")
_LOCKS = ("none", "rep", "territory")
_ROLES = ("owner", "overlay", "inside", "manager")
_CHANNELS = ("visit", "phone", "video")
_SCOPES = ("account", "group", "postal_code", "city")
_ACTIONS = ("to_territory", "to_rep", "keep_together", "house", "exclude")
_STATUSES = ("proposed", "accepted", "refused")

INPUT_COLUMNS = (
    Column("account_id", "id", "Identifier of the account, as in the CRM.", "Account id"),
    Column("account_name", "text", "Name of the account.", "Account"),
    Column(
        "account_type",
        "choice",
        "What the account is to us.",
        "Type",
        choices=_ACCOUNT_TYPES,
    ),
    Column("lat_deg", "number", "Latitude of the site, EPSG:4326.", "Latitude", -90, 90),
    Column("lon_deg", "number", "Longitude of the site, EPSG:4326.", "Longitude", -180, 180),
    Column("street", "text", "Street and number.", "Street"),
    Column("city", "text", "City of the site.", "City"),
    Column("postal_code", "id", "Postal code of the site.", "Postal code"),
    Column("country", "text", "Country of the site, name or ISO code.", "Country"),
    Column("region", "text", "Region that one report covers.", "Region"),
    Column("team", "text", "Sales team; territories are designed per team.", "Team"),
    Column("industry", "text", "Industry, as code or words.", "Industry"),
    Column("segment", "text", "Market segment the account belongs to.", "Segment"),
    Column("employees_count", "count", "Employees at the account.", "Employees", 0),
    Column(
        "turnover_amount_per_year",
        "money",
        "The account's own sales; a CRM calls it Annual Revenue.",
        "Turnover",
        0,
    ),
    Column(
        "revenue_amount_per_year",
        "money",
        "What the account spends with us.",
        "Revenue",
        0,
    ),
    Column("margin_share", "share", "Gross margin as a share of revenue.", "Margin", -1, 1),
    Column(
        "potential_amount_per_year",
        "money",
        "What the account could spend on what we sell.",
        "Potential",
        0,
    ),
    Column("visits_per_year", "number", "Wanted visits or calls.", "Visits", 0),
    Column("visit_hours", "number", "Length of one visit.", "Visit length", 0, 24),
    Column(
        "coverage",
        "choice",
        "Who serves the account, and how.",
        "Coverage",
        choices=_COVERAGES,
    ),
    Column("current_territory_id", "id", "Today's territory.", "Territory today"),
    Column("current_rep_id", "id", "Today's owner.", "Rep today"),
    Column("owner_since_date", "date", "Since when today's owner has it.", "Owner since"),
    Column("last_activity_date", "date", "Last contact with the account.", "Last activity"),
    Column("renewal_date", "date", "Next date a contract is renewed.", "Renewal"),
    Column("parent_account_id", "id", "Account that owns this one.", "Parent account"),
    Column("group_id", "id", "Accounts of one group stay together.", "Group"),
    Column("lock", "choice", "What the account must stay with.", "Lock", choices=_LOCKS),
    Column(
        "need_<skill>_share",
        "share",
        "How much the account needs a skill.",
        "Need",
        0,
        1,
    ),
    Column(
        "referral_score",
        "number",
        "Would recommend us, 0 to 10.",
        "Referral score",
        0,
        10,
    ),
    Column(
        "referred_by_account_id",
        "id",
        "Account that recommended us to this one.",
        "Recommended by",
    ),
    Column("currency", "text", "Currency of the row's money; empty: the plan's.", "Currency"),
    Column("valid_from_date", "date", "First day the row is valid.", "Valid from"),
    Column("valid_to_date", "date", "Last day the row is valid.", "Valid to"),
    Column("rep_id", "id", "Identifier of the rep.", "Rep id"),
    Column("rep_name", "text", "Name of the rep.", "Rep"),
    Column("email", "text", "E-mail address of the rep.", "E-mail"),
    Column("crm_user_id", "id", "Identifier of the rep as a CRM user.", "CRM user"),
    Column("manager_name", "text", "Name of the manager.", "Manager"),
    Column("role", "choice", "Part the rep plays.", "Role", choices=_ROLES),
    Column(
        "home_lat_deg",
        "number",
        "Latitude of the rep's home.",
        "Home latitude",
        -90,
        90,
    ),
    Column(
        "home_lon_deg",
        "number",
        "Longitude of the rep's home.",
        "Home longitude",
        -180,
        180,
    ),
    Column(
        "capacity_hours_per_year",
        "number",
        "Hours a full-time rep has for calls and travel.",
        "Capacity",
        0,
        8784,
    ),
    Column("fte_share", "share", "Share of a full-time job.", "FTE", 0, 1),
    Column("quota_amount_per_year", "money", "Sales target of the rep.", "Quota", 0),
    Column(
        "skill_<name>_share",
        "share",
        "How strong the rep is at a skill.",
        "Skill",
        0,
        1,
    ),
    Column(
        "preferred_territory_ids",
        "text",
        "Territories the rep wishes for, best first, separated by semicolons.",
        "Wishes",
    ),
    Column(
        "cost_amount_per_year",
        "money",
        "Pay, benefits and overhead of the rep.",
        "Cost",
        0,
    ),
    Column("start_date", "date", "First working day.", "Start"),
    Column("end_date", "date", "Last working day.", "End"),
    Column("is_vacancy", "yes_no", "A job without a person.", "Vacancy"),
    Column("is_active", "yes_no", "Still works here; empty: yes.", "Active"),
    Column("territory_id", "id", "Identifier of the territory.", "Territory id"),
    Column("territory_name", "text", "Name of the territory.", "Territory"),
    Column("parent_id", "id", "Territory or unit above.", "Parent"),
    Column("size_share", "share", "Wanted size against a full territory.", "Size", 0, 2),
    Column("field_rank", "number", "The field's own ranking, 1 is best.", "Field rank", 1),
    Column("field_note", "text", "What the field says of the territory.", "Field note"),
    Column("crm_territory_id", "id", "Identifier in the CRM.", "CRM territory"),
    Column("visit_date", "date", "Day of the visit or call.", "Date"),
    Column("channel", "choice", "How the contact was made.", "Channel", choices=_CHANNELS),
    Column("duration_hours", "number", "Length of the contact.", "Duration", 0, 24),
    Column("distance_km", "number", "Driven distance as declared.", "Distance", 0, 5000),
    Column("outcome", "text", "What came of it.", "Outcome"),
    Column("note", "text", "Free text; never printed.", "Note"),
    Column("deal_id", "id", "Identifier of the deal.", "Deal id"),
    Column("stage", "text", "Stage of the deal.", "Stage"),
    Column("amount", "money", "Value of the deal.", "Amount"),
    Column("win_share", "share", "Chance that the deal is won.", "Chance", 0, 1),
    Column("open_date", "date", "Day the deal was opened.", "Opened"),
    Column("close_date", "date", "Day the deal was or will be closed.", "Closed"),
    Column("is_closed", "yes_no", "Whether the deal is closed, won or lost.", "Is closed"),
    Column("is_won", "yes_no", "Whether the deal was won; empty while open.", "Won"),
    Column("deal_type", "text", "New business, renewal or other.", "Deal type"),
    Column(
        "credit_share",
        "share",
        "Share of the account's result credited.",
        "Credit",
        0,
        1,
    ),
    Column("override_id", "id", "Identifier of the override.", "Override"),
    Column("scope", "choice", "What the override speaks of.", "Scope", choices=_SCOPES),
    Column("value", "text", "Which account, group, postal code or city.", "Which"),
    Column("action", "choice", "What shall happen with it.", "Action", choices=_ACTIONS),
    Column("target", "text", "Territory or rep that the action names.", "Target"),
    Column("reason", "text", "Why.", "Reason"),
    Column("author", "text", "Who asked for it.", "Author"),
    Column("decided_date", "date", "Day of the decision.", "Decided"),
    Column("expires_date", "date", "Last day it holds.", "Expires"),
    Column("status", "choice", "Where the decision stands.", "Status", choices=_STATUSES),
    *REGIONAL_INPUT_COLUMNS,
)

INPUT_TABLES = (
    table(
        "accounts",
        "One row per account.",
        "account_id account_name account_type lat_deg lon_deg street city postal_code country "
        "region team industry segment employees_count turnover_amount_per_year "
        "revenue_amount_per_year margin_share potential_amount_per_year visits_per_year "
        "visit_hours coverage current_territory_id current_rep_id owner_since_date "
        "last_activity_date renewal_date parent_account_id group_id lock need_<skill>_share "
        "referral_score referred_by_account_id currency valid_from_date valid_to_date",
        required="account_id account_name",
        key="account_id",
    ),
    table(
        "reps",
        "One row per rep or vacancy.",
        "rep_id rep_name email crm_user_id manager_name role team region home_lat_deg "
        "home_lon_deg capacity_hours_per_year fte_share quota_amount_per_year "
        "skill_<name>_share preferred_territory_ids cost_amount_per_year "
        "start_date end_date is_vacancy is_active",
        required="rep_id rep_name",
        key="rep_id",
    ),
    table(
        "territories",
        "One row per territory of today.",
        "territory_id territory_name region parent_id rep_id size_share field_rank field_note "
        "crm_territory_id",
        required="territory_id",
        key="territory_id",
    ),
    table(
        "visits",
        "One row per visit or call that took place.",
        "account_id rep_id visit_date channel duration_hours distance_km outcome note",
        required="account_id rep_id visit_date",
    ),
    table(
        "deals",
        "One row per deal, open or closed.",
        "deal_id account_id rep_id stage amount currency win_share open_date close_date is_closed "
        "is_won deal_type",
        required="deal_id account_id",
        key="deal_id",
    ),
    table(
        "account_team",
        "One row per further person who works on an account.",
        "account_id rep_id role credit_share",
        required="account_id rep_id",
        key="account_id rep_id",
    ),
    table(
        "places",
        "One row per place with known coordinates.",
        "country postal_code city lat_deg lon_deg",
        required="lat_deg lon_deg",
    ),
    table(
        "regional_statistics",
        "One row per area of the nation: its share of income, sales and people.",
        "area_id area_name region income_share retail_sales_share population_share "
        "category_sales_share brand_sales_share",
        required="area_id",
        key="area_id",
    ),
    table(
        "overrides",
        "One row per decision that goes before the engine.",
        "override_id scope value action target reason author decided_date expires_date status",
        required="scope value action",
        key="override_id",
    ),
)
