"""Sending the open forms as a reader would, who takes the time to read them."""

import time

import pytest
from django.core import signing
from django.urls import reverse


class MinutesAgo(signing.TimestampSigner):
    def timestamp(self):
        return signing.b62_encode(int(time.time()) - 120)


@pytest.fixture
def opened() -> str:
    """What a form holds that was opened two minutes ago."""
    return MinutesAgo(salt="feedback").sign("opened")


@pytest.fixture
def report(client, opened):
    """Sends a report about an address, and gives the answer."""

    def send(over="", **fields):
        return client.post(
            reverse("report", query={"over": over}),
            {"kind": "privacy", "text": "", "email": "", "website": "", "opened": opened} | fields,
        )

    send.client = client
    return send


@pytest.fixture
def ask(client, opened):
    """Sends a question, to a practice by its slug, and gives the answer."""

    def send(practice="", **fields):
        url = reverse("practice_question", args=[practice]) if practice else reverse("question")
        sent = {"name": "Kim", "email": "kim@voorbeeld.nl", "text": "Hoe begonnen jullie?"}
        return client.post(url, {"website": "", "opened": opened} | sent | fields)

    send.client = client
    return send
