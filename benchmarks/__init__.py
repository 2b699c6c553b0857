"""How fast perfgoals is, and whether its time and memory grow with the text."""
