// Keeps the page in step with the virtual printer: a live socket says that something changed and how the printer is;
// the list of papers is fetched then. All words come from the page itself (data attributes).
const words = document.body.dataset;
const list = document.querySelector(".m-papers");
const empty = document.querySelector(".m-empty");
const state = document.querySelector(".m-state");
const stateWord = document.querySelector(".m-state__word");
const hanging = document.querySelector(".m-hanging");
const scriptList = document.querySelector(".m-script");
const scriptError = document.querySelector(".m-script-error");
const faults = [...document.querySelectorAll("[data-fault]")];

const paperWidth = Number(words.dots) < 480 ? "20rem" : "27rem";
document.body.style.setProperty("--paper", paperWidth);

function timeOf(instant) {
  return new Date(instant).toLocaleTimeString(words.lang, { hour12: false });
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

function paperItem(paper) {
  const time = timeOf(paper.at);
  const picture = document.createElement("img");
  picture.src = `/papers/${paper.id}.png`;
  picture.width = paper.dots;
  picture.height = paper.rows;
  picture.alt = words.alt.replace("{time}", time).replace("{id}", paper.id);
  const sheet = element("div", "m-paper__shade", element("div", "m-paper__sheet", picture));
  const item = element(
    "li",
    "m-paper is-new",
    sheet,
    element("p", "m-paper__label", [paper.id, time, ...paper.codes].join(" · ")),
  );
  item.dataset.id = paper.id;
  return item;
}

let newest = 0;
let isFetching = false;
let mustFetchAgain = false;

async function fetchPapers() {
  if (isFetching) {
    mustFetchAgain = true;
    return;
  }
  isFetching = true;
  try {
    const answer = await fetch("/papers");
    const { papers } = await answer.json();
    for (const paper of papers.filter((one) => one.id > newest).sort((a, b) => a.id - b.id)) {
      list.prepend(paperItem(paper));
      newest = paper.id;
    }
    const kept = new Set(papers.map((paper) => String(paper.id)));
    for (const item of [...list.children]) if (!kept.has(item.dataset.id)) item.remove();
    empty.hidden = papers.length > 0;
  } finally {
    isFetching = false;
  }
  if (mustFetchAgain) {
    mustFetchAgain = false;
    await fetchPapers();
  }
}

// A lamp says it by colour, shape and sign.
function lampsOf(frame) {
  const { faults } = frame;
  const paper = faults.near_end ? "warn" : "ok";
  return {
    paper: faults.paper_out ? "bad" : paper,
    cover: faults.cover_open ? "bad" : "ok",
    cutter: frame.has_cutter_error ? "bad" : "ok",
    heat: faults.overheated ? "warn" : "ok",
    line: frame.has_client ? "ok" : "off",
  };
}

const signs = { ok: "✓", warn: "!", bad: "×", off: "–" };

function showLamps(frame) {
  for (const [name, state] of Object.entries(lampsOf(frame))) {
    const lamp = document.querySelector(`[data-lamp="${name}"]`);
    lamp.dataset.is = state;
    lamp.querySelector(".m-lamp__sign").textContent = signs[state];
  }
}

function showFact(name, text) {
  const fact = document.querySelector(`[data-fact="${name}"]`);
  fact.textContent = text;
  fact.hidden = text === "";
}

function metres(mm) {
  return (mm / 1000).toLocaleString(words.lang, { maximumFractionDigits: 2 });
}

function showFacts(frame) {
  const number = (value) => value.toLocaleString(words.lang);
  showFact("client", frame.has_client ? words.client : words.noClient);
  showFact("count", words.count.replace("{count}", number(frame.cut)));
  showFact("bytes", words.bytes.replace("{count}", number(frame.received)));
  showFact("used", words.used.replace("{metres}", metres(frame.mm_used)));
  const left = frame.mm_left ?? null;
  showFact("left", left === null ? "" : words.left.replace("{metres}", metres(left)));
  const unknown = frame.unknown_commands;
  const lost = frame.bytes_lost;
  showFact("lost", lost > 0 ? words.lost.replace("{count}", number(lost)) : "");
  showFact("unknown", unknown > 0 ? words.unknown.replace("{count}", number(unknown)) : "");
}

function showScript(lines) {
  scriptList.replaceChildren(
    ...lines.map((line) => {
      const sign = element("span", "m-script__sign", line.has_fired ? words.fired : words.waits);
      const item = element("li", "", element("code", "", line.text), sign);
      item.classList.toggle("is-fired", line.has_fired);
      return item;
    }),
  );
}

let hangingRows = 0;
function showHanging(rows, cut) {
  if (rows === hangingRows) return;
  hangingRows = rows;
  hanging.hidden = rows === 0;
  if (rows > 0) hanging.querySelector("img").src = `/hanging.png?${cut}-${rows}`;
}

function show(frame) {
  const word = document.querySelector(`[data-state="${frame.state}"]`);
  stateWord.textContent = word ? word.textContent : frame.state;
  state.classList.toggle("is-warn", frame.state === "paper_near_end");
  state.classList.toggle("is-bad", !["ready", "paper_near_end"].includes(frame.state));
  showLamps(frame);
  showFacts(frame);
  showScript(frame.script);
  showHanging(frame.hanging_rows, frame.cut);
  for (const button of faults)
    button.setAttribute("aria-pressed", String(frame.faults[button.dataset.fault]));
  if (frame.cut !== newest) fetchPapers();
}

function showGone() {
  stateWord.textContent = words.gone;
  state.classList.add("is-bad");
}

async function post(target, body) {
  try {
    return await fetch(target, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    showGone();
    return undefined;
  }
}

for (const button of faults) {
  button.addEventListener("click", () => {
    post("/faults", { [button.dataset.fault]: button.getAttribute("aria-pressed") !== "true" });
  });
}
for (const button of document.querySelectorAll("[data-do]"))
  button.addEventListener("click", () => post("/do", { action: button.dataset.do }));
document.querySelector("[data-power]").addEventListener("click", () => post("/power-cycle", {}));
document.querySelector(".m-script-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await post("/script", { text: document.querySelector("#script").value });
  scriptError.textContent = answer?.status === 422 ? ((await answer.json()).error ?? "") : "";
});

let epoch = "";
function follow() {
  const socket = new WebSocket(`ws://${location.host}/live`);
  socket.addEventListener("message", (event) => {
    const frame = JSON.parse(event.data);
    if (epoch && epoch !== frame.epoch) location.reload(); // another printer now: its papers begin at 1 again
    epoch = frame.epoch;
    show(frame);
  });
  socket.addEventListener("close", () => {
    showGone();
    setTimeout(follow, 1000);
  });
}

fetchPapers();
follow();
