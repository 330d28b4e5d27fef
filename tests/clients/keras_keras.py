#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load exports for Keras 3 with Keras itself and compare its predictions.

Usage: keras_keras.py MODELS

Each model.keras is loaded, and model.weights.h5 into a model of the same
config. Without an installed Keras nothing is checked. The backend that needs
no more than NumPy suffices: KERAS_BACKEND=numpy.
"""
import json
import shutil
import sys
import tempfile
from pathlib import Path

from lib_models import check_all

try:
    import keras
    import numpy as np
except ImportError as error:
    print(f"keras in Keras: not checked: {error}")
    sys.exit(0)


def predict(model, reference, case):
    """Return the largest difference from the reference."""
    values = np.array(case["input"], np.float32)
    expected = np.array(case["output"])
    if reference["framing"] == "one-to-many":
        values = values[:, 0]
    result = np.array(model(values))
    if reference["framing"] == "many-to-one":
        expected = expected[:, 0]
    if result.shape != expected.shape:
        raise ValueError(f"shape {result.shape}, not {expected.shape}")
    return float(np.max(np.abs(result - expected)))


def check(folder, reference):
    """Check a folder of exports. Return the largest difference."""
    # some versions extract model.weights.h5 beside the archive, then remove it
    with tempfile.TemporaryDirectory() as other:
        archive = shutil.copy(folder / "model.keras", other)
        model = keras.models.load_model(archive)
        again = keras.models.load_model(archive)
    # other weights first, so that those of the file are seen
    again.set_weights([weight + 1 for weight in again.get_weights()])
    again.load_weights(folder / "model.weights.h5")
    worst = 0.0
    for case in reference["cases"]:
        for loaded in (model, again):
            away = predict(loaded, reference, case)
            worst = max(worst, away)
            if not away <= reference["tolerance"]:
                raise ValueError(f"differs by {away}")
    return worst


sys.exit(check_all(
    sys.argv[1], "model.keras",
    f"keras in Keras {keras.__version__}",
    lambda folder, reference: check(Path(folder), reference)))
