"""What surrounds the screens while they are served: start-up, upkeep, and what happens at a fault."""

import asyncio
import gc
import os
import sys
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import streamlit as st
import structlog
from streamlit import config

from crm import logs, startup
from crm.config import ROOT, settings
from crm.errors import CrmError
from crm.incidents import incident
from crm.jobs import keeper

_LOG = structlog.get_logger()
_COLLECT_EVERY = 60.0
_WARM_AFTER = 1.0
_SLOW_TO_IMPORT = ("pandas", "plotly.graph_objects", "sklearn.feature_extraction.text")
SAFE_VALUES: dict[str, object] = {
    "server.headless": True,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.corsAllowedOrigins": [],
    "server.xsrfCookieSameSite": "lax",
    "server.maxUploadSize": 10,
    "server.maxMessageSize": 50,
    "server.maxWidgetStateSize": 5,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.allowRunOnSave": False,
    "server.scriptHealthCheckEnabled": False,
    "server.disconnectedSessionTTL": 900,
    "server.websocketPingInterval": 20,
    "server.unsafeMetricsUserAttributes": [],
    "server.trustedUserHeaders": {"x-eecrm-sid": "sid"},
    "server.maxCacheDataSize": "200mb",
    "server.showEmailPrompt": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "viewer",
    "client.disableDataExport": True,
    "client.allowedOrigins": [],
    "client.showSidebarNavigation": True,
    "browser.gatherUsageStats": False,
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,
    "runner.enforceSerializableSessionState": True,
    "global.developmentMode": False,
    "global.e2eTest": False,
    "logger.level": "warning",
    "logger.enableRich": False,
}
"""What safety and speed rest on; the values are those of .streamlit/config.toml."""


def ensure_safe_values() -> None:
    """Refuse to serve with a setting that safety rests on changed or gone.

    Raises:
        StartupError: says of each setting that differs what it is and what it has to be.
    """
    wrong = [
        f"{name} is {config.get_option(name)!r} and has to be {value!r}."
        for name, value in SAFE_VALUES.items()
        if config.get_option(name) != value
    ]
    if wrong:
        raise startup.StartupError(
            f"{' '.join(wrong)} These settings have to be as .streamlit/config.toml has them: start from "
            "the project's own folder, and override none of them by option or environment."
        )
    startup.ensure_address_is_safe(config.get_option("server.address"))
    if "uvicorn" in Path(sys.argv[0]).with_suffix("").parts[-2:]:
        startup.ensure_address_is_safe(startup.address_of_uvicorn(sys.argv[1:], os.environ))


@asynccontextmanager
async def lifespan(_app: object) -> AsyncGenerator[None]:
    """Make ready and serve, with background work beside, and look after memory, as Streamlit does not."""
    logs.set_up()
    try:
        ensure_safe_values()
        with startup.only_server():
            startup.prepare()
            with keeper.working() if settings().jobs else nullcontext():
                upkeep = asyncio.create_task(_look_after())
                yield
                upkeep.cancel()
    except CrmError as problem:
        sys.stderr.write(f"\n{problem}\n\n")
        raise
    except Exception:
        _LOG.critical("stopped", exc_info=True)
        raise


def _warm() -> None:
    """Import what the first screens would otherwise wait for: our own modules, then what is slow."""
    ours = [
        f"crm.{folder}.{module.name}"
        for folder in ("services", "ui")
        for module in iter_modules([str(ROOT / "crm" / folder)])
    ]
    for name in (*ours, *_SLOW_TO_IMPORT):
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
    number = incident(fault, "screen")
    st.error(
        f"Something went wrong on our side, and this page could not be finished. "
        f"What you saved before is safe. If it happens again, give an administrator this number: {number}."
    )
    return True
