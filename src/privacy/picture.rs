//! Pictures at the gate: cleaned of notes, and looked at by somebody.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Memo;
use crate::diag::{Finding, checks};
use crate::model::{Picture, PictureReview};
use crate::output::sha256;
use crate::pictures::{self, Refused};

/// A picture as it may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicPicture {
    /// Where it is in the site. The name of the file stays out: it may name somebody.
    pub route: String,
    /// The cleaned file.
    pub bytes: Arc<[u8]>,
    /// Width and height in pixels, where the file says so.
    pub size: Option<(u32, u32)>,
}

/// What a picture comes to, whatever is said of it.
#[derive(Debug)]
pub(super) struct Cleaned {
    /// The picture and whether people may be seen on it, or why it cannot be published.
    shown: Result<(PublicPicture, bool), Refused>,
    /// What a review names it by.
    mark: String,
}

impl Cleaned {
    fn of(bytes: &[u8]) -> Self {
        let shown = pictures::clean(bytes).map(|clean| {
            let digest = sha256(&clean.bytes);
            let route = format!("pictures/{}.{}", &digest[..16], clean.format.ending());
            let people = clean.format.may_show_people();
            (PublicPicture { route, bytes: clean.bytes.into(), size: clean.size }, people)
        });
        Self { shown, mark: sha256(bytes)[..8].to_owned() }
    }
}

/// Cleans the pictures of the pages that are published and reports those that cannot be cleaned, or that nobody looked at.
pub(super) fn publish(
    pictures: &[Picture],
    reviews: &[PictureReview],
    drafts: bool,
    memo: &Memo,
) -> (BTreeMap<String, PublicPicture>, Vec<Finding>) {
    let mut public = BTreeMap::new();
    let mut findings = Vec::new();
    for picture in pictures.iter().filter(|picture| drafts || !picture.draft) {
        let cleaned =
            memo.pictures.of(&picture.path, &picture.bytes, || Arc::new(Cleaned::of(&picture.bytes)));
        match &cleaned.shown {
            Err(refused) => {
                let message = format!("the picture \"{}\" {}", name(picture), refused.words());
                let finding = Finding::new(&checks::IMAGE_REFUSED, message).at(picture.place.clone());
                findings.push(finding.help(refused.help()));
            }
            Ok((shown, people)) => {
                findings.extend(people.then(|| unseen(picture, &cleaned.mark, reviews)).flatten());
                public.insert(picture.path.clone(), shown.clone());
            }
        }
    }
    let unused = reviews.iter().filter(|review| !pictures.iter().any(|picture| picture.path == review.path));
    findings.extend(unused.map(|review| {
        let help = "Take the entry out, or check how the file is named.";
        Finding::new(&checks::KEY_UNUSED, "no page shows this picture").at(review.place.clone()).help(help)
    }));
    (public, findings)
}

fn name(picture: &Picture) -> &str {
    picture.path.rsplit('/').next().unwrap_or(&picture.path)
}

/// A photograph that nobody looked at, or that was another one then.
fn unseen(picture: &Picture, mark: &str, reviews: &[PictureReview]) -> Option<Finding> {
    let mut of_this = reviews.iter().filter(|review| review.path == picture.path).peekable();
    let before = of_this.peek().is_some();
    if of_this.any(|review| review.mark == mark) {
        return None;
    }
    let message = if before {
        format!("the picture \"{}\" is another one than was looked at", name(picture))
    } else {
        format!("nobody has looked whether a customer can be seen on the picture \"{}\"", name(picture))
    };
    let below = picture.path.split_once('/').map_or(picture.path.as_str(), |(_, below)| below);
    let help = format!(
        "Look for faces, names, addresses, screens and papers. If there is none, add to pictures.yaml: \
         {{file: {below}, no-customer-visible: true, by: YOUR ROLE, on: TODAY, mark: \"{mark}\"}}"
    );
    Some(Finding::new(&checks::IMAGE_UNSEEN, message).at(picture.place.clone()).help(help))
}
