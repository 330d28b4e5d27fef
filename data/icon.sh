#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Write the icon, data/lstmtui.svg, to standard output. The program draws it: a
# network learns the rectangle, and icon.awk sets its drawings after few and
# many updates on top of each other, from a crumpled line to the rectangle.
# The portable kernel computes the same numbers on every processor, so the icon
# has the same bytes each time.
#
# Usage: icon.sh PROGRAM FOLDER, the folder of this script.

set -u
LC_ALL=C
LSTMTUI_KERNEL=portable
export LC_ALL LSTMTUI_KERNEL
program=$1
folder=$2

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
model=$scratch/icon.safetensors

for updates in 100 200 400 600 25000; do
	"$program" train --quiet --seed 7 --framing sequence \
		--updates "$updates" "$model" &&
		"$program" generate --quiet --seed 1 --format csv "$model" &&
		echo || exit 1
done >"$scratch/drawings.csv"
awk -f "$folder/icon.awk" "$scratch/drawings.csv"
