# Completion of aisync for bash: source <(aisync completion bash)
# What aisync offers is quoted for this shell already; nothing of it is evaluated here.
_aisync() {
    local line way=
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $way ]]; then
            way=$line
        else
            COMPREPLY+=("${line%%$'\t'*}")
        fi
    done < <(command aisync completion bash "--line=${COMP_LINE:0:COMP_POINT}" "--breaks=$COMP_WORDBREAKS" 2>/dev/null)
    case $way in
        files) compopt -o default 2>/dev/null ;;
        folders) compopt -o dirnames 2>/dev/null ;;
    esac
}
complete -F _aisync aisync
