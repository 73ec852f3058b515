//! The map of exception handlers, and the rules by which one is found.

use std::{error::Error, fmt, sync::Arc};

use axum::http::StatusCode;

use super::{
    Caught, ExceptionHandler,
    caught::{HandlerArg, Wanted},
    erased::Erased,
};
#[cfg(feature = "ws")]
use super::{OnSocket, WebSocketHandler};
use crate::{
    exception::{BuiltIn, Exception, HttpException, links},
    rejection::{self, RequestContext},
};

/// Exception handlers by type and by status, built apart from the layer.
///
/// ```
/// use axum_exception::{Caught, ErrorHandlingLayer, ExceptionHandlers, HttpException, handlers};
///
/// fn exception_handlers() -> ExceptionHandlers {
///     ExceptionHandlers::new()
///         .map_exception(|_: &std::fmt::Error| HttpException::bad_gateway())
///         .status_handler(404, async |exception: Caught<HttpException>| handlers::http_exception(&exception))
/// }
///
/// let layer = ErrorHandlingLayer::new().exception_handlers(exception_handlers());
/// # let app: axum::Router = axum::Router::new().layer(layer);
/// ```
pub struct ExceptionHandlers<S = ()> {
    statuses: Vec<(StatusCode, Erased<S>)>,
    types: Vec<(Wanted, Erased<S>)>,
    mappings: Vec<(Wanted, Mapping)>,
    catch_all: Option<CatchAll<S>>,
    #[cfg(feature = "ws")]
    on_socket: OnSockets,
}

type Mapping = Arc<dyn Fn(&(dyn Error + 'static)) -> Option<HttpException> + Send + Sync>;

struct CatchAll<S> {
    handler: Erased<S>,
    /// Whether it was registered for status 500 and wants an `HttpException`.
    as_http: bool,
}

/// Handlers for what is raised while a WebSocket is open.
#[cfg(feature = "ws")]
#[derive(Clone, Default)]
struct OnSockets {
    types: Vec<(Wanted, OnSocket)>,
    catch_all: Option<OnSocket>,
}

impl<S: 'static> ExceptionHandlers<S> {
    /// A map without handlers: every exception gets its default answer.
    #[must_use]
    pub fn new() -> Self {
        Self {
            statuses: Vec::new(),
            types: Vec::new(),
            mappings: Vec::new(),
            catch_all: None,
            #[cfg(feature = "ws")]
            on_socket: OnSockets::default(),
        }
    }

    /// Registers a handler for a type of error, or the catch-all. See
    /// [`ErrorHandlingLayer::exception_handler`](crate::ErrorHandlingLayer::exception_handler).
    #[must_use]
    pub fn exception_handler<H, T>(mut self, handler: H) -> Self
    where
        H: ExceptionHandler<T, S>,
    {
        let handler = Erased::new(handler);
        match H::Arg::wanted() {
            Some(wanted) => register(&mut self.types, wanted, handler, same_type),
            None => self.catch_all = Some(CatchAll { handler, as_http: false }),
        }
        self
    }

    /// Registers a handler for the `HttpException`s of a status. See
    /// [`ErrorHandlingLayer::status_handler`](crate::ErrorHandlingLayer::status_handler).
    ///
    /// # Panics
    ///
    /// If `status` is no HTTP status.
    #[must_use]
    #[track_caller]
    // A bad configuration fails while the layer is built, as a bad route does in axum.
    #[allow(clippy::panic)]
    pub fn status_handler<H, T>(mut self, status: impl TryInto<StatusCode>, handler: H) -> Self
    where
        H: ExceptionHandler<T, S, Arg = Caught<HttpException>>,
    {
        let Ok(status) = status.try_into() else {
            panic!("an exception handler was registered for what is no HTTP status");
        };
        let handler = Erased::new(handler);
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            self.catch_all = Some(CatchAll { handler, as_http: true });
        } else {
            register(&mut self.statuses, status, handler, |a, b| a == b);
        }
        self
    }

    /// Says which HTTP exception a type of error is. See
    /// [`ErrorHandlingLayer::map_exception`](crate::ErrorHandlingLayer::map_exception).
    #[must_use]
    pub fn map_exception<E, F>(mut self, map: F) -> Self
    where
        E: Error + 'static,
        F: Fn(&E) -> HttpException + Send + Sync + 'static,
    {
        let mapping: Mapping = Arc::new(move |error| error.downcast_ref().map(&map));
        register(&mut self.mappings, Wanted::of::<E>(), mapping, same_type);
        self
    }

    /// Registers a handler for what is raised while a WebSocket is open. See
    /// [`ErrorHandlingLayer::websocket_handler`](crate::ErrorHandlingLayer::websocket_handler).
    #[cfg(feature = "ws")]
    #[cfg_attr(docsrs, doc(cfg(feature = "ws")))]
    #[must_use]
    pub fn websocket_handler<H, T>(mut self, handler: H) -> Self
    where
        H: WebSocketHandler<T>,
    {
        let handler = OnSocket::new(handler);
        match H::Arg::wanted() {
            Some(wanted) => register(&mut self.on_socket.types, wanted, handler, same_type),
            None => self.on_socket.catch_all = Some(handler),
        }
        self
    }

    /// Adds all the handlers of another map; where both have one, the other's is kept.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        for (wanted, handler) in other.types {
            register(&mut self.types, wanted, handler, same_type);
        }
        for (status, handler) in other.statuses {
            register(&mut self.statuses, status, handler, |a, b| a == b);
        }
        for (wanted, mapping) in other.mappings {
            register(&mut self.mappings, wanted, mapping, same_type);
        }
        self.catch_all = other.catch_all.or(self.catch_all);
        #[cfg(feature = "ws")]
        {
            for (wanted, handler) in other.on_socket.types {
                register(&mut self.on_socket.types, wanted, handler, same_type);
            }
            self.on_socket.catch_all = other.on_socket.catch_all.or(self.on_socket.catch_all);
        }
        self
    }

    /// Gives the handlers the state they extract.
    #[must_use]
    pub fn with_state(self, state: S) -> ExceptionHandlers
    where
        S: Clone + Send + Sync,
    {
        ExceptionHandlers {
            statuses: give(self.statuses, &state),
            types: give(self.types, &state),
            mappings: self.mappings,
            catch_all: self.catch_all.map(|CatchAll { handler, as_http }| CatchAll {
                handler: handler.with_state(state),
                as_http,
            }),
            #[cfg(feature = "ws")]
            on_socket: self.on_socket,
        }
    }
}

fn give<K, S>(handlers: Vec<(K, Erased<S>)>, state: &S) -> Vec<(K, Erased<()>)>
where
    S: Clone + Send + Sync + 'static,
{
    handlers.into_iter().map(|(key, handler)| (key, handler.with_state(state.clone()))).collect()
}

/// Last registered wins.
fn register<K, V>(entries: &mut Vec<(K, V)>, key: K, value: V, same: fn(&K, &K) -> bool) {
    match entries.iter_mut().find(|(other, _)| same(other, &key)) {
        Some(entry) => entry.1 = value,
        None => entries.push((key, value)),
    }
}

fn same_type(a: &Wanted, b: &Wanted) -> bool {
    a.type_id == b.type_id
}

impl<S: 'static> Default for ExceptionHandlers<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Clone for ExceptionHandlers<S> {
    fn clone(&self) -> Self {
        Self {
            statuses: self.statuses.clone(),
            types: self.types.clone(),
            mappings: self.mappings.clone(),
            catch_all: self.catch_all.clone(),
            #[cfg(feature = "ws")]
            on_socket: self.on_socket.clone(),
        }
    }
}

impl<S> Clone for CatchAll<S> {
    fn clone(&self) -> Self {
        Self { handler: self.handler.clone(), as_http: self.as_http }
    }
}

impl<S> fmt::Debug for ExceptionHandlers<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ExceptionHandlers");
        shown
            .field("statuses", &self.statuses.iter().map(|(status, _)| status).collect::<Vec<_>>())
            .field("types", &self.types.len())
            .field("mappings", &self.mappings.len())
            .field("catch_all", &self.catch_all.is_some());
        #[cfg(feature = "ws")]
        shown
            .field("websocket_types", &self.on_socket.types.len())
            .field("websocket_catch_all", &self.on_socket.catch_all.is_some());
        shown.finish()
    }
}

/// What has run for this request already, and does not run again.
#[derive(Default)]
pub(crate) struct Ran(Vec<Slot>);

/// A place in the map.
#[derive(Clone, Copy, PartialEq)]
enum Slot {
    Status(usize),
    Type(usize),
    Mapping(usize),
    CatchAll,
}

impl Ran {
    fn has(&self, slot: Slot) -> bool {
        self.0.contains(&slot)
    }

    /// Whether what ran last was the catch-all, behind which there is only the plain 500.
    pub(crate) fn ends_with_catch_all(&self) -> bool {
        self.0.last() == Some(&Slot::CatchAll)
    }
}

/// Who answers an exception.
pub(crate) enum Verdict<H = Erased<()>> {
    /// A handler.
    Handler(Choice<H>),
    /// Nobody: the default answer to what was raised.
    AsRaised,
    /// Nobody: the default answer to what it stands for.
    Instead(Exception),
}

/// A handler, and the link of an exception it was chosen for.
pub(crate) struct Choice<H = Erased<()>> {
    pub(crate) handler: H,
    pub(crate) exception: Exception,
    pub(crate) link: usize,
}

impl ExceptionHandlers {
    /// Whether some handler extracts from the head of the request.
    pub(crate) fn need_head(&self) -> bool {
        let statuses = self.statuses.iter().map(|(_, handler)| handler);
        let types = self.types.iter().map(|(_, handler)| handler);
        let catch_all = self.catch_all.iter().map(|catch_all| &catch_all.handler);
        statuses.chain(types).chain(catch_all).any(|handler| handler.needs_head)
    }

    /// Decides who answers, and notes it in `ran`.
    pub(crate) fn decide(&self, raised: &Exception, ran: &mut Ran, asked: RequestContext<'_>) -> Verdict {
        let tables = Tables {
            statuses: &self.statuses,
            types: &self.types,
            mappings: &self.mappings,
            catch_all: self.catch_all.as_ref().map(|CatchAll { handler, as_http }| (handler, *as_http)),
        };
        tables.decide(raised, ran, |exception| rejection::translate(exception, asked))
    }

    /// The same for what was raised while a WebSocket is open; `translate` says what an error of somebody
    /// else's stands for.
    #[cfg(feature = "ws")]
    pub(crate) fn decide_on_socket(
        &self,
        raised: &Exception,
        ran: &mut Ran,
        translate: impl Fn(&Exception) -> Option<Exception>,
    ) -> Verdict<OnSocket> {
        let tables = Tables {
            statuses: &[],
            types: &self.on_socket.types,
            mappings: &self.mappings,
            catch_all: self.on_socket.catch_all.as_ref().map(|handler| (handler, false)),
        };
        tables.decide(raised, ran, translate)
    }
}

/// Handlers of one kind.
struct Tables<'a, H> {
    statuses: &'a [(StatusCode, H)],
    types: &'a [(Wanted, H)],
    mappings: &'a [(Wanted, Mapping)],
    /// And whether it wants an `HttpException`.
    catch_all: Option<(&'a H, bool)>,
}

impl<'a, H: Clone> Tables<'a, H> {
    /// The rules, in order: a handler for the status, if the exception or its cause is an HTTP
    /// exception; then along the chain the first link with a handler or a mapping, as far as a link that
    /// has a default answer; then the catch-all.
    fn decide(
        &self,
        raised: &Exception,
        ran: &mut Ran,
        translate: impl Fn(&Exception) -> Option<Exception>,
    ) -> Verdict<H> {
        let mut exception = raised.clone();
        loop {
            match self.step(&exception, ran, &translate) {
                Step::Handler(slot, handler, link) => {
                    ran.0.push(slot);
                    return Verdict::Handler(Choice { handler: handler.clone(), exception, link });
                }
                Step::Mapped(slot, http) => {
                    ran.0.push(slot);
                    exception = http.caused_by(exception).into();
                }
                Step::Translated(translated) => exception = translated,
                Step::Default => break,
                Step::Unhandled => match self.catch_all {
                    Some((handler, as_http)) if !ran.has(Slot::CatchAll) => {
                        ran.0.push(Slot::CatchAll);
                        if as_http {
                            exception = HttpException::internal_server_error().caused_by(exception).into();
                        }
                        return Verdict::Handler(Choice { handler: handler.clone(), exception, link: 0 });
                    }
                    _ => break,
                },
            }
        }
        if exception.same_as(raised) { Verdict::AsRaised } else { Verdict::Instead(exception) }
    }

    fn step(
        &self,
        exception: &Exception,
        ran: &Ran,
        translate: &impl Fn(&Exception) -> Option<Exception>,
    ) -> Step<'a, H> {
        for (depth, link) in exception.chain().take(2).enumerate() {
            let Some(BuiltIn::Http(http)) = BuiltIn::of(link) else { continue };
            for (index, (status, handler)) in self.statuses.iter().enumerate() {
                if *status == http.status() && !ran.has(Slot::Status(index)) {
                    return Step::Handler(Slot::Status(index), handler, depth);
                }
            }
        }
        for (depth, link) in links(exception.as_error()).enumerate() {
            for (index, (wanted, handler)) in self.types.iter().enumerate() {
                if (wanted.is)(link) && !ran.has(Slot::Type(index)) {
                    return Step::Handler(Slot::Type(index), handler, depth);
                }
            }
            for (index, (wanted, mapping)) in self.mappings.iter().enumerate() {
                if (wanted.is)(link) && !ran.has(Slot::Mapping(index)) {
                    if let Some(http) = mapping(link) {
                        return Step::Mapped(Slot::Mapping(index), http);
                    }
                }
            }
            if depth == 0 {
                if let Some(translated) = translate(exception) {
                    return Step::Translated(translated);
                }
            }
            if depth <= 1 && BuiltIn::of(link).is_some_and(BuiltIn::has_default) {
                return Step::Default;
            }
        }
        Step::Unhandled
    }
}

/// How far one round of the rules gets.
enum Step<'a, H> {
    Handler(Slot, &'a H, usize),
    Mapped(Slot, HttpException),
    Translated(Exception),
    Default,
    Unhandled,
}
