"""Tables and summaries show what was typed and run none of it."""

from crm.ui.tables import link, table_html

NAUGHTY = '<img src=x onerror="alert(1)">'


def test_every_value_of_a_table_is_escaped():
    html = table_html(NAUGHTY, [NAUGHTY, "Second"], [(link(NAUGHTY, "employer", id=1), NAUGHTY)], set())
    assert "<img" not in html
    assert html.count("&lt;img") == 5


def test_a_link_of_a_row_carries_ids_only():
    html = table_html("Employers", ["Name"], [(link("Fernside Café", "employer", id=7),)], set())
    assert 'href="employer?id=7"' in html
    assert "Fernside" not in html.split('href="')[1].split('"')[0]


def test_numbers_are_aligned_to_the_right_and_grouped():
    html = table_html("Employers", ["Name", "Open"], [("A", 1204)], {"Open"})
    assert '<td class="crm-number">1,204</td>' in html


def test_the_first_cell_of_a_row_is_its_header():
    assert '<th scope="row">A</th>' in table_html("Employers", ["Name"], [("A",)], set())


def test_a_record_without_a_name_can_still_be_opened():
    assert ">(no name)</a>" in link("", "employer", id=1).html()


def test_a_link_to_a_file_is_taken_away_and_one_to_a_page_to_print_leaves_the_application():
    assert "download" in link("Word file", "files/agreement/1/draft/full.docx").html()
    assert 'class="crm-link crm-outside"' in link("Page to print", "print/agreement/1/draft/full").html()
    assert 'class="crm-link"' in link("Fernside", "employer", id=1).html()
