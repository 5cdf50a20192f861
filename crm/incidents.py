"""Faults get a number: the person is shown the number, and the log holds the fault under it."""

import secrets

import structlog

from crm import measures

_LOG = structlog.get_logger()


def incident(fault: Exception, where: str) -> str:
    """Log a fault and count it; gives the number that it is told under."""
    number = secrets.token_hex(4)
    measures.FAULTS.add(where)
    _LOG.error("fault", number=number, exc_info=fault)
    return number
