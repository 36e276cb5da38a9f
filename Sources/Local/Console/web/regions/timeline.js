// Everything that happens, in one list: what stripe listen, a log viewer and a mail catcher show in three.
import { events, on, post } from "../api.js";
import { channels, describe } from "../describe.js";
import { button, clock, duration, field, h, nearer, put, region } from "../dom.js";

export const title = "Timeline";

/** The rows that are in the page at once; older events stay in memory, and in the filter. */
const most = 500;
const chosen = new Set();
let text = "";
let selected = null;
let list, detail, chips, count, isDrawn = false, waiting = false, drawnAt = 0;

export function badge(set) {
    on("event", () => set(events.length));
    on("cleared", () => set(0));
}

export function make() {
    const search = h("input", { type: "search", placeholder: "SendEmail, refused, +1206…", oninput: () => { text = search.value.toLowerCase(); draw(); } });
    chips = h("div", { class: "chips", role: "group", "aria-label": "Channels" });
    list = h("ol", { class: "events", "aria-label": "Events, newest first", onkeydown: move });
    detail = h("div", { class: "detail", "aria-live": "polite" }, h("p", { class: "none" }, "Choose an event to see what it held."));
    count = h("p", { class: "about", role: "status" });
    const clear = button("Clear", async () => { await post("timeline/clear"); });
    on("event", later);
    on("cleared", () => { selected = null; put(detail, h("p", { class: "none" }, "Choose an event to see what it held.")); draw(); });
    const element = region(title, "Invocations, requests, messages, flow blocks and records as they happen.",
        h("div", { class: "tools" }, field("Filter", search), chips, clear),
        count, h("div", { class: "split" }, list, detail));
    isDrawn = true;
    return element;
}

export function shown([id]) {
    const event = id && events.find((event) => String(event.id) === id);
    if (event) choose(event);
    draw();
}

/** Draws the first event at once, and then a few times a second, however many come. */
function later() {
    if (waiting || !isDrawn) return;
    waiting = true;
    setTimeout(() => requestAnimationFrame(() => {
        waiting = false;
        drawnAt = performance.now();
        draw();
    }), Math.max(0, drawnAt + 150 - performance.now()));
}

function isWanted(event) {
    if (chosen.size > 0 && !chosen.has(event.channel)) return false;
    return text === "" || [event.title, event.function, event.source, event.channel, event.outcome]
        .some((part) => part?.toLowerCase().includes(text));
}

function draw() {
    // What is not seen is drawn when it is.
    if (!list?.isConnected || list.closest("[hidden]")) return;
    const there = new Set(events.map((event) => event.channel));
    put(chips, Object.entries(channels).filter(([name]) => there.has(name) || chosen.has(name)).map(([name, label]) =>
        button(label, () => {
            if (!chosen.delete(name)) chosen.add(name);
            draw();
            chips.querySelector(`[data-channel="${name}"]`)?.focus();
        }, { class: "chip", "aria-pressed": String(chosen.has(name)), "data-channel": name })));
    const wanted = events.filter(isWanted);
    count.textContent = wanted.length === 0
        ? (events.length === 0 ? "Nothing has happened yet: call a flow, talk to a skill, or run a function." : "No event fits the filter.")
        : `${wanted.length} of ${events.length} events${wanted.length > most ? `, the newest ${most} shown` : ""}`;
    const focused = document.activeElement?.closest?.(".event")?.dataset.id;
    put(list, wanted.slice(-most).reverse().map(row));
    if (focused) list.querySelector(`[data-id="${focused}"]`)?.focus();
}

function row(event) {
    return h("li", {}, h("button", {
        type: "button", class: "event", "data-id": event.id, "data-outcome": event.outcome ?? "ok",
        "aria-current": event === selected ? "true" : null, onclick: () => { choose(event); draw(); },
    },
    h("time", { datetime: event.time }, clock(event.time)),
    h("span", { class: "channel", "data-channel": event.channel }, channels[event.channel] ?? event.channel),
    h("span", { class: "title" }, event.title),
    event.outcome && event.outcome !== "ok" ? h("span", { class: "outcome" }, event.outcome) : null,
    h("span", { class: "took" }, duration(event.milliseconds))));
}

function move(key) {
    const steps = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" };
    const next = steps[key.key] && document.activeElement?.closest("li")?.[steps[key.key]]?.firstChild;
    if (!next) return;
    key.preventDefault();
    next.focus();
    next.click();
}

function choose(event) {
    selected = event;
    history.replaceState(null, "", `#timeline/${event.id ?? ""}`);
    put(detail, describe(event, events.find((one) => one.id === event.invocation)));
    nearer(detail);
}
