"""What assistants ask leave for: requests of every sort, for the properties of all permission dialects.

`COMMANDS` are built from a few programs (rules are about `foo`, and not about `bar`) in every
form that a shell knows; the rest of the lists are written out.
"""

from __future__ import annotations

from itertools import product

from aisync_desktop.permissions.language import Request, Surrounding, Tool

WHERE = Surrounding()
PLAIN = (
    *("foo", "foo a", "foo a b", "foo b", "foo a -v", "foo -v a", "foobar", "foobar a", "bar", "bar foo", "bar foo a"),
    *("foo   a", "foo\ta", "foo 'a'", "foo 'a b'", 'foo "a"', "'foo' a", "f\\oo a", "foo a\\ b", "foo ''", "foo -- a"),
    *(
        "foo --flag=a",
        "foo a*",
        "foo *",
        "foo $A",
        'foo "$A"',
        "foo ${A}",
        "foo ~/a",
        "foo {a,b}",
        "foo $'a'",
        "$FOO a",
    ),
    *("foo a;", "foo a &", "foo a # bar", "foo a#b", "FOO a", "./foo a", "/usr/bin/foo a", "../foo a", "~/foo a"),
    *(
        "foo é",
        "föö a",
        "foo 한국어",
        "foo \U0001f600",
        "foo a\u00a0b",
        "foo\u00a0a",
        "foo a\r",
        "foo \u202ea",
        "\uff46oo a",
    ),
    *(
        "git status",
        "git push",
        "git push origin main",
        "git -C x push",
        "npm test",
        "npm run test",
        "npm run test:unit",
    ),
    *("npm run tests", "rm -rf /", "rm -r x", "ls", "ls -la", "cat .env", "cat secrets/k", "python3 -c 'import os'"),
    *("touch x", "mkdir -p a/b", "curl https://example.com", "wget -q http://example.com/x", "echo hi", "true", ":"),
)
_JOINED = (
    *("{} && {}", "{} || {}", "{}; {}", "{} | {}", "{} & {}", "{}\n{}", "{} |& {}", "{};{}", "{}&&{}", "{} ; # x\n{}"),
    *("{} && {} && foo b", "({}; {})", "{{ {}; {}; }}", "if {}; then {}; fi", "while {}; do {}; break; done"),
    *("for x in 1; do {}; {}; done", "! {} && {}", "{} \\\n&& {}", "cd /opt && {} && {}"),
)
JOINED = tuple(
    form.format(*pair) for form, pair in product(_JOINED, [("foo a", "bar x"), ("bar", "foo"), ("foo", "foo a")])
)
_WRAPPED = (
    *(
        "timeout 5 {}",
        "timeout -k 3 5s {}",
        "timeout --signal=KILL 5 {}",
        "time {}",
        "time -p {}",
        "nice {}",
        "nice -n 5 {}",
    ),
    *(
        "nohup {}",
        "stdbuf -oL {}",
        "command {}",
        "builtin {}",
        "exec {}",
        "env {}",
        "env -i {}",
        "env X=1 {}",
        "sudo {}",
    ),
    *("sudo -u me {}", "doas {}", "xargs {}", "xargs -n1 {}", "echo a | xargs {}", "find . -exec {} \\;", "setsid {}"),
    *(
        "timeout 5 nice {}",
        "nohup timeout 5 {} &",
        "npx {}",
        "watch {}",
        "strace {}",
        "eval {}",
        "eval '{}'",
        "sh -c '{}'",
    ),
    *(
        "bash -c '{}'",
        'bash -lc "{}"',
        "bash -c '{}; bar'",
        "bash -c 'bash -c \"{}\"'",
        "/bin/sh -c '{}'",
        "zsh -c '{}'",
    ),
    *("timeout 5 bash -c '{}'", "python -c '{}'", "ssh host {}", "echo '{}' | sh", "bash <<< '{}'", "docker run x {}"),
)
_SET = (
    "X=1 {}",
    "X= {}",
    "X='1 2' {}",
    "X=1 Y=2 {}",
    "NODE_ENV=test {}",
    "PATH=/tmp {}",
    "LD_PRELOAD=x {}",
    "X=$(bar) {}",
    "export X=1; {}",
)
_REDIRECTED = (
    *("{} > out.txt", "{} >> out.txt", "{} >out.txt", "{} > /dev/null", "{} 2>&1", "{} 2>/dev/null", "{} &> out.txt"),
    *(
        "{} < in.txt",
        "{} <<< text",
        "{} > $X",
        "{} > /etc/passwd",
        "{} > ../out",
        "> out.txt {}",
        "{} >&2",
        "{} >| out.txt",
    ),
    *(
        "{} > out.txt 2>&1",
        "{} <<E\nbar\nE",
        "{} <<'E'\n$(bar)\nE",
        "{} <<E\n$(bar)\nE",
        "{} | tee out.txt",
        "{} > .env",
    ),
)
_SUBSTITUTED = (
    *(
        "{} $(bar)",
        "{} `bar`",
        '{} "$(bar)"',
        "{} '$(bar)'",
        "{} \\$(bar)",
        "{} $(bar $(baz))",
        "{} <(bar)",
        "{} >(bar)",
    ),
    *(
        "bar $({})",
        "bar `{}`",
        'bar "$({})"',
        "bar <({})",
        "$({})",
        "`{}`",
        "{} ${{X:-$(bar)}}",
        "{} $((1+1))",
        "{} $((X))",
    ),
    *(
        "X=$({})",
        "X=$({}) bar",
        "{} $(bar) > x",
        "$(echo {})",
        "{} ${{X}}",
        "{} $(< f)",
        "{} $(foo b)",
        "{} $(bar) && {} b",
    ),
)
_FORMS = (*_WRAPPED, *_SET, *_REDIRECTED, *_SUBSTITUTED)
DRESSED = tuple(
    form.replace("{}", words).replace("{{", "{").replace("}}", "}")
    for form, words in product(_FORMS, ["foo a", "foo", "bar"])
)
HOSTILE = (
    *(
        "",
        " ",
        "\n",
        ";",
        "&&",
        "foo &&",
        "| foo",
        "foo 'a",
        'foo "a',
        "foo $(bar",
        "foo `bar",
        "foo )",
        "(foo",
        "foo;;bar",
    ),
    *(
        "foo a\0b",
        "foo\\",
        "foo \\\na",
        "fo\\\no a",
        "foo a\\\n; bar",
        "foo() { bar; }; foo",
        "case a in a) foo;; esac",
    ),
    *(
        "[[ a ]] && foo",
        "((1)) && foo",
        "foo <<E",
        "foo <<E\nbar",
        "foo {fd}> x",
        "A=(foo bar)",
        "${foo} a",
        "$'foo' a",
    ),
    *(
        "f''oo a",
        'fo"o" a',
        "foo$(true) a",
        "foo${X} a",
        "\\foo a",
        "foo a$(bar",
        "${X:-foo a}",
        "alias foo=bar",
        "foo\x0ba",
    ),
    *("foo " + "a " * 500, "foo " + "$(" * 200, "foo;" * 200, "foo \ud800", "foo " + "a" * 5000, "foo " + "'a" * 101),
)
COMMANDS = tuple(dict.fromkeys((*PLAIN, *JOINED, *DRESSED, *HOSTILE)))

_RELATIVE = (
    *(
        ".env",
        ".env.local",
        "pkg/.env",
        "pkg/deep/.env",
        "src/a.ts",
        "pkg/src/b.ts",
        "src/deep/c.ts",
        "secrets/k",
        "a b",
    ),
    *(
        "pkg/secrets/k",
        "secrets",
        "src",
        "README.md",
        "a.TS",
        "src/é.ts",
        ".git/config",
        "src/.hidden",
        "x/../.env",
        ".",
    ),
)
_OUTSIDE = (
    *(
        "/etc/passwd",
        "/etc/ssh/sshd_config",
        "/opt/x",
        "/",
        "/home/user/.ssh/id_rsa",
        "/home/user/.claude/settings.json",
    ),
    *("/home/user/x", "/home/user/secrets/k", "/home/other/.env", "/home/user/project2/.env", "/home/user/.env"),
)
PATHS = (*(f"{WHERE.root}/{path}" for path in _RELATIVE), *_OUTSIDE)
ADDRESSES = (
    *(
        "https://example.com",
        "https://example.com/a?b",
        "http://example.com:8080/",
        "https://sub.example.com/",
        "example.com",
    ),
    *(
        "https://a.b.example.com",
        "https://notexample.com",
        "https://example.com.evil.org",
        "https://EXAMPLE.com/",
        "ftp://x",
    ),
    *(
        "https://example.com@evil.org/",
        "https://evil.org/example.com",
        "https://127.0.0.1/",
        "https://[::1]/",
        "",
        "https://",
    ),
)
MCP_TOOLS = (
    *("github.get_issue", "github.get_", "github.create_issue", "github.get-issue", "git.hub_get", "other.get_issue"),
    *("github2.get_issue", "a.b", "my_server.my_tool", "my-server.tool"),
)
REQUESTS = (
    *(Request(Tool.SHELL, command) for command in COMMANDS),
    *(Request(tool, path) for tool in (Tool.READ, Tool.EDIT) for path in PATHS),
    *(Request(Tool.FETCH, address) for address in ADDRESSES),
    *(Request(Tool.MCP, tool) for tool in MCP_TOOLS),
)
