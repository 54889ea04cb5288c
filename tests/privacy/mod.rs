//! Detectors as a book meets them: scores on labelled texts, identifiers in disguise, hostile texts.

mod anything;
mod canaries;
mod disguises;
mod gate;
mod scan;
mod score;
mod scores;
