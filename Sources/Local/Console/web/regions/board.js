// The queues of the contact centre, as the local Amazon Connect has them, and the rows that they become in the CRM.
import { get, on, post } from "../api.js";
import { button, command, fold, h, put, region, table } from "../dom.js";

export const title = "Board";

let stage, tools, history, busy, said, fault, timer, reading = false;

export function make() {
    stage = h("div", { class: "board-stage" });
    said = h("p", { class: "about", role: "status" });
    fault = h("p", { class: "fault", role: "alert", hidden: true });
    history = button("Read the last 24 hours", () => read("historical"));
    busy = h("input", { type: "checkbox", onchange: () => act(() => post("board/busy", { isOn: busy.checked })) });
    tools = h("div", { class: "row" }, button("Read the queues now", () => read("realtime"), { class: "main" }), history,
        h("label", { class: "check" }, busy, "Busy at every hour"));
    on("event", (event) => { if (event.function === "ConnectMetrics" || event.channel === "salesforce") later(300); });
    on("changed", (what) => { if (what.board !== undefined || what.status !== undefined) later(50); });
    document.addEventListener("visibilitychange", () => later(50));
    return region(title, "Queues as Amazon Connect has them, and the rows that ConnectMetrics writes of them.", tools, said, fault, stage);
}

export const shown = () => refresh();

function isSeen() {
    return stage?.isConnected && !stage.closest("[hidden]") && !document.hidden;
}

function later(milliseconds) {
    clearTimeout(timer);
    if (isSeen()) timer = setTimeout(refresh, milliseconds);
}

async function act(action) {
    fault.hidden = true;
    try { return await action(); } catch (error) { complain(error.message); }
}

function complain(sentence) {
    said.textContent = "";
    fault.textContent = sentence;
    fault.hidden = false;
}

async function read(task) {
    if (reading) return;
    reading = true;
    said.textContent = "ConnectMetrics is reading …";
    const result = await act(() => post("board/read", { task }));
    reading = false;
    if (!result) return;
    // The rows are there when their number is said.
    await refresh();
    if (result.isError) complain(result.sentence);
    else said.textContent = result.sentence;
}

async function refresh() {
    clearTimeout(timer);
    let board;
    try { board = await get("board"); } catch (error) { board = { isAvailable: false, reason: error.message }; }
    tools.hidden = !board.isAvailable;
    if (!board.isAvailable) {
        put(stage, h("div", { class: "card" }, h("h2", {}, "Not available"), h("p", {}, board.reason), board.command ? command(board.command) : null));
        return;
    }
    history.textContent = `Read the last ${board.hours} hours`;
    busy.checked = board.isAlwaysBusy;
    draw(board);
    // The queues are the same within a minute.
    later(60000 - Date.now() % 60000 + 200);
}

function draw(board) {
    const onShift = board.agents.filter((agent) => agent.isOnShift).length;
    const isQuiet = board.queues.every((queue) => !queue.isKnown);
    // What was opened and scrolled stays so.
    const isOpen = stage.querySelector("details")?.open ?? false;
    const places = new Map([...stage.querySelectorAll(".scroll")].map((one) => [one.getAttribute("aria-label"), [one.scrollTop, one.scrollLeft]]));
    const active = stage.contains(document.activeElement) ? name(document.activeElement) : null;
    put(stage,
        h("h2", {}, "Queues now"),
        h("p", { class: "about" }, `${board.time.slice(0, 16).replace("T", " ")} UTC, anew each minute.${isQuiet ? " Nobody waits and nobody works: it is outside of the contact center's hours, 6 to 19 UTC. “Busy at every hour” changes that." : ""}`),
        table("Queues now", ["Queue", "In queue", "Oldest", "Agents online", "Available", "Staffed", "On contact", "After contact", "Non-productive", "Error", "Scheduled", "Slots free", "Slots taken", "Channels"],
            board.queues.map((queue) => [queue.name, queue.inQueue, `${queue.oldestSeconds} s`, queue.agentsOnline, queue.agentsAvailable, queue.agentsStaffed,
                queue.agentsOnContact, queue.agentsAfterContact, queue.agentsNonProductive, queue.agentsError, queue.scheduled, queue.slotsAvailable, queue.slotsActive, queue.channels.join(", ")].map(String))),
        fold(`Agents (${onShift} of ${board.agents.length} on shift)`, table("Agents", ["Agent", "On shift", "Queues"],
            board.agents.map((agent) => [agent.username, agent.isOnShift ? "yes" : "no", agent.queues.join(", ")])), isOpen),
        board.tables.map(rows));
    for (const one of stage.querySelectorAll(".scroll")) {
        const place = places.get(one.getAttribute("aria-label"));
        if (place) [one.scrollTop, one.scrollLeft] = place;
    }
    if (active !== null) [...stage.querySelectorAll("[tabindex], summary, a")].find((one) => name(one) === active)?.focus({ preventScroll: true });
}

/** Returns what tells an element that takes the focus from the others, whenever it is drawn. */
function name(element) {
    return element.getAttribute("aria-label") ?? element.getAttribute("href") ?? element.tagName;
}

/** Makes the table of an object's rows, with the columns of its reports. */
function rows(one) {
    const shown = one.rows.length < one.count ? `the newest ${one.rows.length} of ${one.count} rows` : `${one.count} ${one.count === 1 ? "row" : "rows"}`;
    const head = (column) => [column.label, column.field ? h("code", { class: "api-name" }, column.field) : null];
    return [
        h("h2", {}, one.title),
        h("p", { class: "about" }, h("a", { href: `#crm/${one.object}` }, one.object), ` in the CRM, with the columns of ${one.reports.join(" and ")}: ${shown}`),
        one.rows.length ? table(one.title, one.columns.map(head), one.rows) : h("p", { class: "none" }, "None yet: read them."),
    ];
}
