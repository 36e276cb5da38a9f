"""A browser for tests: a JSON object a line on standard input is one step, a line on standard output its result.

It ends when standard input closes. Playwright drives Debian's Chromium, or another one of this machine, headless.
"""

import json
import shutil
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, sync_playwright

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
pages = {}
# What no page of ours may bring: errors in its console, exceptions, requests that fail.
faults = {}


def open_page(browser, step):
    """Opens a page in a browser of its own, or beside another page in that one's."""
    if "beside" in step:
        context = pages[step["beside"]].context
    else:
        context = browser.new_context(
            viewport={"width": step.get("width", 1280), "height": step.get("height", 860)},
            color_scheme=step.get("scheme", "light"), locale="en-GB", timezone_id="UTC")
        context.set_default_timeout(step.get("timeout", 15000))
    page = context.new_page()
    number = len(pages)
    pages[number] = page
    faults[number] = []
    page.on("console", lambda message: message.type in ("error", "warning") and faults[number].append(message.text))
    page.on("pageerror", lambda error: faults[number].append(str(error)))
    return number


def find(page, step):
    place = page
    if step.get("region"):
        place = page.get_by_role("region", name=step["region"], exact=True)
    if step.get("css"):
        found = place.locator(step["css"])
    elif step.get("label"):
        found = place.get_by_label(step["label"], exact=True)
    elif step.get("text"):
        found = place.get_by_text(step["text"])
    else:
        found = place.get_by_role(step["role"], name=step["name"], exact=True) if step.get("name") else \
            place.get_by_role(step["role"])
    if "has" in step:
        found = found.filter(has_text=step["has"])
    return found.nth(step["nth"]) if "nth" in step else found


def violations(page, step):
    """What axe-core finds serious or critical: rule, and the elements."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    # An e-mail's frame is closed to everybody, axe included.
    options = {"resultTypes": ["violations"], "runOnly": rules, "iframes": False}
    found = Axe().run(page, options=options).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {node['target']}: {node['failureSummary']}" for one in serious for node in one["nodes"][:5]]


FOCUSED = """() => {
    const one = document.activeElement;
    const name = one.getAttribute("aria-label") || one.labels?.[0]?.textContent || one.textContent.trim().slice(0, 60);
    return one === document.body ? "" : `${one.tagName.toLowerCase()} ${name}`;
}"""

ACTIONS = {
    "goto": lambda page, step: page.goto(step["url"]) and None,
    "click": lambda page, step: find(page, step).click(),
    "fill": lambda page, step: find(page, step).fill(step["value"]),
    "select": lambda page, step: find(page, step).select_option(step["value"]) and None,
    "press": lambda page, step: page.keyboard.press(step["value"]),
    "insert": lambda page, step: page.keyboard.insert_text(step["value"]),
    "focus": lambda page, step: find(page, step).focus(),
    "upload": lambda page, step: find(page, step).set_input_files(step["value"]),
    "wait": lambda page, step: find(page, step).last.wait_for(state=step.get("state", "visible")),
    "texts": lambda page, step: find(page, step).all_inner_texts(),
    "count": lambda page, step: find(page, step).count(),
    "value": lambda page, step: find(page, step).input_value(),
    "evaluate": lambda page, step: page.evaluate(step["value"]),
    "frame": lambda page, step: page.frame_locator(step["css"]).locator("body").inner_text(),
    "screenshot": lambda page, step: page.screenshot(path=step["value"], animations="disabled") and None,
    "axe": violations,
    "focused": lambda page, step: page.evaluate(FOCUSED),
    "download": lambda page, step: page.goto(step["url"]).status,
    "drag": lambda page, step: drag(page, find(page, step)),
    "leave": lambda page, step: page.close(),
    "close": lambda page, step: page.context.close(),
}


def drag(page, found):
    """Moves what was found to and fro for a second by the mouse."""
    box = found.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for count in range(60):
        page.mouse.move(x + (count % 20) * 8, y + (count % 10) * 6)
        page.wait_for_timeout(8)
    page.mouse.up()


def main():
    path = next((path for name in NAMES if (path := shutil.which(name))), None)
    if path is None:
        sys.exit(f"There is no browser: install one of {', '.join(NAMES)}, or run ./build.sh test, which does.")
    with sync_playwright() as playwright:
        # Root has no sandbox of its own in a container.
        browser = playwright.chromium.launch(executable_path=path, args=[
            "--no-sandbox", "--autoplay-policy=no-user-gesture-required",
            # A name of somebody else's that leads here, as after DNS rebinding.
            "--host-resolver-rules=MAP rebound.example 127.0.0.1"])
        for line in sys.stdin:
            step = json.loads(line)
            try:
                if step["do"] == "open":
                    value = open_page(browser, step)
                elif step["do"] == "faults":
                    value = faults[step["page"]]
                else:
                    value = ACTIONS[step["do"]](pages[step["page"]], step)
                answer = {"value": value}
            except Error as error:
                answer = {"error": f"{step}: {error.message}"}
            print(json.dumps(answer), flush=True)
        browser.close()


main()
