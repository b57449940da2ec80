"""Faults between inputs: references, owners, deals, decisions."""

from territory_kit.tables.faults.code import FaultCode

CODES = (
    FaultCode(
        "ambiguous_account",
        "Rows name an account by its name, and several accounts are called so. Which one is "
        "meant was set unknown.",
        "Export the account's identifier beside its name.",
    ),
    FaultCode(
        "ambiguous_owner",
        "An owner is named in a way that fits several reps, such as a name that two people "
        "have. The owner was set unknown.",
        "Export the owner's identifier or e-mail address instead of the name.",
    ),
    FaultCode(
        "closed_without_outcome",
        "Deals are closed, but neither is_won nor the stage says whether they were won. They count "
        "neither as won nor as lost.",
        "Export is_won, or a stage that says it, such as Closed Won and Closed Lost.",
    ),
    FaultCode(
        "contradictory_overrides",
        "Two accepted overrides send the same accounts to different places, and nobody has said "
        "which holds.",
        "Keep one; set the status of the others to refused.",
    ),
    FaultCode(
        "differ_by_case",
        "Identifiers differ only by upper and lower case, which Salesforce's 15-character "
        "identifiers do on purpose; or regions differ only by case, accents, hyphens, dots or "
        "spaces. A region written two ways is planned as two.",
        "Identifiers: export the 18-character form. Regions: write them alike if they are one.",
    ),
    FaultCode(
        "future_date",
        "Something that has happened is dated after the day from which the plan looks, usually a "
        "slip of the pen. The date was kept.",
        "Correct the date, or set as_of_date in plan.yaml to the day of the export.",
    ),
    FaultCode(
        "group_locked_apart",
        "Accounts of one group should stay together, but are locked to different owners. The "
        "locks win and the group is split.",
        "Take off the locks or the group.",
    ),
    FaultCode(
        "house_owner",
        "The owner of an account is a word for a house account, such as House Account. Nobody "
        "owns it on purpose: its coverage became house where it was empty.",
        "Nothing to do. To hand such an account out, write field in coverage or name the rep.",
    ),
    FaultCode(
        "inactive_owner",
        "Accounts, territories or overrides name a rep who is no longer active in the CRM. The "
        "plan treats this rep as one who has left: what the rep has is handed over, and counts "
        "as forced.",
        "Name the new owner in the CRM, or set the rep's is_active to yes.",
    ),
    FaultCode(
        "joined_id_forms",
        "Salesforce writes one identifier with 15 or with 18 characters, and one file has the "
        "other form than another. They were joined.",
        "Nothing to do.",
    ),
    FaultCode(
        "joined_without_zeros",
        "One file writes an identifier with leading zeros, such as 000017, and another without, "
        "because a spreadsheet took it for a number. They were joined where only one identifier "
        "fits.",
        "Check one of them. Export both columns as text.",
    ),
    FaultCode(
        "lock_without_owner",
        "An account is locked to its rep or territory, but has none today. The lock has no effect.",
        "Fill in the owner, or take off the lock.",
    ),
    FaultCode(
        "locked_to_leaver",
        "Accounts are locked to a rep who leaves before the new territories have run a year. They "
        "change hands all the same.",
        "Take off the lock, or name a successor in overrides.",
    ),
    FaultCode(
        "missing_region",
        "Some accounts have a region and others have none. Those without are planned apart, "
        "as a region of their own.",
        "Write the region of each account. Where it stands only in the first row of its "
        "group, fill it down.",
    ),
    FaultCode(
        "missing_rep_region",
        "The plan has several regions, and reps have none. They count where they own accounts; a "
        "rep who owns none is in no report.",
        "Write the region of each rep.",
    ),
    FaultCode(
        "near_duplicates",
        "Accounts have the same postal code, and the same name apart from case, accents, signs "
        "and legal form. They may be one account that was entered twice. Nothing was merged.",
        "Merge them in the CRM if they are one; else do nothing.",
    ),
    FaultCode(
        "override_without_accounts",
        "An override speaks of an account, group, postcode or city that no account has. It has no "
        "effect.",
        "Correct its value, or delete it.",
    ),
    FaultCode(
        "resolved_accounts",
        "Rows name accounts by their name instead of their identifier. Each name belongs to one "
        "account only, and was replaced by its identifier.",
        "Check one or two. An export with identifiers is safer, since names change.",
    ),
    FaultCode(
        "resolved_owners",
        "Owners are named by CRM user, e-mail address or name instead of rep_id. They were "
        "replaced by the identifier of the one rep they fit.",
        "Check one or two. An export with identifiers is safer, since names change.",
    ),
    FaultCode(
        "revenue_could_be_derived",
        "No account has a revenue, but there are deals that were won.",
        "Write revenue_source: won_deals in plan.yaml to take the deals won in the last year as "
        "revenue.",
    ),
    FaultCode(
        "revenue_from_deals",
        "As plan.yaml asks, the revenue of each account is the sum of its deals won in the last "
        "year. A revenue of the file goes along beside it. Deals that cannot be counted are "
        "named.",
        "Compare the total with your books.",
    ),
    FaultCode(
        "revenue_without_deals",
        "plan.yaml asks for revenue from won deals, but no deal was won, or there is no input "
        "of deals.",
        "Add the deals, or write revenue_source: column.",
    ),
    FaultCode(
        "same_id_two_forms",
        "One Salesforce identifier is listed twice, with 15 and with 18 characters: probably "
        "one record from two exports. Both rows were kept.",
        "Keep one of the two rows.",
    ),
    FaultCode(
        "settled_deals",
        "CRM exports say that a deal is not won while it is still open. Deals that are not closed "
        "count as open: a notice. Where is_closed does not say so, it was settled from the stage "
        "and the closing day: a guess, and so a repair.",
        "Check one of them. Where it is wrong, export the columns is_closed and is_won.",
    ),
    FaultCode(
        "several_accounts",
        "A row names several accounts with semicolons between them. It counts for the first "
        "alone; the others were left out.",
        "Put the account that it is for first, or give each its own row.",
    ),
    FaultCode(
        "unknown_account",
        "A row names an account that is not in the accounts, for example a deleted one, or one "
        "outside the filter of the export.",
        "Export the account too, or correct the identifier. Until then the row counts for nobody.",
    ),
    FaultCode(
        "unknown_country",
        "The country of the plan, in plan.yaml, is neither an ISO code nor the name of a "
        "country, so no city can be looked up.",
        "Write its ISO code, such as FR or DE.",
    ),
    FaultCode(
        "unknown_owner",
        "An owner is not among the reps, or is a name that a CRM writes where nobody is "
        "responsible, such as Unassigned. The account counts as its territory's, else as "
        "nobody's.",
        "Add the rep, with a last day or is_active no if they have left, or correct the owner.",
    ),
    FaultCode(
        "unknown_region",
        "Reps or territories name a region that no account has, as when it was renamed in one "
        "file only. Their region was set missing: they work in no region.",
        "Write the region as the accounts write it.",
    ),
    FaultCode(
        "unknown_target",
        "An override sends accounts to a rep or territory that the plan does not know. It is not "
        "applied.",
        "Correct the target, or add the rep or territory.",
    ),
    FaultCode(
        "unknown_territory",
        "Accounts name a territory that is not among the territories.",
        "Add the territory, or correct its identifier.",
    ),
    FaultCode(
        "unplaced_accounts",
        "Accounts that are visited have neither coordinates nor a city, postal code or place "
        "that is known. They count for no kilometre, and no map shows them.",
        "Write the country in plan.yaml where the accounts name none; correct city and postal "
        "code; or give the input places.",
    ),
)
