use super::*;
use proptest::prelude::*;

#[test]
fn wide_is_as_drawn_at_120_by_36() {
    let layout = Layout::of(Size::new(120, 36), Open::default());
    assert_eq!(layout.divider, Some(71));
    assert_eq!(layout.list.unwrap().rows, Rect::new(0, 4, 71, 29));
    assert_eq!(layout.detail.unwrap().head, Some(Rect::new(72, 3, 48, 3)));
    assert_eq!(layout.detail.unwrap().body, Rect::new(72, 10, 48, 23));
    assert_eq!(layout.notice, Some(Rect::new(0, 34, 120, 1)));
}

#[test]
fn narrow_is_as_drawn_at_80_by_24() {
    let size = Size::new(80, 24);
    let layout = Layout::of(size, Open::default());
    assert_eq!(layout.list.unwrap().rows, Rect::new(0, 4, 80, 14));
    assert_eq!(layout.essence, Some(Rect::new(0, 18, 80, 4)));
    let sheet = Layout::of(size, Open { dialog: Some(8), ..Open::default() });
    assert_eq!(sheet.list.unwrap().rows, Rect::new(0, 4, 80, 10));
    assert_eq!(sheet.dialog, Some(Rect::new(0, 14, 80, 8)));
    let detail = Layout::of(size, Open { detail: true, ..Open::default() }).detail.unwrap();
    assert_eq!((detail.tabs.y, detail.body), (3, Rect::new(0, 6, 80, 16)));
    assert_eq!(detail.rows(3, Breadth::Narrow).chosen, Rect::new(0, 15, 80, 7));
}

#[test]
fn rows_go_in_the_order_that_was_decided() {
    assert!(Layout::of(Size::new(80, 20), Open::default()).essence.is_some());
    assert!(Layout::of(Size::new(80, 19), Open::default()).essence.is_none());
    assert_eq!(Layout::of(Size::new(80, 15), Open::default()).header.height, 1);
    assert_eq!(Layout::of(Size::new(39, 24), Open::default()).breadth, Breadth::Line);
}

fn regions(layout: &Layout) -> Vec<Rect> {
    let list = layout.list.iter().flat_map(|list| [list.heads, list.rows]);
    let detail = layout
        .detail
        .iter()
        .flat_map(|detail| [detail.head.unwrap_or_default(), detail.tabs, detail.tab_rule, detail.body]);
    let single = [layout.header, layout.top_rule, layout.bottom_rule, layout.footer];
    let page = layout.page.filter(|_| layout.breadth != Breadth::Line);
    let optional = [layout.essence, layout.notice, page];
    single.into_iter().chain(list).chain(detail).chain(optional.into_iter().flatten()).collect()
}

proptest! {
    #[test]
    fn no_region_leaves_the_screen_or_covers_another(
        width in 0_u16..320, height in 0_u16..120, detail: bool, page: bool, zoomed: bool, dialog in prop::option::of(1_u16..30),
    ) {
        let layout = Layout::of(Size::new(width, height), Open { detail, dialog, page, zoomed });
        let screen = Rect::new(0, 0, width, height);
        let mut regions = regions(&layout);
        if layout.breadth != Breadth::Line {
            regions.extend(layout.dialog);
        }
        for (index, region) in regions.iter().enumerate() {
            prop_assert_eq!(screen.intersection(*region), *region);
            for other in &regions[index + 1..] {
                prop_assert!(region.is_empty() || other.is_empty() || !region.intersects(*other), "{region} {other}");
            }
        }
    }
}
