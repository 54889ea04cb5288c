//! What can be found, and how sure cxbook is.

use std::ops::Range;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A person's name.
    Person,
    /// An e-mail address.
    Email,
    /// A telephone or fax number.
    Phone,
    /// The number of a payment card.
    Card,
    /// An international bank account number.
    Iban,
    /// A number a state gives a person: social security, tax, health service, passport, licence.
    NationalId,
    /// A street address or a part of one.
    Address,
    /// A postcode or ZIP code.
    Postcode,
    /// An internet address of a device.
    Ip,
    /// A web address.
    Url,
    /// A date of birth, or an age that few reach.
    DateOfBirth,
    /// A firm, its registration or VAT number.
    Organization,
    /// An order, account, policy, vehicle, device or other number that leads to one customer.
    Account,
    /// Anything else that can point at somebody: an exact moment and place, a unique role, a handle, an illness.
    Other,
}

impl Kind {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 14] = [
        Self::Person,
        Self::Email,
        Self::Phone,
        Self::Address,
        Self::Postcode,
        Self::DateOfBirth,
        Self::Card,
        Self::Iban,
        Self::NationalId,
        Self::Account,
        Self::Organization,
        Self::Ip,
        Self::Url,
        Self::Other,
    ];

    /// The kind of a type's name; capitals do not matter.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code().eq_ignore_ascii_case(code))
    }

    /// The type in the output of `cxbook scan`: `PERSON`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Email => "EMAIL",
            Self::Phone => "PHONE",
            Self::Card => "CARD",
            Self::Iban => "IBAN",
            Self::NationalId => "NATIONAL_ID",
            Self::Address => "ADDRESS",
            Self::Postcode => "POSTCODE",
            Self::Ip => "IP",
            Self::Url => "URL",
            Self::DateOfBirth => "DATE_OF_BIRTH",
            Self::Organization => "ORGANIZATION",
            Self::Account => "ACCOUNT",
            Self::Other => "OTHER",
        }
    }

    /// For messages: "an e-mail address".
    pub fn words(self) -> &'static str {
        match self {
            Self::Person => "a person's name",
            Self::Email => "an e-mail address",
            Self::Phone => "a telephone number",
            Self::Card => "a card number",
            Self::Iban => "a bank account number",
            Self::NationalId => "a personal number given by a state",
            Self::Address => "a street address",
            Self::Postcode => "a postcode",
            Self::Ip => "an internet address of a device",
            Self::Url => "a web address",
            Self::DateOfBirth => "a date of birth or a rare age",
            Self::Organization => "the name or number of a firm",
            Self::Account => "an order, account or other long number",
            Self::Other => "a detail that can point at one person",
        }
    }
}

/// How sure the detector is, and so what clears the hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A suspect word, a weak shape, a telling pair: a person has to look.
    Ask,
    /// A valid checksum, a cue beside it, or a listed name: only changing the text clears it.
    Block,
}

impl Level {
    /// The word in messages: `block`, `ask`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Block => "block",
        }
    }
}

/// A hit: where, what, how sure, and the shape with every letter and digit masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the text that was scanned, on character boundaries.
    pub span: Range<usize>,
    /// What it looks like.
    pub kind: Kind,
    /// How sure that is.
    pub level: Level,
    /// Its shape: `…@…`.
    pub mask: String,
}

/// The shape of a value: letters and digits become dots, runs shortened, so that nothing can be read off it.
pub(super) fn mask(value: &str) -> String {
    let mut shape = String::new();
    for character in value.chars() {
        let sign = match character {
            character if character.is_alphanumeric() => '…',
            character if character.is_whitespace() => ' ',
            character if character.is_ascii_punctuation() => character,
            // Signs of other scripts, joiners and the like may carry meaning or break a log.
            _ => '…',
        };
        if !shape.ends_with(sign) {
            shape.push(sign);
        }
    }
    shape.chars().take(LONGEST_MASK).collect()
}

const LONGEST_MASK: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_hold_no_letter_and_no_digit() {
        assert_eq!(mask("jo.bloggs@mail.example"), "….…@….…");
        assert_eq!(mask("+44 117\u{a0}496  0123"), "+… … … …");
        assert_eq!(mask("राम\u{200d} 12"), "… …");
    }
}
