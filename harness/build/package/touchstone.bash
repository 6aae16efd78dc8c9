# SPDX-License-Identifier: MIT
# bash completion for touchstone(1)

_touchstone() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} word=${COMP_WORDS[1]} choices=''
	COMPREPLY=()
	if [ "$COMP_CWORD" = 1 ]; then
		mapfile -t COMPREPLY < <(compgen -W 'run list show map compare doctor tests worlds needs --help --version' -- "$current")
		return
	fi
	case $previous in
	-f | --format)
		case $word in
		run) choices='text ktap json' ;;
		map) choices='text json' ;;
		compare) choices='text json html' ;;
		esac
		mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$current")
		return
		;;
	-a | --allow)
		if [ "$word" = run ]; then
			mapfile -t COMPREPLY < <(compgen -W 'swap overcommit swap,overcommit' -- "$current")
			return
		fi
		;;
	-o | --output | --html)
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		return
		;;
	-j | --jobs | --after) return ;;
	esac
	case $word in
	run) choices='--format= --output= --jobs= --fast --verbose --world= --allow= --help' ;;
	list) choices='--claims --names --help' ;;
	show) choices='--source --help' ;;
	map) choices='--pages= --diff --after= --at=start --at=end --format= --html= --all --help' ;;
	compare) choices='--format= --output= --all --help' ;;
	*) choices=--help ;;
	esac
	case $current in
	-*)
		mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$current")
		[[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace
		return
		;;
	esac
	case $word in
	run | list | show) # names are completed part by part: chapter, experiment, claim
		mapfile -t COMPREPLY < <(touchstone list --names 2>/dev/null | awk -v begun="$current" '
			index($0, begun) == 1 {
				rest = substr($0, length(begun) + 1)
				dot = index(rest, ".")
				print begun (dot ? substr(rest, 1, dot) : rest)
			}' | sort -u)
		[[ ${COMPREPLY[0]} != *. ]] || compopt -o nospace
		;;
	compare) mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
	map) mapfile -t COMPREPLY < <(compgen -c -- "$current") ;;
	esac
}
complete -F _touchstone touchstone
