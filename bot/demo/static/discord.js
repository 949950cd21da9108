// Discord goes to what one has just asked for. SimCord's page stays where it was, and on a phone hides the answer.
const AWAITED = 5000; // milliseconds from a press to its answer
const timeline = document.getElementById("channel-timeline");
const hint = document.getElementById("new-messages");
let pressed = -AWAITED;

const press = (event) => { if (event.type === "click" || event.key === "Enter") pressed = performance.now(); };
document.addEventListener("keydown", press, true);
document.addEventListener("click", press, true);
new MutationObserver(() => {
  if (hint.hidden || performance.now() - pressed > AWAITED) return;
  timeline.scrollTop = timeline.scrollHeight;
}).observe(hint, { attributeFilter: ["hidden"] });
