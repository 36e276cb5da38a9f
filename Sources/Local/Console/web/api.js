// The console's API: JSON over this page's own origin, and one stream of what happens.

/** An answer that is no success, with the sentence that the server gave. */
export class Refused extends Error {}

async function send(method, path, body) {
    const response = await fetch(`api/${path}`, {
        method, headers: body === undefined ? {} : { "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    let answer;
    try { answer = text ? JSON.parse(text) : null; } catch { answer = { error: text }; }
    if (!response.ok) throw new Refused(answer?.error ?? `The console answered ${response.status}.`);
    return answer;
}

export const get = (path) => send("GET", path);
export const post = (path, body = {}) => send("POST", path, body);
export const encoded = encodeURIComponent;

/** The latest events, oldest first: no more than the server keeps. */
export const events = [];
const bound = 10000;
let run;
const readers = { event: new Set(), changed: new Set(), state: new Set(), cleared: new Set() };

/** Calls a function for each event, change of a session, or state of the connection. */
export function on(kind, reader) {
    readers[kind].add(reader);
}

function tell(kind, value) {
    for (const reader of readers[kind]) reader(value);
}

/** Opens the stream; the browser opens it again by itself, from the last event that came. */
export function listen() {
    const stream = new EventSource("api/events");
    stream.addEventListener("open", () => tell("state", "open"));
    stream.addEventListener("error", () => tell("state", "lost"));
    stream.addEventListener("message", (message) => {
        const event = JSON.parse(message.data);
        events.push(event);
        if (events.length > bound) events.splice(0, events.length - bound);
        tell("event", event);
    });
    // Another run of the command has other events.
    stream.addEventListener("run", (message) => {
        if (run !== undefined && run !== message.data) clear();
        run = message.data;
    });
    stream.addEventListener("changed", (message) => tell("changed", JSON.parse(message.data)));
    stream.addEventListener("cleared", clear);
}

function clear() {
    events.length = 0;
    tell("cleared");
}
