//! The route table of a resource, made of the descriptions beside its handlers.
//!
//! Natively a table is a description too, out of which `openapi.json` is written. The Worker serves
//! that file: it takes path and method from a description and leaves the rest, a quarter of its
//! size, out.

#[cfg(not(target_arch = "wasm32"))]
pub use utoipa_axum::router::OpenApiRouter as Table;
#[cfg(not(target_arch = "wasm32"))]
pub use utoipa_axum::routes;

#[cfg(target_arch = "wasm32")]
pub use plain::Table;
#[cfg(target_arch = "wasm32")]
pub(crate) use plain::routes;

#[cfg(target_arch = "wasm32")]
mod plain {
    use axum::Router;
    use axum::routing::MethodRouter;

    /// Routes without a description.
    #[derive(Default)]
    pub struct Table(Router);

    impl Table {
        /// Adds the handlers of one path.
        pub fn routes(self, (path, handlers): (String, MethodRouter)) -> Self {
            Self(self.0.route(&path, handlers))
        }

        /// Adds another table.
        pub fn merge(self, other: Self) -> Self {
            Self(self.0.merge(other.0))
        }

        /// All of it below a path.
        pub fn nested(self, path: &str) -> Router {
            Router::new().nest(path, self.0)
        }
    }

    /// The path and the handlers of it, as described beside them.
    macro_rules! handlers {
        ($first:ident $(, $rest:ident)* $(,)?) => {{
            use utoipa::Path as _;
            use utoipa_axum::PathItemExt as _;
            let mut handlers = axum::routing::MethodRouter::new();
            for method in utoipa_axum::paste! { [<__path_ $first>]::methods() } {
                handlers = handlers.on(method.to_method_filter(), $first);
            }
            $(for method in utoipa_axum::paste! { [<__path_ $rest>]::methods() } {
                handlers = handlers.on(method.to_method_filter(), $rest);
            })*
            (utoipa_axum::paste! { [<__path_ $first>]::path() }, handlers)
        }};
    }
    pub(crate) use handlers as routes;
}
