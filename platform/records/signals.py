"""What is noted by itself: who belongs where, who came in, which words changed."""

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.models import User
from accounts.second_factor import needs_second_factor
from content.models import ContentPage
from records.keeping import forget_user, without_texts
from vocabulary.models import Synonym, Term

# What of an account is a decision about it: the field, and the action for on and for off.
SWITCHES = {
    "is_active": ("accounts.activated", "accounts.deactivated"),
    "is_superuser": ("accounts.administrator", "accounts.no_administrator"),
}


@receiver(pre_save, sender=PageLogEntry)
@receiver(pre_save, sender=ModelLogEntry)
def keep_to_the_facts(sender, instance, **kwargs):
    """No text of a page, and the practice that it was about: a page may move, or go."""
    instance.data = without_texts(instance.data)
    page = getattr(instance, "page", None) if sender is PageLogEntry else None
    if isinstance(page, ContentPage) and page.practice_key:
        instance.data.setdefault("practice", str(page.practice_key))


@receiver(post_delete, sender=User)
def forget_who_is_gone(sender, instance, **kwargs):
    forget_user(instance.pk)


@receiver(pre_save, sender=User)
def note_switches(sender, instance, raw=False, update_fields=None, **kwargs):
    fields = SWITCHES if update_fields is None else SWITCHES.keys() & set(update_fields)
    if raw or not instance.pk or not fields:
        return
    before = User.objects.filter(pk=instance.pk).values(*fields).first()
    for name in fields if before else ():
        if (now := getattr(instance, name)) != before[name]:
            switched_on, switched_off = SWITCHES[name]
            log(instance, switched_on if now else switched_off)


@receiver(m2m_changed, sender=User.groups.through)
def note_groups(sender, instance, action, reverse, pk_set, **kwargs):
    """Which role somebody has follows from the groups."""
    if action == "pre_clear":
        gone = instance.user_set.all() if reverse else instance.groups.all()
        pk_set = set(gone.values_list("pk", flat=True))
    elif action not in ("post_add", "post_remove"):
        return
    changed = "added" if action == "post_add" else "removed"
    if reverse:
        for user in User.objects.filter(pk__in=pk_set):
            log(user, "accounts.groups", data={changed: [instance.name]})
    elif pk_set:
        names = Group.objects.filter(pk__in=pk_set).order_by("name")
        data = {changed: list(names.values_list("name", flat=True))}
        log(instance, "accounts.groups", data=data)


@receiver(post_save, sender=Authenticator)
def note_new_second_factor(sender, instance, created, raw=False, **kwargs):
    if created and not raw:
        log(instance.user, "accounts.second_factor_added", data={"kind": instance.type})


@receiver(post_delete, sender=Authenticator)
def note_lost_second_factor(sender, instance, origin=None, **kwargs):
    if not _goes_along_with(User, origin):
        log(instance.user, "accounts.second_factor_removed", data={"kind": instance.type})


@receiver(user_logged_in)
def note_who_sees_everything(sender, user, **kwargs):
    """Only of those who can see or change everything."""
    if needs_second_factor(user):
        log(user, "accounts.signed_in", user=user)


@receiver(password_changed)
@receiver(password_reset)
def note_new_password(sender, user, **kwargs):
    log(user, "accounts.password", user=user)


@receiver(pre_save, sender=Term)
def note_new_name(sender, instance, raw=False, **kwargs):
    if raw or not instance.pk:
        return
    old = Term.objects.filter(pk=instance.pk).values_list("name", flat=True).first()
    if old and old != " ".join(instance.name.split()):
        log(instance, "vocabulary.renamed", data={"from": old})


@receiver(post_save, sender=Synonym)
@receiver(post_delete, sender=Synonym)
def note_synonym(sender, instance, created=False, raw=False, signal=None, origin=None, **kwargs):
    """A word more or less for a term; what goes along with its term is noted with that."""
    if raw or (signal is post_save and not created) or _goes_along_with(Term, origin):
        return
    action = "vocabulary.synonym_added" if created else "vocabulary.synonym_removed"
    log(instance.term, action, data={"word": instance.word})


def _goes_along_with(model, origin) -> bool:
    """Whether a row is deleted because one of this model is, or several of them."""
    return isinstance(origin, model) or getattr(origin, "model", None) is model
