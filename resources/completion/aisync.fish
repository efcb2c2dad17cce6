# Completion of aisync for fish: aisync completion fish | source
# fish quotes what aisync offers; nothing of it is evaluated here.
function __aisync_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l word (commandline -ct)
    set -l lines (command aisync completion fish "--word=$word" -- $words 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$word"
        case folders
            __fish_complete_directories "$word"
        case words
            set -e lines[1]
            printf '%s\n' $lines
    end
end
complete -c aisync -e
complete -c aisync -f -a '(__aisync_complete)'
