// Elements are made here alone, and text always becomes text: nothing that comes from outside is ever read as HTML.

/** Makes an element: h("button", { class: "main", onclick: f }, "Call"). Null and false are left out. */
export function h(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    fill(element, properties, children);
    return element;
}

/** Makes an element of SVG. */
export function s(tag, properties = {}, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    fill(element, properties, children);
    return element;
}

function fill(element, properties, children) {
    for (const [name, value] of Object.entries(properties)) {
        if (value === null || value === undefined || value === false) continue;
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else if (name === "value") element.value = value;
        else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

/** Replaces what an element holds; the focus stays on what is there again. */
export function put(element, ...children) {
    const focused = focusWithin(element);
    element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    if (focused && !element.contains(document.activeElement)) focused()?.focus();
    return element;
}

/** Returns a way to find what has the focus again when it has been made anew; nothing when the focus is elsewhere. */
function focusWithin(element) {
    const focused = document.activeElement;
    if (!focused || focused === element || !element.contains(focused)) return null;
    const name = (one) => one.getAttribute("aria-label") ?? (one.textContent.trim() || one.labels?.[0]?.textContent);
    const alike = () => [...element.querySelectorAll(focused.tagName)].filter((one) => name(one) === kept);
    const kept = name(focused);
    const place = alike().indexOf(focused);
    return () => alike()[place] ?? alike()[0];
}

/** Makes a region with its heading, which every region of the console has. */
export function region(name, about, ...children) {
    const id = `${name.toLowerCase()}-heading`;
    return h("section", { class: `region ${name.toLowerCase()}`, "aria-labelledby": id, id: `region-${name.toLowerCase()}` },
        h("header", { class: "head" }, h("h1", { id }, name), h("p", { class: "about" }, about)), ...children);
}

let labels = 0;

/** Makes a labelled control. */
export function field(label, control, hint) {
    control.id ||= `field-${++labels}`;
    return h("div", { class: "field" }, h("label", { for: control.id }, label), control, hint ? h("small", {}, hint) : null);
}

export function button(label, onclick, properties = {}) {
    return h("button", { type: "button", onclick, ...properties }, label);
}

export function select(options, chosen, properties = {}) {
    return h("select", properties, options.map((option) => {
        const [value, label] = Array.isArray(option) ? option : [option, option];
        return h("option", { value, selected: value === chosen }, label);
    }));
}

/** Makes a table of rows; a cell is text or an element. */
export function table(caption, heads, rows) {
    return h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": caption },
        h("table", {}, h("caption", { class: "hidden" }, caption),
            heads.length ? h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))) : null,
            h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell)))))));
}

/** Makes a table of names and values; nothing where there are none. */
export function pairs(caption, members) {
    const rows = Object.entries(members ?? {});
    if (rows.length === 0) return h("p", { class: "none" }, "None yet.");
    return table(caption, [], rows.map(([name, value]) => [h("code", {}, name), plain(value)]));
}

export function plain(value) {
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** The longest JSON that is shown in colour; the rest is cut, and said to be. */
const longest = 200000;

/** Makes a block of JSON in colours: each piece is a text of its own. */
export function json(value, label = "JSON") {
    const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
    const block = h("pre", { class: "json", tabindex: 0, role: "group", "aria-label": label });
    const shown = text.slice(0, longest);
    const token = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
    let end = 0;
    for (const match of shown.matchAll(token)) {
        if (match.index > end) block.append(shown.slice(end, match.index));
        const kind = match[1] ? (match[2] ? "key" : "text") : match[3] ? "word" : "number";
        block.append(h("span", { class: kind }, match[1] ?? match[0]));
        if (match[2]) block.append(match[2]);
        end = match.index + match[0].length;
    }
    block.append(shown.slice(end));
    if (text.length > longest) block.append(`\n… ${text.length - longest} more characters`);
    return block;
}

/** Makes a block of text, which the keyboard can scroll. */
export function pre(label, text) {
    return h("pre", { class: "log", tabindex: 0, role: "group", "aria-label": label }, text);
}

/** Makes a block that opens and closes. */
export function fold(title, content, open = false) {
    return h("details", { open }, h("summary", {}, title), content);
}

/** Makes a line with a command to copy. */
export function command(text) {
    const copy = button("Copy", async () => {
        await navigator.clipboard?.writeText(text);
        copy.textContent = "Copied";
        setTimeout(() => { copy.textContent = "Copy"; }, 1500);
    }, { class: "quiet", "aria-label": "Copy the command" });
    return h("div", { class: "command" }, h("code", { tabindex: 0, role: "group", "aria-label": "Command" }, text), copy);
}

/** Returns a function that takes an action, and says in a region's place for it what went wrong. */
export function trying(place) {
    return async (action) => {
        const fault = place();
        fault.hidden = true;
        try { await action(); } catch (error) { fault.textContent = error.message; fault.hidden = false; }
    };
}

/** Saves something as a test that is replayed, and says in `place` where it is. */
export async function saving(place, save) {
    place.textContent = "Saving, and replaying it …";
    try {
        const { path } = await save();
        place.textContent = `Saved: ${path}`;
    } catch (error) {
        place.textContent = "";
        throw error;
    }
}

/** Brings what was chosen into sight, where it is drawn below the list that it was chosen from. */
export function nearer(element) {
    if (matchMedia("(max-width: 700px)").matches) element.scrollIntoView({ block: "nearest" });
}

export function duration(milliseconds) {
    if (milliseconds === undefined || milliseconds === null) return "";
    if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
    return milliseconds >= 10 ? `${Math.round(milliseconds)} ms` : `${milliseconds.toFixed(1)} ms`;
}

export function bytes(count) {
    return count >= 1e6 ? `${(count / 1e6).toFixed(1)} MB` : count >= 1e3 ? `${(count / 1e3).toFixed(1)} KB` : `${count} B`;
}

export function clock(time) {
    const date = new Date(time);
    return Number.isNaN(date.valueOf()) ? String(time) : date.toLocaleTimeString([], { hour12: false })
        + `.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
