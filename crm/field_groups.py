"""Which group every column of every table is in, so that the policy has an answer for each.

Columns are named one by one: a test fails for one that is in no group, or in two.
"""

from functools import cache

from crm.policy import FieldGroup

_F = FieldGroup

UPKEEP = frozenset(
    {"id", "version", "created_at", "created_by", "updated_at", "updated_by"}
    | {"archived_at", "archived_by", "archived_why"}
)
"""What every record has; it is shown with the record that it belongs to."""

COLUMNS: dict[str, dict[FieldGroup, str]] = {
    "job_seeker": {
        _F.SEEKER_BASIC: "preferred_name name_key status coach_id referred_on pause_reason pause_review_on"
        " referral_end referred_on_to referral_ended_on",
        _F.SEEKER_CONTACT: "email phone postcode",
        _F.SEEKER_WORK: "programme_id module wants_more",
    },
    "vocational_profile": {
        _F.SEEKER_BASIC: "seeker_id agreed_on",
        _F.SEEKER_WORK: "aspirations dream interests strengths hours_now_min hours_now_max hours_goal"
        " hours_intent build_up_plan availability travel_mode travel_minutes travel_training must avoid"
        " preferred_jobs no_go_jobs",
        _F.SEEKER_SUPPORT: "needs_asked abilities ability_supports conditions_for_success communication"
        " disclosure_wishes own_description words_not_to_use who_helps adjustments adjustments_looked_at"
        " accessible_format",
        _F.SEEKER_CONTACT: "family_views family_views_of",
    },
    "profile_step": {_F.SEEKER_BASIC: "seeker_id step state saves"},
    "past_job": {
        _F.SEEKER_BASIC: "seeker_id",
        _F.SEEKER_WORK: "title workplace kind years duties liked disliked why_left",
    },
    "qualification": {
        _F.SEEKER_BASIC: "seeker_id",
        _F.SEEKER_WORK: "kind name awarded_by gained_on expires_on",
    },
    "connection": {
        _F.SEEKER_BASIC: "seeker_id",
        _F.SEEKER_CONTACT: "tie name agrees works_at can_help_with",
    },
    "profile_version": {
        _F.SEEKER_BASIC: "seeker_id agreed_on how",
        _F.SEEKER_SUPPORT: "content",
        _F.SEEKER_CONTACT: "people",
    },
    "profile_skill": {
        _F.SEEKER_BASIC: "seeker_id",
        _F.SEEKER_WORK: "name concept_id level evidence evidenced_on",
        _F.SEEKER_SUPPORT: "with_support",
    },
    "support_need": {_F.SEEKER_BASIC: "seeker_id", _F.SEEKER_SUPPORT: "kind personal_cover who"},
    "row_dispute": {
        _F.SEEKER_BASIC: "seeker_id said_on settled_on settled_by settled_how",
        _F.SEEKER_SUPPORT: "part row_key row_words words vacancy_id settled_words",
    },
    "carried_row": {
        _F.SEEKER_BASIC: "seeker_id section record_id left_at origin",
        _F.SEEKER_WORK: "says",
    },
    "restricted_facts": {
        _F.RESTRICTED: "seeker_id date_of_birth disability health benefits why_under_16",
        _F.SECRETS: "seal",
    },
    "school_age_facts": {_F.RESTRICTED: "seeker_id parent_agreed_on permit_until", _F.SECRETS: "seal"},
    "restricted_opening": {
        _F.VIEWS: "user_id seeker_id reason words until",
        _F.SECRETS: "session_digest seal",
    },
    "consent": {
        _F.CONSENTS: "seeker_id purpose employer_id facts given_by answered_by how_explained wording_version"
        " given_on until withdrawn_on withdrawn_by withdrawn_how"
    },
    "share_sheet": {
        _F.SHARED: "seeker_id employer_id facts words given_to given_how shared_on expires_on recalled_on"
        " recalled_why told_on",
        _F.SECRETS: "seal",
    },
    "match_run": {
        _F.MATCHES: "vacancy_id seeker_id engine_version weights weights_id inputs_digest as_of_input"
        " words_digest scores_digest compared"
    },
    "run_scores": {_F.MATCHES: "run_id content"},
    "compared_record": {_F.MATCHES: "side record_id noted_at standing digest content"},
    "compared_words": {_F.MATCHES: "digest noted_at content"},
    "job_match": {
        _F.MATCHES: "vacancy_id seeker_id run_id inputs_digest match_seen opened_on opened_by seeker_view"
        " view_words view_said_on"
    },
    "match_suggestion": {
        _F.MATCHES: "seeker_id vacancy_id ranking_run_id week_from suggested_on reason ended_on ended_by"
        " ended_how"
    },
    "weights_version": {
        _F.SERVICE: "number weight_skills weight_hours weight_natural_supports weight_preference why"
    },
    "ranking_run": {
        _F.MATCHES: "vacancy_id asked_by started_at ended_at engine_version weights people vacancies pulse"
        " as_of_input words people_changed vacancies_changed"
    },
    "ranking_in_hand": {
        _F.MATCHES: "asked_by started_at engine_version weights words pulse base_id is_whole until"
    },
    "ranking_part": {_F.MATCHES: "hand_id number found"},
    "vacancy_count": {_F.MATCHES: "vacancy_id run_id workable_now with_measures design_a_job standing"},
    "seeker_count": {_F.MATCHES: "seeker_id run_id workable_now standing"},
    "match_decision": {
        _F.MATCHES: "run_id vacancy_id seeker_id decision reason measure owner_id due_on seeker_view"
        " decided_on decided_by match_seen"
    },
    "job_carve": {
        _F.CARVES: "employer_id site_id seeker_id kind made title stage stage_since hours_week hours_short"
        " pay_hourly going_rate supervisor coworker_contact quality_checks vacancy_id analysis_id"
        " skilled_hours_freed cost_difference_week new_wage_week undone_work_hours is_optimal warnings"
        " engine_version carve_seen"
    },
    "carve_task": {_F.CARVES: "carve_id task_id hours_week"},
    "carve_case": {
        _F.CARVES: "carve_id need undone_worth quality overtime_hours overtime_hours_most overtime_rate"
        " overtime_rate_most agency_hours agency_hours_most agency_rate agency_rate_most on_costs_percent"
        " on_costs_percent_most once_cost once_cost_most once_for support support_fades access_to_work risks"
        " consulted_who consulted_on consulted_said"
    },
    "carve_move": {
        _F.CARVES: "carve_id from_stage to_stage moved_on contact_id words starts_on ends_on"
        " is_agreed_by_seeker"
    },
    "carve_proposal": {_F.CARVES: "carve_id number made_on given_to_id share_sheet_id content digest"},
    "employer": {
        _F.EMPLOYER_BASIC: "name name_key trading_name company_number charity_number sic_codes sector"
        " size_band tier trade_body stage owner_id second_owner_id single_contact_id quiet_until quiet_why"
        " disability_confident disability_confident_until insurance_until website policy_notes strategy"
        " strategy_agreed_on unmet_needs lead_source import_batch_id"
    },
    "employer_site": {
        _F.EMPLOYER_BASIC: "employer_id label address postcode transport step_free quiet_space"
        " accessible_toilet notes"
    },
    "employer_person": {
        _F.EMPLOYER_BASIC: "employer_id name job_title hires preferred_channel agreed_to_marketing left_on",
        _F.EMPLOYER_CONTACT: "email phone notes",
    },
    "employer_stage_move": {_F.EMPLOYER_BASIC: "employer_id from_stage to_stage moved_on why"},
    "awareness_session": {_F.EMPLOYER_BASIC: "employer_id held_on site_id given_by came feedback"},
    "door_opener": {
        _F.EMPLOYER_BASIC: "employer_id",
        _F.EMPLOYER_CONTACT: "seeker_id name tie agreed_on agreed_how",
    },
    "employer_document": {
        _F.EMPLOYER_BASIC: "employer_id agreement_id vacancy_id analysis_id name file_type size sha256 note"
        " content_id"
    },
    "seeker_document": {_F.SEEKER_CONTACT: "seeker_id name file_type size sha256 note content_id"},
    "document_content": {_F.SEEKER_CONTACT: "content"},
    "account_dates": {_F.EMPLOYER_BASIC: "employer_id last_contact_on last_contact_by next_step_on"},
    "employer_tag": {_F.EMPLOYER_BASIC: "employer_id tag tag_key"},
    "bulk_change": {_F.EMPLOYER_BASIC: "what value why employers undone_on"},
    "bulk_change_row": {_F.EMPLOYER_BASIC: "bulk_id employer_id before"},
    "saved_view": {_F.SAVED_VIEWS: "user_id page name query is_shared is_pinned"},
    "employer_contact": {
        _F.CONTACTS: "employer_id site_id kind held_on held_at held_by is_in_person with_hiring_manager"
        " purpose minutes summary outcome no_next_step_why import_batch_id"
    },
    "contact_person": {_F.CONTACTS: "contact_id person_id"},
    "contact_seeker": {_F.CONTACTS: "contact_id seeker_id"},
    "task": {
        _F.TASKS: "title notes due_on priority status settled_on settled_by settled_how owner_id"
        " employer_id agreement_id vacancy_id seeker_id contact_id is_interview"
    },
    "likeness_key": {_F.SECRETS: "record_kind key record_id"},
    "likeness_due": {_F.SECRETS: "employer_id"},
    "duplicate_pair": {_F.EMPLOYER_BASIC: "first_id second_id likeness reasons state"},
    "employer_merge": {
        _F.EMPLOYER_BASIC: "kept_id loser_id why undo_until moved chosen undone_on stayed",
    },
    "agreement": {
        _F.AGREEMENTS: "employer_id kind covers named_groups stage stage_since owner_id signed_on signed_by"
        " starts_on ends_on review_on notice_days job_families vacancy_notice_days criteria_rule"
        " criteria_percent must_haves opt_in most_interviews oversubscription interview_format"
        " adjustments_contact_id feedback_days notes group_name employer_contact_id started_from_id"
        " expected_signing_on must_have_score interview_days oversubscription_rule interview_alternatives"
        " alternative_hours alternative_paid mock_sessions mock_places training_weeks training_hours"
        " training_places training_provider training_content training_work_experience training_interview"
        " trial_weeks trial_hours trial_places trial_paid data_sharing monitoring"
    },
    "agreement_member": {_F.AGREEMENTS: "agreement_id employer_id joined_on left_on"},
    "agreement_site": {_F.AGREEMENTS: "agreement_id site_id"},
    "agreement_panelist": {_F.AGREEMENTS: "agreement_id person_id"},
    "agreement_version": {_F.AGREEMENTS: "agreement_id number made_on at_stage content facts digest"},
    "agreement_signature": {
        _F.AGREEMENTS: "agreement_id version_id side name role signed_on how document_id"
    },
    "promised_session": {
        _F.AGREEMENTS: "agreement_id employer_id site_id promise state starts_on ends_on places notes"
    },
    "clause_wording": {_F.CLAUSES: "clause edition heading words easy_words why"},
    "agreement_use": {
        _F.PROMISES: "agreement_id employer_id site_id vacancy_id session_id after_use_id seeker_id promise"
        " standing asked_on consent_id referred_on referred_by not_referred_why due_on happens_on"
        " criteria_met criteria_missing given given_why adjustments_given feedback_on feedback finished"
        " finished_on result result_on"
    },
    "placement": {
        _F.PLACEMENTS: "seeker_id employer_id site_id vacancy_id use_id title starts_on hours_week"
        " pay_hourly seen_on ended_on end_why"
    },
    "reminder": {_F.AGREEMENTS: "agreement_id kind ends_on due_on dealt_at dealt_by"},
    "agreement_move": {_F.AGREEMENTS: "agreement_id from_stage to_stage moved_on why"},
    "vacancy": {
        _F.VACANCIES: "employer_id site_id agreement_id title title_key kind status soc2020 posts contract"
        " hours_min hours_max guaranteed_hours hours_negotiable pattern pay_hourly going_rate pay_as_written"
        " place postcode starts_on closes_on needs_driving needs_dbs qualifications recruitment_steps"
        " recruitment_adaptable description figure_sources advert_url advert_fingerprint import_batch_id"
    },
    "vacancy_criterion": {
        _F.VACANCIES: "vacancy_id text concept_id level is_essential could_move is_adjustable"
    },
    "job_analysis": {
        _F.ANALYSES: "employer_id site_id vacancy_id analyst_id title analysed_on method hours_week"
        " pay_hourly going_rate demands pattern conditions supervision coworker_contact breaks"
        " unwritten_rules flexibility culture is_unmet_needs"
    },
    "job_task": {
        _F.ANALYSES: "analysis_id name task_class need times_a_week minutes_each skills concept_ids done_by"
        " current_hourly_cost backlog nature slots standard pace tools steps trained_by hazards usual_times"
        " usual_minutes minutes_most hourly_cost_most dangerous demands needs_task_ids"
    },
    "workplace_support": {_F.ANALYSES: "analysis_id kind state who is_confirmed confirmed_on"},
    "job_risk": {_F.ANALYSES: "analysis_id area risk control owner review_on"},
    "workplace_photo": {_F.ANALYSES: "analysis_id document_id shows agreed"},
    "import_batch": {
        _F.IMPORTS: "kind file_name file_digest headings mapping notes rows_read rows_added rows_updated"
        " rows_skipped rows_refused undone_at undone_by"
    },
    "imported_record": {_F.IMPORTS: "batch_id row_number record_kind record_id is_new before is_undone"},
    "refused_row": {_F.IMPORTS: "batch_id outcome place field reason original"},
    "loaded_role": {_F.VOCABULARY: "code name others tasks batch_id"},
    "learnt_words": {_F.VOCABULARY: "words_key words concept_id times"},
    "loaded_concept": {_F.VOCABULARY: "concept_id label alternatives broader_id description weight batch_id"},
    "service": {
        _F.SERVICE: "name seeker_word seeker_words is_demonstration weight_skills weight_hours"
        " weight_natural_supports weight_preference"
    },
    "list_choice": {_F.SERVICE: "list_name value value_key label position is_dormant"},
    "programme": {
        _F.SERVICE: "name funder starts_on ends_on lawful_basis special_condition policy_document is_dormant"
    },
    "team": {_F.COLLEAGUES: "name"},
    "handover": {_F.COLLEAGUES: "from_id to_id why both_until is_undone"},
    "handed_record": {_F.COLLEAGUES: "handover_id record_kind record_id cover_id"},
    "cover": {_F.COLLEAGUES: "user_id record_kind record_id until why"},
    "user": {_F.COLLEAGUES: "name email role_names team_id disabled_at", _F.SECRETS: "password_hash"},
    "invitation": {_F.COLLEAGUES: "user_id ends_at used_at", _F.SECRETS: "token_digest"},
    "calendar_feed": {_F.COLLEAGUES: "user_id revoked_at", _F.SECRETS: "token_digest"},
    "user_session": {_F.COLLEAGUES: "user_id seen_at revoked_at", _F.SECRETS: "token_digest"},
    "failed_sign_in": {_F.SECRETS: "counted_for at"},
    "done_request": {_F.SECRETS: "key at"},
    "form_draft": {_F.SECRETS: "user_id form record_key drawn_version values_locked saved_at"},
    "secret_check": {_F.SECRETS: "name use"},
    "export": {_F.TRAIL: "kind file_format narrowed_by rows"},
    "export_ticket": {_F.SECRETS: "token_digest session_id kind wanted ends_at used_at"},
    "job": {
        _F.JOBS: "kind arguments state occasion due_at asked_at asked_by attempts lease_by lease_until done"
        " total words is_cancel_asked last_error incident result ended_at"
    },
    "upload": {_F.IMPORTS: "user_id kind name size digest uploaded_at job_id"},
    "uploaded_file": {_F.IMPORTS: "upload_id name content"},
    "audit_entry": {
        _F.TRAIL: "at actor_id actor_name action record_kind record_id fields",
        _F.SECRETS: "digests seal",
    },
    "audit_values": {_F.SECRETS: "entry_id key_id encrypted"},
    "search_entry": {_F.SECRETS: "kind record_id opens_id title title_key detail is_archived"},
    "search_word": {_F.SECRETS: "lot word entry_id"},
    "search_trigram": {_F.SECRETS: "lot trigram word"},
    "audit_key": {_F.SECRETS: "about_kind about_id encrypted"},
}
"""Table by table and group by group. Secrets are for the machinery alone: no service hands them out."""


@cache
def groups_of(table: str) -> dict[str, FieldGroup]:
    """The group of every column of a table but those of upkeep.

    Raises:
        KeyError: nobody has said what the columns of this table are about.
    """
    return {column: group for group, columns in COLUMNS[table].items() for column in columns.split()}
