"""What people ask gives what they need, in the first five results."""

import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("start content")

FIRST = 5
LEAST_RATE = 0.95
QUESTIONS = tomllib.loads(Path(__file__).with_name("golden.toml").read_text())["question"]


def test_the_golden_questions_find_what_they_should(client, capsys):
    missed = []
    for question in QUESTIONS:
        asked = {"q": question["q"], "page_size": FIRST}
        results = client.get("/api/v1/search/", asked).json()["results"]
        if not {name for result in results for name in names_of(result)} & set(question["first"]):
            missed.append((question["q"], question["first"], [r["url"] for r in results]))
    rate = 1 - len(missed) / len(QUESTIONS)
    with capsys.disabled():
        print(f"\n{len(QUESTIONS)} golden questions, in the first {FIRST}: {rate:.3f}")

    assert rate >= LEAST_RATE, "\n".join(str(miss) for miss in missed)


def names_of(result):
    """How the questions name a result: `/les/9/`, its Dutch address, or `download: ` its title."""
    number = result["external_id"].removeprefix("start-")
    return {
        f"/les/{number.lstrip('0')}/",
        # A step of a path stands on the page of that path.
        result["url"].removeprefix("/en").partition("#")[0],
        f"download: {result['title']}",
    }
