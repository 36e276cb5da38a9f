// An Echo: what is said to a skill, what it says and shows, and the device's player.
import { coalesced, encoded, get, on, post } from "../api.js";
import { button, duration, field, fold, h, json, put, region, saving, select, trying } from "../dom.js";

export const title = "Echo";

/** True once a person, or the address, has named a skill or a locale: then a conversation does not. */
let isPicked = false;

let skillField, localeField, linkedField, linked, words, turns, phrases, player, fault, saved, sound, state = {}, skills = [], version = -1, shownTurns = 0;

export function make() {
    skillField = select([], null, { onchange: () => { isPicked = true; fillLocales(); } });
    localeField = select([], null, { onchange: () => { isPicked = true; } });
    linkedField = h("input", { type: "checkbox", checked: true });
    linked = h("label", { class: "check", hidden: true }, linkedField, " account linked");
    words = h("input", { type: "text", autocomplete: "off" });
    words.addEventListener("keydown", (key) => { if (key.key === "Enter") run(say); });
    turns = h("div", { class: "turns", role: "log", "aria-label": "Conversation", tabindex: 0 });
    phrases = h("ul", { class: "phrases", "aria-label": "Phrases" });
    player = h("div", { class: "player card", role: "group", "aria-label": "Player", hidden: true });
    fault = h("p", { class: "fault", role: "alert", hidden: true });
    saved = h("p", { class: "about", role: "status" });
    sound = h("audio", { preload: "auto" });
    const element = region(title, "Talk with an Alexa skill as with a device; two silences end the session.",
        h("form", { class: "tools", onsubmit: (event) => { event.preventDefault(); run(begin); } },
            field("Skill", skillField), field("Locale", localeField),
            linked, h("button", { type: "submit", class: "main" }, "Start"), button("End", () => run(() => act("/end")))),
        fault,
        h("div", { class: "split wide-left" },
            h("div", { class: "card talkbox" }, turns,
                h("div", { class: "row" }, field("You say", words), button("Say", () => run(say), { class: "main" }),
                    button("Silence", () => run(() => act("/say", { text: "" })))),
                player, h("div", { class: "row" }, button("Save as test", () => run(save), { class: "quiet" }), saved)),
            h("div", { class: "card" }, h("h2", {}, "Phrases"), phrases)));
    on("changed", (what) => {
        if (what.echo === undefined || what.echo === version) return;
        version = what.echo;
        refresh();
    });
    refresh();
    return element;
}

let opened;
export const shown = (parts) => { opened = open(parts); return opened; };

async function open([skill]) {
    if (skills.length === 0) {
        skills = (await get("skills")).skills;
        put(skillField, skills.map((one) => h("option", { value: one.function }, one.function)));
    }
    if (skills.some((one) => one.function === skill)) {
        skillField.value = skill;
        isPicked = true;
    }
    fillLocales();
}

function fillLocales() {
    const skill = skills.find((one) => one.function === skillField.value);
    linked.hidden = !skill?.linksAccounts;
    const kept = localeField.value;
    put(localeField, (skill?.locales ?? []).map((locale) => h("option", { value: locale }, locale)));
    localeField.value = skill?.locales.includes(kept) ? kept : skill?.locales.includes("en-US") ? "en-US" : skill?.locales[0] ?? "";
}

const run = trying(() => fault);

async function begin() {
    // Those of the conversation before are not said to this one.
    put(phrases);
    saved.textContent = "";
    // Somebody may be quicker than the list of skills.
    await opened;
    try {
        await act("", { skill: skillField.value, locale: localeField.value, linked: linkedField.checked });
    } catch (error) {
        // It goes on: everything of it is drawn again.
        state = {};
        refresh();
        throw error;
    }
    words.focus();
}

async function act(path, body) {
    if (path && state.skill === undefined) await begin();
    await post(`echo${path}`, body);
    await refresh();
}

async function say() {
    const text = words.value.trim();
    words.value = "";
    if (text) await act("/say", { text });
}

const save = () => saving(saved, () => post("save", { kind: "talk" }));

const refresh = coalesced(async () => draw(await get(`echo?after=${shownTurns}&id=${state.id ?? 0}`)));

function draw(now) {
    if (now.id !== state.id) {
        put(turns);
        shownTurns = 0;
        // Another page, or this one before it was loaded again, may have started it.
        if (!isPicked && now.skill && skillField.value !== now.skill && skills.some((one) => one.function === now.skill)) {
            skillField.value = now.skill;
            fillLocales();
        }
        if (!isPicked && now.skill === skillField.value && now.locale) localeField.value = now.locale;
        put(phrases, (now.phrases ?? []).map((phrase) => h("li", {}, button(phrase, () => run(() => act("/say", { text: phrase })), { class: "phrase" }))));
    }
    state = now;
    for (const turn of now.turns) turns.append(turnOf(turn));
    shownTurns += now.turns.length;
    if (now.turns.length) turns.scrollTop = turns.scrollHeight;
    if (shownTurns === 0 && now.skill === undefined) put(phrases, h("li", { class: "none" }, "Start a skill to see what can be said to it."));
    drawPlayer(now.player);
}

function turnOf(turn) {
    const exchanges = turn.exchanges ?? [];
    return h("div", { class: "turn" },
        turn.said === undefined ? null
            : h("p", { class: "bubble caller" }, h("span", { class: "who" }, "You"), h("span", { class: "words" }, turn.said || "(silence)")),
        turn.lines.map((line) => {
            const [, speech] = /^Alexa(?:, meanwhile)?: (.*)$/s.exec(line) ?? [];
            if (speech !== undefined) return h("p", { class: "bubble connect" }, h("span", { class: "who" }, "Alexa"), h("span", { class: "words" }, speech));
            return line.startsWith("Card: ") && turn.cards?.length ? null : h("p", { class: "bubble note" }, line);
        }),
        (turn.cards ?? []).map((card) => h("article", { class: "alexa-card", "aria-label": "Card" },
            h("h3", {}, card.title || card.type || "Card"), h("p", {}, card.text ?? card.content ?? ""))),
        exchanges.length ? fold(`Request and response${exchanges.length > 1 ? ` (${exchanges.length})` : ""}`,
            h("div", { class: "exchanges" }, exchanges.map((exchange) => h("div", { class: "exchange" },
                h("div", {}, h("h4", {}, "Request"), json(exchange.request, "Request")),
                h("div", {}, h("h4", {}, "Response"), json(exchange.response, "Response")))))) : null);
}

let heard, seek, place, drawnAt = 0, ticking, isSeeking = false;

function drawPlayer(now) {
    drawnAt = performance.now();
    // Nothing runs while nothing plays.
    clearInterval(ticking);
    if (now?.activity === "PLAYING") ticking = setInterval(tick, 500);
    player.hidden = !now?.title;
    if (player.hidden) { sound.pause(); return; }
    if (!seek) {
        seek = h("input", {
            type: "range", min: 0, step: 1000, "aria-label": "Position", onpointerdown: () => { isSeeking = true; }, onpointerup: () => { isSeeking = false; },
            onpointercancel: () => { isSeeking = false; }, onchange: () => { isSeeking = false; run(() => act("/seek", { milliseconds: Number(seek.value) })); },
        });
        place = h("span", { class: "place" });
        heard = h("input", { type: "checkbox", onchange: () => drawPlayer(state.player) });
        put(player, h("p", { class: "playing" }), h("div", { class: "row" }, place, seek),
            h("div", { class: "row" },
                ["previous", "play", "pause", "next"].map((name) => button(name[0].toUpperCase() + name.slice(1), () => run(() => act("/button", { name })))),
                h("label", { class: "check" }, heard, " sound")),
            sound);
    }
    player.querySelector(".playing").textContent = `${now.title} · ${now.activity.toLowerCase()}${now.queued ? ` · ${now.queued} enqueued` : ""}`;
    seek.max = now.duration;
    if (!isSeeking) seek.value = now.offset;
    seek.setAttribute("aria-valuetext", `${duration(now.offset)} of ${duration(now.duration)}`);
    place.textContent = `${duration(now.offset)} of ${duration(now.duration)}`;
    const url = `api/echo/audio?token=${encoded(now.token)}`;
    if (!heard.checked || now.activity !== "PLAYING") { sound.pause(); return; }
    if (sound.getAttribute("src") !== url) sound.setAttribute("src", url);
    if (Math.abs(sound.currentTime * 1000 - now.offset) > 1500) sound.currentTime = now.offset / 1000;
    sound.play().catch(() => {});
}

/** Moves the bar between two reports of the device, which come when something has changed. */
function tick() {
    const now = state.player;
    if (!now?.title || now.activity !== "PLAYING" || !seek || isSeeking || player.closest("[hidden]")) return;
    const offset = Math.min(now.duration, now.offset + performance.now() - drawnAt);
    seek.value = offset;
    place.textContent = `${duration(offset)} of ${duration(now.duration)}`;
}
