// The page that `switchboard demo --html` writes: what ran, what came of it, and everything that happened meanwhile.
import { describe } from "./describe.js";
import { duration, fold, h, json, put } from "./dom.js";

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
        held.html ? h("iframe", { title: "E-mail as HTML", sandbox: "", srcdoc: held.html, class: "wide" }) : h("pre", { class: "log" }, held.text ?? ""));
}

function row(result) {
    const events = happened(result);
    const content = h("div", { class: "held" });
    const details = h("details", {
        ontoggle: () => {
            if (!details.open || content.childNodes.length) return;
            put(content,
                result.differences.map((difference) => h("div", { class: "card" }, h("h3", {}, "Not as expected"), h("h4", {}, "Expected"), json(difference.expected), h("h4", {}, "Actual"), json(difference.actual))),
                result.log ? fold("Log", h("pre", { class: "log" }, result.log), true) : null,
                events.filter((event) => event.channel === "email").map(mail),
                events.map((event) => fold(`${event.channel}: ${event.title}`, h("div", {}, describe(event).slice(2)), event.channel === "lambda" && events.length < 4)));
        },
    }, h("summary", {}, h("span", { class: result.isAsExpected ? "verdict ok" : "verdict failed" }, result.isAsExpected ? "as expected" : "FAILED"),
        h("strong", {}, ` ${result.event} `), h("span", { class: "about" }, `${result.summaries.join(" · ")} · ${duration(result.milliseconds)}`)), content);
    return details;
}

const failed = data.functions.flatMap((one) => one.results).filter((result) => !result.isAsExpected).length;
const count = data.functions.reduce((sum, one) => sum + one.results.length, 0);
document.title = `${failed ? `${failed} FAILED` : "all as expected"} · switchboard demo`;
put(document.getElementById("main"),
    h("header", { class: "head" }, h("h1", {}, "switchboard demo"),
        h("p", { class: "about" }, `${data.version} · ${data.time}`),
        h("p", { class: failed ? "verdict failed" : "verdict ok", role: "status" }, `${count} events, ${failed ? `${count - failed} as expected, ${failed} FAILED` : `${count} as expected`}`)),
    data.functions.map((one) => h("section", { class: "card", "aria-label": one.name }, h("h2", {}, `${one.name} (${one.results.length})`), one.results.map(row))));
