"""The fast way to read a value: what it is sure of it reads, all else it leaves.

``reader`` takes a value apart at its numbers. The words between them are a *frame*,
which is understood once (``frames``, from ``heads``, ``tails`` and ``moments``) and
then filled with the numbers of every value that has it. Nothing here needs the
grammar to be compiled, and nothing decides what a value means: a test holds each
reading against the one by the grammar.
"""
