//! Adding entries in the browser: what lands in which file, what is refused, and who may not write.

use std::fs;

use super::{Answered, Preview, files_in};

const TEAM: (&str, &str) =
    ("content/teams/sales.md", "---\ntitle: Sales\nowner: Head of Sales\n---\nWe sell.\n");
const LOG: (&str, &str) = (
    "content/contacts/log.yaml",
    "# Our talks\ncontacts:\n  - date: 2026-10-01   # the first\n    team: sales\n    channel: call\n",
);

fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

fn token(preview: &Preview) -> String {
    let form = preview.get("/__cxbook/add/quote").body;
    let (_, rest) = form.split_once("name=\"token\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Sends a form with these headers and this body.
fn post(preview: &Preview, kind: &str, headers: &str, body: &str) -> Answered {
    let host = preview.host();
    let host = if headers.contains("Host:") { String::new() } else { format!("Host: {host}\r\n") };
    let request = format!(
        "POST /__cxbook/add/{kind} HTTP/1.1\r\n{host}{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    preview.ask(&request).unwrap()
}

/// Fills a form in as a browser does.
fn fill(preview: &Preview, kind: &str, fields: &[(&str, &str)]) -> Answered {
    let mut body = format!("token={}", token(preview));
    for (name, value) in fields {
        body.push_str(&format!("&{name}={}", encoded(value)));
    }
    post(preview, kind, &own(preview), &body)
}

fn own(preview: &Preview) -> String {
    format!("Origin: http://{}\r\nContent-Type: application/x-www-form-urlencoded\r\n", preview.host())
}

fn text(preview: &Preview, path: &str) -> String {
    fs::read_to_string(preview.path(path)).unwrap_or_default()
}

#[test]
fn a_conversation_is_added_to_its_file_and_shown() {
    let preview = Preview::of(&[TEAM, LOG]);
    let form = preview.get("/__cxbook/add/conversation").body;
    assert!(form.contains("<option value=\"sales\">") && form.contains("value=\"2026-10-15\""), "{form}");
    assert!(!form.contains("<script") && !form.contains("style="), "{form}");
    let fields = [
        ("date", "2026-10-14"),
        ("team", "sales"),
        ("channel", "visit"),
        ("learned", "They read \"soon\" as today"),
    ];
    let answered = fill(&preview, "conversation", &fields);
    assert_eq!(
        (answered.status, answered.header("location").as_deref()),
        (303, Some("/__cxbook/add/saved")),
        "{}",
        answered.body
    );
    let expected = "  - date: 2026-10-14\n    team: sales\n    channel: visit\n    learned: \"They read \\\"soon\\\" as today\"\n";
    assert_eq!(text(&preview, LOG.0), format!("{}{expected}", LOG.1));
    assert!(preview.get("/__cxbook/add/saved").body.contains("href=\"/conversations.html\""));
    preview.until("it is not shown", || preview.get("/conversations.html").body.contains("as today"));
}

#[test]
fn a_quote_an_observation_and_an_action_are_written_as_by_hand() {
    let preview = Preview::of(&[TEAM]);
    let quote = [
        ("text", "Nobody rang me back."),
        ("source", "Survey"),
        ("date", "2026-09"),
        ("consent", "Survey terms"),
        ("anonymised", "true"),
        ("teams", "sales"),
        ("theme", "Call-backs"),
    ];
    let answered = fill(&preview, "quote", &quote);
    assert_eq!(answered.status, 303, "{}", answered.body);
    let written = text(&preview, "content/quotes/quotes.yaml");
    assert!(written.starts_with("quotes:\n  - id: q-001\n    text: \"Nobody rang me back.\"\n"), "{written}");
    assert!(
        written.contains("    anonymised: true\n") && written.contains("    teams: [sales]\n"),
        "{written}"
    );
    let seen = [
        ("text", "The date is read as a promise"),
        ("type", "problem"),
        ("theme", "Call-backs"),
        ("date", "2026-10"),
    ];
    assert_eq!(fill(&preview, "observation", &seen).status, 303);
    assert!(text(&preview, "content/observations/log.yaml").contains("theme: \"Call-backs\""));
    let action = [
        ("title", "Ring back on the same day"),
        ("owner", "Head of Sales"),
        ("team", "sales"),
        ("state", "heard"),
        ("heard", "2026-10-15"),
    ];
    let answered = fill(&preview, "action", &action);
    assert_eq!(answered.status, 303, "{}", answered.body);
    let written = text(&preview, "content/actions/ring-back-on-the-same-day.md");
    assert!(
        written.contains("owner: \"Head of Sales\"\n") && written.contains("state: heard\n"),
        "{written}"
    );
    preview.until("it is not shown", || preview.get("/actions/ring-back-on-the-same-day.html").status == 200);
    let again = fill(&preview, "action", &action);
    assert_eq!(again.status, 422);
    assert!(again.body.contains("is there already"), "{}", again.body);
}

#[test]
fn what_could_identify_somebody_is_found_before_it_is_saved() {
    let preview = Preview::of(&[TEAM]);
    let before = files_in(preview.room.path());
    let quote = |words: &'static str| {
        [
            ("text", words),
            ("source", "Survey"),
            ("date", "2026-09"),
            ("consent", "Survey terms"),
            ("anonymised", "true"),
        ]
    };
    let answered = fill(&preview, "quote", &quote("Write to erika.mustermann@mail.example."));
    assert_eq!(answered.status, 422);
    assert_eq!(
        answered.body.matches("erika.mustermann").count(),
        1,
        "only in the field itself: {}",
        answered.body
    );
    assert!(
        answered.body.contains("id=\"wrong.text.0\">This holds what looks like an e-mail address"),
        "{}",
        answered.body
    );
    assert!(answered.body.contains("aria-invalid=\"true\"") && !answered.body.contains("name=\"looked\""));
    assert_eq!(files_in(preview.room.path()), before);
    let doubt = quote("I spoke with Tessa about it.");
    let answered = fill(&preview, "quote", &doubt);
    assert_eq!(answered.status, 422, "{}", answered.body);
    assert!(answered.body.contains("name=\"looked\""), "{}", answered.body);
    assert_eq!(files_in(preview.room.path()), before);
    let looked = [&doubt[..], &[("looked", "yes")]].concat();
    assert_eq!(fill(&preview, "quote", &looked).status, 303);
    let sure = [&quote("Ring +49 30 901820 please.")[..], &[("looked", "yes")]].concat();
    assert_eq!(fill(&preview, "quote", &sure).status, 422, "no word of an author clears what is sure");
}

#[test]
fn what_is_wrong_stands_at_its_field() {
    let preview = Preview::of(&[TEAM, LOG]);
    let answered =
        fill(&preview, "conversation", &[("date", "soon"), ("team", "sales"), ("learned", "<b>&\"x\"</b>")]);
    assert_eq!(answered.status, 422);
    for words in [
        "id=\"wrong.date.0\">&quot;soon&quot; is not a day",
        "id=\"wrong.channel.0\">Choose one.",
        "href=\"#field.date\"",
    ] {
        assert!(answered.body.contains(words), "{words}: {}", answered.body);
    }
    assert!(answered.body.contains("&lt;b&gt;&amp;") && !answered.body.contains("<b>"), "{}", answered.body);
    assert!(answered.body.contains("<option value=\"sales\" selected>"), "what was chosen stays");
    // An error that only the whole book shows: a team that is not there.
    let fields = [("date", "2026-10-14"), ("team", "nobody"), ("channel", "visit"), ("learned", "x y")];
    let answered = fill(&preview, "conversation", &fields);
    assert_eq!(answered.status, 422);
    assert!(answered.body.contains("id=\"wrong.team.0\""), "{}", answered.body);
    assert_eq!(text(&preview, LOG.0), LOG.1, "nothing was written");
}

#[test]
fn several_files_are_a_choice_and_links_are_not_followed() {
    let preview = Preview::of(&[
        TEAM,
        LOG,
        ("content/contacts/older.csv", "\u{feff}date,team,channel,learned\n2025-01-02,sales,call,x\n"),
    ]);
    let form = preview.get("/__cxbook/add/conversation").body;
    assert!(form.contains("<option value=\"contacts/older.csv\">"), "{form}");
    let fields = [("date", "2026-10-14"), ("team", "sales"), ("channel", "visit"), ("learned", "x y")];
    assert_eq!(fill(&preview, "conversation", &fields).status, 422);
    let outside = [&fields[..], &[("in-file", "contacts/../../x.yaml")]].concat();
    assert_eq!(fill(&preview, "conversation", &outside).status, 422);
    let chosen = [&fields[..], &[("in-file", "contacts/log.yaml")]].concat();
    assert_eq!(fill(&preview, "conversation", &chosen).status, 303);
    assert!(text(&preview, LOG.0).contains("visit"));
    // Excel tells letters by the mark at the beginning, so it stays.
    let table = [&fields[..], &[("in-file", "contacts/older.csv")]].concat();
    assert_eq!(fill(&preview, "conversation", &table).status, 303);
    let table = text(&preview, "content/contacts/older.csv");
    assert!(
        table.starts_with("\u{feff}date,") && table.ends_with("2026-10-14,sales,visit,x y\n"),
        "{table:?}"
    );
    #[cfg(unix)]
    {
        let outside = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(outside.path(), preview.path("content/observations")).unwrap();
        let seen = [("text", "x y"), ("type", "problem"), ("theme", "z"), ("date", "2026-10")];
        assert_eq!(fill(&preview, "observation", &seen).status, 422);
        assert_eq!(files_in(outside.path()), Vec::<String>::new(), "written through a link");
    }
}

#[test]
fn who_did_not_get_the_form_from_here_cannot_write() {
    let preview = Preview::of(&[TEAM, LOG]);
    let (token, host, port) = (token(&preview), preview.host(), preview.address().port());
    assert!(token.len() >= 32, "{token}");
    let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
    let fields = "date=2026-10-14&team=sales&channel=visit&learned=x+y";
    let (good, origin) = (format!("token={token}&{fields}"), format!("Origin: http://{host}\r\n"));
    for (headers, body, status) in [
        (format!("{origin}{kind}"), fields.to_owned(), 403),
        (format!("{origin}{kind}"), format!("token={}&{fields}", "0".repeat(token.len())), 403),
        (format!("{origin}{kind}"), format!("token=&{fields}"), 403),
        (kind.to_owned(), good.clone(), 403),
        (format!("Origin: http://evil.example\r\n{kind}"), good.clone(), 403),
        (format!("Origin: null\r\n{kind}"), good.clone(), 403),
        (format!("Origin: http://localhost:{port}\r\n{kind}"), good.clone(), 403),
        (format!("Host: evil.example\r\nOrigin: http://evil.example\r\n{kind}"), good.clone(), 403),
        (format!("Host: book.example\r\nOrigin: http://book.example\r\n{kind}"), good.clone(), 403),
        (format!("{origin}Content-Type: text/plain\r\n"), good.clone(), 415),
        (origin.clone(), good.clone(), 415),
        (format!("{origin}{kind}"), format!("{good}&theme={}", "x".repeat(200_000)), 413),
    ] {
        let answered = post(&preview, "conversation", &headers, &body);
        assert_eq!(answered.status, status, "{headers}{}", &body[..body.len().min(120)]);
    }
    assert_eq!(post(&preview, "metric", &format!("{origin}{kind}"), &good).status, 404);
    assert_eq!(text(&preview, LOG.0), LOG.1, "something was written");
    assert_eq!(
        post(&preview, "conversation", &format!("{origin}{kind}"), &good).status,
        303,
        "the same, rightly"
    );
    assert_ne!(text(&preview, LOG.0), LOG.1);
}

#[test]
fn a_preview_that_is_read_only_has_no_form() {
    let preview = Preview::with(&[TEAM, LOG], |settings| settings.read_only = true);
    assert_eq!(preview.get("/__cxbook/add/conversation").status, 403);
    assert!(!preview.get("/").body.contains("data-edit"));
    let answered = post(&preview, "conversation", &own(&preview), "token=x");
    assert_eq!(answered.status, 405);
    let open = Preview::of(&[TEAM]);
    assert!(open.get("/").body.contains("data-edit"));
    let request = "GET /__cxbook/add/quote HTTP/1.1\r\nHost: book.example\r\nConnection: close\r\n\r\n";
    assert_eq!(open.ask(request).unwrap().status, 403, "a name that others may use too");
}
