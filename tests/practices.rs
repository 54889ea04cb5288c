//! The practices the product is for, one by one, on the pages of the sample book: number, page, and words that must stand there.

use super::fixture::{built, page, sample};

/// Number of the practice, route, words of the page. Words that depend on the data are those of the sample's own day.
const PRACTICES: &[(u8, &str, &str)] = &[
    (1, "teams/customer-support.html", "conversations in the last 30 days"),
    (
        2,
        "teams/customer-support.html",
        "days since Customer support last talked with a customer (13 October 2026; as of 15 October 2026)",
    ),
    (2, "teams/customer-support.html", "data-last=\"2026-10-13\""),
    (3, "teams/billing.html", "They are not counted: reading answers is not talking."),
    (4, "teams/billing.html", "<span class=\"sense sense-worse\">Stale</span> <span>Over a year"),
    (5, "conversations.html", "Executives"),
    (7, "teams/customer-support.html", "Target 1 a week: met 8 of the last 8 weeks"),
    (9, "metrics/support-ces.html", "Heard in conversations ("),
    (12, "assignments.html", "Overdue 15 days"),
    (12, "assignments.html", "stories/i-called-our-own-line.html"),
    (13, "assignments.html", "Find out at which line you stop."),
    (14, "stories/i-called-our-own-line.html", "Led to"),
    (15, "journey.html", "After purchase: 1 of 5 stages has no story"),
    (16, "metrics/support-ces.html", "Measured since"),
    (17, "metrics/support-ces.html", "more than chance explains"),
    (18, "metrics/churn.html", "No explanation recorded yet."),
    (18, "metrics/support-ces.html", "Why it moved"),
    (20, "metrics/nps.html", "What this does not tell you"),
    (22, "metrics/bill-clarity.html", "Question reworded"),
    (24, "playbooks/call-ahead.html", "Outcome for the customer"),
    (25, "teams/field-installation.html", "How our work reaches customers"),
    (29, "actions/index.html", "n = 3,591/3,595"),
    (30, "index.html", "pages of guidance; 10 actions"),
    (31, "metrics/support-ces.html", "What colleagues report"),
    (31, "metrics/support-ces.html", "What we changed"),
    (33, "teams/field-installation.html", "Our part of the vision"),
    (34, "metrics/install-csat.html", "Good looks like"),
    (35, "map.html", "On no line"),
    (36, "journey.html", "1 hand-off without an owner"),
    (37, "blockers.html", "Open 108 days"),
    (38, "evidence.html", "4 observations: "),
    (40, "accountability.html", "Who answers for what"),
    (41, "accountability.html", "promises that fell due were kept in time"),
    (45, "teams/field-installation.html", "class=\"evidence\""),
    (49, "conversations.html", "days since any conversation"),
    (52, "evidence.html", "How far we are with each theme"),
    (54, "evidence.html", "n = 1,104"),
    (56, "metrics/nps.html", "When it moves, we"),
    (59, "evidence.html", "customers not told yet"),
    (60, "journey.html", "Known from"),
    (61, "quotes.html", "Comment in the survey after installation"),
    (65, "actions/index.html", "needs yes from: Head of Field Operations"),
    (68, "impacts/end-of-paper-forms.html", "Who is worse off?"),
    (70, "strategy.html", "No behaviour for this goal yet:"),
    (79, "roles/executive-team.html", "3 habits, 2 metrics"),
    (80, "digests/customer-support.html", "1 blocker older than 60 days."),
];

#[test]
fn each_practice_is_on_its_page() {
    let output = built(&sample());
    let lacking: Vec<String> = PRACTICES
        .iter()
        .filter(|(_, route, words)| !page(&output, route).contains(words))
        .map(|(number, route, words)| format!("practice {number}: {route} does not say {words}"))
        .collect();
    assert!(lacking.is_empty(), "{lacking:#?}");
}

/// From every page a reader reaches every team in one step, and from a team's page each link of its chain.
#[test]
fn every_page_leads_to_every_team() {
    let output = built(&sample());
    let mut looked_at = 0;
    for (route, bytes) in output.iter().filter(|(route, _)| route.ends_with(".html") && *route != "404.html")
    {
        let html = String::from_utf8_lossy(bytes);
        let up = "../".repeat(route.matches('/').count());
        for team in ["billing", "customer-support", "accessibility-desk"] {
            let near = route.starts_with("teams/");
            let href = if near {
                format!("href=\"{team}.html\"")
            } else {
                format!("href=\"{up}teams/{team}.html\"")
            };
            assert!(html.contains(&href), "{route} does not lead to {team}");
        }
        looked_at += 1;
    }
    assert!(looked_at > 100, "only {looked_at} pages");
    let team = page(&output, "teams/field-installation.html");
    for link in
        ["../metrics/right-first-time.html", "../journey.html#get-connected", "../metrics/install-csat.html"]
    {
        assert!(team.contains(&format!("href=\"{link}\"")), "the chain does not lead to {link}");
    }
}
