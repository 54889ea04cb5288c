//! Where we differ from the specifications on purpose.
//!
//! Not in the table, because the examples are not run: links for bare addresses (the autolink extension of
//! GFM). An author who wants a link writes one, and a bare address in a sentence is often a mention.

/// Why an example differs. Each reason is checked, so a second difference in the same example shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// HTML is shown as text and comments are dropped; otherwise the example is the same.
    HtmlShown,
    /// This is what we write, in the common form.
    Instead(&'static str),
}

/// The number of an example, the kind of reason, the reason in words.
pub(super) type Difference = (u64, Reason, &'static str);

#[rustfmt::skip]
pub(super) const COMMONMARK: &[Difference] = &[
    (21, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (31, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (79, Reason::Instead(r#""#), "Headings without words are left out and reported"),
    (148, Reason::HtmlShown, "A block of HTML is shown as text"),
    (149, Reason::HtmlShown, "A block of HTML is shown as text"),
    (150, Reason::HtmlShown, "A block of HTML is shown as text"),
    (151, Reason::HtmlShown, "A block of HTML is shown as text"),
    (152, Reason::HtmlShown, "A block of HTML is shown as text"),
    (153, Reason::HtmlShown, "A block of HTML is shown as text"),
    (154, Reason::HtmlShown, "A block of HTML is shown as text"),
    (155, Reason::HtmlShown, "A block of HTML is shown as text"),
    (156, Reason::HtmlShown, "A block of HTML is shown as text"),
    (157, Reason::HtmlShown, "A block of HTML is shown as text"),
    (158, Reason::HtmlShown, "A block of HTML is shown as text"),
    (159, Reason::HtmlShown, "A block of HTML is shown as text"),
    (160, Reason::HtmlShown, "A block of HTML is shown as text"),
    (161, Reason::HtmlShown, "A block of HTML is shown as text"),
    (162, Reason::HtmlShown, "A block of HTML is shown as text"),
    (163, Reason::HtmlShown, "A block of HTML is shown as text"),
    (164, Reason::HtmlShown, "A block of HTML is shown as text"),
    (165, Reason::HtmlShown, "A block of HTML is shown as text"),
    (166, Reason::HtmlShown, "A block of HTML is shown as text"),
    (167, Reason::HtmlShown, "A block of HTML is shown as text"),
    (168, Reason::HtmlShown, "A block of HTML is shown as text"),
    (169, Reason::HtmlShown, "A block of HTML is shown as text"),
    (170, Reason::HtmlShown, "A block of HTML is shown as text"),
    (171, Reason::HtmlShown, "A block of HTML is shown as text"),
    (172, Reason::HtmlShown, "A block of HTML is shown as text"),
    (173, Reason::HtmlShown, "A block of HTML is shown as text"),
    (174, Reason::HtmlShown, "A block of HTML is shown as text"),
    (175, Reason::HtmlShown, "A block of HTML is shown as text"),
    (176, Reason::HtmlShown, "A block of HTML is shown as text"),
    (177, Reason::HtmlShown, "Comments never reach the site"),
    (178, Reason::HtmlShown, "A block of HTML is shown as text"),
    (179, Reason::HtmlShown, "Comments never reach the site"),
    (180, Reason::HtmlShown, "A block of HTML is shown as text"),
    (181, Reason::HtmlShown, "A block of HTML is shown as text"),
    (182, Reason::HtmlShown, "A block of HTML is shown as text"),
    (183, Reason::HtmlShown, "Comments never reach the site"),
    (184, Reason::HtmlShown, "A block of HTML is shown as text"),
    (185, Reason::HtmlShown, "A block of HTML is shown as text"),
    (186, Reason::HtmlShown, "A block of HTML is shown as text"),
    (187, Reason::HtmlShown, "A block of HTML is shown as text"),
    (188, Reason::HtmlShown, "A block of HTML is shown as text"),
    (189, Reason::HtmlShown, "A block of HTML is shown as text"),
    (190, Reason::HtmlShown, "A block of HTML is shown as text"),
    (191, Reason::HtmlShown, "A block of HTML is shown as text"),
    (201, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (308, Reason::HtmlShown, "Comments never reach the site"),
    (309, Reason::HtmlShown, "Comments never reach the site"),
    (344, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (475, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (476, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (477, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (484, Reason::Instead(r#"<p></p>"#), "A link without words is left out and reported"),
    (487, Reason::Instead(r#"<p></p>"#), "A link without words is left out and reported"),
    (491, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (494, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (524, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (536, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (548, Reason::Instead(r#"<p>[<a href="foo">foo</a>]</p><p>[<a href="foo">foo</a>]: /url</p>"#), "Two brackets are a link to a page by its title"),
    (559, Reason::Instead(r#"<p><a href="*foo*%20bar">*foo* bar</a></p>"#), "Two brackets are a link to a page by its title, taken as written"),
    (590, Reason::Instead(r#"<p><img src="foo" alt="foo"></p><p><a href="foo">foo</a>: /url &quot;title&quot;</p>"#), "Two brackets are a link or image by its title"),
    (596, Reason::Instead(r#"<p>irc://foo.bar:2233/baz</p>"#), "No link to a scheme outside the list"),
    (598, Reason::Instead(r#"<p>a+b+c:d</p>"#), "No link to a scheme outside the list"),
    (599, Reason::Instead(r#"<p>made-up-scheme://foo,bar</p>"#), "No link to a scheme outside the list"),
    (601, Reason::Instead(r#"<p>localhost:5001/foo</p>"#), "No link to a scheme outside the list; `localhost:` reads as one"),
    (613, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (614, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (615, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (616, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (617, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (623, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (625, Reason::HtmlShown, "Comments never reach the site"),
    (626, Reason::HtmlShown, "Comments never reach the site"),
    (627, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (628, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (629, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (630, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (631, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (642, Reason::HtmlShown, "A tag in a sentence is shown as text"),
    (643, Reason::HtmlShown, "A tag in a sentence is shown as text"),
];

pub(super) const GFM: &[Difference] = &[];
