"""Target values: from the text of a value to a target and back, part by part."""
