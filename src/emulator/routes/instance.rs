//! The instance.

use super::{
    super::{gate::TraceId, server::AppState},
    answer,
};
use crate::clerk::{
    InstanceKind,
    model::{EnvironmentType, Instance, Object},
};
use axum::{Extension, Json, Router, extract::State, response::Response, routing::get};

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/instance", get(show))
}

async fn show(State(state): State<AppState>, trace_id: Extension<TraceId>) -> Response {
    let instance = Instance {
        object: Object::default(),
        id: state.instance_id.clone(),
        environment_type: Some(match state.kind {
            InstanceKind::Development => EnvironmentType::Development,
            InstanceKind::Production => EnvironmentType::Production,
        }),
        allowed_origins: None,
        workspace_id: None,
    };
    answer(trace_id, Ok(Json(instance)))
}
