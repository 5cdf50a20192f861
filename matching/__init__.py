"""Matching of people and jobs: records in, explained results out. Knows no database and no screen."""
