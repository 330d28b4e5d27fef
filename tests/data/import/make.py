#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make the files of this folder with PyTorch 1.13 and NumPy 1.24.

expected.json has, for each file that tests/check_import.c imports, the points
or characters that a network reads and what PyTorch computes for the last one:
numbers, or probabilities by character.
"""
import json
import warnings

import numpy
import torch

warnings.filterwarnings("ignore")
torch.manual_seed(20)
POINTS = [[0.25, -0.5, 1.0], [0.5, 0.75, -1.5], [-2.0, 0.125, 0.0]]
CHARACTERS = list("zyx \nab\u00e4")  # in no order
TEXT = "z a\u00e4"
expected = {}


class Network(torch.nn.Module):
    def __init__(self, cell, inputs, units, layers, outputs):
        super().__init__()
        self.rnn = getattr(torch.nn, cell)(inputs, units, layers,
                                           batch_first=True)
        self.fc = torch.nn.Linear(units, outputs)

    def forward(self, x):
        return self.fc(self.rnn(x)[0])


class Stack(torch.nn.Module):
    """Layers of different sizes, the tenth name after the second."""

    def __init__(self):
        super().__init__()
        self.lstm10 = torch.nn.LSTM(4, 2, batch_first=True)
        self.lstm2 = torch.nn.LSTM(3, 4, batch_first=True)
        self.head = torch.nn.Linear(2, 3)

    def forward(self, x):
        return self.head(self.lstm10(self.lstm2(x)[0])[0])


def expect(name, network):
    with torch.no_grad():
        output = network(torch.tensor([POINTS]))[0, -1]
    expected[name] = {"input": POINTS, "output": output.tolist()}


def save(name, state, network, **options):
    torch.save(state, name, **options)
    expect(name, network)


def save_arrays(name, state, change=lambda a: a, write=numpy.savez):
    write(name, **{k: change(v.numpy()) for k, v in state.items()})


gru = Network("GRU", 3, 4, 1, 3)
save("gru.pt", gru.state_dict(), gru)
save("gru-protocol-5.pt", gru.state_dict(), gru, pickle_protocol=5)
doubles = Network("GRU", 3, 4, 1, 3)
doubles.load_state_dict(gru.state_dict())
save("gru-f64.pt", doubles.double().state_dict(), gru)
half = Network("LSTM", 3, 4, 2, 3)
half.half().float()  # so that both have the same numbers
state = {"module." + k: v.half() for k, v in half.state_dict().items()}
save("lstm-f16-module.pt", {"epoch": 7, "loss": 0.5, "state_dict": state},
     half)
brain = Network("RNN", 3, 4, 1, 3).bfloat16().float()
save("rnn-bf16.pt", {k: v.bfloat16() for k, v in brain.state_dict().items()},
     brain)
stack = Stack()
save("lstm-stack.pt", stack.state_dict(), stack)

# transposed matrices, and all biases in one storage
strided = dict(gru.state_dict())
for key in ("rnn.weight_ih_l0", "rnn.weight_hh_l0", "fc.weight"):
    strided[key] = strided[key].t().contiguous().t()
biases = torch.cat([v for k, v in strided.items() if "bias" in k])
at = 0
for key in [k for k in strided if "bias" in k]:
    size = strided[key].shape[0]
    strided[key] = biases[at:at + size]
    at += size
save("gru-strided.pt", strided, gru)

text = Network("LSTM", 8, 5, 1, 8)
optimizer = torch.optim.Adam(text.parameters())
torch.save({"model": text.state_dict(), "optimizer": optimizer.state_dict(),
            "chars": CHARACTERS}, "text.pt")
torch.save(text.state_dict(), "text-alone.pt")
with open("text-vocabulary.json", "w", encoding="utf-8") as file:
    json.dump({c: i for i, c in enumerate(CHARACTERS)}, file)
with torch.no_grad():
    one_hot = torch.eye(8)[[CHARACTERS.index(c) for c in TEXT]]
    p = torch.softmax(text(one_hot.unsqueeze(0))[0, -1], dim=-1)
for name in ("text.pt", "text-alone.pt", "text.npz"):
    expected[name] = {"input": TEXT,
                      "output": dict(zip(CHARACTERS, p.tolist()))}
numpy.savez("text.npz", vocabulary=numpy.array(CHARACTERS),
            **{k: v.numpy() for k, v in text.state_dict().items()})

save_arrays("gru.npz", gru.state_dict())
save_arrays("gru-compressed.npz", gru.state_dict(),
            write=numpy.savez_compressed)
save_arrays("gru-fortran.npz", gru.state_dict(),
            lambda a: numpy.asfortranarray(a.astype(">f8")))
for name in ("gru.npz", "gru-compressed.npz", "gru-fortran.npz"):
    expect(name, gru)

# Keras's list of weights: kernel, recurrent kernel, bias; kernel, bias
w = {k: v.numpy() for k, v in brain.state_dict().items()}
numpy.savez("keras-list.npz", w["rnn.weight_ih_l0"].T, w["rnn.weight_hh_l0"].T,
            w["rnn.bias_ih_l0"] + w["rnn.bias_hh_l0"], w["fc.weight"].T,
            w["fc.bias"])
expect("keras-list.npz", brain)

# refused
torch.save(gru, "whole-network.pt")
torch.save(gru.state_dict(), "legacy.pt",
           _use_new_zipfile_serialization=False)
torch.save({"fc.weight": torch.zeros(1, 1).expand(500, 500)}, "expanded.pt")
both = torch.nn.LSTM(2, 3, bidirectional=True)
torch.save(both.state_dict(), "bidirectional.pt")
torch.save({"embed.weight": torch.zeros(9, 2), **gru.state_dict()},
           "embedding.pt")

with open("expected.json", "w", encoding="utf-8") as file:
    json.dump(expected, file, indent=1, sort_keys=True)
    file.write("\n")
