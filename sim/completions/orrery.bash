# Completion of orrery's command line for bash; the program itself says what fits.
_orrery () {
  local IFS=$'\n'
  # shellcheck disable=SC2207
  COMPREPLY=($(orrery complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null))
}
complete -o default -F _orrery orrery
