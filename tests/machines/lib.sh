# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034,SC2154
# What tests/machines/guest and tests/machines/sandboxes have in common: a work folder that goes
# away, programs under a time limit, missing tools, and the summary of KTAP results.
#
# Sourced, after the script has set `me` (its name, for messages).

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$here/../.." && pwd)
# mkfs.ext4, depmod and modprobe live where an ordinary user's PATH does not look.
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL=C

# The exit statuses are those of the touchstone command: 1 and 99 are never mixed up with 2.
BROKEN=1 USAGE=2 ERROR=99

# Machines that differ from Linux, each as a regular expression, and the list of the claims that may be broken there.
differences="^gvisor=$repository/docs/gvisor-differences.txt ^debian-.*-mips=$repository/docs/mips-differences.txt ^user-mode-linux=$repository/docs/uml-differences.txt"

# known_differences NAME: the list for that machine, or nothing.
known_differences() {
	local pair
	for pair in $differences; do
		[[ $1 =~ ${pair%%=*} ]] && echo "${pair#*=}"
	done
	return 0
}

say() { printf '%s: %s\n' "$me" "$*" >&2; }
fail() {
	local status=$1
	shift
	say "$*"
	exit "$status"
}

usage() { awk 'NR > 2 && !/^#/ { exit } NR > 2 { sub(/^# ?/, ""); print }' "$0"; }

# --- a work folder and a running program, both gone when the script ends, however it ends

work='' keep='' running=''

make_work() {
	work=$(mktemp -d "${TMPDIR:-/tmp}/touchstone-$me.XXXXXX") || fail $ERROR "no temporary folder"
	chmod 755 "$work" # an ordinary user runs the program from here
	: >"$work/table"
	: >"$work/findings"
}

leave() {
	trap '' INT TERM HUP
	if [ -n "$running" ]; then
		kill -TERM -- "-$running" 2>/dev/null
		wait "$running" 2>/dev/null
	fi
	[ -n "$half_cached" ] && rm -rf "$half_cached"
	[ -n "$work" ] || return 0
	if [ -n "$keep" ]; then
		say "kept: $work"
	else
		rm -rf --one-file-system "$work"
	fi
}
half_cached=''
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# limited SECONDS COMMAND...: the status of the command, 124 or 137 when its time was up.
#
# It waits for a job in the background: a trap runs at once during `wait`, and only afterwards
# during a program in the foreground. Job control is on just for the start, because without it
# bash lets a background job ignore SIGINT and SIGQUIT, and the suite would inherit that.
limited() {
	local limit=$1 status=0
	shift
	set -m
	timeout -k 5 "$limit" "$@" </dev/null &
	running=$!
	set +m
	wait "$running" || status=$?
	running=''
	return "$status"
}

# --- tools

# need COMMAND:PACKAGE...: installs the packages of the commands that are missing, and says so first.
need() {
	local pair packages=''
	for pair; do
		command -v "${pair%%:*}" >/dev/null 2>&1 || packages="$packages ${pair#*:}"
	done
	[ -n "$packages" ] || return 0
	# shellcheck disable=SC2086
	packages=$(printf "%s\n" $packages | sort -u | tr "\n" " ")
	command -v apt-get >/dev/null 2>&1 ||
		{ say "missing here, please install (Debian's names): $packages"; return 1; }
	[ "$(id -u)" = 0 ] ||
		{ say "missing here; as root: apt-get install --no-install-recommends $packages"; return 1; }
	say "installing with apt-get: $packages"
	# shellcheck disable=SC2086
	install_packages $packages || { say "apt-get could not install: $packages"; return 1; }
}

install_packages() {
	local get='apt-get -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends install'
	export DEBIAN_FRONTEND=noninteractive
	# Lists that were never fetched, or are old, are the usual reason of a first failure.
	$get "$@" >&2 </dev/null || { apt-get -qq update >&2 </dev/null && $get "$@" >&2 </dev/null; }
}

now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f", b - a }'; }

# --- results

worst=0
# Broken weighs more than error: it says something about the machine.
worse() { case $1$worst in 1*) worst=1 ;; "${ERROR}0") worst=$ERROR ;; esac; }

# finding MACHINE USER TEXT: a line of its own below the table.
finding() { printf '%s, %s: %s\n' "$1" "$2" "$3" >>"$work/findings"; }

# judge MACHINE USER KTAP STATUS SECONDS [KNOWN-DIFFERENCES]
# One line of the table, the broken and error claims with their diagnostics, and the worst status.
# Nothing is believed that does not add up: the plan, the lines, and the exit status must agree.
judge() {
	local machine=$1 user=$2 ktap=$3 status=$4 seconds=$5 known=${6:-} held broken undecided errors why
	[ -f "$ktap" ] || : >"$ktap"
	awk -v where="$machine, $user" -v status="$status" -v known="$known" -v out="$work/findings" '
		function bad(kind,   name, text) {
			name = $4; text = $0; sub(/^not ok [0-9]+ /, "", text)
			if (name in expected) { differences++; met[name] = 1 }
			else {
				printf "%s: %s %s\n%s", where, kind, text, notes >> out
				if (kind == "broken") broken++; else errors++
			}
			last = name; notes = ""; seen++
		}
		BEGIN {
			while (known != "" && (getline line < known) > 0)
				if (line !~ /^#/ && split(line, word, /[ \t]+/)) expected[word[1]] = 1
			delete expected[""]
		}
		/^KTAP version [0-9]+$/ { version = 1; next }
		/^1\.\.[0-9]+/ { plan = substr($1, 4) + 0; planned = 1; next }
		/^#/ { line = $0; sub(/^# ?/, "", line); notes = notes "      " line "\n"; next }
		/^not ok [0-9]+ / { bad(($0 ~ / # ERROR/) ? "error" : "broken"); next }
		/^ok [0-9]+ / {
			if ($0 ~ / # SKIP/) undecided++; else { held++; if ($3 in expected) stale = stale " " $3 }
			last = $3; notes = ""; seen++; next
		}
		END {
			if (!version) why = "no KTAP came"
			else if (!planned || plan != seen)
				why = sprintf("%d of %s results came%s", seen, planned ? plan : "?", last == "" ? "" : ", the last of them " last)
			if (status == "lost") why = "the guest died; " (seen ? why : "nothing came")
			else if (status == 124 || status == 137) why = "the time was up; " (why == "" ? "all results came" : why)
			else if (status == 2) why = "touchstone did not accept its arguments"
			else if (why == "" && status != (broken || (differences && status == 1) ? 1 : errors || (differences && status == 99) ? 99 : held ? 0 : 77))
				why = "touchstone ended with status " status ", which its results do not explain"
			else if (why != "") why = why " (status " status ")"
			for (name in met) names = names " " name
			if (differences) printf "%s: %d known differences:%s\n", where, differences, names >> out
			if (stale != "") printf "%s: listed as different, but it holds:%s\n", where, stale >> out
			printf "%d %d %d %d %s\n", held, broken, undecided, errors, why
		}' "$ktap" >"$work/counts"
	read -r held broken undecided errors why <"$work/counts"
	if [ -n "$why" ]; then
		finding "$machine" "$user" "error: $why"
		errors=$((errors + 1))
	fi
	[ "$errors" = 0 ] || worse $ERROR
	[ "$broken" = 0 ] || worse $BROKEN
	row "$machine" "$user" "$held" "$broken" "$undecided" "$errors" "$seconds"
}

# row MACHINE USER HELD BROKEN UNDECIDED ERRORS SECONDS; skipped MACHINE REASON
row() { printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>"$work/table"; }
skipped() { printf '%s\t-\tskipped: %s\n' "$1" "$2" >>"$work/table"; }

# unfinished MACHINE USER SECONDS TEXT: nothing, or not enough, came back.
unfinished() {
	finding "$1" "$2" "error: $4"
	row "$1" "$2" 0 0 0 1 "$3"
	worse $ERROR
}

report() {
	awk -F '\t' '
		BEGIN { width = 8 }
		{ line[NR] = $0; if (length($1) > width) width = length($1) }
		END {
			format = "%-" width "s  %-7s %6s %7s %10s %7s %8s\n"
			if (NR) printf format, "machine", "user", "held", "broken", "undecided", "errors", "seconds"
			for (i = 1; i <= NR; i++) {
				n = split(line[i], f, "\t")
				if (n == 3) printf "%-" width "s  %-7s %s\n", f[1], f[2], f[3]
				else printf format, f[1], f[2], f[3], f[4], f[5], f[6], f[7]
			}
		}' "$work/table"
	if [ -s "$work/findings" ]; then
		echo
		cat "$work/findings"
	fi
}
