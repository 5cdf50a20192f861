"""Backups: what is in one, how it is locked, which are kept. What operators do with them: crm.services."""
