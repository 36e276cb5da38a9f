// What an event of the timeline held, for the console and for the page that demo writes.
import { command, duration, fold, h, json, pre, table } from "./dom.js";

export const channels = {
    lambda: "Lambda", http: "HTTP", aws: "AWS", queue: "Queue", stream: "Stream", email: "E-mail", sms: "SMS",
    salesforce: "Salesforce", voiceit: "VoiceIt", twilio: "Twilio", flow: "Flow", call: "Call", alexa: "Alexa",
    audio: "Audio", fault: "Fault", timeline: "Timeline",
};

/** Returns what an event held, in the order in which a person looks for it; `invocation` is the one it happened in. */
export function describe(event, invocation) {
    const held = event.detail ?? {};
    const parts = [
        h("h2", {}, event.title),
        h("p", { class: "about" }, [channels[event.channel] ?? event.channel, event.kind, event.function, event.source, duration(event.milliseconds)]
            .filter(Boolean).join(" · ")),
    ];
    const same = event.command ?? invocation?.command;
    if (same) parts.push(command(same));
    else if (event.channel === "lambda") parts.push(h("p", { class: "about" }, "No command: the event is longer than 8 kB, no text, or holds what is secret."));
    if (event.channel === "lambda") {
        parts.push(h("p", { class: "facts" }, [
            held.cold === undefined ? null : held.cold ? "cold start" : "warm", held.initMilliseconds === undefined ? null : `init ${duration(held.initMilliseconds)}`,
            held.memoryMB === undefined ? null : `${held.memoryMB} MB at most`, held.requestId,
        ].filter(Boolean).join(" · ")));
        if (held.event !== undefined) parts.push(fold("Event", json(held.event, "Event"), true));
        if (held.response !== undefined) parts.push(fold("Response", json(held.response, "Response"), true));
        if (held.error !== undefined) parts.push(fold("Error", json(held.error, "Error"), true));
        if (held.requests?.length) {
            parts.push(fold(`Outbound requests (${held.requests.length})`, table("Outbound requests", ["Target", "Status", "Time"],
                held.requests.map((request) => [h("code", {}, request.target), String(request.status ?? "none"), duration(request.milliseconds)])), true));
        }
        if (held.log?.length) parts.push(fold("Log", pre("Log", held.log.join("\n")), true));
    } else if (held.text !== undefined || held.html !== undefined) {
        const { text: words, html, ...rest } = held;
        parts.push(json(rest, "Message"), words ? fold("Text", pre("Text", words), true) : null,
            html ? fold("HTML source", pre("HTML source", html)) : null);
    } else if (Object.keys(held).length) {
        parts.push(json(held, "Detail"));
    }
    if (held.invocation ?? event.invocation) {
        parts.push(h("p", {}, h("a", { href: `#timeline/${event.invocation}` }, "The invocation it happened in")));
    }
    return parts;
}
