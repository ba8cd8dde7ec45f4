use std::fmt;

use zeroize::Zeroizing;

/// One key and its value, out of a file of any form. The value may be a password: `Debug` hides it.
pub(crate) struct Entry {
    /// From 1; none where the form tells no places.
    pub(crate) line: Option<usize>,
    /// The whole key, or the path of names down to the value.
    pub(crate) key: String,
    /// The value as the tool reads it.
    pub(crate) read: Zeroizing<String>,
    /// The value as it was meant.
    pub(crate) meant: Zeroizing<String>,
    /// What is wrong with how the value is written, by code.
    pub(crate) faults: Vec<&'static str>,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("line", &self.line)
            .field("key", &self.key)
            .field("value", &"[secret]")
            .field("faults", &self.faults)
            .finish()
    }
}

impl Entry {
    /// A value that is read as it was meant.
    pub(crate) fn plain(line: Option<usize>, key: String, value: Zeroizing<String>) -> Self {
        Self {
            line,
            key,
            read: value.clone(),
            meant: value,
            faults: Vec::new(),
        }
    }
}
