//! The checkout as files: what the architecture rules read.

use std::path::{Path, PathBuf};

/// The checkout's top folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies at the top")
}

/// The text of a file, named from the top folder.
pub(crate) fn read(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder whose name ends in one of `extensions`, named from the top folder.
/// What tools make (build output, npm packages, generated schemas) is not ours and left out.
pub(crate) fn files(folder: &str, extensions: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(folder), extensions, &mut found);
    found.sort();
    found
}

fn walk(folder: &Path, extensions: &[&str], found: &mut Vec<String>) {
    for path in entries(folder) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !MADE_BY_TOOLS.contains(&name.as_str()) && !name.starts_with(".git") {
                walk(&path, extensions, found);
            }
        } else if extensions.iter().any(|extension| name.ends_with(extension)) {
            let path = path.strip_prefix(root()).unwrap();
            found.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
}

/// What lies in a folder; nothing when there is no such folder.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder)
        .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
        .unwrap_or_default()
}

const MADE_BY_TOOLS: &[&str] = &[
    "target",
    "node_modules",
    "gen",
    "design-tokens",
    "design-tokens-build",
];
