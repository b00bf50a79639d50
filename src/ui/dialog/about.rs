//! What the program runs on: version, instance, where the key was found, and the files that are used.

use crate::{
    app::Surroundings,
    clerk::API_VERSION,
    ui::{paint::Canvas, text::Shown, view::View},
};
use ratatui::layout::Rect;

/// Where what a label names begins, in cells behind the label's start.
const VALUES: u16 = 10;

pub(super) fn draw(view: &View<'_>, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let title = Shown::fixed(concat!("lazyclerk ", env!("CARGO_PKG_VERSION")));
    let body = super::draw_frame(view, &(title, theme.strong), area, canvas);
    canvas.place_cursor(body.x, area.y);
    let indent = VALUES.min(body.width);
    let width = usize::from(body.width - indent);
    let lines = facts(view).into_iter().flat_map(|(label, text)| {
        let labels = std::iter::once(label).chain(std::iter::repeat(""));
        labels.zip(text.wrap(width)).collect::<Vec<_>>()
    });
    for (y, (label, line)) in (body.y..body.bottom()).zip(lines) {
        canvas.put(body.x, y, indent, &Shown::fixed(label), theme.dim);
        canvas.put(body.x + indent, y, body.width - indent, &line, theme.plain);
    }
}

/// What there is to say, each with its label.
fn facts(view: &View<'_>) -> Vec<(&'static str, Shown<'static>)> {
    let Surroundings { host, key, profile, configuration, state, .. } = &view.app.settings().surroundings;
    let site = view.app.site();
    let told = |text: &Option<String>, none: &'static str| {
        text.as_ref().map_or(Shown::fixed(none), |text| Shown::foreign(text.clone()))
    };
    let id = view.app.instance().map(|instance| instance.id.to_string()).filter(|id| !id.is_empty());
    let id = id.map(|id| format!(", {id}")).unwrap_or_default();
    vec![
        ("Instance", Shown::foreign(format!("{}, {}{id}", site.instance, site.kind))),
        ("API", Shown::foreign(format!("{}, version {API_VERSION}", host.as_deref().unwrap_or("in this program")))),
        ("Key", told(key, "of the demo, made up")),
        ("Profile", told(profile, "none")),
        ("Share", Shown::foreign(format!("jobs use {} % of the rate limit", site.share))),
        ("Settings", told(configuration, "none")),
        ("Kept in", told(state, "nowhere")),
        ("Licence", Shown::fixed(env!("CARGO_PKG_LICENSE"))),
    ]
}
