"""What in a text may show who a child is: measured on sentences that others labelled."""

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.guard import Kind, KnownNames, look_at, sentences
from privacy.identifiers import is_bsn

pytestmark = pytest.mark.once

LABELLED = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))[
    "sentence"
]
KNOWN = KnownNames.of(
    people=["Karin Jansen"],
    places=["De Bron", "Emmen", "Orion", "Veens Welzijn", "Amsterdam", "Veenendaal"],
)
LEAST_RECALL, LEAST_PRECISION = 0.95, 0.9


def is_found(row) -> bool:
    start = row["text"].index(row["passage"])
    end = start + len(row["passage"])
    return any(each.start < end and start < each.end for each in look_at(row["text"], KNOWN))


def test_the_guard_finds_what_may_identify_a_child_and_little_else(capsys):
    risky = [row for row in LABELLED if row["kind"]]
    harmless = [row for row in LABELLED if not row["kind"]]
    found = [row for row in risky if is_found(row)]
    false = [row["text"] for row in harmless if look_at(row["text"], KNOWN)]
    recall = len(found) / len(risky)
    precision = len(found) / (len(found) + len(false))

    with capsys.disabled():
        print(f"\n{len(LABELLED)} sentences: recall {recall:.3f}, precision {precision:.3f}")
        for kind in Kind:
            of_kind = [row for row in risky if row["kind"] == kind]
            print(f"  {kind:12} {sum(row in found for row in of_kind)} of {len(of_kind)}")

    assert len(LABELLED) >= 300
    assert len(harmless) >= 100
    assert recall >= LEAST_RECALL, [row["text"] for row in risky if row not in found]
    assert precision >= LEAST_PRECISION, false


@pytest.mark.parametrize("before", ["", "De school heet Wissel. ", "De moeder van Kwame belde. "])
def test_what_stands_before_it_hides_no_name(before):
    told = look_at(f"{before}Het meisje dat Xirini heet, en een kind.")

    assert "Xirini" in [finding.passage for finding in told]


def test_a_name_makes_no_name_of_a_town_behind_it():
    told = look_at("De moeder van Kwame belde. Het dossier van Windhoek is dun.")

    assert [finding.passage for finding in told] == ["Kwame"]


@pytest.mark.parametrize(
    "text",
    [
        "Karin Jansen vertelde dat op De Bron.",
        "Wij werken in Emmen met de ouders van Orion.",
        "Op Veens Welzijn begon het in 2023.",
    ],
)
def test_colleagues_places_and_schools_that_are_known_are_no_secret(text):
    assert look_at(text, KNOWN) == []


def test_a_child_with_the_name_of_a_colleague_is_pointed_out():
    assert [each.passage for each in look_at("De moeder van Karin belde.", KNOWN)] == ["Karin"]


@pytest.mark.parametrize("number", ["123456782", "1234.56.782", "123 456 782"])
def test_only_a_citizen_service_number_blocks(number):
    (found,) = look_at(f"Het bsn is {number}.")

    assert found.kind == Kind.BSN
    assert found.blocks
    assert not any(each.blocks for each in look_at("Noors moeder: 06-12345678, n@voorbeeld.nl"))


@given(st.integers(min_value=10_000_000, max_value=999_999_999))
def test_every_number_that_passes_the_test_is_found_where_it_is_called_so(number):
    text = f"bsn {number:09}"
    kinds = {each.kind for each in look_at(text)}

    assert kinds == ({Kind.BSN} if is_bsn(f"{number:09}") else {Kind.NUMBER})


@given(st.text(max_size=400))
def test_any_text_is_answered_with_passages_that_stand_in_it(text):
    found = look_at(text, KNOWN)

    assert found == sorted(found)
    for each in found:
        assert 0 <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.passage
    for one, other in itertools.pairwise(found):
        assert one.end <= other.start


@given(st.text(max_size=300))
def test_sentences_cover_a_text_once_and_in_order(text):
    spans = list(sentences(text))

    assert all(start <= end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize(
    "piece", ["a", "A. ", "Jan van de ", "1 2 3 ", "Straat ", "x@", "moeder van ", "0 ", "Noor, "]
)
def test_a_long_text_takes_time_in_proportion(piece):
    """Ten times the text may take some twenty times as long, never a hundred."""
    from time import process_time

    def seconds(times):
        text = piece * times
        begin = process_time()
        look_at(text)
        return process_time() - begin

    seconds(10)

    assert seconds(4_000) < max(0.2, 40 * seconds(400))
