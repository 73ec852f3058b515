//! Decoding of bytes in the encoding that `json.loads` detects.

use std::borrow::Cow;

use super::Unreadable;

/// The replacement for a lone surrogate: one code point, as the surrogate is one in Python.
const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// Returns the text of a document in UTF-8, UTF-16 or UTF-32, with or without a byte order mark.
///
/// # Errors
///
/// Returns [`Unreadable::Encoding`] where Python raises `UnicodeDecodeError`.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    match bytes {
        [0, 0, 0xFE, 0xFF, rest @ ..] => utf32(rest, u32::from_be_bytes),
        [0xFF, 0xFE, 0, 0, rest @ ..] => utf32(rest, u32::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        // Without a mark, the first characters are ASCII, so their zero bytes show the encoding.
        [0, 0, _, _, ..] => utf32(bytes, u32::from_be_bytes),
        [0, _, _, _, ..] | [0, _] => utf16(bytes, u16::from_be_bytes),
        [_, 0, 0, 0, ..] => utf32(bytes, u32::from_le_bytes),
        [_, 0, _, _, ..] | [_, 0] => utf16(bytes, u16::from_le_bytes),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.into());
    }
    // Python accepts encoded surrogates, which are not UTF-8. Anything else that is not UTF-8 is an error.
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        match std::str::from_utf8(rest) {
            Ok(valid) => {
                text.push_str(valid);
                return Ok(text.into());
            }
            Err(error) => {
                let (valid, invalid) = rest.split_at(error.valid_up_to());
                text.push_str(std::str::from_utf8(valid).unwrap_or_default());
                let [0xED, 0xA0..=0xBF, 0x80..=0xBF, after @ ..] = invalid else {
                    return Err(Unreadable::Encoding);
                };
                text.push(REPLACEMENT);
                rest = after;
            }
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, Unreadable> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err(Unreadable::Encoding);
    }
    let units = pairs.filter_map(|pair| pair.try_into().ok()).map(unit);
    Ok(char::decode_utf16(units).map(|char| char.unwrap_or(REPLACEMENT)).collect())
}

fn utf32(bytes: &[u8], unit: fn([u8; 4]) -> u32) -> Result<Cow<'_, str>, Unreadable> {
    let quads = bytes.chunks_exact(4);
    if !quads.remainder().is_empty() {
        return Err(Unreadable::Encoding);
    }
    quads
        .filter_map(|quad| quad.try_into().ok())
        .map(|quad| match unit(quad) {
            0xD800..=0xDFFF => Ok(REPLACEMENT),
            point => char::from_u32(point).ok_or(Unreadable::Encoding),
        })
        .collect()
}
