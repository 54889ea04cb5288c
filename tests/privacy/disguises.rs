//! Identifiers of every kind, plain and in disguise: none may pass without a word.

use cxbook::privacy::detect::{Level, scan};

/// A sentence, the part that must be covered, and the least level.
const PLANTED: [(&str, &str, Level); 50] = [
    ("write to jane.doe@firm.example please", "jane.doe@firm.example", Level::Block),
    ("write to jane.d\u{200b}oe@firm.example please", "jane.d\u{200b}oe@firm.example", Level::Block),
    ("write to jane (at) firm (dot) com please", "jane (at) firm (dot) com", Level::Block),
    ("write to jane dot doe at gmail dot com", "jane dot doe at gmail dot com", Level::Block),
    ("write to jane&#64;firm.com please", "jane&#64;firm.com", Level::Block),
    ("write to jane%40firm.com please", "jane%40firm.com", Level::Block),
    ("write to jane<b>@</b>firm.com please", "jane<b>@</b>firm.com", Level::Block),
    ("card 4012 8888 8888 1881 was", "4012 8888 8888 1881", Level::Block),
    ("card 4012\u{a0}8888\u{a0}8888\u{a0}1881 was", "4012\u{a0}8888\u{a0}8888\u{a0}1881", Level::Block),
    (
        "card 4012\u{2013}8888\u{2013}8888\u{2013}1881 was",
        "4012\u{2013}8888\u{2013}8888\u{2013}1881",
        Level::Block,
    ),
    ("card 4012.8888.8888.1881 was", "4012.8888.8888.1881", Level::Block),
    ("card 4012888888881882 was", "4012888888881882", Level::Block),
    ("my card ending 4242 was", "4242", Level::Ask),
    ("my card ending in 4242 was", "4242", Level::Ask),
    ("to GB82 WEST 1234 5698 7654 32 today", "GB82 WEST 1234 5698 7654 32", Level::Block),
    ("to GB82 WEST 1234 5698 7654 33 today", "GB82 WEST 1234 5698 7654 33", Level::Ask),
    ("sort code 12-34-56 account 12345678", "12345678", Level::Block),
    ("ring 0117 496 0123 after", "0117 496 0123", Level::Block),
    ("ring +44\u{a0}117\u{a0}496\u{a0}0123 after", "+44\u{a0}117\u{a0}496\u{a0}0123", Level::Block),
    ("ring (415) 555-0132 ext. 12 after", "(415) 555-0132 ext. 12", Level::Block),
    ("ring oh one one seven four nine six", "oh one one seven four nine six", Level::Block),
    ("ring 0\u{200b}117 496 0123 after", "0\u{200b}117 496 0123", Level::Block),
    ("SSN 078-05-1123 is", "078-05-1123", Level::Block),
    ("SSN 078\u{2011}05\u{2011}1123 is", "078\u{2011}05\u{2011}1123", Level::Block),
    ("NI number AB 12 34 56 C is", "AB 12 34 56 C", Level::Block),
    ("NHS number 943 476 5919 is", "943 476 5919", Level::Block),
    ("passport A12803456 is", "A12803456", Level::Block),
    ("in SW1A 1AA they", "SW1A 1AA", Level::Block),
    ("in SW1A\u{a0}1AA they", "SW1A\u{a0}1AA", Level::Block),
    ("in 94107-1234 they", "94107-1234", Level::Block),
    ("to 14 Acacia Avenue in", "14 Acacia Avenue", Level::Block),
    ("to PO Box 712 in", "PO Box 712", Level::Ask),
    ("order #A1B-4471923 came", "A1B-4471923", Level::Block),
    ("ticket 883214 is", "883214", Level::Block),
    ("policy no. KX-77 was", "KX-77", Level::Block),
    ("from 203.0.113.9 and", "203.0.113.9", Level::Block),
    ("from 2001:db8::17 and", "2001:db8::17", Level::Block),
    ("device 00:1a:2b:3c:4d:5e and", "00:1a:2b:3c:4d:5e", Level::Block),
    ("phone IMEI 490154203237518 is", "490154203237518", Level::Block),
    ("car AB51 ABC stood", "AB51 ABC", Level::Block),
    ("VIN 1M8GDM9AXKP042788 is", "1M8GDM9AXKP042788", Level::Block),
    ("see https://shop.example/u/77315?t=1 there", "https://shop.example/u/77315?t=1", Level::Block),
    ("ask @jo_bloggs77 there", "@jo_bloggs77", Level::Ask),
    ("born 21/05/1961 in", "21/05/1961", Level::Block),
    ("on 3 May in room 14 she", "3 May", Level::Ask),
    ("thanks to Mrs Featherstonehaugh for", "Featherstonehaugh", Level::Block),
    ("my name is dawn grace and", "dawn grace", Level::Block),
    ("and Sinead helped me", "Sinead", Level::Ask),
    ("Best regards,\nAnita Okonkwo", "Anita Okonkwo", Level::Ask),
    ("as head of claims at Northgate I", "head of claims at Northgate", Level::Ask),
];

#[test]
fn nothing_passes_in_disguise() {
    for (text, value, level) in PLANTED {
        let at = text.find(value).unwrap();
        let wanted = at..at + value.len();
        let letters: Vec<usize> = text[wanted.clone()]
            .char_indices()
            .filter(|(_, c)| c.is_alphanumeric())
            .map(|(place, _)| at + place)
            .collect();
        let hits = scan(text);
        let missed = letters.iter().filter(|at| !hits.iter().any(|hit| hit.span.contains(at))).count();
        assert_eq!(missed, 0, "{text}: {hits:?}");
        let surest = hits
            .iter()
            .filter(|hit| hit.span.start < wanted.end && wanted.start < hit.span.end)
            .map(|hit| hit.level)
            .max();
        assert!(surest >= Some(level), "{text}: {hits:?}");
    }
}

#[test]
fn ordinary_praise_and_blame_pass() {
    for text in [
        "I waited 45 minutes in 2026 and then it was sorted within the hour.",
        "Very good service, 10/10, would use again!",
        "The engineer came on Friday between 9am and 1pm as promised.",
        "It took three calls and two weeks to get £120 back.",
        "The app says 5G but I get 3.5 Mbps at best.",
        "Nobody told me the price would go up by 12.5% in April.",
        "Could you make the letters easier to read? My eyes are not what they were.",
    ] {
        assert_eq!(scan(text), [], "{text}");
    }
}
