# SPDX-License-Identifier: MIT
# The table of tests/machines/all, in Markdown. Its input, a line for each run, the fields between tabs:
#   machine, user, held, broken, undecided, errors, seconds, KTAP file     or     machine, -, the reason why it was skipped
# known=FILE... names the claims that may be broken on some machines: "MACHINES=FILE", machines a regular expression.
# details=FILE gets a line for each claim on each machine where its outcome is not what it is elsewhere.

BEGIN {
	FS = "\t"
	kinds = split(known, pairs, " ")
	for (k = 1; k <= kinds; k++) {
		cut = index(pairs[k], "=")
		pattern[k] = substr(pairs[k], 1, cut - 1)
		file[k] = substr(pairs[k], cut + 1)
		while ((getline line < file[k]) > 0)
			if (line !~ /^#/ && split(line, word, /[ \t]+/)) expected[k, word[1]] = 1
		close(file[k])
	}
}

# "needs swap: add --allow=swap ..." is about "swap"; figures in it do not make it another reason.
function missing(reason) {
	sub(/^needs /, "", reason)
	sub(/[:;] .*/, "", reason)
	sub(/ \([^)]*$|, which is .*/, "", reason)
	reason = " " reason " "
	gsub(/ -?[0-9]+ /, " N ", reason)
	gsub(/^ | $/, "", reason)
	gsub(/[|]/, "/", reason)
	return reason
}

# As the machine is called below the table.
function called(i) { return machine[i] (twice[machine[i]] > 1 ? " (" user[i] ")" : "") }

function is_known(i, claim,   k) {
	for (k = 1; k <= kinds; k++)
		if (machine[i] ~ pattern[k] && (k, claim) in expected) return k
	return 0
}

function take_results(i, ktap,   line, claim, word, why) {
	while ((getline line < ktap) > 0) {
		if (line !~ /^(not )?ok [0-9]+ /) continue
		split(line, word, " ")
		claim = line ~ /^not/ ? word[4] : word[3]
		if (!(claim in met)) { met[claim] = 1; claims++; name[claims] = claim }
		if (blind[i]) {
			if (line ~ /^ok .* # SKIP /) {
				sub(/^.* # SKIP /, "", line)
				why = missing(line)
				count[i, why]++
				if (!(why in reasons)) { reasons[why] = 1; why_name[++whys] = why }
			}
			continue
		}
		tried[claim]++
		if (line ~ /^ok .* # SKIP /) {
			why = line
			sub(/^.* # SKIP /, "", why)
			why = missing(why)
			outcome[i, claim] = "undecided"
			reason[i, claim] = why
			undecided[claim]++
			count[i, why]++
			if (!(why in reasons)) { reasons[why] = 1; why_name[++whys] = why }
		} else if (line ~ /^ok /) {
			outcome[i, claim] = "holds"
			holds[claim]++
		} else {
			outcome[i, claim] = line ~ / # ERROR/ ? "error" : "broken"
			if (is_known(i, claim)) { outcome[i, claim] = "known"; differences[i]++ }
			else bad[claim]++
		}
	}
	close(ktap)
}

NF == 3 { skip[++skips] = $1 "\t" $3; next }
{
	n++
	machine[n] = $1; user[n] = $2; twice[$1]++
	for (f = 3; f <= 7; f++) figure[n, f] = $f
	ktap[n] = $8
	blind[n] = $3 == 0
	if (blind[n]) blinds++
}

# What is decided on some machines and not on this one, by reason.
function take_differences(i,   c, claim, why) {
	for (c = 1; c <= claims; c++) {
		claim = name[c]
		if (outcome[i, claim] != "undecided" || undecided[claim] == tried[claim]) continue
		why = reason[i, claim]
		if (!((why, claim) in about)) { about[why, claim] = 1; abouts[why]++; listed[why] = listed[why] " " claim }
		if (!((why, i) in lacks)) { lacks[why, i] = 1; lackers[why]++ }
	}
}

# The reasons of one machine, most claims first.
function summary(i,   text, k, w, best, rest, others, done, left) {
	left = 0
	for (w = 1; w <= whys; w++) if (count[i, why_name[w]]) { left++; open_[w] = 1 } else open_[w] = 0
	for (k = 1; k <= 4 && left; k++) {
		best = 0
		for (w = 1; w <= whys; w++)
			if (open_[w] && (!best || count[i, why_name[w]] > count[i, why_name[best]])) best = w
		text = text (text == "" ? "" : ", ") why_name[best] " " count[i, why_name[best]]
		open_[best] = 0
		left--
	}
	for (w = 1; w <= whys; w++) if (open_[w]) rest += count[i, why_name[w]]
	return text (left ? sprintf(", and %d for %d other reasons", rest, left) : "")
}

# Where: the machines for which member[] is 1, or all but the others.
function where(total,   i, text, negative) {
	if (total == n - blinds) return "all"
	negative = total > (n - blinds) / 2
	for (i = 1; i <= n; i++)
		if (blind[i]) continue
		else if ((member[i] && !negative) || (!member[i] && negative)) text = text (text == "" ? "" : ", ") called(i)
	return (negative ? "all but " : "") text
}

END {
	for (i = 1; i <= n; i++) take_results(i, ktap[i])
	for (i = 1; i <= n; i++) if (!blind[i]) take_differences(i)

	print "| machine | user | held | broken | undecided | errors | seconds | undecided for want of |"
	print "|---|---|---:|---:|---:|---:|---:|---|"
	for (i = 1; i <= n; i++) {
		printf "| %s | %s | %s | %s | %s | %s | %s | %s |\n", machine[i], user[i], figure[i, 3], figure[i, 4], figure[i, 5], \
			figure[i, 6], figure[i, 7], summary(i)
	}
	for (i = 1; i <= skips; i++) {
		split(skip[i], part, "\t")
		printf "| %s | - | | | | | | %s |\n", part[1], part[2]
	}
	for (i = 1; i <= n; i++) if (differences[i])
		noted = noted sprintf("%s%s %d", noted == "" ? "" : ", ", called(i), differences[i])
	for (c = 1; c <= claims; c++) {
		if (holds[name[c]] && holds[name[c]] == n - blinds) everywhere++
		if (undecided[name[c]] == tried[name[c]]) nowhere++
	}
	printf "\n%d claims and controls in %d runs: %d hold in every one, %d are decided in none.\n", claims, n, everywhere, nowhere
	if (blinds) printf "A run in which nothing could be decided is not counted here and left out below: %d.\n", blinds
	if (noted != "") printf "Known differences, which the column \"broken\" leaves out: %s.\n", noted

	print "\n### Held here, broken or not arranged there\n"
	for (c = 1; c <= claims; c++) if (bad[name[c]]) {
		for (i = 1; i <= n; i++) if (outcome[i, name[c]] == "broken" || outcome[i, name[c]] == "error")
			printf "- `%s`: %s on %s\n", name[c], outcome[i, name[c]], called(i)
		some = 1
	}
	if (!some) print "Nothing."

	print "\n### Decided here, undecided there\n"
	print "| for want of | claims | on |"
	print "|---|---|---|"
	for (w = 1; w <= whys; w++) open_[w] = 1
	for (;;) {
		best = 0
		for (w = 1; w <= whys; w++)
			if (open_[w] && (!best || abouts[why_name[w]] > abouts[why_name[best]])) best = w
		if (!best || !abouts[why_name[best]]) break
		open_[best] = 0
		why = why_name[best]
		for (i = 1; i <= n; i++) member[i] = (why, i) in lacks
		which = abouts[why]
		if (which <= 2) {
			which = listed[why]
			gsub(/ ([^ ]+)/, " `&`", which)
			gsub(/` /, "`", which)
			sub(/^ /, "", which)
			gsub(/``/, "`, `", which)
		}
		printf "| %s | %s | %s |\n", why, which, where(lackers[why])
	}
	if (nowhere) {
		print "\n### Decided nowhere\n"
		for (c = 1; c <= claims; c++) if (undecided[name[c]] == tried[name[c]]) {
			text = ""
			for (i = 1; i <= n; i++) if ((i, name[c]) in reason && index(text "; ", reason[i, name[c]] "; ") == 0)
				text = text (text == "" ? "" : "; ") reason[i, name[c]]
			if (!(text in wanting)) { wanting[text] = ""; wants[++kinds_of_wants] = text }
			wanting[text] = wanting[text] (wanting[text] == "" ? "" : ", ") "`" name[c] "`"
		}
		for (w = 1; w <= kinds_of_wants; w++) printf "- for want of %s: %s\n", wants[w], wanting[wants[w]]
	}
	if (details != "") {
		for (c = 1; c <= claims; c++) {
			if (holds[name[c]] == tried[name[c]] || undecided[name[c]] == tried[name[c]]) continue
			for (i = 1; i <= n; i++) if ((i, name[c]) in outcome && outcome[i, name[c]] != "holds")
				print name[c] "\t" machine[i] "\t" user[i] "\t" outcome[i, name[c]] "\t" reason[i, name[c]] > details
		}
		close(details)
	}
}
