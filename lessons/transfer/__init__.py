"""Lessons in files: read from JSON Lines, CSV or XLSX and brought into the site, and written back.

`reading` makes rows of a file, `checking` makes lessons of rows, `importing` brings them in,
`exporting` turns lessons into rows again and `writing` puts those in a file.
"""
