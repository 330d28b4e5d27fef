#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load exported state dicts with PyTorch and compare the outputs.

torch_python.py MODELS: see the header of make_models.sh. Each model.pt must
load with weights_only and without, and fit a module of torch.nn.LSTM, GRU or
RNN and torch.nn.Linear strictly. PyTorch has no recurrent activation
hard-sigmoid: such a model computes its steps here, with the same weights.
"""
import json
import os
import sys

import torch
from lib_models import check_all

CLASSES = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}


class Network(torch.nn.Module):
    """Recurrent layers, one module if they have the same size, and dense."""

    def __init__(self, cell, units, features, outputs):
        super().__init__()
        make = CLASSES[cell]
        if len(set(units)) == 1:
            layers = [make(features, units[0], len(units), batch_first=True)]
        else:
            sizes = [features] + units
            layers = [make(sizes[i], sizes[i + 1], batch_first=True)
                      for i in range(len(units))]
        self.names = [cell + (f"_{i}" if i else "") for i in range(len(layers))]
        for name, layer in zip(self.names, layers):
            setattr(self, name, layer)
        self.dense = torch.nn.Linear(units[-1], outputs)

    def forward(self, x):
        for name in self.names:
            x, _ = getattr(self, name)(x)
        return self.dense(x)


def hard_step(cell, x, h, c, weights):
    """One step with hard-sigmoid as recurrent activation."""
    w, r, b, d = weights
    left = x @ w.T + b
    right = h @ r.T + d

    def gate(z):
        return torch.clamp(0.2 * z + 0.5, 0, 1)

    if cell == "lstm":
        i, f, g, o = (left + right).chunk(4, dim=1)
        c = gate(f) * c + gate(i) * torch.tanh(g)
        return gate(o) * torch.tanh(c), c
    left, right = left.chunk(3, dim=1), right.chunk(3, dim=1)
    reset, update = (gate(left[k] + right[k]) for k in range(2))
    new = torch.tanh(left[2] + reset * right[2])
    return (1 - update) * new + update * h, c


def hard_forward(network, cell, x):
    for name in network.names:
        layer = getattr(network, name)
        for weights in layer.all_weights:
            h = c = torch.zeros(x.shape[0], weights[1].shape[1], dtype=x.dtype)
            steps = []
            for t in range(x.shape[1]):
                h, c = hard_step(cell, x[:, t], h, c, weights)
                steps.append(h)
            x = torch.stack(steps, dim=1)
    return network.dense(x)


def check_attributes(state, reference):
    json.loads(state.lstmtui)
    if reference["is_text"]:
        assert isinstance(state.vocabulary, list), "no vocabulary"
        assert len(state.vocabulary) == reference["features"], "vocabulary"
    scaling = reference["scaling"]
    if scaling is not None:
        for key in ("offset", "factor"):
            has = getattr(state, "scaling_" + key).tolist()
            assert has == scaling[key], f"scaling {has}"


def run_case(network, reference, case):
    x = torch.tensor(case["input"], dtype=torch.float32)
    if reference["framing"] == "one-to-many":
        x = x.repeat(1, reference["window"], 1)
    if reference["recurrent_activation"] == "hard-sigmoid" and (
            reference["cell"] != "rnn"):
        y = hard_forward(network, reference["cell"], x)
    else:
        y = network(x)
    if reference["framing"] == "many-to-one":
        y = y[:, -1:]
    if reference["is_text"]:
        y = torch.softmax(y, dim=-1)
    expected = torch.tensor(case["output"], dtype=torch.float32)
    assert y.shape == expected.shape, f"shape {y.shape} {expected.shape}"
    return (y - expected).abs().max().item()


def check_model(folder, reference):
    path = os.path.join(folder, "model.pt")
    state = torch.load(path, weights_only=True)
    full = torch.load(path, map_location="cpu")
    assert list(state) == list(full), "names differ"
    assert all(torch.equal(state[k], full[k]) for k in state), "values differ"
    check_attributes(state, reference)
    network = Network(reference["cell"], reference["units"],
                      reference["features"], reference["outputs"])
    network.load_state_dict(state)
    with torch.no_grad():
        worst = max(run_case(network, reference, case)
                    for case in reference["cases"])
    if not worst <= reference["tolerance"]:
        raise AssertionError(f"difference {worst:.3g}")
    return worst


sys.exit(check_all(
    sys.argv[1], "model.pt",
    f"torch in PyTorch {torch.__version__}",
    check_model))
