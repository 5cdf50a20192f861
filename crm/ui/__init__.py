"""Shared parts of the screens; with pages/, the only code that imports Streamlit."""
