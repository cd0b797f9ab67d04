"""Finished runs in other forms: one HTML file, PDF, Word, Excel, zip. They read a run's folder and change nothing in it."""
