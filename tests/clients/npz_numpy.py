#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compute the outputs of exported .npz files with NumPy alone, and compare.

npz_numpy.py MODELS: see the header of make_models.sh. The arrays have Keras's
names and layout: kernel [inputs, gates * units], recurrent_kernel [units,
gates * units], bias; the gates are i, f, g, o and z, r, n.
"""
import json
import os
import sys

import numpy
from lib_models import check_all

LAYERS = {"lstm": "lstm", "gru": "gru", "rnn": "simple_rnn"}


def sigmoid(z):
    return 1 / (1 + numpy.exp(-z))


def hard_sigmoid(z):
    return numpy.clip(0.2 * z + 0.5, 0, 1)


def lstm_step(x, h, c, kernel, recurrent, bias, gate):
    i, f, g, o = numpy.split(x @ kernel + h @ recurrent + bias, 4, axis=1)
    c = gate(f) * c + gate(i) * numpy.tanh(g)
    return gate(o) * numpy.tanh(c), c


def gru_step(x, h, c, kernel, recurrent, bias, gate):
    xz, xr, xn = numpy.split(x @ kernel + bias[0], 3, axis=1)
    hz, hr, hn = numpy.split(h @ recurrent + bias[1], 3, axis=1)
    z, r = gate(xz + hz), gate(xr + hr)
    return z * h + (1 - z) * numpy.tanh(xn + r * hn), c


def rnn_step(x, h, c, kernel, recurrent, bias, gate):
    return numpy.tanh(x @ kernel + h @ recurrent + bias), c


STEPS = {"lstm": lstm_step, "gru": gru_step, "rnn": rnn_step}


def forward(arrays, cell, layers, gate, x):
    """Outputs [batch, time, outputs] of x [batch, time, features]."""
    for layer in range(layers):
        name = LAYERS[cell] + (f"_{layer}" if layer else "")
        kernel, recurrent, bias = (
            arrays[f"{name}.{part}"].astype(float)
            for part in ("kernel", "recurrent_kernel", "bias"))
        h = c = numpy.zeros((x.shape[0], recurrent.shape[0]))
        steps = []
        for t in range(x.shape[1]):
            h, c = STEPS[cell](x[:, t], h, c, kernel, recurrent, bias, gate)
            steps.append(h)
        x = numpy.stack(steps, axis=1)
    return x @ arrays["dense.kernel"] + arrays["dense.bias"]


def softmax(y):
    e = numpy.exp(y - y.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def check_description(arrays, reference):
    text = json.loads(bytes(arrays["lstmtui.json"]).decode("utf-8"))
    settings = text["settings"]
    for key in ("cell", "framing", "task", "loss", "units"):
        assert settings[key] == reference[key], key
    if reference["is_text"]:
        assert len(text["vocabulary"]) == reference["features"], "vocabulary"
    if reference["scaling"] is not None:
        for key in ("offset", "factor"):
            has = arrays["scaling." + key].tolist()
            assert has == reference["scaling"][key], f"scaling {has}"


def run_case(arrays, reference, case):
    x = numpy.array(case["input"], dtype=float)
    gate = (hard_sigmoid if reference["recurrent_activation"] == "hard-sigmoid"
            else sigmoid)
    if reference["framing"] == "one-to-many":
        x = numpy.repeat(x, reference["window"], axis=1)
    y = forward(arrays, reference["cell"], len(reference["units"]), gate, x)
    if reference["framing"] == "many-to-one":
        y = y[:, -1:]
    if reference["is_text"]:
        y = softmax(y)
    expected = numpy.array(case["output"], dtype=float)
    assert y.shape == expected.shape, f"shape {y.shape} {expected.shape}"
    return float(numpy.abs(y - expected).max())


def check_model(folder, reference):
    with numpy.load(os.path.join(folder, "model.npz"),
                    allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    check_description(arrays, reference)
    worst = max(run_case(arrays, reference, case)
                for case in reference["cases"])
    if not worst <= reference["tolerance"]:
        raise AssertionError(f"difference {worst:.3g}")
    return worst


sys.exit(check_all(
    sys.argv[1], "model.npz",
    f"npz in NumPy {numpy.__version__}",
    check_model))
