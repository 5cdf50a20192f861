"""What surrounds the screens while they are served: start-up, upkeep, and what happens at a fault."""

import asyncio
import gc
import secrets
import sys
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module

import streamlit as st
import structlog
from streamlit import config

from crm import startup
from crm.errors import CrmError

_LOG = structlog.get_logger()
_COLLECT_EVERY = 60.0
_WARM_AFTER = 1.0
_SLOW_TO_IMPORT = ("pandas", "plotly.graph_objects", "sklearn.feature_extraction.text")
SAFE_VALUES: dict[str, object] = {
    "server.trustedUserHeaders": {"x-eecrm-sid": "sid"},
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "viewer",
    "client.allowedOrigins": [],
    "browser.gatherUsageStats": False,
    "global.developmentMode": False,
    "runner.postScriptGC": False,
}
"""What safety and speed rest on; the values are those of .streamlit/config.toml."""


def ensure_safe_values() -> None:
    """Refuse to serve with a setting that safety rests on changed or gone.

    Raises:
        StartupError: names the settings that differ.
    """
    wrong = [name for name, value in SAFE_VALUES.items() if config.get_option(name) != value]
    if wrong:
        raise startup.StartupError(
            f"These settings are not as .streamlit/config.toml has them: {', '.join(wrong)}. "
            "Start from the project's own folder, without overriding them."
        )
    startup.ensure_address_is_safe(config.get_option("server.address"))


@asynccontextmanager
async def lifespan(_app: object) -> AsyncGenerator[None]:
    """Make ready, serve, and look after memory meanwhile: Streamlit's own collecting is switched off."""
    try:
        ensure_safe_values()
        with startup.only_server():
            startup.prepare()
            upkeep = asyncio.create_task(_look_after())
            yield
            upkeep.cancel()
    except CrmError as problem:
        sys.stderr.write(f"\n{problem}\n\n")
        raise


def _warm() -> None:
    """Import what the first screens would otherwise wait for."""
    for name in _SLOW_TO_IMPORT:
        import_module(name)


async def _look_after() -> None:
    """Once people are served: import ahead for the first screens, then collect now and then."""
    await asyncio.sleep(_WARM_AFTER)
    threading.Thread(target=_warm, name="warm", daemon=True).start()
    while True:
        await asyncio.sleep(_COLLECT_EVERY)
        gc.collect()


def report_fault(fault: Exception) -> bool:
    """Log a fault under a number, and show the number instead of the fault's own words."""
    number = secrets.token_hex(4)
    _LOG.error("fault", number=number, kind=type(fault).__name__, exc_info=fault)
    st.error(
        f"Something went wrong on our side, and this page could not be finished. "
        f"What you saved before is safe. If it happens again, give an administrator this number: {number}."
    )
    return True
