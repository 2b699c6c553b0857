// The playground: a cell on the one side, what perfgoals reads in it on the other.
import { element } from "./dom.js";
import { EXAMPLES } from "./examples.js";
import { drawFindings, inUnits, scrollToMarks } from "./findings.js";
import { drawIndicators } from "./indicators.js";
import { readLink, writeLink } from "./link.js";
import { LANGUAGES, WORDS } from "./words.js";

const PAUSE = 150; // ms without a keystroke after which the cell is read
const place = document.getElementById("perfgoals-playground");
const linked = readLink();
const ofPage = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });

const state = {
  language: Object.hasOwn(LANGUAGES, linked.language) ? linked.language : ofPage,
  loading: null, // the last message about it, until Python is ready
  ready: null, // the versions, once it is
  failure: null,
  busy: false, // a cell is being read
  stale: false, // and is no longer the one to read
  result: null,
};
const words = () => WORDS[state.language];

const cell = element("textarea", {
  id: "playground-cell",
  rows: "5",
  spellcheck: "false",
  autocomplete: "off",
  lang: "zh",
});
const status = element("p", { class: "status", role: "status", "aria-live": "polite" });
const bar = element("progress", { max: "1", value: "0", "aria-hidden": "true" });
const results = element("div", { class: "results" });
const note = element("span", { class: "note", role: "status", "aria-live": "polite" });

cell.value = linked.text ?? EXAMPLES[1].cell;
draw();
read();

// --- from the page to the worker ---------------------------------------------------

let timer;
cell.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(read, PAUSE);
});
window.addEventListener("hashchange", () => {
  const { text, language } = readLink();
  if (text === null) return; // a heading of the page
  cell.value = text;
  if (Object.hasOwn(LANGUAGES, language)) state.language = language;
  draw();
  read();
});

// One cell is read at a time; of those that come meanwhile, only the last.
function read() {
  if (location.hash || cell.value !== EXAMPLES[1].cell || state.language !== ofPage) {
    writeLink(cell.value, state.language);
  }
  state.stale = state.busy;
  if (state.busy) return;
  state.busy = true;
  worker.postMessage({ text: cell.value, language: state.language });
  drawStatus();
}

// --- and back ----------------------------------------------------------------------

const HEARD = {
  progress: (message) => (state.loading = message),
  stage: (message) => (state.loading = message),
  ready: (message) => (state.ready = message),
  failed: (message) => (state.failure = message.reason),
  result(message) {
    state.busy = false;
    state.result = message;
    if (state.stale) read();
    else drawResults();
  },
};
worker.onmessage = ({ data }) => {
  HEARD[data.type](data);
  drawStatus();
};
worker.onerror = (event) => {
  state.failure = event.message || "worker.js";
  drawStatus();
};

// --- drawing -----------------------------------------------------------------------

function draw() {
  cell.placeholder = words().placeholder;
  place.replaceChildren(
    element(
      "div",
      { class: "toolbar" },
      drawExamples(),
      element("div", { class: "spring" }),
      drawLanguages(),
    ),
    element("label", { for: cell.id }, words().cell),
    cell,
    element("div", { class: "toolbar" }, status, bar, note, drawCopyLink()),
    results,
  );
  drawStatus();
  drawResults();
}

function drawExamples() {
  const buttons = EXAMPLES.map((example) =>
    element(
      "button",
      {
        type: "button",
        "data-example": example.id,
        onclick() {
          cell.value = example.cell;
          read();
        },
      },
      example[state.language],
    ),
  );
  return element(
    "div",
    { class: "group", role: "group", "aria-label": words().examples },
    element("span", { class: "caption", "aria-hidden": "true" }, words().examples),
    buttons,
  );
}

function drawLanguages() {
  const buttons = Object.entries(LANGUAGES).map(([language, name]) =>
    element(
      "button",
      {
        type: "button",
        lang: language,
        "data-language": language,
        "aria-pressed": String(language === state.language),
        onclick() {
          state.language = language;
          draw();
          read();
          place.querySelector(`[data-language="${language}"]`).focus();
        },
      },
      name,
    ),
  );
  return element(
    "div",
    { class: "group", role: "group", "aria-label": words().language },
    element("span", { class: "caption", "aria-hidden": "true" }, words().language),
    buttons,
  );
}

function drawCopyLink() {
  const onclick = () => {
    if (writeLink(cell.value, state.language)) {
      copy(location.href, words().linkCopied, words().linkInAddress);
    } else note.textContent = words().linkTooLong;
  };
  return element("button", { type: "button", class: "copy-link", onclick }, words().copyLink);
}

// The clipboard is there only where the browser trusts the page.
async function copy(text, done, otherwise) {
  try {
    await navigator.clipboard.writeText(text);
    note.textContent = done;
  } catch {
    note.textContent = otherwise;
  }
}

function drawStatus() {
  const text = statusText();
  // Setting the same text again would be read out again.
  if (status.textContent !== text) status.textContent = text;
  status.classList.toggle("failure", state.failure !== null);
  place.setAttribute("aria-busy", String(state.busy && state.failure === null));
  bar.hidden = state.ready !== null || state.failure !== null;
  const { done = 0, all = 1 } = state.loading ?? {};
  if (state.loading?.type !== "stage") bar.value = done / all;
  else bar.value = 1;
}

function statusText() {
  if (state.failure !== null) return words().failed(state.failure);
  if (state.ready === null) return loadingText();
  if (state.result === null || state.busy) return words().reading;
  const { findings, milliseconds } = state.result;
  const count = items().length;
  return words().summary(count, findings.length, Math.max(1, Math.round(milliseconds)));
}

function loadingText() {
  if (state.loading?.type === "stage") return words()[state.loading.stage];
  const { done = 0, all = 0 } = state.loading ?? {};
  if (all && done >= all) return words().starting;
  return words().downloading(megabytes(done), all ? megabytes(all) : "…");
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}

function items() {
  return JSON.parse(state.result.json).items ?? [];
}

function drawResults() {
  if (state.result === null) {
    results.replaceChildren(element("p", { class: "none" }, words().waiting));
    return;
  }
  const { findings, ambiguities, json } = state.result;
  const open = results.querySelector("details")?.open ?? false;
  const shown = items();
  const nodes = [
    heading(words().indicators, shown.length),
    drawIndicators(shown, ambiguities, words()),
    heading(words().findings, findings.length),
    drawFindings(findings, place.dataset.catalogue, words(), show),
    drawJson(json, open),
    drawVersions(),
  ];
  results.lang = state.result.language;
  results.replaceChildren(...nodes.flat().filter((node) => node !== null));
  scrollToMarks(results);
}

function heading(text, count) {
  return element("h2", {}, text, " ", element("span", { class: "count" }, String(count)));
}

function drawJson(json, open) {
  const onclick = () => copy(json, words().jsonCopied, words().notCopied);
  return element(
    "details",
    { class: "json", open },
    element("summary", {}, words().json),
    element("button", { type: "button", onclick }, words().copyJson),
    element("pre", { tabindex: "0", "aria-label": words().json }, json),
  );
}

function drawVersions() {
  const { perfgoals, python, pyodide } = state.ready;
  return element(
    "p",
    { class: "versions" },
    words().runsOn(perfgoals, python, pyodide),
  );
}

function show({ start, end }) {
  cell.focus();
  cell.setSelectionRange(...inUnits(cell.value, start, end));
}
