"""Roles as screens say them."""

from collections.abc import Collection

from crm.policy import Role, role_word

ROLE_HINTS = {
    Role.ENGAGEMENT_OFFICER: "Engagement officer: employers, agreements, vacancies",
    Role.JOB_COACH: "Job coach: job seekers, their profiles, restricted facts",
    Role.MANAGER: "Manager: everything but users and settings",
    Role.ADMINISTRATOR: "Administrator: users and settings, no cases",
    Role.AUDITOR: "Auditor: only reads, whatever other roles they have, and sees who changed what",
}
"""What each role is for, in a line."""


def role_words(roles: Collection[Role]) -> str:
    """Some roles as text: "Job coach, manager"."""
    said = ", ".join(role_word(role) for role in Role if role in roles)
    return said[:1].upper() + said[1:] if said else "None"
