//! Every check, declared once: its stable name, what it is about, and how grave it is by default.

use super::Level;

/// One kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Check {
    /// Stable, readable name; used in messages, in `[checks]` of book.toml and in links.
    pub name: &'static str,
    /// One line that says what the check is about.
    pub summary: &'static str,
    /// What it looks for, why, and how to mend it: the page `docs/checks/NAME.md`, in markdown.
    pub page: &'static str,
    /// How grave it is unless book.toml says otherwise.
    pub level: Level,
    /// Whether `[checks]` may change the level. Privacy and broken input may not be waved through.
    pub fixed: bool,
}

/// Declares the checks as constants and as one list.
macro_rules! checks {
    ($($(#[$fixed:ident])? $constant:ident = $level:ident $name:literal $summary:literal;)*) => {
        /// The checks as constants.
        #[allow(missing_docs, reason = "the summary in the table says what each is about")]
        pub mod checks {
            use super::{Check, Level};
            $(pub static $constant: Check = Check {
                name: $name, summary: $summary,
                page: include_str!(concat!("../../docs/checks/", $name, ".md")),
                level: Level::$level, fixed: checks!(@fixed $($fixed)?),
            };)*
        }
        /// All checks, in the order they are declared.
        pub static CHECKS: &[&Check] = &[$(&checks::$constant),*];
    };
    (@fixed fixed) => { true };
    (@fixed) => { false };
}

checks! {
    #[fixed] BOOK_MISSING = Error "book-missing" "A book needs a file called book.toml.";
    #[fixed] BOOK_EMPTY = Error "book-empty" "A book needs at least one page, team or metric.";
    #[fixed] FILE_NOT_TEXT = Error "file-not-text" "Text files must be saved as UTF-8.";
    #[fixed] FILE_TOO_LARGE = Error "file-too-large" "A file is larger than cxbook reads.";
    #[fixed] FILE_IS_LINK = Error "file-is-link" "Links to other files are not followed.";
    #[fixed] FILE_UNREADABLE = Error "file-unreadable" "The system does not let cxbook read a file.";
    #[fixed] FILE_MISSING = Error "file-missing" "A file that is named somewhere does not exist.";
    #[fixed] SYNTAX = Error "syntax" "A file cannot be read because of how it is written.";
    #[fixed] KEY_MISSING = Error "key-missing" "Something that must be said is not there.";
    #[fixed] VALUE_WRONG = Error "value-wrong" "A value is not of the kind that is needed here.";
    #[fixed] DUPLICATE = Error "duplicate" "The same id, name or route is used twice.";
    #[fixed] BAD_ID = Error "bad-id" "An id or file name cannot be part of a web address.";
    KEY_UNKNOWN = Error "key-unknown" "A key that cxbook does not know.";
    KEY_UNUSED = Note "key-unused" "A key that is understood but has no effect here.";
    PAGE_KEY_UNKNOWN = Warning "page-key-unknown" "A key at the top of a page that cxbook does not know.";
    PAGE_MISPLACED = Warning "page-misplaced" "A file lies so, or is called so, that it is not read as it was meant.";
    TEAM_UNKNOWN = Error "team-unknown" "A team that is named has no page in teams/.";
    STAGE_UNKNOWN = Error "stage-unknown" "A stage that is named is not in journey.yaml.";
    METRIC_UNKNOWN = Error "metric-unknown" "A metric that is named has no definition in metrics/.";
    ACTION_UNKNOWN = Error "action-unknown" "An action that is named has no page in actions/.";
    CLAIM_UNKNOWN = Error "claim-unknown" "A figure that is named is not in claims.yaml.";
    STORY_UNKNOWN = Error "story-unknown" "A story that is named has no page in stories/.";
    ROLE_PAGE_UNKNOWN = Error "role-page-unknown" "A role that is named has no page in roles/.";
    TERM_UNKNOWN = Error "term-unknown" "A term that is named is not in glossary.yaml.";
    LINK_BROKEN = Error "link-broken" "A link leads to a page or heading that does not exist.";
    LINK_ABSOLUTE = Warning "link-absolute" "A link that begins with a slash leads out of the book.";
    LINK_UNSAFE = Error "link-unsafe" "A link would run a script or open something unsafe.";
    TEXT_SLIP = Warning "text-slip" "A small mistake in the text of a page.";
    IMAGE_WITHOUT_TEXT = Warning "image-without-text" "A picture needs words for readers who cannot see it.";
    #[fixed] IMAGE_REFUSED = Error "image-refused" "A picture cannot be cleaned of what a camera or an editor wrote into it.";
    IMAGE_ELSEWHERE = Warning "image-elsewhere" "A picture that does not lie in the book is not shown; its words are.";
    #[fixed] IMAGE_UNSEEN = Error "image-unseen" "Nobody has looked whether a customer can be seen on a picture.";
    RAW_HTML = Warning "raw-html" "HTML in a page is shown as text.";
    DIRECTIVE_UNKNOWN = Error "directive-unknown" "A live block that cxbook does not know.";
    DIRECTIVE_OPTION = Error "directive-option" "An option of a live block is unknown or wrong.";
    ROLE_UNKNOWN = Error "role-unknown" "A live word that cxbook does not know.";
    #[fixed] EXPORT_COLUMN = Error "export-column" "A metric names a column that the export does not have.";
    #[fixed] EXPORT_VALUE = Error "export-value" "A cell of an export cannot be read as what it should be.";
    EXPORT_REJECTED = Warning "export-rejected" "Answers that are off the scale were left out.";
    EXPORT_ENCODING = Note "export-encoding" "An export is not UTF-8 and was read as Windows-1252.";
    EXPORT_LATER = Warning "export-later" "An export has numbers after the date of the book.";
    EXPORT_EMPTY = Error "export-empty" "No row of an export could be used.";
    #[fixed] METRIC_DROPPED = Error "metric-dropped" "A metric of the last edition is gone without a word.";
    #[fixed] METRIC_CHANGED = Error "metric-changed" "A metric measures something else than in the last edition, without a record.";
    METRIC_WITHOUT_BASE = Note "metric-without-base" "A metric has no numbers of answers, so nothing can be said about noise.";
    #[fixed] GROUP_TOO_SMALL = Note "group-too-small" "A value rests on too few answers and is hidden.";
    #[fixed] QUOTE_WITHOUT_CONSENT = Error "quote-without-consent" "A quote needs consent and the mark that it is anonymised.";
    #[fixed] QUOTE_UNCLEARED = Warning "quote-uncleared" "A quote needs the recorded yes of a second person.";
    #[fixed] QUOTE_HELD_BACK = Warning "quote-held-back" "A quote is not published, since its customer could be found.";
    #[fixed] QUOTE_LESS_EXACT = Note "quote-less-exact" "What is said of a quote's customer is shown less exactly.";
    #[fixed] QUOTE_WITHOUT_PEOPLE = Note "quote-without-people" "No metric says among how many people a quote's customer is.";
    #[fixed] QUOTE_WITHDRAWN = Warning "quote-withdrawn" "A quote that was withdrawn still stands in a file.";
    #[fixed] PRIVATE_TEXT = Error "private-text" "A text holds something that could identify a customer.";
    #[fixed] PRIVATE_OUTPUT = Error "private-output" "A file of the finished site holds something that could identify a customer.";
    #[fixed] OUTPUT_UNREAD = Error "output-unread" "A file of the finished site cannot be read for customers' details.";
    #[fixed] PRIVATE_NAME = Error "private-file-name" "The name of a file or folder could identify a customer.";
    #[fixed] PRIVACY_FILE = Error "privacy-file" "A list of names is missing, or lies where it could be published.";
    #[fixed] ALLOW_INCOMPLETE = Error "allow-incomplete" "An allow entry does not say all it has to.";
    #[fixed] ALLOW_EXPIRED = Error "allow-expired" "An allow entry does not hold on the date of the book.";
    #[fixed] ALLOW_UNUSED = Error "allow-unused" "An allow entry matches nothing.";
    #[fixed] ALLOW_REFUSED = Error "allow-refused" "An allow entry is about something that only a change of the text clears.";
    PLAYBOOK_INCOMPLETE = Error "playbook-incomplete" "A playbook says what will be true for the customer and which metric it moves.";
    OWNER_MISSING = Error "owner-missing" "What nobody owns, nobody keeps true.";
    SOURCE_MISSING = Error "source-missing" "A number that does not say where it comes from convinces nobody.";
    TERM_TWICE = Error "term-twice" "Two entries of the glossary define one word.";
    CHECK_UNFAIR = Error "check-unfair" "A question for readers needs two to six answers, one of them right.";
    CHECK_WITHOUT_REASON = Warning "check-without-reason" "An answer of a question should say why it is right or wrong.";
    WORKSHEET_INCOMPLETE = Error "worksheet-incomplete" "A worksheet does not say all it has to.";
    STEP_WITHOUT_EVIDENCE = Warning "step-without-evidence" "A step of a worksheet says nothing of how we know.";
    BLAME_AS_CAUSE = Warning "blame-as-cause" "A cause that blames people ends the search too early.";
    NAKED_SCORE = Warning "naked-score" "A score stands on a page that leads to no action, playbook or story.";
    NEXT_MISSING = Warning "next-missing" "A page should end with the one thing to do next.";
    HOLLOW_PHRASE = Warning "hollow-phrase" "Big words about customers without a goal, a measure or a number.";
    FOCUS_CLAIM_STALE = Warning "focus-claim-stale" "A team calls itself close to customers and has not talked with one lately.";
    PERCENT_WITHOUT_BASE = Warning "percent-without-base" "A percentage in a text without its source and its number of answers.";
    PURPOSE_MISSING = Warning "purpose-missing" "An assignment should say what to find out, so that it does not become selling.";
    LIMITS_MISSING = Warning "limits-missing" "A metric does not say what it cannot tell.";
    TRIGGER_MISSING = Warning "trigger-missing" "A metric does not say what we do when it moves.";
    CADENCE_MISSED = Warning "cadence-missed" "A metric is measured more rarely than it says, or once a year without anything done in between.";
    ACTION_UNDATED = Warning "action-undated" "An action is done, and nobody said when.";
    LOOP_OPEN = Warning "loop-open" "Something was done long ago, and the customers who asked were not told.";
    REVIEW_OVERDUE = Note "review-overdue" "Nobody has read a page through for longer than the book allows.";
    ACTION_WITHOUT_METRIC = Warning "action-without-metric" "An action names no metric by which anybody could see whether it helped.";
    ACTION_UNMEASURED = Note "action-unmeasured" "An action is done, and its metric has no before and after.";
    PROMISE_LATE = Note "promise-late" "The day for which something was promised has passed.";
    MOVE_UNEXPLAINED = Note "move-unexplained" "A metric rises or falls, more than chance explains, and nobody has said why.";
    SEASON_UNSAID = Note "season-unsaid" "A metric lies apart in the same months every year, and its definition does not say so.";
    MAP_ORPHAN = Note "map-orphan" "A team, a stage or a number is on no line of the map.";
    MAP_CYCLE = Warning "map-cycle" "Lines of the map lead in a circle.";
    JOURNEY_STOPS = Warning "journey-stops" "A journey, or all that is written about it, ends at buying.";
    OWNER_IS_PERSON = Warning "owner-is-person" "A person's name where a role belongs.";
    DATE_IN_FUTURE = Error "date-in-future" "A date lies after the date of the book.";
    DATES_REVERSED = Error "dates-reversed" "Something ends before it begins.";
    #[fixed] THEME_BROKEN = Error "theme-broken" "A template or token of the theme cannot be used.";
    THEME_CONTRAST = Warning "theme-contrast" "A colour of the theme is hard to tell from what it stands on.";
}

impl Check {
    /// The check of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        CHECKS.iter().copied().find(|check| check.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_plain() {
        let mut names: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "two checks share a name");
        for check in CHECKS {
            assert!(check.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", check.name);
            assert!(check.summary.ends_with('.'), "{}", check.name);
        }
    }
}
