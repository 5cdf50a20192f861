"""The records that matching reads: seekers and jobs, checked field by field, from JSON Lines files."""

from matching.records.files import each_job, each_seeker, read_jobs, read_seekers
from matching.records.job import Criterion, Job, JobHours, Task, WorkplaceSupport
from matching.records.parts import SUPPORT_KINDS, WEEK_HOURS, Place, Slot
from matching.records.seeker import Seeker, SeekerHours, SeekerSkill, SupportNeed, Travel

__all__ = [
    "SUPPORT_KINDS",
    "WEEK_HOURS",
    "Criterion",
    "Job",
    "JobHours",
    "Place",
    "Seeker",
    "SeekerHours",
    "SeekerSkill",
    "Slot",
    "SupportNeed",
    "Task",
    "Travel",
    "WorkplaceSupport",
    "each_job",
    "each_seeker",
    "read_jobs",
    "read_seekers",
]
