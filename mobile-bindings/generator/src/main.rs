//! Writes the Kotlin or Swift side of the bindings from the built library.
//!
//! ```sh
//! doorstep-bindgen kotlin target/release/libdoorstep_mobile.so OUT   # app/doorstep/core/….kt
//! doorstep-bindgen swift  target/release/libdoorstep_mobile.a  OUT   # DoorstepCore/, DoorstepFFI/
//! ```

use anyhow::{Context, Result, bail};
use uniffi_bindgen::bindings::{
    GenerateOptions, SwiftBindingsOptions, TargetLanguage, generate, generate_swift_bindings,
};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["kotlin", library, out] => kotlin(library, out),
        ["swift", library, out] => swift(library, out),
        _ => bail!("use: doorstep-bindgen kotlin|swift LIBRARY OUT"),
    }
}

fn kotlin(library: &str, out: &str) -> Result<()> {
    generate(GenerateOptions {
        languages: vec![TargetLanguage::Kotlin],
        source: library.into(),
        out_dir: out.into(),
        config_override: None,
        format: false,
        crate_filter: None,
        metadata_no_deps: true,
    })
}

/// The module and the C module that it imports each get a folder, as Swift packages want them.
fn swift(library: &str, out: &str) -> Result<()> {
    let part = |folder: &str, is_source: bool| SwiftBindingsOptions {
        generate_swift_sources: is_source,
        generate_headers: !is_source,
        generate_modulemap: !is_source,
        source: library.into(),
        out_dir: format!("{out}/{folder}").into(),
        // The plain form of the module map serves a system library target as well as an xcframework.
        xcframework: false,
        module_name: Some("DoorstepFFI".to_owned()),
        modulemap_filename: Some("module.modulemap".to_owned()),
        metadata_no_deps: true,
        link_frameworks: Vec::new(),
        config: None,
    };
    generate_swift_bindings(part("DoorstepCore", true))?;
    generate_swift_bindings(part("DoorstepFFI", false))?;
    let header = format!("{out}/DoorstepFFI/DoorstepFFI.h");
    let text = std::fs::read_to_string(&header).with_context(|| header.clone())?;
    std::fs::write(&header, without_keywords(&text)).context(header)
}

/// What C reserves and Rust or the field does not; types and qualifiers, which stand elsewhere too, left out.
const C_KEYWORDS: [&str; 16] = [
    "auto", "break", "case", "continue", "default", "do", "else", "extern", "for", "goto", "if", "register",
    "return", "sizeof", "switch", "while",
];

/// Renames parameters that C cannot call so: uniffi 0.32.2 copies their names into the header as they are.
fn without_keywords(header: &str) -> String {
    C_KEYWORDS.iter().fold(header.to_owned(), |text, word| {
        text.replace(&format!(" {word},"), &format!(" {word}_,"))
            .replace(&format!(" {word})"), &format!(" {word}_)"))
    })
}

#[cfg(test)]
mod tests {
    use super::without_keywords;

    #[test]
    fn a_parameter_that_c_cannot_call_so_is_renamed_and_nothing_else() {
        let header =
            "RustBuffer open(uint64_t ptr, RustBuffer case, uint8_t default);\nvoid in_case(uint8_t a);";
        assert_eq!(
            without_keywords(header),
            "RustBuffer open(uint64_t ptr, RustBuffer case_, uint8_t default_);\nvoid in_case(uint8_t a);"
        );
    }
}
