# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Complete each line of standard input with the completion file $1, as bash does
# when Tab is pressed at its end. Print for each line `?' and the line, then the
# candidates.

# shellcheck disable=SC1090
source "$1" || exit 1
registered=$(complete -p lstmtui)
function=${registered#*-F }
function=${function%% *}

# split LINE: as bash, also at = and :, but not within quotes.
split() {
	local rest=$1 word double='"[^"]*("|$)' single="'[^']*('|$)" pattern
	pattern="^([^\"'=: ]|$double|$single)+"
	COMP_WORDS=()
	while [[ -n $rest ]]; do
		if [[ $rest == ' '* ]]; then
			rest=${rest# }
			[[ -n $rest ]] || COMP_WORDS+=('')
			continue
		fi
		if [[ $rest =~ ^[=:]+ || $rest =~ $pattern ]]; then
			word=${BASH_REMATCH[0]}
		else
			word=${rest:0:1}
		fi
		COMP_WORDS+=("$word")
		rest=${rest#"$word"}
	done
}

while IFS= read -r line; do
	COMP_LINE=$line
	COMP_POINT=${#line}
	split "$line"
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	COMPREPLY=()
	"$function" lstmtui "${COMP_WORDS[COMP_CWORD]}" ''
	echo "? $line"
	((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
done
