# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# Sourced by the two commands of the README, from the top of the project: what a build needs, and
# how it is installed where it is missing.

say() { printf '%s\n' "== $*"; }
die() {
	printf '%s\n' "$0: $*" >&2
	exit 2
}

# Who installs here, and what the packages are called: "tool=package" for each thing looked for.
package_manager() {
	if command -v apt-get >/dev/null; then
		manager=apt-get install='apt-get install -y --no-install-recommends' refresh='apt-get update'
		names='cmake=cmake ninja=ninja-build cc=gcc headers=libc6-dev pkg-config=pkg-config check=check'
		names="$names jansson=libjansson-dev"
		names="$names clang=clang sanitizers=libclang-rt-dev"
	elif command -v dnf >/dev/null; then
		manager=dnf install='dnf install -y' refresh=true
		names='cmake=cmake ninja=ninja-build cc=gcc headers=glibc-devel pkg-config=pkgconf-pkg-config check=check-devel jansson=jansson-devel'
	elif command -v apk >/dev/null; then
		manager=apk install='apk add' refresh='apk update'
		names='cmake=cmake ninja=ninja cc=gcc headers=musl-dev pkg-config=pkgconf check=check-dev jansson=jansson-dev'
	elif command -v pacman >/dev/null; then
		manager=pacman install='pacman -S --needed --noconfirm' refresh='pacman -Sy'
		names='cmake=cmake ninja=ninja cc=gcc headers=glibc pkg-config=pkgconf check=check jansson=jansson'
	else
		manager='' install='' refresh='' names=''
	fi
}

# A tool is missing when it does not answer; a library when pkg-config does not know it.
is_there() {
	case $1 in
	cmake) command -v cmake >/dev/null &&
		[ "$(printf '3.21\n%s\n' "$(cmake --version | sed -n 's/cmake version //p')" | sort -V | head -n 1)" = 3.21 ] ;;
	cc) command -v "${CC:-cc}" >/dev/null || command -v gcc >/dev/null ;;
	headers) printf '#include <sys/mman.h>\n' | "${CC:-cc}" -E - >/dev/null 2>&1 ;;
	check) command -v pkg-config >/dev/null && pkg-config --atleast-version=0.15.2 check ;;
	jansson) command -v pkg-config >/dev/null && pkg-config --atleast-version=2.10 jansson ;;
	*) command -v "$1" >/dev/null ;;
	esac
}

# prepare TOOL...: installs what of these is missing, and says so before it does.
prepare() {
	missing=
	for tool in "$@"; do
		is_there "$tool" || missing="$missing $tool"
	done
	if [ -z "$missing" ]; then
		say "nothing has to be installed"
		return
	fi
	package_manager
	packages=
	for tool in $missing; do
		for pair in $names; do
			[ "${pair%%=*}" = "$tool" ] && packages="$packages ${pair#*=}"
		done
	done
	[ -n "$manager" ] || die "missing:$missing; no known package manager here, install them and run this again"
	as_root=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || die "missing:$missing; as root, run: $install$packages"
		as_root=sudo
	fi
	say "missing:$missing"
	say "installing with: ${as_root:+sudo }$install$packages"
	# shellcheck disable=SC2086 # lists of words
	{
		$as_root $refresh >/dev/null || say "the package lists could not be refreshed; trying with what is there"
		$as_root $install $packages >/dev/null || die "could not install:$packages"
	}
	for tool in $missing; do
		is_there "$tool" || die "$tool is still missing after installing$packages"
	done
}

# build PRESET: configures and builds it, quietly unless something is wrong.
build() {
	say "building (preset $1)"
	cmake --preset "$1" >"$log" 2>&1 && cmake --build --preset "$1" >>"$log" 2>&1 || {
		cat "$log" >&2
		die "the build of preset $1 failed"
	}
}

log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM
