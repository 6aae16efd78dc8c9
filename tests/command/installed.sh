#!/bin/bash
# SPDX-License-Identifier: MIT
#
# What is installed works from a prefix that cannot be written, for who may not write there.
# Usage: installed.sh BUILD-FOLDER
build=$1
# shellcheck source=tests/command/checks.sh
. "${0%/*}/checks.sh"
chmod 755 "$folder"
prefix=$folder/prefix
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT

# As an ordinary user, whoever runs this test.
other=()
[ "$(id -u)" != 0 ] || other=(setpriv --reuid=65534 --regid=65534 --clear-groups)

check 0 'installing' cmake --install "$build" --prefix "$prefix"
chmod -R a-w,a+rX "$prefix"
touchstone=$prefix/bin/touchstone
check 0 'the command' "${other[@]}" "$touchstone" --version
check 0 'a program' "${other[@]}" "$prefix/libexec/touchstone/memory-mapping/munmap_removes_whole_pages" -v; says 'holds'
check 0 'one claim of a program' "${other[@]}" "$prefix/libexec/touchstone/memory-mapping/munmap_removes_whole_pages" \
	"$("$touchstone" list --names munmap_removes_whole_pages | head -n 1)"
refuses 'a claim of another program' "$prefix/libexec/touchstone/memory-mapping/munmap_removes_whole_pages" cow-03
check 0 'the manual page' gzip -t "$prefix/share/man/man1/touchstone.1.gz"
check 0 'completion can be read by bash' bash -n "$prefix/share/bash-completion/completions/touchstone"
# shellcheck disable=SC2016
check 0 'completion completes' env PATH="$prefix/bin:$PATH" bash -c '. "$1"; COMP_WORDS=(touchstone run copy-on); COMP_CWORD=2
	compopt() { :; }; _touchstone; [ "${COMPREPLY[*]}" = copy-on-write. ] && COMP_WORDS=(touchstone ru) COMP_CWORD=1 && _touchstone &&
	[ "${COMPREPLY[*]}" = run ]' bash "$prefix/share/bash-completion/completions/touchstone"

mkdir "$folder/work" && chmod 777 "$folder/work"
check 0 'a folder for ctest' "${other[@]}" "$touchstone" tests "$folder/work/tests" memory-mapping
check 0 'ctest there' "${other[@]}" ctest --test-dir "$folder/work/tests" -j 2; says '100% tests passed'
check 0 'the same folder once more' "${other[@]}" "$touchstone" tests "$folder/work/tests" cow-03
refuses 'a folder that cannot be' "$touchstone" tests "$folder/no/where"; complains 'no/where'
refuses 'no folder' "$touchstone" tests
refuses 'a claim that is not there' "$touchstone" tests "$folder/work/tests" no-such-claim; complains no-such-claim
if [ -c /dev/full ]; then
	ln -s /dev/full "$folder/work/CTestTestfile.cmake"
	refuses 'a disk that is full' "$touchstone" tests "$folder/work"; complains 'No space left'
fi

# The installed tree itself wants a place for ctest's log: whoever may write there.
cp -a "$prefix" "$folder/own" && chmod -R u+w "$folder/own"
check 0 'ctest in the installed tree' ctest --test-dir "$folder/own/libexec/touchstone" -R '^protection\.' -j 2; says '100% tests passed'
checked
