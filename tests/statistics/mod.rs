//! Statistics against independent references, against chance, and against what must hold for any numbers.

mod false_alarms;
mod golden;
mod properties;
