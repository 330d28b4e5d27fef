#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the exports for ONNX with onnx's own checker and shape inference.

The graphs must be valid, their inputs and outputs have the names and shapes
that the manual lists, and shape inference must find the same shapes.
"""
import json
import os
import sys

import onnx
from onnx import checker, shape_inference


def dimensions(value):
    """The element type and the dimensions of a value: sizes and names."""
    tensor = value.type.tensor_type
    return tensor.elem_type, [
        d.dim_param or d.dim_value for d in tensor.shape.dim
    ]


def expected_values(reference):
    """The inputs and outputs that a model should have."""
    features, outputs = reference["features"], reference["outputs"]
    framing, window = reference["framing"], reference["window"]
    real = onnx.TensorProto.FLOAT
    point = onnx.TensorProto.DOUBLE if reference["scaling"] else real
    result = real if reference["loss"] == "mixture" else point
    inputs = {"input": (point, ["batch", "time", features])}
    results = {"output": (result, ["batch", "time", outputs])}
    if framing == "many-to-one":
        results["output"] = (result, ["batch", outputs])
    if framing == "one-to-many":
        inputs["input"] = (point, ["batch", features])
        results["output"] = (result, ["batch", window, outputs])
    if framing == "sequence":
        for i, units in enumerate(reference["units"]):
            layer = reference["cell"] + (f"_{i}" if i else "")
            layer = layer.replace("rnn", "simple_rnn")
            for state in "hc" if reference["cell"] == "lstm" else "h":
                inputs[f"{layer}.initial_{state}"] = (real, ["states", units])
                results[f"{layer}.final_{state}"] = (real, ["batch", units])
    return inputs, results


def ranks_agree(declared, inferred):
    """Whether sizes that are known in both are equal."""
    return len(declared) == len(inferred) and all(
        one == other
        for one, other in zip(declared, inferred)
        if isinstance(one, int) and isinstance(other, int)
    )


def check(folder):
    """Return what is wrong with the model of a folder, or None."""
    path = os.path.join(folder, "model.onnx")
    with open(os.path.join(folder, "reference.json"), encoding="utf-8") as file:
        reference = json.load(file)
    model = onnx.load(path)
    checker.check_model(model, full_check=True)
    inputs, outputs = expected_values(reference)
    graph = model.graph
    found = {v.name: dimensions(v) for v in graph.input}
    if found != inputs:
        return f"inputs {found}"
    found = {v.name: dimensions(v) for v in graph.output}
    if found != outputs:
        return f"outputs {found}"
    # without the declared outputs, to see what the nodes give
    bare = onnx.ModelProto()
    bare.CopyFrom(model)
    for value in bare.graph.output:
        value.type.tensor_type.ClearField("shape")
    inferred = shape_inference.infer_shapes(
        bare, check_type=True, strict_mode=True, data_prop=True
    )
    for value in inferred.graph.output:
        kind, shape = outputs[value.name]
        if dimensions(value)[0] != kind or not ranks_agree(
            shape, dimensions(value)[1]
        ):
            return f"{value.name}: {dimensions(value)}"
    properties = {p.key: p.value for p in model.metadata_props}
    if reference["is_text"]:
        vocabulary = json.loads(properties["vocabulary"])
        if len(vocabulary) != reference["features"]:
            return f"{len(vocabulary)} tokens"
    settings = json.loads(properties["settings"])
    if settings["framing"] != reference["framing"]:
        return f"framing {settings['framing']}"
    return None


def main():
    """Check all models."""
    failed = models = 0
    for name in sorted(os.listdir(sys.argv[1])):
        folder = os.path.join(sys.argv[1], name)
        if not os.path.exists(os.path.join(folder, "model.onnx")):
            continue
        models += 1
        try:
            problem = check(folder)
        except Exception as error:  # pylint: disable=broad-except
            problem = str(error).split("\n", maxsplit=1)[0]
        if problem is not None:
            failed += 1
            print(f"{name}: {problem}")
    print(f"onnx in onnx.checker {onnx.__version__}: {models} models")
    sys.exit(failed > 0 or models == 0)


main()
