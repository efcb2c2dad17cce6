"""A labelled corpus: fields of MCP servers as users write them, and whether a literal secret is in them.

No value is, or ever was, a real secret. Tokens with a vendor's prefix are put together at run time, so that no scanner
takes this file for a leak.
"""

from __future__ import annotations

from aisync_desktop.kernel.values import Value

Case = tuple[dict[str, Value], str]  # fields, and the literal that is the secret ("" for none)

_B62 = "a8Kd03jXz9QwErT5yUiOp1LkJhG7fDsA2ZxCvB4nM6"
_HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def _env(name: str, value: str, secret: str | None = None) -> Case:
    return {"env": {name: value}}, value if secret is None else secret


def _header(name: str, value: str, secret: str | None = None) -> Case:
    return {"headers": {name: value}}, value if secret is None else secret


def _args(*args: str, holds: str = "") -> Case:
    return {"args": list(args)}, holds


def _url(url: str, secret: str = "") -> Case:
    return {"url": url}, secret


_NAMED: list[Case] = [
    _env(name, value)
    for name, value in (
        ("API_KEY", "abc123"),
        ("GITHUB_TOKEN", "gho-not-a-known-shape"),
        ("GITHUB_PERSONAL_ACCESS_TOKEN", "0123456789"),
        ("OPENAI_API_KEY", "local-llm-key"),
        ("ANTHROPIC_AUTH_TOKEN", "proxy"),
        ("DB_PASSWORD", "postgres"),
        ("POSTGRES_PASSWORD", "p@ss w0rd"),
        ("MYSQL_PWD", "123456"),
        ("SMTP_PASS", "qwertz12"),
        ("CLIENT_SECRET", "s3cr3t"),
        ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzKEY"),
        ("JIRA_API_TOKEN", "jira9"),
        ("SLACK_SIGNING_SECRET", "8f742231b10e"),
        ("STRIPE_SECRET_KEY", "stripe1"),
        ("GH_PAT", "pat77"),
        ("PRIVATE_KEY", "0xdeadbeef"),
        ("SESSION_COOKIE", "sid=77"),
        ("NPM_AUTH_TOKEN", "n0"),
        ("ENCRYPTION_KEY", "k3y"),
        ("apiKey", "camel1"),
        ("accessToken", "camel2"),
        ("clientSecret", "camel3"),
        ("db-password", "kebab4"),
        ("X_API_KEY", "underscore"),
        ("API_KEY_2", "second"),
        ("API_KEY_PROD", "prod1"),
        ("SECRET", "shh!"),
        ("TOKEN", "t0ken"),
        ("PASSPHRASE", "correct horse battery"),
        ("VAULT_CREDENTIALS", "user:pw"),
        ("BRAVE_APIKEY", "run-together"),
        ("AZURE_STORAGE_CONNECTION_STRING", "AccountName=a;AccountKey=b=="),
        ("JWT_SECRET", "한글비밀번호"),
        ("LICENSE_KEY", "AAAA-BBBB-CCCC-0001"),
        ("SUPABASE_SERVICE_ROLE_KEY", "role1"),
        ("TOKEN_VALUE", "val9"),
        ("WEBHOOK_SECRET_CURRENT", "whs"),
        ("AUTH_TOKEN_V2", "v2tok"),
    )
]

_SHAPED: list[Case] = [
    _env("X", value)
    for value in (
        "sk-" + _B62,
        "sk-ant-api03-" + _B62,
        "sk-proj-" + _B62,
        "sk-or-v1-" + _HEX,
        "sk_live_" + _B62[:24],
        "rk_test_" + _B62[:24],
        "ghp_" + _B62[:36],
        "gho_" + _B62[:36],
        "ghs_" + "a" * 36,
        "github_pat_" + _B62[:22] + "_" + _B62,
        "glpat-" + _B62[:20],
        "xoxb-" + "123456789012-123456789012-" + _B62[:24],
        "xoxp-" + "1" * 12 + "-" + _B62[:20],
        "xapp-1-" + "A0" * 8,
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ASIA" + "Q3EGUN7XEXAMPLX2",
        "AIza" + _B62[:35],
        "ya29." + _B62,
        "GOCSPX-" + _B62[:28],
        "npm_" + _B62[:36],
        "hf_" + _B62[:34],
        "gsk_" + _B62,
        "r8_" + _B62[:37],
        "pplx-" + _B62,
        "tvly-" + "dev-" + _B62[:28],
        "xai-" + _B62,
        "lin_api_" + _B62[:40],
        "ntn_" + _B62,
        "figd_" + _B62[:40],
        "SG." + _B62[:22] + "." + _B62[:40],
        "dop_v1_" + _HEX,
        "dapi" + _HEX[:32],
        "PMAK-" + _HEX[:24] + "-" + _HEX[:34],
        "sntrys_" + _B62,
        "sbp_" + _HEX[:40],
        "pat" + _B62[:14] + "." + _HEX,
        "ATATT3" + "xFfGF0" + _B62,
        "shpat_" + _HEX[:32],
        "123456789:AA" + _B62[:33],
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0." + _B62,
        "fc-" + _HEX[:32],
        "ctx7sk-" + _HEX[:8] + "-" + _HEX[8:24],
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
    )
]

_RANDOM: list[Case] = [
    _env("SERVICE_ACCOUNT", _B62),
    _env("CONFIG", _HEX),
    _env("BRAVE", _B62[:30]),
    _env("ROOT_USER", "Zk4+tY7/uQ2x9Lm1Nb5Vc8Xz3Ws6Ed0Rf=="),
    _args("--config", _B62, holds=_B62),
    _url(f"https://mcp.zapier.com/api/mcp/s/{_B62}/mcp", _B62),
    _url(f"https://hooks.example.com/x?sig={_B62}", _B62),
]

_IN_PLACE: list[Case] = [
    _header("Authorization", "Bearer abc.def-123", "abc.def-123"),
    _header("Authorization", "Bearer onlyletters", "onlyletters"),
    _header("Authorization", "Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"),
    _header("authorization", "token gh123456", "gh123456"),
    _header("X-API-Key", "k-12345"),
    _header("x-api-key", "plain"),
    _header("Api-Key", "k9"),
    _header("Cookie", "session=abc; theme=dark"),
    _header("X-Auth-Token", "xt-1"),
    _header("CONTEXT7_API_KEY", "c7-1"),
    _header("X-Goog-Api-Key", "g00g"),
    _header("X-Custom", "Bearer Zm9vYmFyMTIz", "Zm9vYmFyMTIz"),
    _args("--api-key", "hunter2", holds="hunter2"),
    _args("--api-key=hunter2", holds="hunter2"),
    _args("-y", "server", "--token", "t-1", "--verbose", holds="t-1"),
    _args("--password", "pw with spaces", holds="pw with spaces"),
    _args("-e", "GITHUB_TOKEN=gt-1", "image", holds="gt-1"),
    _args("run", "-e", "API_KEY=a=b=c", holds="a=b=c"),
    _args("--header", "Authorization: Bearer lowercase", holds="lowercase"),
    _args("--header", "Authorization:Bearer abc123", holds="abc123"),
    _args("--header", "X-Api-Key: v1", holds="v1"),
    _args("--client-secret=cs", holds="cs"),
    _args("--access-token", "at0", holds="at0"),
    _args("-c", "DB_PASSWORD=pw1 exec server", holds="pw1 exec server"),
    _args("postgresql://user:pw@localhost/db", holds="pw"),
    _url("https://user:pw@host/mcp", "pw"),
    _url("https://ghp" + "_" + _B62[:36] + "@github.com/x", "ghp_" + _B62[:36]),
    _url("https://host/mcp?api_key=abc", "abc"),
    _url("https://host/mcp?x=1&token=abc&y=2", "abc"),
    _url("https://host/mcp?apiKey=abc#frag", "abc"),
    _url("https://host/sse?access_token=0", ""),
    _env("DATABASE_URL", "postgres://app:pg-pw@db:5432/app", "pg-pw"),
    _env("REDIS_URL", "redis://:redis-pw@cache:6379/0", "redis-pw"),
    _env("MONGO_URI", "mongodb+srv://u:m-pw@cluster/db?retryWrites=true", "m-pw"),
    _env("HTTPS_PROXY", "http://corp:proxy-pw@proxy:3128", "proxy-pw"),
    _env("DSN", "server=db;user=sa;password=sa-pw;encrypt=true", "sa-pw"),
    _env("AUTH_HEADER", "Authorization: Bearer zzz9"),
    _env("NOTION_TOKEN", " padded ", "padded"),
    _env("REDIS_PASSWORD", "$uper$ecret!"),
    _env("DB_PASSWORD", "pa$sword"),
    _env("API_KEY", "Ab%cd%ef9"),
    _env("API_KEY", "${PREFIX}literal-rest", "literal-rest"),
    _env("CLAUDE", "${TOKEN:-sk-" + _B62 + "}", "sk-" + _B62),
    ({"oauth": {"clientSecret": "oc-1"}}, "oc-1"),
    ({"http_headers": {"Authorization": "Bearer q1w2e3r4"}}, "q1w2e3r4"),
]

_NAMES_OF_NO_SECRET: list[Case] = [
    _env(name, value, "")
    for name, value in (
        ("PUBLIC_KEY", "ssh-ed25519 AAAAC3Nz"),
        ("KEYBOARD_LAYOUT", "de"),
        ("MONKEY", "george"),
        ("HOTKEY", "ctrl+k"),
        ("SORT_KEY", "created"),
        ("PARTITION_KEY", "tenant"),
        ("PRIMARY_KEY", "id"),
        ("CACHE_KEY", "v1"),
        ("JIRA_PROJECT_KEY", "ABC"),
        ("MAX_TOKENS", "4096"),
        ("TOKEN_LIMIT", "8000"),
        ("MAX_TOKEN", "8000"),
        ("TOKENIZERS_PARALLELISM", "false"),
        ("TOKENIZER", "cl100k_base"),
        ("SECRET_NAME", "prod/db"),
        ("TOKEN_URL", "https://auth.example.com/token"),
        ("API_KEY_FILE", "/run/secrets/api_key"),
        ("PASSWORD_FILE", "/run/secrets/pw"),
        ("SSH_KEY_PATH", "~/.ssh/id_ed25519"),
        ("TOKEN_TYPE", "bearer"),
        ("SECRET_ID", "db-1"),
        ("KEYCLOAK_URL", "https://sso.example.com"),
        ("AUTHOR", "Kim"),
        ("AUTH_TYPE", "oauth"),
        ("PASSWORD_POLICY", "strict"),
        ("COOKIE_DOMAIN", "example.com"),
        ("KEY_ID", "k1"),
        ("PASSENGERS", "4"),
        ("COMPASS", "north"),
        ("BEARER_TOKEN_ENV_VAR", "GITHUB_TOKEN"),
    )
]

_NO_LITERALS: list[Case] = [
    _env(name, value, "")
    for name, value in (
        ("API_KEY", ""),
        ("API_KEY", "${API_KEY}"),
        ("API_KEY", "$API_KEY"),
        ("API_KEY", "${env:API_KEY}"),
        ("API_KEY", "${input:api-key}"),
        ("API_KEY", "${API_KEY:-default}"),
        ("API_KEY", "{env:API_KEY}"),
        ("API_KEY", "{file:~/.secrets/key}"),
        ("API_KEY", "%API_KEY%"),
        ("API_KEY", "{{ API_KEY }}"),
        ("API_KEY", "$env:API_KEY"),
        ("API_KEY", "op://vault/item/field"),
        ("API_KEY", "secret:0123456789abcdef"),
        ("API_KEY", "GITHUB_TOKEN"),
        ("API_KEY", "<your key>"),
        ("API_KEY", "<API_KEY>"),
        ("API_KEY", "YOUR_API_KEY"),
        ("API_KEY", "your-api-key-here"),
        ("API_KEY", "your_token_here"),
        ("API_KEY", "xxx"),
        ("API_KEY", "XXXXXXXX"),
        ("API_KEY", "changeme"),
        ("API_KEY", "change-me"),
        ("API_KEY", "****"),
        ("API_KEY", "..."),
        ("API_KEY", "sk-..."),
        ("API_KEY", "sk-xxxxxxxxxxxxxxxxxxxxxxxx"),
        ("API_KEY", "ghp_your_token_here_0123456789"),
        ("API_KEY", "replace-with-your-key"),
        ("API_KEY", "insert your key here"),
        ("API_KEY", "TODO"),
        ("API_KEY", "none"),
        ("API_KEY", "[API KEY]"),
        ("API_KEY", "api-key"),
        ("API_KEY", "placeholder"),
        ("PASSWORD", "true"),
        ("TOKEN", "/var/run/token"),
        ("TOKEN", "~/.config/token"),
        ("KEY", "https://example.com/jwks"),
        ("CREDENTIALS", "C:\\Users\\me\\creds.json"),
        ("CREDENTIALS", "./service-account.json"),
    )
]

_HARMLESS: list[Case] = [
    _header("Authorization", "Bearer ${TOKEN}", ""),
    _header("Authorization", "Bearer $TOKEN", ""),
    _header("Authorization", "Bearer {env:TOKEN}", ""),
    _header("Authorization", "Token token=$TOKEN", ""),
    _header("Authorization", "Basic $USER:$PASSWORD", ""),
    _url("https://$USER:$PASSWORD@host/"),
    _header("Authorization", "Bearer <token>", ""),
    _header("Authorization", "Bearer YOUR_TOKEN", ""),
    _header("Content-Type", "application/json", ""),
    _header("X-Request-Id", "123e4567-e89b-12d3-a456-426614174000", ""),
    _header("User-Agent", "aisync/1.0 (linux; x86_64)", ""),
    _header("X-MCP-Toolsets", "repos,issues,pull_requests,code_security,secret_protection", ""),
    _args("-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "/home/user/Documents/Projects"),
    _args("run", "-i", "--rm", "-e", "GITHUB_PERSONAL_ACCESS_TOKEN", "ghcr.io/github/github-mcp-server"),
    _args("--token-file", "/run/token"),
    _args("--api-key", "${API_KEY}"),
    _args("--api-key=${API_KEY}"),
    _args("--header", "Authorization:${AUTH_HEADER}"),
    _args("--header", "Authorization: Bearer ${TOKEN}"),
    _args("--max-tokens", "4000"),
    _args("--key", "<your key>"),
    _args("mcp/image@sha256:" + _HEX),
    _args("--browser-path", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    _args("--from", "git+https://github.com/oraios/serena@3f2b1a9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a", "serena"),
    _args("-m", "mcp_server_some_rather_long_module_name_v2"),
    _args("--model", "claude-3-5-sonnet-20241022"),
    _args("--model=gpt-4o-mini-2024-07-18", "--temperature", "0.1"),
    _args("/Users/kim/Library/Application Support/Claude/MyProject2024/Server1/index.js"),
    _args("--project-ref", "abcdefghijklmnopqrst"),
    _args("--no-auth", "--secret-manager", "gcp"),
    _url("https://mcp.example.com/v1/mcp"),
    _url("https://mcp.example.com/sse?client=cursor&version=2"),
    _url("https://mcp.example.com/mcp?apiKey=${API_KEY}"),
    _url("https://user@host.example.com/path"),
    _url("https://${USER}:${PASSWORD}@host/"),
    _url("http://localhost:8931/mcp"),
    _url("https://mcp.example.com/123e4567-e89b-12d3-a456-426614174000/mcp"),
    _url("https://api.githubcopilot.com/mcp/x/all/readonly"),
    _env("NODE_OPTIONS", "--max-old-space-size=4096", ""),
    _env("PATH", "/usr/local/bin:/usr/bin:/bin:/home/kim/.nvm/versions/node/v22.3.0/bin", ""),
    _env("DATABASE_URL", "postgresql://localhost:5432/app", ""),
    _env("DATABASE_URL", "postgresql://${DB_USER}:${DB_PASSWORD}@localhost/app", ""),
    _env("NOTION_DATABASE_ID", "123e4567-e89b-12d3-a456-426614174000", ""),
    _env("AWS_REGION", "eu-central-1", ""),
    _env("AWS_PROFILE", "my-company-production-admin-2", ""),
    _env("ALLOWED_TOOLS", "search,fetch,create_issue,update_issue,delete_issue", ""),
    _env("LOG_FORMAT", "%(asctime)s %(levelname)s %(message)s", ""),
    _env("MODEL", "anthropic/claude-sonnet-4-20250514", ""),
    _env("GREETING", "안녕하세요, 저는 도우미입니다", ""),
    _env("EMAIL", "kim.minsu+mcp@example.co.kr", ""),
    _env("USER_AGENT", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", ""),
    ({"only_tools": ["get_secret", "list_tokens", "create_api_key"], "command": "npx", "enabled": True}, ""),
    ({"hidden_tools": ["delete_everything"], "timeout_ms": 1000, "cwd": "/home/kim"}, ""),
]

SECRETS: list[Case] = [case for case in (*_NAMED, *_SHAPED, *_RANDOM, *_IN_PLACE) if case[1]]
HARMLESS: list[Case] = [
    *[case for case in _IN_PLACE if not case[1]],
    *_NAMES_OF_NO_SECRET,
    *_NO_LITERALS,
    *_HARMLESS,
]
