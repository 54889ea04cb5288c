//! Whatever the text: no panic, offsets that slice, nothing lost at the edges, and time that grows with the length only.

use cxbook::privacy::detect::{Kind, Policy, Scanner, scan};
use proptest::prelude::*;

use crate::pace::grows_evenly;

/// Pieces of many scripts, signs and identifiers, so that random texts come close to what detectors look for.
fn piece() -> impl Strategy<Value = String> {
    let known = [
        "jo@mail.example",
        "4012 8888 8888 1881",
        "+44 117 496 0123",
        "GB82 WEST 1234",
        "Mrs. ",
        "my name is ",
        "14 Acacia Avenue",
        "::ffff:10.0.0.1",
        "https://a.b/c?d",
        "&commat;",
        "&#x200b;",
        "%40",
        "%C3%A9",
        "**",
        "<b>",
        "</td>",
        "\u{200b}",
        "\u{301}",
        "\u{a0}",
        "\u{202e}",
        "राम ने",
        "Ιωάννης",
        "Анна",
        "山田太郎",
        "محمد",
        "João",
        "ﬁ",
        "１２３４",
        "e\u{301}",
        "🎉",
        "\r\n",
        "\n",
        "@",
        ".",
        "-",
        "/",
        "#",
        "(",
        "0",
        "19/5/1961",
        "born ",
        "ref ",
        "\u{0}",
        "Å",
        "ß",
        "İ",
        "de ",
        "A.",
    ];
    prop_oneof![
        4 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        2 => "[a-zA-Z0-9 .,:@/#&;%<>*_-]{0,12}",
        1 => "\\PC{0,8}",
        1 => any::<String>().prop_map(|text| text.chars().take(6).collect()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn offsets_slice_and_stand_in_order(pieces in proptest::collection::vec(piece(), 0..24)) {
        let text = pieces.concat();
        let mut last = 0;
        for hit in scan(&text) {
            let value = text.get(hit.span.clone());
            prop_assert!(value.is_some_and(|value| !value.is_empty()), "{:?} does not slice {text:?}", hit.span);
            prop_assert!(hit.span.start >= last, "{:?} overlaps in {text:?}", hit.span);
            prop_assert!(!hit.mask.chars().any(char::is_alphanumeric), "{} gives letters away", hit.mask);
            last = hit.span.end;
        }
    }

    #[test]
    fn an_address_is_found_among_anything(before in "\\PC{0,20}", after in "\\PC{0,20}") {
        let text = format!("{before} jo.bloggs@mail.example {after}");
        let at = text.find("jo.bloggs@mail.example").unwrap();
        let covered = scan(&text).iter().any(|hit| {
            hit.kind == Kind::Email && hit.span.start <= at && at + "jo.bloggs@mail.example".len() <= hit.span.end
        });
        prop_assert!(covered, "not found in {text:?}");
    }
}

/// Texts made to send a careless matcher back and forth; on one line, and five million bytes of prose.
#[test]
fn hostile_texts_take_no_longer_than_others() {
    let shapes = [
        "a.",
        "a-",
        "1-",
        "1 ",
        "12 34 ",
        "@",
        "a@",
        "a@a.",
        "de ",
        "Anna de ",
        "(((",
        "&amp;",
        "&",
        "%25",
        "<a",
        "e\u{301}",
        "\u{301}",
        "x",
        "9",
        "Anna ",
        "1 Anna ",
        "3 May ",
        "room 9 at 9am on 3 May ",
        "(a+)+$ ",
        ":",
        "::",
        "//",
        "rue de ",
        "zero ",
        "Apt. 1\n",
        "\n",
        "A 1 ",
        "+",
        "'a",
        "bc1q",
    ];
    let policy = Policy::default();
    let mut scanner = Scanner::new(&policy);
    for shape in shapes {
        grows_evenly(shape, 12_000 / shape.len(), &mut |times| {
            let text = shape.repeat(times);
            assert!(scanner.scan(&text).len() <= text.len());
        });
    }
    let sentence = "I waited (a+)+$ 45 minutes. ";
    grows_evenly(sentence, 20_000, &mut |times| _ = scanner.scan(&sentence.repeat(times)));
}
