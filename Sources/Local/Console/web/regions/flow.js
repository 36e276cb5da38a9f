// The picture of a contact flow, as Amazon Connect's designer draws it, with the path lit as it is taken.
import { button, h, json, put, s } from "../dom.js";

const width = 196, header = 44, line = 17, gapX = 72, gapY = 36;

/** The designer's words for the types of the flow language. */
const words = {
    MessageParticipant: "Play prompt", MessageParticipantIteratively: "Loop prompts", GetParticipantInput: "Get customer input",
    InvokeLambdaFunction: "AWS Lambda function", Compare: "Check contact attributes", CheckAttribute: "Check contact attributes",
    UpdateContactAttributes: "Set contact attributes", UpdateFlowAttributes: "Set flow attributes", TransferParticipantToThirdParty: "Transfer to phone number",
    TransferContactToQueue: "Transfer to queue", DequeueContactAndTransferToQueue: "Transfer to queue", UpdateContactTargetQueue: "Set working queue",
    TransferToFlow: "Transfer to flow", InvokeFlowModule: "Invoke module", EndFlowModuleExecution: "Return", ShowView: "Show view",
    DisconnectParticipant: "Disconnect", EndFlowExecution: "End flow", CheckHoursOfOperation: "Check hours of operation", CheckMetricData: "Check queue status",
    GetMetricData: "Get metrics", DistributeByPercentage: "Distribute by percentage", Loop: "Loop", Wait: "Wait",
    UpdateContactRecordingBehavior: "Set recording behavior", UpdateContactRecordingAndAnalyticsBehavior: "Set recording and analytics",
    UpdateContactEventHooks: "Set event flow", UpdateContactTextToSpeechVoice: "Set voice", UpdateFlowLoggingBehavior: "Set logging behavior",
    GetCustomerProfile: "Customer profiles", CreateCustomerProfile: "Customer profiles", UpdateCustomerProfile: "Customer profiles",
    UpdateContactCallbackNumber: "Set callback number", CreateCallbackContact: "Transfer to callback", UpdateContactData: "Set contact data",
    ConnectParticipantWithLexBot: "Get customer input (bot)", UpdateContactMediaStreamingBehavior: "Media streaming", TagContact: "Contact tags",
    UntagContact: "Contact tags", UpdateContactRoutingBehavior: "Change routing priority", UpdateContactRoutingCriteria: "Set routing criteria",
    TransferContactToAgent: "Transfer to agent",
};

const kinds = [
    ["interact", /^(MessageParticipant|GetParticipantInput|ConnectParticipant|ShowView|Wait|Loop)/], ["integrate", /Lambda|Profile|TransferToFlow|Module|Transfer/],
    ["check", /^(Compare|Check|Distribute|GetMetric)/], ["end", /^(Disconnect|EndFlow)/],
];

/** Returns the branches of an action, in the designer's order. */
function branches(action) {
    const transitions = action.Transitions ?? {};
    const list = (transitions.Conditions ?? []).map((branch) => ({
        label: (branch.Condition?.Operands ?? []).join(", "), kind: "condition", target: branch.NextAction,
    }));
    if (transitions.NextAction) list.unshift({ label: list.length ? "Default" : "Success", kind: "next", target: transitions.NextAction });
    for (const branch of transitions.Errors ?? []) {
        list.push({ label: error[branch.ErrorType] ?? branch.ErrorType, type: branch.ErrorType, kind: "error", target: branch.NextAction });
    }
    return list;
}

const error = { NoMatchingError: "Error", NoMatchingCondition: "No match", InputTimeLimitExceeded: "Timeout", TimeLimitExceeded: "Timeout", CallFailed: "Call failed" };

/** The places of a flow's blocks: its own, or by layers from the start where a block has none. */
export function layout(flow) {
    const blocks = new Map();
    const own = flow.Metadata?.ActionMetadata ?? {};
    for (const action of flow.Actions ?? []) {
        const list = branches(action);
        const place = own[action.Identifier]?.position;
        blocks.set(action.Identifier, {
            id: action.Identifier, type: action.Type, title: words[action.Type] ?? action.Type, name: own[action.Identifier]?.isFriendlyName === false ? "" : action.Identifier,
            kind: kinds.find(([, pattern]) => pattern.test(action.Type))?.[0] ?? "set", branches: list, action,
            height: header + Math.max(1, list.length) * line + 6, x: place?.x, y: place?.y,
        });
    }
    const lacking = [...blocks.values()].filter((block) => !Number.isFinite(block.x) || !Number.isFinite(block.y));
    const places = new Set([...blocks.values()].map((block) => `${block.x},${block.y}`));
    // Blocks that all lie in one place have none: a flow that was written and not drawn.
    if (lacking.length > 0 || (places.size === 1 && blocks.size > 1)) layers(blocks, flow.StartAction);
    return blocks;
}

function layers(blocks, start) {
    const depth = new Map();
    let open = [start, ...blocks.keys()];
    let level = 0;
    while (open.length > 0) {
        const next = [];
        for (const id of open) {
            if (!blocks.has(id) || depth.has(id) || (level === 0 && id !== start)) continue;
            depth.set(id, level);
            next.push(...blocks.get(id).branches.map((branch) => branch.target));
        }
        open = next;
        level += 1;
    }
    const columns = [];
    for (const id of blocks.keys()) {
        const column = depth.get(id) ?? level;
        (columns[column] ??= []).push(id);
    }
    const row = new Map();
    columns.filter(Boolean).forEach((column, index) => {
        const wanted = (id) => {
            const before = [...blocks.values()].filter((block) => row.has(block.id) && block.branches.some((branch) => branch.target === id));
            return before.length ? before.reduce((sum, block) => sum + row.get(block.id), 0) / before.length : 0;
        };
        const order = column.map((id, place) => [wanted(id), place, id]).sort((one, two) => one[0] - two[0] || one[1] - two[1]);
        let y = 40;
        for (const [, , id] of order) {
            const block = blocks.get(id);
            block.x = 160 + index * (width + gapX);
            block.y = y;
            row.set(id, y);
            y += block.height + gapY;
        }
    });
}

/** A picture that is moved by dragging, wheel and arrow keys; `choose` is called with a block that is clicked. */
export class FlowPicture {
    #scale = 1;
    #blocks = new Map();
    #elements = new Map();
    #edges = new Map();
    #size = { width: 0, height: 0 };
    #follows = true;

    constructor(choose) {
        this.choose = choose;
        this.stage = h("div", { class: "stage" });
        this.frame = h("div", { class: "picture", tabindex: 0, role: "group", "aria-label": "Contact flow", onkeydown: (key) => this.#key(key) }, this.stage);
        this.element = h("div", { class: "flow" },
            h("div", { class: "tools", role: "group", "aria-label": "Picture" },
                button("−", () => this.zoom(1 / 1.25), { "aria-label": "Smaller" }), button("+", () => this.zoom(1.25), { "aria-label": "Larger" }),
                button("Whole flow", () => this.fit(0.1))), this.frame);
        this.frame.addEventListener("pointerdown", (event) => this.#drag(event));
        this.frame.addEventListener("touchmove", () => { this.#follows = false; }, { passive: true });
        this.frame.addEventListener("wheel", (event) => {
            this.#follows = false;
            if (!event.ctrlKey && !event.metaKey) return;
            event.preventDefault();
            this.zoom(Math.exp(-event.deltaY / 200), event);
        }, { passive: false });
        new ResizeObserver(() => { if (this.#fits) this.fit(); }).observe(this.frame);
    }

    #fits = true;

    /** Draws a flow. */
    draw(flow, name) {
        this.#blocks = layout(flow);
        this.#elements.clear();
        this.#edges.clear();
        this.frame.setAttribute("aria-label", `Contact flow ${name}`);
        let right = 0, bottom = 0;
        for (const block of this.#blocks.values()) {
            right = Math.max(right, block.x + width);
            bottom = Math.max(bottom, block.y + block.height);
        }
        this.#size = { width: right + 60, height: bottom + 60 };
        const edges = s("g", { class: "edges", "aria-hidden": "true" });
        // A list of what can be chosen, and no buttons: a screen reader's list of buttons is that of the telephone.
        const blocks = s("g", { role: "listbox", "aria-label": "Blocks" });
        const first = this.#blocks.get(flow.StartAction);
        const entry = flow.Metadata?.entryPointPosition ?? { x: 20, y: 20 };
        if (first) {
            edges.append(s("path", { class: "edge", d: curve(entry.x + 76, entry.y + 17, first.x, first.y + 22) }));
            edges.append(s("g", { class: "entry", transform: `translate(${entry.x} ${entry.y})` },
                s("rect", { width: 76, height: 34, rx: 17 }), s("text", { x: 38, y: 22, "text-anchor": "middle" }, "Entry")));
        }
        for (const block of this.#blocks.values()) {
            block.branches.forEach((branch, index) => {
                const target = this.#blocks.get(branch.target);
                if (!target) return;
                const path = s("path", {
                    class: `edge ${branch.kind}`,
                    d: curve(block.x + width, block.y + header + index * line + line / 2, target.x, target.y + 22),
                });
                this.#edges.set(`${block.id}\n${index}`, path);
                edges.append(path);
            });
            const element = this.#block(block);
            this.#elements.set(block.id, element);
            blocks.append(element);
        }
        const image = s("svg", { width: this.#size.width, height: this.#size.height, viewBox: `0 0 ${this.#size.width} ${this.#size.height}` }, edges, blocks);
        put(this.stage, image);
        // One stop of the Tab key for all blocks: arrow keys lead from one to the next.
        this.#elements.get(first ? first.id : [...this.#blocks.keys()][0])?.setAttribute("tabindex", "0");
        this.#fits = true;
        this.fit();
    }

    #block(block) {
        const clip = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
        const element = s("g", {
            class: `block ${block.kind}`, transform: `translate(${block.x} ${block.y})`, tabindex: -1, role: "option", "aria-selected": "false",
            "aria-label": `${block.id}: ${block.title}`, "data-block": block.id, onfocus: () => this.#focused(block),
            onclick: () => this.#chosen(block),
            onkeydown: (key) => { if (key.key === "Enter" || key.key === " ") { key.preventDefault(); this.#chosen(block); } },
        },
        s("title", {}, `${block.id}\n${block.type}`),
        s("rect", { class: "card", width, height: block.height, rx: 8 }),
        s("path", { class: "band", d: `M0 8a8 8 0 0 1 8-8H${width - 8}a8 8 0 0 1 8 8v14H0z` }),
        s("text", { class: "type", x: 10, y: 15 }, clip(block.title, 30)),
        s("text", { class: "name", x: 10, y: 37 }, clip(block.id, 27)),
        block.branches.map((branch, index) => s("g", { class: `branch ${branch.kind}`, transform: `translate(0 ${header + index * line})` },
            s("text", { x: width - 16, y: 12, "text-anchor": "end" }, clip(branch.label, 26)), s("circle", { cx: width, cy: line / 2, r: 4 }))));
        return element;
    }

    #focused(block) {
        for (const element of this.#elements.values()) element.setAttribute("tabindex", "-1");
        const element = this.#elements.get(block.id);
        element?.setAttribute("tabindex", "0");
        if (element?.matches(":focus-visible")) {
            this.#follows = false;
            this.#see(block);
        }
    }

    /** Returns the nearest block in a direction. */
    #neighbour(id, key) {
        const from = this.#blocks.get(id);
        if (!from) return null;
        const centre = (block) => [block.x + width / 2, block.y + block.height / 2];
        const [x, y] = centre(from);
        const far = (block) => {
            const [dx, dy] = [centre(block)[0] - x, centre(block)[1] - y];
            const [along, across] = { ArrowRight: [dx, dy], ArrowLeft: [-dx, dy], ArrowDown: [dy, dx], ArrowUp: [-dy, dx] }[key];
            return along > 1 ? along + 2 * Math.abs(across) : Infinity;
        };
        let nearest = null, least = Infinity;
        for (const block of this.#blocks.values()) {
            const distance = far(block);
            if (distance < least) [nearest, least] = [block, distance];
        }
        return nearest;
    }

    #chosen(block) {
        for (const [id, element] of this.#elements) {
            element.classList.toggle("chosen", id === block.id);
            element.setAttribute("aria-selected", String(id === block.id));
        }
        this.choose(block);
    }

    has(id) {
        return this.#blocks.has(id);
    }

    /** Lights a block that was taken, and the branch by which the flow left it. */
    light(id, next, branch) {
        for (const element of this.#elements.values()) element.classList.remove("now");
        const block = this.#blocks.get(id);
        if (!block) return;
        this.#elements.get(id).classList.add("taken");
        if (next) {
            let index = block.branches.findIndex((way) => way.target === next && branch && (way.label.split(", ").includes(branch) || way.type === branch));
            if (index < 0) index = block.branches.findIndex((way) => way.target === next);
            this.#edges.get(`${id}\n${index}`)?.classList.add("taken");
        }
        this.now(next && this.#blocks.has(next) ? next : id);
    }

    /** Marks the block that is being played, and brings it into sight. */
    now(id) {
        for (const element of this.#elements.values()) element.classList.remove("now");
        const block = this.#blocks.get(id);
        if (!block) return;
        this.#elements.get(id).classList.add("now");
        if (this.#follows) this.#see(block);
    }

    darken() {
        for (const element of [...this.#elements.values(), ...this.#edges.values()]) element.classList.remove("taken", "now");
        this.#follows = true;
    }

    #see(block) {
        const { clientWidth, clientHeight, scrollLeft, scrollTop } = this.frame;
        const scale = this.#scale;
        const left = block.x * scale - scrollLeft, top = block.y * scale - scrollTop;
        if (left >= 8 && top >= 8 && left + width * scale <= clientWidth - 8 && top + block.height * scale <= clientHeight - 8) return;
        this.#fits = false;
        this.frame.scrollTo(block.x * scale - clientWidth / 3, block.y * scale - clientHeight / 3);
    }

    fit(least = 0.5) {
        const { clientWidth, clientHeight } = this.frame;
        if (!clientWidth || !this.#size.width) return;
        // No smaller than what can be read, unless somebody asks: a wide flow is moved instead.
        this.#draw(Math.min(1, Math.max(least, Math.min(clientWidth / this.#size.width, clientHeight / this.#size.height))));
        this.#fits = least === 0.5;
        this.frame.scrollTo(0, 0);
    }

    zoom(factor, at) {
        const frame = this.frame.getBoundingClientRect();
        const x = at ? at.clientX - frame.left : frame.width / 2, y = at ? at.clientY - frame.top : frame.height / 2;
        const { scrollLeft, scrollTop } = this.frame;
        const scale = Math.min(2, Math.max(0.15, this.#scale * factor));
        const ratio = scale / this.#scale;
        this.#fits = false;
        this.#draw(scale);
        this.frame.scrollTo((scrollLeft + x) * ratio - x, (scrollTop + y) * ratio - y);
    }

    #draw(scale) {
        this.#scale = scale;
        this.stage.firstChild?.setAttribute("width", this.#size.width * scale);
        this.stage.firstChild?.setAttribute("height", this.#size.height * scale);
    }

    #move(x, y) {
        this.#fits = false;
        this.frame.scrollBy(x, y);
    }

    #key(key) {
        const steps = { ArrowLeft: [-40, 0], ArrowRight: [40, 0], ArrowUp: [0, -40], ArrowDown: [0, 40] };
        if (key.target !== this.frame) {
            const next = steps[key.key] && this.#neighbour(key.target.dataset?.block, key.key);
            if (!steps[key.key]) return;
            key.preventDefault();
            key.stopPropagation();
            if (next) this.#elements.get(next.id).focus();
            return;
        }
        if (steps[key.key]) this.#move(...steps[key.key]);
        else if (key.key === "+") this.zoom(1.25);
        else if (key.key === "-") this.zoom(1 / 1.25);
        else return;
        this.#follows = false;
        key.preventDefault();
        key.stopPropagation();
    }

    #drag(down) {
        // A finger moves the frame by itself, and the bars at its edges are the browser's.
        if (down.button !== 0 || down.pointerType === "touch" || down.offsetX < 0 || down.target === this.frame) return;
        let from = down, moved = 0;
        const move = (event) => {
            moved += Math.abs(event.clientX - from.clientX) + Math.abs(event.clientY - from.clientY);
            if (moved > 4) {
                this.#follows = false;
                this.frame.classList.add("moving");
                this.#move(from.clientX - event.clientX, from.clientY - event.clientY);
            }
            from = event;
        };
        const up = () => {
            window.removeEventListener("pointermove", move);
            window.removeEventListener("pointerup", up);
            window.removeEventListener("pointercancel", up);
            this.frame.classList.remove("moving");
        };
        window.addEventListener("pointermove", move);
        window.addEventListener("pointerup", up);
        window.addEventListener("pointercancel", up);
    }
}

function curve(x1, y1, x2, y2) {
    // A branch that leads back goes round below, so that it is told from those that lead on.
    if (x2 < x1 + 20) {
        const low = Math.max(y1, y2) + 46;
        return `M${x1} ${y1}C${x1 + 46} ${y1} ${x1 + 40} ${low} ${(x1 + x2) / 2} ${low}S${x2 - 46} ${y2} ${x2} ${y2}`;
    }
    const bend = Math.max(30, (x2 - x1) / 2);
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

/** Returns what a block holds. */
export function describeBlock(block) {
    return [
        h("h3", {}, block.id), h("p", { class: "about" }, `${block.title} · ${block.type}`),
        json(block.action.Parameters ?? {}, "Parameters"),
        h("ul", { class: "ways" }, block.branches.map((branch) => h("li", {}, `${branch.label} → ${branch.target}`))),
    ];
}
