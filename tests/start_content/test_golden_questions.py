"""What people ask gives what they need, in the first five results."""

import tomllib
from pathlib import Path

FIRST = 5
LEAST_RATE = 0.95
QUESTIONS = tomllib.loads(Path(__file__).with_name("golden.toml").read_text())["question"]


def test_the_golden_questions_find_what_they_should(client, capsys):
    missed = []
    for question in QUESTIONS:
        answer = client.get("/api/v1/search/", {"q": question["words"], "page_size": FIRST}).json()
        found = {name for r in answer["results"] for name in (r["external_id"], r["title"])}
        if not found.intersection(question["any"]):
            missed.append((question["words"], [r["title"] for r in answer["results"]]))
    rate = 1 - len(missed) / len(QUESTIONS)
    with capsys.disabled():
        print(f"\n{len(QUESTIONS)} golden questions, in the first {FIRST}: {rate:.3f}")

    assert rate >= LEAST_RATE, missed
