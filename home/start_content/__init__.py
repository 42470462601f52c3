"""The content that a new installation begins with.

The texts are the TOML files beside this module; `load.py` makes pages of them. Loading again adds
what is missing and changes nothing that is there.
"""
