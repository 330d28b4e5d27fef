# SPDX-License-Identifier: GPL-3.0-or-later
# Complete each line of standard input with the completion file $1, in an
# interactive zsh on a terminal of its own. Print for each line `?' and the
# line, then the candidates, which the inner zsh writes to the file $2.
zmodload zsh/zpty || exit 1
emulate -L zsh
zpty inner zsh -f -i
zpty -w inner "stty -echo; PS1=; PS2="
zpty -w inner "autoload -Uz compinit; compinit -D -u; source ${(q)1}"
zpty -w inner "answers=${(q)2}"
# Note the matches that are added.
zpty -w inner 'compadd() {
	if [[ ${@[1,(i)(-|--)]} == *-[OAD]\ * ]]; then
		builtin compadd "$@"
		return
	fi
	local -a matches
	builtin compadd -A matches "$@"
	(( ! $#matches )) || print -rl -- $matches >>$answers
	builtin compadd "$@"
}'
zpty -w inner 'finish() { print -rn -- "<"done">" }; comppostfuncs=(finish)'
zpty -w inner 'setopt no_auto_list no_beep; bindkey "^I" complete-word'
zpty -w inner 'tab() { comppostfuncs=(finish); zle complete-word; BUFFER= }
zle -N tab; bindkey "^I" tab; print -r -- "<"ready">"'
zpty -r -m inner output '*<ready>*' || exit 1
while IFS= read -r line; do
	: >$2
	zpty -w -n inner $line$'\t'
	zpty -r -m inner output '*<done>*' || exit 1
	print -r -- "? $line"
	cat $2
done
zpty -d inner
