"""Measurements of speed and weight: `make bench`. Never part of the tests."""
