# What bash offers for a line: bash --norc bash.sh SCRIPT LINE. It parts words as readline does, also at =.
source "$1"
read -ra COMP_WORDS <<<"${2//=/ = }"
[[ $2 == *[\ =] ]] && COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_mlops
printf '%s\n' "${COMPREPLY[@]}"
