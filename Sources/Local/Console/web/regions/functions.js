// Every function with its events: run one, change it, compare what comes with what is expected.
import { encoded, get, post } from "../api.js";
import { bytes, button, command, duration, field, fold, h, json, nearer, pairs, put, region, table } from "../dom.js";

export const title = "Functions";

let list, stage, functions = [], chosen, current, source, outcome, fault, saveName, saved;

export function make() {
    list = h("ul", { class: "functions", "aria-label": "All functions" });
    stage = h("div", { class: "card" }, h("p", { class: "none" }, "Choose a function."));
    return region(title, "Run a function on an event, change the event, and compare with what is expected.", h("div", { class: "split narrow-left" }, list, stage));
}

export async function shown([name, event]) {
    functions = (await get("functions")).functions;
    draw();
    const found = functions.find((one) => one.name === name) ?? functions.find((one) => one.name === chosen) ?? functions.find((one) => one.isBuilt) ?? functions[0];
    if (!found || (found.name === chosen && !event)) return;
    await open(found, event);
    if (name) nearer(stage);
}

function draw() {
    put(list, functions.map((one) => h("li", {}, h("a", { href: `#functions/${encoded(one.name)}`, "aria-current": one.name === chosen ? "true" : null },
        h("strong", {}, one.name), h("span", { class: "about" }, one.isBuilt ? `${one.zipBytes ? `${bytes(one.zipBytes)} zip · ` : ""}${one.events.length} events${one.coldMilliseconds === undefined ? "" : ` · cold ${duration(one.coldMilliseconds)}`}` : "cannot be run")))));
}

async function open(one, event) {
    chosen = one.name;
    current = null;
    draw();
    source = h("textarea", { rows: 16, spellcheck: "false", class: "source" });
    outcome = h("div", { "aria-live": "polite" });
    fault = h("p", { class: "fault", role: "alert", hidden: true });
    saved = h("p", { class: "about", role: "status" });
    saveName = h("input", { type: "text", placeholder: "19-what-it-shows", autocomplete: "off" });
    put(stage, h("h2", {}, one.name),
        h("p", { class: "about" }, [one.isBuilt ? "built" : one.reason, one.zipBytes ? `zip ${bytes(one.zipBytes)}` : null, one.size ? `bootstrap ${bytes(one.size)}` : null].filter(Boolean).join(" · ")),
        fold(`Variables (${Object.keys(one.variables ?? {}).length})`, pairs("Variables", one.variables)),
        h("div", { class: "event-list", role: "group", "aria-label": "Events" }, one.events.map((name) => chip(one, name))),
        field("Event", source),
        h("div", { class: "row" }, button("Run", () => run(one), { class: "main", disabled: !one.isBuilt }), button("Run all events", () => runAll(one), { disabled: !one.isBuilt || one.events.length === 0 }),
            button("As it was", () => current && load(one, current))),
        fault, outcome,
        fold("Save as test", h("div", { class: "row" }, field("Name of the event", saveName), button("Save as test", () => save(one)), saved)));
    const first = event && one.events.includes(event) ? event : one.events[0];
    if (first) await load(one, first);
}

const chip = (one, name) => button(name, () => load(one, name), { class: "chip", "data-event": name, "aria-pressed": "false" });

async function load(one, name) {
    const found = await get(`functions/${encoded(one.name)}/events/${encoded(name)}`);
    if (chosen !== one.name) return;
    current = name;
    source.value = found.event;
    for (const chip of stage.querySelectorAll("[data-event]")) chip.setAttribute("aria-pressed", String(chip.dataset.event === name));
    put(outcome, found.expected === undefined ? null : fold("Expected", json(found.expected, "Expected")));
}

async function run(one) {
    fault.hidden = true;
    put(outcome, h("p", { class: "about" }, "Running …"));
    const ran = current;
    try {
        const answer = await post(`functions/${encoded(one.name)}/run`, { event: source.value, name: ran });
        // Somebody may have chosen another event meanwhile.
        if (chosen !== one.name || current !== ran) return;
        one.coldMilliseconds = answer.initMilliseconds ?? one.coldMilliseconds;
        draw();
        put(outcome, result(one, answer));
    } catch (error) {
        if (chosen !== one.name || current !== ran) return;
        put(outcome);
        fault.textContent = error.message;
        fault.hidden = false;
    }
}

function result(one, answer) {
    const verdict = answer.isAsExpected === undefined
        // A function that remembers keys answers the same event otherwise.
        ? answer.expected === undefined ? null : h("p", { class: "about", role: "status" }, "Run before: not compared")
        : h("p", { class: answer.isAsExpected ? "verdict ok" : "verdict failed", role: "status" }, answer.isAsExpected ? "As expected" : "Not as expected");
    return [
        h("div", { class: "row" }, h("p", { class: answer.isError ? "verdict failed" : "verdict ok", role: "status" }, answer.isError ? "Error" : "Response"), verdict,
            h("span", { class: "about" }, [duration(answer.milliseconds), answer.initMilliseconds !== undefined ? `cold, init ${duration(answer.initMilliseconds)}` : answer.isCold === undefined ? null : answer.isCold ? "cold" : "warm",
                answer.memoryMB ? `${answer.memoryMB} MB at most` : null].filter(Boolean).join(" · "))),
        json(answer.response, answer.isError ? "Error" : "Response"),
        answer.differences?.length ? differences(answer.differences) : null,
        answer.expected === undefined ? null : fold("Expected", json(answer.expected, "Expected"), answer.isAsExpected === false),
        answer.log?.length ? fold("Log", h("pre", { class: "log", tabindex: 0, role: "group", "aria-label": "Log" }, answer.log.join("\n")), answer.isError) : null,
        answer.command ? command(answer.command) : h("p", { class: "about" }, "No command: the event is longer than 8 kB, or no text."),
    ];
}

/** Makes the table of what came otherwise than expected; the whole has no name of its own. */
function differences(found) {
    const value = (one) => (one === undefined ? h("em", {}, "nothing") : h("code", {}, short(JSON.stringify(one))));
    return table("Differences", ["Member", "Expected", "Came"], found.map((one) => [one.path ? h("code", {}, one.path) : "(the whole)", value(one.expected), value(one.came)]));
}

function short(text) {
    return text.length > 400 ? `${text.slice(0, 399)}…` : text;
}

async function runAll(one) {
    fault.hidden = true;
    const rows = [];
    for (const name of one.events) {
        if (chosen !== one.name) return;
        try {
            const event = (await get(`functions/${encoded(one.name)}/events/${encoded(name)}`)).event;
            const answer = await post(`functions/${encoded(one.name)}/run`, { event, name });
            rows.push([name, answer.isAsExpected === undefined ? (answer.expected !== undefined ? "run before: not compared" : answer.isError ? "error" : "response") : answer.isAsExpected ? "as expected" : "NOT as expected", duration(answer.milliseconds)]);
        } catch (error) {
            rows.push([name, error.message, ""]);
        }
        put(outcome, table("All events", ["Event", "Result", "Time"], rows));
    }
}

async function save(one) {
    try {
        const { path } = await post("save", { kind: "event", function: one.name, name: saveName.value.trim(), event: source.value });
        const name = path.split("/").at(-1).replace(/\.json$/, "");
        one.events.push(name);
        stage.querySelector(".event-list").append(chip(one, name));
        draw();
        saved.textContent = `Saved: ${path}`;
    } catch (error) {
        saved.textContent = error.message;
    }
}
