"""People, and the groups that say where they belong."""

from django.contrib.auth.models import AbstractUser, BaseUserManager, Group
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users who sign in with an e-mail address, in any spelling of upper and lower case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, **fields, is_staff=True, is_superuser=True)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """Somebody with an account: a professional, an outer-ring participant, a project leader."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    # Part of every session's proof: a new number ends the sessions that began before.
    session_generation = models.PositiveIntegerField(default=0, editable=False)

    objects = UserManager()  # type: ignore[misc, assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_any_case"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def save(self, *args, **kwargs):
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def end_sessions(self) -> None:
        """Sign this person out on every device, that of the present request too."""
        self.session_generation = F("session_generation") + 1
        self.save(update_fields=["session_generation"])
        self.refresh_from_db(fields=["session_generation"])

    def _get_session_auth_hash(self, secret=None) -> str:
        # Django's own proof holds the password only, with which nothing ends but by changing it.
        proof = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        return f"{proof}{self.session_generation}"


class PracticeGroup(models.Model):
    """The group of the professionals of one practice.

    `practice_key` is the practice page's translation key: the same in every language, and known
    here without looking up at the practices.
    """

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="practice")
    practice_key = models.UUIDField(_("practice"), unique=True)

    class Meta:
        verbose_name = _("practice group")
        verbose_name_plural = _("practice groups")

    def __str__(self) -> str:
        return self.group.name


class Limit(models.Model):
    """A row of the cache with what may not be done too often (CACHES["limits"]).

    Django's cache in the database writes here; the table has the form that it expects.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_limits"
        verbose_name = _("limit")
        verbose_name_plural = _("limits")

    def __str__(self) -> str:
        return self.cache_key
