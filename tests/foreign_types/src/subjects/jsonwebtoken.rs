//! Keys: a flattened struct beside a flattened union. Claims and headers.

use jsonwebtoken::{
    Algorithm, Header,
    jwk::{AlgorithmParameters, CommonParameters, Jwk, JwkSet},
};

use crate::{subject::Subject, subjects};

type Algorithms = Vec<Algorithm>;

/// Returns the types of the crate.
pub fn subjects() -> Vec<Subject> {
    subjects![
        tricky JwkSet = [SET],
        tricky Jwk = [r#"{"kty":"EC","crv":"P-256","x":"MKBCTNI","y":"4Etl6S","use":"enc","kid":"1","x5c":["MIIC"]}"#],
        tricky AlgorithmParameters = [r#"{"kty":"RSA","n":"0vx7agoebG","e":"AQAB"}"#],
        tricky CommonParameters = [r#"{"use":"sig","key_ops":["sign","verify"],"alg":"RS256","kid":"2","x5u":"https://example.com/c"}"#],
        tricky Header = [HEADER],
        plain Algorithms = [r#"["HS256","ES384","EdDSA"]"#],
    ]
}

const SET: &str = r#"{"keys": [
  {"kty": "RSA", "use": "sig", "kid": "a", "alg": "RS256", "key_ops": ["verify"], "n": "0vx7agoebG", "e": "AQAB"},
  {"kty": "oct", "k": "AyM1SysPpby", "kid": "b", "alg": "HS256"},
  {"kid": "c", "crv": "Ed25519", "x": "11qYAYKx", "kty": "OKP"}
]}"#;

const HEADER: &str = r#"{
  "typ": "JWT", "alg": "ES256", "kid": "k1", "cty": "JWT", "jku": "https://example.com/jwks",
  "jwk": {"kty": "EC", "crv": "P-384", "x": "a", "y": "b"}, "x5c": ["MIIC", "MIID"], "crit": ["exp"]
}"#;
