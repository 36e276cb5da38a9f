// The queues of the contact centre, as the metrics' double has them, and the rows that they become in the CRM.
import { get, on } from "../api.js";
import { h, put, region, table } from "../dom.js";

export const title = "Board";

let stage, timer;

export function make() {
    stage = h("div", { class: "card", "aria-live": "polite" });
    on("event", (event) => {
        if (event.function !== "ConnectMetrics" && event.channel !== "salesforce") return;
        clearTimeout(timer);
        timer = setTimeout(() => { if (!stage.closest("[hidden]")) shown(); }, 300);
    });
    return region(title, "Queues now, and their rows in the CRM.", stage);
}

export async function shown() {
    let board;
    try { board = await get("board"); } catch (error) { board = { isAvailable: false, reason: error.message }; }
    if (!board.isAvailable) {
        put(stage, h("h2", {}, "Not available"), h("p", {}, board.reason));
        return;
    }
    put(stage, h("h2", {}, "Queues"),
        table("Queues", ["Queue", "In queue", "Oldest", "Agents online", "Available", "Staffed"], board.queues.map((queue) =>
            [queue.name, queue.inQueue, `${queue.oldestSeconds} s`, queue.agentsOnline, queue.agentsAvailable, queue.agentsStaffed].map(String))),
        h("h2", {}, "Rows in the CRM"),
        board.rows.length ? table("Rows in the CRM", Object.keys(board.rows[0]), board.rows.map((row) => Object.values(row).map((value) => String(value ?? "")))) : h("p", { class: "none" }, "None yet."));
}
