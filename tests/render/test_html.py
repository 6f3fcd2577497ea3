"""The page as a reader meets it, in Chromium, without network and without scripts."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from derive.chain.status import concluded
from derive.record import ClaimRecord, PaperRecord, Record, SharedRecord, Verdict, WitnessRecord
from derive.render.errata import errata
from derive.render.formats import html

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")

OPEN_ALL = "document.querySelectorAll('details').forEach(details => details.open = true)"
BOXES = """[...document.querySelectorAll('math')].map(math => {
  const box = math.getBoundingClientRect(); return [box.width, box.height]; })"""
SHOWN = """selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility()).map(e => e.id)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


class Visit:
    """A page opened from disk, with all that it asked of the network and told the console."""

    def __init__(self, browser, record: Record, folder: Path, **settings: object) -> None:
        (path,) = html.write(record, folder)
        self.page = browser.new_page(**settings)
        self.page.set_default_timeout(20_000)
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("dialog", lambda dialog: self.messages.append(dialog.message))
        self.page.goto(path.as_uri())

    def shown(self, selector: str) -> list[str]:
        return self.page.evaluate(SHOWN, selector)

    def choose(self, selector: str) -> None:
        """Click without waiting for a frame: a browser draws none for a page behind another."""
        self.page.locator(selector).dispatch_event("click")

    def asked_of_the_network(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(("file:", "data:"))]


@pytest.fixture(scope="module")
def visit(browser, realistic: Record, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    return Visit(browser, realistic, tmp_path_factory.mktemp("page"))


def test_the_page_asks_for_nothing_and_reports_no_error(visit: Visit) -> None:
    assert visit.asked_of_the_network() == []
    assert visit.messages == []


def test_the_page_needs_no_script(browser, realistic: Record, tmp_path: Path) -> None:
    page = Visit(browser, realistic, tmp_path, java_script_enabled=False).page
    assert page.locator("article.claim").count() == realistic.totals.claims
    assert page.locator("script").count() == 0


COUNTS = """[...document.querySelectorAll('.kinds td a')].map(a => [
  a.getAttribute('href'), Number(a.textContent), a.className])"""


def test_the_table_of_kinds_counts_all_claims_and_leads_to_them(visit: Visit, realistic: Record) -> None:
    found = visit.page.evaluate(COUNTS)
    assert sum(number for _, number, _ in found) == realistic.totals.claims
    for target, _, verdict in found:
        assert visit.page.evaluate("id => document.getElementById(id).className", target[1:]).split()[1] == verdict


def test_errata_stand_in_the_order_of_how_telling_they_are(visit: Visit, realistic: Record) -> None:
    told = visit.page.evaluate("[...document.querySelectorAll('.errata li a')].map(a => a.textContent)")
    assert told == [claim.id for claim in errata(realistic)]
    shows = visit.page.locator(".errata .shows").all_text_contents()
    assert len(shows) == len(told)
    assert all(text.split(maxsplit=1)[1] for text in shows)


@pytest.mark.parametrize("width", [1280, 420])
def test_the_index_keeps_its_tables_within_the_page(browser, realistic: Record, tmp_path: Path, width: int) -> None:
    """What is wider scrolls in its own box."""
    page = Visit(browser, realistic, tmp_path, viewport={"width": width, "height": 900}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".overview .kinds").is_visible()


def test_every_formula_is_laid_out(visit: Visit) -> None:
    visit.page.evaluate(OPEN_ALL)
    boxes = visit.page.evaluate(BOXES)
    assert len(boxes) > 60
    assert min(width for width, _ in boxes) > 4
    assert min(height for _, height in boxes) > 8


def test_formulas_are_set_in_the_embedded_font(visit: Visit) -> None:
    faces = visit.page.evaluate("document.fonts.ready.then(fonts => [...fonts].map(f => [f.family, f.status]))")
    assert ["Derive Math", "loaded"] in [[family.strip('"'), status] for family, status in faces]


def test_no_formula_of_moderate_length_overflows_its_column(visit: Visit) -> None:
    visit.page.evaluate(OPEN_ALL)
    overflowing = visit.page.evaluate(
        """[...document.querySelectorAll('.statement, .facts dd, .steps .scroll')]
           .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"""
    )
    assert overflowing == []


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_the_page_never_scrolls_sideways(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.page.set_viewport_size({"width": 1280, "height": 900})


def test_long_formulas_and_numbers_scroll_in_their_place(browser, realistic: Record, tmp_path: Path) -> None:
    """A claimed constant of many terms, and an instance with a number of many digits."""
    record = with_a_bracket(realistic, claimed=" + ".join(f"R^{{{k}}}" for k in range(90)), instance=WITNESS)
    page = Visit(browser, record, tmp_path, viewport={"width": 800, "height": 900}).page
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 800


WITNESS = WitnessRecord(sizes={"n": 1}, values={"x": ["7" * 300]}, claimed="1", derived="2")


def with_a_bracket(record: Record, **changes: object) -> Record:
    """The record with every bracket changed."""

    def changed(claim: ClaimRecord) -> ClaimRecord:
        return replace(claim, bracket=replace(claim.bracket, **changes)) if claim.bracket else claim

    papers = [replace(paper, claims=tuple(map(changed, paper.claims))) for paper in record.papers]
    assert papers != list(record.papers)
    return replace(record, papers=tuple(papers))


@pytest.mark.parametrize(
    ("choice", "number"), [("all", 9), ("falls", 5), ("unexpected", 4), ("proved", 2), ("ill-posed", 1)]
)
def test_the_filter_shows_what_it_counts(visit: Visit, choice: str, number: int) -> None:
    visit.choose(f"#show-{choice}")
    assert len(visit.shown("article.claim")) == number
    assert len(visit.shown(".contents .entry")) == number
    visit.choose("#show-all")


def test_every_link_leads_somewhere(visit: Visit) -> None:
    dangling = visit.page.evaluate(
        """[...document.querySelectorAll('a[href^="#"]')].map(a => decodeURIComponent(a.hash.slice(1)))
           .filter(id => !document.getElementById(id))"""
    )
    assert dangling == []


def test_ids_are_unique(visit: Visit) -> None:
    ids = visit.page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_every_step_and_witness_is_there(visit: Visit, realistic: Record) -> None:
    claims = [claim for paper in realistic.papers for claim in paper.claims]
    assert visit.page.locator(".steps li").count() == sum(len(claim.derivation) for claim in claims)
    assert visit.page.locator(".evidence tbody").count() == sum(len(claim.evidence) for claim in claims)
    assert "claimed & derived differ" in visit.page.locator("pre").all_text_contents()[1]


def test_print_opens_what_is_folded(visit: Visit) -> None:
    visit.page.evaluate("document.querySelectorAll('details').forEach(details => details.open = false)")
    visit.page.emulate_media(media="print")
    heights = visit.page.evaluate("[...document.querySelectorAll('.steps li')].map(e => e.offsetHeight)")
    visit.page.emulate_media(media="screen")
    assert min(heights) > 8


def test_hostile_text_stays_text(browser, hostile: Record, tmp_path: Path) -> None:
    visit = Visit(browser, hostile, tmp_path)
    assert visit.messages == []
    assert visit.asked_of_the_network() == []
    assert visit.page.locator("script, img, iframe, article b").count() == 0
    assert visit.page.locator("footer.colophon").count() == 1
    assert "formulas shown as typed" in visit.page.locator("footer.colophon").inner_text()
    assert visit.page.locator("article.claim").count() == hostile.totals.claims


def with_a_chain(record: Record) -> Record:
    """The record with one more paper: a diamond whose one side is refuted, and whose top uses a claim of nowhere."""
    uses = {"bottom": (), "left": ("bottom",), "right": ("bottom",), "top": ("left", "right", "elsewhere/lemma")}
    claims = tuple(
        ClaimRecord(
            id=f"diamond/{name}",
            kind="bound",
            statement_tex="a \\le b",
            verdict=Verdict.REFUTED if name == "left" else Verdict.PROVED,
            uses=tuple(other if "/" in other else f"diamond/{other}" for other in used),
        )
        for name, used in uses.items()
    )
    shared = (SharedRecord(definition="H", claims=("diamond/bottom", "diamond/top")),)
    paper = PaperRecord(id="diamond", claims=claims, shared=shared)
    (linked,) = concluded([paper])
    return replace(record, papers=(*record.papers, replace(linked, shared=shared)))


@pytest.fixture(scope="module")
def chained(browser, realistic: Record, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    return Visit(
        browser, with_a_chain(realistic), tmp_path_factory.mktemp("chain"), viewport={"width": 900, "height": 900}
    )


def test_a_chain_is_drawn_with_every_claim_inside_the_drawing(chained: Visit) -> None:
    inside = chained.page.evaluate(
        """[...document.querySelectorAll('figure.chain svg')].map(svg => { const frame = svg.getBoundingClientRect();
           return [...svg.querySelectorAll('.node')].map(node => { const box = node.getBoundingClientRect();
             return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top
               && box.bottom <= frame.bottom && box.width > 20; }); })"""
    )
    assert inside == [[True] * 5]


def test_the_name_of_a_claim_fits_its_node(chained: Visit) -> None:
    over = chained.page.evaluate(
        """[...document.querySelectorAll('figure.chain .node')].filter(node =>
             node.querySelector('text:last-of-type').getBoundingClientRect().right
               > node.querySelector('rect').getBoundingClientRect().right).length"""
    )
    assert over == 0


def test_a_node_leads_to_its_claim_and_one_that_was_not_examined_nowhere(chained: Visit) -> None:
    links = chained.page.evaluate(
        "[...document.querySelectorAll('figure.chain a')].map(a => a.getAttribute('href')).sort()"
    )
    assert links == [f"#diamond/{name}" for name in ("bottom", "left", "right", "top")]
    assert chained.page.locator("figure.chain .unexamined").count() == 1


def test_a_thick_border_says_that_all_below_is_checked(chained: Visit) -> None:
    thick = chained.page.evaluate(
        """[...document.querySelectorAll('figure.chain .node')].filter(node =>
             parseFloat(getComputedStyle(node.querySelector('rect')).strokeWidth) > 2)
           .map(node => node.getAttribute('href'))"""
    )
    assert sorted(thick) == ["#diamond/bottom", "#diamond/right"]


def test_colours_of_a_chain_are_those_of_the_verdicts(chained: Visit) -> None:
    left, right = (
        chained.page.evaluate(
            "id => getComputedStyle(document.querySelector(`figure.chain [href='#diamond/${id}'] rect`)).stroke", name
        )
        for name in ("left", "right")
    )
    assert left != right


def test_a_chain_says_in_words_what_is_missing(chained: Visit) -> None:
    text = chained.page.locator("[id='diamond/top'] .rests").first.inner_text()
    assert "diamond/left, which is refuted" in text
    assert "elsewhere/lemma, which was not examined in this run" in text


def test_the_page_of_a_chain_has_no_dangling_link_and_no_message(chained: Visit) -> None:
    dangling = chained.page.evaluate(
        """[...document.querySelectorAll('a[href^="#"]')].map(a => decodeURIComponent(a.getAttribute('href').slice(1)))
           .filter(id => !document.getElementById(id))"""
    )
    assert dangling == []
    assert chained.messages == []
