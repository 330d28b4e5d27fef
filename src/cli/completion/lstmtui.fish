# SPDX-License-Identifier: GPL-3.0-or-later
# Completion in fish: the code behind the tables. __lstmtui_table KEY prints the
# kind and the values, each with its help after a tab.

# The command of the line; "lstmtui" for the interface.
function __lstmtui_command
	set -l words (commandline -opc)
	if set -q words[2]; and string match -q -- "$words[2]"\t'*' \
			(__lstmtui_table commands)
		echo $words[2]
	else
		echo lstmtui
	end
end

# Whether the line has one of the commands.
function __lstmtui_is
	contains -- (__lstmtui_command) $argv
end

# __lstmtui_paths PART SUFFIX...: the files and folders that begin with PART,
# those with the suffixes, or all if there are none.
function __lstmtui_paths
	set -l paths (__fish_complete_path "$argv[1]" |
		string replace -r -- '\t.*' '')
	set -l found
	for suffix in $argv[2..-1]
		set -a found (string match -- "*.$suffix" $paths)
	end
	if set -q found[1]
		string match -- '*/' $paths
		printf '%s\n' $found
	else
		printf '%s\n' $paths
	end
end

# The part of the current word that is completed: after --NAME= and a quote.
function __lstmtui_part
	string replace -r -- '^(--[^=]*=)?["\']?' '' (commandline -ct)
end

# __lstmtui_list LIST VALUE...: a list with one more of the values.
function __lstmtui_list
	set -l before (string replace -r -- '[^,;]*$' '' $argv[1])
	set -l had (string split -- , (string replace -a -- ';' , $before))
	for value in $argv[2..-1]
		contains -- (string split -m 1 -- \t $value)[1] $had
		or printf '%s%s\n' $before $value
	end
end

# __lstmtui_entry KIND VALUE...: complete the current word.
function __lstmtui_entry
	set -l part (__lstmtui_part)
	switch $argv[1]
	case choice
		printf '%s\n' $argv[2..-1]
	case list
		__lstmtui_list "$part" $argv[2..-1]
	case files
		__lstmtui_paths "$part" $argv[2..-1]
	case folder
		__lstmtui_paths "$part" | string match -- '*/'
	case vary
		set -l pair (string split -m 1 -- = $part)
		if not set -q pair[2]
			string replace -- \t =\t $argv[2..-1]
			return
		end
		set -l entry (__lstmtui_table "value $pair[1]")
		switch "$entry[1]"
		case choice list
			printf "$pair[1]=%s\n" \
				(__lstmtui_list "$pair[2]" $entry[2..-1])
		case files
			set -l list $pair[2]
			set -l before (string replace -r -- '[^,;]*$' '' $list)
			set -l last (string replace -r -- '.*[,;]' '' $list)
			printf "$pair[1]=$before%s\n" \
				(__lstmtui_paths "$last" $entry[2..-1])
		end
	end
end

# __lstmtui_value KEY: complete the value that has this entry.
function __lstmtui_value
	__lstmtui_entry (__lstmtui_table $argv[1])
end

# Complete an operand, or the command.
function __lstmtui_operand
	set -l words (commandline -opc)
	set -l command (__lstmtui_command)
	set -l number 1
	set -l format ''
	set -l option ''
	set -l first 2
	if not set -q words[2]
		set -l commands (__lstmtui_table commands)
		printf '%s\n' $commands[2..-1]
	else if test $command != lstmtui
		set first 3
	end
	for word in $words[$first..-1]
		if test -n "$option"
			test "$option" != --format; or set format $word
			set option ''
			continue
		end
		switch $word
		case '--format=*'
			set format (string replace -- --format= '' $word)
		case '--*=*' --
		case '--*'
			set -l entry (__lstmtui_table "$command $word")
			set -q entry[1]; and set option $word
		case '*'
			set number (math $number + 1)
		end
	end
	set -l entry (__lstmtui_table "$command $number $format")
	set -q entry[1]; or set entry (__lstmtui_table "$command $number")
	set -q entry[1]; and __lstmtui_entry $entry
end

complete -c lstmtui -f -k -a '(__lstmtui_operand)'
