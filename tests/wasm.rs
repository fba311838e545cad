//! The core as wasm in a real browser, through the interface that the extension uses.
#![cfg(target_arch = "wasm32")]

mod common;

use countercheck::receipt::Receipt;
use countercheck::wasm::{Core, inspect, merge, read_source, version, without};
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
    let receipt = get(&first, "receipt");
    assert_eq!(get(&receipt, "start").as_f64(), Some(2.0), "receipts count code points");
    assert_eq!(get(&receipt, "sets.0").as_string(), get(&core.references().ok().unwrap().into(), "0.id").as_string());
    let read: Receipt = serde_json::from_str(&String::from(js_sys::JSON::stringify(&receipt).unwrap())).unwrap();
    assert_eq!((read.words.as_str(), read.rule.as_str()), ("Foreign Minister", "role.exclusive"));
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
    assert!(core.remove_reference(&get(&info, "id").as_string().unwrap()).ok().unwrap());
    assert_eq!(get(&core.references().ok().unwrap().into(), "length").as_f64(), before);
}

#[wasm_bindgen_test]
fn own_sets_are_read_united_and_cut() {
    let source = |id: &str| {
        let json = format!(r#"{{"id":"{id}","title":"{id}","blocks":["Mayor Anna Lind opened bridge {id}."]}}"#);
        let reading: JsValue = read_source(page(&json).unchecked_into()).ok().unwrap().into();
        assert!(get(&reading, "sentences.0").as_string().is_some_and(|s| s.contains("Anna Lind")));
        get(&reading, "bytes").unchecked_into::<js_sys::Uint8Array>()
    };
    let both = merge(vec![source("b"), source("a")]).ok().unwrap();
    assert_eq!(both, merge(vec![source("a"), source("b"), source("a")]).ok().unwrap());
    let file = js_sys::Uint8Array::from(both.as_slice());
    let info: JsValue = inspect(file.clone()).ok().unwrap().into();
    assert_eq!(get(&info, "sources.length").as_f64(), Some(2.0));
    assert!(get(&info, "sources.0.bytes").as_f64().is_some_and(|n| n > 10.0));
    assert_eq!(without(file.clone(), 1).ok().unwrap(), source("a").to_vec());
    let mut core = Core::new();
    core.replace_references(vec![file], false).ok().unwrap();
    let loaded: JsValue = core.references().ok().unwrap().into();
    assert_eq!(get(&loaded, "length").as_f64(), Some(1.0));
    let said: JsValue = core.about("Anna Lind").ok().unwrap().into();
    assert_eq!(get(&said, "0.role").as_string().as_deref(), Some("mayor"));
    assert!(core.replace_references(vec![js_sys::Uint8Array::new_with_length(9)], true).is_err());
    assert_eq!(get(&core.references().ok().unwrap().into(), "length").as_f64(), Some(1.0));
}

#[wasm_bindgen_test]
fn dates_count_from_the_day_that_the_reader_chose() {
    let json = r#"{"published":"2023-06-19","anchor":"2024-02-28","blocks":["Antony Blinken left on Sunday."]}"#;
    let report: JsValue = Core::new().annotate(page(json).unchecked_into()).ok().unwrap().into();
    assert_eq!(get(&report, "anchor").as_string().as_deref(), Some("reader"));
    assert_eq!(get(&report, "published").as_string().as_deref(), Some("2024-02-28"));
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
