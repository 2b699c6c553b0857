"""Cells: from the inline syntax to indicators and findings, and back to text."""
