import type { SHELLS } from './suggest.ts';

/**
 * What `ingate completion` prints. Every script asks `ingate __complete` at the moment of completion, so that it never gets
 * old; what that prints is described there. Nothing that it prints is evaluated.
 */
export const scripts: Readonly<Record<(typeof SHELLS)[number], string>> = {
  // Bash splits words at `=`, which is undone; what stands before it is not part of what is replaced.
  bash: `# bash completion for ingate: source <(ingate completion bash)
_ingate() {
  local -a before=()
  local current="" word line value glue="" i
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [[ $i -gt 1 && ( $word == "=" || -n $glue ) ]]; then current+="$word"
    else
      if [[ $i -gt 1 ]]; then before+=("$current"); fi
      current="$word"
    fi
    if [[ $word == "=" ]]; then glue=1; else glue=""; fi
  done
  value="$current"
  if [[ $current == --*=* ]]; then value="\${current#*=}"; fi
  COMPREPLY=()
  while IFS= read -r line; do
    case "$line" in
      :files) while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$value")
        compopt -o filenames 2>/dev/null ;;
      :folders) while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "$value")
        compopt -o filenames 2>/dev/null ;;
      :*) ;;
      *) word="\${line%%$'\\t'*}"
        if [[ $current == --*=* ]]; then word="\${word#*=}"; fi
        COMPREPLY+=("$word") ;;
    esac
  done < <("$1" __complete "=$current" \${before[@]+"\${before[@]}"} 2>/dev/null)
}
complete -F _ingate ingate
`,
  zsh: `#compdef ingate
# zsh completion for ingate: source <(ingate completion zsh), or a file _ingate in a folder of $fpath
_ingate() {
  local -a lines suggestions
  local line word text
  lines=("\${(@f)$("\${words[1]}" __complete "=\${words[CURRENT]}" "\${(@)words[2,CURRENT-1]}" 2>/dev/null)}")
  for line in "\${lines[@]}"; do
    case "$line" in
      :files) compset -P '--*='; _files ;;
      :folders) compset -P '--*='; _files -/ ;;
      :*|'') ;;
      *) word="\${line%%$'\\t'*}" text="\${line#*$'\\t'}"
        suggestions+=("\${word//:/\\\\:}\${text:+:$text}") ;;
    esac
  done
  if (( $#suggestions )); then _describe -t values ingate suggestions; fi
}
if [[ "\${funcstack[1]}" == _ingate ]]; then _ingate "$@"; else compdef _ingate ingate; fi
`,
  fish: `# fish completion for ingate: ingate completion fish | source
function __ingate_complete
  set -l before (commandline -opc)
  set -l program $before[1]
  set -e before[1]
  set -l current (commandline -ct)
  set -l lines ($program __complete "=$current" $before 2>/dev/null)
  set -l prefix (string match -r '^--[^=]+=' -- $current)
  set -l value (string replace -r '^--[^=]+=' '' -- $current)
  for line in $lines
    switch $line
      case ':files'
        for path in (__fish_complete_path $value)
          echo "$prefix$path"
        end
      case ':folders'
        for path in (__fish_complete_directories $value '')
          echo "$prefix$path"
        end
      case ':*'
      case '*'
        echo $line
    end
  end
end
complete -c ingate -f -a '(__ingate_complete)'
`,
  // PowerShell names files by itself where there is no suggestion.
  powershell: `# PowerShell completion for ingate: ingate completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName ingate -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
  $program = $commandAst.CommandElements[0].Extent.Text
  & $program __complete "=$wordToComplete" @before 2>$null | Where-Object { -not $_.StartsWith(':') } | ForEach-Object {
    $word, $text = $_ -split "\`t", 2
    if (-not $text) { $text = $word }
    [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $text)
  }
}
`,
};
