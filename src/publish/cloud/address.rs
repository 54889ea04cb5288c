//! Addresses such as `s3://bucket/folder`.

use std::fmt;

use crate::system::StoreKind;

/// A folder of a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreAddress {
    kind: StoreKind,
    bucket: String,
    /// Without slashes at its ends; empty for the whole bucket.
    folder: String,
}

impl StoreAddress {
    /// Reads `s3://BUCKET/FOLDER`, `gs://BUCKET/FOLDER` or `az://CONTAINER/FOLDER`.
    ///
    /// # Errors
    /// What is wrong with it, without the address: it may hold what nobody should read.
    pub fn parse(address: &str) -> Result<Self, String> {
        let (scheme, rest) = address.split_once("://").unwrap_or_default();
        let kind = match scheme {
            "s3" => StoreKind::S3,
            "gs" => StoreKind::Google,
            "az" => StoreKind::Azure,
            _ => return Err("an address in object storage begins with s3://, gs:// or az://".to_owned()),
        };
        if rest.contains(['@', '?', '#', ':', '&', '=']) {
            let message = "an address in object storage is only bucket and folder, like s3://bucket/cx; names and passwords \
                           belong into the environment";
            return Err(message.to_owned());
        }
        let (bucket, folder) = rest.split_once('/').unwrap_or((rest, ""));
        let folder = folder.trim_end_matches('/');
        let plain = |part: &str, more: &str| {
            let fits =
                part.bytes().all(|byte| byte.is_ascii_alphanumeric() || more.as_bytes().contains(&byte));
            !part.is_empty() && fits && part.bytes().any(|byte| byte != b'.')
        };
        if !plain(bucket, "-._$") || !(folder.is_empty() || folder.split('/').all(|part| plain(part, "-._")))
        {
            let message = "an address in object storage is a bucket and a folder of plain letters, digits, dots and hyphens, \
                           like s3://bucket/cx";
            return Err(message.to_owned());
        }
        if folder.split('/').any(|part| part == "_cx") {
            return Err("_cx is a folder of cxbook; publish to the one above it".to_owned());
        }
        Ok(Self { kind, bucket: bucket.to_owned(), folder: folder.to_owned() })
    }

    /// Which kind of store.
    pub fn kind(&self) -> StoreKind {
        self.kind
    }

    /// The bucket or container.
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// The folder, without slashes at its ends.
    pub(super) fn folder(&self) -> &str {
        &self.folder
    }

    /// The key of a path in the folder.
    pub(super) fn key(&self, path: &str) -> String {
        if self.folder.is_empty() { path.to_owned() } else { format!("{}/{path}", self.folder) }
    }
}

impl fmt::Display for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.kind {
            StoreKind::S3 => "s3",
            StoreKind::Google => "gs",
            StoreKind::Azure => "az",
        };
        write!(f, "{scheme}://{}", self.bucket)?;
        if self.folder.is_empty() { Ok(()) } else { write!(f, "/{}", self.folder) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_bucket_and_folder() {
        for good in ["s3://bucket", "s3://bucket/a/b.c", "gs://my-bucket/cx", "az://$web", "az://$web/cx"] {
            assert_eq!(StoreAddress::parse(good).unwrap().to_string(), good);
        }
        assert_eq!(StoreAddress::parse("s3://bucket/cx/").unwrap().key("a/b.html"), "cx/a/b.html");
        assert_eq!(StoreAddress::parse("s3://bucket/").unwrap().key("a.html"), "a.html");
        for bad in [
            "s3://",
            "s3:///x",
            "s3://b//x",
            "s3://b/../x",
            "s3://b/_cx",
            "s3://b/a b",
            "s3://KEY:SECRET@b/x",
            "az://c/x?sig=SECRET",
            "http://b/x",
            "s3:b",
            "s3://b/%2e",
        ] {
            let words = StoreAddress::parse(bad).unwrap_err();
            assert!(!words.contains("SECRET") && !words.contains("KEY"), "{bad}: {words}");
        }
    }
}
