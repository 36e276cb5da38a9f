// The agent's guide: each view as the agent's workspace shows it, with real inputs.
import { act, call, flows, onCall, refresh } from "../calls.js";
import { button, field, h, put, region, select, trying } from "../dom.js";
import { append } from "./phone.js";

export const title = "Agent";

let flowField, numberField, stage, log, fault, seen, shownLines = 0;

export function badge(set) {
    onCall((now) => set(now.view ? 1 : 0));
}

export function make() {
    flowField = select([], null);
    numberField = h("input", { type: "tel", value: "+12065550142", autocomplete: "off" });
    stage = h("div", { class: "agent-view card", role: "group", "aria-label": "View", tabindex: -1 });
    log = h("div", { class: "bubbles", role: "log", "aria-label": "What happens", tabindex: 0 });
    fault = h("p", { class: "fault", role: "alert", hidden: true });
    onCall(draw);
    refresh();
    return region(title, "The guide's views, as the agent of a call sees them.",
        h("form", { class: "tools", onsubmit: (event) => { event.preventDefault(); run(open); } },
            field("Guide", flowField), field("Customer's number", numberField),
            h("button", { type: "submit", class: "main" }, "Open the guide"),
            button("Close", () => run(() => act("/hangup")))),
        fault, h("div", { class: "split" }, stage, log));
}

let opened;
export const shown = () => { opened = fillGuides(); return opened; };

async function fillGuides() {
    if (flowField.options.length > 0) return;
    const guides = (await flows()).flows.filter((flow) => flow.isGuide);
    put(flowField, guides.map((flow) => h("option", { value: flow.name }, flow.name)));
}

async function open() {
    // Somebody may be quicker than the list of guides.
    await opened;
    await act("", { flow: flowField.value, from: numberField.value.trim(), profile: true });
}

const run = trying(() => fault);

function draw(now, isNew) {
    if (isNew) { put(log); shownLines = 0; }
    for (const line of now.lines.slice(shownLines)) if (line.who !== "view") append(log, line);
    shownLines = now.lines.length;
    log.scrollTop = log.scrollHeight;
    const version = now.view ? `${now.id}/${now.view.number}` : `none/${now.state}`;
    if (version === seen) return;
    seen = version;
    put(stage, now.view ? view(now.view) : h("p", { class: "none" }, now.state === "busy" ? "The guide is working …" : "No view is open: open a guide, or call a flow that opens one."));
    if (stage.closest("[hidden]")) return;
    if (now.view) stage.querySelector("input, textarea, select, button")?.focus();
    // What the agent has pressed is gone: the keyboard stays in the view.
    else if (document.activeElement === document.body) stage.focus();
}

/** Answers the view that is shown; the server refuses an answer to another one. */
const answer = (body) => run(() => act("/view", { ...body, view: call.view?.number ?? 0 }));
const label = (value) => (typeof value === "object" && value ? value.Label ?? "" : value ?? "");

function view(shown) {
    const data = shown.data ?? {};
    const heads = [h("h2", {}, label(data.Heading) || shown.resource)];
    for (const name of ["SubHeading", "Description"]) if (data[name]) heads.push(h("p", { class: "about" }, label(data[name])));
    const attributes = (data.AttributeBar ?? []).filter((one) => label(one.Label));
    if (attributes.length) heads.unshift(h("dl", { class: "attribute-bar" }, attributes.map((one) => h("div", {}, h("dt", {}, label(one.Label)), h("dd", {}, label(one.Value) || "—")))));
    if (shown.fields.length) return [...heads, form(shown, data)];
    const choices = [...shown.choices];
    const take = (wanted) => {
        const index = choices.findIndex((choice) => choice && choice.label === wanted);
        if (index < 0) return null;
        choices[index] = null;
        return button(wanted, () => answer({ choice: index }));
    };
    const cards = (data.Cards ?? []).map((card) => h("article", { class: "guide-card" },
        h("h3", {}, label(card.Summary?.Heading)), h("p", {}, label(card.Summary?.Description)),
        card.Detail?.Description ? h("p", {}, label(card.Detail.Description)) : null,
        h("div", { class: "row" }, (card.Detail?.Actions ?? []).map((action) => take(label(action))))));
    const items = (data.Items ?? []).filter((item) => label(item.Heading)).map((item) =>
        h("li", {}, take(label(item.Heading)), item.Description ? ` ${label(item.Description)}` : null));
    const rest = choices.map((choice, index) => choice && button(choice.label, () => answer({ choice: index })));
    return [...heads, cards.length ? h("div", { class: "guide-cards" }, cards) : null, items.length ? h("ul", {}, items) : null,
        h("div", { class: "row" }, rest)];
}

function form(shown, data) {
    const inputs = new Map();
    const rows = shown.fields.map((item) => {
        const input = control(item);
        inputs.set(item.name, input);
        return field(item.isRequired ? `${item.label} *` : item.label, input, item.help);
    });
    return h("form", {
        class: "guide-form",
        onsubmit: (event) => {
            event.preventDefault();
            answer({ form: Object.fromEntries([...inputs].map(([name, input]) => [name, input.type === "checkbox" ? String(input.checked) : input.value])) });
        },
    }, rows, h("div", { class: "row" },
        h("button", { type: "submit", class: "main" }, label(data.Next) || "Next"),
        shown.choices.map((choice, index) => button(choice.label, () => answer({ choice: index }))),
        button("Let the time run out", () => answer({ silence: true }), { class: "quiet" })));
}

function control(item) {
    const common = { required: item.isRequired, value: item.preset ?? "" };
    if (item.options?.length) return select([["", "Choose …"], ...item.options], item.preset, { required: item.isRequired });
    if (item.type === "TextArea") return h("textarea", { ...common, rows: 3 });
    const type = { DatePicker: "date", TimeInput: "time", Checkbox: "checkbox" }[item.type] ?? { email: "email", number: "number", tel: "tel" }[item.input] ?? "text";
    return h("input", { ...common, type });
}
