"""Matching of people and jobs: records in, explained results out. Knows no database and no screen."""

ENGINE_VERSION = "1"
"""Raised whenever the same inputs would give other figures; stored with every run."""
