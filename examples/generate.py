# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 generate.py MODEL prints the points of `lstmtui generate MODEL`."""
import json, math, struct, sys
file = open(sys.argv[1], "rb")  # safetensors: size of the header, it, numbers
header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
settings, numbers = header["__metadata__"], file.read()
assert {settings[k] for k in "framing loss recurrent_activation".split()} <= {
    "one-to-one", "sequence", "mae", "mse", "huber", "rectangle", "sigmoid"}
assert "scaling.factor" not in header, "scaled data"
layers = [k[:-17] for k in header if "recurrent_k" in k and k.count(".") < 2]
def tensor(name):  # its numbers, row by row
    begin, end = header[name]["data_offsets"]
    return struct.unpack(f"<{(end - begin) // 4}f", numbers[begin:end])
def add(x, y): return [a + b for a, b in zip(x, y)]
def product(x, w):  # x W: multiply each column of W by x, and sum it up
    n = len(w) // len(x)
    return [sum(a * b for a, b in zip(x, w[j::n])) for j in range(n)]
def sigmoid(x): return 1 / (1 + math.exp(-x))  # of a gate: 0 closed, 1 open
def unit(a, s, h, c):  # of each gate a = x W + b and s = h R: the new h and c
    if settings["cell"] == "rnn": return math.tanh(a[0] + s[0]), c
    if settings["cell"] == "gru":
        update, reset = sigmoid(a[0] + s[0]), sigmoid(a[1] + s[1])
        return update * h + (1 - update) * math.tanh(a[2] + reset * s[2]), c
    i, f, g, o = add(a, s)  # input, forget and output gate; g is the candidate
    c = sigmoid(f) * c + sigmoid(i) * math.tanh(g)  # forget, then learn
    return sigmoid(o) * math.tanh(c), c
def step(x):  # read a point, predict the next one; only a sequence has a memory
    for layer, units in zip(layers, settings["units"].split(",")):
        bias, n = tensor(layer + ".bias"), int(units)
        h, c = state.get(layer, ([0] * n, [0] * n))
        a = add(product(x, tensor(layer + ".kernel")), bias)
        s = product(h, tensor(layer + ".recurrent_kernel"))
        s = add(s, bias[len(s):] or [0] * len(s))  # the GRU has two biases
        x, c = zip(*[unit(a[u::n], s[u::n], h[u], c[u]) for u in range(n)])
        if settings["framing"] == "sequence": state[layer] = x, c
    return add(product(x, tensor("dense.kernel")), tensor("dense.bias"))
points, state = [tensor("start")], {}
while len(points) < int(settings["points"]): points.append(step(points[-1]))
for point in points: print(",".join(f"{number:.9g}" for number in point))
