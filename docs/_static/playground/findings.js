// What is wrong with a cell: each finding with its line, and carets that stand right.
import { element } from "./dom.js";

const SHOWN = 100;

// `show` is called with a finding whose characters are to be selected in the cell.
export function drawFindings(findings, catalogue, words, show) {
  if (!findings.length) return [element("p", { class: "none" }, words.noFindings)];
  const items = findings.slice(0, SHOWN).map((finding) =>
    element(
      "li",
      { class: `finding ${finding.severity}`, "data-code": finding.code },
      drawHeading(finding, catalogue, words),
      finding.line ? drawExcerpt(finding, words) : null,
      drawFoot(finding, words, show),
    ),
  );
  const rest = findings.length - items.length;
  return [
    element("ol", { class: "findings" }, items),
    rest ? element("p", { class: "more" }, words.more(rest)) : null,
  ];
}

function drawHeading(finding, catalogue, words) {
  const anchor = `${catalogue}#${finding.code.toLowerCase()}`;
  return element(
    "p",
    { class: "heading" },
    element("span", { class: "severity" }, words.severities[finding.severity]),
    " ",
    element("a", { href: anchor }, finding.code),
    " ",
    element("span", { class: "message" }, finding.message),
    " ",
    element("span", { class: "position" }, words.character(finding.start + 1)),
  );
}

function drawFoot(finding, words, show) {
  const onclick = () => show(finding);
  return element(
    "div",
    { class: "foot" },
    finding.hint ? element("p", { class: "hint" }, finding.hint) : null,
    finding.line
      ? element("button", { type: "button", class: "show", onclick }, words.show)
      : null,
  );
}

// The two lines of the terminal. Each character that is not ASCII gets the width of
// its columns, so that the carets stand right in any font.
function drawExcerpt(finding, words) {
  const marked = finding.pieces.filter(([, , mark]) => mark).map(([text]) => text);
  const label = words.excerpt(finding.line, marked.join(""));
  return element(
    "pre",
    { class: "excerpt", tabindex: "0", role: "img", "aria-label": label },
    element("span", { class: "line", lang: "zh" }, finding.pieces.map(drawPiece)),
    "\n",
    element("span", { class: "carets" }, finding.carets),
  );
}

function drawPiece([text, columns, marked]) {
  const ascii = /^[\x20-\x7e]*$/.test(text);
  const width = ascii ? "" : columns > 1 ? "wide" : "narrow";
  return element(marked ? "mark" : "span", { class: width || null }, text);
}

// Move each excerpt that is wider than the screen to its mark.
export function scrollToMarks(findings) {
  for (const excerpt of findings.querySelectorAll(".excerpt")) {
    const mark = excerpt.querySelector("mark");
    const hidden = mark && mark.offsetLeft + 4 * mark.offsetHeight > excerpt.clientWidth;
    if (hidden) excerpt.scrollLeft = mark.offsetLeft - 3 * mark.offsetHeight;
  }
}

// The finding's characters as a [start, end] of a JavaScript string, which counts a
// character beyond U+FFFF as two.
export function inUnits(text, start, end) {
  const characters = Array.from(text);
  const before = characters.slice(0, start).join("").length;
  return [before, before + characters.slice(start, end).join("").length];
}
