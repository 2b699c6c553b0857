"""How hard hypothesis tries: ``HYPOTHESIS_PROFILE`` names one of three profiles."""

from __future__ import annotations

import os

from hypothesis import settings

# A slow machine is no defect, so no example has a deadline: a whole test has one.
settings.register_profile("default", deadline=None, max_examples=100)
settings.register_profile("ci", deadline=None, max_examples=300, print_blob=True)
settings.register_profile("thorough", deadline=None, max_examples=20_000)

settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
