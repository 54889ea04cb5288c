//! Bank accounts: IBAN (ISO 13616: length by country, ISO 7064 mod 97 = 1) and UK sort code with account number.
//!
//! A wrong checksum asks: a mistyped IBAN still leads to its owner.

use super::cue::Cues;
use super::find::Finds;
use super::kind::Kind;
use super::policy::Policy;
use super::shape::Code;
use super::token::Cut;

/// Countries of the IBAN registry and the lengths they use.
const LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20
    EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28
    LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24
    RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    for run in &cut.runs {
        sort_code(cut, run, finds);
    }
}

/// Reports a code that is an IBAN.
pub(super) fn judge(cut: &Cut, code: &Code, finds: &mut Finds) {
    let bytes = code.text.as_bytes();
    let [a, b, c, d, ..] = bytes else { return };
    if bytes.len() < 15
        || !(a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_digit() && d.is_ascii_digit())
    {
        return;
    }
    let Some(length) = length(&code.text) else { return };
    let span = || cut.span(code.tokens.clone());
    if bytes.len() == length {
        if remainder(bytes) == 1 { finds.block(Kind::Iban, span()) } else { finds.ask(Kind::Iban, span()) }
    } else if bytes.len().abs_diff(length) <= 2 && cut.is_cued(&code.tokens, Cues::BANK) {
        finds.ask(Kind::Iban, span());
    }
}

fn length(code: &str) -> Option<usize> {
    let entry = LENGTHS.split_whitespace().find(|entry| code.starts_with(&entry[..2]))?;
    entry[2..].parse().ok()
}

/// The first four characters behind the others, letters as 10 to 35, the whole divided by 97.
fn remainder(bytes: &[u8]) -> u32 {
    let (head, tail) = bytes.split_at(4);
    tail.iter().chain(head).fold(0, |sum, byte| match byte {
        b'0'..=b'9' => (sum * 10 + u32::from(byte - b'0')) % 97,
        byte => (sum * 100 + u32::from(byte.wrapping_sub(b'A')) + 10) % 97,
    })
}

/// 12-34-56 12345678.
fn sort_code(cut: &Cut, run: &super::number::Run, finds: &mut Finds) {
    for start in 0..run.groups.len() {
        let groups = start..start + 4;
        let all = run.digits(cut, groups.clone());
        if all.groups == [2, 2, 2, 8] {
            finds.block(Kind::Account, cut.span(run.tokens(groups)));
        } else if all.groups.starts_with(&[2, 2, 2]) && cut.is_cued(&run.tokens(start..start + 3), Cues::BANK)
        {
            finds.ask(Kind::Account, cut.span(run.tokens(start..start + 3)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn accounts() {
        // GB82 WEST 1234 5698 7654 32 is the worked example of ISO 13616.
        for iban in [
            "GB82 WEST 1234 5698 7654 32",
            "GB82WEST12345698765432",
            "gb82 west 1234 5698 7654 32",
            "NO93 8601-1117-947",
        ] {
            assert_eq!(found(&format!("to {iban} please")), [("IBAN", "block", iban)], "{iban}");
        }
        assert_eq!(found("to GB83 WEST 1234 5698 7654 32"), [("IBAN", "ask", "GB83 WEST 1234 5698 7654 32")]);
        assert_eq!(found("12-34-56 12345678"), [("ACCOUNT", "block", "12-34-56 12345678")]);
    }
}
