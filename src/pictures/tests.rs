use super::*;

const JPEG: &[u8] = include_bytes!("../../tests/pictures/upright.jpg");
const TURNED: &[u8] = include_bytes!("../../tests/pictures/turned.jpg");
const PROGRESSIVE: &[u8] = include_bytes!("../../tests/pictures/progressive.jpg");
const PNG: &[u8] = include_bytes!("../../tests/pictures/notes.png");
const WEBP: &[u8] = include_bytes!("../../tests/pictures/notes.webp");
const FRAMES: &[u8] = include_bytes!("../../tests/pictures/frames.webp");
const GIF: &[u8] = include_bytes!("../../tests/pictures/notes.gif");

fn holds(bytes: &[u8], text: &str) -> bool {
    memchr::memmem::find(bytes, text.as_bytes()).is_some()
}

#[test]
fn notes_are_gone_and_the_picture_stays() {
    let cases = [
        (JPEG, Format::Jpeg),
        (PROGRESSIVE, Format::Jpeg),
        (PNG, Format::Png),
        (WEBP, Format::WebP),
        (FRAMES, Format::WebP),
        (GIF, Format::Gif),
    ];
    for (bytes, format) in cases {
        let cleaned = clean(bytes).unwrap_or_else(|refused| panic!("{format:?} {refused:?}"));
        assert_eq!(cleaned.format, format);
        assert!(cleaned.bytes.len() < bytes.len() && !cleaned.bytes.is_empty(), "{format:?}");
        for note in ["Jane", "Acacia", "Exif", "xmpmeta", "JPEG comment"] {
            assert!(!holds(&cleaned.bytes, note), "{format:?} still holds {note}");
        }
        assert_eq!(leftovers(&cleaned.bytes), Vec::<&str>::new());
        assert_eq!(clean(&cleaned.bytes).unwrap().bytes, cleaned.bytes, "{format:?}: clean stays clean");
        if cleaned.size.is_some() {
            assert_eq!(cleaned.size, Some((8, 6)), "{format:?}");
        }
    }
    // The notes were there, so the test above can fail.
    assert!([JPEG, PNG, WEBP].iter().all(|bytes| !leftovers(bytes).is_empty()));
    assert!([JPEG, PROGRESSIVE, GIF].iter().all(|bytes| holds(bytes, "Jane")));
}

#[test]
fn what_the_camera_turns_has_to_be_turned_by_hand() {
    assert_eq!(clean(TURNED), Err(Refused::Turned));
}

#[test]
fn what_stands_behind_the_picture_is_cut_off() {
    for bytes in [JPEG, PNG, WEBP, GIF] {
        let plain = clean(bytes).unwrap().bytes;
        let more = [bytes, b"PK\x03\x04 Jane Example".as_slice()].concat();
        assert_eq!(clean(&more).unwrap().bytes, plain);
    }
}

#[test]
fn nothing_that_is_broken_panics_or_passes() {
    for bytes in [JPEG, PNG, WEBP, FRAMES, GIF] {
        for end in 0..bytes.len() - 1 {
            if let Ok(cleaned) = clean(&bytes[..end]) {
                assert_eq!(leftovers(&cleaned.bytes), Vec::<&str>::new());
            }
        }
        let mut state = 5_u64;
        for _ in 0..4_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let mut broken = bytes.to_vec();
            let at = (state >> 33) as usize % broken.len();
            broken[at] = (state >> 20) as u8;
            if let Ok(cleaned) = clean(&broken) {
                assert_eq!(leftovers(&cleaned.bytes), Vec::<&str>::new());
            }
        }
    }
    let mut wrong_sum = PNG.to_vec();
    wrong_sum[20] ^= 1;
    assert!(matches!(clean(&wrong_sum), Err(Refused::Broken(_))));
    for bytes in [b"".as_slice(), b"BM6", b"\0\0\0\x1cftypavif", b"%PDF-1.7", b"text"] {
        assert_eq!(clean(bytes), Err(Refused::Format));
    }
}

#[test]
fn drawings_are_written_anew() {
    let drawing = r##"<?xml version="1.0"?><!-- Jane --><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
      xmlns:inkscape="http://www.inkscape.org/" inkscape:version="1" width="40" height="20px" data-owner="Jane" viewBox="0 0 40 20">
      <metadata><who>Jane</who></metadata><inkscape:note>Jane</inkscape:note>
      <title>A &amp; B</title><g fill="url(#a)"><path d="M0 0L4 4" /></g><use xlink:href="#x"/></svg>"##;
    let cleaned = clean(drawing.as_bytes()).unwrap();
    let text = String::from_utf8(cleaned.bytes.clone()).unwrap();
    assert!(!text.contains("Jane") && !text.contains("inkscape") && !text.contains("data-"), "{text}");
    assert!(text.contains("<title>A &amp; B</title>") && text.contains(r##"<use href="#x">"##), "{text}");
    assert_eq!(cleaned.size, Some((40, 20)));
    assert_eq!(clean(&cleaned.bytes).unwrap().bytes, cleaned.bytes);
}

#[test]
fn drawings_load_and_run_nothing() {
    let inside = |inside: &str| {
        clean(format!(r#"<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>"#).as_bytes()).unwrap_err()
    };
    for text in [
        "<script>alert(1)</script>",
        "<foreignObject/>",
        r#"<image href="a.png"/>"#,
        r#"<path onload="x()"/>"#,
        r#"<path ONLOAD="x()"/>"#,
        r#"<path style="fill:url(http://a.example)"/>"#,
        r#"<path fill="url(http://a.example/x)"/>"#,
        r#"<path fill="ur l( 'HTTP://a.example')"/>"#,
        r#"<use href="http://a.example/#x"/>"#,
        r#"<use href="java&#x73;cript:x()"/>"#,
        r#"<animate attributeName="href" to="x"/>"#,
        "<style>path{}</style>",
        "<a href='#x'><path/></a>",
    ] {
        assert!(matches!(inside(text), Refused::NotAllowed(_)), "{text}: {:?}", inside(text));
    }
    let bomb = r#"<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>"#;
    assert!(matches!(clean(bomb.as_bytes()), Err(Refused::Broken(_))));
    let deep = format!("<svg>{}{}</svg>", "<g>".repeat(500), "</g>".repeat(500));
    assert!(clean(deep.as_bytes()).is_err());
}
