//! Finds the people, places and dates of a news article, extracts the claims made about them and
//! compares those claims with a reference set.
//!
//! Data flows one way: page text → [`block`] → [`syntax`] → [`mention`] → entity → claim →
//! verdict. A module uses only modules declared above it.

pub mod error;
pub mod span;
pub mod block;
pub mod syntax;
pub mod mention;
