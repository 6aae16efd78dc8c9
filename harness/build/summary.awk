# SPDX-License-Identifier: MIT
#
# Reads ctest's LastTest.log, in which every claim has printed its part of a lab page, and tells what
# a person wants to know of the whole run.

function end_of_reason() {
	if (reason != "") {
		if (!(reason in wanted)) {
			order[++reasons] = reason
		}
		wanted[reason]++
	}
	reason = ""
}

/^  (holds|broken|undecided|error|control) / {
	end_of_reason()
	count[$1]++
	waiting = $1 == "undecided"
	next
}
# The sentence may go on; the reason begins with "needs" in the same column.
waiting && /^             needs / { sub(/^ +/, ""); reason = $0; next }
waiting && reason != "" && /^             [^ ]/ { sub(/^ +/, ""); reason = reason " " $0; next }
/^<end of output>/ || !/^             / { end_of_reason(); waiting = 0 }

END {
	end_of_reason()
	print ""
	printf "%d claims hold, %d broken, %d undecided, %d errors; %d controls answered\n",
		count["holds"], count["broken"], count["undecided"], count["error"], count["control"]
	for (i = 1; i <= reasons; i++) {
		printf "%4d undecided: %s\n", wanted[order[i]], order[i]
	}
}
