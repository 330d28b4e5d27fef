#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Keep the translations up to date with the messages of the source.
#
#   translations.sh FOLDER --update
#       write the messages to po/lstmtui.pot, and merge them into the files of
#       all languages
#   translations.sh FOLDER --missing LANGUAGE
#       print the messages that a language lacks; fail if there are any
#   translations.sh FOLDER --print
#       write the messages to standard output
#   translations.sh FOLDER --pseudo
#       write a translation of po/lstmtui.pot in which each letter is a wide
#       sign; it shows where a message is not translated
#
# FOLDER is the top of the source.

set -u
# the order of the files, and with it of the messages, is the same everywhere
LC_ALL=C.UTF-8
export LC_ALL
folder=$1
action=$2
language=${3:-}
license='SPDX-License-Identifier: GPL-3.0-or-later'
cd "$folder" || exit 1

# The functions of base/error.h translate the format of a message themselves.
# Formats without words are no messages. The date would change each time.
messages() {
	xgettext --output=- --from-code=UTF-8 --language=C \
		--add-comments=TRANSLATORS \
		--add-location=file --package-name=lstmtui \
		--copyright-holder='the authors of lstmtui' \
		--msgid-bugs-address='the issues of lstmtui' \
		--keyword --keyword=_ --keyword=N_ \
		--keyword=C_:1c,2 --keyword=NC_:1c,2 \
		--keyword=translate_count:1,2 \
		--keyword=error_set:2 --keyword=error_set_usage:2 \
		--keyword=error_prefix:2 --keyword=error_append:2 \
		--keyword=error_set_hint:2 \
		--keyword=FAIL:2 --keyword=fail_field:3 \
		--flag=FAIL:2:c-format --flag=fail_field:3:c-format \
		--flag=error_set:2:c-format --flag=error_set_usage:2:c-format \
		--flag=error_prefix:2:c-format --flag=error_append:2:c-format \
		--flag=_:1:pass-c-format --flag=C_:2:pass-c-format \
		--flag=translate_count:1:pass-c-format \
		--flag=translate_count:2:pass-c-format \
		--flag=app_say:3:c-format --flag=screen_print:5:c-format \
		--keyword=app_say:3 --keyword=app_say_data:2 \
		--keyword=question_ask:3 --flag=question_ask:3:c-format \
		src/*.c src/*/*.c 2>/dev/null |
		sed -e 's/^# SOME DESCRIPTIVE TITLE\./# Messages of lstmtui./' \
			-e 's/charset=CHARSET/charset=UTF-8/' \
			-e 's/^# This file is distributed.*/#/' \
			-e 's/^# Copyright (C) YEAR/# Copyright (C)/' \
			-e "s/^# FIRST AUTHOR.*/# $license/" \
			-e '/^"POT-Creation-Date:/d' |
		msggrep --msgctxt --regexp=. --msgid --extended-regexp \
			--regexp='(^|[^%a-zA-Z])[a-zA-Z]{2}' -
}

# missing LANGUAGE: the messages without a translation, or with one that is
# marked as fuzzy.
missing() {
	new=$(mktemp -d) || return 1
	messages >"$new/lstmtui.pot" &&
		msgmerge --quiet --no-fuzzy-matching "po/$1.po" \
			"$new/lstmtui.pot" >"$new/merged.po" &&
		{
			msgattrib --no-wrap --untranslated "$new/merged.po"
			msgattrib --no-wrap --only-fuzzy "$new/merged.po"
		} | grep '^msgid "[^"]' | sed "s/^msgid/$1: not translated:/" \
			>"$new/missing"
	cat "$new/missing"
	test -e "$new/merged.po" && test ! -s "$new/missing"
	status=$?
	rm -rf "$new"
	return $status
}

case $action in
--missing)
	missing "$language" ;;
--print)
	messages ;;
--pseudo)
	msgen --no-wrap po/lstmtui.pot | awk -f po/pseudo.awk ;;
--update)
	messages >po/lstmtui.pot.new || exit 1
	mv po/lstmtui.pot.new po/lstmtui.pot
	for file in po/*.po; do
		msgmerge --quiet --update --backup=none --no-fuzzy-matching \
			--previous "$file" po/lstmtui.pot || exit 1
	done ;;
*)
	echo "translations.sh: unknown: $action" >&2
	exit 1 ;;
esac
