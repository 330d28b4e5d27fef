# SPDX-License-Identifier: GPL-3.0-or-later
# Read a list of mutants (see mutants.sh) and do one of these tasks:
#
#   awk -v task=check -v source=FOLDER -f mutants.awk LIST
#       report each entry that cannot be applied; exit with 1 if there is one
#   awk -v task=names -f mutants.awk LIST
#       print the name, the file and the tests of each entry on one line
#   awk -v task=apply -v source=FOLDER -v wanted=NAME -f mutants.awk LIST
#       print the entry's file with the fault applied
#
# White space is ignored when a fragment is searched.

function complain(text) {
	printf "mutants.list: %s: %s\n", name, text | "cat >&2"
	failed = 1
}

# Return the text without white space; place[i] is the position of the result's
# character i in the text.
function strip(text, place,    kept, i, character) {
	kept = ""
	for (i = 1; i <= length(text); i++) {
		character = substr(text, i, 1)
		if (character ~ /[ \t\n]/)
			continue
		kept = kept character
		place[length(kept)] = i
	}
	return kept
}

# Return the content of a file, or "" if it cannot be read.
function read_file(path,    line, text) {
	text = ""
	while ((getline line <path) > 0)
		text = text line "\n"
	close(path)
	return text
}

# Return the file with the entry's fault applied, or "" after an error message.
function mutate(    text, stripped, wanted_text, first, last, place, unused) {
	text = read_file(source "/" file)
	if (text == "") {
		complain("missing file " file)
		return ""
	}
	stripped = strip(text, place)
	wanted_text = strip(old, unused)
	first = index(stripped, wanted_text)
	if (first == 0) {
		complain("not found in " file ": " old)
		return ""
	}
	last = first + length(wanted_text) - 1
	if (index(substr(stripped, first + 1), wanted_text) > 0) {
		complain("not unique in " file ": " old)
		return ""
	}
	return substr(text, 1, place[first] - 1) new \
		substr(text, place[last] + 1)
}

function end_entry(    count, test, i) {
	if (name == "")
		return
	if (name in seen)
		complain("duplicate name")
	seen[name] = 1
	if (task == "names")
		print name, file, tests
	if (task == "apply" && name == wanted)
		printf "%s", mutate()
	if (task == "check") {
		if (old == "" || old == new)
			complain("no change")
		else
			mutate()
		count = split(tests, test, " ")
		if (count == 0)
			complain("no tests")
		for (i = 1; i <= count; i++)
			if (read_file(source "/tests/" test[i] ".c") == "")
				complain("missing test " test[i])
	}
	name = file = old = new = tests = ""
}

/^#/ { next }
/^[ \t]*$/ { end_entry(); next }
{
	key = $1
	value = $0
	sub(/^[a-z]+[ \t]*/, "", value)
}
key == "name" { name = value; next }
key == "file" { file = value; next }
key == "old" { old = value; next }
key == "new" { new = value; next }
key == "tests" { tests = value; next }
{ complain("unknown line: " $0) }

END {
	end_entry()
	exit failed
}
