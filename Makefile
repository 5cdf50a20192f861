# Everything is done by crm/bootstrap.py, which Windows uses as it is; these are short names for it.
PYTHON ?= python3

run test check bench eval faults lock:
	@$(PYTHON) -m crm.bootstrap $@

.PHONY: run test check bench eval faults lock
