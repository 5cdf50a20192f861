"""The web application: Streamlit's screens, and the plain pages and the gate around them."""

import streamlit as st

from crm.config import ROOT
from crm.ui.serving import lifespan, report_fault
from crm.web.routes import MIDDLEWARE, ROUTES

app = st.App(
    ROOT / "crm" / "ui" / "script" / "main.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=report_fault,
)
