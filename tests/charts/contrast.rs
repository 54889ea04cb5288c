//! Whether every colour of the theme can be told from what it stands on, in the light and in the dark.

use std::collections::BTreeMap;

use crate::fixture::{built, read, root, sample};

type Colour = [f64; 3];

/// Where each colour of the theme stands, and the least contrast it needs there: 4.5 for words, 3 for lines and shapes
/// that mean something. A colour that is not in here fails the test.
const USES: [(&str, &[&str], f64); 22] = [
    ("--ink", &["--bg", "--soft"], 4.5),
    ("--dim", &["--bg", "--soft"], 4.5),
    ("--link", &["--bg", "--soft"], 4.5),
    ("--alt", &["--soft"], 4.5),
    ("--better", &["--bg", "--soft"], 4.5),
    ("--worse", &["--bg", "--soft"], 4.5),
    ("--early", &["--bg", "--soft"], 4.5),
    ("--edge", &["--bg", "--soft"], 3.0),
    // The line below the dark head and the outline of what has the focus there.
    ("--mark", &["--top"], 3.0),
    ("white", &["--top"], 4.5),
    ("--chart-text", &["--bg", "good"], 4.5),
    ("--chart-target", &["--bg"], 4.5),
    ("--chart-target", &["good"], 3.0),
    ("--chart-signal", &["--bg", "good", "band 1"], 3.0),
    // Series name themselves in their colour at the right end.
    ("--chart-1", &["--bg"], 4.5),
    ("--chart-2", &["--bg"], 4.5),
    ("--chart-3", &["--bg"], 4.5),
    ("--chart-4", &["--bg"], 4.5),
    ("--chart-1", &["good", "band 1"], 3.0),
    ("--chart-2", &["good", "band 2"], 3.0),
    ("--chart-3", &["good", "band 3"], 3.0),
    ("--chart-4", &["good", "band 4"], 3.0),
];

/// Colours that nothing stands on and that say nothing on their own: rules between rows, grid lines.
const QUIET: [&str; 2] = ["--line", "--chart-grid"];

/// Colours that others stand on.
const GROUNDS: [&str; 3] = ["--bg", "--soft", "--top"];

/// The tokens it sets to plain colours: light, then what the dark sets over them.
fn themes() -> [BTreeMap<String, Colour>; 2] {
    let tokens = read(&root().join("themes/default/theme.toml"));
    let group = |name: &str| -> BTreeMap<String, Colour> {
        let lines = tokens.split(&format!("[{name}]\n")).nth(1).unwrap().split("\n[").next().unwrap().lines();
        let set = lines.filter_map(|line| line.split_once(" = \"#"));
        set.map(|(token, rest)| (format!("--{token}"), colour(rest.split('"').next().unwrap()))).collect()
    };
    let (light, dark) = (group("light"), group("dark"));
    assert!(light.len() >= 18 && dark.len() >= 17, "{light:?} {dark:?}");
    let over: BTreeMap<_, _> = light.clone().into_iter().chain(dark).collect();
    [light, over]
}

fn colour(hex: &str) -> Colour {
    let wide: String = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.into() };
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&wide[at..at + 2], 16).unwrap()) / 255.0)
}

/// The opacity a rule of the style sheet gives to the fill of a class.
fn opacity(class: &str) -> f64 {
    let style = super::STYLE;
    let rule = style.lines().find(|line| line.starts_with(&format!(".{class}{{"))).unwrap();
    rule.split("fill-opacity:").nth(1).unwrap().split([';', '}']).next().unwrap().parse().unwrap()
}

fn mixed(over: Colour, ground: Colour, opacity: f64) -> Colour {
    [0, 1, 2].map(|at| over[at] * opacity + ground[at] * (1.0 - opacity))
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let linear = |c: f64| {
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    let light = |[r, g, b]: Colour| 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_colour_can_be_told_from_what_it_stands_on() {
    for (theme, mut colours) in ["light", "dark"].into_iter().zip(themes()) {
        let named = |name: &String| {
            let used = USES.iter().any(|(used, ..)| used == name);
            used || QUIET.contains(&name.as_str()) || GROUNDS.contains(&name.as_str())
        };
        let strangers: Vec<&String> = colours.keys().filter(|name| !named(name)).collect();
        assert!(strangers.is_empty(), "say what {strangers:?} stand on");
        let ground = colours["--bg"];
        let good = mixed(colours["--chart-target"], ground, opacity("chart-good"));
        let bands: Vec<Colour> = (1..=4)
            .map(|at| mixed(colours[&format!("--chart-{at}")], ground, opacity("chart-band")))
            .collect();
        colours.extend([("good".to_owned(), good), ("white".to_owned(), [1.0; 3])]);
        colours.extend(bands.into_iter().zip(1..).map(|(band, at)| (format!("band {at}"), band)));
        for (name, grounds, least) in USES {
            for ground in grounds {
                let found = contrast(colours[name], colours[*ground]);
                assert!(found >= least, "{theme}: {name} on {ground}: {found:.2} < {least}");
            }
        }
    }
}

#[test]
fn contrast_is_that_of_wcag() {
    let cases = [("fff", "000", 21.0), ("777777", "fff", 4.48), ("0072b2", "fff", 5.19)];
    for (one, other, expected) in cases {
        assert!((contrast(colour(one), colour(other)) - expected).abs() < 0.01, "{one} on {other}");
    }
}

/// Paper has the light colours, whatever the screen has: dark ones are for screens only.
#[test]
fn dark_colours_stay_off_paper() {
    let output = built(&sample());
    let (_, style) = output.iter().find(|(path, _)| path.starts_with("assets/site.")).unwrap();
    let style = std::str::from_utf8(style).unwrap();
    let mut seen = 0;
    for (at, _) in style.match_indices("prefers-color-scheme:dark") {
        assert!(style[..at].ends_with("@media screen and ("));
        seen += 1;
    }
    assert!(seen > 0, "the sheet has dark colours");
}
