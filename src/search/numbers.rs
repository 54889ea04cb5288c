//! Words as numbers, in the order they were met first.

use crate::memo::sum;

/// No word is at this place of the table.
const FREE: u32 = u32::MAX;

/// A list of words without any twice.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    words: Vec<String>,
    /// The sum of each word.
    sums: Vec<u64>,
    /// Numbers of words by their sums, each at its place or behind it; never more than half full.
    table: Vec<u32>,
}

impl Numbers {
    /// The number of a word, and whether it is new.
    pub(super) fn of(&mut self, word: &str) -> (u32, bool) {
        if self.words.len() * 2 >= self.table.len() {
            self.grow();
        }
        let sum = sum(word);
        let mut place = self.place(sum);
        loop {
            let known = self.table[place];
            if known == FREE {
                let next = u32::try_from(self.words.len()).unwrap_or(FREE);
                self.table[place] = next;
                self.words.push(word.to_owned());
                self.sums.push(sum);
                return (next, true);
            }
            if self.sums[known as usize] == sum && self.words[known as usize] == word {
                return (known, false);
            }
            place = (place + 1) % self.table.len();
        }
    }

    /// Where the search for a word begins. The highest bits of a sum depend on all of the word.
    fn place(&self, sum: u64) -> usize {
        (sum >> 32) as usize % self.table.len()
    }

    fn grow(&mut self) {
        self.table = vec![FREE; (self.table.len() * 2).max(1 << 10)];
        for (number, sum) in (0..).zip(&self.sums) {
            let mut place = self.place(*sum);
            while self.table[place] != FREE {
                place = (place + 1) % self.table.len();
            }
            self.table[place] = number;
        }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// All words, each at the place of its number.
    pub(super) fn into_words(self) -> Vec<String> {
        self.words
    }
}

#[cfg(test)]
mod tests {
    use super::Numbers;

    #[test]
    fn each_word_has_one_number() {
        let mut numbers = Numbers::default();
        let word = |number: u32| format!("w{}", number * 7);
        for number in 0..5_000 {
            assert_eq!(numbers.of(&word(number)), (number, true));
            assert_eq!(numbers.of(&word(number / 2)), (number / 2, false));
        }
        assert_eq!((numbers.len(), numbers.into_words()[4_999].as_str()), (5_000, "w34993"));
    }
}
