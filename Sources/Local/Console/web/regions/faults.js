// What the outside does to a contact centre on a bad day, as switches.
import { coalesced, encoded, get, on, post } from "../api.js";
import { h, put, region } from "../dom.js";

export const title = "Faults";

let list, setBadge = () => {}, version = -1;

export function badge(set) {
    setBadge = set;
    on("changed", (what) => {
        // What could not be switched may be now: the local services have started, or have ended.
        if (what.status !== undefined) refresh();
        if (what.faults === undefined || what.faults === version) return;
        version = what.faults;
        refresh();
    });
}

export function make() {
    list = h("ul", { class: "faults" });
    return region(title, "Switch a fault on, and see how functions, flows and skills take it. It lasts until it is switched off.", list);
}

export const shown = () => refresh();

const refresh = coalesced(async () => {
    let faults;
    try { ({ faults } = await get("faults")); } catch { return; }
    setBadge(faults.filter((fault) => fault.isOn).length);
    if (!list) return;
    const focused = document.activeElement?.dataset?.fault;
    put(list, faults.map((fault) => h("li", { class: "card" },
        h("button", {
            type: "button", role: "switch", "aria-checked": String(fault.isOn), "aria-label": fault.title, "data-fault": fault.name, disabled: !fault.isAvailable, class: "switch",
            onclick: async () => { await post(`faults/${encoded(fault.name)}`, { isOn: !fault.isOn }); await refresh(); },
        }, h("span", { class: "knob", "aria-hidden": "true" })),
        h("div", {}, h("h2", {}, fault.title), h("p", { class: "about" }, fault.isAvailable ? fault.about : `${fault.about} Not available: ${fault.reason}`)))));
    if (focused) list.querySelector(`[data-fault="${focused}"]`)?.focus();
});
