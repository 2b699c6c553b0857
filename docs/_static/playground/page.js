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
  progress: { done: 0, all: 0 }, // bytes
  loading: false, // Python has started, perfgoals not yet
  ready: null, // the versions, once it has
  failure: null,
  busy: false, // a cell is being read
  stale: false, // and is no longer the one to read
  result: null,
  count: 0, // cells read; the first builds the grammars, so its time says little
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
const amount = element("span", { class: "note amount" }); // changes too often to be read out
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
  progress: (message) => (state.progress = message),
  loading: () => (state.loading = true),
  ready: (message) => (state.ready = message),
  failed(message) {
    state.busy = false;
    state.failure = message.reason;
    if (state.stale) read();
  },
  result(message) {
    state.busy = false;
    state.failure = null;
    state.result = message;
    state.count += 1;
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
    element("div", { class: "toolbar" }, status, amount, bar, note, drawCopyLink()),
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
  const { done, all } = state.progress;
  // Once all is there, how far Python has got is not known: the bar only moves.
  if (all && done >= all) bar.removeAttribute("value");
  else bar.value = done / (all || 1);
  amount.textContent = amountText();
}

function statusText() {
  if (state.failure !== null) return words().failed(state.failure);
  if (state.ready === null) return startText();
  if (state.result === null) return words().building;
  if (state.busy) return words().reading;
  return words().summary(items().length, state.result.findings.length);
}

function startText() {
  const { done, all } = state.progress;
  if (state.loading) return words().loading;
  return all && done >= all ? words().starting : words().downloading;
}

// How much has come of what is to come; later, how long it took to read the cell.
function amountText() {
  const { done, all } = state.progress;
  if (state.failure !== null) return "";
  if (state.ready === null) return all ? words().amount(megabytes(done), megabytes(all)) : "";
  if (state.busy || state.count < 2) return "";
  return words().took(Math.max(1, Math.round(state.result.milliseconds)));
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
  const { findings, json } = state.result;
  const open = results.querySelector("details")?.open ?? false;
  const shown = items();
  const nodes = [
    heading(words().indicators, shown.length),
    drawIndicators(shown, state.result, words()),
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
