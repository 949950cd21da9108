// What SimCord's page lacks of Discord: going to what one has just asked for, mentions that can be pressed, the key /.
const AWAITED = 5000; // milliseconds from a press to its answer, where none is under way any more
let pressed = -AWAITED;

const press = (event) => { if (event.type === "click" || event.key === "Enter") pressed = performance.now(); };
document.addEventListener("keydown", press, true);
document.addEventListener("click", press, true);

/** Whether somebody waits for the answer to what they pressed; a slow one keeps them waiting longer. */
window.isAwaiting = () => {
  if (window.simcordPreview?.pendingAction) pressed = performance.now();
  return performance.now() - pressed < AWAITED;
};
setInterval(window.isAwaiting, 500);

/** Make the element of a mention. @param {{type: string, kind?: string, id?: string, label?: string}} token */
window.mention = (token) => {
  const kind = token.type === "command" ? "command" : token.kind;
  const element = document.createElement(kind === "role" ? "span" : "button");
  element.className = kind === "command" ? "command-mention" : "mention";
  element.textContent = token.label || "";
  if (element instanceof HTMLButtonElement) {
    element.type = "button";
    element.addEventListener("click", () => parent.pressed?.({ kind, id: token.id, label: element.textContent }));
  }
  return element;
};

/** Make the name of whoever wrote a message open the menu on them, where there is one: also by keyboard.
 * @param {{id: string} | undefined} author @param {HTMLElement} element */
window.nameOf = (author, element) => {
  if (!author || !parent.hasMenu?.(author.id)) return;
  element.dataset.person = author.id;
  element.setAttribute("role", "button");
  element.tabIndex = 0;
};

const onPerson = (event) => {
  const id = event.target.closest("[data-person]")?.dataset.person;
  if (!id) return;
  event.preventDefault();
  parent.pressed({ kind: "user", id, label: "" });
};
document.addEventListener("click", onPerson);
document.addEventListener("contextmenu", onPerson);
document.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") onPerson(event); });

/* A command that was typed or pasted whole is filled in, and sent by Enter once more. What begins like one and is none, by a
   slip of the finger, stays where it was typed: nobody else reads it. */
const COMMAND = /^\s*\/\p{L}/u, WITH_OPTION = /^\s*\/\p{L}.* [\p{L}\d_-]+:/u;

function asCommand(event, looks) {
  const input = document.getElementById("channel-composer-input");
  if (!(input instanceof HTMLTextAreaElement) || !looks.test(input.value) || !parent.commandWritten) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  parent.commandWritten(input.value);
}
window.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && event.target.id === "channel-composer-input") asCommand(event, WITH_OPTION);
}, true);
window.addEventListener("submit", (event) => { if (event.target.id === "channel-composer") asCommand(event, COMMAND); }, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const input = document.getElementById("channel-composer-input");
  if (!input) return;
  event.preventDefault();
  input.focus();
  if (input.value) return;
  input.value = "/";
  input.dispatchEvent(new Event("input", { bubbles: true }));
});
