"use strict";
(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const KEY = "aisync-token";
  const AGAIN_MS = 3000;
  const SIGNS = { "in-step": "ok", syncing: "ok", decision: "wait", pending: "wait", held: "wait", error: "bad", unreadable: "bad" };
  const id = (name) => document.getElementById(name);
  let mayAnswer = false;
  let reader = null;
  let wanted = new Set();
  let busy = false;

  // What others wrote only ever becomes text: nothing here makes HTML of it.
  const make = (tag, kind, text) => {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const said = (template, values) =>
    template.replace(/\{(\w+)(?::([^}|]*)\|([^}]*))?\}/g, (_all, name, one, more) =>
      one === undefined ? String(values[name]) : Number(values[name]) === 1 ? one : more);

  class Refused extends Error {
    constructor(status, message) { super(message); this.status = status; }
  }

  const call = async (method, path, body) => {
    const headers = { Authorization: `Bearer ${sessionStorage.getItem(KEY)}`, "Accept-Language": document.documentElement.lang };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const answer = await fetch(`/api/v1${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    if (answer.ok) return answer;
    const told = await answer.json().catch(() => ({}));
    const problem = told.problem;
    throw new Refused(answer.status, problem ? `${problem.message.text} ${problem.next_step.text}` : told.detail || String(answer.status));
  };

  const notice = (text) => {
    id("notice").textContent = text;
    id("notice").hidden = !text;
  };

  const failed = (error) => {
    if (error instanceof Refused && error.status === 401) {
      sessionStorage.removeItem(KEY);
      id("page").hidden = true;
      notice(words.closed);
      return false;
    }
    notice(error instanceof Refused ? error.message : words.lost);
    return true;
  };

  const fill = (list, rows, empty) => list.replaceChildren(...(rows.length ? rows : [row(make("span", "quiet", empty))]));
  const row = (...parts) => { const made = make("li"); made.append(...parts); return made; };

  const time = (at) => {
    const moment = new Date(at);
    const today = moment.toDateString() === new Date().toDateString();
    const how = today ? { hour: "2-digit", minute: "2-digit" } : { month: "short", day: "numeric" };
    const made = make("time", "quiet", moment.toLocaleString(document.documentElement.lang, how));
    made.dateTime = at;
    return made;
  };

  const showStatus = (status) => {
    id("headline").textContent = status.headline.text;
    id("line").textContent = status.line ? status.line.text : "";
    id("sign").className = `sign ${SIGNS[status.health] || "idle"}`;
    document.title = `${status.headline.text} - AISync`;
    const here = status.clients.filter((client) => client.state !== "absent");
    fill(id("clients"), here.map((client) => {
      const tone = SIGNS[client.state] || "idle";
      const word = client.state === "paused" && status.pause ? status.pause.text : words.states[client.state] || client.state;
      const name = make("span", "grow", client.name);
      return row(make("span", `sign ${tone}`), name, make("span", `quiet ${tone}-text`, word),
        make("span", "quiet", said(words.items, { count: client.items })));
    }), words.none);
    const problems = status.problems || [];
    id("problems-section").hidden = !problems.length;
    fill(id("problems"), problems.map((problem) => {
      const about = make("div", "grow");
      about.append(make("div", "", problem.title.text), make("div", "quiet", `${problem.message.text} ${problem.next_step.text}`),
        make("div", "quiet", problem.path));
      return row(make("span", "sign bad"), about);
    }), "");
  };

  const showQuestions = (questions) => {
    id("badge").textContent = questions.length ? String(questions.length) : "";
    id("badge").hidden = !questions.length;
    fill(id("questions"), questions.map(question), words.nothing);
  };

  const question = (asked) => {
    const about = make("div", "grow");
    about.append(make("div", "", asked.summary.text));
    if (asked.note) about.append(make("div", "quiet", asked.note.text));
    for (const side of asked.sides) about.append(sideOf(asked, side));
    if (mayAnswer && !asked.labels.allow) {
      const answers = make("div", "answers");
      for (const choice of asked.choices) {
        if (choice === "merged" && !asked.merged) continue; // where all clashes, nothing is left of it
        const button = make("button", "", asked.labels[choice].text);
        button.type = "button";
        button.addEventListener("click", () => answer(asked, choice, answers));
        answers.append(button);
      }
      about.append(answers);
    } else {
      about.append(make("div", "quiet", words.window));
    }
    const made = row(make("span", "sign wait"), about);
    made.dataset.question = asked.id;
    return made;
  };

  const sideOf = (asked, side) => {
    const made = make("div", "side");
    made.append(make("div", "quiet", side.path ? `${side.name} · ${side.path}` : side.name));
    const lines = asked.differences.map((one) => `${one.field}: ${one.sides[side.take] ?? "-"}`).concat(side.lines, side.examples);
    if (lines.length) made.append(make("code", "", lines.join("\n")));
    return made;
  };

  const answer = async (asked, take, answers) => {
    for (const button of answers.children) button.disabled = true;
    try {
      await call("POST", `/decisions/${encodeURIComponent(asked.id)}`, { take, revision: asked.revision });
      notice("");
    } catch (error) {
      failed(error);
    }
    await refresh("status", "questions", "changes");
  };

  const showChanges = (changes) => fill(id("changes"), changes.map((change) => {
    const about = make("div", "grow");
    const names = change.items.map((item) => said(words[item.change] || "{name}", { name: item.name }));
    about.append(make("div", "", names.slice(0, 3).join(", ") || words.files),
      make("div", "quiet", said(words.written, { count: change.files.length })));
    return row(about, time(change.at));
  }), words.unchanged);

  const READS = {
    status: async () => showStatus(await (await call("GET", "/sync/status")).json()),
    questions: async () => showQuestions((await (await call("GET", "/decisions")).json()).decisions),
    changes: async () => showChanges((await (await call("GET", "/changes?limit=8")).json()).changes),
  };

  // One look after another, and what is wanted meanwhile is looked up once.
  const refresh = async (...names) => {
    names.forEach((name) => wanted.add(name));
    if (busy) return;
    busy = true;
    try {
      while (wanted.size) {
        const [name] = wanted;
        wanted.delete(name);
        await READS[name]();
      }
    } catch (error) {
      wanted = new Set();
      failed(error);
    } finally {
      busy = false;
    }
  };

  const events = async () => {
    const answered = await call("GET", "/events");
    notice("");
    await refresh("status", "questions", "changes");
    reader = answered.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const parts = (rest + value).split("\n\n");
      rest = parts.pop();
      if (parts.some((part) => /^(data|event):/m.test(part))) refresh("status", "questions", "changes");
    }
  };

  const follow = async () => {
    for (;;) {
      try {
        await events();
        notice(words.lost);
      } catch (error) {
        if (!failed(error)) return;
      }
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  };

  const enter = async () => {
    const ticket = new URLSearchParams(location.hash.slice(1)).get("ticket");
    history.replaceState(null, "", "/");
    if (ticket) {
      sessionStorage.setItem(KEY, ticket);
      const given = await (await call("POST", "/auth/ticket")).json();
      sessionStorage.setItem(KEY, given.access_token);
      sessionStorage.setItem(`${KEY}-scope`, given.scope);
    }
    if (!sessionStorage.getItem(KEY)) throw new Refused(401, "");
    mayAnswer = (sessionStorage.getItem(`${KEY}-scope`) || "").split(" ").includes("person");
  };

  for (const [place, text] of Object.entries(words.places)) id(place).textContent = text;
  id("sync").addEventListener("click", async () => {
    id("sync").disabled = true;
    await call("POST", "/sync/trigger").catch(failed);
    id("sync").disabled = false;
  });
  enter().then(() => { id("page").hidden = false; return follow(); }, failed);
})();
