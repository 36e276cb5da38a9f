// What was sent: e-mails as their readers see them, and text messages as bubbles.
import { encoded, get, on } from "../api.js";
import { button, bytes, clock, field, fold, h, json, put, region } from "../dom.js";

export const title = "Inbox";

/** The number of messages beyond which there is a field to search them. */
const few = 8;
let list, message, texts, empty, search, finder, found, inbox = { emails: [], texts: [] }, chosen, timer, known = "", made = false, setBadge = () => {};

export function badge(set) {
    setBadge = set;
    const channels = new Set(["lambda", "email", "sms", "aws"]);
    on("event", (event) => {
        if (!channels.has(event.channel)) return;
        clearTimeout(timer);
        timer = setTimeout(refresh, 150);
    });
    on("changed", (what) => { if (what.status !== undefined) refresh(); });
}

export function make() {
    list = h("ol", { class: "mails", "aria-label": "E-mails, newest first" });
    message = h("div", { class: "mail card", "aria-live": "polite" });
    texts = h("ol", { class: "texts", "aria-label": "Text messages, newest first" });
    empty = h("p", { class: "none" }, "Nothing has been sent yet.");
    search = h("input", { type: "search", placeholder: "somebody, a subject, a number, a word", oninput: draw });
    found = h("p", { class: "about", role: "status" });
    finder = h("div", { class: "row finder", hidden: true }, field("Search", search), found);
    made = true;
    known = "";
    return region(title, "E-mails and text messages that the local AWS has accepted.", empty, finder,
        h("div", { class: "split" }, h("div", {}, h("h2", {}, "E-mails"), list, h("h2", {}, "Text messages"), texts), message));
}

export const shown = () => refresh();

async function refresh() {
    try { inbox = await get("inbox"); } catch { return; }
    setBadge(inbox.emails.length + inbox.texts.length);
    const now = JSON.stringify([inbox.emails.map((mail) => mail.id), inbox.texts.map((text) => text.id)]);
    if (!made || now === known) return;
    known = now;
    draw();
}

/** Returns the messages that have the words of the search, the newest first. */
function wanted(messages) {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    return messages.filter((one) => {
        const text = [one.from, one.to, one.cc, one.replyTo, one.subject, one.text ?? one.html].flat().filter(Boolean).join("\n").toLowerCase();
        return words.every((word) => text.includes(word));
    }).reverse();
}

function draw() {
    const count = inbox.emails.length + inbox.texts.length;
    finder.hidden = count <= few && search.value === "";
    empty.hidden = count > 0;
    const [mails, shorts] = [wanted(inbox.emails), wanted(inbox.texts)];
    found.textContent = search.value === "" ? "" : `${mails.length + shorts.length} of ${count} messages`;
    const focused = document.activeElement?.closest?.(".mail-row")?.dataset.id;
    put(list, mails.map((mail) => h("li", {}, h("button", {
        type: "button", class: "mail-row", "data-id": mail.id, "aria-current": chosen === mail.id ? "true" : null,
        onclick: (click) => { for (const row of list.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current"); click.currentTarget.setAttribute("aria-current", "true"); show(mail); },
    }, h("span", { class: "subject" }, mail.subject || "(no subject)"), h("span", { class: "to" }, `to ${mail.to.join(", ")}`),
    mail.time ? h("time", { datetime: mail.time }, clock(mail.time)) : null))));
    put(texts, shorts.map((text) => h("li", { class: "sms" },
        h("p", { class: "about" }, text.time ? h("time", { datetime: text.time }, `${clock(text.time)} · `) : null, `to ${text.to}${text.from ? ` from ${text.from}` : ""}`),
        h("p", { class: "bubble twilio" }, h("span", { class: "words" }, text.text)),
        h("p", { class: "about" }, `${text.parts} ${text.parts === 1 ? "part" : "parts"} · ${text.encoding} · ${text.length} characters`))));
    if (focused) list.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
    if (inbox.emails.length === 0) put(message);
    else if (!inbox.emails.some((mail) => mail.id === chosen)) {
        list.querySelector("button")?.setAttribute("aria-current", "true");
        show(inbox.emails.at(-1));
    }
}

function show(mail) {
    chosen = mail.id;
    const frame = h("iframe", { title: "E-mail as HTML", sandbox: "", src: `api/inbox/${encoded(mail.id)}/html`, class: "wide" });
    const widths = h("div", { class: "row", role: "group", "aria-label": "Width" }, [["600 px", "wide"], ["320 px", "narrow"]].map(([label, name]) =>
        button(label, (click) => {
            frame.className = name;
            for (const other of widths.children) other.setAttribute("aria-pressed", String(other === click.currentTarget));
        }, { "aria-pressed": String(name === "wide") })));
    put(message, h("h2", {}, mail.subject || "(no subject)"),
        h("dl", {}, [["When", when(mail.time)], ["From", mail.from], ["To", mail.to.join(", ")], ["Cc", mail.cc?.join(", ")], ["Bcc", mail.bcc?.join(", ")], ["Reply to", mail.replyTo?.join(", ")],
            ["Subject", mail.subject], ["Size", `${bytes(mail.size ?? 0)} of text and HTML`], ["Message id", mail.id]]
            .filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
        mail.hasHTML ? [widths, h("div", { class: "frame", tabindex: 0, role: "group", "aria-label": "E-mail" }, frame)] : null,
        mail.text ? fold("Text", h("pre", { class: "log", tabindex: 0, role: "group", "aria-label": "Text" }, mail.text), !mail.hasHTML) : null,
        mail.html ? fold("HTML source", h("pre", { class: "log", tabindex: 0, role: "group", "aria-label": "HTML source" }, mail.html)) : null,
        fold("As JSON", json(mail)));
}

/** Returns a time as people read it, with its day; nothing where it is not known. */
function when(time) {
    const date = new Date(time ?? NaN);
    return Number.isNaN(date.valueOf()) ? null : date.toLocaleString([], { dateStyle: "full", timeStyle: "medium" });
}
