import { language, say } from "./words.js";

/** What a reminder's journey brought, in a sentence for people.
 * @param {{place: string, said: string, who: string | null}[]} arrived
 * @param {(who: string) => string} called the name of a person by id
 * @param {(date: Date) => string} timed an instant as people read it */
export function arrivalsInWords(arrived, called, timed) {
  const list = (items) => new Intl.ListFormat(language(), { type: "conjunction" }).format(items);
  const said = (one) => {
    const text = one.said.split("\n").find((line) => line.trim()) ?? "";
    const plain = text.replace(/<t:(\d+)(?::\w)?>/g, (_, seconds) => timed(new Date(seconds * 1000)))
      .replace(/<@&?\d+>\s*/g, "").replace(/<\/([^:>]+):\d+>/g, "/$1").replace(/[*_\\]/g, "").trim();
    return plain.length > 120 ? `${plain.slice(0, 119)}…` : plain;
  };
  const parts = arrived.filter((one) => !one.who)
    .map((one) => say("In #{place}: “{said}”", { place: one.place, said: said(one) }));
  const to = (some) => {
    const named = [...new Set(some.map((one) => called(one.who)))], more = named.length - 3;
    return list(more > 0 ? [...named.slice(0, 3), say("{count} more", { count: more })] : named);
  };
  const direct = arrived.filter((one) => one.place === "direct"), mails = arrived.filter((one) => one.place === "mail");
  if (direct.length) parts.push(say("By direct message to {people}: “{said}”", { people: to(direct), said: said(direct[0]) }));
  if (mails.length) parts.push(say("By e-mail to {people}: “{said}”", { people: to(mails), said: said(mails[0]) }));
  return parts.join(" ");
}
