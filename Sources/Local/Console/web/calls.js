// The one call that the console plays at a time: the phone and the agent see it from their ends.
import { coalesced, get, on, post } from "./api.js";

/** The call as the server has it: flow, state, lines, hint, view, contact. */
export const call = { state: "idle", lines: [], view: null };
const readers = new Set();
let version = -1;

export function onCall(reader) {
    readers.add(reader);
}

/** Fetches what is new; one request at a time, and one more if something has changed meanwhile. */
export const refresh = coalesced(async () => {
    const now = await get(`phone?after=${call.id === undefined ? 0 : call.lines.length}&id=${call.id ?? 0}`);
    const isNew = now.id !== call.id;
    const lines = isNew ? now.lines : call.lines.concat(now.lines);
    Object.assign(call, now, { lines });
    for (const reader of readers) reader(call, isNew);
});

on("changed", (what) => {
    if (what.phone === undefined || what.phone === version) return;
    version = what.phone;
    refresh();
});

export async function act(path, body) {
    await post(`phone${path}`, body);
    await refresh();
}

let facts;
/** Returns the project's flows and callers, fetched once. */
export function flows() {
    facts ??= get("flows");
    return facts;
}
