// A target value, as `to_json` writes it, drawn with every field that it has.
import { element } from "./dom.js";

const NOT_FIELDS = new Set(["kind", "raw", "parts", "ambiguities"]);
const COMPARATORS = { ">=": "≥", "<=": "≤" };

export function drawTarget(target, says, words) {
  return element(
    "div",
    { class: `target kind-${target.kind}` },
    element("span", { class: "raw", lang: "zh" }, target.raw || "—"),
    element(
      "dl",
      { class: "fields" },
      element(
        "div",
        { class: "field kind" },
        element("dd", {}, words.kinds[target.kind] ?? target.kind),
      ),
      Object.keys(target)
        .filter((key) => !NOT_FIELDS.has(key))
        .map((key) => drawField(key, target[key], words)),
    ),
    target.ambiguities?.length ? drawAmbiguities(target.ambiguities, says) : null,
    target.parts ? drawParts(target.parts, says, words) : null,
  );
}

function drawField(key, value, words) {
  const shown = key === "comparator" ? (COMPARATORS[value] ?? value) : value;
  return element(
    "div",
    { class: "field", "data-field": key },
    element("dt", {}, words.fields[key] ?? key),
    element("dd", { lang: "zh" }, String(shown)),
  );
}

function drawAmbiguities(ambiguities, says) {
  return element(
    "ul",
    { class: "ambiguities" },
    ambiguities.map((one) => element("li", {}, says[one] ?? one)),
  );
}

function drawParts(parts, says, words) {
  return element(
    "ol",
    { class: "parts" },
    parts.map((part) => element("li", {}, drawTarget(part, says, words))),
  );
}
