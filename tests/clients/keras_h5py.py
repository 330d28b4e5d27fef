#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read exports for Keras with h5py and h5dump, and compute their predictions.

Usage: keras_h5py.py MODELS

The weights are found by the paths of Keras, and the predictions computed with
NumPy as the layers of the config say, in double precision. The config of each
.keras must have the layers of the weights, and only keys that Keras 3.0 knows.
"""
import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import h5py
import numpy as np
from lib_models import check_all

RECURRENT = {"LSTM": 4, "GRU": 3, "SimpleRNN": 1}
KEYS = {
    "InputLayer": {"batch_shape", "dtype", "name"},
    "RepeatVector": {"name", "trainable", "n"},
    "Dense": {"name", "trainable", "units", "activation", "use_bias"},
    "SimpleRNN": {"name", "trainable", "units", "activation", "use_bias",
                  "return_sequences"},
}
KEYS["LSTM"] = KEYS["SimpleRNN"] | {"recurrent_activation"}
KEYS["GRU"] = KEYS["LSTM"] | {"reset_after"}


def expect(condition, message):
    if not condition:
        raise ValueError(message)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def hard_sigmoid(x):
    """That of Keras 2."""
    return np.clip(0.2 * x + 0.5, 0, 1)


def step(name, gate, x, state, weights):
    """Return the state after a step: the output and, of an LSTM, the cell."""
    kernel, recurrent, bias = weights
    h = state[0]
    if name == "SimpleRNN":
        return [np.tanh(x @ kernel + h @ recurrent + bias)]
    if name == "LSTM":
        i, f, g, o = np.split(x @ kernel + h @ recurrent + bias, 4, -1)
        c = gate(f) * state[1] + gate(i) * np.tanh(g)
        return [gate(o) * np.tanh(c), c]
    inputs = np.split(x @ kernel + bias[0], 3, -1)
    inner = np.split(h @ recurrent + bias[1], 3, -1)
    z, r = gate(inputs[0] + inner[0]), gate(inputs[1] + inner[1])
    return [z * h + (1 - z) * np.tanh(inputs[2] + r * inner[2])]


def run_layer(layer, gate, values, weights):
    """Return the outputs of a layer for [batch, ...]."""
    name, config = layer["class_name"], layer["config"]
    if name == "RepeatVector":
        return np.repeat(values[:, None], config["n"], 1)
    if name == "Dense":
        values = values @ weights[0] + weights[1]
        if config["activation"] == "softmax":
            values = np.exp(values - values.max(-1, keepdims=True))
            values /= values.sum(-1, keepdims=True)
        return values
    state = [np.zeros((len(values), config["units"])) for _ in range(2)]
    outputs = []
    for t in range(values.shape[1]):
        state = step(name, gate, values[:, t], state, weights)
        outputs.append(state[0])
    return np.stack(outputs, 1) if config["return_sequences"] else state[0]


def weights_of(file, layer, inputs):
    """Return the weights of a layer; check their number and shapes."""
    name, config = layer["class_name"], layer["config"]
    group = file[f"layers/{config['name']}"]
    expect("vars" in group, f"{config['name']}: no group vars")
    if name == "RepeatVector":
        return []
    units = config["units"]
    if name == "Dense":
        shapes = [(inputs, units), (units,)]
        group = group["vars"]
    else:
        width = RECURRENT[name] * units
        bias = (2, width) if config.get("reset_after") else (width,)
        shapes = [(inputs, width), (units, width), bias]
        expect(len(group["vars"]) == 0, "weights beside the cell")
        group = group["cell/vars"]
    values = [group[str(i)] for i in range(len(group))]
    expect([v.shape for v in values] == shapes, f"shapes of {config['name']}")
    expect(all(v.dtype == "<f4" for v in values), "not float32")
    return [np.array(v, np.float64) for v in values]


def layers_of_reference(reference):
    """Return the layers that a run without a .keras must have."""
    name = {"lstm": "LSTM", "gru": "GRU", "rnn": "SimpleRNN"}
    cell = name[reference["cell"]]
    base = "simple_rnn" if cell == "SimpleRNN" else cell.lower()
    layers = []
    if reference["framing"] == "one-to-many":
        layers.append({"class_name": "RepeatVector", "config": {
            "name": "repeat_vector", "n": reference["window"]}})
    for i, units in enumerate(reference["units"]):
        last = i + 1 == len(reference["units"])
        layers.append({"class_name": cell, "config": {
            "name": base + (f"_{i}" if i else ""), "units": units,
            "reset_after": cell == "GRU", "return_sequences":
            not (last and reference["framing"] == "many-to-one")}})
    layers.append({"class_name": "Dense", "config": {
        "name": "dense", "units": reference["outputs"],
        "activation": "softmax" if reference["is_text"] else "linear"}})
    return layers


def check_config(config, reference):
    """Check config.json and return its layers without the InputLayer."""
    expect(config["module"] == "keras", "module of the model")
    expect(config["class_name"] == "Sequential", "class of the model")
    layers = config["config"]["layers"]
    for layer in [config] + layers:
        expect(layer["registered_name"] is None, "registered_name")
    for layer in layers:
        name = layer["class_name"]
        expect(layer["module"] == "keras.layers", "module of a layer")
        expect(set(layer["config"]) == KEYS[name], f"keys of {name}")
    shape = layers[0]["config"]["batch_shape"]
    steps = [] if reference["framing"] == "one-to-many" else [None]
    expect(shape == [None] + steps + [reference["features"]], "batch_shape")
    expect(config["build_config"]["input_shape"] == shape, "build_config")
    # each layer is built for the outputs of the one before
    for layer in layers[1:]:
        expect(layer["build_config"]["input_shape"] == shape,
               f"input_shape of {layer['config']['name']}")
        if layer["class_name"] == "RepeatVector":
            shape = [None, layer["config"]["n"], shape[-1]]
        elif layer["config"].get("return_sequences", True):
            shape = shape[:-1] + [layer["config"]["units"]]
        else:
            shape = [None, layer["config"]["units"]]
    for layer, wanted in zip(layers[1:], layers_of_reference(reference)):
        for key, value in wanted["config"].items():
            expect(layer["config"].get(key, False) == value, key)
    expect(len(layers) - 1 == len(layers_of_reference(reference)), "layers")
    return layers[1:]


def check_companions(vocabulary, scaling, reference):
    count = len(vocabulary) if vocabulary is not None else 0
    expect(count == (reference["features"] if reference["is_text"] else 0),
           f"a vocabulary of {count}")
    expect((scaling is None) == (reference["scaling"] is None), "scaling")
    if scaling is not None:
        for key in ("offset", "factor"):
            expect(np.allclose(scaling[key], reference["scaling"][key],
                               1e-8), key)


def check_archive(path, reference):
    """Check a .keras. Return its layers and the file of weights."""
    with zipfile.ZipFile(path) as archive:
        expect(archive.testzip() is None, "a damaged member")
        names = archive.namelist()
        members = {name: archive.read(name) for name in names}
    read = {name: json.loads(data) for name, data in members.items()
            if name.endswith(".json")}
    expect(names[:3] == ["metadata.json", "config.json",
                         "model.weights.h5"], "members")
    expect(read["metadata.json"]["keras_version"].startswith("3."),
           "keras_version")
    check_companions(read.get("vocabulary.json"), read.get("scaling.json"),
                     reference)
    layers = check_config(read["config.json"], reference)
    return layers, members["model.weights.h5"]


def predict(file, layers, reference):
    """Return the largest difference from the reference."""
    hard = reference["recurrent_activation"] == "hard-sigmoid"
    worst = 0.0
    for case in reference["cases"]:
        values, expected = np.array(case["input"]), np.array(case["output"])
        if reference["framing"] == "one-to-many":
            values = values[:, 0]
        if reference["framing"] == "many-to-one":
            expected = expected[:, 0]
        for layer in layers:
            weights = weights_of(file, layer, values.shape[-1])
            values = run_layer(layer, hard_sigmoid if hard else sigmoid,
                               values, weights)
        expect(values.shape == expected.shape, f"shape {values.shape}")
        worst = max(worst, float(np.max(np.abs(values - expected))))
    expect(worst <= reference["tolerance"], f"differs by {worst}")
    return worst


def check(folder, reference):
    """Check a folder of exports. Return the largest difference."""
    path = folder / "model.weights.h5"
    layers = layers_of_reference(reference)
    worst = 0.0
    if (folder / "model.keras").exists():
        layers, data = check_archive(folder / "model.keras", reference)
        with h5py.File(BytesIO(data), "r") as file:
            expect(set(file) == {"layers", "vars"}, "groups of the archive")
            worst = predict(file, layers, reference)
    with h5py.File(path, "r") as file:
        expect(set(file) == {"layers", "vars", "lstmtui.json"}, "groups")
        described = json.loads(file["lstmtui.json"][()])
        check_companions(described.get("vocabulary"),
                         described.get("scaling"), reference)
        worst = max(worst, predict(file, layers, reference))
    dump = subprocess.run(["h5dump", "-pH", path], stderr=subprocess.PIPE,
                          stdout=subprocess.DEVNULL, check=False)
    expect(dump.returncode == 0 and not dump.stderr, "h5dump reports errors")
    return worst


sys.exit(check_all(
    sys.argv[1], "model.weights.h5",
    f"keras in h5py {h5py.__version__}",
    lambda folder, reference: check(Path(folder), reference)))
