//! The lookup: which handler is next for an exception.

use axum::http::StatusCode;

#[cfg(feature = "ws")]
use super::ErasedWebSocketHandler;
use super::{
    erased::ErasedHandler,
    mapping::{MappingPosition, Mappings, or_panic},
    registry::ExceptionHandlers,
    table::{CatchAll, Table},
};
use crate::exception::{BuiltIn, Exception, HttpException};

/// The handlers of one kind, and the mappings that apply to them.
pub(crate) struct Lookup<'a, H> {
    table: &'a Table<H>,
    mappings: &'a Mappings,
}

impl ExceptionHandlers {
    /// Returns the lookup for exceptions that are raised while a request is handled.
    pub(crate) fn http(&self) -> Lookup<'_, ErasedHandler> {
        Lookup { table: &self.http, mappings: &self.mappings }
    }

    /// Returns the lookup for exceptions that are raised while a WebSocket is open.
    #[cfg(feature = "ws")]
    pub(crate) fn websocket(&self) -> Lookup<'_, ErasedWebSocketHandler> {
        Lookup { table: &self.websocket, mappings: &self.mappings }
    }
}

/// The handlers and mappings that ran for a request or a WebSocket, in order. None runs twice.
#[derive(Default)]
pub(crate) struct Ran(Vec<Position>);

/// The position of a handler or a mapping in the registry.
#[derive(Clone, Copy, PartialEq)]
enum Position {
    Status(usize),
    Type(usize),
    Mapping(MappingPosition),
    CatchAll,
}

impl Ran {
    fn contains(&self, position: Position) -> bool {
        self.0.contains(&position)
    }

    /// Returns `true` if the catch-all ran last. If it fails, no other handler runs.
    pub(crate) fn ends_with_catch_all(&self) -> bool {
        self.0.last() == Some(&Position::CatchAll)
    }
}

/// The result of a lookup.
pub(crate) enum Next<H> {
    Handler(Choice<H>),
    /// No handler is left: the default of the exception that was raised.
    Default,
    /// No handler is left: the default of the exception that the raised one was mapped or translated to.
    DefaultOf(Exception),
}

/// A handler, and the exception that it is called with.
pub(crate) struct Choice<H> {
    pub(crate) handler: H,
    pub(crate) exception: Exception,
    /// The index of the error in the exception's chain that the handler is for.
    pub(crate) link: usize,
}

/// One step of a lookup.
enum Step<'a, H> {
    Handler { position: Position, handler: &'a H, link: usize },
    Mapped { position: Position, exception: Exception },
    Translated(Exception),
    Default,
    Unhandled,
}

impl<'a, H: Clone> Lookup<'a, H> {
    /// Finds the next handler, and adds it and the mappings on the way to `ran`.
    ///
    /// The order is: a handler for the status, if the exception or its cause is an `HttpException`; the first
    /// link of the chain with a handler or a mapping, up to a link that has a default; the catch-all.
    ///
    /// `translate` returns the exception that an error of another crate stands for.
    pub(crate) fn next(
        &self,
        raised: &Exception,
        ran: &mut Ran,
        translate: &dyn Fn(&Exception) -> Option<Exception>,
    ) -> Next<H> {
        let mut exception = raised.clone();
        let mut is_resolved = false;
        loop {
            is_resolved |= self.mappings.resolve(&exception);
            match self.step(&exception, ran, translate) {
                Step::Handler { position, handler, link } => {
                    ran.0.push(position);
                    return Next::Handler(Choice { handler: handler.clone(), exception, link });
                }
                Step::Mapped { position, exception: mapped } => {
                    ran.0.push(position);
                    exception = mapped;
                }
                Step::Translated(translated) => exception = translated,
                Step::Default => break,
                Step::Unhandled => match &self.table.catch_all {
                    Some(catch_all) if !ran.contains(Position::CatchAll) => {
                        ran.0.push(Position::CatchAll);
                        return Next::Handler(caught_by(catch_all, exception));
                    }
                    _ => break,
                },
            }
        }
        // The default response was built before the layer knew more of the error.
        if exception.same_as(raised) && !is_resolved { Next::Default } else { Next::DefaultOf(exception) }
    }

    fn step(
        &self,
        exception: &Exception,
        ran: &Ran,
        translate: &dyn Fn(&Exception) -> Option<Exception>,
    ) -> Step<'a, H> {
        if let Some(step) = self.by_status(exception, ran) {
            return step;
        }
        let innermost = exception.innermost_index();
        let decisive = exception.decisive_links().count();
        for (link, error) in exception.chain().enumerate() {
            for (index, (error_type, handler)) in self.table.types.iter().enumerate() {
                let position = Position::Type(index);
                if error_type.matches(error) && !ran.contains(position) {
                    return Step::Handler { position, handler, link };
                }
            }
            let is_available = |position| !ran.contains(Position::Mapping(position));
            if let Some((position, mapped)) = self.mappings.map(exception, link, error, is_available) {
                return Step::Mapped { position: Position::Mapping(position), exception: mapped };
            }
            if link == innermost {
                if let Some(translated) = or_panic(exception, || translate(exception)) {
                    return Step::Translated(translated);
                }
            }
            if link < decisive && BuiltIn::of(error).is_some_and(BuiltIn::has_default) {
                return Step::Default;
            }
        }
        Step::Unhandled
    }

    fn by_status(&self, exception: &Exception, ran: &Ran) -> Option<Step<'a, H>> {
        exception.decisive_links().enumerate().find_map(|(link, error)| {
            let Some(BuiltIn::Http(http)) = BuiltIn::of(error) else { return None };
            let (position, handler) = self.for_status(http.status(), ran)?;
            Some(Step::Handler { position, handler, link })
        })
    }

    fn for_status(&self, wanted: StatusCode, ran: &Ran) -> Option<(Position, &'a H)> {
        let mut statuses = self.table.statuses.iter().enumerate();
        statuses.find_map(|(index, (status, handler))| {
            let position = Position::Status(index);
            (*status == wanted && !ran.contains(position)).then_some((position, handler))
        })
    }
}

fn caught_by<H: Clone>(catch_all: &CatchAll<H>, exception: Exception) -> Choice<H> {
    let exception = match catch_all {
        CatchAll::Exception(_) => exception,
        CatchAll::Http(_) => HttpException::internal_server_error().caused_by(exception).into(),
    };
    Choice { handler: catch_all.handler().clone(), exception, link: 0 }
}
