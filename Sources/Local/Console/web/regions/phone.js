// A telephone beside the flow that answers it.
import { encoded, events, get, on, post } from "../api.js";
import { act, call, flows, onCall, refresh } from "../calls.js";
import { button, field, h, pairs, put, region, saving, select, trying } from "../dom.js";
import { FlowPicture, describeBlock } from "./flow.js";

export const title = "Phone";

let flowField, numberField, profileField, keys, words, file, listening, bubbles, buttons = {}, picture, block, attributes, external, fault, drawn, saved;
let shownLines = 0, isOpen = false, wasOn = false;

export function make() {
    flowField = select([], null, { onchange: () => { location.hash = `#phone/${encoded(flowField.value)}`; } });
    numberField = h("input", { type: "tel", value: "+12065550142", autocomplete: "off", spellcheck: "false" });
    profileField = h("input", { type: "checkbox", checked: true });
    keys = h("input", { type: "text", inputmode: "tel", autocomplete: "off", pattern: "[0-9*#]*", spellcheck: "false" });
    words = h("input", { type: "text", autocomplete: "off" });
    file = h("input", { type: "file", accept: ".wav,audio/wav,audio/x-wav" });
    listening = h("p", { class: "listening", role: "status" });
    bubbles = h("div", { class: "bubbles", role: "log", "aria-label": "What is said", tabindex: 0 });
    fault = h("p", { class: "fault", role: "alert", hidden: true });
    block = h("div", { class: "block-facts", "aria-live": "polite" }, h("p", { class: "none" }, "Choose a block of the picture to see its parameters."));
    attributes = h("div", {});
    external = h("div", {});
    saved = h("p", { class: "about", role: "status" });
    picture = new FlowPicture((chosen) => put(block, describeBlock(chosen)));

    buttons = {
        call: button("Call", () => run(() => start()), { class: "main" }),
        hangUp: button("Hang up", () => run(() => act("/hangup")), { class: "danger" }),
        agent: button("Agent hangs up", () => run(() => act("/type", { text: "agent hangs up" }))),
        keys: button("Send keys", () => run(sendKeys)),
        say: button("Say", () => run(say)),
        wait: button("Wait", () => run(() => act("/type", { text: "" })), { title: "Says and presses nothing, until the time runs out" }),
        quiet: button("Too quiet", () => run(() => act("/type", { text: "(quiet)" }))),
    };
    keys.addEventListener("keydown", (key) => { if (key.key === "Enter") run(sendKeys); });
    words.addEventListener("keydown", (key) => { if (key.key === "Enter") run(say); });

    const pad = h("div", { class: "pad", role: "group", "aria-label": "Keypad" }, [..."123456789*0#"].map((key) =>
        button(key, () => { keys.value += key; }, { "aria-label": `Key ${{ "*": "star", "#": "hash" }[key] ?? key}` })));

    const element = region(title, "Call a contact flow; its functions run for real, against the local services.",
        h("div", { class: "phone-layout" },
            h("div", { class: "handset card" },
                h("form", { class: "dial", onsubmit: (event) => { event.preventDefault(); run(() => start()); } },
                    field("Flow", flowField), field("Caller's number (E.164, or: withheld)", numberField),
                    h("div", { class: "row" }, buttons.call, buttons.hangUp, buttons.agent,
                        h("label", { class: "check" }, profileField, " has a profile"))),
                fault, bubbles, listening,
                h("div", { class: "talk" }, pad,
                    h("div", { class: "inputs" },
                        h("div", { class: "row" }, field("Keys", keys), buttons.keys),
                        h("div", { class: "row" }, field("Words", words), buttons.say),
                        h("div", { class: "row" }, field("or a WAV file", file)),
                        h("div", { class: "row" }, buttons.wait, buttons.quiet))),
                h("div", { class: "row" }, button("Save as test", () => run(save), { class: "quiet" }), saved)),
            h("div", { class: "board-side" }, picture.element,
                h("div", { class: "facts-grid" },
                    h("div", { class: "card" }, h("h2", {}, "Attributes"), attributes, h("h2", {}, "$.External"), external),
                    h("div", { class: "card" }, h("h2", {}, "Block"), block)))));
    on("event", (event) => { if (event.channel === "flow") follow(event); });
    onCall(draw);
    refresh();
    drawContact({});
    return element;
}

let opened;
export const shown = (parts) => { opened = run(() => open(parts)); return opened; };

async function open([name]) {
    const facts = await flows();
    if (flowField.options.length === 0) {
        put(flowField, facts.flows.map((flow) => h("option", { value: flow.name }, flow.isGuide ? `${flow.name} (guide)` : flow.name)));
    }
    const chosen = facts.flows.some((flow) => flow.name === name) ? name : call.flow ?? facts.flows.find((flow) => flow.name === "voice-auth-contact")?.name ?? facts.flows[0]?.name;
    if (chosen && (name || !drawn)) {
        flowField.value = chosen;
        await show(chosen);
    }
}

/** Draws a flow, and lights what has been taken of it in the call that is played. */
async function show(name) {
    if (drawn === name) return;
    drawn = name;
    let flow;
    try { flow = await get(`flows/${encoded(name)}`); } catch (error) {
        // A file that is no flow has no picture, and the one before is not its.
        if (drawn === name) { drawn = undefined; picture.draw({ blocks: [] }, name); }
        throw error;
    }
    if (drawn !== name) return;
    picture.draw(flow, name);
    for (const event of events) if (event.channel === "flow" && event.detail?.flow === name) light(event);
}

const isOfThisCall = (event) => call.firstEvent === undefined || event.id >= call.firstEvent;

/** Goes with a call into the flow that it has gone to. */
function follow(event) {
    const name = event.detail?.flow;
    const isOn = call.state === "busy" || call.state === "waiting";
    if (isOn && isOfThisCall(event) && name && name !== drawn && known(name)) { flowField.value = name; run(() => show(name)); } else light(event);
}

function light(event) {
    const taken = event.detail ?? {};
    if (!isOfThisCall(event) || (taken.flow && taken.flow !== drawn)) return;
    if (picture.has(taken.block)) picture.light(taken.block, taken.next, taken.branch);
    drawContact(taken);
}

const known = (name) => [...flowField.options].some((option) => option.value === name);

function drawContact(taken) {
    put(attributes, pairs("Attributes", taken.attributes));
    put(external, pairs("External", taken.external));
}

const run = trying(() => fault);

const callers = /^(withheld|\+[1-9][0-9]{6,14})$/;

async function start() {
    saved.textContent = "";
    if (!callers.test(numberField.value.trim())) {
        numberField.focus();
        throw new Error("A caller's number must be in E.164, such as +12065550142, or: withheld.");
    }
    // A second press is none.
    if (buttons.call.disabled) return;
    buttons.call.disabled = true;
    try { await place(); } catch (error) {
        buttons.call.disabled = call.state === "waiting" || call.state === "busy";
        throw error;
    }
}

async function place() {
    // Somebody may be quicker than the list of flows.
    await opened;
    picture.darken();
    drawContact({});
    await show(flowField.value);
    await act("", { flow: flowField.value, from: numberField.value.trim(), profile: profileField.checked });
    keys.focus();
}

async function sendKeys() {
    const text = keys.value.replaceAll(" ", "");
    if (!/^[0-9*#]+$/.test(text)) {
        keys.focus();
        throw new Error(text ? "A telephone has the keys 0 to 9, * and #." : "Type keys, or press Wait to press none.");
    }
    keys.value = "";
    await act("/type", { text });
}

async function say() {
    const chosen = file.files[0];
    if (chosen && !words.value.trim()) {
        if (chosen.size > 10_000_000) throw new Error("The file has more than 10 MB: cut it. What is said is a few seconds long.");
        await act("/speech", { name: chosen.name, audio: await base64(chosen) });
        file.value = "";
        return;
    }
    const text = words.value.trim();
    if (!text) {
        words.focus();
        throw new Error("Type words or choose a WAV file, or press Wait to say nothing.");
    }
    words.value = "";
    await act("/type", { text });
}

function base64(chosen) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.addEventListener("load", () => resolve(reader.result.split(",")[1]));
        reader.addEventListener("error", () => reject(reader.error));
        reader.readAsDataURL(chosen);
    });
}

const save = () => saving(saved, () => post("save", { kind: "call" }));

function draw(now, isNew) {
    if (isNew) { put(bubbles); shownLines = 0; }
    for (const line of now.lines.slice(shownLines)) append(bubbles, line);
    shownLines = now.lines.length;
    bubbles.scrollTop = bubbles.scrollHeight;
    // A call that another page or the agent has started; the address decides when the page is opened.
    if (isNew && isOpen && now.flow) { flowField.value = now.flow; run(() => show(now.flow)); }
    isOpen = true;
    const isOn = now.state === "waiting" || now.state === "busy";
    // The next call is one of the same flow, wherever this one has gone to.
    if (wasOn && !isOn && known(now.flow)) flowField.value = now.flow;
    wasOn = isOn;
    listening.textContent = now.state === "waiting" ? (now.hint || "Listens.").replace(", an empty line for none, or: hang up", "") : now.state === "busy" ? (now.isHungUp ? "Hangs up …" : "…") : now.state === "over" ? "The call is over." : "No call.";
    listening.dataset.state = now.state;
    const focused = document.activeElement;
    buttons.call.disabled = isOn;
    for (const name of ["hangUp", "keys", "say", "wait", "quiet", "agent"]) buttons[name].disabled = !isOn;
    buttons.agent.hidden = !now.mayAgentHangUp;
    // The keyboard does not stay on what has no use any more.
    if (focused?.disabled && focused.closest(".handset")) (isOn ? keys : buttons.call).focus();
}

/** Adds a line: those of a message that are indented are its text. */
export function append(list, line) {
    const last = list.lastElementChild;
    if (line.who === "message" && line.text.startsWith("  ") && last?.classList.contains("message")) {
        last.querySelector(".words").append(`\n${line.text.trim()}`);
    } else {
        list.append(bubble(line));
    }
}

function bubble(line) {
    const speaker = { connect: "Connect", twilio: "Twilio", caller: "Caller", agent: "Agent", message: "Message" }[line.who];
    return h("div", { class: `bubble ${line.who}` }, speaker ? h("span", { class: "who" }, speaker) : null, h("span", { class: "words" }, line.text || "(silence)"));
}
