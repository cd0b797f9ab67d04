"""Widgets for JupyterLab; every one has a plain form for pages without a kernel."""
