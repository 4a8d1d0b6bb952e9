// Keeps the page in step with the virtual printer: a live socket says that something changed and how the printer is;
// the list of papers is fetched then. All words come from the page itself (data attributes).
const words = document.body.dataset;
const list = document.querySelector(".m-papers");
const empty = document.querySelector(".m-empty");
const state = document.querySelector(".m-state");
const stateWord = document.querySelector(".m-state__word");
const client = document.querySelector(".m-facts__client");
const count = document.querySelector(".m-facts__count");
const faults = [...document.querySelectorAll("[data-fault]")];

const paperWidth = Number(words.dots) < 480 ? "20rem" : "27rem";
list.style.setProperty("--paper", paperWidth);

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
    element("p", "m-paper__label", `${paper.id} · ${time}`),
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

function show(frame) {
  const word = document.querySelector(`[data-state="${frame.state}"]`);
  stateWord.textContent = word ? word.textContent : frame.state;
  state.classList.toggle("is-warn", frame.state === "paper_near_end");
  state.classList.toggle("is-bad", !["ready", "paper_near_end"].includes(frame.state));
  client.textContent = frame.has_client ? words.client : words.noClient;
  count.textContent = words.count.replace("{count}", frame.cut);
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
    await fetch(target, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    showGone();
  }
}

for (const button of faults) {
  button.addEventListener("click", () => {
    post("/faults", { [button.dataset.fault]: button.getAttribute("aria-pressed") !== "true" });
  });
}
document.querySelector("[data-power]").addEventListener("click", () => post("/power-cycle", {}));

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
