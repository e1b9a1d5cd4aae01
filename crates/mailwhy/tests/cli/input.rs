//! Evidence that cannot be read: each is named with what to do, the rest is still done.

use crate::run::{Ran, run};
use std::path::Path;
use tempfile::TempDir;

const UNKNOWN_USER: &str = "550 5.1.1 <a@example.com>: User unknown";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(folder.path().join("good.txt"), UNKNOWN_USER).expect("writes");
    folder
}

fn name(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// Diagnoses the bad input and a good one behind it.
#[track_caller]
fn bad_then_good(folder: &TempDir, bad: &Path) -> Ran {
    let good = folder.path().join("good.txt");
    let ran = run(&["--json", name(bad), name(&good)]).exits(2);
    assert_eq!(ran.json().len(), 1, "the good one is still done: {ran:?}");
    assert!(ran.err.contains(name(bad)), "the bad one is named: {ran:?}");
    assert_eq!(ran.err.lines().count(), 2, "what happened, and what to do: {ran:?}");
    ran
}

#[test]
fn no_such_file() {
    let folder = folder();
    let ran = bad_then_good(&folder, &folder.path().join("missing.eml"));
    assert!(ran.err.contains("no such file") && ran.err.contains("--text"), "{ran:?}");
}

#[test]
fn a_path_below_a_file() {
    let folder = folder();
    bad_then_good(&folder, &folder.path().join("good.txt").join("x.eml"));
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).expect("creates");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("closes");
    // The administrator may read everything; then there is nothing to see here.
    if std::fs::read_dir(&closed).is_err() {
        let ran = bad_then_good(&folder, &closed);
        assert!(ran.err.contains("permission"), "{ran:?}");
    }
}

#[test]
fn an_empty_file_and_an_empty_folder() {
    let folder = folder();
    let empty = folder.path().join("empty.txt");
    std::fs::write(&empty, " \r\n").expect("writes");
    assert!(bad_then_good(&folder, &empty).err.contains("nothing in it"));
    let hollow = folder.path().join("hollow");
    std::fs::create_dir(&hollow).expect("creates");
    assert!(bad_then_good(&folder, &hollow).err.contains("no file in this folder"));
}

#[test]
fn a_binary_file() {
    let folder = folder();
    let binary = folder.path().join("image.eml");
    std::fs::write(&binary, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR 550 5.1.1 User unknown").expect("writes");
    assert!(bad_then_good(&folder, &binary).err.contains("binary"));
}

#[test]
fn a_compressed_file_just_works() {
    let folder = folder();
    let file = folder.path().join("mail.log.gz");
    let mut packed = flate2::write::GzEncoder::new(std::fs::File::create(&file).expect("creates"), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, UNKNOWN_USER.as_bytes()).expect("writes");
    packed.finish().expect("writes");
    assert_eq!(run(&["--json", name(&file)]).exits(0).json()[0]["cause"], "user-unknown");
}

#[test]
fn a_broken_compressed_file() {
    let folder = folder();
    for (ending, bytes) in
        [("gz", &b"\x1f\x8b\x08\0abc"[..]), ("zst", b"\x28\xb5\x2f\xfdabc"), ("xz", b"\xfd7zXZ\0abc"), ("bz2", b"BZh91AY&SYabc")]
    {
        let file = folder.path().join("mail.log").with_extension(ending);
        std::fs::write(&file, bytes).expect("writes");
        assert!(bad_then_good(&folder, &file).err.contains(name(&file)));
    }
}

#[test]
fn a_folder_is_every_file_in_it_sorted() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("deeper")).expect("creates");
    std::fs::write(folder.path().join("deeper").join("x"), "452 4.2.2 The mailbox is over quota").expect("writes");
    std::fs::write(folder.path().join("a.txt"), UNKNOWN_USER).expect("writes");
    let ran = run(&["--fields", "source.path", name(folder.path())]).exits(0);
    let files: Vec<String> = ["a.txt", "deeper/x", "good.txt"].iter().map(|f| name(&folder.path().join(f)).to_owned()).collect();
    let paths: Vec<_> = ran.json().iter().map(|line| line["source"]["path"].as_str().expect("a path").to_owned()).collect();
    assert_eq!(paths, files);
}

#[test]
fn unknown_and_unreadable_is_unreadable() {
    let folder = folder();
    let odd = folder.path().join("odd.txt");
    std::fs::write(&odd, "lorem ipsum dolor").expect("writes");
    run(&[name(&odd)]).exits(1);
    run(&[name(&odd), name(&folder.path().join("missing.eml"))]).exits(2);
}

#[test]
fn utf16_is_decoded_and_latin_keeps_its_offsets() {
    let folder = folder();
    let wide = folder.path().join("wide.txt");
    let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(UNKNOWN_USER.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    std::fs::write(&wide, bytes).expect("writes");
    assert_eq!(run(&["--json", name(&wide)]).exits(0).json()[0]["cause"], "user-unknown");
    let latin = folder.path().join("latin.txt");
    std::fs::write(&latin, b"Ge\xe7ersiz: 550 5.1.1 User unknown").expect("writes");
    let ran = run(&["--json", name(&latin)]).exits(0);
    let text = "Ge?ersiz: 550 5.1.1 User unknown";
    let json = ran.json();
    let pieces = json[0]["evidence"].as_array().expect("a list");
    assert!(!pieces.is_empty());
    for piece in pieces {
        let at = |side: &str| usize::try_from(piece[side].as_u64().expect("a number")).expect("fits");
        assert!(["550", "5.1.1", "User", "unknown", "User unknown"].contains(&&text[at("start")..at("end")]), "{piece}");
    }
}

#[test]
fn names_are_no_texts_and_texts_are_no_names() {
    let folder = folder();
    let inside = |arguments: &[&str]| -> Ran { crate::run::mailwhy(arguments).current_dir(folder.path()).output().expect("runs").into() };
    std::fs::write(folder.path().join("550"), "452 4.2.2 The mailbox is over quota").expect("writes");
    assert_eq!(inside(&["--json", "550"]).exits(0).json()[0]["cause"], "mailbox-full");
    assert_ne!(inside(&["--json", "--text", "550"]).json()[0]["cause"], "mailbox-full");
    inside(&["--file", "user@example.com"]).exits(2);
    inside(&["550/5.1.1"]).exits(0);
    // A file among words: both are done.
    assert_eq!(inside(&["--json", "good.txt", "452", "4.2.2"]).exits(0).json().len(), 2);
}
