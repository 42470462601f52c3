"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id with the least that OWASP's password storage cheat sheet asks for.

    Django's own values take seven times the processor's time. Then two hundred wrong passwords at
    once keep out whoever is right (benchmarks/signing_in.py).
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
