//! What is saved is seen, in whatever way it is saved, and only once.

use std::fs;
use std::time::Duration;

use cxbook::pipeline::Counts;
use cxbook::serve::News;

use super::{HOME, PAGE, Preview, TOML};

fn shows(preview: &Preview, path: &str, words: &str) {
    preview.until(&format!("{path} never said {words}"), || preview.get(path).body.contains(words));
}

#[test]
fn a_save_in_place_and_by_rename_are_seen() {
    let preview = Preview::of(&[]);
    preview.write("content/pages/a.md", &PAGE.replace("First", "Second"));
    shows(&preview, "/pages/a.html", "Second words.");
    // As vim does: the old file goes aside, a new one is written, the old one goes.
    fs::rename(preview.path("content/pages/a.md"), preview.path("content/pages/a.md~")).unwrap();
    preview.write("content/pages/a.md", &PAGE.replace("First", "Third"));
    preview.remove("content/pages/a.md~");
    shows(&preview, "/pages/a.html", "Third words.");
    // As most others do: another file is written and takes the name.
    preview.write("content/pages/.a.md.new", &PAGE.replace("First", "Fourth"));
    fs::rename(preview.path("content/pages/.a.md.new"), preview.path("content/pages/a.md")).unwrap();
    shows(&preview, "/pages/a.html", "Fourth words.");
}

// Only there does the system tell when a file is closed.
#[cfg(target_os = "linux")]
#[test]
fn half_a_save_is_never_shown() {
    use std::io::Write;
    let preview = Preview::of(&[]);
    let build = preview.settled().build;
    let whole = PAGE.replace("First", "Second");
    let mut file = fs::File::create(preview.path("content/pages/a.md")).unwrap();
    for part in [&whole[..30], &whole[30..]] {
        std::thread::sleep(Duration::from_millis(90));
        file.write_all(part.as_bytes()).unwrap();
        // Other things than its bytes may change while it is open.
        file.set_permissions(file.metadata().unwrap().permissions()).unwrap();
    }
    drop(file);
    shows(&preview, "/pages/a.html", "Second words.");
    let text = |news: &News| news.sources.text("content/pages/a.md").map(str::to_owned);
    for news in preview.told.lock().unwrap().iter().filter(|news| news.build > build) {
        assert_eq!(text(news).as_ref(), Some(&whole));
    }
}

#[test]
fn looking_every_second_sees_each_change() {
    let preview = Preview::with(&[], |settings| settings.polls = true);
    for word in ["Second", "Third"] {
        preview.write("content/pages/a.md", &PAGE.replace("First", word));
        shows(&preview, "/pages/a.html", &format!("{word} words."));
    }
}

#[test]
fn what_says_the_same_makes_nothing_anew() {
    let preview = Preview::of(&[]);
    let build = preview.settled().build;
    preview.write("content/pages/a.md", PAGE);
    preview.write("notes.txt", "Not a file of the book.");
    preview.write(".git/index", "x");
    preview.write("content/pages/b.md", &PAGE.replace("A page", "B page"));
    assert_eq!(preview.after(build).build, build + 1, "one new page is one state");
}

#[test]
fn a_saved_page_is_the_only_one_that_is_read() {
    let preview = Preview::of(&[("content/pages/b.md", &PAGE.replace("A page", "B page"))]);
    let build = preview.settled().build;
    let counts = || preview.server.as_ref().unwrap().counts();
    let before = counts();
    preview.write("content/pages/.a.md.new", &PAGE.replace("First", "Second"));
    fs::rename(preview.path("content/pages/.a.md.new"), preview.path("content/pages/a.md")).unwrap();
    preview.after(build);
    // The page, and the one that searches: it names the folder of the index.
    let expected = Counts {
        pages_read: before.pages_read + 1,
        texts_checked: before.texts_checked + 1,
        files_scanned: before.files_scanned + 1,
        pages_rendered: before.pages_rendered + 2,
        chunks_written: before.chunks_written + 3,
        ..before
    };
    assert_eq!(counts(), expected);
    // The whole folder is read once more when there is time, and nothing in it is new.
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!((counts(), preview.news().build), (expected, build + 1));
}

#[test]
fn folders_come_and_go() {
    let preview = Preview::of(&[]);
    preview.write("content/pages/deep/deeper/one.md", &PAGE.replace("A page", "One"));
    shows(&preview, "/pages/deep/deeper/one.html", "First words.");
    preview.write("content/pages/deep/deeper/one.md", &PAGE.replace("First", "Deep"));
    shows(&preview, "/pages/deep/deeper/one.html", "Deep words.");
    fs::remove_dir_all(preview.path("content/pages/deep")).unwrap();
    preview.until("the folder is still shown", || preview.get("/pages/deep/deeper/one.html").status == 404);
    preview.write("content/pages/deep/deeper/one.md", &PAGE.replace("First", "Again"));
    shows(&preview, "/pages/deep/deeper/one.html", "Again words.");
}

#[test]
fn the_content_folder_and_the_book_itself_may_be_removed_and_made_again() {
    let preview = Preview::of(&[]);
    for round in ["one", "two"] {
        let build = preview.settled().build;
        fs::rename(preview.path("content"), preview.path("aside")).unwrap();
        preview.after(build);
        fs::remove_dir_all(preview.path("aside")).unwrap();
        preview.write("content/index.md", HOME);
        preview.write("content/pages/a.md", &PAGE.replace("First", round));
        shows(&preview, "/pages/a.html", &format!("{round} words."));
        preview.write("content/pages/a.md", &PAGE.replace("First", &format!("{round} more")));
        shows(&preview, "/pages/a.html", &format!("{round} more words."));
    }
    let (room, build) = (preview.room.path().to_path_buf(), preview.settled().build);
    fs::remove_dir_all(&room).unwrap();
    let news = preview.after(build);
    assert!(news.trouble.contains("cannot be read"), "{}", news.trouble);
    assert_eq!(preview.get("/pages/a.html").status, 200, "the last good page stays");
    for (path, text) in [("book.toml", TOML), ("content/index.md", HOME), ("content/pages/a.md", PAGE)] {
        preview.write(path, text);
    }
    shows(&preview, "/pages/a.html", "First words.");
    preview.write("content/pages/a.md", &PAGE.replace("First", "Last"));
    shows(&preview, "/pages/a.html", "Last words.");
}

#[test]
fn two_thousand_files_at_once_are_one_state() {
    let preview = Preview::of(&[]);
    let build = preview.settled().build;
    for at in 0..2_000 {
        preview.write(
            &format!("content/pages/f{}/p{at}.md", at % 20),
            &PAGE.replace("A page", &format!("Page {at}")),
        );
    }
    shows(&preview, "/pages/f19/p1999.html", "Page 1999");
    preview.settled();
    // Nothing comes after it either.
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(preview.news().build, build + 1);
}

#[test]
fn book_toml_may_break_go_and_name_another_folder() {
    let preview = Preview::of(&[("other/index.md", &HOME.replace("Words", "Other words"))]);
    let build = preview.settled().build;
    preview.write("book.toml", "[book\ntitle = ");
    let broken = preview.after(build);
    assert!(broken.is_broken());
    assert!(preview.get("/").body.contains("Words of the home page."), "the last good page stays");
    preview.remove("book.toml");
    let gone = preview.after(broken.build);
    preview.write("book.toml", &format!("{TOML}src = \"other\"\n"));
    shows(&preview, "/", "Other words of the home page.");
    assert!(!preview.after(gone.build).is_broken());
    preview.write("other/index.md", HOME);
    preview.until("the new folder is not watched", || !preview.get("/").body.contains("Other words"));
}

#[test]
fn a_book_that_begins_broken_appears_when_it_is_mended() {
    let preview = Preview::of(&[("book.toml", "[book\n")]);
    let waiting = preview.get("/pages/a.html");
    assert_eq!(waiting.status, 503);
    assert!(waiting.body.contains("/__cxbook/live.js") && waiting.body.contains("Not there yet"));
    preview.write("book.toml", TOML);
    shows(&preview, "/pages/a.html", "First words.");
}

#[test]
fn a_list_of_names_outside_of_the_content_is_watched_too() {
    let files = [("privacy.yaml", "staff: lists/names.txt\n"), ("lists/names.txt", "Erika Mustermann\n")];
    let preview = Preview::of(&files);
    let build = preview.settled().build;
    preview.write("lists/names.txt", "Erika Mustermann\nMax Mustermann\n");
    preview.after(build);
}
