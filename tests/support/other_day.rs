//! A second checklist, written at run time: other names, times, holds and thresholds than the real one's. Whatever the
//! program shows of it cannot come from a memory of the real one.

/// What the text below says, for the tests to compare with.
#[derive(Debug)]
pub struct OtherDay {
    /// The whole text.
    pub text: String,
    /// The phases that hold boxes: name, and how many.
    pub phases: Vec<(String, usize)>,
    /// T0 as the text has it.
    pub start: String,
    /// The shares and holds of its gates.
    pub gates: Vec<(String, String)>,
}

/// A day in another year. `seed` goes into the names, so that they are new in each run.
#[must_use]
pub fn other_day(seed: u32) -> OtherDay {
    let service = format!("ledger-{seed}");
    let text = format!(
        "# Cutover of {service}\n\
         ### Target Date: March 9, 2027\n\
         \n\
         All times are UTC.\n\
         \n\
         ## DEPLOYMENT DAY\n\
         \n\
         ### Phase 1: Warm the caches of {service} (9:15 PM)\n\
         \n\
         - [ ] Caches of {service} are warm\n\
         - [ ] Second reader is online\n\
         \n\
         ### Phase 2: Deploy {service} (10:45 PM)\n\
         \n\
         - [ ] **20% Traffic (Two pods)**\n\
         \x20 - [ ] Error rate <2%\n\
         \x20 - [ ] P95 latency <150ms\n\
         \x20 - [ ] Hold for 3 minutes\n\
         \n\
         - [ ] **100% Traffic (All pods)**\n\
         \x20 - [ ] Error rate <2%\n\
         \x20 - [ ] Hold for 7 minutes\n\
         \n\
         ### Phase 3: Reconcile {service} (11:30 PM)\n\
         \n\
         - [ ] Totals of {service} agree\n\
         \n\
         ## ROLLBACK PROCEDURES\n\
         \n\
         ```bash\n\
         # Option 1: Undo\n\
         kubectl rollout undo deployment/{service}\n\
         ```\n"
    );
    OtherDay {
        text,
        phases: vec![
            (format!("Warm the caches of {service}"), 2),
            (format!("Deploy {service}"), 7),
            (format!("Reconcile {service}"), 1),
        ],
        start: String::from("2027-03-09T22:45"),
        gates: vec![(String::from("20 %"), String::from("03:00")), (String::from("100 %"), String::from("07:00"))],
    }
}
