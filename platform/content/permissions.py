"""What somebody may do with a page in the admin, beyond Wagtail's own rules."""

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

# Where Wagtail's own root of the tree stands. What is not below it lies in the trash.
SITE_TREE = Page._get_path("", 1, 1)


class ContentPermissionTester(PagePermissionTester):
    def can_set_view_restrictions(self) -> bool:
        # Who may see a page is a field of the page (`audience`), reviewed like its text.
        return False


class NothingAllowed(PagePermissionTester):
    """For a page in the trash: whoever asks, there is nothing to do with it but restore it."""

    permissions: set[str] = set()

    def __init__(self, page):
        super().__init__(AnonymousUser(), page)

    def can_view_revisions(self) -> bool:
        return False


class SitePagePolicy(PagePermissionPolicy):
    """Wagtail's rules for the pages of the site only: the trash is there for nobody."""

    def get_all_permissions_for_user(self, user):
        permissions = super().get_all_permissions_for_user(user)
        return permissions.filter(page__path__startswith=SITE_TREE)

    def _base_queryset_for_user(self, user):
        pages = super()._base_queryset_for_user(user)
        return None if pages is None else pages.filter(path__startswith=SITE_TREE)

    def instances_with_direct_explore_permission(self, user):
        pages = super().instances_with_direct_explore_permission(user)
        return [page for page in pages if page.path.startswith(SITE_TREE)]
