# SPDX-License-Identifier: GPL-3.0-or-later
# Read a list of mutants (see mutants.sh), and do one of these:
#
#   awk -v task=check -v source=FOLDER -f mutants.awk LIST
#       complain of each entry that cannot be applied; the status says whether
#       there is one
#   awk -v task=names -f mutants.awk LIST
#       print a line of each entry: its name, file and tests
#   awk -v task=apply -v source=FOLDER -v wanted=NAME -f mutants.awk LIST
#       print the entry's file with its fault in it
#
# A fragment is found however it is laid out: white space does not count.

function complain(text) {
	printf "mutants.list: %s: %s\n", name, text | "cat >&2"
	failed = 1
}

# The text without white space; place[i] becomes where its character i stands.
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

# The whole of a file; "" if it cannot be read.
function read_file(path,    line, text) {
	text = ""
	while ((getline line <path) > 0)
		text = text line "\n"
	close(path)
	return text
}

# The file with the entry's fault, or "" with a complaint.
function mutate(    text, stripped, wanted_text, first, last, place, unused) {
	text = read_file(source "/" file)
	if (text == "") {
		complain("no file " file)
		return ""
	}
	stripped = strip(text, place)
	wanted_text = strip(old, unused)
	first = index(stripped, wanted_text)
	if (first == 0) {
		complain("not in " file ": " old)
		return ""
	}
	last = first + length(wanted_text) - 1
	if (index(substr(stripped, first + 1), wanted_text) > 0) {
		complain("more than once in " file ": " old)
		return ""
	}
	return substr(text, 1, place[first] - 1) new \
		substr(text, place[last] + 1)
}

function end_entry(    count, test, i) {
	if (name == "")
		return
	if (name in seen)
		complain("the name is taken")
	seen[name] = 1
	if (task == "names")
		print name, file, tests
	if (task == "apply" && name == wanted)
		printf "%s", mutate()
	if (task == "check") {
		if (old == "" || old == new)
			complain("it changes nothing")
		else
			mutate()
		count = split(tests, test, " ")
		if (count == 0)
			complain("no tests")
		for (i = 1; i <= count; i++)
			if (read_file(source "/tests/" test[i] ".c") == "")
				complain("no test " test[i])
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
