"""The demonstration service: invented people and employers, the same ones each time, dated from today."""

from crm.services.demonstration.loading import load as load
