# SPDX-License-Identifier: GPL-3.0-or-later
# Completion in zsh: the code behind the tables. _lstmtui_table sets kind and
# values; those of options are arguments of _arguments.

# _lstmtui_value KEY: complete the value that has this entry.
_lstmtui_value()
{
	local kind
	local -a values
	_lstmtui_table $1
	_lstmtui_complete
}

_lstmtui_complete()
{
	local name
	case $kind in
	choice) _describe -t values value values ;;
	list) _lstmtui_list ;;
	files)
		if (( $#values )); then
			_files -g "*.(${(j:|:)values})(-.)"
		else
			_files
		fi ;;
	folder) _files -/ ;;
	text) _message -e values value ;;
	vary)
		if [[ $PREFIX != *=* ]]; then
			_describe -t settings setting values -S = -q
		else
			name=${PREFIX%%=*}
			compset -P 1 '*='
			_lstmtui_table "value $name"
			_lstmtui_list
		fi ;;
	esac
}

# Complete the last of a list of values with those that it does not have.
_lstmtui_list()
{
	local -a had
	local separator=,
	[[ $PREFIX != *\;* ]] || separator=';'
	had=(${(s:,:)${PREFIX//;/,}})
	[[ $PREFIX == *[,\;] ]] || had=($had[1,-2])
	compset -P '*[,;]'
	case $kind in
	choice | list)
		local value
		for value in $had; do
			values=(${values:#$value} )
			values=(${values:#$value:*})
		done
		_describe -t values value values -S $separator -q ;;
	*) _lstmtui_complete ;;
	esac
}

# _lstmtui_operand COMMAND NUMBER: complete an operand.
_lstmtui_operand()
{
	local kind
	local -a values
	_lstmtui_table "$1 $2 $opt_args[--format]"
	[[ -n $kind ]] || _lstmtui_table "$1 $2"
	_lstmtui_complete
}

# A command, or a MODEL of the interface.
_lstmtui_first()
{
	local kind
	local -a values
	_lstmtui_table commands
	_describe -t commands command values
	_lstmtui_operand lstmtui 1
}

_lstmtui()
{
	local command=lstmtui kind context state state_descr line
	local -a values
	typeset -A opt_args
	_lstmtui_table commands
	if (( CURRENT > 2 )) && (( $+values[(r)$words[2]:*] )); then
		command=$words[2]
		shift words
		(( CURRENT-- ))
	fi
	_lstmtui_table "options $command"
	if [[ $command == lstmtui ]]; then
		values+=('1: : _lstmtui_first')
	else
		values+=("1: : _lstmtui_operand $command 1")
	fi
	values+=("2: : _lstmtui_operand $command 2")
	_arguments $values
}

if [[ $funcstack[1] == _lstmtui ]]; then
	_lstmtui "$@"
else
	compdef _lstmtui lstmtui
fi
