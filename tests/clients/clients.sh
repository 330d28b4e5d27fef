#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Load the exports of a model of every kind with the software that they are for,
# and compare its predictions with the program's.
#
# Usage: clients.sh SOURCE BUILD
#
#   SOURCE  the top of the source
#   BUILD   the build folder; the models, their exports and the packages of
#           Node.js are in BUILD/clients
#
# CLIENTS="onnx torch" in the environment runs only the checkers whose names
# begin so. As root on a system with apt-get, missing packages are installed; if
# they cannot be had, such as without a network, the exit status is 77.

set -uo pipefail

source=$(cd "$1" && pwd)
build=$(cd "$2" && pwd)
folder=$build/clients
here=$source/tests/clients
# Programs and modules of Python, each with its package in Debian.
programs=(node:nodejs npm:npm h5dump:hdf5-tools chromium:chromium)
libraries=(numpy:python3-numpy h5py:python3-h5py onnx:python3-onnx
	torch:python3-torch)
# The versions are those that the checkers were written for.
modules=(onnxruntime-node@1.30.0 onnxruntime-web@1.30.0
	@tensorflow/tfjs@4.22.0 h5wasm@0.10.3
	playwright-core@1.65.1 axe-core@4.14.1)
failed=()

# A Python with Debian's packages, whatever comes first on the path.
python=/usr/bin/python3
[[ -x $python ]] || python=python3

# persistently COMMAND...: run a command that needs the network, up to three
# times.
persistently() {
	local pause

	for pause in 10 30 0; do
		"$@" && return
		sleep "$pause"
	done
	return 1
}

# Print the packages of what is missing. A package whose program is there, from
# wherever, is not asked for: Node.js from its makers includes npm, and
# conflicts with Debian's npm.
missing_packages() {
	local item

	for item in "${programs[@]}"; do
		command -v "${item%%:*}" >/dev/null || echo "${item#*:}"
	done
	for item in "${libraries[@]}"; do
		"$python" -c "import ${item%%:*}" 2>/dev/null ||
			echo "${item#*:}"
	done
}

install_packages() {
	local missing

	mapfile -t missing < <(missing_packages)
	((${#missing[@]} > 0)) || return 0
	if ! command -v apt-get >/dev/null || [[ $(id -u) -ne 0 ]]; then
		echo "not installed: ${missing[*]}" >&2
		return 1
	fi
	echo "installing with apt-get: ${missing[*]}"
	apt-get update -q >/dev/null
	DEBIAN_FRONTEND=noninteractive persistently apt-get install -q -y \
		--no-install-recommends "${missing[@]}" >/dev/null
}

# Without their scripts, which would fetch other things.
install_modules() {
	local list="${modules[*]}"

	[[ $(cat "$folder/modules" 2>/dev/null) == "$list" ]] && return
	persistently npm install --prefix "$folder" --ignore-scripts \
		--no-audit --no-fund --silent "${modules[@]}" &&
		echo "$list" >"$folder/modules"
}

is_wanted() {
	local name

	[[ -z ${CLIENTS-} ]] && return
	for name in $CLIENTS; do
		[[ $1 == "$name"* ]] && return
	done
	return 1
}

# check SCRIPT: run a checker on all models.
check() {
	local script=$1 name started=$SECONDS
	local run=("$python" -B "$script")

	name=$(basename "$script")
	is_wanted "$name" || return
	[[ $script == *.mjs ]] && run=(node "$script")
	if "${run[@]}" "$folder/models"; then
		echo "  $name: done in $((SECONDS - started)) s"
	else
		echo "  $name: FAILED after $((SECONDS - started)) s"
		failed+=("$name")
	fi
}

mkdir -p "$folder" || exit 1
if ! { install_packages && install_modules; }; then
	echo 'not tested: exports in other software, which cannot be installed'
	exit 77
fi
# Exports of an older build are not those to test.
if [[ $build/src/lstmtui -nt $folder/models ||
	$build/tests/clients/reference -nt $folder/models ]]; then
	rm -rf "$folder/models"
fi
started=$SECONDS
"$here/make_models.sh" "$build/src/lstmtui" "$build/tests/clients/reference" \
	"$folder/models" || failed+=(make_models.sh)
echo "  $(find "$folder/models" -name complete | wc -l) models in" \
	"$((SECONDS - started)) s"

export LSTMTUI=$build/src/lstmtui LSTMTUI_CLIENTS=$folder
for script in "$here"/*.py "$here"/*.mjs; do
	[[ -e $script && $(basename "$script") != lib_* ]] && check "$script"
done
for name in ${failed[@]+"${failed[@]}"}; do
	echo "failed: $name"
done
((${#failed[@]} == 0))
