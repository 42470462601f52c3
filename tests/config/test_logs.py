"""What the log keeps of a refusal."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.log import request_logger

pytestmark = pytest.mark.django_db


def test_an_ordinary_refusal_is_a_line_without_a_traceback(client, caplog):
    refused = client.post("/selectie/wijzig/", {}, headers={"Origin": "https://elders.example"})

    assert refused.status_code == 403
    records = [record for record in caplog.records if record.name == "django.request"]
    assert [record.getMessage() for record in records] == [
        "Forbidden (Permission denied): /selectie/wijzig/"
    ]
    assert records[0].exc_info is None


def test_a_fault_keeps_its_traceback(caplog):
    for fault, is_kept in [(PermissionDenied(), False), (ValueError("kapot"), True)]:
        caplog.clear()
        request_logger.error("Internal Server Error", exc_info=fault)

        assert bool(caplog.records[0].exc_info) is is_kept
        assert caplog.records[0].levelno == logging.ERROR
