//! The synthetic persons of the practice APIs.

use crate::check::is_pid;

/// A person with what the registers know of it.
pub(super) struct Person {
    /// The number; 80 is added to the month.
    pub(super) pid: &'static str,
    /// The name, of an animal and a thing as in Tenor.
    pub(super) name: &'static str,
    /// Income in kroner a month.
    pub(super) income: u32,
    /// What is owed to Lånekassen in kroner; 0 for no loan.
    pub(super) student_loan: u32,
    /// What has been seized for the person's debts (utlegg).
    pub(super) seizures: u32,
}

/// The persons there are.
pub(super) const PERSONS: [Person; 3] = [
    Person {
        pid: "01819090013",
        name: "ROLIG MAUR",
        income: 48_500,
        student_loan: 312_740,
        seizures: 0,
    },
    Person {
        pid: "07827199324",
        name: "SINDIG VIBE",
        income: 39_200,
        student_loan: 0,
        seizures: 2,
    },
    Person {
        pid: "11913049987",
        name: "KJAPP GAUPE",
        income: 0,
        student_loan: 0,
        seizures: 0,
    },
];

/// The person of this number.
pub(super) fn find(pid: &str) -> Option<&'static Person> {
    PERSONS.iter().find(|person| person.pid == pid)
}

/// Whether a number is a Tenor number: right in form, with 80 added to the month.
pub(super) fn is_synthetic(pid: &str) -> bool {
    let month = pid.get(2..4).and_then(|month| month.parse::<u32>().ok());
    is_pid(pid) && month.is_some_and(|month| (81..=92).contains(&month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_person_here_is_synthetic() {
        for person in PERSONS {
            assert!(is_synthetic(person.pid), "{}", person.pid);
        }
        for other in [
            "01819090014",
            "41819090007x",
            "",
            "0101900000",
            "øøøøøøøøøøø",
        ] {
            assert!(!is_synthetic(other), "{other}");
        }
    }
}
