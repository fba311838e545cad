//! How often flags are right: on the marked cases, on edits planted into the own articles, and on rewordings of them.

pub mod judge;
pub mod plant;
pub mod reword;
pub mod scene;
pub mod subject;
pub mod tally;
pub mod unseen;
