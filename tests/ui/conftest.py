"""What tests of shared parts of screens have done for them: they run apps, like those of pages."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _looked_through(components_known: None) -> None:  # pyright: ignore[reportUnusedFunction]
    """Every app that is run here knows what is installed."""
