//! An archive that comes back: whole and signed, or tampered with in each of its files. The verifier in Python, which lies
//! in each archive, says the same.

use std::process::Command;

use serde_json::Value;

use super::*;

/// A room that was exported, its archive, and a place for others.
fn archived() -> (Desk, PathBuf) {
    let mut desk = Desk::new(Some(SETTINGS));
    desk.samples(0..5, 0.001);
    desk.event("06:10:00", Event::Noted { text: "all calm".to_owned() });
    let path = desk.folder.path().join("all.tar");
    let (code, _, err) = exported(desk.journal.path(), Form::Archive, Some(path.clone()));
    assert_eq!((code, err.as_str()), (0, ""));
    (desk, path)
}

/// What both verifiers say of it: the exit and what is wrong with the archive, in their JSON.
fn said(path: &Path) -> (i32, Value) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = Streams { out: &mut out, err: &mut err, out_colour: false, err_colour: false };
    let arguments = Verify { room: path.to_owned(), head: None, json: true };
    let heads = Heads::at(Path::new("/nowhere"));
    let own = i32::from(verify::verify(&arguments, &heads, &mut streams).unwrap());
    let verifier = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/verifier/verify.py");
    let other = Command::new("python3").args([verifier, "--json", "--heads", "/nowhere"]).arg(path).output().unwrap();
    assert_eq!(other.status.code(), Some(own), "{}{}", text(&err), text(&other.stderr));
    if own == 2 || out.is_empty() {
        return (own, Value::Null);
    }
    let archive = |json: &[u8]| serde_json::from_slice::<Value>(json).unwrap()["archive"].clone();
    assert_eq!(archive(&out), archive(&other.stdout), "{}", path.display());
    (own, archive(&out))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// An archive of these files, as whoever tampers with one packs it again.
fn packed(parts: &[(String, Vec<u8>)], path: &Path) {
    let mut builder = tar::Builder::new(fs::File::create(path).unwrap());
    for (name, bytes) in parts {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        builder.append_data(&mut header, name, bytes.as_slice()).unwrap();
    }
    builder.finish().unwrap();
}

#[test]
fn an_archive_that_comes_back_as_it_went_is_signed_by_who_wrote_the_room() {
    let (desk, path) = archived();
    let (code, archive) = said(&path);
    let key = journal::hex(&Device::from_seed([1; 32]).public_key());
    assert_eq!(code, 3, "no head from elsewhere is known");
    assert_eq!(
        archive,
        serde_json::json!({
            "integrity": "whole", "files": 7, "first_bad": null, "why": null, "signed_by": key, "signer_wrote": true
        })
    );
    // As well where it was unpacked.
    let folder = desk.folder.path().join("unpacked");
    fs::create_dir(&folder).unwrap();
    for (name, bytes) in unpacked(&path) {
        fs::write(folder.join(name), bytes).unwrap();
    }
    assert_eq!(said(&folder), (code, archive));
    let digests = Command::new("sha256sum").args(["-c", "--quiet", "MANIFEST"]).current_dir(&folder).output().unwrap();
    assert!(digests.status.success(), "{}", text(&digests.stderr));
    // Complete up to a head that somebody held.
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = Streams { out: &mut out, err: &mut err, out_colour: false, err_colour: false };
    let head = Some(journal::hex(desk.journal.head()));
    let arguments = Verify { room: path, head, json: false };
    let code = verify::verify(&arguments, &Heads::at(Path::new("/nowhere")), &mut streams).unwrap();
    assert_eq!(code, 0, "{}{}", text(&out), text(&err));
    assert!(
        text(&out)
            .contains("archive: 7 files as the manifest says, signed by the device 8a88e3dd7409f195, which wrote")
    );
}

#[test]
fn tampering_with_any_file_of_an_archive_is_found() {
    let (desk, path) = archived();
    let parts = unpacked(&path);
    let other = desk.folder.path().join("other.tar");
    let bad = |parts: &[(String, Vec<u8>)]| {
        packed(parts, &other);
        let (code, archive) = said(&other);
        (code, archive["first_bad"].as_str().unwrap_or_default().to_owned())
    };
    for place in 0..parts.len() {
        let mut changed = parts.clone();
        let name = changed[place].0.clone();
        let middle = changed[place].1.len() / 2;
        changed[place].1[middle] ^= 1;
        // Whoever changes the manifest has no signature over what it says now.
        let wanted = if name == "MANIFEST" { "MANIFEST.sig" } else { name.as_str() };
        assert_eq!(bad(&changed), (1, wanted.to_owned()), "a byte of {name}");
        let mut without = parts.clone();
        without.remove(place);
        let found = bad(&without);
        assert_eq!(found.0, 1, "without {name}");
        if !name.ends_with(".warroom") {
            assert_eq!(found.1, name, "without {name}");
        }
    }
    let mut more = parts.clone();
    more.push(("more.txt".to_owned(), b"more".to_vec()));
    assert_eq!(bad(&more), (1, "more.txt".to_owned()));
    let mut twice = parts.clone();
    twice.push(parts[0].clone());
    assert_eq!(bad(&twice), (1, "README.txt".to_owned()));
}

#[test]
fn digests_that_were_made_anew_have_no_signature_or_another_one() {
    let (desk, path) = archived();
    let mut parts = unpacked(&path);
    parts[1].1.extend(b"<!-- better -->");
    let digest = journal::hex(&Sha256::digest(&parts[1].1));
    let (manifest, signature) = (parts.len() - 2, parts.len() - 1);
    let lines: Vec<String> = text(&parts[manifest].1).lines().map(str::to_owned).collect();
    let told = |key: &str| {
        let line = |line: &String| match line {
            line if line.ends_with("  report.html") => format!("{digest}  report.html\n"),
            line if line.starts_with("# key ") => format!("# key {key}\n"),
            line => format!("{line}\n"),
        };
        lines.iter().map(line).collect::<String>().into_bytes()
    };
    let other = desk.folder.path().join("other.tar");
    // Signed by somebody else.
    let forger = Device::from_seed([9; 32]);
    let key = journal::hex(&forger.public_key());
    parts[manifest].1 = told(&key);
    parts[signature].1 = journal::hex(&forger.sign_manifest(&parts[manifest].1)).into_bytes();
    packed(&parts, &other);
    let (code, archive) = said(&other);
    assert_eq!((code, archive["signer_wrote"].as_bool(), archive["signed_by"].as_str()), (3, Some(false), Some(&*key)));
    // The seal of a log is no signature of a manifest.
    let seal = Device::from_seed([1; 32]);
    parts[manifest].1 = told(&journal::hex(&seal.public_key()));
    parts[signature].1 = "0".repeat(128).into_bytes();
    packed(&parts, &other);
    assert_eq!(said(&other).1["first_bad"], "MANIFEST.sig");
    // Signed by nobody.
    parts[manifest].1 = told("");
    parts.pop();
    packed(&parts, &other);
    let (code, archive) = said(&other);
    assert_eq!((code, archive["integrity"].as_str(), archive["signed_by"].as_str()), (3, Some("whole"), None));
}

#[test]
fn a_key_that_cannot_be_read_leaves_an_archive_without_a_signature_and_says_so() {
    let (desk, _) = archived();
    fs::write(key(desk.journal.path()), "no key").unwrap();
    let path = desk.folder.path().join("unsigned.tar");
    let (code, _, err) = exported(desk.journal.path(), Form::Archive, Some(path.clone()));
    assert_eq!(code, 0);
    assert!(err.starts_with("Its manifest is not signed: ") && err.contains("device.key"), "{err}");
    assert_eq!(said(&path).1["signed_by"], Value::Null);
}
