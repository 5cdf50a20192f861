"""Matching of people and jobs: records in, explained results out. Knows no database and no screen."""

ENGINE_VERSION = "1"
"""Raised whenever the same inputs would give other figures; stored with every run."""

CARVING_VERSION = "2"
"""The same of carving, which has figures of its own; stored with every carved job."""
