// The page that `switchboard demo --html` writes: what ran, what came of it, and everything that happened meanwhile.
import { describe } from "./describe.js";
import { duration, fold, h, json, pre, put } from "./dom.js";

const data = JSON.parse(document.getElementById("data").textContent);
const byID = new Map(data.events.map((event) => [event.id, event]));

function happened(result) {
    const list = [];
    for (let id = result.first; id <= result.last; id += 1) if (byID.has(id)) list.push(byID.get(id));
    return list;
}

function mail(event) {
    const held = event.detail ?? {};
    // The e-mail's own document: no script runs in it, and nothing is loaded.
    return h("div", { class: "card" }, h("h3", {}, held.subject ?? event.title),
        held.html ? h("iframe", { title: "E-mail as HTML", sandbox: "", srcdoc: held.html, class: "wide" }) : pre("Text", held.text ?? ""));
}

function content(result) {
    const events = happened(result);
    return [
        result.differences.map((difference) => h("div", { class: "card" }, h("h3", {}, "Not as expected"),
            h("h4", {}, "Expected"), json(difference.expected, "Expected"), h("h4", {}, "Actual"), json(difference.actual, "Actual"))),
        result.log ? fold("Log", pre("Log", result.log), true) : null,
        events.filter((event) => event.channel === "email").map(mail),
        events.map((event) => fold(`${event.channel}: ${event.title}`, h("div", {}, describe(event).slice(2)), event.channel === "lambda" && events.length < 4)),
    ];
}

function row(result, name) {
    const held = h("div", { class: "held" });
    // A failure is read at once; the rest is made when it is opened.
    if (!result.isAsExpected) put(held, content(result));
    const details = h("details", {
        open: !result.isAsExpected,
        ontoggle: () => { if (details.open && !held.childNodes.length) put(held, content(result)); },
    }, h("summary", {}, h("span", { class: result.isAsExpected ? "verdict ok" : "verdict failed" }, result.isAsExpected ? "as expected" : "FAILED"),
        h("strong", {}, ` ${name ? `${name} ` : ""}${result.event} `), h("span", { class: "about" }, `${result.summaries.join(" · ")} · ${duration(result.milliseconds)}`)), held);
    return details;
}

const failures = data.functions.flatMap((one) => one.results.filter((result) => !result.isAsExpected).map((result) => [one.name, result]));
const failed = failures.length;
const count = data.functions.reduce((sum, one) => sum + one.results.length, 0);
document.title = `${failed ? `${failed} FAILED` : "all as expected"} · switchboard demo`;
put(document.getElementById("main"),
    h("header", { class: "head" }, h("h1", {}, "switchboard demo"),
        h("p", { class: "about" }, `${data.version} · ${data.time}`),
        h("p", { class: failed ? "verdict failed" : "verdict ok", role: "status" }, `${count} events, ${failed ? `${count - failed} as expected, ${failed} FAILED` : `${count} as expected`}`)),
    failed ? h("section", { class: "card", "aria-label": "Failures" }, h("h2", {}, `Failures (${failed})`), failures.map(([name, result]) => row(result, name))) : null,
    data.functions.map((one) => {
        const results = one.results.filter((result) => result.isAsExpected);
        return results.length === 0 ? null
            : h("section", { class: "card", "aria-label": one.name }, h("h2", {}, `${one.name} (${results.length}${results.length < one.results.length ? ` of ${one.results.length}` : ""})`), results.map((result) => row(result)));
    }));
