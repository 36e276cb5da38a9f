// The console's API: JSON over this page's own origin, and one stream of what happens.
import { open } from "./source.js";

/** An answer that is no success, with the sentence that the server gave. */
export class Refused extends Error {}

async function send(method, path, body) {
    // A refusal is an answer for a person, and no error of the page's: browsers note each status from 400 on as one.
    const headers = { Prefer: "status=200" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response;
    try {
        response = await fetch(`api/${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    } catch {
        throw new Refused("The command has ended, or cannot be reached.");
    }
    const text = await response.text();
    let answer;
    try { answer = text ? JSON.parse(text, exact) : null; } catch { answer = { error: text }; }
    const status = Number(response.headers.get("X-Status") ?? response.status);
    if (status >= 400) throw new Refused(answer?.error ?? `The console answered ${status}.`);
    return answer;
}

/** Keeps whole numbers that a number of JavaScript would round as they were sent, where the browser can. */
function exact(_, value, context) {
    const isRounded = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
    return isRounded && context?.source && JSON.rawJSON ? JSON.rawJSON(context.source) : value;
}

export const get = (path) => send("GET", path);
export const post = (path, body = {}) => send("POST", path, body);
export const encoded = encodeURIComponent;

/** The latest events, oldest first: no more than the server keeps. */
export const events = [];
const bound = 10000;
/** Returns a function that does the work once at a time, and once more when it was called meanwhile, however often. */
export function coalesced(work) {
    let running = null, again = false;
    return () => {
        again = true;
        running ??= (async () => {
            // What comes in the same moment is one.
            await null;
            while (again) {
                again = false;
                await work();
            }
        })().finally(() => { running = null; });
        return running;
    };
}

let run, isLost = false;
const readers = { event: new Set(), changed: new Set(), state: new Set(), cleared: new Set() };

/** Calls a function for each event, change of a session, or state of the connection. */
export function on(kind, reader) {
    readers[kind].add(reader);
}

function tell(kind, value) {
    for (const reader of readers[kind]) reader(value);
}

/** Opens the stream: through the one worker that all pages of this browser share, where it has such workers. */
export function listen() {
    if (typeof SharedWorker === "undefined") return open(take);
    const { port } = new SharedWorker("stream.js", { type: "module", name: "Switchboard console" });
    port.addEventListener("message", (message) => { for (const [kind, value] of message.data) take(kind, value); });
    port.start();
    window.addEventListener("pagehide", () => port.postMessage("bye"));
    // A page that the browser has kept aside has missed what happened meanwhile.
    window.addEventListener("pageshow", (shown) => { if (shown.persisted) location.reload(); });
}

function take(kind, value) {
    if (kind === "event") {
        const event = JSON.parse(value);
        events.push(event);
        if (events.length > bound) events.splice(0, events.length - bound);
        tell("event", event);
    } else if (kind === "run") {
        // Another run of the command knows nothing of what this page shows.
        if (run !== undefined && run !== value) location.reload();
        run = value;
    } else if (kind === "cleared") clear();
    else tell(kind, kind === "changed" ? JSON.parse(value) : value);
    if (kind !== "state") return;
    // What has changed while nobody told.
    if (value === "open" && isLost) tell("changed", Object.fromEntries(["phone", "echo", "faults", "status"].map((name) => [name, -performance.now()])));
    isLost = value === "lost";
}

function clear() {
    events.length = 0;
    tell("cleared");
}
