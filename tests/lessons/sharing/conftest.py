import pytest


@pytest.fixture
def writer(client, professional):
    client.force_login(professional)
    return professional
