# SPDX-License-Identifier: GPL-3.0-or-later
# Replace each letter of the translations of a PO file by a wide sign, except
# those of conversions (%s), escapes (\n) and placeholders ({update}).

/^msg(id|ctxt)/ { is_translation = 0 }
/^msgstr/ { is_translation = 1 }
/^msgstr ""/ && !has_header { has_header = 1; is_header = 1; print; next }
/^$/ { is_header = 0 }
!is_translation || is_header || !/"/ { print; next }

{
	at = index($0, "\"")
	text = substr($0, at)
	line = substr($0, 1, at - 1)
	while (text != "") {
		if (match(text, /^%[-+ #0-9.*]*[hlz]*[a-zA-Z]/) ||
			match(text, /^{[a-z]*}/) || match(text, /^\\./)) {
			line = line substr(text, 1, RLENGTH)
			text = substr(text, RLENGTH + 1)
			continue
		}
		letter = substr(text, 1, 1)
		line = line (letter ~ /[A-Za-z]/ ? "\345\255\227" : letter)
		text = substr(text, 2)
	}
	print line
}
