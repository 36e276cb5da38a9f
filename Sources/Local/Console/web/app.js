// The page: its regions, which one is shown, the theme, and the state of the connection.
import { Refused, get, listen, on } from "./api.js";
import { h, put } from "./dom.js";
import * as agent from "./regions/agent.js";
import * as board from "./regions/board.js";
import * as crm from "./regions/crm.js";
import * as echo from "./regions/echo.js";
import * as faults from "./regions/faults.js";
import * as functions from "./regions/functions.js";
import * as inbox from "./regions/inbox.js";
import * as phone from "./regions/phone.js";
import * as timeline from "./regions/timeline.js";

const regions = { timeline, phone, echo, agent, inbox, crm, functions, board, faults };
const main = document.getElementById("main");
const nav = document.getElementById("regions");
const state = document.getElementById("state");
const made = {};
const links = {};

for (const [name, module] of Object.entries(regions)) {
    const count = h("span", { class: "count", hidden: true });
    links[name] = h("a", { href: `#${name}` }, module.title, count);
    nav.append(links[name]);
    module.badge?.((number) => {
        count.textContent = number > 999 ? "999+" : String(number);
        count.hidden = number === 0;
    });
}

/** Shows the region of the address: #timeline, #phone … with whatever stands after a slash passed to it. */
function show() {
    const [name, ...rest] = location.hash.slice(1).split("/");
    const known = Object.hasOwn(regions, name) ? name : "timeline";
    for (const [other, link] of Object.entries(links)) {
        if (other === known) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
    }
    made[known] ??= regions[known].make();
    for (const [other, element] of Object.entries(made)) element.hidden = other !== known;
    if (!made[known].isConnected) main.append(made[known]);
    document.title = `${regions[known].title} · Switchboard console`;
    regions[known].shown?.(rest.map(decoded));
}

function decoded(part) {
    try { return decodeURIComponent(part); } catch { return part; }
}

// What a region does not say itself is said here: the command may have ended.
window.addEventListener("unhandledrejection", (event) => {
    if (!(event.reason instanceof Refused)) return;
    event.preventDefault();
    state.textContent = event.reason.message;
});

window.addEventListener("hashchange", () => {
    // "#main" is the skip link's, and no region's.
    if (location.hash !== "#main") show();
});

const themes = ["auto", "light", "dark"];
const theme = document.getElementById("theme");
function applyTheme(name) {
    if (name === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    theme.textContent = `Theme: ${name}`;
}
let chosen = localStorage.getItem("theme") ?? "auto";
applyTheme(chosen);
theme.addEventListener("click", () => {
    chosen = themes[(themes.indexOf(chosen) + 1) % themes.length];
    localStorage.setItem("theme", chosen);
    applyTheme(chosen);
});

on("state", (now) => {
    state.dataset.state = now;
    if (now === "lost") state.textContent = "The command has ended, or cannot be reached.";
    else refresh();
});
on("changed", (what) => { if (what.status !== undefined) refresh(); });

async function refresh() {
    try {
        const status = await get("status");
        state.dataset.state = status.error ? "failed" : status.ready ? "open" : "starting";
        put(state, status.error ?? (status.ready ? `${status.what} · running` : status.starting));
    } catch (error) {
        state.dataset.state = "lost";
        state.textContent = error.message;
    }
}

show();
listen();
