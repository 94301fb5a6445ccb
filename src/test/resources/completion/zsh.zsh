# What zsh offers for a line and a tab, in a terminal of its own: zsh -f zsh.zsh SCRIPT LINE
zmodload zsh/zpty
zpty -b shell zsh -f -i
zpty -w shell "PROMPT=; autoload -Uz compinit; compinit -u -D; source ${(q)1}"
zpty -w shell 'compadd() {
  if [[ ${@[(I)-[OAD]]} -eq 0 ]]; then
    local -a offered__
    builtin compadd -O offered__ "$@"
    print -rl -- "{"$^offered__"}"
  fi
  builtin compadd "$@"
}'
zpty -w shell 'offer() { zle complete-word; print -r -- "END""OFFERED" }; zle -N offer; bindkey "^I" offer'
zpty -w shell 'print "REA""DY"'
zpty -r shell said '*READY*'
zpty -n -w shell "$2"$'\t'
zpty -r shell said '*ENDOFFERED*'
zpty -d shell
print -rl -- ${(M)${(f)said}:#*\{*\}*}
