use onboarding::Failure;

use super::held::{Board, Worth};

/// The clipboard as the system has it. It is held open while the program runs: on X11 the owner of
/// a text must live for others to paste it.
#[derive(Default)]
pub(crate) struct SystemBoard(Option<arboard::Clipboard>);

impl SystemBoard {
    fn open(&mut self) -> Result<&mut arboard::Clipboard, Failure> {
        match &mut self.0 {
            Some(open) => Ok(open),
            closed => Ok(closed.insert(arboard::Clipboard::new().map_err(unavailable)?)),
        }
    }
}

impl Board for SystemBoard {
    fn write(&mut self, text: &str, worth: Worth) -> Result<(), Failure> {
        let writing = self.open()?.set();
        let writing = match worth {
            Worth::Open => writing,
            Worth::Secret => kept_out_of_history(writing),
        };
        writing.text(text).map_err(unavailable)
    }

    fn read(&mut self) -> Result<Option<String>, Failure> {
        match self.open()?.get_text() {
            Ok(text) => Ok(Some(text)),
            Err(arboard::Error::ContentNotAvailable | arboard::Error::ConversionFailure) => {
                Ok(None)
            }
            Err(error) => Err(unavailable(error)),
        }
    }

    fn clear(&mut self) -> Result<(), Failure> {
        self.open()?.clear().map_err(unavailable)
    }
}

/// Histories of the clipboard would keep the secret long after it was cleared, and some of them
/// send it to other machines.
fn kept_out_of_history(writing: arboard::Set<'_>) -> arboard::Set<'_> {
    #[cfg(target_os = "macos")]
    use arboard::SetExtApple as _;
    #[cfg(all(unix, not(target_os = "macos")))]
    use arboard::SetExtLinux as _;
    #[cfg(windows)]
    use arboard::SetExtWindows as _;
    #[cfg(windows)]
    let writing = writing.exclude_from_cloud().exclude_from_monitoring();
    writing.exclude_from_history()
}

fn unavailable(_: arboard::Error) -> Failure {
    Failure::new("clipboard_unavailable")
}
