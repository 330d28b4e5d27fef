# SPDX-License-Identifier: GPL-3.0-or-later
"""The loop of the checkers over all models."""
import json
import os


def check_all(models, file, client, check):
    """Check each folder of `models` that has the file; print the result.

    check(folder, reference) returns the worst difference of a model, or raises
    an exception. Return true, for sys.exit, if one failed or there is none.
    """
    failed, worst = 0, 0.0
    names = sorted(name for name in os.listdir(models)
                   if os.path.exists(os.path.join(models, name, file)))
    for name in names:
        folder = os.path.join(models, name)
        try:
            with open(os.path.join(folder, "reference.json"),
                      encoding="utf-8") as text:
                reference = json.load(text)
            worst = max(worst, check(folder, reference))
        except Exception as error:  # any failure is the model's
            failed += 1
            print(f"{name}: {type(error).__name__}: {error}")
    print(f"{client}: {len(names)} models, worst difference {worst:.2g}")
    return failed > 0 or not names
