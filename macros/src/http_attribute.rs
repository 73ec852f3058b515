//! The attribute `#[http(…)]`.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Attribute, Error, Fields, Ident, LitInt, LitStr, Path, Result, Token,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream, discouraged::Speculative},
};

use crate::message;

const EXPECTED: &str = "expected a status such as `404`, `transparent` or `unhandled`";

/// The response to an error, as an attribute says it.
#[derive(Clone)]
pub(crate) enum Http {
    Transparent(Span),
    Unhandled,
    Exception(Exception),
}

/// An `HttpException`.
#[derive(Clone)]
pub(crate) struct Exception {
    status: TokenStream,
    /// The status if it is a number.
    number: Option<u16>,
    detail: Option<Detail>,
    code: Option<TokenStream>,
    headers: Vec<(LitStr, TokenStream)>,
}

#[derive(Clone)]
enum Detail {
    /// The message of the error.
    Message,
    Expression(TokenStream),
}

/// All attributes of a type or a variant.
#[derive(Default)]
pub(crate) struct Attributes {
    pub(crate) http: Option<Http>,
    /// The path of the crate.
    pub(crate) krate: Option<Path>,
}

impl Attributes {
    /// Parses the attributes of the type itself, which may name the crate, or of a variant.
    pub(crate) fn parse(attributes: &[Attribute], is_of_type: bool) -> Result<Self> {
        let mut all = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("http")) {
            match attribute.parse_args()? {
                Item::Crate(name, path) if is_of_type => {
                    if all.krate.replace(path).is_some() {
                        return Err(Error::new(name, "`crate` is there twice"));
                    }
                }
                Item::Crate(name, _) => {
                    return Err(Error::new(name, "`crate` is only allowed on the type"));
                }
                Item::Http(http) => {
                    if all.http.replace(http).is_some() {
                        return Err(Error::new_spanned(attribute, "`#[http(…)]` is there twice"));
                    }
                }
            }
        }
        Ok(all)
    }
}

/// The content of one attribute.
enum Item {
    Crate(Span, Path),
    Http(Http),
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let fork = input.fork();
        if let Ok(word) = fork.call(Ident::parse_any) {
            let is_alone = fork.is_empty();
            if word == "crate" && fork.peek(Token![=]) {
                input.advance_to(&fork);
                input.parse::<Token![=]>()?;
                return Ok(Self::Crate(word.span(), input.parse()?));
            }
            if (word == "transparent" || word == "unhandled") && (is_alone || fork.peek(Token![,])) {
                if !is_alone {
                    return Err(fork.error(format!("`{word}` is the whole response")));
                }
                input.advance_to(&fork);
                let http = if word == "unhandled" { Http::Unhandled } else { Http::Transparent(word.span()) };
                return Ok(Self::Http(http));
            }
        }
        input.parse().map(Http::Exception).map(Self::Http)
    }
}

impl Parse for Exception {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let (status, number) = status(input)?;
        let mut exception = Self { status, number, detail: None, code: None, headers: Vec::new() };
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            exception.parse_part(input)?;
        }
        Ok(exception)
    }
}

impl Exception {
    fn parse_part(&mut self, input: ParseStream<'_>) -> Result<()> {
        let name = input.call(Ident::parse_any)?;
        let twice = || Error::new(name.span(), format!("`{name}` is there twice"));
        if name == "detail" {
            if matches!(self.number, Some(204 | 205 | 304)) {
                return Err(Error::new(name.span(), "a response with this status has no body"));
            }
            let detail = if input.peek(Token![=]) {
                Detail::Expression(value(input)?)
            } else if self.number.is_some_and(|status| status >= 500) {
                return Err(Error::new(
                    name.span(),
                    "the message of a server error is for the log; for the client write `detail = \"…\"`",
                ));
            } else {
                Detail::Message
            };
            if self.detail.replace(detail).is_some() {
                return Err(twice());
            }
        } else if name == "code" {
            if self.code.replace(value(input)?).is_some() {
                return Err(twice());
            }
        } else if name == "header" {
            let header;
            parenthesized!(header in input);
            let header_name: LitStr = header.parse()?;
            if header_name.value().is_empty() || !header_name.value().bytes().all(is_token) {
                return Err(Error::new(header_name.span(), "this cannot be the name of a header"));
            }
            header.parse::<Token![,]>()?;
            let header_value = expression(&header)?;
            if !header.is_empty() {
                return Err(header.error("expected `header(\"name\", value)`"));
            }
            self.headers.push((header_name, header_value));
        } else {
            return Err(Error::new(
                name.span(),
                format!("unknown `{name}`, expected `detail`, `code` or `header`"),
            ));
        }
        Ok(())
    }

    /// Checks that a status that is a name is one of the fields.
    ///
    /// # Errors
    ///
    /// Returns an error for another name in lower case, because that is a misspelt keyword rather than a constant.
    pub(crate) fn check_status(&self, fields: &Fields) -> Result<()> {
        let Ok(name) = syn::parse2::<Ident>(self.status.clone()) else { return Ok(()) };
        let is_field = fields
            .iter()
            .enumerate()
            .any(|(index, field)| message::binding(index, field.ident.as_ref()) == name);
        if !is_field && name.to_string().starts_with(|c: char| c.is_lowercase()) {
            return Err(Error::new(name.span(), EXPECTED));
        }
        Ok(())
    }

    /// Returns the expression that creates the exception.
    pub(crate) fn to_expression(&self, krate: &Path) -> TokenStream {
        let Self { status, number, detail, code, headers } = self;
        let detail = detail.as_ref().map(|detail| match detail {
            Detail::Message if number.is_some() => {
                quote!(.with_detail(::std::string::ToString::to_string(self)))
            }
            // The message of a server error is for the log.
            Detail::Message => quote!(.with_detail({
                let message = ::std::string::ToString::to_string(self);
                let status = #krate::HttpException::new(#status).status();
                if status.is_server_error() { None } else { Some(message) }
            })),
            Detail::Expression(expression) => quote!(.with_detail(#expression)),
        });
        let code = code.as_ref().map(|code| quote!(.with_code(#code)));
        let headers = headers.iter().map(|(name, value)| quote!(.with_header(#name, #value)));
        quote!(#krate::HttpException::new(#status) #detail #code #(#headers)*)
    }
}

/// Parses a status. If it is a number, it is returned as such as well.
fn status(input: ParseStream<'_>) -> Result<(TokenStream, Option<u16>)> {
    if input.peek(LitInt) {
        let literal: LitInt = input.parse()?;
        return match literal.base10_parse() {
            Ok(code @ 200..=599_u16) => Ok((quote!(#code), Some(code))),
            _ => Err(Error::new(literal.span(), "the status of a response is between 200 and 599")),
        };
    }
    if input.is_empty() || input.peek(LitStr) || input.peek(Token![,]) {
        return Err(input.error(EXPECTED));
    }
    Ok((expression(input)?, None))
}

/// Parses the value after `=`.
fn value(input: ParseStream<'_>) -> Result<TokenStream> {
    input.parse::<Token![=]>()?;
    expression(input)
}

/// Parses an expression up to the next comma. A string literal may have placeholders for fields.
fn expression(input: ParseStream<'_>) -> Result<TokenStream> {
    let fork = input.fork();
    if let Ok(literal) = fork.parse::<LitStr>() {
        if fork.is_empty() || fork.peek(Token![,]) {
            input.advance_to(&fork);
            let message = literal.value();
            return Ok(if message.contains(['{', '}']) {
                message::format(&literal)
            } else {
                literal.into_token_stream()
            });
        }
    }
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend([input.parse::<TokenTree>()?]);
    }
    if tokens.is_empty() { Err(input.error("expected a value")) } else { Ok(tokens) }
}

/// Returns whether a byte may be in the name of a header (RFC 9110, §5.6.2).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
