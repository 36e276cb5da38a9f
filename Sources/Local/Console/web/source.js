// The console's stream of what happens, as one reader takes it: a page, or the one worker of all pages of a browser.

/** Opens the stream, and calls `tell` with each state, run, event (its JSON), change (its JSON) and clearing. */
export function open(tell) {
    const stream = new EventSource("/api/events");
    stream.addEventListener("open", () => tell("state", "open"));
    // The browser opens it again by itself, from the last event that came.
    stream.addEventListener("error", () => tell("state", "lost"));
    stream.addEventListener("message", (message) => tell("event", message.data));
    stream.addEventListener("run", (message) => tell("run", message.data));
    stream.addEventListener("changed", (message) => tell("changed", message.data));
    stream.addEventListener("cleared", () => tell("cleared", ""));
}
