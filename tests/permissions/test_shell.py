"""Command lines taken apart; bash itself is the oracle where it is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.permissions.shell.grammar import (
    Command,
    Redirection,
    Script,
    Word,
    every,
    parse,
    spelled,
    unwrapped,
)

BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(not BASH, reason="bash is not here")


def _argvs(line: str) -> list[tuple[str, ...]]:
    return [command.argv for command in every(parse(line)) if command.words]


def _first(line: str) -> Command:
    script = parse(line)
    assert script.understood
    return script.commands[0]


@pytest.mark.parametrize(
    ("line", "argvs"),
    [
        ("foo a  b", [("foo", "a", "b")]),
        ("a && b || c; d & e | f |& g\nh", [(name,) for name in "abcdefgh"]),
        (
            "foo $(bar `baz`) \"$(q '1 2')\"",
            [("foo", "$(bar `baz`)", "$(q '1 2')"), ("bar", "`baz`"), ("baz",), ("q", "1 2")],
        ),
        ("diff <(a) >(b 1)", [("diff", "<(a)", ">(b 1)"), ("a",), ("b", "1")]),
        ("(a; b) && { c; d; }", [("a",), ("b",), ("c",), ("d",)]),
        ("if a; then b; elif c; then d; else e; fi", [(name,) for name in "abcde"]),
        ("for x in $(a) b; do c $x; done", [("a",), ("c", "$x")]),
        ("while ! a\ndo b\ndone < $(c)", [("a",), ("b",), ("c",)]),
        ("X=$(a) b ${Y:-$(c)}", [("b", "${Y:-$(c)}"), ("a",), ("c",)]),
        ("cat <<E | b\n$(c)\nE\nd", [("cat",), ("c",), ("b",), ("d",)]),
        ("cat <<'E'\n$(c)\nE\nd", [("cat",), ("d",)]),
        ("echo a#b # c; d", [("echo", "a#b")]),
        ("fo\\\no a\\\n b", [("foo", "a", "b")]),
        ("'a b'\\ c\"$'\"$'\\x41\\n'\"\\\"\"", [("a b c$'A\n\"",)]),
        ("time foo", [("time", "foo")]),
        ("", []),
    ],
)
def test_every_command_of_a_line_is_found(line: str, argvs: list[tuple[str, ...]]) -> None:
    assert parse(line).understood
    assert _argvs(line) == argvs


@pytest.mark.parametrize(
    "line",
    [
        *(
            "a &&",
            "| a",
            "a;;b",
            "a & && b",
            "(",
            "a )",
            "()",
            "'a",
            '"a',
            "a\\",
            "$(a",
            "`a",
            "${a",
            "$((1)",
            "{ a",
            "}",
        ),
        *("if a; then b", "fi", "then a", "for 1 in a; do b; done", "for x in a; b; done", "( a ) b", "a ( b )"),
        *(
            "case x in y) z;; esac",
            "[[ a ]]",
            "f() { a; }",
            "function f { a; }",
            "coproc a",
            "select x in a; do b; done",
        ),
        *(
            "a=(1 2)",
            "a[$x]=1 b",
            "a[ b",
            "echo $((x))",
            "echo ${a[x]}",
            "echo ${a:x}",
            "echo ${a@P}",
            "echo $[1]",
            "${ a; }",
        ),
        *("a {fd}>b", "a <<-E\nb\nE", "a <<E\nb", "a <<E", "a >", "echo 'a\0b'", "i\\\nf a", "echo $'\\xff'", "((a))"),
    ],
)
def test_what_is_no_plain_list_is_not_understood(line: str) -> None:
    assert not parse(line).understood


def test_commands_before_what_is_not_understood_are_found() -> None:
    assert parse("rm -r x; echo $(id; [[ y ]])") == Script(
        (
            Command(words=(Word("rm"), Word("-r"), Word("x"))),
            Command(
                words=(Word("echo"),),
                inner=(Script((Command(words=(Word("id"),)), Command()), understood=False),),
            ),
        ),
        understood=False,
    )


@pytest.mark.parametrize(
    "word", ["$x", "a*", "a?", "[ab]", "~", "~/a", "x=~", "{a,b}", "{1..3}", "$(a)", "`a`", "${x}", '"$x"']
)
def test_a_word_that_the_shell_replaces_is_not_literal(word: str) -> None:
    assert [one.literal for one in _first(f"echo {word}").words] == [True, False]


@pytest.mark.parametrize(
    "word", ["'$x'", "\\*", '"a*"', "[a", "a~", "{a}", "{}", "'{a,b}'", "$", "a$", "\\$x", "--a=b"]
)
def test_a_word_that_stays_as_it_is_is_literal(word: str) -> None:
    assert [one.literal for one in _first(f"echo {word}").words] == [True, True]


def test_assignments_before_a_command_are_its_environment() -> None:
    assert _first("A=1 B+='2 3' foo C=4").env == (("A", "1"), ("B", "2 3"))
    assert _first("A=1 B+='2 3' foo C=4").argv == ("foo", "C=4")
    assert _first("'A=1' foo").argv == ("A=1", "foo")


def test_redirections_tell_what_they_open() -> None:
    found = _first("a 2>&1 >x <y &>>z >&w 3<>v 4>&- <<<here").redirections
    assert [(one.descriptor, one.operator, one.target.text) for one in found] == [
        *(("2", ">&", "1"), ("", ">", "x"), ("", "<", "y"), ("", "&>>", "z"), ("", ">&", "w"), ("3", "<>", "v")),
        *(("4", ">&", "-"), ("", "<<<", "here")),
    ]
    assert [one.target.text for one in found if one.writes] == ["x", "z", "w", "v"]
    assert [one.target.text for one in found if one.reads] == ["y", "v"]


def test_a_command_knows_how_it_was_written_and_what_follows() -> None:
    commands = parse("X=1  foo 'a' >b && (c) ; ! d").commands
    assert [(one.source, one.then) for one in commands] == [("X=1  foo 'a' >b", "&&"), ("(c)", ";"), ("d", "")]


@pytest.mark.parametrize(
    ("line", "inside"),
    [
        ("timeout 5 foo a", "foo a"),
        ("timeout -k 3 --signal=9 --foreground 5s nice -n 10 nohup foo", "foo"),
        ("nice -5 foo", "foo"),
        ("stdbuf -oL -e 0 foo", "foo"),
        ("env -i -u X A=1 foo B=2", "A=1 foo B=2"),
        ("sudo -Eu me -- foo -x", "foo -x"),
        ("xargs -0 -n1 -I {} foo {}", "foo {}"),
        ("time -p command -p foo", "foo"),
        ("command -v foo", "command -v foo"),
        ("env -S 'foo a'", "env -S 'foo a'"),
        ("timeout $X foo", "timeout $X foo"),
        ("timeout --strange 5 foo", "timeout --strange 5 foo"),
        ("timeout 5", "timeout 5"),
        ("foo timeout 5 bar", "foo timeout 5 bar"),
    ],
)
def test_a_wrapper_gives_what_it_runs_if_its_arguments_are_known(line: str, inside: str) -> None:
    assert unwrapped(_first(line)) == _first(inside)


def test_only_the_wrappers_that_are_named_are_taken_off() -> None:
    assert unwrapped(_first("timeout 5 nice foo"), {"timeout"}) == _first("nice foo")


_TEXT = st.text(st.sampled_from("ab1 \t\n'\"\\$`*?[]{},~=#!;&|<>()-./é\x01"), max_size=6)
_NAMES = st.sampled_from(["A", "B_1", "_c"])
_WORDS = st.builds(Word, _TEXT)
_REDIRECTIONS = st.builds(
    Redirection, st.sampled_from([">", ">>", "<", "<>", ">|", "&>", "<<<"]), _WORDS, st.just("")
) | st.builds(Redirection, st.sampled_from([">", "<"]), _WORDS, st.sampled_from(["2", "10"]))
_COMMANDS = st.builds(
    Command,
    st.lists(st.tuples(_NAMES, _TEXT), max_size=2).map(tuple),
    st.lists(_WORDS, min_size=1, max_size=4).map(tuple),
    st.lists(_REDIRECTIONS, max_size=2).map(tuple),
)


@given(_COMMANDS)
def test_a_spelled_command_parses_to_itself(command: Command) -> None:
    assert parse(spelled(command)) == Script((command,))


@given(st.lists(_COMMANDS, min_size=1, max_size=3), st.sampled_from(["&&", "||", ";", "&", "|", "\n"]))
def test_joined_commands_are_found_each(commands: list[Command], joiner: str) -> None:
    line = f" {joiner} ".join(map(spelled, commands))
    assert parse(line) == Script(tuple(commands))
    assert parse(f'foo "$({line})"').commands[0].inner == (Script(tuple(commands)),)
    assert parse(f"( {line}\n)").commands[0].inner == (Script(tuple(commands)),)


_PIECES = st.sampled_from(
    [
        *"ab1 \t\n'\"\\$`*?[]{}~=#!;&|<>()",
        "$(",
        "$((",
        "${",
        "`",
        "&&",
        "<<E\n",
        "\nE\n",
        "if ",
        "; then ",
        "; fi",
        "$'",
        "\\\n",
        "é",
    ]
)


@given(st.lists(_PIECES, max_size=30).map("".join) | st.text(max_size=30))
def test_any_text_is_read_without_an_error(line: str) -> None:
    for command in every(parse(line)):
        assert spelled(command) or not (command.words or command.env or command.redirections)


@pytest.mark.parametrize(
    "piece",
    [
        "$(",
        "$((",
        "(",
        "{ ",
        "`",
        "${x:-",
        '"',
        '"$(',
        "'",
        "\\",
        "\\\n",
        "! ",
        "if ",
        "<<E ",
        "<<E\n",
        "[",
        "{,",
        "$'\\",
        "a;",
        "<(",
    ],
)
def test_endless_nesting_is_read_in_bounded_depth(piece: str) -> None:
    assert isinstance(parse(piece * 4_000).understood, bool)


@needs_bash
@given(line=st.lists(_PIECES, max_size=12).map("".join))
def test_literal_words_are_those_that_bash_makes(line: str) -> None:
    script = parse(f"printf {line}")
    if not script.understood or len(script.commands) != 1:
        return
    command = script.commands[0]
    if command.literal and not (command.redirections or command.inner):
        ran = _bash(f"printf '%s\\0' x {line}")
        assert ran.stdout.decode() == "".join(text + "\0" for text in ("x", *command.argv[1:]))


@needs_bash
@given(line=st.lists(_PIECES, max_size=14).map("".join))
def test_what_is_understood_bash_reads_without_complaint(line: str) -> None:
    if parse(line).understood:
        assert (_bash(line, "-n").returncode, line) == (0, line)


_SCRIPTS = st.recursive(
    st.sampled_from(["yes", "no", "yes 'a b'", "X=1 no", "yes >f", "no 2>&1", "yes \\\n a", "yes # no"]),
    lambda inner: (
        st.builds("{} {} {}".format, inner, st.sampled_from(["&&", "||", ";", "|", "\n", "&"]), inner)
        | st.builds("yes $({}\n)".format, inner)
        | st.builds('no "x$({}\n)"'.format, inner)
        | st.builds("({}\n)".format, inner)
        | st.builds("{{ {}\n}}".format, inner)
        | st.builds("if {}\nthen {}\nelse {}\nfi".format, inner, inner, inner)
        | st.builds("for x in $({}\n) 1; do {}\ndone".format, inner, inner)
        | st.builds("yes <<E\n$({}\n)\nE\n".format, inner)
        | st.builds("X=$({}\n) ! yes".format, inner)
        | st.builds("yes <({}\n)".format, inner)
        | st.builds("yes ${{Y:-$({}\n)}}".format, inner)
    ),
    max_leaves=6,
)


@needs_bash
@given(line=_SCRIPTS)
def test_what_bash_runs_is_among_the_commands_found(line: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    script = parse(line)
    if not script.understood:
        return
    folder = tmp_path_factory.mktemp("run")
    ran = _bash(
        'command_not_found_handle() { printf "%s\\n" "$*" >> "$RECORD"; [ "$1" = yes ]; }\n' + line + "\nwait",
        folder=folder,
        record=folder / "record",
    )
    record = folder / "record"
    names = {command.argv[0] for command in every(script) if command.words}
    seen = {one.split()[0] for one in record.read_text().splitlines()} if record.exists() else set()
    assert seen <= names, ran


def _bash(
    line: str, *options: str, folder: Path | None = None, record: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    assert BASH
    environment = {"PATH": "/nowhere", "LC_ALL": "C.UTF-8", "RECORD": str(record or "/dev/null")}
    command = [BASH, "--norc", "--noprofile", *options, "-c", line]
    return subprocess.run(command, cwd=folder or "/", env=environment, capture_output=True, check=False, timeout=20)
