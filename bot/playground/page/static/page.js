// What the browser adds to the page: live news, dialogs, completion, files dropped, keys. No framework beside htmx.
"use strict";

const byId = (id) => document.getElementById(id);
const stream = byId("stream");

// ---- Live: each event carries parts of the page; a part takes the place of its older self or goes where it says.

function listen() {
  const source = new EventSource(document.body.dataset.live);
  source.addEventListener("patch", (event) => patch(event.data));
  source.addEventListener("reload", () => location.reload());
  source.addEventListener("open", () => document.body.classList.remove("cut-off"));
  source.addEventListener("error", () => {
    document.body.classList.add("cut-off");
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  });
  // A page that goes away must not hold one of the few connections a browser allows.
  addEventListener("pagehide", () => source.close());
}

// What is new is set off for a moment, but not when it rains news: each one would have the page drawn sixty times more.
const SET_OFF_AT_MOST = 4;

function patch(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const parts = [...template.content.children];
  const few = parts.length <= SET_OFF_AT_MOST;
  for (const part of parts) {
    if (few && part.matches(".post, .message")) part.classList.add("fresh");
    place(part);
  }
  afterwards();
  if (following) requestAnimationFrame(toEnd);
}

function place(part) {
  const old = part.id && byId(part.id);
  if ("gone" in part.dataset) return old && old.remove();
  if (old && "once" in part.dataset) return;
  if (old) return replace(old, part);
  const into = part.dataset.into && byId(part.dataset.into);
  if (!into) return;
  into.append(part);
  htmx.process(part);
}

function replace(old, part) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  keepTyped(old, part);
  keepOpen(old, part);
  old.replaceWith(part);
  htmx.process(part);
  if (focused) refocus(part, focused);
}

// Whoever was on a button that has gone stays where they were, for the keyboard's sake.
function refocus(part, focused) {
  const same = focused.id ? byId(focused.id) : focused.name && part.querySelector(`[name="${CSS.escape(focused.name)}"]`);
  const target = same || (part.matches("[tabindex]") ? part : part.querySelector("button, a, [tabindex]"));
  if (target) target.focus({ preventScroll: true });
}

// A form that the app draws anew keeps what was typed into it, as Slack does.
function keepTyped(old, part) {
  for (const field of old.querySelectorAll("input[name^='in.'], textarea[name^='in.'], select[name^='in.']")) {
    const twins = [...part.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)];
    if (field.type === "file") continue;
    if (field.type === "checkbox" || field.type === "radio") {
      const twin = twins.find((one) => one.value === field.value);
      if (twin) twin.checked = field.checked;
    } else if (twins[0] && [...(twins[0].options || [field])].some((one) => one.value === field.value)) {
      twins[0].value = field.value;
    }
  }
}

function keepOpen(old, part) {
  const wasOpen = old.matches("details[open]") ? [old] : [...old.querySelectorAll("details[open]")];
  for (const one of wasOpen) {
    const twin = one === old ? part : [...part.querySelectorAll("details")].find((each) => each.className === one.className && !each.matches(".menu"));
    if (twin && !twin.matches(".menu")) twin.open = true;
  }
}

// Whether the newest message is kept in sight. Only somebody who scrolls ends that, never messages that come or turn out
// to be longer than they were taken for before they were drawn.
let following = true;
let scrolledByHandUntil = 0;
const isAtEnd = () => stream.scrollHeight - stream.scrollTop - stream.clientHeight < 80;
const toEnd = () => stream && byId("messages") && (stream.scrollTop = stream.scrollHeight);
const byHand = (milliseconds) => { scrolledByHandUntil = performance.now() + milliseconds; };

if (stream) {
  stream.addEventListener("wheel", () => byHand(1000), { passive: true });
  stream.addEventListener("touchmove", () => byHand(2000), { passive: true });
  stream.addEventListener("keydown", (event) => event.target.matches("textarea, input") || byHand(1000));
  stream.addEventListener("pointerdown", (event) => event.target === stream && byHand(20_000)); // its scrollbar
  stream.addEventListener("scroll", () => {
    if (isAtEnd()) following = true;
    else if (performance.now() < scrolledByHandUntil) following = false;
  }, { passive: true });
  if (byId("messages")) new ResizeObserver(() => following && toEnd()).observe(byId("messages"));
}

function afterwards() {
  const messages = byId("messages");
  if (messages) byId("empty").hidden = messages.children.length > 0;
  showForm();
  showCaption();
}

// ---- Forms: the uppermost is shown as a dialog.

function showForm() {
  const form = document.querySelector("#forms dialog");
  if (!form || form.open) return;
  form.showModal();
  const wrong = form.querySelector("[aria-invalid], [autofocus], .wrong input");
  const first = wrong || form.querySelector(".fields input, .fields textarea, .fields select, .fields button");
  if (first) first.focus();
  form.addEventListener("cancel", (event) => {
    event.preventDefault();
    htmx.ajax("POST", form.dataset.close, { target: "#notices", swap: "beforeend" });
  });
}

function askFirst(question, answered) {
  const box = byId("confirm");
  byId("confirm-title").textContent = question.title;
  byId("confirm-text").textContent = question.text;
  byId("confirm-yes").textContent = question.yes;
  byId("confirm-no").textContent = question.no;
  byId("confirm-yes").classList.toggle("danger", Boolean(question.danger));
  box.returnValue = "no";
  box.showModal();
  box.addEventListener("close", () => box.returnValue === "yes" && answered(), { once: true });
}

function askText(words, text, answered) {
  const box = byId("asks");
  byId("asks-label").textContent = words;
  byId("asks-text").value = text;
  box.returnValue = "no";
  box.showModal();
  box.addEventListener("close", () => box.returnValue === "yes" && answered(byId("asks-text").value), { once: true });
}

addEventListener("htmx:confirm", (event) => {
  const { confirm, asks, text } = event.target.dataset;
  if (confirm) {
    event.preventDefault();
    askFirst(JSON.parse(confirm), () => event.detail.issueRequest(true));
  } else if (asks) {
    event.preventDefault();
    askText(asks, text, (said) => {
      event.target.setAttribute("hx-vals", JSON.stringify({ text: said }));
      event.detail.issueRequest(true);
    });
  }
});

addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (event.detail.successful && form && "clear" in form.dataset && event.target === form) {
    form.reset();
    showAttached(form);
    closeCompletions();
    toEnd();
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu.contains(event.target)) menu.open = false;
});

// What is pressed while the server begins again would be lost without a word.
addEventListener("htmx:sendError", () => {
  const box = document.createElement("div");
  box.className = "notice";
  box.setAttribute("role", "alert");
  box.textContent = "That did not arrive: the demo is beginning again, or has ended. Try once more in a moment.";
  byId("notices").append(box);
  setTimeout(() => box.remove(), 8000);
});

// ---- The tour: what a caption speaks of is set off, and while it plays the window goes along.

let captionShown = "";

function showCaption() {
  const caption = byId("caption");
  if (!caption) return;
  const since = (!caption.hidden && caption.dataset.since) || "";
  if (since || storySince) foldEarlier(since);
  const said = caption.textContent;
  if (said === captionShown) return;
  captionShown = said;
  for (const one of document.querySelectorAll(".pointed")) one.classList.remove("pointed");
  const follow = caption.dataset.follow;
  if (follow && new URL(follow, location.href).pathname !== location.pathname) return location.replace(follow);
  const points = (caption.dataset.points || "").split(" ").map((ts) => byId(`m-${ts}`)).filter(Boolean);
  for (const one of points) one.classList.add("pointed");
  if (!points.length) return;
  points[points.length - 1].scrollIntoView({ block: "nearest" });
  following = isAtEnd();
}

// While a story is told, what was written before it is folded away; whoever wants to see it can.
let storySince = "";
let isUnfolded = false;

function foldEarlier(since) {
  if (since !== storySince) isUnfolded = false;
  storySince = since;
  const messages = byId("messages");
  if (!messages) return;
  let count = 0;
  for (const post of messages.children) {
    const isEarlier = since !== "" && Number(post.id.slice(2)) < Number(since);
    post.hidden = isEarlier && !isUnfolded;
    count += isEarlier ? 1 : 0;
  }
  byId("earlier").hidden = count === 0;
  const words = count === 1 ? "1 message of an earlier story" : `${count} messages of earlier stories`;
  byId("earlier").firstElementChild.textContent = `${isUnfolded ? "Hide" : "Show"} ${words}`;
  byId("empty").hidden = messages.children.length > count || isUnfolded;
}

if (byId("earlier")) {
  byId("earlier").addEventListener("click", () => {
    isUnfolded = !isUnfolded;
    foldEarlier(storySince);
  });
}

// ---- Writing: Enter sends, / and @ complete.

const composer = byId("composer");
const completions = byId("completions");
let chosen = -1;

addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key === "Escape") closeMenus();
  if (!field.matches || !field.matches("[data-compose]")) return;
  if (field === composer && !completions.hidden && completing(event)) return event.preventDefault();
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    field.form.requestSubmit();
  }
});

function completing(event) {
  const offered = [...completions.children].filter((one) => !one.hidden);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length;
    mark(offered);
    return true;
  }
  const isExact = offered.length === 1 && offered[0].dataset.insert.trim() === wordBefore();
  if (event.key === "Tab" || (event.key === "Enter" && !isExact)) {
    insert(offered[Math.max(chosen, 0)].dataset.insert);
    return true;
  }
  if (event.key === "Escape") closeCompletions();
  return event.key === "Escape";
}

function mark(offered) {
  offered.forEach((one, index) => one.setAttribute("aria-selected", String(index === chosen)));
  const one = offered[chosen];
  if (one) {
    composer.setAttribute("aria-activedescendant", one.id);
    one.scrollIntoView({ block: "nearest" });
  }
}

const wordBefore = () => composer.value.slice(0, composer.selectionStart).split(/\s/).pop();

function offer() {
  const word = wordBefore();
  const isCommand = word.startsWith("/") && composer.value.trimStart().startsWith(word);
  const wanted = isCommand || (word.startsWith("@") && word.length > 0) ? word.toLowerCase() : null;
  let any = false;
  for (const one of completions.children) {
    one.hidden = wanted === null || !one.dataset.insert.toLowerCase().startsWith(wanted);
    one.setAttribute("aria-selected", "false");
    any = any || !one.hidden;
  }
  chosen = -1;
  completions.hidden = !any;
  composer.setAttribute("aria-expanded", String(any));
  composer.removeAttribute("aria-activedescendant");
  if (any) {
    chosen = 0;
    mark([...completions.children].filter((one) => !one.hidden));
  }
}

function insert(text) {
  const at = composer.selectionStart;
  const start = at - wordBefore().length;
  composer.setRangeText(text, start, at, "end");
  closeCompletions();
  composer.focus();
}

function closeCompletions() {
  if (!completions) return;
  completions.hidden = true;
  composer.setAttribute("aria-expanded", "false");
}

if (composer) {
  composer.addEventListener("input", offer);
  composer.addEventListener("blur", () => setTimeout(closeCompletions, 150));
  completions.addEventListener("mousedown", (event) => {
    const one = event.target.closest("[data-insert]");
    if (one) insert(one.dataset.insert);
    event.preventDefault();
  });
}

// ---- Files: chosen or dropped.

function showAttached(form) {
  const files = form.querySelector("input[type=file]");
  const shown = byId("attached");
  if (files && shown && form.contains(shown)) shown.textContent = [...files.files].map((file) => file.name).join(", ");
}

addEventListener("change", (event) => {
  if (event.target.type === "file" && event.target.form) showAttached(event.target.form);
  if ("submits" in event.target.dataset) event.target.form.requestSubmit();
});
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) return;
  const form = event.target.closest("form[data-drop]") || document.querySelector("form.composer");
  const field = form && form.querySelector(`input[name=${form.dataset.drop}]`);
  if (!field) return;
  field.files = event.dataTransfer.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

// ---- Small things: menus, panels, notices, buttons with an address.

function closeMenus(but) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(but)) menu.open = false;
}

addEventListener("click", (event) => {
  const target = event.target.closest("[data-dismiss], [data-toggle], [data-opens], [data-reply]");
  closeMenus(event.target);
  if (!target) return;
  if ("dismiss" in target.dataset) target.closest(".notice").parentElement.id === "notices" ? target.closest(".notice").remove() : target.closest(".notice").parentElement.remove();
  if (target.dataset.toggle) toggle(target);
  if (target.dataset.reply) reply(target);
  if (/^https?:/.test(target.dataset.opens || "")) open(target.dataset.opens, "_blank", "noopener");
});

// One form for replies, below the thread where it was asked for.
function reply(button) {
  for (const one of document.querySelectorAll("form.replying")) one.remove();
  const form = byId("reply-form").content.cloneNode(true).firstElementChild;
  form.elements.thread_ts.value = button.dataset.reply;
  form.elements.text.setAttribute("aria-label", `Reply to ${button.dataset.to}`);
  button.after(form);
  htmx.process(form);
  form.elements.text.focus();
}

function toggle(button) {
  const shown = document.body.classList.toggle(`show-${button.dataset.toggle}`);
  button.setAttribute("aria-expanded", String(shown));
}

if (document.body.dataset.live) {
  toEnd();
  afterwards();
  listen();
}
