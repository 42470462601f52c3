"""What was judged of every view in the admin: test_every_view.py holds them to it.

By the name of the view, or its address where it has none, below its namespace.
"""

# Turns a professional away who asks for something of another practice, or asks at all.
REFUSES = {
    "": """
        /.*/ add_synonym download_earlier download_put_back download_remove_version
        reset_second_factor reviewing_page search_report search_report_results trash_delete
        trash_restore
        wagtail_bulk_action
        wagtailadmin_block_preview wagtailadmin_choose_page_child
        wagtailadmin_choose_page_chosen_multiple wagtailadmin_explore wagtailadmin_explore_results
        wagtailadmin_explore_root wagtailadmin_login wagtailadmin_logout
        wagtailadmin_password_reset wagtailadmin_password_reset_complete
        wagtailadmin_password_reset_confirm wagtailadmin_password_reset_done
        wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete
    """,
    "reports": "act index index_results inspect",
    "wagtail_localize": """
        convert_to_alias download_pofile edit_override edit_string_translation machine_translate
        preview_translation snippets_api_detail snippets_api_listing stop_translation
        submit_page_translation submit_snippet_translation translations_report
        translations_report_results update_translations upload_pofile
    """,
    "wagtailadmin_api:documents": "detail find",
    "wagtailadmin_api:images": "detail find",
    "wagtailadmin_api:pages": "action detail find",
    "wagtailadmin_collections": "add delete edit index set_privacy",
    "wagtailadmin_pages": """
        add add_subpage collect_workflow_action_data confirm_workflow_cancellation convert_alias
        copy delete edit history history_results lock move move_confirm preview_on_add
        preview_on_edit revisions_compare revisions_index revisions_revert revisions_unschedule
        revisions_view set_page_position set_privacy unlock unpublish usage view_draft
        workflow_action workflow_history workflow_history_detail workflow_preview
    """,
    "wagtailadmin_reports": """
        aging_pages aging_pages_results locked_pages locked_pages_results page_types_usage
        page_types_usage_results site_history site_history_results workflow workflow_results
        workflow_tasks workflow_tasks_results
    """,
    "wagtailadmin_workflows": """
        add add_task disable disable_task edit edit_task enable enable_task index index_results
        remove select_task_type task_chooser task_chooser_create task_chooser_results task_chosen
        task_index task_index_results usage usage_results
    """,
    "wagtaildocs": """
        create_multiple_from_uploaded_document delete delete_multiple delete_upload_multiple
        document_usage edit edit_multiple
    """,
    "wagtaildocs_chooser": "chosen",
    "wagtailimages": """
        create_multiple_from_uploaded_image delete delete_multiple delete_upload_multiple edit
        edit_multiple image_usage preview url_generator url_generator_output
    """,
    "wagtailimages_chooser": "chosen select_format",
    "wagtaillocales": "add copy delete edit history history_results index index_results usage",
    "wagtailredirects": "add delete edit index index_results process_import start_import",
    "wagtailsettings": "edit preview_on_edit",
    "wagtailsites": "add copy delete edit history history_results index index_results usage",
    "wagtailsnippetchoosers_search_promotion": """
        choose choose_results chosen chosen_multiple create
    """,
    "wagtailsnippetchoosers_vocabulary_term": """
        choose choose_results chosen chosen_multiple create
    """,
    "wagtailsnippets": "index",
    "wagtailsnippets_search_promotion": """
        add delete edit history history_results list list_results usage
    """,
    "wagtailsnippets_vocabulary_term": """
        add delete edit history history_results list list_results reorder usage
    """,
    "wagtailusers_groups": "add delete edit history history_results index index_results usage",
    "wagtailusers_users": "add copy delete edit history history_results index index_results usage",
}
# Answers, and tells of nothing but the own practice, the platform's words and the admin itself.
TELLS_OF_ONES_OWN = {
    "": """
        /test404/ download_report download_report_results reviewing_queue
        reviewing_queue_results trash trash_results wagtailadmin_account wagtailadmin_choose_page
        wagtailadmin_choose_page_anchor_link wagtailadmin_choose_page_email_link
        wagtailadmin_choose_page_external_link wagtailadmin_choose_page_phone_link
        wagtailadmin_choose_page_search wagtailadmin_dismissibles wagtailadmin_home
        wagtailadmin_javascript_catalog wagtailadmin_sprite
    """,
    "wagtail_localize": "javascript_catalog",
    "wagtailadmin_api:documents": "listing",
    "wagtailadmin_api:images": "listing",
    "wagtailadmin_api:pages": "listing",
    "wagtailadmin_editing_sessions": "ping release",
    "wagtailadmin_pages": "choose_parent search search_results type_use type_use_results",
    "wagtaildocs": "add add_multiple index index_results",
    "wagtaildocs_chooser": "choose choose_results chosen_multiple create",
    "wagtailimages": "add add_multiple index index_results",
    "wagtailimages_chooser": "choose choose_results chosen_multiple create",
}
# Wagtail's way to see whether errors are reported: it always fails.
FAILS_ON_PURPOSE = {"": "wagtailadmin_error_test"}


def keys_of(table: dict[str, str]) -> set[str]:
    return {
        f"{namespace}:{name}" if namespace else name
        for namespace, names in table.items()
        for name in names.split()
    }
