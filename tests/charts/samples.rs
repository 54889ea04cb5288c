//! Charts to test with and to look at. Invented numbers.
#![allow(dead_code, reason = "each program that includes the samples draws some of them")]

use cxbook::charts::*;

pub(super) fn format(value: f64) -> String {
    let text = if value.fract().abs() < 1e-9 { format!("{value:.0}") } else { format!("{value:.1}") };
    text.replace('-', "\u{2212}")
}

pub(super) fn words() -> Words {
    Words {
        interval: "95 % interval".into(),
        centre: "average".into(),
        limits: "usual variation".into(),
        provisional: "provisional".into(),
        suppressed: "fewer than 10 responses".into(),
        not_surveyed: "no survey ran".into(),
        outside: "outside usual variation".into(),
        shift: "lasting shift".into(),
        trend: "steady trend".into(),
        two_of_three: "two of three near a limit".into(),
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub(super) fn months(year: i16, month: u8, count: usize) -> Vec<Slot> {
    (0..count)
        .map(|index| {
            let month0 = usize::from(month) - 1 + index;
            let year = year + (month0 / 12) as i16;
            let label = format!("{} {year}", MONTHS[month0 % 12]);
            Slot { tick: label.clone(), label, year, month: (month0 % 12) as u8 + 1 }
        })
        .collect()
}

pub(super) fn point(value: f64, half: f64) -> Point {
    let interval = (half > 0.0).then_some((value - half, value + half));
    let tooltip = format!("{value:.1} ({:.1} to {:.1}), n = 312", value - half, value + half);
    Point { mark: Mark::Shown, value: Some(value), interval, signal: None, tooltip }
}

/// Noise that is the same on every machine.
pub(super) fn noise(index: usize, seed: u64) -> f64 {
    let mut state = (index as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ seed.wrapping_mul(0xd1b5_4a32);
    state ^= state >> 29;
    state = state.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state ^= state >> 32;
    (state % 2000) as f64 / 1000.0 - 1.0
}

pub(super) fn series(key: &str, name: &str, count: usize, level: f64, slope: f64, half: f64) -> Series {
    let seed = key.bytes().map(u64::from).sum();
    let points = (0..count).map(|i| point(level + slope * i as f64 + 4.0 * noise(i, seed), half)).collect();
    Series { key: key.into(), name: name.into(), points }
}

pub(super) fn hide(series: &mut Series, slot: usize, mark: Mark, words: &str) {
    series.points[slot] = Point { mark, tooltip: words.into(), ..Point::default() };
}

/// 36 months with everything on it.
pub(super) fn full() -> Trend {
    let mut nps = series("nps", "NPS", 36, 22.0, 0.0, 6.5);
    for slot in 20..36 {
        let value = nps.points[slot].value.unwrap() + 9.0;
        nps.points[slot] = point(value, 6.0);
    }
    nps.points[8] = point(4.0, 7.0);
    nps.points[8].signal = Some(Signal::Outside);
    for slot in 21..28 {
        nps.points[slot].signal = Some(Signal::Shift);
    }
    hide(&mut nps, 14, Mark::Suppressed, "fewer than 10 responses");
    hide(&mut nps, 15, Mark::Suppressed, "fewer than 10 responses");
    hide(&mut nps, 17, Mark::NotSurveyed, "no survey ran");
    hide(&mut nps, 30, Mark::Missing, "not delivered");
    nps.points[35].mark = Mark::Provisional;
    Trend {
        id: "nps".into(),
        title: "NPS rose by 9 points after September 2023".into(),
        description: "Net promoter score by month, January 2022 to December 2024.".into(),
        slots: months(2022, 1, 36),
        series: vec![nps],
        limits: vec![
            Limits { from: 0, to: 19, centre: 22.0, lower: 11.0, upper: 33.0 },
            Limits { from: 20, to: 35, centre: 31.0, lower: 20.0, upper: 42.0 },
        ],
        target: Some((35.0, "Target 35".into())),
        events: vec![
            Event { slot: 10, number: 1, label: "Claims letters rewritten".into() },
            Event { slot: 20, number: 2, label: "Call back within a day".into() },
        ],
        breaks: vec![],
        range: Some((-100.0, 100.0)),
        words: words(),
        ..Trend::default()
    }
}

pub(super) fn four() -> Trend {
    let mut all = vec![
        series("north", "North", 24, 74.0, 0.2, 0.0),
        series("south", "South and islands", 24, 72.0, 0.25, 0.0),
        series("east", "East", 24, 70.0, 0.3, 0.0),
        series("west", "West", 24, 66.0, -0.4, 0.0),
    ];
    hide(&mut all[3], 9, Mark::Suppressed, "fewer than 10 responses");
    hide(&mut all[1], 4, Mark::NotSurveyed, "no survey ran");
    Trend {
        id: "regions".into(),
        title: "Satisfaction fell in West only".into(),
        description: "Share of satisfied customers by region.".into(),
        slots: months(2023, 4, 24),
        series: all,
        target: Some((80.0, "Target 80".into())),
        range: Some((0.0, 100.0)),
        words: words(),
        ..Trend::default()
    }
}

pub(super) fn quarters() -> Trend {
    let slots: Vec<Slot> = (0..20)
        .map(|i| {
            let (year, quarter) = (2020 + (i / 4) as i16, i % 4);
            let tick = format!("{year} Q{}", quarter + 1);
            Slot { label: tick.clone(), year, month: quarter as u8 * 3 + 1, tick }
        })
        .collect();
    let mut ces = series("ces", "Effort", 20, 5.0, 0.02, 0.0);
    for (slot, point) in ces.points.iter_mut().enumerate() {
        let value = 4.6 + 0.035 * slot as f64 + 0.2 * noise(slot, 5);
        *point = self::point(value, 0.25);
    }
    Trend {
        id: "ces".into(),
        title: "Effort eased since the definition changed".into(),
        description: "Mean effort score, 1 to 7, by quarter.".into(),
        slots,
        series: vec![ces],
        breaks: vec![Break { slot: 9, label: "question reworded".into() }],
        events: vec![
            Event { slot: 3, number: 1, label: "Shorter form".into() },
            Event { slot: 3, number: 2, label: "New app".into() },
            Event { slot: 4, number: 3, label: "Chat opened".into() },
            Event { slot: 15, number: 4, label: "Fewer steps to claim".into() },
        ],
        range: Some((1.0, 7.0)),
        words: words(),
        ..Trend::default()
    }
}

pub(super) fn chain() -> (Trend, Trend) {
    let mut upper = Trend {
        id: "wait".into(),
        title: "Waiting time fell, then satisfaction rose two months later.".into(),
        description: "Minutes to answer.".into(),
        slots: months(2023, 1, 24),
        series: vec![series("wait", "Team: minutes until a call is answered", 24, 14.0, -0.3, 0.0)],
        events: vec![Event { slot: 8, number: 1, label: "Ten more people on the line".into() }],
        words: words(),
        ..Trend::default()
    };
    for (slot, point) in upper.series[0].points.iter_mut().enumerate() {
        *point = self::point(if slot < 8 { 14.0 } else { 8.0 } + noise(slot, 9), 0.0);
    }
    let mut lower = Trend {
        id: "csat".into(),
        title: String::new(),
        description: "Share satisfied.".into(),
        slots: months(2023, 1, 24),
        series: vec![series("csat", "Customers: satisfied with the call, %", 24, 70.0, 0.4, 4.0)],
        range: Some((0.0, 100.0)),
        words: words(),
        ..Trend::default()
    };
    hide(&mut lower.series[0], 12, Mark::Suppressed, "fewer than 10 responses");
    (upper, lower)
}

/// Mostly holes, with a zero and points on their own.
pub(super) fn sparse() -> Trend {
    let mut all = series("calls", "Complaints", 13, 0.0, 0.0, 0.0);
    for (slot, value) in
        [3.0, 0.0, 0.0, 2.0, 5.0, 4.0, 0.0, 1.0, 1.0, 6.0, 2.0, 3.0, 2.0].into_iter().enumerate()
    {
        all.points[slot] = point(value, 0.0);
    }
    hide(&mut all, 2, Mark::Missing, "");
    hide(&mut all, 4, Mark::Suppressed, "fewer than 10 responses");
    hide(&mut all, 6, Mark::NotSurveyed, "no survey ran");
    hide(&mut all, 7, Mark::NotSurveyed, "no survey ran");
    all.points[12].mark = Mark::Provisional;
    Trend {
        id: "sparse".into(),
        title: "Complaints per thousand calls".into(),
        description: "Few months with numbers.".into(),
        slots: months(2024, 3, 13),
        series: vec![all],
        words: words(),
        ..Trend::default()
    }
}

/// Weeks of years, no dots.
pub(super) fn long() -> Trend {
    Trend {
        id: "long".into(),
        title: "Ten years by month".into(),
        description: "Long.".into(),
        slots: months(2015, 1, 120),
        series: vec![series("long", "Long", 120, -20.0, 0.3, 5.0)],
        range: Some((-100.0, 100.0)),
        words: words(),
        ..Trend::default()
    }
}

/// Two months, one of them with a wide interval.
pub(super) fn short() -> Trend {
    let mut two = series("two", "Two", 2, 40.0, 5.0, 12.0);
    two.points[1].signal = Some(Signal::TwoOfThree);
    Trend {
        id: "short".into(),
        title: "Two months so far".into(),
        description: "Short.".into(),
        slots: months(2025, 2, 2),
        series: vec![two],
        target: Some((45.0, "Target 45".into())),
        words: words(),
        ..Trend::default()
    }
}

pub(super) fn spark(id: &str, level: f64) -> Sparkline {
    let mut values: Vec<Option<f64>> =
        (0..24).map(|i| Some(level + i as f64 * 0.3 + 3.0 * noise(i, 3))).collect();
    values[7] = None;
    values[8] = None;
    values[10] = None;
    Sparkline {
        id: id.into(),
        title: "NPS, last 24 months".into(),
        description: "From 20 to 27.".into(),
        values,
        target: Some(level + 5.0),
        reach: None,
    }
}

/// A trend with a target inside the strip of good values.
pub(super) fn good() -> Trend {
    let mut csat = series("csat", "CSAT", 24, 76.0, 0.35, 3.0);
    hide(&mut csat, 6, Mark::NotSurveyed, "no survey ran");
    hide(&mut csat, 13, Mark::Missing, "no value");
    Trend {
        id: "good".into(),
        title: "Satisfaction reached the good range in 2024".into(),
        description: "Share of satisfied customers by month.".into(),
        slots: months(2023, 1, 24),
        series: vec![csat],
        target: Some((85.0, "Target 85 %".into())),
        good: Some((80.0, 90.0, "Good: 80 to 90 %".into())),
        range: Some((0.0, 100.0)),
        words: words(),
        ..Trend::default()
    }
}

fn column(counts: &[u64]) -> Column {
    let tooltip = format!("n = {}", counts.iter().sum::<u64>());
    Column { mark: Mark::Shown, counts: counts.to_vec(), tooltip }
}

/// Five answers over 18 months, with everything that can be absent.
pub(super) fn answers(shape: Shape) -> Distribution {
    let names = [
        ("Very dissatisfied", Tone::Low),
        ("Dissatisfied", Tone::Low),
        ("Neither", Tone::Middle),
        ("Satisfied", Tone::High),
        ("Very satisfied", Tone::High),
    ];
    let mut columns: Vec<Column> = (0..18)
        .map(|slot| {
            let drift = slot as f64;
            let count = |base: f64, slope: f64, seed| {
                (base + slope * drift + 6.0 * noise(slot, seed)).max(0.0) as u64
            };
            column(&[
                count(28.0, -0.6, 1),
                count(40.0, -0.9, 2),
                count(50.0, 0.0, 3),
                count(110.0, 1.5, 4),
                count(70.0, 2.0, 5),
            ])
        })
        .collect();
    columns[4] = Column { mark: Mark::Suppressed, counts: vec![1, 0, 0, 2, 1], tooltip: "hidden".into() };
    columns[9] = Column { mark: Mark::Missing, ..Column::default() };
    columns[10] = Column { mark: Mark::NotSurveyed, counts: vec![], tooltip: "no survey ran".into() };
    columns[12].counts = vec![0, 0, 0, 120, 80];
    columns[17].mark = Mark::Provisional;
    Distribution {
        id: format!("answers-{shape:?}").to_lowercase(),
        title: "Fewer customers are dissatisfied than a year ago".into(),
        description: "Answers by month, from very dissatisfied to very satisfied.".into(),
        slots: months(2023, 7, 18),
        answers: names.map(|(name, tone)| Answer { name: name.into(), tone }).to_vec(),
        columns,
        shape,
        events: vec![Event { slot: 8, number: 1, label: "Call ahead".into() }],
        breaks: vec![Break { slot: 14, label: "question reworded".into() }],
        words: words(),
    }
}

/// Detractors, passives and promoters.
pub(super) fn promoters() -> Distribution {
    let names = [
        ("Detractors, 0 to 6", Tone::Low),
        ("Passives, 7 and 8", Tone::Middle),
        ("Promoters, 9 and 10", Tone::High),
    ];
    Distribution {
        id: "promoters".into(),
        title: "Promoters and detractors".into(),
        description: "Three groups of answers by month.".into(),
        answers: names.map(|(name, tone)| Answer { name: name.into(), tone }).to_vec(),
        columns: (0..12).map(|slot| column(&[60 - 2 * slot, 90, 120 + 5 * slot])).collect(),
        slots: months(2024, 1, 12),
        shape: Shape::Diverging,
        ..Distribution::default()
    }
}

/// A year before and a year after.
pub(super) fn effect() -> BeforeAfter {
    let mut nps = series("nps", "NPS", 25, 22.0, 0.0, 6.0);
    for slot in 13..25 {
        nps.points[slot] = point(nps.points[slot].value.unwrap() + 9.0, 6.0);
    }
    hide(&mut nps, 5, Mark::Suppressed, "fewer than 10 responses");
    let stretch = |name: &str, from, to, mean| Stretch {
        from,
        to,
        mean,
        label: format!("{name}: {}", format(mean)),
        units: "12 months".into(),
    };
    BeforeAfter {
        trend: Trend {
            id: "effect".into(),
            title: "NPS: 9 points higher after call ahead".into(),
            description: "Before 22, after 31.".into(),
            slots: months(2023, 1, 25),
            series: vec![nps],
            events: vec![Event { slot: 12, number: 1, label: "Call ahead".into() }],
            target: Some((35.0, "Target 35".into())),
            range: Some((-100.0, 100.0)),
            words: words(),
            ..Trend::default()
        },
        before: stretch("Before", 0, 11, 22.0),
        after: stretch("After", 13, 24, 31.0),
        difference: Some(Difference { interval: (6.1, 11.9), value: "+9".into(), range: "+6 to +12".into() }),
        mean: "mean".into(),
        carried_on: "mean before, carried on".into(),
        interval: "95 % interval of the difference".into(),
    }
}

/// Six stages with every state a stage can be in.
pub(super) fn journey() -> Stages {
    let percent = || Some([(0.0, "0".to_owned()), (100.0, "100".to_owned())]);
    let row = |name: &str, measure: &str, value: f64, figure: &str, note: &str| Stage {
        name: name.into(),
        measure: measure.into(),
        mark: Mark::Shown,
        value: Some(value),
        interval: Some((value - 4.0, value + 4.0)),
        target: Some(85.0),
        scale: percent(),
        figure: figure.into(),
        note: note.into(),
        ..Stage::default()
    };
    let mut rows = vec![
        row("1 Choose", "Online orders completed", 71.0, "71 %", "better, n = 1,204, Sep 2026"),
        row("2 Order", "Order clarity", 64.0, "64 %", "worse, n = 88, Sep 2026"),
        row("3 Get connected", "Satisfaction after installation", 88.0, "88 %", "steady, n = 320, Sep 2026"),
        row("4 Use", "Recommendation", 24.0, "24 points", "too early to say, n = 410"),
        row("5 Get help", "Ease", 5.1, "–", "hidden to protect small groups"),
        row("6 Pay and stay", "Complaints", 735.0, "735", "steady, Sep 2026"),
    ];
    rows[1].signal = Some(Signal::Outside);
    rows[2].mark = Mark::Provisional;
    rows[3].scale = Some([(-100.0, "\u{2212}100".into()), (100.0, "100".into())]);
    rows[3].target = None;
    rows[4].mark = Mark::Suppressed;
    rows[5].scale = None;
    rows.push(Stage { name: "7 Leave".into(), measure: "no metric yet".into(), ..Stage::default() });
    Stages {
        id: "stages".into(),
        title: "Better: Choose. Worse: Order".into(),
        description: "Seven stages.".into(),
        rows,
        words: words(),
        target: "target".into(),
        no_scale: "no fixed scale".into(),
    }
}

/// A small map with every kind of line, one to nowhere, and a stage without any.
pub(super) fn map() -> ChainMap {
    let end = |over: &str, name: &str, value: &str| ChainEnd {
        over: over.into(),
        name: name.into(),
        value: value.into(),
    };
    let line = |from, stage, to, surety, label: &str| ChainLine {
        from,
        stage,
        to,
        surety,
        label: label.into(),
        said: format!("{from} through {stage} to {to}: {label}"),
    };
    ChainMap {
        id: "map".into(),
        title: "4 lines".into(),
        description: "The table says the same.".into(),
        heads: ["Teams", "Stages", "Customers"].map(str::to_owned),
        own: vec![
            end(
                "Field installation",
                "Jobs that were right the first time, without a second visit",
                "87 %, Sep",
            ),
            end("Billing", "Corrected bills", ""),
            end("", "Nobody's number", "3"),
        ],
        stages: ["Choose", "Get connected", "Pay and stay"].map(str::to_owned).to_vec(),
        customer: vec![
            end("", "Satisfaction after installation", "88 %, Sep"),
            end("", "Churn <&>", "1.2 %"),
        ],
        lines: vec![
            line(1, 2, 1, Surety::Measured, "measured"),
            line(0, 1, 0, Surety::Reported, "reported, opposite"),
            line(0, 1, 1, Surety::Assumed, "assumed"),
            line(1, 2, 0, Surety::Measured, "measured, opposite"),
            line(7, 0, 0, Surety::Measured, "to nowhere"),
        ],
    }
}

/// A map of sixty lines: thirty numbers of teams, eight stages, ten numbers of customers.
pub(super) fn large_map() -> ChainMap {
    let end = |kind: &str, index: usize| ChainEnd {
        over: String::new(),
        name: format!("{kind} number {index} with a name of some length"),
        value: "64 %, Sep 2026".into(),
    };
    let line = |index: usize| ChainLine {
        from: index / 2,
        stage: index * 8 / 60,
        to: (index * 7 + index / 9) % 10,
        surety: [Surety::Measured, Surety::Reported, Surety::Assumed][index % 3],
        label: "measured".into(),
        said: format!("Line {index}"),
    };
    ChainMap {
        id: "large-map".into(),
        title: "60 lines".into(),
        own: (0..30).map(|index| end("Own", index)).collect(),
        stages: (1..=8).map(|index| format!("Stage {index}")).collect(),
        customer: (0..10).map(|index| end("Customer", index)).collect(),
        lines: (0..60).map(line).collect(),
        ..map()
    }
}

/// A year of talking, with a rest and a rush.
pub(super) fn talks() -> Recency {
    let counts = [
        None,
        None,
        Some(2),
        Some(1),
        Some(0),
        Some(4),
        Some(5),
        Some(0),
        Some(0),
        Some(11),
        Some(1),
        Some(3),
    ];
    let month = |(slot, conversations): (Slot, Option<u32>)| RecencyMonth {
        slot,
        conversations,
        tooltip: conversations.map_or("no record".into(), |count| format!("{count} conversations")),
    };
    Recency {
        id: "talks".into(),
        title: "6 days since this team last talked with a customer".into(),
        description: "Conversations by month.".into(),
        months: months(2025, 11, 12).into_iter().zip(counts).map(month).collect(),
        one: "a conversation".into(),
        none: "none in this month".into(),
    }
}

/// Every sample with its name, in both layouts where there are two.
pub(super) fn gallery() -> Vec<(String, String)> {
    let mut drawn = Vec::new();
    for (layout, width) in [(Layout::Wide, "wide"), (Layout::Phone, "phone")] {
        let mut add = |name: &str, svg: String| drawn.push((format!("{name}.{width}"), svg));
        for spec in [full(), four(), quarters(), sparse(), long(), short(), good()] {
            add(&spec.id, trend(&spec, layout, &format));
        }
        add("low", trend(&Trend { height: Some(140), id: "low".into(), ..full() }, layout, &format));
        let (upper, lower) = chain();
        add("chain", two_panels(&upper, &lower, layout, &format, &format));
        for spec in [answers(Shape::Stacked), answers(Shape::Diverging), promoters()] {
            add(&spec.id, distribution(&spec, layout, &format));
        }
        add("effect", before_after(&effect(), layout, &format));
        add("stages", stages(&journey(), layout));
        add("talks", recency(&talks(), layout));
    }
    for spec in [map(), large_map()] {
        drawn.push((spec.id.clone(), chain_map(&spec)));
    }
    drawn.push(("spark".to_owned(), sparkline(&spark("spark", 20.0))));
    drawn
}
