//! Writes the numbers of the sample book: `content/exports/*.csv` of the invented Larkmoor Broadband.
//!
//! Run from the root of the repository: `cargo run --example sample_data`. A first argument names another folder.
//! The output is the same on every machine: one seed per file, no clock, no hash order, and only sums and products.
//!
//! The story planted in the 36 months from October 2023 to September 2026:
//!
//! - Every December and January installation and support get worse.
//! - September 2024: a chatbot in front of support shortens the wait, and getting help becomes no easier.
//! - November 2024: a storm. Many minutes without service; recommendation falls with it.
//! - January 2025: the question about the bill is reworded, and answers rise for that reason alone.
//! - March 2025: the technician calls ahead. Satisfaction after installation rises, fewer visits are missed.
//! - June 2025: a second source of addresses. More address checks succeed, more online orders are completed.
//! - August 2025: the relationship survey moves to another tool, and no survey goes out.
//! - November 2025: a quick-start card; more new customers set up the router without help.
//! - February 2026: the first bill is explained. Fewer corrections, clearer bills.
//! - 2026: one person keeps a case until it is solved. First contact resolution rises slowly, complaints fall, and late
//!   in the year fewer customers leave.
//! - Few customers live on the Coast and few use the accessibility desk: their monthly cells are often too small to show.
#![allow(clippy::disallowed_methods, reason = "an example that writes files is its own edge to the system")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const FIRST_YEAR: u32 = 2023;
const FIRST_MONTH: u32 = 10;
const MONTHS: u32 = 36;

const CHATBOT: Month = Month::new(2024, 9);
const STORM: Month = Month::new(2024, 11);
const CALL_AHEAD: Month = Month::new(2025, 3);
const SECOND_ADDRESS_SOURCE: Month = Month::new(2025, 6);
const NO_SURVEY: Month = Month::new(2025, 8);
const QUICK_START_CARD: Month = Month::new(2025, 11);
const ONE_OWNER_PER_CASE: Month = Month::new(2026, 1);
const FIRST_BILL_EXPLAINED: Month = Month::new(2026, 2);
const REWORDED: Month = Month::new(2025, 1);

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map_or_else(|| PathBuf::from("content/exports"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    write_surveys(&folder)?;
    write_reports(&folder)
}

fn write_surveys(folder: &Path) -> io::Result<()> {
    fs::write(folder.join("relationship-survey.csv"), relationship_survey(&mut Random(68)))?;
    let mut random = Random(26);
    for year in FIRST_YEAR..=FIRST_YEAR + 3 {
        let months = all_months().filter(|month| month.year == year);
        fs::write(folder.join(format!("install-survey-{year}.csv")), install_survey(&mut random, months))?;
    }
    fs::write(folder.join("accessibility-cases.csv"), accessibility_cases(&mut Random(13)))
}

fn write_reports(folder: &Path) -> io::Result<()> {
    fs::write(folder.join("field-ops.csv"), field_operations(&mut Random(14)))?;
    fs::write(folder.join("order-desk.csv"), order_desk(&mut Random(15)))?;
    fs::write(folder.join("support-report.csv"), support_report(&mut Random(16)))?;
    fs::write(folder.join("network.csv"), network(&mut Random(17)))?;
    fs::write(folder.join("web-funnel.csv"), web_funnel(&mut Random(18)))?;
    fs::write(folder.join("billing-report.csv"), billing_report(&mut Random(19)))?;
    fs::write(folder.join("bill-clarity.csv"), bill_clarity(&mut Random(20)))?;
    fs::write(folder.join("router-setup.csv"), router_setup(&mut Random(21)))?;
    fs::write(folder.join("complaints.csv"), complaints(&mut Random(22)))?;
    fs::write(folder.join("retention.csv"), retention(&mut Random(23)))
}

/// A calendar month, and what was going on in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Month {
    year: u32,
    number: u32,
}

impl Month {
    const fn new(year: u32, number: u32) -> Self {
        Self { year, number }
    }

    /// Months since October 2023.
    fn index(self) -> u32 {
        self.year * 12 + self.number - (FIRST_YEAR * 12 + FIRST_MONTH)
    }

    fn days(self) -> u32 {
        match self.number {
            2 if self.year.is_multiple_of(4) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// `2026-01`
    fn iso(self) -> String {
        format!("{}-{:02}", self.year, self.number)
    }

    /// `Jan 2026`, as the billing system writes it.
    fn short(self) -> String {
        let names = "JanFebMarAprMayJunJulAugSepOctNovDec";
        let start = (self.number as usize - 1) * 3;
        format!("{} {}", &names[start..start + 3], self.year)
    }

    /// How much winter weighs on crews and phones: 1 in December, somewhat less in January.
    fn winter(self) -> f64 {
        match self.number {
            12 => 1.0,
            1 => 0.75,
            _ => 0.0,
        }
    }

    /// 1 in the month of the storm, a rest in the month after.
    fn storm(self) -> f64 {
        match self.index().checked_sub(STORM.index()) {
            Some(0) => 1.0,
            Some(1) => 0.3,
            _ => 0.0,
        }
    }

    /// 0 before `start`, 1 from then on.
    fn since(self, start: Self) -> f64 {
        f64::from(u8::from(self >= start))
    }

    /// Grows evenly from 0 at `start` to 1 after `months`.
    fn growing_since(self, start: Self, months: u32) -> f64 {
        let passed = self.index().saturating_sub(start.index()).min(months);
        f64::from(passed) / f64::from(months)
    }
}

fn all_months() -> impl Iterator<Item = Month> {
    (0..MONTHS).map(|index| {
        let months = FIRST_MONTH - 1 + index;
        Month::new(FIRST_YEAR + months / 12, months % 12 + 1)
    })
}

/// `SplitMix64`: small, and good enough for made-up answers.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// Evenly spread over 0 to 1, without 1.
    fn unit(&mut self) -> f64 {
        let high = u32::try_from(self.next() >> 32).unwrap_or(u32::MAX);
        f64::from(high) / (f64::from(u32::MAX) + 1.0)
    }

    fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number from `low` to `high`, both included.
    fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high - low) + 1;
        low + u32::try_from(self.next() % span).unwrap_or(0)
    }

    /// Bell-shaped around `centre`: the sum of twelve even numbers, so that no machine's logarithm matters.
    fn around(&mut self, centre: f64, spread: f64) -> f64 {
        let sum: f64 = (0..12).map(|_| self.unit()).sum();
        centre + spread * (sum - 6.0)
    }

    /// One of `choices`, each as likely as its weight.
    fn pick<T: Copy>(&mut self, choices: &[(T, u32)]) -> T {
        let total: u32 = choices.iter().map(|choice| choice.1).sum();
        let mut left = self.between(1, total);
        for &(value, weight) in choices {
            if left <= weight {
                return value;
            }
            left -= weight;
        }
        choices[0].0
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Region {
    North,
    Coast,
    Valleys,
    City,
}

impl Region {
    fn name(self) -> &'static str {
        match self {
            Self::North => "North",
            Self::Coast => "Coast",
            Self::Valleys => "Valleys",
            Self::City => "City",
        }
    }

    fn any(random: &mut Random) -> Self {
        random.pick(&[(Self::City, 470), (Self::North, 285), (Self::Valleys, 192), (Self::Coast, 53)])
    }
}

/// Who answered, as a survey tool writes it. The last two columns must never be published.
struct Respondent {
    recorded_at: String,
    status: &'static str,
    region: Region,
    small_business: bool,
    email: String,
    ip_address: String,
}

impl Respondent {
    fn any(random: &mut Random, month: Month) -> Self {
        let (day, hour) = (random.between(1, month.days()), random.between(8, 21));
        let (minute, second) = (random.between(0, 59), random.between(0, 59));
        let network = random.pick(&[("203.0.113", 1), ("198.51.100", 1)]);
        Self {
            recorded_at: format!("{}-{day:02} {hour:02}:{minute:02}:{second:02}", month.iso()),
            status: if random.chance(0.03) { "partial" } else { "complete" },
            region: Region::any(random),
            small_business: random.chance(0.16),
            email: format!("customer{}@mail.example", random.between(1, 99_999)),
            ip_address: format!("{network}.{}", random.between(1, 254)),
        }
    }

    fn customer_type(&self) -> &'static str {
        if self.small_business { "Small business" } else { "Household" }
    }

    /// The rest of an export row; the caller puts the response's number in front once rows are in order.
    fn row(&self, score: &str, comment: &str) -> String {
        format!(
            "{},{},{},{},{score},{comment},{},{}",
            self.recorded_at,
            self.status,
            self.region.name(),
            self.customer_type(),
            self.email,
            self.ip_address
        )
    }

    /// What the tool holds as the answer: somebody who stopped early has often not answered, a few do not wish to.
    fn answer(&self, random: &mut Random, score: u32) -> String {
        if self.status == "partial" && random.chance(0.6) {
            String::new()
        } else if random.chance(0.012) {
            "N/A".to_owned()
        } else {
            score.to_string()
        }
    }
}

/// Puts rows in the order of their time and numbers them. A few rows come twice, as exports have it.
fn numbered(header: &str, prefix: &str, first: u32, mut rows: Vec<String>) -> String {
    rows.sort();
    let mut text = format!("{header}\n");
    for (number, row) in (first..).zip(&rows) {
        let copies = if number % 2500 == 1800 { 2 } else { 1 };
        for _ in 0..copies {
            let _ = writeln!(text, "{prefix}{number:06},{row}");
        }
    }
    text
}

fn comment_code(random: &mut Random) -> &'static str {
    random.pick(&[("", 80), ("C01", 6), ("C02", 5), ("C05", 4), ("C09", 3), ("C11", 2)])
}

fn relationship_survey(random: &mut Random) -> String {
    let mut rows = Vec::new();
    for month in all_months().filter(|&month| month != NO_SURVEY) {
        for _ in 0..random.between(250, 284) {
            let who = Respondent::any(random, month);
            let points = recommendation(month, who.region, who.small_business);
            let score = likelihood(random, points);
            let answer = who.answer(random, score);
            rows.push(who.row(&answer, comment_code(random)));
        }
    }
    let header =
        "response_id,recorded_at,status,region,customer_type,likelihood,comment_code,email,ip_address";
    numbered(header, "R", 1, rows)
}

/// The expected Net Promoter Score of a group in a month, in points.
fn recommendation(month: Month, region: Region, small_business: bool) -> f64 {
    let place = match region {
        Region::City => 3.0,
        Region::North => 0.0,
        Region::Valleys => -3.0,
        Region::Coast => -9.0,
    };
    let business = if small_business { -6.0 } else { 0.0 };
    let calmer = 2.0 * month.since(Month::new(2025, 4)) + 7.0 * month.growing_since(ONE_OWNER_PER_CASE, 8);
    16.5 + place + business + calmer - 19.0 * month.storm()
}

/// An answer from 0 to 10 out of a group with this score; a third of the answers are passive.
fn likelihood(random: &mut Random, points: f64) -> u32 {
    let promoters = 0.33 + points / 200.0;
    let draw = random.unit();
    if draw < promoters {
        random.pick(&[(9, 45), (10, 55)])
    } else if draw < promoters + 0.34 {
        random.pick(&[(7, 45), (8, 55)])
    } else {
        random.pick(&[(6, 30), (5, 26), (4, 13), (3, 12), (2, 7), (1, 4), (0, 8)])
    }
}

fn install_survey(random: &mut Random, months: impl Iterator<Item = Month>) -> String {
    let mut rows = Vec::new();
    let mut first = 1;
    for month in months {
        if rows.is_empty() {
            first = month.index() * 320 + 1;
        }
        for _ in 0..random.between(298, 330) {
            let who = Respondent::any(random, month);
            let satisfied = random.chance(install_satisfaction(month, who.region));
            let score = if satisfied {
                random.pick(&[(5, 56), (4, 44)])
            } else {
                random.pick(&[(3, 50), (2, 28), (1, 22)])
            };
            let answer = who.answer(random, score);
            rows.push(who.row(&answer, comment_code(random)));
        }
    }
    let header =
        "response_id,recorded_at,status,region,customer_type,satisfaction,comment_code,email,ip_address";
    numbered(header, "I", first, rows)
}

/// The expected share of customers who are satisfied with their installation.
fn install_satisfaction(month: Month, region: Region) -> f64 {
    let place = match region {
        Region::Coast => -0.03,
        Region::Valleys => -0.02,
        Region::North => 0.0,
        Region::City => 0.01,
    };
    let called = month.since(CALL_AHEAD);
    0.72 + place + 0.09 * called - (0.09 - 0.015 * called) * month.winter()
}

/// One row is one closed case of the accessibility desk.
fn accessibility_cases(random: &mut Random) -> String {
    let mut rows = Vec::new();
    for month in all_months() {
        for _ in 0..random.between(27, 41) {
            let who = Respondent::any(random, month);
            let kept = random
                .chance(0.80 + 0.09 * month.growing_since(Month::new(2024, 10), 20) - 0.06 * month.winter());
            let kind = random.pick(&[("visit", 5), ("letter", 2), ("relay call", 2), ("large print", 1)]);
            let (answer, day) = (if kept { "yes" } else { "no" }, &who.recorded_at[..10]);
            rows.push(format!("{day},{},{kind},{answer},{}", who.region.name(), who.email));
        }
    }
    numbered("case_id,closed_on,region,arrangement,kept,email", "A", 1, rows)
}

/// A report with one row per month.
fn monthly(header: &str, mut row: impl FnMut(Month) -> String) -> String {
    let mut text = format!("{header}\n");
    for month in all_months() {
        text.push_str(&row(month));
        text.push('\n');
    }
    text
}

fn field_operations(random: &mut Random) -> String {
    monthly("month,jobs,right_first_time_pct,missed_visits", |month| {
        let jobs = random.around(3_450.0, 130.0) - 300.0 * month.winter();
        let right = random.around(84.0 + 1.5 * month.since(CALL_AHEAD) - 5.5 * month.winter(), 0.6);
        let missed = random.around(152.0 - 66.0 * month.since(CALL_AHEAD) + 58.0 * month.winter(), 7.0);
        format!("{},{jobs:.0},{right:.1},{missed:.0}", month.iso())
    })
}

fn order_desk(random: &mut Random) -> String {
    monthly("month,orders,mean_days_to_online,survey_answers,knew_next_step_pct", |month| {
        let orders = random.around(5_900.0, 210.0) - 500.0 * month.winter();
        let days = random.around(11.4 - 0.7 * month.since(SECOND_ADDRESS_SOURCE) + 3.1 * month.winter(), 0.3);
        let answers = random.around(410.0, 22.0);
        let knew = random.around(73.0 + 2.5 * month.since(SECOND_ADDRESS_SOURCE) - 4.0 * month.winter(), 1.7);
        format!("{},{orders:.0},{days:.1},{answers:.0},{knew:.1}", month.iso())
    })
}

/// The support report is long: one row per month and measure.
fn support_report(random: &mut Random) -> String {
    let mut text = "month,measure,value,n\n".to_owned();
    for month in all_months() {
        let (bot, owner) = (month.since(CHATBOT), month.growing_since(ONE_OWNER_PER_CASE, 10));
        let (winter, storm) = (month.winter(), month.storm());
        let calls = random
            .around(31_000.0 - 2_600.0 * bot - 2_500.0 * owner + 5_200.0 * winter + 14_000.0 * storm, 700.0);
        let solved = random.around(64.5 - 1.0 * bot + 8.5 * owner - 4.5 * winter - 3.0 * storm, 0.7);
        let wait = random.around(196.0 - 78.0 * bot + 105.0 * winter + 120.0 * storm, 8.0);
        let answers = random.around(640.0, 35.0);
        let ease = random.around(4.98 - 0.08 * bot + 0.32 * owner - 0.27 * winter - 0.15 * storm, 0.035);
        let month = month.iso();
        let _ = writeln!(text, "{month},Solved at first contact (%),{solved:.1},{calls:.0}");
        let _ = writeln!(text, "{month},Median wait to answer (seconds),{wait:.0},{calls:.0}");
        let _ = writeln!(text, "{month},Ease of getting help (mean 1-7),{ease:.2},{answers:.0}");
    }
    text
}

fn network(random: &mut Random) -> String {
    monthly("month,connections,minutes_lost_per_customer,panel_answers,reliability_rating", |month| {
        let age = f64::from(month.index());
        let connections = 388_000.0 + 360.0 * age + random.around(0.0, 90.0);
        let minutes = random.around(22.5 - 0.12 * age + 3.0 * month.winter() + 118.0 * month.storm(), 1.8);
        let answers = random.around(505.0, 20.0);
        let rating = random.around(7.15 + 0.011 * age - 0.85 * month.storm(), 0.06);
        format!("{},{connections:.0},{minutes:.1},{answers:.0},{rating:.2}", month.iso())
    })
}

fn web_funnel(random: &mut Random) -> String {
    monthly("month,address_checks,address_found_pct,orders_started,orders_completed_pct", |month| {
        let source = month.since(SECOND_ADDRESS_SOURCE);
        let checks = random.around(21_500.0, 900.0);
        let found = random.around(87.6 + 5.0 * source, 0.5);
        let started = random.around(6_800.0, 260.0);
        let completed = random.around(57.2 + 3.9 * source, 0.9);
        format!("{},{checks:.0},{found:.1},{started:.0},{completed:.1}", month.iso())
    })
}

fn billing_report(random: &mut Random) -> String {
    monthly("Month,Bills sent,Corrections per 1000 bills", |month| {
        let bills = random.around(391_000.0, 900.0) + 350.0 * f64::from(month.index());
        let corrections = random.around(9.0 - 2.6 * month.growing_since(FIRST_BILL_EXPLAINED, 3), 0.35);
        format!("{},{bills:.0},{corrections:.1}", month.short())
    })
}

fn bill_clarity(random: &mut Random) -> String {
    let mut text = "year,quarter,mean_1_to_5,answers\n".to_owned();
    for month in all_months().filter(|month| month.number % 3 == 1) {
        let mean = random
            .around(3.28 + 0.24 * month.since(REWORDED) + 0.27 * month.since(Month::new(2026, 1)), 0.03);
        let answers = random.around(430.0, 25.0);
        let _ = writeln!(text, "{},Q{},{mean:.2},{answers:.0}", month.year, month.number.div_ceil(3));
    }
    text
}

fn router_setup(random: &mut Random) -> String {
    monthly("month,new_customers,set_up_without_help_pct", |month| {
        let customers = random.around(4_700.0, 190.0) - 350.0 * month.winter();
        let alone = random.around(68.4 + 6.6 * month.since(QUICK_START_CARD), 1.0);
        format!("{},{customers:.0},{alone:.1}", month.iso())
    })
}

fn complaints(random: &mut Random) -> String {
    monthly("month,complaints", |month| {
        let fewer = 70.0 * month.since(CALL_AHEAD) + 240.0 * month.growing_since(ONE_OWNER_PER_CASE, 9);
        let count = random.around(948.0 - fewer + 125.0 * month.winter() + 430.0 * month.storm(), 24.0);
        format!("{},{count:.0}", month.iso())
    })
}

fn retention(random: &mut Random) -> String {
    monthly("month,connections_at_start,left_pct", |month| {
        let connections = 388_000.0 + 360.0 * f64::from(month.index());
        let left = 1.48 + 0.16 * month.storm() - 0.24 * month.growing_since(Month::new(2026, 3), 6);
        let left = random.around(left, 0.035);
        format!("{},{connections:.0},{left:.2}", month.iso())
    })
}
