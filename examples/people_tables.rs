//! Random populations and how each person would be described, as JSON lines, for `tests/referee/people.py`.
//!
//! `cargo run --release --example people_tables -- 200`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

use std::collections::BTreeMap;

use cxbook::model::{Cadence, Date, Period};
use cxbook::privacy::people::{Cell, Ladder, Step, recode};
use serde_json::json;

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn main() {
    let argument = std::env::args().nth(1).unwrap_or_default();
    let mut dice = Dice(20_260_401);
    for _ in 0..argument.parse().unwrap_or(200_u64) {
        println!("{}", table(&mut dice));
    }
}

fn table(dice: &mut Dice) -> serde_json::Value {
    let k = 3 + dice.below(10);
    let parents = [("a", "ab"), ("b", "ab"), ("c", "cd"), ("d", "cd"), ("ab", "all"), ("cd", "all")];
    let parents = parents.map(|(child, parent)| (child.to_owned(), parent.to_owned())).into();
    let orders = [
        vec![
            Step::Quarter,
            Step::Broader(0),
            Step::Broader(0),
            Step::Drop(0),
            Step::Drop(1),
            Step::Year,
            Step::Ever,
        ],
        vec![Step::Drop(1), Step::Broader(0), Step::Drop(0), Step::Quarter, Step::Year, Step::Ever],
        vec![Step::Quarter, Step::Year],
    ];
    let ladder = Ladder { steps: orders[dice.below(3) as usize].clone(), parents };
    let mut cells: BTreeMap<Cell, u64> = BTreeMap::new();
    for _ in 0..1 + dice.below(50) {
        let month = u8::try_from(1 + dice.below(12)).unwrap();
        let day = Date::new(2025 + i16::try_from(dice.below(2)).unwrap(), month, 1).unwrap();
        let segment = ["a", "b", "c", "d"][dice.below(4) as usize].to_owned();
        let language = ["en", "cy"][dice.below(2) as usize].to_owned();
        let n = [dice.below(4), dice.below(k), dice.below(4 * k)][dice.below(3) as usize];
        let time = Some(Period::containing(day, Cadence::Month));
        cells.insert(Cell { time, values: vec![segment, language] }, n);
    }
    let classes = recode(&cells, &ladder, k);
    let rows = cells.iter().map(|(cell, people)| {
        let class = classes.get(cell).copied().flatten();
        let shown = class.map(|class| {
            let shown = ladder.apply(cell, class.level);
            let time = shown.time.map_or("*".to_owned(), |time| time.to_string());
            let mut words = vec![time];
            words.extend(shown.values.into_iter().map(|value| value.unwrap_or_else(|| "*".to_owned())));
            words
        });
        json!({"people": people, "shown": shown, "claimed": class.map(|class| class.people)})
    });
    json!({"k": k, "cells": rows.collect::<Vec<_>>()})
}
