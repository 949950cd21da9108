const wait = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/* A page on a busy machine takes its time: up to a minute. */
async function until(find, attempts = 1200) {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = find();
    if (found) return found;
    await wait(50);
  }
  throw new Error("not found");
}

function type(field, text) {
  field.focus();
  field.value = text;
  field.dispatchEvent(new field.ownerDocument.defaultView.Event("input", { bubbles: true }));
}

/** Write a plain sentence into the message box of a page of SimCord's, ready to be sent.
 * @param {HTMLIFrameElement} frame @param {string} sentence */
export async function writeSentence(frame, sentence) {
  await until(() => frame.contentWindow.simcordPreview?.ready);
  frame.contentDocument.querySelector(".command-context-close")?.click();
  type(await until(() => frame.contentDocument.getElementById("channel-composer-input")), sentence);
}

/** Write a slash command into the message box of a page of SimCord's, ready to be sent.
 * @param {HTMLIFrameElement} frame @param {string} command @param {Record<string, string>} options */
export async function write(frame, command, options) {
  const page = () => frame.contentDocument;
  await until(() => frame.contentWindow.simcordPreview?.ready);
  page().querySelector(".command-context-close")?.click();
  const input = await until(() => page().getElementById("channel-composer-input"));
  type(input, `/${command}`);
  const entry = await until(() => [...page().querySelectorAll(".command-entry")]
    .find((item) => item.querySelector("strong")?.textContent === `/${command}`));
  entry.click();
  const chip = await until(() => page().querySelector(".command-chip"));
  if (!Object.keys(options).length) chip.focus();
  for (const [name, value] of Object.entries(options)) {
    if (!page().querySelector(`.command-pill[data-option="${name}"]`)) {
      page().querySelector(".command-ghost").click();
      const choice = await until(() => [...page().querySelectorAll(".command-suggestion")].find((item) => item.dataset.value === name));
      choice.click();
    }
    const field = await until(() => page().querySelector(`.command-option-input[data-option="${name}"]`));
    const wanted = value.replace(/^[@#]/, "");
    const suggestion = () => [...page().querySelectorAll(".command-suggestion")]
      .find((item) => (item.querySelector(".command-suggestion-label") ?? item).textContent === wanted);
    type(field, wanted);
    /* Roles, channels and people are asked of the server first; one that is not there is left for its writer to see. */
    if (wanted !== value) (await until(suggestion, 200).catch(() => null))?.click();
    else suggestion()?.click();
  }
  page().querySelector(".command-option-input:focus, .command-chip")?.focus();
}

/** Read a command as it was written out, `/poll create method:ranked`; null where there is none like it.
 * What is written behind a command without the name of an option is its first one.
 * @param {string} text @param {{invocation: string, options: {name: string}[]}[]} entries the commands that there are
 * @returns {{command: string, options: Record<string, string>} | null} */
export function readCommand(text, entries) {
  const typed = text.trim().slice(1), isMeant = ({ invocation }) => typed === invocation || typed.startsWith(`${invocation} `);
  const entry = entries.filter(isMeant).sort((one, other) => other.invocation.length - one.invocation.length)[0];
  if (!entry) return null;
  const names = entry.options.map(({ name }) => name), rest = typed.slice(entry.invocation.length);
  const [first, ...parts] = names.length ? rest.split(new RegExp(` (${names.join("|")}):`, "u")) : [rest];
  const options = parts.flatMap((part, at) => (at % 2 ? [] : [[part, parts[at + 1].trim()]]));
  if (first.trim() && !names.length) return null;
  if (first.trim()) options.unshift([names[0], first.trim()]);
  return { command: entry.invocation, options: Object.fromEntries(options) };
}

/** @param {HTMLIFrameElement} frame @returns {Promise<{invocation: string, options: {name: string}[]}[]>} its commands */
export const commandsOf = (frame) => until(() => frame.contentWindow.commandEntries?.());

/** @param {HTMLIFrameElement} frame
 * @returns {Promise<HTMLIFrameElement>} the frame, once the page of SimCord's in it can be written in */
export async function whenReady(frame) {
  await until(() => frame.contentWindow?.simcordPreview?.ready && frame.contentDocument.getElementById("channel-composer-input"));
  return frame;
}

/** Put the cursor into the message box of a page of SimCord's, with `text` where the box is empty.
 * @param {HTMLIFrameElement} frame @param {string} text */
export function focusComposer(frame, text = "") {
  const page = frame.contentDocument;
  const option = page.querySelector(".command-option-input, .command-chip");
  if (option) { option.focus(); return; }
  const input = page.getElementById("channel-composer-input");
  if (text && !input.value) type(input, text);
  else input.focus();
}

/** @param {HTMLIFrameElement} frame @param {string} id
 * @returns {Promise<HTMLElement>} the message with that id, once the page of SimCord's shows it */
export async function messageIn(frame, id) {
  await until(() => frame.contentWindow.simcordPreview?.ready);
  return until(() => frame.contentDocument.querySelector(`article[data-message-id="${id}"]`));
}
