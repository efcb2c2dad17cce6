#compdef aisync
# Completion of aisync for zsh: source <(aisync completion zsh), or as _aisync in a folder of $fpath
# compadd quotes what aisync offers; nothing of it is evaluated here.
_aisync() {
    local -a lines values shown
    local line
    lines=("${(@f)$(command aisync completion zsh "--word=${words[CURRENT]}" -- "${(@Q)words[2,CURRENT-1]}" 2>/dev/null)}")
    case ${lines[1]} in
        files) _files; return ;;
        folders) _files -/; return ;;
    esac
    for line in "${(@)lines[2,-1]}"; do
        values+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  -- }")
    done
    compadd -l -d shown -a values
}
if [[ ${funcstack[1]} == _aisync ]]; then
    _aisync "$@"
else
    compdef _aisync aisync
fi
