// Asks the policy engine of Gemini CLI itself, which it exports from its bundle: policy.mjs BUNDLE ASKED ANSWERED.
// Each line of ASKED is {"rules": TOML, "calls": [[name, arguments, server], ...]}; each line of ANSWERED has the
// decisions, whether a rule of the user made them, and the client's complaints about the file.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [bundle, asked, answered] = process.argv.slice(2);
const engine = fs.readdirSync(bundle).find((name) => {
  if (!name.startsWith('chunk-')) return false;
  const text = fs.readFileSync(path.join(bundle, name), 'utf8');
  return text.includes('var PolicyEngine = class') && /^ {2}loadPoliciesFromToml,$/m.test(text);
});
const { PolicyEngine, loadPoliciesFromToml } = await import(pathToFileURL(path.join(bundle, engine)));
const shipped = path.join(bundle, 'policies');
const USER = 4;
const DEFAULT = 1;

for (const line of fs.readFileSync(asked, 'utf8').trim().split('\n')) {
  const { rules, calls } = JSON.parse(line);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policies-'));
  fs.writeFileSync(path.join(folder, 'rules.toml'), rules);
  const loaded = await loadPoliciesFromToml([shipped, folder], (one) => (one === folder ? USER : DEFAULT));
  fs.rmSync(folder, { recursive: true });
  const policy = new PolicyEngine({ rules: loaded.rules, checkers: [], approvalMode: 'default', nonInteractive: false });
  const answers = [];
  for (const [name, args, server] of calls) {
    const { decision, rule } = await policy.check({ name, args }, server ?? undefined);
    answers.push([decision, rule?.source?.startsWith('User') ?? false]);
  }
  const errors = loaded.errors.filter((error) => error.severity !== 'warning').map((error) => error.errorType);
  fs.appendFileSync(answered, JSON.stringify({ answers, errors }) + '\n');
}
