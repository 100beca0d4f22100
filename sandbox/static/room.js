// The page, live: what the server rendered anew is put in place; scroll, focus and typed text stay.
"use strict";

const REGIONS = ["brief", "ahead", "time", "people", "cast", "chats", "head", "messages", "write", "flash", "panel"];
const PAUSE = 300; // milliseconds without a key before what is typed is looked up
const NEAR = 80; // pixels from the end: whoever is so near follows new messages
let asked = 0; // refreshes so far
let shown = 0; // the newest of them on the page
let acts = 0; // what was fetched before an act was answered may be of the chat that the act has left
let typing = 0; // the timer that looks up
let returning = ""; // the id of what had the focus before an alert
let lost = ""; // the id of what had it until it was disabled, as the buttons are while time moves

async function parsed(response) {
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

// Nothing is found there any more, or another room is being opened: its beginning is what there is to see.
const isPage = (response, fresh) => response.ok && fresh.getElementById("messages") !== null;
const begin = () => location.assign(`/?lang=${document.documentElement.lang.slice(0, 2)}`);

function show(url, fresh) {
  if (url !== location.href) history.pushState(null, "", url);
  const talk = document.getElementById("talk");
  const atEnd = talk.scrollTop > -NEAR;
  const above = talk.scrollHeight + talk.scrollTop;
  const focused = document.activeElement?.id;
  const moved = document.getElementById("messages").dataset.key !== fresh.getElementById("messages").dataset.key;
  for (const name of REGIONS) {
    const old = document.getElementById(name), now = fresh.getElementById(name);
    if (old && now) swap(old, now); // who has no colleagues has no cast
  }
  document.title = fresh.title;
  follow();
  focus(focused);
  talk.scrollTop = atEnd || moved ? 0 : above - talk.scrollHeight;
}

// An alert takes the focus, and gives it back when it is closed.
function focus(focused) {
  const alert = document.querySelector(".alert #close");
  for (const part of document.querySelectorAll(".top, .room")) part.inert = alert !== null;
  if (alert && focused !== "close") returning = focused;
  let wanted = alert ?? document.getElementById((focused === "close" && returning) || focused);
  if (wanted?.disabled) lost = wanted.id;
  else if (wanted && wanted.id !== "stop") lost = "";
  if (document.activeElement === document.body && (!wanted || wanted.disabled)) wanted = document.getElementById(lost);
  if (wanted && wanted !== document.activeElement) wanted.focus({ preventScroll: true });
}

function swap(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.id === "write" && old.dataset.key === fresh.dataset.key) return; // somebody may be typing
  if (old.contains(document.activeElement) && document.activeElement.tagName === "SELECT") return;
  if (old.id === "panel" && old.dataset.key === fresh.dataset.key) return refill(old, fresh);
  if (old.id === "messages" && old.dataset.key === fresh.dataset.key) return merge(old, fresh);
  old.replaceWith(fresh);
}

// It stays where it was scrolled to, and what somebody has folded stays folded.
function refill(old, fresh) {
  for (const part of fresh.querySelectorAll("details[id]")) part.open = document.getElementById(part.id)?.open ?? part.open;
  old.replaceChildren(...fresh.childNodes);
}

// Only what differs is touched, so a screen reader is told of new messages alone.
function merge(old, fresh) {
  const known = new Map([...old.children].map((child) => [child.id, child]));
  let place = old.firstElementChild;
  for (const child of [...fresh.children]) {
    const same = known.get(child.id);
    known.delete(child.id);
    const wanted = same?.isEqualNode(child) ? same : child;
    if (same && place === same) place = same.nextElementSibling;
    if (same && wanted !== same) same.replaceWith(wanted);
    else if (!same || wanted.nextElementSibling !== place) old.insertBefore(wanted, place);
  }
  for (const gone of known.values()) gone.remove();
}

// What a panel marks as the place where one is comes into view, below what stays above it, and again when it is
// another place.
let here = "";
function follow() {
  const place = document.querySelector("#panel [data-here]"), where = place?.textContent ?? "";
  if (place && where !== here) {
    const above = [...document.querySelectorAll("#panel [data-above]")].map((one) => one.offsetHeight);
    document.getElementById("panel").style.scrollPaddingTop = `${above.reduce((sum, one) => sum + one, 0)}px`;
    place.scrollIntoView({ block: "center" });
  }
  here = where;
}

async function refresh() {
  const number = ++asked, before = acts;
  const response = await fetch(location.href).catch(() => null);
  if (response === null) return; // the events tell when the room is back
  const fresh = await parsed(response);
  if (acts !== before) return refresh();
  if (!isPage(response, fresh)) return begin();
  if (number < shown) return; // a later one was faster
  shown = number;
  show(response.url, fresh);
}

// What a narrow window has unfolded lies where the chat is.
function fold() {
  const more = document.getElementById("more");
  if (!more.open) return;
  more.open = false;
  document.getElementById("unfold").focus();
}

async function send(form, submitter) {
  if (form.action.endsWith("/page/clock")) fold(); // to see what comes
  const fields = new FormData(form, submitter);
  const body = form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
  form.classList.add("busy");
  try {
    const target = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
    const response = await fetch(target, { method: "POST", body });
    const fresh = await parsed(response);
    acts += 1;
    if (!isPage(response, fresh)) return begin();
    form.reset();
    if (form.matches("[data-found]")) document.querySelector("[data-compose]").reset();
    document.getElementById("offers")?.replaceChildren();
    document.getElementById("talk").scrollTop = 0;
    show(response.url, fresh);
    if (form.matches("[data-compose]")) document.getElementById("text")?.focus();
  } catch {
    document.getElementById("offline").hidden = false;
  } finally {
    form.classList.remove("busy");
  }
}

// Words behind the bot's name are looked up, as a client does; Enter still sends them as they are.
async function offer(field) {
  const offers = document.getElementById("offers"), typed = field.value;
  if (!offers) return;
  if (!typed.toLowerCase().startsWith(offers.dataset.bot.toLowerCase())) return offers.replaceChildren();
  const fields = [...new FormData(field.form)].filter(([, value]) => typeof value === "string");
  const response = await fetch("/page/look_up", { method: "POST", body: new URLSearchParams(fields) }).catch(() => null);
  if (!response?.ok) return;
  const fresh = await parsed(response);
  if (field.isConnected && field.value === typed) offers.replaceChildren(...fresh.body.children);
}

document.addEventListener("input", (event) => {
  if (event.target.id !== "text") return;
  clearTimeout(typing);
  typing = setTimeout(offer, PAUSE, event.target);
});

document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  event.preventDefault();
  if (!event.target.classList.contains("busy")) send(event.target, event.submitter);
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.id === "text";
  // Enter also chooses a word of a Chinese input method: then it does not send
  if (typing && event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
    event.preventDefault();
    if (event.target.value.trim()) event.target.form.requestSubmit();
  }
  const close = document.getElementById("close");
  if (event.key === "Escape" && close) close.click();
  else if (event.key === "Escape") fold();
});

document.addEventListener("change", (event) => {
  const asked = event.target.closest("[data-submit-on-change]"); // a form, or one field of it
  (asked?.form ?? asked)?.requestSubmit();
});

// Files that are dropped on a form that takes some.
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const target = event.target.closest?.("[data-drop]");
    if (!target) return;
    event.preventDefault();
    target.classList.toggle("over", kind === "dragover");
    if (kind === "drop") target.querySelector("input[type=file]").files = event.dataTransfer.files;
  });
}

window.addEventListener("popstate", () => location.reload());

const events = new EventSource(document.body.dataset.events);
events.addEventListener("changed", refresh);
events.addEventListener("clock", (event) => {
  for (const clock of document.querySelectorAll("[data-clock]")) clock.textContent = event.data;
});
events.addEventListener("error", () => {
  document.getElementById("offline").hidden = false;
});
events.addEventListener("open", () => {
  document.getElementById("offline").hidden = true;
});
document.documentElement.classList.add("live");
if (window !== window.top) document.documentElement.classList.add("framed"); // one of two
follow();
