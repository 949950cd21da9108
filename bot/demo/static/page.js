import { arrivalsInWords } from "./arrivals.js";
import { commandsOf, focusComposer, messageIn, readCommand, whenReady, write, writeSentence } from "./composer.js";
import { drawTour, foldTour, pointAt, startTour, stepOf } from "./tour.js";
import { language, learn, say, speak } from "./words.js";

const $ = (id) => document.getElementById(id);
const node = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};
const NAMES = { announcements: "announcements", members: "members", secretariat: "secretariat", general: "general", direct: "Direct messages", mail: "Mail" };
const LOCKED = { members: "members only", secretariat: "secretariat only", mail: "no address" };
const SPOKEN = "focalbot-demo-language";
const frames = new Map();
const seen = new Map();
let world, me, now, place = "members", run = null, baseline = null, offset = 0, hintsShown = "";

const remembered = JSON.parse(sessionStorage.getItem("focalbot-demo") || "{}");
const remember = () => sessionStorage.setItem("focalbot-demo", JSON.stringify({ who: me.id, place }));

async function ask(path, options) {
  const response = await fetch(path, { cache: "no-store", ...options });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}
const tell = (path, body) => ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

let noticeTimer;
/** Say something above the channels; `actions` are what can be done about it, by what their buttons say. */
function notice(text, lasting = false, actions = {}) {
  clearTimeout(noticeTimer);
  const offered = Object.entries(actions);
  $("notice").replaceChildren(...(text ? [node("span", { textContent: text })] : []),
    ...offered.map(([label, act]) => node("button", { type: "button", textContent: label, onclick: () => { notice(""); act(); } })));
  if (offered.length) {
    const close = node("button", { type: "button", className: "plain", textContent: "✕", onclick: () => notice("") });
    close.setAttribute("aria-label", say("Close"));
    $("notice").append(close);
  } else if (text && !lasting) noticeTimer = setTimeout(() => notice(""), 8000);
}

/* Who you are */

function flag(code) {
  return [...code].map((letter) => String.fromCodePoint(0x1f1a5 + letter.codePointAt(0))).join("");
}
function face(person) {
  if (person.code) return node("span", { className: "face", textContent: flag(person.code) });
  return node("span", { className: `face role ${person.kind}`, textContent: person.name[0] });
}
const part = (person) => say({ secretariat: "Runs the network", guest: "Sees public things only" }[person.kind]
  || (person.mission ? "From the mission in New York" : "From the capital"));
const called = (person) => person.names?.[language()] ?? say(person.name);
const city = (zone) => zone.split("/").at(-1).replaceAll("_", " ");
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase();

function listPeople() {
  const wanted = plain($("people-search").value.trim());
  const found = world.people.filter((person) => plain([person.name, person.code, person.person, called(person)].join(" ")).includes(wanted));
  const groups = [["", found.filter((person) => person.kind !== "delegation")],
    [say("The 31 delegations of the first meeting, 2011"), found.filter((person) => person.kind === "delegation")
      .sort((one, other) => called(one).localeCompare(called(other), language()))]];
  $("people-list").replaceChildren(...groups.filter(([, people]) => people.length).flatMap(([title, people]) => [
    ...(title ? [node("h3", { textContent: title })] : []),
    node("div", { className: "group" }, ...people.map((person) => {
      const button = node("button", { type: "button", onclick: () => become(person) }, face(person),
        node("span", {}, node("strong", { textContent: called(person) }),
          node("small", { textContent: [person.person, part(person)].filter(Boolean).join(" · ") })));
      button.setAttribute("aria-current", String(person === me));
      return button;
    })),
  ]));
  if (!found.length) $("people-list").append(node("p", { textContent: say("No delegation of that name was at the first meeting.") }));
}

async function become(person) {
  $("people").close();
  if (person === me) return;
  me = person;
  pointAt();
  for (const frame of frames.values()) frame.remove();
  frames.clear();
  hintsShown = "";
  const shown = face(me);
  shown.id = "who-face";
  $("who-face").replaceWith(shown);
  introduce();
  await beIn(language());
}

/** Set the Discord of the person to a language, and the page with it. */
async function beIn(spoken) {
  await tell(`/demo/locale?who=${me.id}`, { locale: world.locales[spoken] });
  await look();
}

function introduce() {
  $("who-name").textContent = called(me);
  document.title = `${called(me)} · ${say("Focalbot demo")}`;
}

/* Channels */

const open = (key) => now.newest[key] !== null;
const unread = (key) => {
  const last = BigInt(now.newest[key] || 0);
  return key !== place && last > (seen.get(`${me.id} ${key}`) ?? baseline);
};

let placesShown = "";
function listPlaces() {
  const shown = JSON.stringify([me.id, place, language(), Object.keys(NAMES).map((key) => [open(key), unread(key)])]);
  if (shown === placesShown) return;
  placesShown = shown;
  const focused = document.activeElement?.dataset?.place;
  $("places").replaceChildren(...Object.keys(NAMES).map((key) => {
    const button = node("button", { type: "button", disabled: !open(key), onclick: () => enter(key) },
      node("span", { className: "sign", textContent: !open(key) ? "" : { direct: "@", mail: "✉" }[key] ?? "#" }),
      node("span", { textContent: say(NAMES[key]) }));
    button.dataset.place = key;
    if (!open(key)) button.append(node("span", { className: "why", textContent: say(LOCKED[key]) }));
    else if (unread(key)) button.append(node("span", { className: "unread", title: say("New messages") }));
    if (key === place) button.setAttribute("aria-current", "page");
    return button;
  }));
  if (focused) document.querySelector(`[data-place="${focused}"]`)?.focus();
}

/** Open a channel as a person does: they can write in it at once, where that opens no keyboard over it. */
function enter(key) {
  go(key);
  if (key === "mail" || !matchMedia("(hover: hover)").matches) return;
  const before = document.activeElement;
  /* Somebody who went on meanwhile keeps what they are at. */
  void whenReady(frames.get(key)).then((frame) => {
    if (place === key && [before, document.body].includes(document.activeElement)) focusComposer(frame);
  }).catch(() => {});
}

function go(key) {
  place = key;
  remember();
  show();
  frames.get(place)?.contentWindow.showNewest?.();
  document.querySelector(".places [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
}

function show() {
  if (!open(place)) place = open("members") ? "members" : "general";
  let frame = frames.get(place);
  if (!frame) {
    const source = place === "mail" ? `/mail?language=${language()}&locale=${now.locale}&who=${me.id}&zone=${me.zone}` : `/discord?language=${language()}#${place}.${me.id}`;
    frame = node("iframe", { src: source, title: say("{place} as {person}", { place: say(NAMES[place]), person: called(me) }) });
    frames.set(place, frame);
    $("view").append(frame);
  }
  for (const [key, other] of frames) {
    other.classList.toggle("shown", key === place);
    other.inert = key !== place;
  }
  seen.set(`${me.id} ${place}`, BigInt(now.newest[place] || 0));
  listPlaces();
}

/* The bot's clock */

function showClock() {
  if (!now) return;
  const date = new Date(Date.now() + offset);
  const format = (options) => new Intl.DateTimeFormat(now.locale, { timeZone: me.zone, ...options }).format(date);
  $("clock-time").textContent = format({ hour: "2-digit", minute: "2-digit" });
  $("clock-day").textContent = format({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
  $("clock-place").textContent = city(me.zone);
  $("clock").title = say("The bot's clock, in your time zone");
  const ahead = Math.round(now.ahead / 3600), days = Math.floor(ahead / 24), hours = ahead % 24;
  $("clock-ahead").hidden = ahead < 1;
  $("clock-ahead").textContent = say(!days ? "+{hours} h" : hours ? "+{days} d {hours} h" : "+{days} d", { days, hours });
  const next = document.querySelector('[data-to="reminder"]');
  next.disabled = !now.reminder;
  const due = now.reminder && new Intl.DateTimeFormat(now.locale, { timeZone: me.zone, dateStyle: "long", timeStyle: "short" }).format(new Date(now.reminder));
  next.title = due ? say("The bot's next message is owed on {when}", { when: due }) : say("The bot owes no message yet");
}

async function travel(to) {
  if (document.body.classList.contains("travelling")) return;
  document.body.classList.add("travelling");
  notice(say("Travelling…"), true);
  try {
    const { arrived } = await tell("/demo/travel", { to });
    await look();
    if (to === "reminder") meet(arrived);
    else notice(say("It is now {day}, {time} in {place}.", { day: $("clock-day").textContent, time: $("clock-time").textContent, place: city(me.zone) }));
  } catch (error) {
    notice(error.message);
  } finally {
    document.body.classList.remove("travelling");
  }
}

const someone = (id) => world.people.find((person) => person.id === id);
const timed = (date) => new Intl.DateTimeFormat(now.locale, { timeZone: me.zone, dateStyle: "long", timeStyle: "short" }).format(date);

/** Say what a reminder was, go to where it can be seen, and offer to see it as one who got it. */
function meet(arrived) {
  if (!arrived.length) { notice(say("The bot had nothing to send up to {day}.", { day: $("clock-day").textContent })); return; }
  const own = arrived.find((one) => (one.who ? one.who === me.id : open(one.place)));
  const other = arrived.find((one) => one.who && one.who !== me.id && someone(one.who));
  const actions = other ? { [say("See it as {person}", { person: called(someone(other.who)) })]: () => seeAs(other) } : {};
  notice(arrivalsInWords(arrived, (who) => (someone(who) ? called(someone(who)) : "?"), timed), true, { ...actions });
  if (own) void reveal(own.place, own.message);
}

async function seeAs(arrival) {
  await become(someone(arrival.who));
  await reveal(arrival.place, arrival.message);
}

/** Show a message in its place; the promise has its element, or null where the page does not hold it. */
async function reveal(key, message) {
  go(key);
  const article = await messageIn(frames.get(key), message).catch(() => null);
  article?.scrollIntoView({ block: "nearest" });
  return article;
}

/* The tour */

async function takeStep(step) {
  const told = stepOf(step.key, me.code);
  pointAt();
  foldTour();
  if (step.key === "travel") {
    toggle("travel", true);
    const next = document.querySelector('[data-to="reminder"]');
    pointAt(next);
    next.focus();
  } else if (step.message) {
    const article = await reveal(step.place, step.message);
    const buttons = article?.querySelector(".message-components");
    buttons?.scrollIntoView({ block: "center" });
    pointAt(article);
    buttons?.querySelector("button")?.focus({ preventScroll: true });
  } else {
    if (me.kind === "secretariat") go("secretariat");
    await attempt(told);
    pointAt(frames.get(place)?.contentDocument.getElementById("channel-composer"));
  }
}

/* What to try */

function listHints() {
  const shown = JSON.stringify(now.hints);
  if (shown === hintsShown) return;
  hintsShown = shown;
  $("hints").replaceChildren(...now.hints.map((hint) => {
    const command = node("code", { textContent: hint.say ? say(hint.say) : `/${hint.command}` });
    for (const [name, value] of Object.entries(filled(hint.options))) command.append(" ", node("b", { textContent: `${name}: ${value}` }));
    return node("li", {}, node("button", { type: "button", onclick: () => attempt(hint) }, command, node("span", { textContent: say(hint.text) })));
  }));
}

/** Options as they are written today: `{soon}` is a working day some ten days ahead. */
function filled(options = {}) {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, value.replace("{soon}", now.soon)]));
}

async function attempt(hint) {
  toggle("tries", false);
  if (hint.say) {
    go("direct");
    await writeSentence(frames.get(place), say(hint.say)).catch(() => notice(say("Type {text} in the message box.", { text: say(hint.say) })));
    return;
  }
  if (["direct", "mail", "announcements"].includes(place)) go(me.kind === "secretariat" ? "secretariat" : open("members") ? "members" : "general");
  try {
    await write(frames.get(place), hint.command, filled(hint.options));
  } catch {
    const text = `/${hint.command} ${Object.entries(filled(hint.options)).map(([name, value]) => `${name}:${value}`).join(" ")}`.trim();
    await navigator.clipboard?.writeText(text).catch(() => {});
    notice(say("Type {text} in the message box.", { text }));
  }
}

function toggle(id, value) {
  $(id).classList.toggle("open", value);
  const opener = { tries: "tries-open", travel: "clock" }[id];
  $(opener).setAttribute("aria-expanded", String($(id).classList.contains("open")));
}

/* Together */

async function look() {
  const asked = me;
  const value = await ask(`/demo/now?who=${me.id}`);
  if (asked !== me) return;
  if (run && value.run !== run) { location.reload(); return; }
  run = value.run;
  now = value;
  offset = new Date(now.clock) - Date.now();
  baseline ??= Object.values(now.newest).map((id) => BigInt(id || 0)).reduce((a, b) => (a > b ? a : b));
  const spoken = Object.keys(world.locales).find((key) => world.locales[key] === now.locale);
  $("locale").value = spoken;
  if (speak(spoken)) {
    for (const frame of frames.values()) frame.remove();
    frames.clear();
    hintsShown = "";
    introduce();
  }
  remember();
  show();
  showClock();
  listHints();
  drawTour(now.tour);
}

async function keepLooking() {
  try {
    await look();
    if ($("notice").dataset.lost) { delete $("notice").dataset.lost; notice(""); }
  } catch {
    $("notice").dataset.lost = "yes";
    notice(say("The demo has stopped. Start it again with make demo; this page comes back by itself."), true);
  }
  setTimeout(keepLooking, 1000);
}

$("who").addEventListener("click", () => {
  $("people-search").value = "";
  listPeople();
  $("people").showModal();
  if (matchMedia("(hover: hover)").matches) $("people-search").focus();
});
$("people-search").addEventListener("input", listPeople);
$("people").addEventListener("click", (event) => { if (event.target === $("people")) $("people").close(); });
$("people-close").addEventListener("click", () => $("people").close());
$("people-form").addEventListener("submit", (event) => {
  event.preventDefault();
  $("people-list").querySelector("button")?.click();
});
$("locale").addEventListener("change", async () => {
  localStorage.setItem(SPOKEN, $("locale").value);
  await beIn($("locale").value);
  notice(say("The bot answers in that language from your next command on, unless you chose one in /settings."));
});
for (const link of document.querySelectorAll(".skip")) {
  link.addEventListener("click", (event) => { event.preventDefault(); focusComposer(frames.get(place)); });
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  event.preventDefault();
  focusComposer(frames.get(place), "/");
});
/* What one presses in a channel: a channel, a command, a person */

/** @param {{kind: string, id: string, label: string}} mention */
window.pressed = (mention) => {
  const label = mention.label.slice(1);
  if (mention.kind === "command") void attempt({ command: label, options: {} });
  else if (mention.kind === "channel" && label in NAMES && open(label)) go(label);
  else if (someone(mention.id)) menuOf(someone(mention.id));
};

/** Fill in a command that was written out, or say that there is none like it. @param {string} text */
window.commandWritten = async (text) => {
  const frame = frames.get(place), written = { text: text.trim() };
  if (place === "direct") { notice(say("Commands work in the channels of the server only: type it there.")); return; }
  const read = readCommand(text, await commandsOf(frame).catch(() => []));
  if (!read) { notice(say("There is no command {text} here: type / to see which there are.", written)); return; }
  notice("");
  await write(frame, read.command, read.options).catch(() => notice(say("Type {text} in the message box.", written)));
};

/** Whether somebody has a menu. @param {string} id */
window.hasMenu = (id) => Boolean(someone(id));

function menuOf(person) {
  $("person-name").textContent = called(person);
  $("person-card").hidden = person.kind !== "delegation";
  $("person-card").onclick = () => { $("person").close(); void showCard(person); };
  $("person-become").hidden = person === me;
  $("person-become").textContent = say("Become {person}", { person: called(person) });
  $("person-become").onclick = () => { $("person").close(); void become(person); };
  $("person").showModal();
}

async function showCard(person) {
  if (place === "direct" || place === "mail") go(open("members") ? "members" : "general");
  try {
    await tell(`/demo/card?who=${me.id}`, { person: person.id, place });
    frames.get(place).contentWindow.showNewest?.();
  } catch (error) {
    notice(error.message);
  }
}

$("person").addEventListener("click", (event) => { if (event.target === $("person")) $("person").close(); });
$("person-close").addEventListener("click", () => $("person").close());
$("clock").addEventListener("click", () => toggle("travel"));
$("tries-open").addEventListener("click", () => toggle("tries"));
$("tries-close").addEventListener("click", () => toggle("tries", false));
for (const button of document.querySelectorAll("[data-to]")) {
  button.addEventListener("click", () => { toggle("travel", false); void travel(button.dataset.to); });
}
setInterval(showClock, 1000);

learn(await ask("/demo/static/words.json"));
world = await ask("/demo/world");
const preferred = [localStorage.getItem(SPOKEN), ...navigator.languages].map((tag) => (tag ?? "").split("-")[0]);
speak(preferred.find((tag) => tag in world.locales) ?? "en");
startTour((step) => void takeStep(step));
$("server").textContent = world.server;
place = remembered.place || place;
await become(world.people.find((person) => person.id === remembered.who) || world.people.find((person) => person.code === "DK"));
if (document.activeElement === document.body) enter(place);
void keepLooking();
