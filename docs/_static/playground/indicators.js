// The table of the indicators of a cell; on a narrow screen each row becomes a card.
import { element } from "./dom.js";
import { drawTarget } from "./targets.js";

const SHOWN = 200; // rows; a page of thousands would be slow to draw and no joy to read

// `says` has the names of ambiguities and concepts in the language of the page.
export function drawIndicators(items, says, words) {
  if (!items.length) return [element("p", { class: "none" }, words.noIndicators)];
  const rows = items.slice(0, SHOWN).map((item) => drawRow(item, says, words));
  const head = Object.values(words.columns).map((name) =>
    element("th", { scope: "col", role: "columnheader" }, name),
  );
  // The roles keep it a table for those who listen, where the style makes it cards.
  const table = element(
    "table",
    { class: "indicators", role: "table", "aria-label": words.indicators },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, head)),
    element("tbody", { role: "rowgroup" }, rows),
  );
  const rest = items.length - rows.length;
  return [table, rest ? element("p", { class: "more" }, words.more(rest)) : null];
}

function drawRow(item, says, words) {
  const cells = {
    ordinal: String(item.ordinal ?? ""),
    level: drawPlace(item.level, says.concepts),
    category: drawPlace(item.category, says.concepts),
    name: [item.name, item.core ? drawStar(words) : null],
    period: drawTarget(item.period, says.ambiguities, words),
    annual: drawTarget(item.annual, says.ambiguities, words),
  };
  return element(
    "tr",
    { role: "row" },
    Object.entries(cells).map(([key, content]) =>
      element(
        "td",
        { class: key, role: "cell", "data-label": words.columns[key] },
        content,
      ),
    ),
  );
}

function drawStar(words) {
  return element("span", { class: "core", role: "img", "aria-label": words.core }, "★");
}

// A level or category as printed, and what it stands for if that is another name.
function drawPlace(place, concepts) {
  if (!place) return "—";
  const printed = place.code ? `${place.code}-${place.name}` : place.name;
  const concept = concepts[place.concept] ?? place.name;
  return [
    element("span", { lang: "zh" }, printed),
    concept !== place.name ? element("span", { class: "concept" }, concept) : null,
  ];
}
