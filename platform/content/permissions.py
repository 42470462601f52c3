"""What somebody may do with a page in the admin, beyond Wagtail's own rules."""

from wagtail.models import PagePermissionTester


class ContentPermissionTester(PagePermissionTester):
    def can_set_view_restrictions(self) -> bool:
        # Who may see a page is a field of the page (`audience`), reviewed like its text.
        return False
