// Python and perfgoals, away from the page, so that the page never waits for them.
import { loadPyodide } from "./runtime/pyodide.mjs";

const runtime = new URL("runtime/", import.meta.url);
const fetchPlainly = self.fetch.bind(self);
let report;

// How much has been downloaded, of all that the manifest lists.
const progress = { done: 0, all: 0 };

// Everything is fetched through here, by Pyodide too: bytes are counted as they come.
self.fetch = async (resource, options) => {
  const response = await fetchPlainly(resource, options);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return new Response(response.body.pipeThrough(counter()), {
    headers: response.headers,
  });
};

function counter() {
  return new TransformStream({
    transform(chunk, controller) {
      progress.done += chunk.byteLength;
      self.postMessage({ type: "progress", ...progress });
      controller.enqueue(chunk);
    },
  });
}

async function start() {
  const manifest = await (await fetchPlainly(new URL("manifest.json", runtime))).json();
  // The browser loads modules by itself, where nothing can be counted.
  progress.all = Object.entries(manifest.sizes)
    .filter(([name]) => !name.endsWith(".mjs"))
    .reduce((sum, [, size]) => sum + size, 0);

  const wheels = manifest.wheels.map(async (name) =>
    (await fetch(new URL(name, runtime))).arrayBuffer(),
  );
  const source = fetchPlainly(new URL("report.py", import.meta.url));
  const pyodide = await loadPyodide({ indexURL: runtime.href });
  self.postMessage({ type: "loading" });
  for (const wheel of wheels) pyodide.unpackArchive(await wheel, "wheel");
  pyodide.runPython(await (await source).text());
  report = pyodide.globals.get("report");
  self.postMessage({ type: "ready", ...versions(pyodide), pyodide: manifest.pyodide });
}

function versions(pyodide) {
  const [perfgoals, python] = pyodide
    .runPython("import platform; f'{pg.__version__} {platform.python_version()}'")
    .split(" ");
  return { perfgoals, python };
}

self.onmessage = async ({ data: { text, language } }) => {
  try {
    await started;
    const begin = performance.now();
    const result = JSON.parse(report(text, language));
    const milliseconds = performance.now() - begin;
    self.postMessage({ type: "result", language, milliseconds, ...result });
  } catch (error) {
    self.postMessage({ type: "failed", reason: String(error) });
  }
};

const started = start();
started.catch((error) => self.postMessage({ type: "failed", reason: String(error) }));
