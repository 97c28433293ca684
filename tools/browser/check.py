"""Checks rendered reports in headless Chromium: check.py AXE_SCRIPT PAGES_DIR SHOTS_DIR.

PAGES_DIR holds NAME.html; screenshots go to SHOTS_DIR. Prints a line for each page, every fault on
standard error, and ends with `N passed, N failed`.
"""

import base64
import json
import pathlib
import sys
import time

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

WIDTHS = (360, 768, 1440)
passed, failed = 0, 0


def expect(truth, words):
    global passed, failed
    if truth:
        passed += 1
    else:
        failed += 1
        print(f"FAILED: {words}", file=sys.stderr)
    return truth


class Browser:
    """One Chromium, driven by its own protocol where WebDriver has no word for it."""

    def __init__(self):
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(60)

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def shape(self, width, scheme="light", scripted=True, media=""):
        height = {360: 740, 768: 1024}.get(width, 900)
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 700)
        self.command(
            "Emulation.setEmulatedMedia", media=media,
            features=[{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}])
        self.command("Emulation.setScriptExecutionDisabled", value=not scripted)

    def open(self, page, fragment=""):
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(page.as_uri() + fragment)

    def expect_quiet(self, words):
        messages = [entry["message"] for entry in self.driver.get_log("browser")]
        expect(not messages, f"{words}: the console says {messages[:3]}")
        requests = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                requests.append(message["params"]["request"]["url"])
        strange = [url for url in requests if not url.startswith(("file:", "data:", "about:"))]
        expect(not strange and len([url for url in requests if url.startswith("file:")]) <= 1, f"{words}: it asks for {requests[:5]}")

    def expect_narrow(self, words):
        size = self.command("Page.getLayoutMetrics")
        content, screen = size["cssContentSize"]["width"], size["cssLayoutViewport"]["clientWidth"]
        expect(content <= screen, f"{words}: {content} pixels wide on {screen}")

    def shoot(self, path, most=12000):
        size = self.command("Page.getLayoutMetrics")["cssContentSize"]
        shot = self.command(
            "Page.captureScreenshot", captureBeyondViewport=True,
            clip={"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], most), "scale": 1})
        path.write_bytes(base64.b64decode(shot["data"]))


def unfold(browser):
    browser.run("for (const part of document.querySelectorAll('details')) part.open = true")


def check_faces(browser, page, shots):
    """Every width, both schemes, with and without JavaScript: nothing said, asked or cut off."""
    for scripted in (True, False):
        for scheme in ("light", "dark"):
            for width in WIDTHS:
                words = f"{page.stem} {width} {scheme}{'' if scripted else ' without JavaScript'}"
                browser.shape(width, scheme, scripted)
                browser.open(page)
                browser.expect_quiet(words)
                browser.expect_narrow(words)
                suffix = "" if scripted else "-nojs"
                browser.shoot(shots / f"{page.stem}-{width}-{scheme}{suffix}.png")
                if scripted:
                    unfold(browser)
                    browser.expect_narrow(words + ", unfolded")


def check_access(browser, page, axe, widths=(360, 1440)):
    for scheme in ("light", "dark"):
        for width in widths:
            browser.shape(width, scheme)
            browser.open(page)
            unfold(browser)
            browser.run(axe)
            result = browser.driver.execute_async_script(
                "const done = arguments[arguments.length - 1];"
                "axe.run(document, {resultTypes: ['violations']}).then(done, (error) => done({violations: [{id: String(error), nodes: []}]}));")
            for violation in result["violations"]:
                nodes = [node["html"][:160] + " " + (node.get("failureSummary") or "")[:300] for node in violation["nodes"][:3]]
                expect(False, f"{page.stem} {width} {scheme}: axe: {violation['id']}: {nodes}")
            expect(True, "")


def rows_shown(browser, table):
    return browser.run(
        "return Array.from(document.querySelectorAll(`[data-table=${arguments[0]}] tbody tr`)).filter((row) => !row.hidden).length", table)


def settle():
    time.sleep(0.3)


def check_filter(browser, page):
    browser.shape(1440)
    browser.open(page)
    total = rows_shown(browser, "mappings")
    search = browser.driver.find_element(By.CSS_SELECTOR, "#filter input[type=search]")
    browser.driver.find_element(By.TAG_NAME, "body").send_keys("/")
    expect(browser.run("return document.activeElement === arguments[0]", search), "a slash leads to the search")
    search.send_keys("vm--106")
    settle()
    shown = browser.run("return Array.from(document.querySelectorAll('.finding')).filter((part) => part.checkVisibility()).map((part) => part.textContent)")
    expect(shown and all("106" in text for text in shown), "the search leaves only what has the word")
    expect(0 < rows_shown(browser, "mappings") < total, "the search filters the mappings")
    expect(browser.run("return Array.from(document.querySelectorAll('.group')).some((part) => part.hidden)"), "groups without a finding go")
    browser.driver.find_element(By.CSS_SELECTOR, "#filter button[type=reset]").click()
    settle()
    expect(rows_shown(browser, "mappings") == total, "reset brings all back")
    for name, value in (("class", "wrong"), ("rule", "moved-guest"), ("severity", "critical"), ("storage", "ssd-ha01"), ("guest", "102")):
        field = browser.driver.find_element(By.ID, f"filter-{name}")
        browser.run("arguments[0].focus()", field)
        field.send_keys(value)
        settle()
        found = browser.run("return Array.from(document.querySelectorAll('.finding')).filter((part) => part.checkVisibility()).length")
        expect(found > 0, f"the filter for {name} finds something")
        expect(0 < rows_shown(browser, "mappings") < total, f"the filter for {name} leaves some mappings")
        browser.driver.find_element(By.CSS_SELECTOR, "#filter button[type=reset]").click()
        settle()
    # Where nothing fits, nothing but that is said: no heading, caption or count of what was there before.
    search.send_keys("nobody has this")
    settle()
    left = browser.run(
        "return Array.from(document.querySelectorAll('.severity, .group, .finding, [data-table], #mappings details:has(> table), #guests details:has(> table)')).filter((part) => part.checkVisibility()).map((part) => part.textContent)")
    expect(not left, f"a search without a hit leaves {left[:2]}")
    notes = browser.run("return Array.from(document.querySelectorAll('#findings, #guests, #mappings'), (part) => part.lastElementChild.checkVisibility() && part.lastElementChild.textContent)")
    expect(notes == ["Nothing here fits the filter."] * 3, f"a search without a hit says {notes}")
    counts = "return Array.from(document.querySelectorAll('nav .n, .rule span:last-child, summary, caption'), (part) => part.textContent)"
    numbers = browser.run("return Array.from(document.querySelectorAll('nav a[href=\\'#findings\\'] .n, nav a[href=\\'#mappings\\'] .n'), (part) => part.textContent)")
    expect(numbers and all(number.startswith("0 of ") for number in numbers), f"a search without a hit counts {numbers}")
    browser.driver.find_element(By.CSS_SELECTOR, "#filter button[type=reset]").click()
    settle()
    after = browser.run(counts)
    browser.open(page)
    expect(after == browser.run(counts), "reset brings all counts back")
    browser.expect_quiet("filtering")


def check_missing(browser, page):
    """The filter reaches configured disks that have no mapping, and links reach every section."""
    browser.shape(1440)
    browser.open(page)
    total = rows_shown(browser, "missing")
    subject = browser.run("return document.querySelector('[data-table=missing] tbody th').textContent")
    search = browser.driver.find_element(By.CSS_SELECTOR, "#filter input[type=search]")
    search.send_keys(subject)
    settle()
    expect(rows_shown(browser, "missing") > 0, "the search finds a disk without mapping")
    words = browser.run("return document.querySelector('#filter output').textContent")
    expect("without mapping" in words, f"disks without mapping are counted: {words}")
    search.send_keys(" nobody")
    settle()
    expect(rows_shown(browser, "missing") == 0, "the search takes disks without mapping away")
    browser.driver.find_element(By.CSS_SELECTOR, "#filter button[type=reset]").click()
    settle()
    expect(rows_shown(browser, "missing") == total, "reset brings the disks back")
    ranks = {"critical": 3, "warning": 2, "notice": 1, "info": 0, "unknown": 0}
    for table in ("mappings", "guests", "missing"):
        order = browser.run("return Array.from(document.querySelector(`[data-table=${arguments[0]}]`).tBodies[0].rows, (row) => row.cells[1].textContent)", table)
        state = browser.run("return document.querySelector(`[data-table=${arguments[0]}] th:nth-child(2)`).getAttribute('aria-sort')", table)
        expect(state == "descending" and order, f"{table}: the heading says {state}")
        expect(order == sorted(order, key=lambda word: -ranks[word]), f"{table}: the worst stand first")
    browser.expect_quiet("disks without mapping")


def check_sections(browser, page):
    """A link to a section lands there, whatever was guessed of what lies above."""
    for section in browser.run("return Array.from(document.querySelectorAll('nav a'), (part) => part.getAttribute('href'))"):
        browser.open(page)
        browser.run("document.querySelector(`nav a[href='${arguments[0]}']`).click()", section)
        settle()
        top, end = browser.run(
            "return [document.querySelector(arguments[0]).getBoundingClientRect().top, Math.abs(scrollY + innerHeight - document.documentElement.scrollHeight) < 2]", section)
        expect(-2 <= top <= 130 or end, f"{page.stem}: the link to {section} lands {top:.0f} pixels off")


def check_sort(browser, page):
    browser.shape(1440)
    browser.open(page)
    names = "return Array.from(document.querySelector('[data-table=mappings]').tBodies[0].rows, (row) => row.cells[0].textContent.trim())"
    button = browser.driver.find_element(By.CSS_SELECTOR, "[data-table=mappings] thead button")
    for direction, backwards in (("ascending", False), ("descending", True)):
        button.click()
        state = browser.run("return arguments[0].parentElement.getAttribute('aria-sort')", button)
        order = browser.run(names)
        expect(state == direction and order[0] != order[-1], f"the heading says {direction}")
        plain = browser.run("return arguments[0].toSorted(new Intl.Collator('en', {numeric: true}).compare)", order)
        expect(order == (plain[::-1] if backwards else plain), f"rows stand {direction}")
    severity = browser.driver.find_element(By.CSS_SELECTOR, "[data-table=mappings] th:nth-child(2) button")
    severity.send_keys(Keys.ENTER)
    first = browser.run("return document.querySelector('[data-table=mappings]').tBodies[0].rows[0].cells[1].textContent")
    expect(first == "critical", "the worst severity comes first")
    browser.expect_quiet("sorting")


def check_links(browser, page):
    browser.shape(1440)
    folded = "ssd--ha01-vm--100--disk--0"
    browser.open(page, "#" + folded)
    settle()
    visible = "const part = document.getElementById(arguments[0]).getBoundingClientRect(); return part.height > 0 && part.top >= 0 && part.bottom <= innerHeight + 1"
    expect(browser.run(visible, folded), "a link to a folded mapping unfolds it")
    search = browser.driver.find_element(By.CSS_SELECTOR, "#filter input[type=search]")
    search.send_keys("vm--106")
    settle()
    finding = "ghost-mapping:ssd--ha01-vm--105--disk--0"
    browser.run("location.hash = encodeURIComponent(arguments[0])", finding)
    settle()
    expect(browser.run("return document.getElementById(arguments[0]).checkVisibility()", finding), "a link clears a filter that hides its target")
    expect(browser.run("return document.activeElement.id") == finding, "a link moves the focus")
    browser.expect_quiet("links")


def check_copy(browser, page):
    browser.shape(1440)
    browser.open(page)
    browser.command("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    button = browser.driver.find_element(By.CSS_SELECTOR, ".cmd .copy")
    wanted = browser.run("return arguments[0].parentElement.querySelector('code').textContent", button)
    button.click()
    settle()
    copied = browser.driver.execute_async_script(
        "const done = arguments[0]; navigator.clipboard.readText().then(done, (error) => done(String(error)))")
    expect(copied == wanted, f"copied {copied!r}, not {wanted!r}")
    expect(button.text == "Copied", "the button says that it copied")


def shoot_first_screen(browser, page, shots):
    """The picture of the README."""
    browser.shape(1200)
    browser.open(page)
    browser.shoot(shots / "first-screen.png", most=950)


def check_paper(browser, page, shots):
    browser.shape(768, media="print")
    browser.open(page)
    folded = "return Array.from(document.querySelectorAll('details:not(.source) > :not(summary)')).filter((part) => !part.checkVisibility({contentVisibilityAuto: false}) || part.getBoundingClientRect().height === 0).length"
    expect(browser.run(folded) == 0, f"{page.stem}: everything is unfolded on paper, by style alone")
    sources = "return Array.from(document.querySelectorAll('.source > :not(summary)')).filter((part) => part.checkVisibility({contentVisibilityAuto: false})).length"
    expect(browser.run(sources) == 0, f"{page.stem}: raw sources that nobody opened stay away from paper")
    paper = browser.command("Page.printToPDF", preferCSSPageSize=True)
    (shots / f"{page.stem}.pdf").write_bytes(base64.b64decode(paper["data"]))
    expect(browser.run("return document.querySelectorAll('details[open]').length") < browser.run("return document.querySelectorAll('details').length"), "printing leaves the page as it was")


def check_injection(browser, page):
    """Nothing of a hostile bundle became an element, an attribute or a script."""
    for scripted in (True, False):
        browser.shape(1440, scripted=scripted)
        browser.open(page)
        browser.expect_quiet(f"hostile{'' if scripted else ' without JavaScript'}")
    browser.shape(1440)
    browser.open(page)
    found = browser.run(
        "return {pwned: typeof pwn, title: document.title, strange: Array.from(document.querySelectorAll('img, iframe, object, embed, base, form:not(#filter form), textarea, audio, video, template')).length,"
        "scripts: document.scripts.length, styles: document.querySelectorAll('style').length,"
        "links: Array.from(document.querySelectorAll('a')).filter((part) => !part.getAttribute('href').startsWith('#')).length,"
        "handlers: Array.from(document.querySelectorAll('*')).filter((part) => part.getAttributeNames().some((name) => name.startsWith('on') || name === 'style')).length,"
        "svg: Array.from(document.querySelectorAll('svg')).filter((part) => part.getAttribute('role') !== 'img').length,"
        "seen: (document.body.textContent.match(/PWN\\d+/g) || []).length}")
    expect(found["pwned"] == "undefined", "no injected script ran")
    for name, count in (("strange", 0), ("scripts", 1), ("styles", 1), ("links", 0), ("handlers", 0), ("svg", 0)):
        expect(found[name] == count, f"hostile page: {found[name]} {name}")
    expect(found["seen"] > 40, f"hostile page: the strings are there as text ({found['seen']})")
    search = browser.driver.find_element(By.CSS_SELECTOR, "#filter input[type=search]")
    search.send_keys("pwn")
    settle()
    browser.expect_quiet("hostile page, filtered")
    unique = browser.run("const ids = Array.from(document.querySelectorAll('[id]'), (part) => part.id); return ids.length - new Set(ids).size")
    expect(unique == 0, "hostile page: every id is there once")


def check_size(browser, page, shots):
    """A node with 10,000 mappings: loaded, filtered and unfolded. Times depend on the machine: they are told, and fail nothing."""
    size = page.stat().st_size
    expect(size <= 6_000_000, f"{size} bytes are more than 6 MB")
    browser.shape(1440)
    times = []
    for _ in range(3):
        browser.open(page)
        times.append(browser.run("return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"))
    # The least of three: a fresh browser and other programs take their time, too.
    interactive = min(times)
    start = time.monotonic()
    browser.run("const field = document.querySelector('#filter-guest'); field.value = '105'; field.dispatchEvent(new Event('input', {bubbles: true}))")
    time.sleep(0.1)
    browser.run("document.body.getBoundingClientRect(); return 1")
    filtered = time.monotonic() - start
    browser.run("document.querySelector('#filter button[type=reset]').click()")
    settle()
    start = time.monotonic()
    browser.run("Array.from(document.querySelectorAll('details:has(> [data-table=mappings])')).at(-1).open = true; document.body.getBoundingClientRect()")
    unfolded = time.monotonic() - start
    browser.expect_quiet("big page")
    print(f"{page.stem}: {size / 1e6:.2f} MB, interactive {interactive:.0f} ms (promised: 2,000), filtered {filtered:.2f} s, unfolded {unfolded:.2f} s")
    browser.shape(1440)
    browser.open(page)
    check_sections(browser, page)
    for width in WIDTHS:
        browser.shape(width)
        browser.open(page)
        browser.expect_narrow(f"{page.stem} {width}")
        browser.shoot(shots / f"{page.stem}-{width}-light.png", most=4000)


def check(browser, page, axe, shots):
    if page.stem == "big":
        return check_size(browser, page, shots)
    check_faces(browser, page, shots)
    check_access(browser, page, axe)
    check_paper(browser, page, shots)
    if page.stem == "shared-thick":
        for part in (check_filter, check_sort, check_links, check_copy):
            part(browser, page)
        shoot_first_screen(browser, page, shots)
    if page.stem == "missing":
        check_missing(browser, page)
    if page.stem == "hostile":
        check_injection(browser, page)


def main(axe, pages, shots):
    script = pathlib.Path(axe).read_text()
    browser = Browser()
    try:
        for page in sorted(pages.glob("*.html")):
            start = time.monotonic()
            try:
                check(browser, page, script, shots)
            except WebDriverException as error:
                expect(False, f"{page.stem}: {error.msg}")
            print(f"{page.stem}: {page.stat().st_size / 1e3:.0f} kB, looked at in {time.monotonic() - start:.0f} s", flush=True)
    finally:
        browser.driver.quit()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])))
