//! Exit codes and streams, with writers that remember.
