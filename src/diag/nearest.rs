//! "Did you mean ...?" for everything that is looked up by name.

/// The known name that is closest to `name`, if one is close enough to be a likely slip.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = normal(name);
    let score = |candidate: &str| {
        let candidate = normal(candidate);
        if candidate == wanted {
            return 1.0;
        }
        let distance = strsim::damerau_levenshtein(&wanted, &candidate);
        let longest = wanted.chars().count().max(candidate.chars().count()).max(1);
        let close = distance <= 2.max(longest / 3);
        let part = wanted.len() >= 4 && (candidate.contains(&wanted) || wanted.contains(&candidate));
        match (close, part) {
            (true, _) => 1.0 - distance as f64 / longest as f64,
            (false, true) => 0.3,
            (false, false) => 0.0,
        }
    };
    let mut best: Option<(f64, &'a str)> = None;
    for candidate in known.into_iter().take(20_000) {
        let value = score(candidate);
        if value > 0.0 && best.is_none_or(|(other, _)| value > other) {
            best = Some((value, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// A help sentence that offers the nearest name, or lists the first few known ones.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    if let Some(candidate) = nearest(name, known.clone()) {
        return format!("Did you mean \"{candidate}\"?");
    }
    let all: Vec<&str> = known.into_iter().collect();
    match all.as_slice() {
        [] => "There is none yet.".to_owned(),
        names if names.len() <= 12 => format!("Known: {}.", names.join(", ")),
        names => format!("Known: {}, and {} more.", names[..8].join(", "), names.len() - 8),
    }
}

fn normal(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_slips_and_no_strangers() {
        let teams = ["field-installation", "billing", "customer-support"];
        assert_eq!(nearest("feild-installation", teams), Some("field-installation"));
        assert_eq!(nearest("Customer Support", teams), Some("customer-support"));
        assert_eq!(nearest("support", teams), Some("customer-support"));
        assert_eq!(nearest("zzz", teams), None);
        assert_eq!(did_you_mean("zzz", teams), "Known: field-installation, billing, customer-support.");
    }
}
