//! Bytes into text: by a byte order mark, by what the header says, by what the page says of itself,
//! and otherwise as UTF-8. Nothing fails: what cannot be read becomes a replacement character.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page it may say what its characters are, in bytes.
const PRESCAN: usize = 1024;

/// The text of a page, whose header says that it is in `charset`.
pub(super) fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Cow<'a, str> {
    let declared = charset.and_then(|name| Encoding::for_label(name.as_bytes()));
    let encoding = declared.or_else(|| in_meta(bytes)).unwrap_or(UTF_8);
    // A byte order mark goes before everything else, and is taken off.
    encoding.decode(bytes).0
}

/// What the page says in a `<meta>` near its beginning.
fn in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(PRESCAN)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let metas = head.split("<meta").skip(1).filter_map(|rest| rest.split('>').next());
    let encoding =
        metas.filter_map(label).find_map(|label| Encoding::for_label(label.as_bytes()))?;
    // Whoever could read that much does not read UTF-16.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// The value of `charset` in a tag, as an attribute of its own or inside `content`.
fn label(tag: &str) -> Option<&str> {
    let (_, rest) = tag.split_once("charset")?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start_matches(['"', '\'', ' ']);
    value.split(['"', '\'', ' ', ';', '/']).next()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn the_header_goes_before_the_page() {
        let page = b"<meta charset=utf-8>gr\xfc\xdfe";
        assert_eq!(decode(page, Some("iso-8859-1")), "<meta charset=utf-8>grüße");
    }

    #[test]
    fn the_page_may_say_it_in_two_ways() {
        for meta in [
            "<META CharSet='windows-1252'>",
            r#"<meta http-equiv=content-type content="text/html; charset=latin1">"#,
        ] {
            let page = [meta.as_bytes(), b"\xfc"].concat();
            assert_eq!(decode(&page, None), format!("{meta}ü"), "{meta}");
        }
    }

    #[test]
    fn a_byte_order_mark_goes_before_all() {
        assert_eq!(decode(b"\xef\xbb\xbf\xc3\xbc", Some("latin1")), "ü");
        assert_eq!(decode(b"\xff\xfe\xfc\x00", None), "ü");
    }

    #[test]
    fn without_a_word_it_is_utf8_and_nothing_fails() {
        assert_eq!(decode("grüße".as_bytes(), Some("klingon")), "grüße");
        assert_eq!(decode(b"<meta charset=utf-16>\xfc", None), "<meta charset=utf-16>\u{fffd}");
    }
}
