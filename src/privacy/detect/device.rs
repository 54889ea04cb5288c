//! Wallets of cryptocurrencies: long words of base58 or bech32 (BIP 173). IMEI numbers stand in `card`, vehicles in
//! `vehicle`.
//!
//! The checksum of base58 is a double SHA-256 and is not computed: nothing else looks like such a word, so it blocks.

use super::find::Finds;
use super::kind::Kind;
use super::policy::Policy;
use super::token::{Cut, Shape};

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    for at in cut.digits.iter().filter(|at| cut.get(**at).is_some_and(|token| token.shape == Shape::Mixed)) {
        let word = cut.word(*at);
        if is_base58(word) || is_bech32(word) || is_ethereum(word) {
            finds.block(Kind::Account, cut.span(*at..at + 1));
        }
    }
}

/// Bitcoin addresses of the first kinds: 26 to 35 characters, first a 1 or 3, without 0, O, I and l.
fn is_base58(word: &str) -> bool {
    let alphabet = |byte: u8| byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l');
    (26..=35).contains(&word.len())
        && word.starts_with(['1', '3'])
        && word.bytes().all(alphabet)
        && word.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Bitcoin addresses of the later kinds.
fn is_bech32(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    (42..=62).contains(&lower.len())
        && lower
            .strip_prefix("bc1")
            .is_some_and(|rest| rest.bytes().all(|byte| b"qpzry9x8gf2tvdw0s3jn54khce6mua7l".contains(&byte)))
}

fn is_ethereum(word: &str) -> bool {
    word.strip_prefix("0x")
        .is_some_and(|rest| rest.len() == 40 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn wallets() {
        for wallet in [
            "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "0x52908400098527886E0F7030069857D2E4169EE7",
        ] {
            assert_eq!(found(wallet), [("ACCOUNT", "block", wallet)]);
        }
    }
}
