//! The states with which a layer can be added to a router.

use super::layer::ErrorHandlingLayer;

/// Implemented for the only state that the handlers of a layer may still require: none.
///
/// The state is a parameter of the trait, so that the compiler infers it for a layer whose handlers require none.
#[diagnostic::on_unimplemented(
    message = "the handlers of this layer extract `State<{S}>`, but the layer has no state",
    note = "call `.with_state(state)` last on the layer: `ErrorHandlingLayer::new().exception_handler(handler).with_state(state)`"
)]
pub trait IsStateFor<S> {
    /// Returns the layer as one whose handlers require no state.
    fn without_state(layer: &ErrorHandlingLayer<S>) -> &ErrorHandlingLayer;
}

impl IsStateFor<()> for () {
    fn without_state(layer: &ErrorHandlingLayer) -> &ErrorHandlingLayer {
        layer
    }
}
