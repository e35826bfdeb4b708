export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** The line with which `holdfast __complete` hands over to the shell's own completion of file names. */
export const FILES_DIRECTIVE = ':files'

/**
 * Each script asks `holdfast __complete -- -- WORDS` and gets lines of word, tab, meaning, or the one line `:files`.
 * Names may contain spaces: lines, never blanks, separate the answers.
 */
export const COMPLETION_SCRIPTS: Record<Shell, string> = {
  bash: `# bash completion of holdfast: put this into /etc/bash_completion.d/holdfast
_holdfast() {
  local line word cur="\${COMP_WORDS[COMP_CWORD]}"
  local -a lines words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  words=("\${words[@]//\\\\/}")
  COMPREPLY=()
  [[ "$cur" == "=" ]] && words+=("") && cur=""
  mapfile -t lines < <("\${COMP_WORDS[0]}" __complete -- -- "\${words[@]}" 2>/dev/null)
  if [[ "\${lines[0]-}" == "${FILES_DIRECTIVE}" ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    return
  fi
  for line in "\${lines[@]}"; do
    printf -v word '%q' "\${line%%$'\\t'*}"
    COMPREPLY+=("$word")
  done
}
complete -F _holdfast holdfast
`,
  zsh: `#compdef holdfast
# zsh completion of holdfast: put this into a folder of $fpath as _holdfast
_holdfast() {
  local line word meaning
  local -a words_now matches texts
  words_now=("\${(@)words[2,$CURRENT]}")
  for line in "\${(@f)$("\${words[1]}" __complete -- -- "\${words_now[@]}" 2>/dev/null)}"; do
    if [[ "$line" == "${FILES_DIRECTIVE}" ]]; then
      _files
      return
    fi
    [[ -z "$line" ]] && continue
    word="\${line%%$'\\t'*}"
    meaning="\${line#*$'\\t'}"
    matches+=("$word")
    texts+=("$word  $meaning")
  done
  compadd -l -d texts -a matches
}
if [[ "\${funcstack[1]}" == "_holdfast" ]]; then
  _holdfast "$@"
else
  compdef _holdfast holdfast
fi
`,
  fish: `# fish completion of holdfast: put this into ~/.config/fish/completions/holdfast.fish
function __holdfast_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l lines ($words[1] __complete -- -- $words[2..-1] 2>/dev/null)
    if test "$lines[1]" = "${FILES_DIRECTIVE}"
        __fish_complete_path (commandline -ct)
    else
        printf '%s\\n' $lines
    end
end
complete -c holdfast -f -a '(__holdfast_complete)'
`,
}
