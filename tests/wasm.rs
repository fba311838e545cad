//! The core as wasm in a real browser, through the interface that the extension uses.
#![cfg(target_arch = "wasm32")]

mod common;

use countercheck::wasm::{Core, version};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn page(json: &str) -> JsValue {
    js_sys::JSON::parse(json).unwrap()
}

fn get(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |v, key| js_sys::Reflect::get(&v, &JsValue::from_str(key)).unwrap())
}

#[wasm_bindgen_test]
fn reports_are_the_native_ones() {
    assert_eq!(common::digest(), include_str!("data/reports.digest").trim());
}

#[wasm_bindgen_test]
fn a_flag_with_offsets_in_utf16() {
    let core = Core::new();
    let report = core.check(
        page(r#"{"published":"2023-06-18","blocks":["😀 Foreign Minister Antony Blinken landed in Beijing."]}"#)
            .unchecked_into(),
    );
    let report: JsValue = report.ok().unwrap().into();
    assert_eq!(get(&report, "status").as_string().as_deref(), Some("ok"));
    let first = get(&report, "findings.0");
    assert_eq!(get(&first, "verdict").as_string().as_deref(), Some("contradicted"));
    assert_eq!(get(&first, "text").as_string().as_deref(), Some("Foreign Minister"));
    assert_eq!(get(&first, "start").as_f64(), Some(3.0));
    assert!(get(&first, "evidence.0.sentence").as_string().is_some_and(|s| !s.is_empty()));
}

#[wasm_bindgen_test]
fn annotating_gives_no_findings() {
    let report = Core::new().annotate(page(r#"{"blocks":["Antony Blinken was in Beijing."]}"#).unchecked_into());
    let report: JsValue = report.ok().unwrap().into();
    assert_eq!(get(&report, "findings.length").as_f64(), Some(0.0));
    assert_eq!(get(&report, "mentions.0.name").as_string().as_deref(), Some("Antony Blinken"));
}

#[wasm_bindgen_test]
fn a_set_built_here_can_be_added_and_removed() {
    let mut core = Core::new();
    let before = get(&core.references().ok().unwrap().into(), "length").as_f64();
    let pages = page(r#"[{"id":"a","blocks":["Transport Minister Anna Lind opened the bridge."]}]"#);
    let bytes = core.build(pages.unchecked_into()).ok().unwrap();
    let info: JsValue = core.add_reference(&bytes).ok().unwrap().into();
    let report: JsValue =
        core.check(page(r#"{"blocks":["Finance Minister Anna Lind came."]}"#).unchecked_into()).ok().unwrap().into();
    assert_eq!(get(&report, "findings.0.expected").as_string().as_deref(), Some("transport minister"));
    assert!(core.remove_reference(&get(&info, "id").as_string().unwrap()));
    assert_eq!(get(&core.references().ok().unwrap().into(), "length").as_f64(), before);
}

#[wasm_bindgen_test]
fn broken_input_leaves_what_is_loaded() {
    let mut core = Core::new();
    let before = get(&core.references().ok().unwrap().into(), "0.id").as_string();
    assert!(core.add_reference(b"CCSET\n\x01").is_err());
    assert!(core.check(page(r#"{"blocks":"no list"}"#).unchecked_into()).is_err());
    assert_eq!(get(&core.references().ok().unwrap().into(), "0.id").as_string(), before);
    assert!(!version().is_empty());
}
