//! What libFuzzer does with any bytes is done here with those kept in `fuzz/corpus`.

use std::path::Path;

#[allow(unreachable_pub)]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

#[test]
fn every_kept_configuration_is_read_without_panic() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/config");
    let mut read = 0;
    for entry in std::fs::read_dir(corpus).unwrap() {
        let path = entry.unwrap().path();
        println!("{}", path.display());
        targets::config(&std::fs::read(path).unwrap());
        read += 1;
    }
    assert!(read >= 9, "{read}");
}
