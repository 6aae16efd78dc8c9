#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The sources themselves: each names its licence, is formatted by .clang-format, and no experiment
# sleeps. Formatting is checked where there is clang-format 14: others differ.
# Usage: sources.sh FOLDER-OF-THE-PROJECT
. "$(dirname "$0")/checks.sh"
cd "$1" || exit 99

# Prints what it is given, and fails when there was anything.
nothing() { ! grep . ; }

all() { find experiments harness include tests -type f \( -name '*.[ch]' -o -name '*.sh' -o -name CMakeLists.txt \) "$@"; }
without_a_licence() { all -exec awk 'FNR > 3 { nextfile } /SPDX-License-Identifier: MIT/ { met[FILENAME] = 1 }
	FNR == 1 { files[++count] = FILENAME } END { for (i = 1; i <= count; i++) if (!(files[i] in met)) print files[i] }' {} +; }
# Waiting is for conditions; the one exception is ksmd, which tells nobody that it has been.
who_sleep() { grep -rnE '\<(sleep|usleep|nanosleep) *\(' experiments include | grep -v -e ':[0-9]*: \* ' -e optimizations/equal_pages_are_merged_on_request.c; }
unformatted() { all -name '*.[ch]' -exec clang-format -n {} + 2>&1; }

check 0 'each source names its licence' eval 'without_a_licence | nothing'
check 0 'no experiment sleeps' eval 'who_sleep | nothing'
case $(clang-format --version 2>/dev/null) in
*'version 14.'*) check 0 'each source is formatted' eval 'unformatted | nothing' ;;
*) echo 'without clang-format 14 the formatting is not checked' ;;
esac
checked
