let words = {};
let spoken = "en";
const standing = [];

/** Take the translations of the page's own words, by their English, and remember where those stand in the document.
 * @param {Record<string, Record<string, string>>} known */
export function learn(known) {
  words = known;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, english = node.nodeValue, key = english.trim();
    if (key in words) standing.push(() => { node.nodeValue = english.replace(key, say(key)); });
  }
  for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
    for (const name of ["aria-label", "placeholder", "title"]) {
      const key = element.getAttribute(name);
      if (key in words) standing.push(() => element.setAttribute(name, say(key)));
    }
  }
}

/** Say a text in the language spoken; `{name}` in it stands for `values.name`.
 * @param {string} text @param {Record<string, string | number>} values */
export const say = (text, values = {}) =>
  (words[text]?.[spoken] ?? text).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** Speak another language from now on; true where it is another one.
 * @param {string} language */
export function speak(language) {
  if (language === spoken) return false;
  spoken = language;
  document.documentElement.lang = language;
  for (const restate of standing) restate();
  return true;
}

/** @returns {string} the language spoken: en, fr or es */
export const language = () => spoken;
