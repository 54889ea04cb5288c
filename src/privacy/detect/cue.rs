//! Words that announce an identifier: "card", "call", "born", "Mrs".
//!
//! The lists are cxbook's own. Each word stands once for each thing it announces.

use std::ops::{BitOr, BitOrAssign};
use std::sync::LazyLock;

/// A set of things a word can announce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Cues(u64);

impl Cues {
    pub(super) const NONE: Self = Self(0);

    /// As a number.
    pub(super) const fn bits(self) -> u64 {
        self.0
    }

    /// The set that [`Self::bits`] made a number of.
    pub(super) const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Whether the two sets share something.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Cues {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Cues {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Declares each cue with its words.
macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $words:literal;)*) => {
        cues!(@number 0, $($(#[$doc])* $name,)*);
        const LISTS: &[(Cues, &str)] = &[$((Cues::$name, $words)),*];
    };
    (@number $at:expr, $(#[$doc:meta])* $name:ident, $($rest:tt)*) => {
        impl Cues { $(#[$doc])* pub(super) const $name: Self = Self(1 << ($at)); }
        cues!(@number $at + 1, $($rest)*);
    };
    (@number $at:expr,) => {};
}

cues! {
    /// A telephone or fax number.
    PHONE = "phone telephone tel call called calling ring rang text texted sms mobile cell cellphone whatsapp fax dial number
        contact reach answering desk handy telefon landline";
    /// A payment card.
    CARD = "card visa mastercard amex debit credit maestro discover cvv";
    /// A bank account.
    BANK = "account iban bank transfer sort swift bic konto routing aba acct";
    /// Social security and tax numbers.
    TAX = "ssn social security itin tin tax taxpayer ein steuer vat";
    /// UK national insurance.
    INSURANCE = "insurance nino ni";
    /// A health service number.
    HEALTH = "nhs mbi medicare npi patient health kvnr krankenkasse";
    /// Any other paper of a state.
    IDENTITY = "passport passports pasaporte reisepass licence license licences id identity identification identity-card dni nie nif
        bsn pesel aadhaar aadhar pan voter personnummer ssn nino visa kimlik driver drivers driving citizen resident refugee
        permit certificate";
    /// A postcode.
    POST = "postcode postcodes postal zip zipcode plz post-code pincode eircode";
    /// Where somebody lives.
    LIVES = "live lives lived living address addresses delivered deliver delivery located home house resides residence office
        sent send ship shipped flat moved corner restaurant located return taxi driver letter stop";
    /// A number that leads to one customer.
    REFERENCE = "order orders ref reference case ticket policy claim booking reservation account invoice customer
        member membership tracking shipment parcel contract complaint confirmation transaction incident serial imei no nr number
        loan application agreement code pin";
    /// A device.
    DEVICE = "address device imei mac ip server host subnet router phone handset vin chassis";
    /// A vehicle.
    VEHICLE = "reg registration plate plates car van vehicle vehicles plaka kennzeichen numberplate rego vin";
    /// A birth.
    BIRTH = "born dob birth birthday birthdate birthdays geboren geburtsdatum";
    /// Titles in front of names.
    TITLE = "mr mrs ms miss mx dr prof professor herr frau madame monsieur mme sir lady dame lord rev reverend sister nurse
        señor señora señorita signor signora mister doctor captain officer sgt";
    /// Titles that are written so only before a name.
    SHORT_TITLE = "mr mrs ms mx dr prof mme";
    /// Words that a name follows.
    NAMES = "name named names called surname firstname lastname alias aka signed";
    /// Dealing with somebody whose name follows.
    DEALING = "spoke speak speaking spoken talked thanks thank regards contact met seen saw ask asked told dear
        hi hello hey from with by for to of behalf see meet tell via owe owed pay paid pays starring says";
    /// Words that nearly always have a name behind them.
    UNDER = "under behalf starring named name surname";
    /// First names that begin questions, wishes and orders.
    MODAL = "will may hope love bless grant chance rich bill mark can so see many my in an joy faith trust guy art jolly page honor
        major early real royal sunny summer autumn winter christmas general star legend king prince";
    /// Words that cannot follow the name of who acts.
    FUNCTION = "i you we he she they it this that these those the a an my your our their his her its to not of me us him them be been
        if when how what which why all some any every no there more much very so";
    /// Leave-taking before a signature.
    FAREWELL = "regards sincerely thanks cheers best yours faithfully love xx";
    /// Somebody's work, before or behind a name.
    WORK = "nurse doctor receptionist physio physiotherapist consultant counsellor therapist cpn manager agent adviser
        advisor engineer technician driver psychologist psychiatrist dentist surgeon coordinator matron carer worker midwife
        teacher colleague assistant supervisor operator rep representative clerk waiter waitress cashier founder founders
        host hostess author singer artist boss friend neighbour sister brother wife husband son daughter mum dad partner
        mother father uncle aunt cousin staff member volunteer councillor counselor optician osteopath podiatrist podiatric
        paramedic registrar anaesthetist radiographer dietitian dietician";
    /// Kin.
    RELATIVE = "son daughter mother father mum mom dad husband wife partner sister brother child baby grandson
        granddaughter grandmother grandfather nan gran grandma grandad uncle aunt nephew niece toddler";
    /// Kinds of street.
    STREET = "street st road rd avenue ave lane ln drive dr close court ct crescent cres way place pl square sq terrace
        gardens grove mews row walk hill park parkway pkwy boulevard blvd highway hwy alley circle cir trail parade quay
        rise view wharf yard rue via calle strasse straße weg platz allee plaza piazza laan straat gata gatan vej vei veien
        ulica ul ulice utca u út tér rua avenida av av. crossroad crossroads squares loop isle forge forges coves mall gateway
        hills fort viale corso plein gade vägen väg katu tie chaussee carrer camino paseo rúa loop esplanade turnpike route";
    /// Kinds of street that are hardly anything else.
    SURE_STREET = "street road rd avenue ave lane ln crescent boulevard blvd parkway pkwy highway hwy strasse straße straat
        gatan rue calle terrace mews";
    /// A part of a building.
    UNIT = "apt apartment flat suite unit room floor box psc ste";
    /// A vehicle of the post.
    BOX = "box psc";
    /// States of the US and their letters.
    STATE = "al ak az ar ca co ct dc fl ga hi ia id il in ks ky la ma md me mi mn mo ms mt nc nd ne nh nj nm nv ny oh ok or
        pa ri sc sd tn tx ut va vt wa wi wv wy alabama alaska arizona arkansas california colorado connecticut delaware florida
        georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota
        mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont
        virginia washington wisconsin wyoming aa ae ap";
    /// Months.
    MONTH = "january february march april may june july august september october november december jan feb mar apr jun
        jul aug sep sept oct nov dec";
    /// Days of the week.
    DAY = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun";
    /// A place where one is served.
    PLACE = "branch store shop ward room flight clinic counter gate table desk till bay floor depot showroom outlet";
    /// An illness, a court, a death, a faith: what nobody should learn about somebody.
    SENSITIVE = "died death passed cancer suicide suicidal bereavement funeral miscarriage abortion pregnant hiv aids dementia
        alzheimer's schizophrenia bipolar overdose prison court convicted rape abuse abused assaulted mosque synagogue
        transgender diagnosed terminal chemotherapy stillborn";
    /// Being the only one.
    ONLY = "only sole first oldest youngest largest biggest";
    /// A role that one person has.
    ROLE = "head director ceo cfo cto coo chief chair chairman chairwoman mayor headteacher principal president founder
        vicar imam rabbi treasurer";
    /// Endings of firms' names.
    LEGAL = "ltd limited plc llp llc inc incorporated corp corporation gmbh ag bv nv oy ab srl spa sarl pty kg";
    /// A registered firm.
    FIRM = "company companies firm registration registered vat hrb hra org organisation business brn uen gstin gst partita";
    /// Signs of a person who acts: what follows a name at the start of a sentence.
    ACTS = "is was has had and who did does will would always really listened helped helps made makes explained actually
        knows knew gave gives took takes went goes came comes said says told rang called phoned never also can could
        understands understood sorted treated listens absolutely couldn't wasn't isn't hasn't didn't kept keeps
        at from in on the my our your a an just may might must should began wrote spoke left got met saw found felt let put sat thought
        brought held heard became stayed wants wanted needs needed";
    /// Months and days that are first names too are no names on their own.
    CALENDAR_NAME = "april may june august";
    /// Kinds of street that come before its name.
    STREET_PREFIX = "rue via viale calle ul ulica rua rúa avenida av avenue boulevard plaza piazza place corso carrer camino chemin
        quai largo paseo";
    /// Digits as words.
    DIGIT = "zero oh o nought one two three four five six seven eight nine double triple treble";
    /// Streets in one word; such words are told by their ends.
    STREET_ENDING = "";
}

/// What streets in one word end with.
const STREET_ENDINGS: [&str; 22] = [
    "straße", "strasse", "straat", "gatan", "gata", "gaten", "vägen", "vegen", "veien", "vej", "gade",
    "katu", "kuja", "polku", "utca", "platz", "laan", "gasse", "allee", "steenweg", "stræti", "dreef",
];

static TABLE: LazyLock<Vec<(&'static str, Cues)>> = LazyLock::new(|| {
    let mut table: Vec<(&str, Cues)> =
        LISTS.iter().flat_map(|(cues, words)| words.split_whitespace().map(|word| (word, *cues))).collect();
    table.sort_by_key(|(word, _)| *word);
    table.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        if same {
            earlier.1 |= later.1;
        }
        same
    });
    table
});

/// What a word in lower case announces.
pub(super) fn of(lower: &str) -> Cues {
    let found = TABLE.binary_search_by_key(&lower, |(word, _)| word);
    let listed = found.ok().and_then(|at| TABLE.get(at)).map_or(Cues::NONE, |(_, cues)| *cues);
    let street = lower.len() > 6 && STREET_ENDINGS.iter().any(|ending| lower.ends_with(ending));
    if street { listed | Cues::STREET_ENDING } else { listed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_announces_all_it_stands_for() {
        assert!(of("visa").meets(Cues::CARD) && of("visa").meets(Cues::IDENTITY));
        assert_eq!(of("teapot"), Cues::NONE);
        assert!(LISTS.len() < 64, "one bit each");
    }
}
