"""The mailbox of an account: allauth keeps which addresses somebody has shown to be theirs."""

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed, password_reset
from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts.models import User


@receiver(post_save, sender=User)
def keep_one_address(sender, instance: User, raw: bool = False, **kwargs) -> None:
    """The address of the account is the one to sign in with. Another one has to be shown anew."""
    if raw or EmailAddress.objects.filter(user=instance, email=instance.email).exists():
        return
    EmailAddress.objects.filter(user=instance).delete()
    EmailAddress.objects.create(user=instance, email=instance.email, primary=True)


@receiver(password_reset)
def believe_the_mailbox(sender, request, user: User, **kwargs) -> None:
    """Who used the link in a mail, that of an invitation too, has the mailbox."""
    EmailAddress.objects.filter(user=user, email=user.email).update(verified=True)


@receiver(email_changed)
def follow_the_address(sender, request, user: User, to_email_address, **kwargs) -> None:
    if user.email != to_email_address.email:
        user.email = to_email_address.email
        user.save(update_fields=["email"])
