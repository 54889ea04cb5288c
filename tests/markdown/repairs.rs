//! What markdown's usual HTML leaves out for some readers, put right.

use super::{DROP_TITLE, Options, PLAIN, check, check_with};

#[test]
fn headings_move_below_the_one_of_the_template() {
    check(
        "## A *b*",
        "<h2 id=\"a-b\">A <em>b</em> <a class=\"anchor\" href=\"#a-b\" aria-label=\"Link to section A b\">#</a></h2>",
    );
    check(
        "# A \"b\"\n###### C",
        "<h2 id=\"a-b\">A &quot;b&quot; <a class=\"anchor\" href=\"#a-b\" aria-label=\"Link to section A &quot;b&quot;\">#</a></h2>\n\
         <h6 id=\"c\">C <a class=\"anchor\" href=\"#c\" aria-label=\"Link to section C\">#</a></h6>",
    );
}

#[test]
fn a_dropped_title_keeps_its_id_to_itself() {
    check_with(
        &DROP_TITLE,
        "<!-- x -->\n# Ä `b`\n\n## Ä b\n\ntext",
        "<h2 id=\"ä-b-1\">Ä b <a class=\"anchor\" href=\"#ä-b-1\" aria-label=\"Link to section Ä b\">#</a></h2>\n<p>text</p>",
    );
    check_with(
        &DROP_TITLE,
        "text\n\n# Late",
        "<p>text</p>\n<h2 id=\"late\">Late <a class=\"anchor\" href=\"#late\" aria-label=\"Link to section Late\">#</a></h2>",
    );
}

#[test]
fn headings_without_words_are_left_out() {
    check("##\n\na", "<p>a</p>");
    check(
        "## ![](a.png)",
        "<h2 id=\"section\"><img src=\"../a.png\" alt=\"\" loading=\"lazy\"> <a class=\"anchor\" href=\"#section\" aria-label=\"Link to this section\">#</a></h2>",
    );
}

#[test]
fn checkboxes_have_a_label() {
    check(
        "- [ ] call *back*\n  - [x] done\n- plain",
        "<ul>\n<li class=\"task\"><label for=\"task.1\"><input type=\"checkbox\" id=\"task.1\" disabled> call <em>back</em></label>\n\
         <ul>\n<li class=\"task\"><label for=\"task.2\"><input type=\"checkbox\" id=\"task.2\" disabled checked> done</label></li>\n</ul>\n</li>\n\
         <li>plain</li>\n</ul>",
    );
    check(
        "- [ ] one\n\n  two\n",
        "<ul>\n<li class=\"task\">\n<p><label for=\"task.1\"><input type=\"checkbox\" id=\"task.1\" disabled> one</label></p>\n<p>two</p>\n</li>\n</ul>",
    );
}

#[test]
fn tables_have_scopes_and_scroll() {
    check(
        "## Scores\n\n| | NPS | CSAT |\n|---|:-:|--:|\n| North | 1 | 2 |",
        "<h2 id=\"scores\">Scores <a class=\"anchor\" href=\"#scores\" aria-label=\"Link to section Scores\">#</a></h2>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: Scores\"><table>\n\
         <thead><tr><td></td><th scope=\"col\" class=\"align-center\">NPS</th><th scope=\"col\" class=\"align-right\">CSAT</th></tr></thead>\n\
         <tbody>\n<tr><td>North</td><td class=\"align-center\">1</td><td class=\"align-right\">2</td></tr>\n</tbody>\n</table></div>",
    );
}

#[test]
fn a_paragraph_above_a_table_is_its_caption() {
    let rows = "<thead><tr><th scope=\"col\">a</th></tr></thead>\n</table></div>";
    check(
        "Table: *Answers* by `month`\n\n|a|\n|-|\n",
        &format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: Answers by month\"><table>\n\
             <caption><em>Answers</em> by <code>month</code></caption>\n{rows}"
        ),
    );
    check("Table: none\n\ntext", "<p>Table: none</p>\n<p>text</p>");
    check(
        "Table: none\n\ntext\n\n|a|\n|-|\n",
        &format!(
            "<p>Table: none</p>\n<p>text</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n{rows}"
        ),
    );
}

#[test]
fn regions_have_names_of_their_own() {
    let table = "<table>\n<thead><tr><th scope=\"col\">a</th></tr></thead>\n</table></div>";
    let region = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=";
    check("|a|\n|-|\n\n|a|\n|-|\n", &format!("{region}\"Table\">{table}\n{region}\"Table (2)\">{table}"));
    check_with(&DROP_TITLE, "# The year\n\n|a|\n|-|\n", &format!("{region}\"Table: The year\">{table}"));
}

#[test]
fn alerts_say_what_they_are() {
    for (marker, class, word) in [
        ("NOTE", "note", "Note"),
        ("TIP", "tip", "Tip"),
        ("IMPORTANT", "important", "Important"),
        ("WARNING", "warning", "Warning"),
        ("CAUTION", "caution", "Caution"),
    ] {
        check(
            &format!("> [!{marker}]\n> Mind this."),
            &format!(
                "<div class=\"alert alert-{class}\">\n<p class=\"alert-title\">{word}</p>\n<p>Mind this.</p>\n</div>"
            ),
        );
    }
    check("> a", "<blockquote>\n<p>a</p>\n</blockquote>");
}

#[test]
fn footnotes_lead_there_and_back() {
    check(
        "a[^x] b[^x] c[^no]\n\n[^x]: Note.\n[^unused]: Nobody.",
        "<p>a<sup class=\"note-mark\"><a id=\"note.1.back.1\" href=\"#note.1\" aria-label=\"Footnote 1\">1</a></sup> \
         b<sup class=\"note-mark\"><a id=\"note.1.back.2\" href=\"#note.1\" aria-label=\"Footnote 1\">1</a></sup> c[^no]</p>\n\
         <section class=\"notes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"note.1\"><p>Note. \
         <a class=\"note-back\" href=\"#note.1.back.1\" aria-label=\"Back to mention of footnote 1\">↩</a> \
         <a class=\"note-back\" href=\"#note.1.back.2\" aria-label=\"Back to mention 2 of footnote 1\">↩<sup>2</sup></a></p></li>\n</ol>\n</section>",
    );
    check(
        "a[^x]\n\n[^x]: - b",
        "<p>a<sup class=\"note-mark\"><a id=\"note.1.back.1\" href=\"#note.1\" aria-label=\"Footnote 1\">1</a></sup></p>\n\
         <section class=\"notes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"note.1\"><ul>\n<li>b</li>\n</ul>\
         <p><a class=\"note-back\" href=\"#note.1.back.1\" aria-label=\"Back to mention of footnote 1\">↩</a></p></li>\n</ol>\n</section>",
    );
}

#[test]
fn small_things_stay_as_they_are() {
    check("a  \nb\n***\n~~c~~", "<p>a<br>\nb</p>\n<hr>\n<p><del>c</del></p>");
    check("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>");
    check("\"a\" -- b", "<p>&quot;a&quot; -- b</p>");
    let smart = Options { smart_punctuation: true, ..PLAIN };
    check_with(&smart, "\"a\" -- b", "<p>“a” – b</p>");
}
