"""The grammar reference, made from the grammar files themselves."""
