// Prints what recheck says about each pattern of a JSON file: [{name, source}, …].
const { readFileSync } = require("node:fs");
const { checkSync } = require("recheck");

const TIMEOUT = 6000; // ms; a pattern that looks ahead takes what it gets

const patterns = JSON.parse(readFileSync(process.argv[2], "utf8"));
const results = patterns.map(({ name, source }) => {
  const { status, attack } = checkSync(source, "s", { timeout: TIMEOUT });
  return { name, status, pumps: attack?.pumps ?? [], suffix: attack?.suffix ?? "" };
});
console.log(JSON.stringify(results));
