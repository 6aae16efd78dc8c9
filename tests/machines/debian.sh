# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154
# Debian packages through an apt of our own, which changes nothing of the system's, and a cache of what was
# made of them: for tests/machines/guest and tests/machines/programs. Sourced after lib.sh, which tells of `work`.

# Sources of packages as well as programs: apt_types='deb deb-src'.
apt_types=deb
cache=${XDG_CACHE_HOME:-$HOME/.cache}/touchstone/machines

# sources ARCHIVE: Debian's own archives among the system's sources, whichever way those are written. An archive is
# an architecture, of this system's release, or ARCH@RELEASE, of another.
sources() {
	local parts=$work/apt-$1/parts found suites archive release other='' suite type
	if [ -n "$TOUCHSTONE_APT_SOURCES" ]; then
		cp "$TOUCHSTONE_APT_SOURCES" "$parts/" || return 1
		return
	fi
	# RISC-V is there since Debian 13.
	case $1 in *@*) other=${1#*@} ;; riscv64) other=trixie ;; esac
	# Backports as well: of some architectures only they have a newer kernel.
	suites="${other:-&} ${other:-&}-backports"
	cat /etc/apt/sources.list.d/*.sources 2>/dev/null | awk -v RS= -v types="$apt_types" -v suites="$suites" -v other="$other" '
		/URIs:[^\n]*\/debian(-security)?\/?[ \n]/ && /Components:[^\n]*main/ {
			gsub(/(^|\n)Types:[^\n]*/, "\nTypes: " types); gsub(/\nArchitectures:[^\n]*/, "")
			release = $0; sub(/.*\nSuites: */, "", release); sub(/[^a-z].*/, "", release)
			gsub(/&/, release, suites)
			if (!/-security/) sub(/\nSuites:[^\n]*/, "\nSuites: " suites)
			else if (other) next
			print $0 "\n"
		}' >"$parts/debian.sources"
	cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
		sed -n 's/^deb \(\[[^]]*\] *\)\?\([^ ]*\/debian\/\?\) \([a-z]*\) .*main.*/\2 \3/p' | sort -u | while read -r archive release; do
		for suite in ${suites//&/$release}; do
			for type in $apt_types; do
				echo "$type $archive $suite main"
			done
		done
	done >"$parts/debian.list"
	[ -n "$other" ] || cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
		sed -n 's/^deb \(\[[^]]*\] *\)\?\([^ ]*\/debian-security\/\? [a-z-]* .*main.*\)/deb \2/p' >>"$parts/debian.list"
	found=$(cat "$parts"/*)
	[ -n "$found" ] || say "apt knows no Debian archive here; name one with TOUCHSTONE_APT_SOURCES"
	[ -n "$found" ]
}

# private COMMAND ARCHIVE ARGUMENTS...: apt checks what it downloads against the archive's signature.
private() {
	local command=$1 state=$work/apt-$2 arch=${2%@*}
	shift 2
	$command -oAPT::Architecture="$arch" -oAPT::Architectures="$arch" \
		-oDir::State::Lists="$state/lists" -oDir::State::status="$state/status" -oDir::Cache="$state/cache" \
		-oDir::Etc::SourceList=/dev/null -oDir::Etc::SourceParts="$state/parts" -oAPT::Sandbox::User=root \
		-oAcquire::Languages=none -oAcquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false \
		"$@"
}

# catalogue ARCHIVE: its package lists, once in a run. An error is not the end: for some architectures
# the list of security updates is broken while the main one is good.
catalogue() {
	local state=$work/apt-$1
	[ ! -d "$state" ] || return 0
	if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
		say "no apt-get and dpkg here: only kernel images can be booted, and a static busybox is needed"
		return 1
	fi
	mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$state/parts"
	: >"$state/status"
	sources "$1" || { rm -rf "$state"; return 1; }
	say "fetching Debian's package lists for $1"
	private apt-get "$1" -qq update >"$work/update.log" 2>&1 </dev/null || cat "$work/update.log" >&2
}

# unpacked ARCHIVE PACKAGE...: downloads them, and prints the folder into which they were unpacked.
unpacked() {
	local archive=$1 folder=$work/unpacked-$2 package
	shift
	mkdir -p "$folder/deb" "$folder/root"
	(cd "$folder/deb" && private apt-get "$archive" -qq download "$@" >&2 </dev/null) || return 1
	for package in "$folder/deb/"*.deb; do
		dpkg -x "$package" "$folder/root" || return 1
	done
	echo "$folder/root"
}

# A cached folder is complete or absent: it is made beside and renamed, and its checksums are kept.
begin_cached() {
	mkdir -p "$cache" || return 1
	half_cached=$(mktemp -d "$cache/.half.XXXXXX")
}
end_cached() {
	(cd "$half_cached" && find . -type f ! -name sums -exec sha256sum {} + >"$work/sums" && mv "$work/sums" sums) || return 1
	chmod 755 "$half_cached"
	rm -rf "${cache:?}/$1"
	mv -T "$half_cached" "$cache/$1" 2>/dev/null || rm -rf "$half_cached" # another run was faster
	half_cached=''
}
cached() {
	[ -f "$cache/$1/sums" ] || return 1
	(cd "$cache/$1" && sha256sum --quiet -c sums >/dev/null 2>&1) && return 0
	say "the cached $1 is damaged: fetching it again"
	return 1
}
