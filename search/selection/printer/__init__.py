"""Makes a PDF of a page, as a process of its own (search/selection/printing.py starts it).

A page that takes too long, or all memory, then cannot take the site with it. Nothing here knows
Django, the database or the disk: the process gets the page and every file that the page may show,
and can reach nothing else.
"""

# How the process ends where no PDF can be made at all.
LIBRARIES_MISSING = 3
