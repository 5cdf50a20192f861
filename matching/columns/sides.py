"""All columns of one side: of everybody, or of all jobs."""

from typing import NamedTuple

from matching.columns.hours import JobHourColumns, SeekerHourColumns
from matching.columns.preference import JobPreferenceColumns, SeekerPreferenceColumns
from matching.columns.single import SingleColumn, is_fixed, waiting_since
from matching.columns.skills import JobSkillColumns, SeekerSkillColumns
from matching.columns.supports import JobSupportColumns, SeekerSupportColumns
from matching.columns.travel import JobTravelColumns, SeekerTravelColumns
from matching.compare import Comparison
from matching.profiles import JobProfile, SeekerProfile


class SeekerColumns(NamedTuple):
    """What is known of everybody, component by component."""

    skills: SeekerSkillColumns
    hours: SeekerHourColumns
    supports: SeekerSupportColumns
    preference: SeekerPreferenceColumns
    travel: SeekerTravelColumns
    waits: SingleColumn[SeekerProfile]

    @classmethod
    def empty(cls, fit: Comparison) -> "SeekerColumns":
        """Return columns of nobody."""
        return cls(
            SeekerSkillColumns(fit.skills),
            SeekerHourColumns(fit.hours),
            SeekerSupportColumns(fit.supports),
            SeekerPreferenceColumns(fit.preference),
            SeekerTravelColumns(),
            SingleColumn(waiting_since),
        )


class JobColumns(NamedTuple):
    """What is known of all jobs, component by component; `fixed` where hours are not negotiable."""

    skills: JobSkillColumns
    hours: JobHourColumns
    supports: JobSupportColumns
    preference: JobPreferenceColumns
    travel: JobTravelColumns
    fixed: SingleColumn[JobProfile]

    @classmethod
    def empty(cls, fit: Comparison) -> "JobColumns":
        """Return columns of no jobs."""
        return cls(
            JobSkillColumns(fit.skills),
            JobHourColumns(fit.hours),
            JobSupportColumns(fit.supports),
            JobPreferenceColumns(fit.preference),
            JobTravelColumns(),
            SingleColumn(is_fixed),
        )
