// One stream for all pages of a browser: it opens six connections to a server and no more, and a stream takes one.
import { open } from "./source.js";

const ports = new Set();
const bound = 10000;
let events = [], run, state;

open((kind, value) => {
    if (kind === "state") state = value;
    if (kind === "cleared" || (kind === "run" && run !== undefined && run !== value)) events = [];
    if (kind === "run") run = value;
    if (kind === "event") {
        events.push(value);
        if (events.length > bound) events.splice(0, events.length - bound);
    }
    for (const port of ports) port.postMessage([[kind, value]]);
});

self.addEventListener("connect", ({ ports: [port] }) => {
    port.addEventListener("message", () => ports.delete(port));
    port.start();
    ports.add(port);
    // A page that comes later gets what those before it have.
    const known = events.map((event) => ["event", event]);
    if (run !== undefined) known.unshift(["run", run]);
    if (state !== undefined) known.push(["state", state]);
    port.postMessage(known);
});
