// The cell and the language in the fragment of the address, which is sent to no server.

const LONGEST = 8000; // characters; longer addresses are cut by programs on their way

export function readLink() {
  const fields = new URLSearchParams(location.hash.slice(1));
  return { text: fields.get("cell"), language: fields.get("lang") };
}

// Whether the address now leads to this cell; a text that is too long does not fit.
export function writeLink(text, language) {
  const fits = text.length <= LONGEST;
  const fields = new URLSearchParams(fits ? { lang: language, cell: text } : {});
  const fragment = fits ? `#${fields}` : "";
  history.replaceState(history.state, "", location.pathname + location.search + fragment);
  return fits;
}
