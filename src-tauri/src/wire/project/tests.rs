//! What is shown of the sample plan.
