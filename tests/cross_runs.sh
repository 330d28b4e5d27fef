#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Train runs of all kinds with the portable kernel, so that their model files
# can be compared with those of the program on another processor.
#
# cross_runs.sh begin FOLDER PROGRAM [ARGUMENT]...
#       Train each run to its middle (NAME.half) and, anew, to its end
#       (NAME.end).
# cross_runs.sh continue HALVES FOLDER PROGRAM [ARGUMENT]...
#       Train the halves of another folder to the end (NAME.end).
#
# FOLDER is created; PROGRAM may be an emulator and its arguments. The runs are
# small, since emulators are slow.

set -eu
mode=$1
shift
halves=
test "$mode" = begin || {
	halves=$(cd "$1" && pwd)
	shift
}
source=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
LSTMTUI_KERNEL=portable
export LSTMTUI_KERNEL

# The same names of data for all: they are in the model files.
data=$source/build-cross/data
mkdir -p "$data"
head -c 6000 "$source/examples/tale.txt" >"$data/tale.txt"
head -n 200 "$source/examples/walk.csv" >"$data/walk.csv"
cd "$folder"

# run NAME UPDATES OPTION...: the middle is at half of the updates.
run() {
	name=$1 updates=$2
	shift 2
	if test "$mode" = begin; then
		"$program" train --quiet --seed 7 --updates $((updates / 2)) \
			"$@" "$name.half"
		"$program" train --quiet --seed 7 --updates "$updates" \
			"$@" "$name.end"
	else
		cp "$halves/$name.half" "$name.end"
		"$program" train --quiet --updates "$updates" \
			"$name.end"
	fi
}

# One word for the program and its arguments.
program=$folder/program
{
	echo '#!/bin/sh'
	printf 'exec'
	printf " '%s'" "$@"
	# shellcheck disable=SC2016
	echo ' "$@"'
} >"$program"
chmod +x "$program"

run lesson 200
run layers 8 --units 100,40 --batch 8 --framing sequence
run sequence 60 --framing sequence --units 20
run star 60 --task star --loss mixture --framing sequence --snapshots 10,40
run spiral 40 --task spiral --cell gru --optimizer rmsprop --framing sequence
run recall 40 --task recall --cell rnn --optimizer sgd --framing sequence
run text 20 --task text --data "$data/tale.txt" --batch 4 \
	--sequence-length 20 --units 12,12 --dropout 0.2 --snapshots 5,15
run words 20 --task text --data "$data/tale.txt" --tokens words --batch 4 \
	--sequence-length 20 --units 16 --cell gru --snapshots 5,15
run points 50 --data "$data/walk.csv" --scale standard --framing sequence
