# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Completion in bash: the code behind the tables, for bash 4.2 and newer; it
# needs nothing else. _lstmtui_table sets kind and values.

# _lstmtui_words: split the line up to the cursor into the words that the
# program gets. bash also splits at = and :, as in --task=star.
_lstmtui_words()
{
	local rest=${COMP_LINE:0:COMP_POINT} blank word i
	words=()
	for ((i = 0; i <= COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		((i < COMP_CWORD)) || word=
		blank=${rest%%[![:blank:]]*}
		rest=${rest#"$blank"}
		((i < COMP_CWORD)) || word=$rest
		if [[ -z $blank ]] && ((${#words[@]} > 0)); then
			words[${#words[@]} - 1]+=$word
		else
			words+=("$word")
		fi
		rest=${rest#"$word"}
	done
}

# _lstmtui_place: set command and operand, the number of the operand that the
# last word would be, and option, whose value it would be. FORMAT is the value
# of --format.
_lstmtui_place()
{
	local i=1 word last=$((${#words[@]} - 1)) kind values
	command=lstmtui operand=1 option='' format=''
	_lstmtui_table commands
	if ((last > 1)) && [[ " ${values[*]} " == *" ${words[1]} "* ]]; then
		command=${words[1]}
		i=2
	fi
	for (( ; i < last; i++)); do
		word=${words[i]}
		option=
		case $word in
		--format=*) format=${word#*=} ;;
		--*=* | --) ;;
		--*)
			_lstmtui_table "$command $word"
			[[ -z $kind ]] || option=$word
			if [[ -n $option ]] && ((i + 1 < last)); then
				i=$((i + 1))
				[[ $word != --format ]] || format=${words[i]}
				option=
			fi ;;
		*) operand=$((operand + 1)) ;;
		esac
	done
}

# _lstmtui_files BEFORE SUFFIX...: the folders that begin with $value, and the
# files with one of the suffixes, or all if there are none. BEFORE is put in
# front.
_lstmtui_files()
{
	local before=$1 file suffix path=$value folders=() found=() others=()
	shift
	# compgen does not expand a ~
	[[ $path != [~]/* ]] || path=$HOME/${path#??}
	while IFS= read -r file; do
		others+=("$file")
		[[ ! -d $file ]] || folders+=("$file")
		for suffix; do
			[[ -d $file || $file != *."$suffix" ]] ||
				found+=("$file")
		done
	done < <(compgen -f -- "$path")
	if ((${#found[@]} > 0)); then
		others=("${found[@]}" ${folders[@]+"${folders[@]}"})
	fi
	compopt -o filenames 2>/dev/null
	for file in ${others[@]+"${others[@]}"}; do
		[[ $path == "$value" ]] || file=${value:0:2}${file#"$HOME/"}
		replies+=("$before$file")
	done
}

# _lstmtui_folders BEFORE: the folders that begin with $value.
_lstmtui_folders()
{
	local file
	compopt -o filenames 2>/dev/null
	while IFS= read -r file; do
		replies+=("$1$file")
	done < <(compgen -d -- "$value")
}

# _lstmtui_choices BEFORE: the values that begin with $value.
_lstmtui_choices()
{
	local choice
	for choice in ${values[@]+"${values[@]}"}; do
		[[ $choice != "$value"* ]] || replies+=("$1$choice")
	done
}

# _lstmtui_list BEFORE: the same in a list: the values that it does not have.
_lstmtui_list()
{
	local list=$value before=$1 all=(${values[@]+"${values[@]}"}) choice
	value=${list##*[,;]}
	before+=${list%"$value"}
	values=()
	for choice in ${all[@]+"${all[@]}"}; do
		[[ ${list//;/,} == *,* && ",${list//;/,}" == *",$choice,"* ]] ||
			values+=("$choice")
	done
	compopt -o nospace 2>/dev/null
	case $kind in
	files) _lstmtui_files "$before" ${values[@]+"${values[@]}"} ;;
	choice | list) _lstmtui_choices "$before" ;;
	esac
}

# _lstmtui_reply BEFORE: complete $value of the kind.
_lstmtui_reply()
{
	local i name
	case $kind in
	choice) _lstmtui_choices "$1" ;;
	list) _lstmtui_list "$1" ;;
	files) _lstmtui_files "$1" ${values[@]+"${values[@]}"} ;;
	folder) _lstmtui_folders "$1" ;;
	vary)
		if [[ $value != *=* ]]; then
			for ((i = 0; i < ${#values[@]}; i++)); do
				values[i]+='='
			done
			compopt -o nospace 2>/dev/null
			_lstmtui_choices "$1"
		else
			name=${value%%=*}
			value=${value#*=}
			_lstmtui_table "value $name"
			_lstmtui_list "$1$name="
		fi ;;
	esac
}

# _lstmtui_candidates: store in replies what the last word may be, as a whole.
_lstmtui_candidates()
{
	local command operand option format kind values=()
	_lstmtui_place
	if [[ $value == --*=* ]]; then
		_lstmtui_table "$command ${value%%=*}"
		option=${value%%=*}=
		value=${value#*=}
		_lstmtui_reply "$option"
	elif [[ -n $option ]]; then
		_lstmtui_table "$command $option"
		_lstmtui_reply ''
	elif [[ $value == -* ]]; then
		_lstmtui_table "options $command"
		_lstmtui_choices ''
	else
		_lstmtui_table "$command $operand $format"
		[[ -n $kind ]] || _lstmtui_table "$command $operand"
		_lstmtui_reply ''
		if ((${#words[@]} == 2)); then
			_lstmtui_table commands
			_lstmtui_choices ''
		fi
	fi
}

_lstmtui()
{
	local words value quote='' kept='' replies=() reply
	_lstmtui_words
	value=${words[${#words[@]} - 1]}
	# bash replaces the part of the word after the last = or :
	case $value in
	*[\"\']*)
		kept=${value%%[\"\']*}
		quote=${value:${#kept}:1}
		value=${value/"$quote"/} ;;
	*)
		kept=${value%"${value##*[=:]}"} ;;
	esac
	[[ $COMP_WORDBREAKS == *=* ]] || kept=
	_lstmtui_candidates
	COMPREPLY=()
	for reply in ${replies[@]+"${replies[@]}"}; do
		reply=${reply#"$kept"}
		# the separators of data
		[[ -n $quote || $reply != *[\;\|]* ]] || reply="'$reply'"
		COMPREPLY+=("$reply")
	done
}

complete -F _lstmtui lstmtui
