#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compile each model.c with sanitizers, and compare it with reference.json.

Usage: c_compiler.py MODELS

A driver feeds the cases to the functions of the file; the program that the file
itself contains is compared with `lstmtui generate`, the environment variable
LSTMTUI. CC names the compiler, gcc.
"""
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

CC = os.environ.get("CC", "gcc")
FLAGS = ("-std=c99 -pedantic -Wall -Wextra -Werror -Wconversion -Og "
         "-fsanitize=address,undefined -fno-sanitize-recover").split()
LENGTH = 40

POINTS = """
#include MODEL
#include <stdio.h>
int main(void) {
	int count, steps, repeats;
	struct model_state state;
	double input[MODEL_FEATURES], output[MODEL_OUTPUTS];
	while (scanf("%d %d %d", &count, &steps, &repeats) == 3)
		for (int b = 0; b < count; b++) {
			model_reset(&state);
			for (int t = 0; t < steps; t++) {
				for (int f = 0; f < MODEL_FEATURES; f++)
					if (scanf("%lf", &input[f]) != 1)
						return 1;
				for (int r = 0; r < repeats; r++) {
					model_step(&state, input, output);
					for (int o = 0; o < MODEL_OUTPUTS; o++)
						printf("%.17g ", output[o]);
				}
			}
		}
	return 0;
}
"""

TEXT = """
#include MODEL
#include <stdio.h>
int main(void) {
	int count, steps, repeats;
	size_t token;
	static struct model_state state;
	static float scores[MODEL_TOKENS];
	static double probability[MODEL_TOKENS];
	while (scanf("%d %d %d", &count, &steps, &repeats) == 3)
		for (int b = 0; b < count; b++) {
			model_reset(&state);
			for (int t = 0; t < steps; t++) {
				if (scanf("%zu", &token) != 1)
					return 1;
				for (int r = 0; r < repeats; r++) {
					model_step(&state, token, scores);
					model_softmax(scores, 1.0, probability);
					for (int o = 0; o < MODEL_TOKENS; o++)
						printf("%.17g ",
							probability[o]);
				}
			}
		}
	return 0;
}
"""


def compile_c(source, program, *options):
    subprocess.run([CC, *FLAGS, *options, "-o", program, source, "-lm"],
                   check=True)


def run(*command, text=""):
    return subprocess.run(command, input=text.encode(), check=True,
                          stdout=subprocess.PIPE).stdout


def numbers_of_case(case, reference):
    """The input of a case in the units of the data, or its tokens."""
    scaling = reference["scaling"]
    numbers = []
    for row in case["input"]:
        for point in row:
            if reference["is_text"]:
                numbers.append(str(point.index(1)))
                continue
            for feature, number in enumerate(point):
                if scaling:
                    number = scaling["offset"][feature] + \
                        scaling["factor"][feature] * number
                numbers.append(repr(number))
    return numbers


def flat(value):
    if isinstance(value, list):
        return [number for part in value for number in flat(part)]
    return [value]


def check_steps(reference, program):
    """The worst difference of all outputs, in the network's units."""
    framing, outputs = reference["framing"], reference["outputs"]
    repeats = reference["window"] if framing == "one-to-many" else 1
    scaling = reference["scaling"]
    if reference["loss"] == "mixture":
        scaling = None
    words = []
    for case in reference["cases"]:
        words += [str(len(case["input"])), str(len(case["input"][0])),
                  str(repeats)] + numbers_of_case(case, reference)
    printed = run(program, text=" ".join(words))
    found = [float(word) for word in printed.split()]
    worst, at = 0.0, 0
    for case in reference["cases"]:
        for row, expected in zip(case["input"], case["output"]):
            size = len(row) * repeats * outputs
            own = found[at:at + size]
            at += size
            if scaling:
                own = [(number - scaling["offset"][i % outputs]) /
                       scaling["factor"][i % outputs]
                       for i, number in enumerate(own)]
            expected = flat(expected)
            # many-to-one: only the output of the last step counts
            own = own[len(own) - len(expected):]
            worst = max([worst] + [abs(a - b) for a, b in zip(own, expected)])
    assert at == len(found), "not as many outputs as expected"
    return worst


def check_program(folder, reference, program):
    """Compare the file's own program with `lstmtui generate`."""
    model = os.path.join(folder, "model.safetensors")
    command = [os.environ["LSTMTUI"], "generate", "--quiet", model]
    if reference["is_text"]:
        command += ["--temperature", "0", f"--length={LENGTH}"]
        for prime in "", "To be":
            expected = run(*command, "--prime", prime)
            own = run(program, prime, "0", "1", str(LENGTH))
            assert own == expected, f"{own} is not {expected}"
        return
    command += [f"--length={LENGTH}"]
    options = [str(LENGTH)]
    if reference["loss"] == "mixture":
        command += ["--temperature", "0"]
        options += ["0"]
    expected = run(*command).split()
    own = run(program, *options).split()
    assert len(own) == len(expected) == LENGTH
    factor = reference["scaling"] and reference["scaling"]["factor"]
    for one, other in zip(own, expected):
        for f, (a, b) in enumerate(zip(one.split(b","), other.split(b","))):
            # an error of a step grows in those after it
            limit = 20 * reference["tolerance"]
            limit *= factor[f] if factor else max(1, abs(float(b)))
            assert abs(float(a) - float(b)) <= limit, f"{one} is not {other}"


def check(folder):
    """Return the worst difference, and what failed or None."""
    with open(os.path.join(folder, "reference.json"), encoding="utf-8") as file:
        reference = json.load(file)
    source = os.path.join(folder, "model.c")
    try:
        with tempfile.TemporaryDirectory() as work:
            driver = os.path.join(work, "driver.c")
            program = os.path.join(work, "driver")
            with open(driver, "w", encoding="utf-8") as file:
                file.write(TEXT if reference["is_text"] else POINTS)
            compile_c(driver, program,
                      f'-DMODEL="{os.path.abspath(source)}"')
            worst = check_steps(reference, program)
            compile_c(source, program, "-DLSTMTUI_MAIN")
            check_program(folder, reference, program)
    except (AssertionError, subprocess.CalledProcessError) as error:
        return 0.0, str(error)
    if not worst <= reference["tolerance"]:
        return worst, f"differs by {worst}"
    return worst, None


def main():
    models = sys.argv[1]
    names = sorted(name for name in os.listdir(models)
                   if os.path.exists(os.path.join(models, name, "model.c")))
    worst, failed = 0.0, not names
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda name: check(os.path.join(models, name)),
                           names)
        for name, (difference, error) in zip(names, results):
            worst = max(worst, difference)
            if error:
                print(f"{name}: {error}")
                failed = True
    version = run(CC, "-dumpfullversion").decode().strip()
    print(f"c in {CC} {version}: {len(names)} models, "
          f"worst difference {worst:.1e}")
    return 1 if failed else 0


sys.exit(main())
