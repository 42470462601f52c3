"""Sharing a lesson: four questions in somebody's own words, and a colleague who reads along."""
