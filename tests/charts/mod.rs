//! What every chart must satisfy, whatever it is made of.

mod contrast;
mod kinds;
mod samples;

use std::collections::BTreeSet;

use cxbook::charts::*;
use samples::*;

const STYLE: &str = include_str!("../../themes/default/styles/80-charts.css");

type Place = (f64, f64);

/// The subpaths of a path as written by the backend.
fn pieces(data: &str) -> Vec<Vec<Place>> {
    let mut pieces: Vec<Vec<Place>> = Vec::new();
    let (mut x, mut y) = (0.0, 0.0);
    let starts: Vec<usize> =
        data.match_indices(|c: char| c.is_ascii_alphabetic()).map(|(at, _)| at).collect();
    for (index, &at) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(data.len());
        let numbers = numbers(&data[at + 1..end]);
        let command = data.as_bytes()[at];
        let width = if matches!(command, b'M' | b'l') { 2 } else { 1 };
        assert_eq!(numbers.len() % width, 0, "odd numbers in {data}");
        for step in numbers.chunks(width) {
            match command {
                b'M' => (x, y) = (step[0], step[1]),
                b'l' => (x, y) = (x + step[0], y + step[1]),
                b'h' => x += step[0],
                b'v' => y += step[0],
                b'V' => y = step[0],
                other => panic!("unknown command {}", other as char),
            }
            match (command, pieces.last_mut()) {
                (b'M', _) | (_, None) => pieces.push(vec![(x, y)]),
                (_, Some(piece)) => piece.push((x, y)),
            }
        }
    }
    pieces
}

fn numbers(text: &str) -> Vec<f64> {
    let spaced = text.replace('-', " -");
    spaced.split_whitespace().map(|number| number.parse().expect("a number")).collect()
}

fn places(node: roxmltree::Node) -> Vec<Place> {
    let number = |name: &str| node.attribute(name).map(|text| text.parse::<f64>().expect("a number"));
    match node.tag_name().name() {
        "path" => pieces(node.attribute("d").expect("data")).concat(),
        "text" => vec![(number("x").unwrap(), number("y").unwrap())],
        "circle" => {
            let (x, y, r) = (number("cx").unwrap(), number("cy").unwrap(), number("r").unwrap());
            vec![(x - r, y - r), (x + r, y + r)]
        }
        _ => Vec::new(),
    }
}

/// Everything that holds for each chart. `page` holds the ids met so far.
fn check(svg: &str, page: &mut BTreeSet<String>) {
    for forbidden in ["style=", "fill=", "stroke=", "rgb(", "NaN", "inf", "<script", "href"] {
        assert!(!svg.contains(forbidden), "{forbidden} in {svg}");
    }
    let document = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{error} in {svg}"));
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let labels: Vec<&str> = root.attribute("aria-labelledby").unwrap().split(' ').collect();
    let named: Vec<&str> = root.children().take(2).filter_map(|node| node.attribute("id")).collect();
    assert_eq!(labels, named);
    let view: Vec<f64> = numbers(root.attribute("viewBox").unwrap());
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        if let Some(id) = node.attribute("id") {
            assert!(page.insert(id.to_owned()), "id {id} twice");
        }
        for (x, y) in places(node) {
            let inside = (0.0..=view[2]).contains(&x) && (0.0..=view[3]).contains(&y);
            assert!(inside, "({x}, {y}) outside {view:?} in {svg}");
        }
    }
}

/// Changes of any byte of any kind of chart show here. Refresh with `UPDATE_GOLDEN=1 cargo test golden`; with
/// `CHART_GALLERY=FOLDER` the drawings are written there to be looked at.
#[test]
fn golden_charts() {
    let gallery = gallery();
    if let Some(folder) = std::env::var_os("CHART_GALLERY") {
        for (name, svg) in &gallery {
            std::fs::write(std::path::Path::new(&folder).join(format!("{name}.svg")), svg).unwrap();
        }
    }
    let lines = gallery.iter().map(|(name, svg)| {
        format!("{} {:5} {name}\n", &cxbook::output::sha256(svg.as_bytes())[..16], svg.len())
    });
    let actual: String = lines.collect();
    let file = super::fixture::root().join("tests/golden/charts.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, &actual).unwrap();
    }
    assert_eq!(super::fixture::read(&file), actual, "charts changed since the golden file");
}

fn check_both(spec: &Trend) {
    let mut page = BTreeSet::new();
    for layout in [Layout::Wide, Layout::Phone] {
        check(&trend(spec, layout, &format), &mut page);
    }
}

/// The subpaths of all paths with this class.
fn pieces_of(svg: &str, class: &str) -> Vec<Vec<Place>> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let with_class = |node: &roxmltree::Node| node.attribute("class") == Some(class);
    let paths = document.descendants().filter(with_class).filter_map(|node| node.attribute("d"));
    paths.flat_map(pieces).collect()
}

#[test]
fn every_sample_holds() {
    let mut page = BTreeSet::new();
    for (name, svg) in gallery() {
        check(&svg, &mut page);
        // Plotters' own emptiness would pass every other test.
        assert!(svg.len() > 500, "{name} is empty");
    }
    check_both(&Trend::default());
    check(&sparkline(&Sparkline { id: "two".into(), ..Sparkline::default() }), &mut page);
}

#[test]
fn title_and_description_are_the_given_ones() {
    let svg = trend(&full(), Layout::Wide, &format);
    let document = roxmltree::Document::parse(&svg).unwrap();
    let text = |name| document.descendants().find(|node| node.has_tag_name(name)).unwrap().text();
    assert_eq!(text("title"), Some(full().title.as_str()));
    assert_eq!(text("desc"), Some(full().description.as_str()));
}

#[test]
fn same_input_gives_the_same_bytes() {
    assert_eq!(trend(&full(), Layout::Wide, &format), trend(&full(), Layout::Wide, &format));
}

#[test]
fn three_years_with_everything_fit_ten_kilobytes() {
    // Each slot and each of two events has a tooltip; phones have no pointer that could rest on a slot.
    for (layout, tooltips) in [(Layout::Wide, 36 + 2), (Layout::Phone, 2)] {
        let svg = trend(&full(), layout, &format);
        assert!(svg.len() <= 10_000, "{} bytes", svg.len());
        assert_eq!(svg.matches("<title>").count(), tooltips);
    }
}

#[test]
fn lines_and_bands_stop_at_every_hole() {
    let mut spec = full();
    spec.limits.clear();
    let svg = trend(&spec, Layout::Wide, &format);
    // Holes at 14 and 15, 17, 30 leave 0-13, 16 on its own, 18-29, 31-35.
    let slots = |class| pieces_of(&svg, class).iter().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(slots("chart-line"), [14, 12, 5]);
    assert_eq!(slots("chart-band").iter().filter(|&&corners| corners != 4).count(), 3);
    assert_eq!(slots("chart-whisker"), [2]);
    for mark in [Mark::Missing, Mark::Suppressed, Mark::NotSurveyed] {
        let mut spec = long();
        spec.series[0].points[50].mark = mark;
        assert_eq!(pieces_of(&trend(&spec, Layout::Phone, &format), "chart-line").len(), 2);
    }
}

#[test]
fn lines_stop_at_a_change_of_definition() {
    let svg = trend(&quarters(), Layout::Wide, &format);
    assert_eq!(pieces_of(&svg, "chart-line").len(), 2);
    let cut = &pieces_of(&svg, "chart-break")[0];
    assert_eq!(cut[0].0, cut[1].0);
}

#[test]
fn a_hidden_value_leaves_no_trace() {
    let mut spec = full();
    let svg = trend(&spec, Layout::Wide, &format);
    for slot in [14, 15, 17, 30] {
        let point = &mut spec.series[0].points[slot];
        *point = Point {
            mark: point.mark,
            value: Some(-87.5),
            interval: Some((-99.0, 99.0)),
            signal: Some(Signal::Outside),
            tooltip: point.tooltip.clone(),
        };
    }
    assert_eq!(trend(&spec, Layout::Wide, &format), svg);
}

#[test]
fn zero_suppressed_and_not_surveyed_look_different() {
    let svg = trend(&sparse(), Layout::Wide, &format);
    assert_eq!(pieces_of(&svg, "chart-hidden").len(), 4, "a cross in the plot, one in the key");
    assert_eq!(svg.matches("<g class=\"chart-none\">").count(), 2);
    let lowest_line = pieces_of(&svg, "chart-line").concat().iter().map(|place| place.1).fold(0.0, f64::max);
    let highest_cross =
        pieces_of(&svg, "chart-hidden")[..2].concat().iter().map(|place| place.1).fold(999.0, f64::min);
    assert!(lowest_line < highest_cross, "marks stand below zero");
}

#[test]
fn signals_are_told_by_shape_and_by_word() {
    let svg = trend(&full(), Layout::Wide, &format);
    assert_eq!(pieces_of(&svg, "chart-signal").len(), 7 + 1);
    assert_eq!(pieces_of(&svg, "chart-signal-ring").len(), 1 + 1);
    assert!(svg.contains(">lasting shift<") && !svg.contains(">steady trend<"));
}

#[test]
fn limits_are_drawn_in_pieces() {
    let svg = trend(&full(), Layout::Wide, &format);
    let level = |class| pieces_of(&svg, class).len() - 1;
    assert_eq!((level("chart-centre"), level("chart-limit")), (2, 4));
}

#[test]
fn event_markers_do_not_touch() {
    let mut spec = full();
    let event = |number: u32| Event { slot: 5 + number as usize / 3, number, label: "x".into() };
    spec.events = (1..=20).map(event).collect();
    for layout in [Layout::Wide, Layout::Phone] {
        let svg = trend(&spec, layout, &format);
        let document = roxmltree::Document::parse(&svg).unwrap();
        let groups = document.descendants().filter(|node| node.attribute("class") == Some("chart-event"));
        let circles: Vec<Vec<Place>> = groups.flat_map(|group| group.children()).map(places).collect();
        assert_eq!(circles.len(), 20);
        for (index, one) in circles.iter().enumerate() {
            for other in &circles[..index] {
                let (dx, dy) = (one[0].0 - other[0].0, one[0].1 - other[0].1);
                assert!(dx.hypot(dy) >= one[1].0 - one[0].0, "{one:?} touches {other:?}");
            }
        }
    }
}

#[test]
fn labels_at_the_right_do_not_touch() {
    let mut spec = four();
    for series in &mut spec.series {
        *series.points.last_mut().unwrap() = point(79.9, 0.0);
    }
    for layout in [Layout::Wide, Layout::Phone] {
        let svg = trend(&spec, layout, &format);
        let document = roxmltree::Document::parse(&svg).unwrap();
        let labelled =
            |node: &roxmltree::Node| matches!(node.attribute("class"), Some("chart-label" | "chart-goal"));
        let lines =
            document.descendants().filter(labelled).flat_map(|group| group.children()).flat_map(places);
        let mut heights: Vec<f64> = lines.map(|place| place.1).collect();
        heights.sort_by(f64::total_cmp);
        assert!(heights.len() >= 5);
        assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= 13.0), "{heights:?}");
    }
}

#[test]
fn words_at_the_right_end_inside_the_drawing() {
    for spec in [full(), four(), quarters(), long(), short()] {
        for (layout, width) in [(Layout::Wide, 720.0), (Layout::Phone, 360.0)] {
            let svg = trend(&spec, layout, &format);
            let document = roxmltree::Document::parse(&svg).unwrap();
            let left_aligned = |node: &roxmltree::Node| {
                node.has_tag_name("text") && node.parent().unwrap().attribute("text-anchor").is_none()
            };
            for text in document.descendants().filter(left_aligned) {
                let words: String =
                    text.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
                let narrowest = words.chars().count() as f64 * 13.0 * 0.45;
                assert!(places(text)[0].0 + narrowest <= width, "{words}");
            }
        }
    }
}

#[test]
fn the_axis_stays_in_its_range_and_says_when_it_is_cut() {
    assert_eq!(axis_note(&full(), &format), Some((-20.0, 60.0)));
    assert_eq!(axis_note(&sparse(), &format), None);
    let mut spec = short();
    spec.range = Some((0.0, 50.0));
    spec.series[0].points[0].interval = Some((-30.0, 300.0));
    assert_eq!(axis_note(&spec, &format), None);
}

#[test]
fn tooltips_name_period_and_series() {
    let svg = trend(&four(), Layout::Wide, &format);
    assert!(svg.contains("<title>Apr 2023\nNorth: "));
    assert!(svg.contains("\nWest: fewer than 10 responses</title>"));
}

#[test]
fn hostile_words_stay_words() {
    let mut spec = full();
    let nasty = "</title><script>\u{0}\u{ffff}\u{1b}&\"'\u{4e2d}\u{6587}";
    spec.id = "a b\"<".into();
    spec.title = nasty.into();
    spec.series[0].key = "x\" onload=\"".into();
    spec.series[0].points[3].tooltip = nasty.repeat(20);
    spec.target = Some((30.0, nasty.repeat(9)));
    spec.events[0].label = nasty.into();
    spec.words.interval = nasty.repeat(30);
    spec.slots[0].tick = nasty.repeat(9);
    check_both(&spec);
    let long_text = |_: f64| "9".repeat(400);
    check(&trend(&spec, Layout::Phone, &long_text), &mut BTreeSet::new());
}

/// Numbers that trip up careless code.
const NASTY: [f64; 14] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    -0.0,
    0.0,
    1e15,
    -1e15,
    1e-12,
    50.0,
    50.000_000_001,
    -100.0,
];

/// A source of choices that are the same on every machine.
struct Dice(usize);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 += 1;
        ((noise(self.0, 77) + 1.0) * 1e6) as usize % bound
    }

    fn number(&mut self, calm: bool) -> f64 {
        if calm { self.below(2000) as f64 / 10.0 - 100.0 } else { NASTY[self.below(14)] }
    }

    fn pair(&mut self, calm: bool) -> Option<(f64, f64)> {
        (self.below(3) > 0).then(|| (self.number(calm), self.number(calm)))
    }

    fn slot(&mut self) -> usize {
        if self.below(20) == 0 { usize::MAX } else { self.below(50) }
    }

    fn point(&mut self, calm: bool) -> Point {
        let marks = [Mark::Shown, Mark::Shown, Mark::Provisional, Mark::Suppressed, Mark::NotSurveyed];
        let signals = [None, Some(Signal::Outside), Some(Signal::TwoOfThree), Some(Signal::Trend)];
        Point {
            mark: marks[self.below(5)],
            value: (self.below(9) > 0).then(|| self.number(calm)),
            interval: self.pair(calm),
            signal: signals[self.below(4)],
            tooltip: "words".into(),
        }
    }

    fn limits(&mut self, calm: bool) -> Limits {
        Limits {
            from: self.slot(),
            to: self.slot(),
            centre: self.number(calm),
            lower: self.number(calm),
            upper: self.number(calm),
        }
    }

    fn trend(&mut self, calm: bool) -> Trend {
        let slots = [0, 1, 2, 3, 13, 40][self.below(6)];
        let mut series = Vec::new();
        for index in 0..self.below(6) {
            let points = (0..slots + self.below(3)).map(|_| self.point(calm)).collect();
            series.push(Series { key: "k".into(), name: format!("Series with a name {index}"), points });
        }
        Trend {
            id: "x".into(),
            series,
            slots: months(2020, 1 + self.below(12) as u8, slots),
            limits: (0..self.below(3)).map(|_| self.limits(calm)).collect(),
            target: (self.below(2) == 0).then(|| (self.number(calm), "Target".into())),
            events: (0..self.below(9))
                .map(|_| Event { slot: self.slot(), number: self.below(256) as u32, label: "e".into() })
                .collect(),
            breaks: (0..self.below(3)).map(|_| Break { slot: self.slot(), label: "b".into() }).collect(),
            range: if calm { Some((-100.0, 100.0)) } else { self.pair(false) },
            reach: self.pair(calm),
            words: words(),
            ..Trend::default()
        }
    }
}

#[test]
fn no_numbers_break_a_chart() {
    let mut dice = Dice(0);
    for round in 0..600 {
        let spec = dice.trend(round % 3 == 0);
        check_both(&spec);
        let both = two_panels(&spec, &full(), Layout::Wide, &format, &format);
        check(&both, &mut BTreeSet::new());
        let first = spec.series.first();
        let values = first.map(|series| series.points.iter().map(|point| point.value).collect());
        let values = values.unwrap_or_default();
        let line = Sparkline { values, reach: spec.reach, ..Sparkline::default() };
        check(&sparkline(&line), &mut BTreeSet::new());
    }
}

#[test]
fn six_hundred_slots_are_fine() {
    let spec =
        Trend { slots: months(1980, 1, 600), series: vec![series("a", "A", 600, 1.0, 0.1, 2.0)], ..long() };
    check_both(&spec);
}

#[test]
fn every_class_has_a_rule() {
    let drawn: String = gallery().into_iter().map(|(_, svg)| svg).collect();
    let classes = drawn
        .split("class=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .flat_map(|list| list.split(' '));
    let families = ["[class*=chart-s]", "[class^=chart-event]", "[class^=chart-bar]"];
    for class in classes.collect::<BTreeSet<_>>() {
        let in_family = families.iter().any(|family| {
            let stem = family.trim_matches(|c: char| !c.is_alphabetic()).rsplit('=').next().unwrap();
            class.starts_with(stem) && STYLE.contains(family)
        });
        let hook = class.starts_with("chart-key");
        assert!(in_family || hook || STYLE.contains(&format!(".{class}")), "{class}");
    }
}

#[test]
fn the_style_sheet_is_small() {
    assert!(STYLE.len() <= 3_000, "{} bytes", STYLE.len());
}
