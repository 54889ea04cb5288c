//! What an author begins with: a whole book from five answers, a page from its template, an entry of a list.
//!
//! All of it is text made from text: the files lie in `starter/` of the repository and are embedded when the program is
//! compiled. Nothing here touches a disk; the command line writes what is made here, and never over anything.

mod add;
mod append;
mod book;
mod editor;
mod entry;
mod files;
mod fill;
mod fit;
mod names;
mod page;

pub use add::{List, Made, files_of, ids, new_page};
pub use append::append;
pub use book::{Answers, OwnExport, Starter, book};
pub use entry::{Ask, ENTRIES, Entry, asks, entry, entry_kind};
pub use fit::value as fit;
pub use names::{Kind, Named, Wanted, looks_like_a_person, metrics, named};
pub use page::{PAGES, PageTemplate, page, page_kind};
