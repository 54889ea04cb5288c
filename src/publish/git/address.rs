//! Where a branch is: `git:ADDRESS#BRANCH`.

/// A repository and a branch of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    repository: String,
    branch: String,
}

impl Address {
    /// Reads what follows `git:`.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (repository, branch) = text.rsplit_once('#').unwrap_or((text, "pages"));
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._/-".contains(&byte);
        let part_is_fine =
            |part: &str| !part.is_empty() && !part.starts_with(['.', '-']) && !part.ends_with(['.', '-']);
        let named =
            branch.bytes().all(allowed) && branch.split('/').all(part_is_fine) && !branch.contains("..");
        if !named || branch.ends_with(".lock") {
            return Err("the name of the branch after # cannot be used; write it like git:git@host:group/book.git#pages".into());
        }
        let odd = repository.is_empty()
            || repository.starts_with('-')
            || repository.contains("::")
            || repository.chars().any(char::is_control);
        if odd {
            return Err("the address of the repository cannot be used; write it like git:git@host:group/book.git#pages".into());
        }
        Ok(Self { repository: repository.to_owned(), branch: branch.to_owned() })
    }

    /// The repository, as git takes it.
    pub(super) fn repository(&self) -> &str {
        &self.repository
    }

    /// The branch.
    pub fn branch(&self) -> &str {
        &self.branch
    }

    /// A complaint of git's without the address, which may hold a password.
    pub(super) fn unsaid(&self, complaint: &str) -> String {
        let text = complaint.replace(&self.repository, "the repository");
        let is_secret = |word: &&str| word.contains("://") && word.contains('@');
        let words = text.split(' ').map(|word| if is_secret(&word) { "(an address)" } else { word });
        words.collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_cannot_start_programs_or_be_options() {
        for good in ["git@host:a/b.git#pages", "https://host/a.git#x/y", "/srv/a.git", "../a.git#gh-pages"] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "#x",
            "--upload-pack=x#y",
            "ext::sh -c x#y",
            "a#",
            "a#-x",
            "a#x..y",
            "a#x y",
            "a#x.lock",
            "a\nb#x",
        ] {
            assert!(Address::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn complaints_hold_no_password() {
        let address = Address::parse("https://u:secret@host/a.git#pages").unwrap();
        let said = address.unsaid("fatal: 'https://u:secret@host/a.git/': no. See https://u:secret@host/b");
        assert!(!said.contains("secret"), "{said}");
    }
}
