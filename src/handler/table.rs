//! The handlers of one kind, by status and by type.

use axum::http::StatusCode;

use super::arg::ErrorType;

/// The handlers for requests, or those for open WebSockets.
#[derive(Clone)]
pub(super) struct Table<H> {
    pub(super) statuses: Entries<StatusCode, H>,
    pub(super) types: Entries<ErrorType, H>,
    pub(super) catch_all: Option<CatchAll<H>>,
}

/// The handler for exceptions that no other handler and no default handles.
#[derive(Clone)]
pub(super) enum CatchAll<H> {
    /// Registered for `Exception`, and called with the exception itself.
    Exception(H),
    /// Registered for status 500, and called with an `HttpException` that the exception caused.
    Http(H),
}

impl<H> CatchAll<H> {
    pub(super) fn handler(&self) -> &H {
        match self {
            Self::Exception(handler) | Self::Http(handler) => handler,
        }
    }

    fn map<T>(self, f: impl FnOnce(H) -> T) -> CatchAll<T> {
        match self {
            Self::Exception(handler) => CatchAll::Exception(f(handler)),
            Self::Http(handler) => CatchAll::Http(f(handler)),
        }
    }
}

impl<H> Table<H> {
    /// Registers a handler for a type of error, or without one the catch-all.
    pub(super) fn insert(&mut self, error_type: Option<ErrorType>, handler: H) {
        match error_type {
            Some(error_type) => self.types.insert(error_type, handler),
            None => self.catch_all = Some(CatchAll::Exception(handler)),
        }
    }

    /// Registers a handler for the `HttpException`s with a status; 500 is the catch-all's.
    pub(super) fn insert_status(&mut self, status: StatusCode, handler: H) {
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            self.catch_all = Some(CatchAll::Http(handler));
        } else {
            self.statuses.insert(status, handler);
        }
    }

    /// Adds the handlers of `other`, which replace those with the same key.
    pub(super) fn merge(&mut self, other: Self) {
        self.statuses.merge(other.statuses);
        self.types.merge(other.types);
        if other.catch_all.is_some() {
            self.catch_all = other.catch_all;
        }
    }

    pub(super) fn map<T>(self, mut f: impl FnMut(H) -> T) -> Table<T> {
        Table {
            statuses: self.statuses.map(&mut f),
            types: self.types.map(&mut f),
            catch_all: self.catch_all.map(|catch_all| catch_all.map(f)),
        }
    }

    pub(super) fn handlers(&self) -> impl Iterator<Item = &H> {
        let catch_all = self.catch_all.iter().map(CatchAll::handler);
        self.statuses.values().chain(self.types.values()).chain(catch_all)
    }
}

impl<H> Default for Table<H> {
    fn default() -> Self {
        Self { statuses: Entries::default(), types: Entries::default(), catch_all: None }
    }
}

/// Pairs of keys and values in the order of registration; the keys are unique.
#[derive(Clone)]
pub(super) struct Entries<K, V>(Vec<(K, V)>);

impl<K: PartialEq, V> Entries<K, V> {
    /// Adds a value, or replaces the one with the same key, which keeps its position.
    pub(super) fn insert(&mut self, key: K, value: V) {
        match self.0.iter_mut().find(|(other, _)| *other == key) {
            Some(entry) => entry.1 = value,
            None => self.0.push((key, value)),
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (key, value) in other.0 {
            self.insert(key, value);
        }
    }
}

impl<K, V> Entries<K, V> {
    pub(super) fn iter(&self) -> impl Iterator<Item = &(K, V)> {
        self.0.iter()
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    fn map<T>(self, mut f: impl FnMut(V) -> T) -> Entries<K, T> {
        Entries(self.0.into_iter().map(|(key, value)| (key, f(value))).collect())
    }
}

impl<K, V> Default for Entries<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}
