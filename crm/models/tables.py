"""Every module with tables, so that the schema is whole wherever it is looked at."""

from crm.models import (
    agreements,
    analyses,
    audit,
    carves,
    caseloads,
    employers,
    imports,
    lists,
    matches,
    programmes,
    requests,
    restricted,
    seekers,
    skills,
    users,
    vacancies,
)

MODULES = (
    agreements,
    analyses,
    audit,
    carves,
    caseloads,
    employers,
    imports,
    lists,
    matches,
    programmes,
    requests,
    restricted,
    seekers,
    skills,
    users,
    vacancies,
)
