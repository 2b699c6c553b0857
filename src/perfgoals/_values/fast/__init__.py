"""The fast way through a value: the grammar's answers, kept by the shape of the text.

1. ``slots`` finds the *shape* of a value, its text with slots for what values like it
   differ in: ``不少于200家`` and ``不少于35项`` are ``不少于{n0}{u0}``. What numbers
   and words a slot may hold, ``numbers`` and ``plain`` say: such as the grammar does
   not tell apart there.
2. ``frames`` has what becomes of a shape: its ``variant`` tells what the grammar may
   still tell apart in the numbers, such as which is greater.
3. ``templates`` turns a target into one with the same slots, and fills it.
4. ``known`` holds the templates: those of usual shapes are packaged
   (``data/shapes.tsv``), others the grammar teaches when it has read such a value.
5. ``reader`` puts these together, and reads values that are nothing but words. A
   number that fits no slot becomes part of the words; other signs are tried in their
   plain form.
6. ``usual`` stands in front of all this: where no number can make a difference, the
   words around one or two of them lead to what fills the template at once.

Nothing here knows what a text means: where no template is known, the grammar reads.
"""
