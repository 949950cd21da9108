import { say } from "./words.js";

const SKIPPED = "focalbot-demo-tour-skipped";
const $ = (id) => document.getElementById(id);
const known = await (await fetch("/demo/static/tour.json", { cache: "no-store" })).json();
let steps = [], drawn = "", pointed = [], lead = () => {};

/** What to write, or where to look, for a step of a person's.
 * @param {string} key @param {string | null} code @returns {Record<string, any>} */
export function stepOf(key, code) {
  const step = known[key];
  return step.say ? { ...step, say: step.instead[code] ?? step.say } : step;
}

/** Call `leads` with a step that was pressed. @param {(step: Record<string, any>) => void} leads */
export function startTour(leads) {
  lead = leads;
  $("tour-skip").addEventListener("click", () => skip(true));
  $("tour-open").addEventListener("click", () => { skip(false); $(isBar() ? "tour-bar" : "tour-title").focus(); });
  $("tour-bar").addEventListener("click", () => fold($("tour").classList.contains("open")));
  $("tour").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !$("tour").classList.contains("open")) return;
    foldTour();
    $("tour-bar").focus();
  });
  document.addEventListener("pointerdown", (event) => { if (!$("tour").contains(event.target)) foldTour(); });
  /* Whoever goes on in the channel, which is a page of its own, leaves this one. */
  addEventListener("blur", foldTour);
}

/** Whether the tour is folded into a bar of one line, as on a phone. */
const isBar = () => $("tour-bar").offsetParent !== null;

/** On a phone, show only the bar again. */
export function foldTour() { fold(true); }

function fold(folded) {
  $("tour").classList.toggle("open", !folded);
  $("tour-bar").setAttribute("aria-expanded", String(!folded));
}

function skip(value) {
  localStorage.setItem(SKIPPED, value ? "yes" : "");
  if (value) pointAt();
  drawn = "";
  drawTour(steps);
}

/** Show the steps, ticked as the bot has seen them done.
 * @param {{key: string, done: boolean, place: string | null, message: string | null}[]} found */
export function drawTour(found) {
  const news = steps.length === found.length && found.find((step, index) => step.key === steps[index].key && step.done && !steps[index].done);
  if (news) pointAt();
  steps = found;
  const skipped = Boolean(localStorage.getItem(SKIPPED));
  const state = JSON.stringify([steps.map((step) => step.done), steps[0]?.key, skipped, document.documentElement.lang]);
  if (state === drawn) return;
  drawn = state;
  $("tour").hidden = skipped || !steps.length;
  $("tour-open").hidden = !skipped || !steps.length;
  const done = steps.filter((step) => step.done).length, next = steps.find((step) => !step.done);
  for (const id of ["tour-count", "tour-bar-count"]) $(id).textContent = say("{done} of {count}", { done, count: steps.length });
  $("tour-bar-step").textContent = next ? say(known[next.key].title) : say("Finished");
  $("tour-done").hidden = done < steps.length;
  const focused = document.activeElement?.dataset?.step;
  $("tour-steps").replaceChildren(...steps.map((step) => row(step, step === next)));
  if (focused) $("tour-steps").querySelector(`[data-step="${focused}"]`)?.focus();
}

function row(step, isNext) {
  const item = document.createElement("li"), button = document.createElement("button");
  item.className = step.done ? "done" : isNext ? "next" : "";
  button.type = "button";
  button.dataset.step = step.key;
  const mark = document.createElement("span"), title = document.createElement("strong"), text = document.createElement("small");
  mark.className = "tick";
  mark.textContent = step.done ? "✓" : "";
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", step.done ? say("Done") : say("To do"));
  title.textContent = say(known[step.key].title);
  text.textContent = say(known[step.key].text);
  const words = document.createElement("span");
  words.append(title, text);
  button.append(mark, words);
  button.addEventListener("click", () => lead(step));
  item.append(button);
  return item;
}

/** Lead the eye to elements, and no longer to those before. @param {(Element | null | undefined)[]} elements */
export function pointAt(...elements) {
  for (const element of pointed) element.classList.remove("tour-here");
  pointed = elements.filter(Boolean);
  for (const element of pointed) element.classList.add("tour-here");
}
