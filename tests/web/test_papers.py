"""Papers of agreements on the wire: files and a page to print, for those who may see agreements."""

import pytest
import sqlalchemy as sa

from crm import db
from crm.models.agreement_papers import AgreementVersion
from crm.models.users import SYSTEM
from crm.papers import pdf
from crm.policy import Role
from crm.services import history
from crm.services.agreement_papers import NOT_WHOLE
from crm.ui.history_words import sentence
from tests.makers import PASSWORD, make_user
from tests.makers_employers import make_agreement, make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_papers import make_version
from tests.makers_people import make_seeker
from tests.makers_proposals import make_proposable, make_proposal
from tests.serving import email_of
from tests.web.asking import Visitor


@pytest.fixture
def place(service: str) -> str:
    with db.transaction() as session:
        agreement = make_agreement(session)
        make_version(session, agreement, "As it was.")
        return f"agreement/{agreement.key}"


def test_an_agreement_comes_as_a_word_file_that_no_browser_opens_or_keeps(place: str, officer: Visitor):
    answer = officer.get(f"/files/{place}/1/easy-read.docx")
    assert answer.status == 200
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="agreement-{place[10:]}-version-1-easy-read.docx"'
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_an_agreement_is_a_page_to_print_that_runs_and_fetches_nothing(place: str, officer: Visitor):
    answer = officer.get(f"/print/{place}/1/full")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert '<p class="clause"><span class="number">1.1</span>As it was.</p>' in answer.text
    assert f'href="/agreement?id={place[10:]}"' in answer.text
    assert "<script" not in answer.text
    assert answer.headers["content-security-policy"].startswith(
        "default-src 'none'; style-src 'unsafe-inline'"
    )
    assert "content-disposition" not in answer.headers


def test_signed_out_nobody_gets_a_file_and_a_page_to_print_leads_to_the_sign_in(place: str, visitor: Visitor):
    assert visitor.get(f"/files/{place}/1/full.docx").status == 401
    answer = visitor.get(f"/print/{place}/1/full")
    assert (answer.status, answer.headers["location"]) == (303, f"/login?next=/print/{place}/1/full")


def test_a_role_that_may_not_see_agreements_gets_no_paper(place: str, visitor: Visitor):
    with db.transaction() as session:
        make_user(session, Role.ADMINISTRATOR, email=email_of(Role.ADMINISTRATOR), can_sign_in=True)
    visitor.fill_in("/login", email=email_of(Role.ADMINISTRATOR), password=PASSWORD)
    for path in (f"/files/{place}/1/full.docx", f"/print/{place}/draft/full"):
        answer = visitor.get(path)
        assert (answer.status, "agreements" in answer.text) == (403, True)


def test_a_renewal_pack_comes_as_a_file_and_as_a_page_to_print(place: str, officer: Visitor):
    number = place[10:]
    answer = officer.get(f"/files/renewal-pack/{number}.docx")
    assert answer.status == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="renewal-pack-{number}.docx"'
    page = officer.get(f"/print/renewal-pack/{number}")
    assert (page.status, "Nobody’s name is on this page." in page.text) == (200, True)
    for path in (
        "files/renewal-pack/99.docx",
        f"files/renewal-pack/{number}.exe",
        "print/renewal-pack/99",
    ):
        assert officer.get(f"/{path}").status == 404
    assert officer.get(f"/print/renewal-pack/{'9' * 30}").status == 404
    assert Visitor().get(f"/files/renewal-pack/{number}.docx").status == 401


def test_a_sheet_to_take_home_comes_as_a_file_and_as_a_page_to_print(service: str, officer: Visitor):
    with db.transaction() as session:
        seeker = make_seeker(session, "Zebedee Marsh")
        vacancy = make_vacancy(session, make_employer(session))
    place = f"take-home/{seeker.key}/{vacancy.key}"
    answer = officer.get(f"/files/{place}/large-print.docx")
    named = f"job-sheet-{vacancy.key}-{seeker.key}-large-print.docx"
    assert answer.status == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{named}"'
    page = officer.get(f"/print/{place}/easy-read")
    assert (page.status, page.headers["cache-control"]) == (200, "no-store")
    assert "Kitchen assistant" in page.text
    assert "Zebedee" not in page.text
    for path in (
        f"files/{place}/full.exe",
        f"files/{place}/else.docx",
        f"print/take-home/{seeker.key}/99/full",
        f"print/take-home/{'9' * 30}/{vacancy.key}/full",
    ):
        assert officer.get(f"/{path}").status == 404
    assert Visitor().get(f"/files/{place}/full.docx").status == 401


def test_a_proposal_comes_as_a_file_and_as_a_page_to_print_with_its_picture(service: str, officer: Visitor):
    with db.transaction() as session:
        carve = make_proposable(session, make_employer(session), make_seeker(session, "Zebedee Marsh"))
        make_proposal(session, carve)
    place = f"proposal/{carve.key}"
    for which, reading in (("draft", "full"), ("1", "large-print")):
        answer = officer.get(f"/files/{place}/{which}/{reading}.docx")
        large = "-large-print" * (reading != "full")
        named = f'attachment; filename="proposal-{carve.key}-{which}{large}.docx"'
        assert (answer.status, answer.headers["content-disposition"]) == (200, named)
        page = officer.get(f"/print/{place}/{which}/{reading}")
        assert (page.status, page.headers["cache-control"]) == (200, "no-store")
        assert 'src="data:image/svg+xml;base64,' in page.text
        assert f'href="/carved-job?id={carve.key}"' in page.text
        assert "Zebedee" not in page.text
    for path in (
        f"files/{place}/2/full.docx",
        f"files/{place}/1/full.exe",
        f"files/{place}/one/full.docx",
        f"files/{place}/1/easy-read.docx",
        f"print/{place}/{'9' * 30}/full",
        f"print/proposal/{'9' * 30}/draft/full",
    ):
        assert officer.get(f"/{path}").status == 404
    assert Visitor().get(f"/files/{place}/1/full.docx").status == 401


def test_a_proposal_that_is_taken_is_in_the_history_of_the_job(service: str, officer: Visitor):
    with db.transaction() as session:
        carve = make_proposable(session, make_employer(session))
        make_proposal(session, carve)
    officer.get(f"/print/proposal/{carve.key}/1/large-print")
    with db.reading() as session:
        latest = history.history(session, "carved-job", carve.key, offset=0, limit=1, by=SYSTEM).rows[0]
    assert sentence(latest) == "Taken away: proposal 1, large print, as a page to print."


def test_a_role_that_may_not_see_job_seekers_gets_no_sheet(service: str, visitor: Visitor):
    with db.transaction() as session:
        seeker = make_seeker(session)
        vacancy = make_vacancy(session, make_employer(session))
        make_user(session, Role.ADMINISTRATOR, email=email_of(Role.ADMINISTRATOR), can_sign_in=True)
    visitor.fill_in("/login", email=email_of(Role.ADMINISTRATOR), password=PASSWORD)
    assert visitor.get(f"/files/take-home/{seeker.key}/{vacancy.key}/full.docx").status == 403


def test_a_version_whose_words_were_changed_past_us_is_refused_with_a_sentence(place: str, officer: Visitor):
    with db.transaction() as session:
        session.connection().execute(sa.update(AgreementVersion).values(content={"title": "Otherwise"}))
    answer = officer.get(f"/files/{place}/1/full.docx")
    assert (answer.status, answer.text) == (409, NOT_WHOLE)


NOT_THERE = (
    *("draft/full.exe", "draft/full.html", "draft/else.docx", "2/full.docx", "-1/full.docx"),
    *("0/full.docx", "9" * 40 + "/full.docx", "²/full.docx".encode().decode("latin-1")),
)


def test_what_is_not_there_is_not_found(place: str, officer: Visitor):
    assert {officer.get(f"/files/{place}/{end}").status for end in NOT_THERE} == {404}
    for number in ("99", "9" * 30):
        assert officer.get(f"/files/agreement/{number}/draft/full.docx").status == 404
        assert officer.get(f"/print/agreement/{number}/draft/full").status == 404


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE"])
def test_a_paper_is_only_ever_asked_for(place: str, officer: Visitor, method: str):
    for path in (f"/files/{place}/1/full.docx", f"/print/{place}/1/full"):
        assert officer.ask(method, path, headers={}).status in {404, 405}


def test_where_no_pdf_can_be_made_a_sentence_says_what_to_take(
    place: str, officer: Visitor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    answer = officer.get(f"/files/{place}/1/full.pdf")
    assert (answer.status, answer.text) == (503, pdf.NOT_HERE)
