"""Secrets in the commands that clients write down as rules."""

import pytest

from aisync_desktop.sync.looking.permission_secrets import DOTS, rule_shown

GIVEN = "S3cretPassw0rd"


@pytest.mark.parametrize(
    "rule",
    [
        f"Bash(curl -u admin:{GIVEN}:*)",
        f"Bash(curl --user admin:{GIVEN} https://x)",
        f"Bash(http -a u:{GIVEN} x)",
        f"Bash(mysql -u root -p{GIVEN}:*)",
        f"Bash(/usr/bin/sshpass -p {GIVEN} ssh:*)",
        f"Bash(redis-cli -a {GIVEN}:*)",
        f"Bash(docker login -u me -p {GIVEN})",
        f"Bash(openssl enc -k {GIVEN})",
        f"Bash(aws configure set aws_secret_access_key {GIVEN})",
        f"Bash(npm config set //r/:_authToken {GIVEN})",
        f"Bash(DB_PASSWORD='{GIVEN} two' make)",
        f'Bash(curl -d {{"password": "{GIVEN}"}} https://x)',
        f"Bash(tool --token {GIVEN})",
        "Bash(git push https://u:" + GIVEN + "@host/r)",
        f"Bash(tool --password='{GIVEN} two')",
        f"Bash(echo {GIVEN} | sudo -S ls)",
        f"Bash(printf '%s' '{GIVEN}' | sudo -kS apt update)",
        f"Bash(echo {GIVEN} | docker login -u me --password-stdin)",
        f"Bash(sudo -S ls <<< {GIVEN})",
        f"Bash(gh secret set TOKEN --body {GIVEN})",
        f"Bash(echo {GIVEN} | gh auth login --with-token)",
        f"Bash(fly secrets set -b={GIVEN})",
        f"Bash(gh secret set T -b{GIVEN})",
        f'Bash(gh secret set T --body "a long {GIVEN} of mine")',
        f"Bash(echo {GIVEN}|sudo --stdin ls)",
        f"Bash(echo {GIVEN} | passwd --stdin bob)",
        f"Bash(echo {GIVEN} | vercel env add TOKEN)",
        f"Bash(curl -H 'X-Api-Key: {GIVEN}' https://x)",
    ],
)
def test_a_credential_is_known_by_where_it_stands(rule: str) -> None:
    assert GIVEN not in rule_shown(rule)
    assert DOTS in rule_shown(rule) or "***" in rule_shown(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "Bash(npm run test:*)",
        "Bash(git push origin main)",
        "Bash(docker compose -f x.yml up)",
        "Bash(mkdir -p src/a)",
        "Bash(cp -a one two)",
        "Bash(curl https://example.com/install.sh)",
        "Read(**/.env)",
        "mcp__github__get_issue",
        'prefix_rule(pattern=["git", "push"], decision="forbidden")',
        "WebFetch(domain:example.com)",
        "Bash(kubectl get secret my-secret)",
        "Bash(echo done | tee log.txt)",
        "Bash(gh pr comment --body fine)",
        "Bash(sudo ls)",
    ],
)
def test_a_plain_rule_is_shown_as_it_is(rule: str) -> None:
    assert DOTS not in rule_shown(rule)


@pytest.mark.parametrize(
    "filling", [" ", "echo ", "echo a | ", "sudo -", "secret set ", "<<< ", "a=' ", "a", "sudo -a ", "|"]
)
def test_no_text_takes_long_to_look_through(filling: str) -> None:
    """A look that goes back and forth would not end within the suite's limit for one test."""
    assert rule_shown(f"Bash(echo {filling * 4000})")
