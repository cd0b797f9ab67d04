"""Figures in one house style: each module takes tables and returns Figures with title, caption, alt text and data."""
