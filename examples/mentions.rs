//! The part of the core that finds mentions and entities, as wasm of its own: `./build.sh mentions` shows what it weighs
//! without claims, reference sets and the models of syntax. Built without the feature `claims`, so that the linker
//! drops what nothing here calls, and dates are settled by the words around them without a tree.

#![cfg(target_arch = "wasm32")]

use countercheck::block::{Article, Page};
use countercheck::claim;
use countercheck::report::{self, Ruler};
use wasm_bindgen::prelude::*;

/// The mentions and entities of a page, as `Core.annotate` gives them.
///
/// # Errors
/// When the argument is no page.
#[wasm_bindgen]
pub fn annotate(page: JsValue) -> Result<JsValue, JsError> {
    let page: Page = serde_wasm_bindgen::from_value(page)?;
    let article = Article::from_page(page);
    let extraction = claim::annotate(&article.page);
    let mut ruler = Ruler::utf16_of_blocks(&article);
    let rows = (report::mentions(&extraction, &mut ruler), report::entities(&extraction));
    Ok(serde_wasm_bindgen::to_value(&rows)?)
}
