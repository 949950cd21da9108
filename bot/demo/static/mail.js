import { learn, say, speak } from "./words.js";

const $ = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search);
const who = asked.get("who"), zone = asked.get("zone"), locale = asked.get("locale");
const seen = new Set();
let mails = [], shown = null, listed = "";

const node = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};
const when = (mail, style) => new Intl.DateTimeFormat(locale, { timeZone: zone, dateStyle: style, timeStyle: "short" }).format(new Date(mail.at));
const part = (mail, path) => `/demo/mails/${mail.number}/${path}?who=${who}`;

function list() {
  $("none").hidden = mails.length > 0;
  $("mails").replaceChildren(...mails.map((mail) => {
    const button = node("button", { type: "button", onclick: () => open(mail) },
      node("strong", { textContent: mail.subject }), node("span", { textContent: mail.sender }),
      node("small", { textContent: when(mail, "medium") }));
    button.classList.toggle("new", !seen.has(mail.number));
    button.setAttribute("aria-current", String(mail.number === shown));
    return node("li", {}, button);
  }));
}

function open(mail) {
  shown = mail.number;
  seen.add(mail.number);
  document.body.classList.add("reading");
  $("mail").hidden = false;
  $("subject").textContent = mail.subject;
  $("from").textContent = `${mail.sender} <${mail.from}>`;
  $("to").textContent = mail.to;
  $("reply").textContent = mail.reply_to;
  $("at").textContent = when(mail, "long");
  $("text").textContent = mail.text;
  $("html").src = part(mail, "html");
  $("attachments").replaceChildren(...mail.attachments.map((name, place) =>
    node("a", { href: part(mail, `attachments/${place}`), download: name, textContent: `📎 ${name}` })));
  list();
}

function as(kind) {
  for (const [id, button] of [["html", "as-html"], ["text", "as-text"]]) {
    $(id).hidden = id !== kind;
    $(button).setAttribute("aria-pressed", String(id === kind));
  }
}

async function look() {
  const response = await fetch(`/demo/mails?who=${who}`, { cache: "no-store" });
  const found = await response.json();
  $("address").textContent = found.address;
  const key = found.mails.map((mail) => mail.number).join();
  if (key === listed && listed) return;
  listed = key;
  mails = found.mails;
  list();
}

async function keepLooking() {
  // While the demo is down the page around this one says so.
  await look().catch(() => {});
  setTimeout(keepLooking, 1000);
}

$("back").addEventListener("click", () => document.body.classList.remove("reading"));
$("as-html").addEventListener("click", () => as("html"));
$("as-text").addEventListener("click", () => as("text"));

learn(await (await fetch("/demo/static/words.json")).json());
speak(asked.get("language"));
void keepLooking();
