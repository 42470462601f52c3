"""Reads the words in a file, as a process of its own (files/reading.py starts it).

A broken or hostile file then cannot take the site with it. Nothing here knows Django or the
network, so that the process starts quickly and has nothing to lose.
"""

KINDS = frozenset({"pdf", "docx", "odt", "pptx", "xlsx", "txt", "csv"})
