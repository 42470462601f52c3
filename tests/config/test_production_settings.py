"""Production refuses to start half configured, and is safe when configured."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
CONFIGURED = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "a-long-and-random-looking-key-0123456789-abcdefghijklmnop",
    "ALLOWED_HOSTS": "lerendepraktijken.example",
    "BASE_URL": "https://lerendepraktijken.example",
}


def manage(*arguments, environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL"])
@pytest.mark.parametrize("absence", ["missing", "empty"])
def test_production_refuses_to_start_without_a_setting_and_names_it(name, absence, tmp_path):
    environment = CONFIGURED | {"DATA_DIR": str(tmp_path), name: ""}
    if absence == "missing":
        del environment[name]

    done = manage("check", environment=environment)

    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "too-short"),
        ("ALLOWED_HOSTS", "*"),
        ("BASE_URL", "lerendepraktijken.example"),
        ("MEDIA_STORAGE_URL", "https://files.example/bucket"),
    ],
)
def test_production_refuses_an_unsafe_setting_and_names_it(name, value, tmp_path):
    done = manage("check", environment=CONFIGURED | {"DATA_DIR": str(tmp_path), name: value})

    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


def test_production_passes_every_deployment_check(tmp_path):
    environment = CONFIGURED | {"DATA_DIR": str(tmp_path)}

    done = manage("check", "--deploy", "--fail-level", "WARNING", environment=environment)

    assert done.returncode == 0, done.stderr


def test_an_s3_address_chooses_where_files_are_kept(tmp_path):
    address = "s3://key:se%2Fcret@s3.example:9000/files"
    code = "from django.conf import settings; print(settings.STORAGES['default'])"

    done = manage(
        *("shell", "--no-imports", "--command", code),
        environment=CONFIGURED | {"DATA_DIR": str(tmp_path), "MEDIA_STORAGE_URL": address},
    )

    assert done.returncode == 0, done.stderr
    options = ast.literal_eval(done.stdout)["OPTIONS"]
    assert options["endpoint_url"] == "https://s3.example:9000"
    assert options["secret_key"] == "se/cret"
    assert options["bucket_name"] == "files"


def test_importing_production_settings_writes_nothing(tmp_path):
    data = tmp_path / "data"

    manage("diffsettings", environment=CONFIGURED | {"DATA_DIR": str(data)})

    assert not data.exists()
