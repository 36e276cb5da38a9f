// The local Salesforce: its objects as tables, to look at, to edit and to add to.
import { encoded, get, on, post } from "../api.js";
import { button, field, h, plain, put, region, select, table } from "../dom.js";

export const title = "CRM";

let objects = [], tabs, grid, editor, fault, query, result, chosen, timer, opener, drawn = "", made = false;
/** The sounds that were asked for, or why they do not play, by record and field: they outlive a table that is drawn anew. */
const sounds = new Map();

export function make() {
    tabs = h("div", { class: "chips", role: "group", "aria-label": "Objects" });
    grid = h("div", {});
    editor = h("div", { class: "card", hidden: true, onkeydown: (key) => { if (key.key === "Escape") close(); } });
    fault = h("p", { class: "fault", role: "alert", hidden: true });
    query = h("textarea", { rows: 2, spellcheck: "false", value: "SELECT Id, Name, Email FROM Lead LIMIT 5" });
    result = h("div", { "aria-live": "polite" });
    made = true;
    on("event", (event) => {
        if (event.channel !== "salesforce" && event.channel !== "lambda") return;
        clearTimeout(timer);
        timer = setTimeout(() => { if (made && !grid.closest("[hidden]") && editor.hidden) run(() => load()); }, 300);
    });
    return region(title, "The local Salesforce's records. What is written here has to keep its rules, as from a function.",
        fault, tabs, grid, editor,
        h("div", { class: "card" }, h("h2", {}, "SOQL"),
            h("form", { onsubmit: (event) => { event.preventDefault(); run(ask, result); } }, field("Query", query),
                h("div", { class: "row" }, h("button", { type: "submit" }, "Run query"))), result));
}

export async function shown([name]) {
    if (name) chosen = name;
    await run(() => load());
}

/** Takes an action, and says what went wrong where the person is: in the open form, or beside `place`. */
async function run(action, place = tabs) {
    fault.hidden = true;
    try { await action(); } catch (error) {
        fault.textContent = error.message;
        fault.hidden = false;
        if (place === tabs && !editor.hidden) editor.append(fault);
        else place.before(fault);
    }
}

async function load() {
    objects = (await get("crm")).objects;
    chosen = objects.some((one) => one.name === chosen) ? chosen : (objects.find((one) => one.count > 0) ?? objects[0])?.name;
    const name = chosen;
    const records = name ? (await get(`crm/${encoded(name)}`)).records : [];
    // Another one was chosen meanwhile, and is on its way.
    if (name !== chosen) return;
    const now = JSON.stringify([chosen, objects, records]);
    if (now === drawn) return;
    drawn = now;
    const focused = [tabs, grid].some((one) => one.contains(document.activeElement)) ? label(document.activeElement) : null;
    draw(records);
    if (focused !== null) [...tabs.children, ...grid.querySelectorAll("button, [tabindex]")].find((one) => label(one) === focused)?.focus();
}

/** Returns what tells an element that takes the focus from the others; of a tab, whose number changes, its name. */
function label(element) {
    return element.getAttribute("aria-label") ?? element.dataset.object ?? element.textContent;
}

function draw(records) {
    put(tabs, objects.map((one) => button(`${one.name} ${one.count}`, () => { chosen = one.name; editor.hidden = true; sounds.clear(); run(() => load()); },
        { class: "chip", "data-object": one.name, "aria-pressed": String(one.name === chosen) })));
    if (!chosen) { put(grid, h("p", { class: "none" }, "No function that is built calls Salesforce.")); return; }
    const object = objects.find((one) => one.name === chosen);
    // Fields that some record has a value for, in the object's order; the others are in the form.
    const fields = object.fields.filter((one) => one.name !== "Id" && records.some((record) => ![null, undefined, "", false].includes(record[one.name])));
    // What the org fills by itself comes last.
    const isOwn = (one) => !["OwnerId", "CreatedDate", "LastModifiedDate"].includes(one.name);
    const names = ["Id", ...fields.filter(isOwn).map((one) => one.name), ...fields.filter((one) => !isOwn(one)).map((one) => one.name)];
    put(grid, h("div", { class: "row" }, h("h2", {}, `${chosen} (${records.length})`),
        object.isFixed ? null : button(`New ${chosen}`, () => edit(object, null), { class: "main" })),
        records.length ? table(`${chosen} records`, [...names, ""], records.map((record) => [...names.map((name) => cell(object, record, name)),
            object.isFixed ? "" : button("Edit", () => edit(object, record), { class: "quiet", "aria-label": `Edit ${record.Id}` })])) : h("p", { class: "none" }, "No records."));
}

function cell(object, record, name) {
    const value = record[name];
    if (value === null || value === undefined) return "";
    if (name === "Id") return h("code", {}, value);
    if (typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value)) return h("time", { datetime: value, title: value }, value.slice(0, 16).replace("T", " "));
    if (typeof value === "string" && /^https?:\/\/\S+$/.test(value)) return h("div", { class: "recording" },
        h("code", { title: value }, value.length > 44 ? `${value.slice(0, 43)}…` : value),
        sounds.get(`${record.Id} ${name}`) ?? button("Play", (click) => {
            const keep = (element) => { sounds.set(`${record.Id} ${name}`, element); return element; };
            const audio = h("audio", { controls: true, autoplay: true, src: `api/crm/${encoded(object.name)}/${encoded(record.Id)}/recording?field=${encoded(name)}`, "aria-label": "Recording" });
            audio.addEventListener("error", async () => audio.replaceWith(keep(h("span", { class: "fault", role: "alert" }, await reason(audio.src)))));
            click.currentTarget.replaceWith(keep(audio));
            audio.focus();
        }, { class: "quiet", title: `${name} of ${record.Id}` }));
    const text = plain(value);
    return text.length > 80 ? h("span", { title: text.slice(0, 2000) }, `${text.slice(0, 79)}…`) : text;
}

/** Returns why a sound does not play: an element of a page is not told. */
async function reason(address) {
    try {
        const response = await fetch(address);
        return response.ok ? "The browser cannot play what the link leads to." : (await response.json()).error;
    } catch (error) {
        return error.message;
    }
}

/** Closes the form; the focus goes back to where it was opened, which may have been drawn anew. */
function close() {
    editor.hidden = true;
    const again = [...grid.querySelectorAll("button")].find((one) => label(one) === opener);
    (again ?? grid.querySelector("button"))?.focus();
}

function edit(object, record) {
    opener = record ? `Edit ${record.Id}` : `New ${object.name}`;
    const inputs = new Map();
    const rows = object.fields.filter((one) => !one.isReadOnly && one.name !== "Id").map((one) => {
        const value = record?.[one.name];
        const input = one.type === "boolean" ? select([["", "—"], ["true", "true"], ["false", "false"]], value === undefined || value === null ? "" : String(value))
            : one.values ? select([["", "—"], ...one.values.map((each) => [each, each])], value ?? "")
                : (one.length ?? 0) > 300 ? h("textarea", { rows: 2, value: value ?? "" }) : h("input", { type: "text", value: value === undefined || value === null ? "" : plain(value) });
        inputs.set(one, [input, input.value]);
        return field(one.isRequired ? `${one.name} *` : one.name, input, one.type);
    });
    editor.hidden = false;
    put(editor, h("h2", {}, record ? `${object.name} ${record.Id}` : `New ${object.name}`),
        h("form", {
            onsubmit: (event) => {
                event.preventDefault();
                run(async () => {
                    const fields = {};
                    for (const [one, [input, before]] of inputs) if (input.value !== before) fields[one.name] = typed(one, input.value);
                    await post(record ? `crm/${encoded(object.name)}/${encoded(record.Id)}` : `crm/${encoded(object.name)}`, { fields });
                    await load();
                    close();
                });
            },
        }, h("div", { class: "fields" }, rows), h("div", { class: "row" }, h("button", { type: "submit", class: "main" }, "Save"),
            button("Cancel", close))));
    editor.querySelector("input, select, textarea")?.focus();
}

function typed(one, value) {
    if (value === "") return null;
    if (one.type === "boolean") return value === "true";
    return one.type === "number" && !Number.isNaN(Number(value)) ? Number(value) : value;
}

/** Orders columns as the query names them; a relation stands where its first field does. */
function asAsked(names, soql) {
    const asked = soql.toLowerCase().split(/[^a-z0-9_.]+/);
    const place = (name) => (asked.indexOf(name.toLowerCase()) + asked.length + 1) % (asked.length + 1);
    return names.sort((one, other) => place(one) - place(other));
}

/** Returns a record with the fields of its parents beside its own, under the names that the query has for them. */
function flat(record, before = "") {
    return Object.fromEntries(Object.entries(record).flatMap(([name, value]) => {
        if (name === "attributes") return [];
        const isParent = value !== null && typeof value === "object" && !Array.isArray(value) && value.records === undefined;
        return isParent ? Object.entries(flat(value, `${before}${name}.`)) : [[before + name, value]];
    }));
}

async function ask() {
    put(result);
    const answer = await post("crm/query", { soql: query.value });
    const records = (answer.records ?? []).map((record) => flat(record));
    const names = asAsked([...new Set(records.flatMap((record) => Object.keys(record)))], query.value);
    put(result, h("p", { class: "about" }, `${answer.totalSize ?? records.length} records`),
        records.length ? table("Result of the query", names, records.map((record) => names.map((name) => (record[name] === null || record[name] === undefined ? "" : plain(record[name]))))) : null);
}
