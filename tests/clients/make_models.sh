#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Train a model of every kind and export it in every format, for the clients.
#
# Usage: make_models.sh LSTMTUI REFERENCE FOLDER
#
#   LSTMTUI     the program
#   REFERENCE   the program of tests/clients/reference.c
#   FOLDER      receives a folder for each model, NAME/, with
#               model.safetensors, reference.json, model.FORMAT and tfjs/

set -u
# the models are the same on every machine
LSTMTUI_KERNEL=portable
export LSTMTUI_KERNEL
program=$1
reference=$2
folder=$3
failed=0

mkdir -p "$folder" || exit 1
cd "$folder" || exit 1

fail() {
	echo "make_models.sh: $*" >&2
	failed=1
}

# Formats that cannot express a model refuse it: "FORMAT MODEL" patterns.
is_refused() {
	case $1 in
	keras\ *hard* | tfjs\ *gru*) return 0 ;;
	esac
	return 1
}

# export_as FORMAT OUT: export the model of this folder.
export_as() {
	format=$1
	out=$2
	# a format that this program was built without is not tested
	case " $formats " in
	*" $format "*) ;;
	*) return ;;
	esac
	if "$program" export --quiet --force --format "$format" \
		model.safetensors "$out" 2>errors; then
		! is_refused "$format $name" ||
			fail "$name: $format is not refused"
	else
		is_refused "$format $name" ||
			fail "$name: $format: $(cat errors)"
	fi
	rm -f errors
}

# model NAME OPTION...: train and export a model, unless it is there.
model() {
	name=$1
	shift
	test ! -e "$name/complete" || return 0
	mkdir -p "$name" && cd "$name" || exit 1
	"$program" train --quiet --force --seed 1 --updates 60 "$@" \
		model.safetensors >/dev/null || fail "$name: not trained"
	"$reference" "$name" model.safetensors >reference.json ||
		fail "$name: no reference"
	export_as keras model.keras
	export_as keras-weights model.weights.h5
	export_as onnx model.onnx
	export_as tfjs tfjs
	export_as torch model.pt
	export_as npz model.npz
	export_as c model.c
	export_as html model.html
	touch complete
	cd ..
}

# The choices of --format, from the help.
formats=$("$program" export --help | sed -n 's/^ \{31\}\([a-z-]*\) .*/\1/p' |
	tr '\n' ' ')
formats="$formats $("$program" export --help |
	sed -n 's/^ \{31\}\([a-z-]*\)$/\1/p' | tr '\n' ' ')"

awk 'BEGIN {
	print "open,close,volume"
	for (i = 0; i < 60; i++)
		printf "%.3f,%.3f,%d\n", 900 + 30 * sin(i / 5),
			905 + 28 * sin(i / 5 + 0.2), 10000 + 2000 * cos(i / 3)
}' >prices.csv
awk 'BEGIN {
	for (i = 0; i < 40; i++) {
		print "To be, or not to be, that is the question:"
		print "Whether \"tis\" nobler in the mind </script>"
		printf "\303\244 \342\202\254 %d\n", i % 10
	}
}' >words.txt

for cell in lstm gru rnn; do
	for framing in one-to-one sequence many-to-one one-to-many; do
		for units in 10 8,6; do
			case $units in
			10) layers=1 ;;
			*) layers=2 ;;
			esac
			for task in rectangle star spiral; do
				model "$task-$cell-$framing-$layers" \
					--task "$task" --cell "$cell" \
					--framing "$framing" --units "$units"
			done
			model "data-$cell-$framing-$layers" --task points \
				--data "$PWD/prices.csv" --cell "$cell" \
				--framing "$framing" --units "$units"
			model "text-$cell-$framing-$layers" --task text \
				--data "$PWD/words.txt" --cell "$cell" \
				--framing "$framing" --units "$units" --batch 8
		done
	done
done
for framing in one-to-one sequence many-to-one one-to-many; do
	model "mixture-$framing" --loss mixture --mixtures 3 \
		--framing "$framing" --task star
done
model mixture-data --task points --data "$PWD/prices.csv" --loss mixture \
	--framing sequence
# Seconds since 1970, which a float cannot tell apart.
awk 'BEGIN {
	print "time,value"
	for (i = 0; i < 60; i++)
		printf "%d,%.3f\n", 1700000000 + 600 * i + i * i % 17,
			sin(i / 5)
}' >times.csv
model data-times --task points --data "$PWD/times.csv" --framing sequence \
	--units 8
model hard-lstm --recurrent-activation hard-sigmoid --framing sequence
model hard-gru --recurrent-activation hard-sigmoid --cell gru \
	--framing sequence --units 6,5
model layers-3 --units 7,7,7 --framing sequence --task spiral
# The checkers prime texts with letters of this file.
model count --task count --data "$PWD/words.txt" --cell rnn
model recall-gru --task recall --gap 12 --cell gru
model wide --units 100 --framing sequence
model skewed --task rectangle-skew --loss rectangle
model tokens-bytes --task text --data "$PWD/words.txt" --tokens bytes \
	--batch 8 --sequence-length 20 --units 8
model tokens-words --task text --data "$PWD/words.txt" --tokens words \
	--batch 8 --sequence-length 20 --units 8
model reset --task text --data "$PWD/words.txt" --reset-at line --batch 8 \
	--sequence-length 20 --units 8 --dropout 0.2

exit "$failed"
