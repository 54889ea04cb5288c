//! What each kind of chart besides trends must show, and must not.

use std::collections::BTreeSet;

use cxbook::charts::*;

use super::samples::*;
use super::{Dice, Place, check, numbers, pieces_of, places};

/// Left, right, top and bottom of each column of an answer.
fn boxes(svg: &str, group: &str, class: &str) -> Vec<[f64; 4]> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let inside = |node: &roxmltree::Node| {
        node.attribute("class") == Some(class)
            && node.parent().is_some_and(|parent| parent.attribute("class") == Some(group))
    };
    let paths = document.descendants().filter(inside).filter_map(|node| node.attribute("d"));
    let pieces = paths.flat_map(super::pieces);
    let ends = |piece: Vec<Place>| {
        let across = |pick: fn(&Place) -> f64| {
            let values = piece.iter().map(pick);
            values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)))
        };
        let ((left, right), (top, bottom)) = (across(|place| place.0), across(|place| place.1));
        [left, right, top, bottom]
    };
    pieces.map(ends).collect()
}

#[test]
fn columns_are_as_high_as_their_shares() {
    let mut spec = promoters();
    spec.shape = Shape::Stacked;
    spec.columns.truncate(1);
    spec.slots.truncate(1);
    spec.columns[0].counts = vec![25, 25, 50];
    let svg = distribution(&spec, Layout::Wide, &format);
    let high =
        |group, class| boxes(&svg, group, class).iter().map(|[_, _, top, bottom]| bottom - top).sum::<f64>();
    let (low, middle, good) =
        (high("chart-s2", "chart-bar2"), high("chart-mid", "chart-bar1"), high("chart-s1", "chart-bar2"));
    assert!((low - middle).abs() < 0.2 && (good - 2.0 * low).abs() < 0.3, "{low} {middle} {good}");
    assert!(low > 30.0);
}

#[test]
fn diverging_columns_stand_across_the_middle() {
    let mut spec = promoters();
    spec.columns[0].counts = vec![30, 40, 30];
    let svg = distribution(&spec, Layout::Wide, &format);
    let first = |group, class| boxes(&svg, group, class)[0];
    let (low, middle, high) =
        (first("chart-s2", "chart-bar2"), first("chart-mid", "chart-bar1"), first("chart-s1", "chart-bar2"));
    let zero = pieces_of(&svg, "chart-axis")[0][0].1;
    assert!((zero - (middle[2] + middle[3]) / 2.0).abs() < 0.2, "those between half above, half below");
    assert!((zero - high[3] - (low[2] - zero)).abs() < 0.3, "as far up as down");
    assert!(high[3] <= middle[2] + 0.1 && low[2] >= middle[3] - 0.1, "good above, bad below");
    assert!(!svg.contains(">\u{2212}"), "shares below the middle are no negative numbers");
}

#[test]
fn columns_that_are_not_there_leave_no_trace() {
    for shape in [Shape::Stacked, Shape::Diverging] {
        let spec = answers(shape);
        let svg = distribution(&spec, Layout::Wide, &format);
        // Of 18 months one is hidden, one missing, one not surveyed.
        assert_eq!(boxes(&svg, "chart-s1", "chart-bar2").len(), 15);
        assert_eq!(pieces_of(&svg, "chart-hidden").len(), 4, "a cross in the plot, one in the key");
        let mut other = spec.clone();
        for slot in [4, 9, 10] {
            other.columns[slot].counts = vec![900, 1, 1, 1, 1];
        }
        assert_eq!(distribution(&other, Layout::Wide, &format), svg);
        let mut nobody = spec.clone();
        nobody.columns[0].counts = vec![0; 5];
        assert_eq!(boxes(&distribution(&nobody, Layout::Wide, &format), "chart-s1", "chart-bar2").len(), 14);
    }
}

#[test]
fn answers_are_named_beside_their_parts() {
    for layout in [Layout::Wide, Layout::Phone] {
        let svg = distribution(&answers(Shape::Stacked), layout, &format);
        let document = roxmltree::Document::parse(&svg).unwrap();
        let height = |opening: &str| {
            let mut texts = document.descendants().filter(|node| node.has_tag_name("text"));
            let text = texts.find(|text| text.text().unwrap_or_default().starts_with(opening)).unwrap();
            text.attribute("y").unwrap().parse::<f64>().unwrap()
        };
        let names = ["Satisfied", "Neither", "Dissatisfied"];
        let heights: Vec<f64> = names.into_iter().map(height).collect();
        assert!(heights.windows(2).all(|pair| pair[0] < pair[1]), "{heights:?}");
    }
}

#[test]
fn many_answers_do_no_harm() {
    let mut spec = answers(Shape::Diverging);
    for index in 0..11 {
        spec.answers.push(Answer { name: format!("A long answer, number {index}"), tone: Tone::High });
    }
    spec.columns[3].counts = vec![u64::MAX, u64::MAX, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
    for layout in [Layout::Wide, Layout::Phone] {
        check(&distribution(&spec, layout, &format), &mut BTreeSet::new());
        check(
            &distribution(&Distribution { answers: vec![], ..spec.clone() }, layout, &format),
            &mut BTreeSet::new(),
        );
        check(
            &distribution(&Distribution { columns: vec![], ..spec.clone() }, layout, &format),
            &mut BTreeSet::new(),
        );
    }
}

#[test]
fn a_comparison_draws_both_means_and_says_the_difference() {
    for layout in [Layout::Wide, Layout::Phone] {
        let svg = before_after(&effect(), layout, &format);
        let means = pieces_of(&svg, "chart-mean");
        assert_eq!(means.len(), 3, "two means, one in the key");
        assert!(means.iter().all(|mean| mean[0].1 == mean[1].1), "a mean is level");
        assert!(means[1][0].1 < means[0][0].1, "the higher mean stands higher");
        assert!(means[0][1].0 < means[1][0].0, "before is left of after");
        for words in ["Before: 22", "After: 31", "12 months", "+9", "+6 to +12", "Target 35"] {
            assert!(svg.contains(words), "{words}");
        }
    }
    let mut alone = effect();
    alone.difference = None;
    let svg = before_after(&alone, Layout::Wide, &format);
    assert!(!svg.contains("+9") && !svg.contains("carried on"));
}

#[test]
fn good_values_are_a_strip_with_words() {
    let svg = trend(&good(), Layout::Wide, &format);
    let strips = pieces_of(&svg, "chart-good");
    let axis = |value: &str| {
        let document = roxmltree::Document::parse(&svg).unwrap();
        let text =
            document.descendants().find(|node| node.text() == Some(value) && node.has_tag_name("text"));
        places(text.unwrap())[0].1
    };
    assert_eq!(strips.len(), 2, "one in the plot, one in the key");
    assert!((strips[0][0].1 - (axis("90") - 4.7)).abs() < 1.0, "it begins at 90");
    assert!((strips[0][2].1 - (axis("80") - 4.7)).abs() < 1.0, "and ends at 80");
    assert!(svg.contains(">Good: 80 to 90 %<"));
    let mut far = good();
    far.good = Some((60.0, 65.0, "below".into()));
    assert_eq!(axis_note(&far, &format), Some((60.0, 90.0)), "the axis reaches the good values");
    let mut without = good();
    without.good = Some((f64::NAN, 5.0, "x".into()));
    assert!(!trend(&without, Layout::Wide, &format).contains("chart-good"));
}

#[test]
fn each_stage_has_a_scale_of_its_own() {
    for layout in [Layout::Wide, Layout::Phone] {
        let svg = stages(&journey(), layout);
        let document = roxmltree::Document::parse(&svg).unwrap();
        let circles = |class: &str| {
            let groups = document.descendants().filter(|node| node.attribute("class") == Some(class));
            groups.flat_map(|group| group.children()).filter(|node| node.has_tag_name("circle")).count()
        };
        // Three values, one still open with one in the key; hidden, without scale and without metric have no dot.
        assert_eq!((circles("chart-last"), circles("chart-open")), (3, 2));
        assert_eq!(pieces_of(&svg, "chart-hidden").len(), 4);
        assert_eq!(pieces_of(&svg, "chart-target").len(), 4 + 1);
        for words in ["1 Choose", "71 %", "n = 88", "no fixed scale", "no metric yet", "\u{2212}100"] {
            assert!(svg.contains(words), "{words}");
        }
        let mut hidden = journey();
        hidden.rows[4].value = Some(12.0);
        hidden.rows[4].interval = Some((1.0, 90.0));
        assert_eq!(stages(&hidden, layout), svg, "a hidden value leaves no trace");
    }
}

#[test]
fn the_map_draws_each_line_in_the_way_of_its_surety_and_names_it() {
    let svg = chain_map(&map());
    let document = roxmltree::Document::parse(&svg).unwrap();
    let paths = |class: &str| {
        let paths = document.descendants().filter(|node| node.attribute("class") == Some(class));
        paths.map(|path| path.attribute("d").unwrap().matches('M').count()).sum::<usize>()
    };
    // Each line in two pieces, left and right of its stage; the one to nowhere is not drawn.
    assert_eq!((paths("chart-line"), paths("chart-limit"), paths("chart-break")), (4, 2, 2));
    assert_eq!((paths("chart-last"), paths("chart-event")), (4, 2 + 2 + 3));
    for words in ["reported, opposite", "assumed", "Field installation", "Churn &lt;&amp;&gt;", "Choose"] {
        assert!(svg.contains(words), "{words}");
    }
    assert!(!svg.contains("to nowhere") && !svg.contains("Nobody"), "{svg}");
    // A long name is wrapped and not cut.
    let texts: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text())
        .collect();
    let name = texts
        .windows(2)
        .any(|lines| lines.join(" ") == "Jobs that were right the first time, without a second visit");
    assert!(name, "{texts:?}");
}

/// Sixty lines stay apart: no two boxes of a column and no two rows touch, and nothing lies outside.
#[test]
fn a_large_map_stays_readable() {
    let svg = chain_map(&large_map());
    let document = roxmltree::Document::parse(&svg).unwrap();
    let height: f64 =
        svg.split("viewBox=\"0 0 720 ").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    assert!(height < 3_000.0, "{height}");
    let mut rows: Vec<(i64, i64)> = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .map(|text| {
            let at = |name: &str| (text.attribute(name).unwrap().parse::<f64>().unwrap() * 10.0) as i64;
            (at("x"), at("y"))
        })
        .collect();
    rows.sort_unstable();
    for pair in rows.windows(2) {
        let apart = pair[1].1 - pair[0].1;
        assert!(pair[0].0 != pair[1].0 || apart >= 110, "{pair:?} stand on each other");
    }
    assert!(rows.iter().all(|(x, y)| *x > 0 && *y > 0 && *y < (height * 10.0) as i64));
    assert_eq!(svg.matches(">measured<").count(), 60);
}

#[test]
fn months_with_and_without_conversations_differ() {
    let svg = recency(&talks(), Layout::Wide);
    assert_eq!(
        svg.matches("<circle").count(),
        2 + 1 + 4 + 5 + 1 + 1 + 3 + 3 + 2,
        "dots, rings, one each in the key"
    );
    assert!(svg.contains(">11<") && svg.contains("<title>Aug 2026\n11 conversations</title>"));
    let quiet = Recency { months: talks().months[..2].to_vec(), ..talks() };
    assert_eq!(recency(&quiet, Layout::Wide).matches("<circle").count(), 0);
    check(&recency(&Recency::default(), Layout::Phone), &mut BTreeSet::new());
}

#[test]
fn a_chart_is_as_high_as_asked() {
    let height = |asked| {
        let svg = trend(&Trend { height: asked, ..full() }, Layout::Wide, &format);
        let document = roxmltree::Document::parse(&svg).unwrap();
        numbers(document.root_element().attribute("viewBox").unwrap())[3]
    };
    assert_eq!(height(Some(400)) - height(Some(200)), 200.0);
    assert_eq!(
        (height(Some(1)), height(Some(u16::MAX))),
        (height(Some(LEAST_HEIGHT)), height(Some(MOST_HEIGHT)))
    );
}

#[test]
fn no_numbers_break_the_other_kinds() {
    let mut dice = Dice(7);
    for round in 0..300 {
        let calm = round % 3 == 0;
        let trend = dice.trend(calm);
        let mut stretch = |label: &str| Stretch {
            from: dice.slot(),
            to: dice.slot(),
            mean: dice.number(calm),
            label: label.into(),
            units: "months".into(),
        };
        let (before, after) = (stretch("Before"), stretch("After"));
        let interval = (dice.number(calm), dice.number(calm));
        let difference = Some(Difference { interval, value: "+1".into(), range: "0 to 2".into() });
        let spec = BeforeAfter { trend, before, after, difference, ..effect() };
        let row = |dice: &mut Dice| Stage {
            value: Some(dice.number(calm)),
            interval: Some((dice.number(calm), dice.number(calm))),
            target: Some(dice.number(calm)),
            scale: Some([(dice.number(calm), "low".into()), (dice.number(calm), "high".into())]),
            signal: Some(Signal::Shift),
            ..journey().rows[0].clone()
        };
        let rows = (0..3).map(|_| row(&mut dice)).collect();
        for layout in [Layout::Wide, Layout::Phone] {
            check(&before_after(&spec, layout, &format), &mut BTreeSet::new());
            check(&stages(&Stages { rows: Vec::clone(&rows), ..journey() }, layout), &mut BTreeSet::new());
        }
    }
}

#[test]
fn a_targets_unit_is_whole_or_left_out() {
    let mut spec = good();
    spec.target = Some((85.0, "Target 1,085 complaints".into()));
    let goal = |spec: &Trend, layout| {
        let svg = trend(spec, layout, &format);
        let document = roxmltree::Document::parse(&svg).unwrap();
        let of_goal = document.descendants().filter(|node| node.attribute("class") == Some("chart-goal"));
        let words = of_goal.flat_map(|node| node.descendants()).filter(roxmltree::Node::is_text);
        words.filter_map(|node| node.text().map(str::to_owned)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(goal(&spec, Layout::Wide), "Target 1,085 complaints");
    spec.target = Some((85.0, "Target 1,085,000 complaints".into()));
    assert_eq!(goal(&spec, Layout::Phone), "Target 1,085,000");
}
