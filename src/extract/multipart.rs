//! The text fields of a multipart form, as Starlette and python-multipart read them.

use std::borrow::Cow;

use super::{header::latin_1, texts::Pair};

/// Most fields, and most files.
const MOST: usize = 1000;
/// Most bytes of one field.
const LARGEST: usize = 1024 * 1024;

/// The parameters of a content type that say how a body is to be read.
#[derive(Clone, Debug)]
pub(super) struct Multipart {
    boundary: Option<Vec<u8>>,
    is_utf_8: bool,
}

impl Multipart {
    /// How a body of that content type is to be read, if it is a multipart form.
    pub(super) fn of(content_type: &[u8]) -> Option<Self> {
        let (essence, params) = parsed(content_type);
        essence.eq_ignore_ascii_case(b"multipart/form-data").then(|| Self {
            boundary: named(&params, "boundary").map(Cow::into_owned),
            is_utf_8: named(&params, "charset").is_none_or(|charset| charset.eq_ignore_ascii_case(b"utf-8")),
        })
    }

    /// The fields of a form; what is no text, but a file, is left out. A part that does not end is none.
    ///
    /// # Errors
    ///
    /// What Starlette says of a body that is not one.
    pub(super) fn fields<'b>(&self, body: &'b [u8]) -> Result<Vec<Pair<'b>>, &'static str> {
        const INVALID: &str = "Invalid multipart data.";
        let boundary = self.boundary.as_deref().ok_or("Missing boundary in multipart.")?;
        let delimiter = [b"\r\n--", boundary].concat();
        let opening = delimiter.get(2..).unwrap_or_default();
        let mut fields = Vec::new();
        let (mut texts, mut files) = (0, 0);

        let blank = body.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let body = body.get(blank..).unwrap_or_default();
        let Some(mut rest) = body.strip_prefix(opening) else {
            return if opening.starts_with(body) { Ok(fields) } else { Err(INVALID) };
        };
        match rest {
            [] | [b'-' | b'\r'] | [b'-', b'-', ..] => return Ok(fields),
            [b'\r', b'\n', after @ ..] => rest = after,
            _ => return Err(INVALID),
        }
        loop {
            let Some(Part { disposition, content }) = part(rest).map_err(|_| INVALID)? else {
                return Ok(fields);
            };
            let (_, params) = parsed(disposition);
            let name = named(&params, "name")
                .ok_or("The Content-Disposition header field \"name\" must be provided.")?;
            let is_file = ["filename", "filename*"].iter().any(|key| named(&params, key).is_some());
            if is_file {
                files += 1;
            } else {
                texts += 1;
            }
            if files > MOST {
                return Err("Too many files. Maximum number of files is 1000.");
            }
            if texts > MOST {
                return Err("Too many fields. Maximum number of fields is 1000.");
            }
            let end = end(content, &delimiter);
            let (data, after) = end.map_or((content, None), |(data, after)| (data, Some(after)));
            if !is_file && data.len() > LARGEST {
                return Err("Part exceeded maximum size of 1024KB.");
            }
            if !is_file && after.is_some() {
                fields.push((self.decoded(&name).into_owned().into(), self.decoded(data)));
            }
            match after {
                Some([b'\r', b'\n', after @ ..]) => rest = after,
                _ => return Ok(fields),
            }
        }
    }

    fn decoded<'b>(&self, bytes: &'b [u8]) -> Cow<'b, str> {
        match std::str::from_utf8(bytes) {
            Ok(text) if self.is_utf_8 => text.into(),
            _ => latin_1(bytes),
        }
    }
}

struct Invalid;

/// A part whose headers end.
struct Part<'b> {
    disposition: &'b [u8],
    /// Everything behind the headers.
    content: &'b [u8],
}

/// The part that begins here; nothing if its headers do not end.
fn part(mut rest: &[u8]) -> Result<Option<Part<'_>>, Invalid> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let mut disposition: &[u8] = b"";
    loop {
        match rest {
            [] | [b'\r'] => return Ok(None),
            [b'\r', b'\n', content @ ..] => return Ok(Some(Part { disposition, content })),
            _ => {}
        }
        let Some(length) = rest.iter().position(|&byte| !is_token(byte)) else {
            return Ok(None);
        };
        let (name, [b':', value @ ..]) = rest.split_at(length) else {
            return Err(Invalid);
        };
        if name.is_empty() {
            return Err(Invalid);
        }
        let Some(length) = value.iter().position(|&byte| byte == b'\r') else {
            return Ok(None);
        };
        let (value, after) = value.split_at(length);
        rest = match after {
            [b'\r', b'\n', after @ ..] => after,
            [_] => return Ok(None),
            _ => return Err(Invalid),
        };
        if name.eq_ignore_ascii_case(b"content-disposition") {
            disposition = value;
        }
    }
}

/// The content of a part, and what is behind the delimiter that ends it.
///
/// Linear, as a delimiter has one line break, which is where it begins.
fn end<'b>(content: &'b [u8], delimiter: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let mut from = 0;
    loop {
        let rest = content.get(from..)?;
        let at = from + rest.windows(delimiter.len()).position(|window| window == delimiter)?;
        let (data, after) = (content.get(..at)?, content.get(at + delimiter.len()..)?);
        match after {
            [b'\r', b'\n', ..] | [b'-', b'-', ..] => return Some((data, after)),
            _ => from = at + delimiter.len(),
        }
    }
}

type Params<'v> = Vec<(String, Cow<'v, [u8]>)>;

fn named<'p>(params: &'p Params<'_>, name: &str) -> Option<Cow<'p, [u8]>> {
    params.iter().rev().find(|(key, _)| key == name).map(|(_, value)| Cow::Borrowed(value.as_ref()))
}

/// A header's value and the parameters behind it: `form-data; name="a"`.
fn parsed(header: &[u8]) -> (&[u8], Params<'_>) {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let mut parts = header.split(|&byte| {
        let ends = byte == b';' && !is_quoted;
        is_quoted ^= byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    });
    let value = parts.next().unwrap_or_default().trim_ascii();
    let params = parts.filter_map(|part| {
        let at = part.iter().position(|&byte| byte == b'=')?;
        let (key, value) = (part.get(..at)?.trim_ascii(), part.get(at + 1..)?.trim_ascii());
        Some((latin_1(key).to_ascii_lowercase(), unquoted(value)))
    });
    (value, params.collect())
}

fn unquoted(value: &[u8]) -> Cow<'_, [u8]> {
    let Some(quoted) = value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")) else {
        return value.into();
    };
    let mut plain = Vec::with_capacity(quoted.len());
    let mut bytes = quoted.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let escaped = if byte == b'\\' { bytes.next_if(|next| matches!(next, b'"' | b'\\')) } else { None };
        plain.push(escaped.unwrap_or(byte));
    }
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::Multipart;

    fn fields(content_type: &str, body: &[u8]) -> Result<Vec<(String, String)>, &'static str> {
        let fields = Multipart::of(content_type.as_bytes()).unwrap().fields(body)?;
        Ok(fields.into_iter().map(|(name, text)| (name.into_owned(), text.into_owned())).collect())
    }

    fn one(name: &str, text: &str) -> Result<Vec<(String, String)>, &'static str> {
        Ok(vec![(name.to_owned(), text.to_owned())])
    }

    const TYPE: &str = "multipart/form-data; boundary=b";

    #[test]
    fn a_content_type_is_one_or_not() {
        for other in ["", "multipart/mixed; boundary=b", "multipart/form-data-x", "text/plain"] {
            assert!(Multipart::of(other.as_bytes()).is_none(), "{other}");
        }
        for quoted in ["Multipart/Form-Data;Boundary=\"b\"", "multipart/form-data; a=\";\"; boundary=b"] {
            let body = b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--";
            assert_eq!(fields(quoted, body), one("a", "1"), "{quoted}");
        }
    }

    #[test]
    fn names_may_be_quoted_and_escaped() {
        let body =
            b"\r\n--b\r\nX: y\r\ncontent-disposition:form-data; name=\"a\\\"; \\\\b\\c\"\r\n\r\n\r\n--b--";
        assert_eq!(fields(TYPE, body), one("a\"; \\b\\c", ""));
    }

    #[test]
    fn bytes_are_in_the_charset_or_latin_1() {
        let body = b"--b\r\nContent-Disposition: form-data; name=\"\xc3\xa9\"\r\n\r\n\xe9\r\n--b--";
        assert_eq!(fields(TYPE, body), one("é", "é"));
        assert_eq!(fields("multipart/form-data; charset=latin-1; boundary=b", body), one("Ã©", "é"));
    }

    #[test]
    fn what_looks_like_a_delimiter_is_data() {
        let data = "\r\n--bx\r\n--\r\n-b\r\n--b-\r\n--b\rx";
        let body = format!("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n{data}\r\n--b--\r\n--b\r\n");
        assert_eq!(fields(TYPE, body.as_bytes()), one("a", data));
    }

    #[test]
    fn files_are_left_out() {
        for name in ["filename=x", "filename=\"\"", "filename*=utf-8''x"] {
            let body = format!("--b\r\nContent-Disposition: form-data; name=a; {name}\r\n\r\n1\r\n--b--");
            assert_eq!(fields(TYPE, body.as_bytes()), Ok(Vec::new()), "{name}");
        }
    }

    /// Wherever a body ends too early, what is complete counts, and nothing else happens.
    #[test]
    fn a_body_may_end_anywhere() {
        let body = b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b\r\n\
            Content-Disposition: form-data; name=b\r\n\r\n2\r\n--b--";
        let first_ends = 55;
        for end in 0..body.len() {
            let expected = if end < first_ends { Ok(Vec::new()) } else { one("a", "1") };
            assert_eq!(fields(TYPE, body.get(..end).unwrap_or_default()), expected, "{end}");
        }
    }

    #[test]
    fn there_are_limits() {
        let part = |name: &str| format!("--b\r\nContent-Disposition: form-data; {name}\r\n\r\n");
        let many = |count: usize, name: &str| (part(name) + "1\r\n").repeat(count) + "--b--";
        assert_eq!(fields(TYPE, many(1000, "name=a").as_bytes()).map(|fields| fields.len()), Ok(1000));
        assert_eq!(
            fields(TYPE, many(1001, "name=a").as_bytes()),
            Err("Too many fields. Maximum number of fields is 1000.")
        );
        assert_eq!(
            fields(TYPE, many(1001, "name=a; filename=x").as_bytes()),
            Err("Too many files. Maximum number of files is 1000.")
        );
        let large = |name: &str, size: usize| part(name) + &"x".repeat(size) + "\r\n--b--";
        assert_eq!(fields(TYPE, large("name=a", 1 << 20).as_bytes()).map(|fields| fields.len()), Ok(1));
        assert_eq!(
            fields(TYPE, large("name=a", (1 << 20) + 1).as_bytes()),
            Err("Part exceeded maximum size of 1024KB.")
        );
        assert_eq!(fields(TYPE, large("name=a; filename=x", 1 << 21).as_bytes()), Ok(Vec::new()));
    }
}
