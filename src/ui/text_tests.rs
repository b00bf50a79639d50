use super::*;
use proptest::prelude::*;
use ratatui::{buffer::Buffer, layout::Rect, style::Style};
use rstest::rstest;

fn shown(text: &str) -> String {
    Shown::foreign(text).into_string()
}

#[rstest]
#[case::escape("Eve\u{1b}[31mAda", "Eve␛[31mAda")]
#[case::line_breaks("a\r\nb\tc\u{b}", "a␍␊b␉c␋")]
#[case::delete("a\u{7f}", "a␡")]
#[case::eight_bit_controls("a\u{9b}31m\u{85}", "a�31m�")]
#[case::bidi_override("\u{202e}moc.live\u{202c}", "�moc.live�")]
#[case::bidi_isolate("\u{2067}a\u{2069}\u{61c}", "�a��")]
#[case::zero_width("A\u{200b}d\u{2060}a\u{feff}", "A�d�a�")]
#[case::joiner_in_latin("A\u{200d}d\u{200c}a", "A�d�a")]
#[case::joiner_in_persian("علی\u{200c}رضا", "علیرضا")]
#[case::joiner_at_the_end("علی\u{200c}", "علی�")]
#[case::two_joiners("ع\u{200c}\u{200d}ر", "ع��ر")]
#[case::family("👩\u{200d}👧!", "👩👧!")]
#[case::skin_colour("👍🏽", "👍")]
#[case::skin_colour_alone("🏽", "🏽")]
#[case::presentation("❤\u{fe0f}1\u{fe0f}\u{20e3}", "❤1\u{20e3}")]
#[case::selector_alone("\u{fe0f}a", "�a")]
#[case::selectors_in_a_row("a\u{fe0f}\u{fe0f}\u{e0101}", "a��")]
#[case::kanji_variant("葛\u{e0100}", "葛")]
#[case::flag("🇩🇪", "DE")]
#[case::tags("\u{e0041}\u{e0064}", "��")]
#[case::separators("a\u{2028}b\u{2029}c", "a�b�c")]
#[case::spaces("山田\u{3000}太郎\u{a0}x\u{2009}y", "山田 太郎 x y")]
#[case::private("\u{e0b0}\u{f0000}", "��")]
#[case::no_character("\u{ffff}\u{fdd0}", "��")]
#[case::unassigned("\u{378}", "�")]
#[case::soft_hyphen("a\u{ad}b", "a�b")]
#[case::invisible_letters("\u{3164}\u{115f}\u{ffa0}\u{2800}", "����")]
#[case::mark_without_a_letter("\u{301}a", "�a")]
#[case::sound_mark("ｶﾞ", "ｶﾞ")]
#[case::sign_of_no_letter("ൎ", "�")]
#[case::sign_of_a_letter("ൎക", "ൎക")]
#[case::decomposed("e\u{301}", "e\u{301}")]
#[case::quotes("O'Hara \"Bob\" \\o/", "O'Hara \"Bob\" \\o/")]
#[case::scripts("Ålgård 山田 Ωμέγα Łódź क्षत्रिय ไทย 한국", "Ålgård 山田 Ωμέγα Łódź क्षत्रिय ไทย 한국")]
fn foreign_text_is_shown_by_what_can_be_seen(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(shown(text), expected);
}

#[test]
fn a_pile_of_marks_stays_in_its_line() {
    let pile = format!("e{}!", "\u{301}".repeat(200));
    assert_eq!(shown(&pile), format!("e{}!", "\u{301}".repeat(MAX_CLUSTER - 1)));
    assert_eq!(Shown::foreign(pile).width(), 2);
}

#[test]
fn a_cluster_of_many_letters_is_cut_visibly() {
    let chain = "क\u{94d}".repeat(20);
    assert_eq!(shown(&chain), format!("{}…", "क\u{94d}".repeat(4)));
}

#[test]
fn every_character_is_shown_as_itself_or_by_a_substitute() {
    for character in '\0'..=char::MAX {
        let shown = Shown::foreign(character.to_string());
        assert!(shown.width() >= 1, "{character:?} disappears");
        assert!(shown.as_str().chars().all(is_harmless), "{character:?} becomes {:?}", shown.as_str());
    }
}

/// Written down once more, and otherwise, than the code under test: by the ranges of the Unicode standard.
fn is_harmless(character: char) -> bool {
    !matches!(
        u32::from(character),
        0x00..=0x1f | 0x7f..=0x9f | 0xad | 0x34f | 0x600..=0x605 | 0x61c | 0x6dd | 0x70f | 0x890..=0x891 | 0x8e2
            | 0x115f..=0x1160 | 0x17b4..=0x17b5 | 0x180b..=0x180f | 0x200b..=0x200f | 0x2028..=0x202e
            | 0x2060..=0x206f | 0x2800 | 0x3164 | 0xe000..=0xf8ff | 0xfdd0..=0xfdef | 0xfe00..=0xfe0f | 0xfeff
            | 0xffa0 | 0xfff0..=0xfffb | 0x110bd | 0x110cd | 0x13430..=0x1343f | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a
            | 0xe0000..=0x0010_ffff
    ) && u32::from(character) & 0xfffe != 0xfffe
}

#[rstest]
#[case("Ada Lovelace", 20, "Ada Lovelace")]
#[case("Ada Lovelace", 12, "Ada Lovelace")]
#[case("Ada Lovelace", 11, "Ada Lovela…")]
#[case("Ada Lovelace", 5, "Ada…")]
#[case("Ada Lovelace", 1, "…")]
#[case("Ada Lovelace", 0, "")]
#[case("山田太郎", 8, "山田太郎")]
#[case("山田太郎", 7, "山田太…")]
#[case("山田太郎", 6, "山田…")]
fn text_is_cut_to_cells(#[case] text: &str, #[case] width: usize, #[case] expected: &str) {
    assert_eq!(Shown::foreign(text).cut(width).as_str(), expected);
}

#[test]
fn a_field_shows_its_end() {
    assert_eq!(Shown::foreign("Ada Lovelace").cut_start(5).as_str(), "…lace");
    assert_eq!(Shown::foreign("太山田").cut_start(5).as_str(), "…山田");
    assert_eq!(Shown::foreign("Ada").cut_start(3).as_str(), "Ada");
    assert_eq!(Shown::foreign("Ada").cut_start(0).as_str(), "");
}

#[test]
fn a_name_of_500_characters_is_cut() {
    let name = "ä".repeat(500);
    let cut = Shown::foreign(name);
    assert_eq!(cut.cut(20).as_str(), format!("{}…", "ä".repeat(19)));
}

#[test]
fn endless_text_costs_no_time() {
    let endless = Shown::foreign("é".repeat(10_000_000));
    assert_eq!(endless.width(), MAX_CHARACTERS + 1);
    assert!(endless.as_str().ends_with('…'));
}

#[test]
fn text_is_wrapped_between_words() {
    let lines = |text: &'static str, width| -> Vec<String> {
        Shown::fixed(text).wrap(width).into_iter().map(Shown::into_string).collect()
    };
    assert_eq!(lines("the lock ends by itself at 17:02", 14), ["the lock ends", "by itself at", "17:02"]);
    assert_eq!(lines("abcdefghij kl", 4), ["abcd", "efgh", "ij", "kl"]);
    assert_eq!(lines("山田太郎", 3), ["山", "田", "太", "郎"]);
    assert_eq!(lines("", 4), [""; 0]);
    assert_eq!(lines("word", 0), [""; 0]);
}

#[test]
fn numbers_have_their_thousands_set_apart() {
    let number = |number| Shown::number(number).into_string();
    assert_eq!(number(0), "0");
    assert_eq!(number(999), "999");
    assert_eq!(number(1_000), "1,000");
    assert_eq!(number(12_481), "12,481");
    assert_eq!(number(1_234_567), "1,234,567");
}

#[test]
fn ids_are_shortened_in_the_middle() {
    assert_eq!(Shown::short_id("user_2NNEqL2nrIRdJ194ndJqAHwEfxC").as_str(), "user_2NNEq…HwEfxC");
    assert_eq!(Shown::short_id("org_2OAZKjwEaH0NwqzsNG0VhWrYc0v").as_str(), "org_2OAZK…WrYc0v");
    assert_eq!(Shown::short_id("user_1").as_str(), "user_1");
    assert_eq!(Shown::short_wallet("0x71C7656EC7ab88b098defB751B7401B5f6d8976F").as_str(), "0x71C7…976F");
    assert_eq!(Shown::short_wallet("").as_str(), "");
}

/// Text with all that has ever moved a column.
fn nasty_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "é",
        "e\u{301}",
        "山",
        "👩",
        "🏽",
        "👍",
        "\u{200d}",
        "\u{200c}",
        "\u{fe0f}",
        "\u{fe0e}",
        "🇩",
        "🇪",
        "\u{202e}",
        "\u{1b}",
        "\u{9b}",
        "\u{7f}",
        "\n",
        "\u{301}",
        "\u{20e3}",
        "क",
        "\u{94d}",
        "ष",
        "\u{93f}",
        "ᄀ",
        "ᅡ",
        "ᆨ",
        "가",
        "ل",
        "ا",
        "ｶ",
        "ﾞ",
        "\u{17d8}",
        "\u{605}",
        "\u{d4e}",
        "ക",
        "\u{e0041}",
        "\u{1f3f4}",
        " ",
        "\u{3000}",
        "❤",
        "ꓹ",
        "ꓼ",
        "ⵏ",
        "\u{2d7f}",
        "ⴾ",
        "\u{16d63}",
        "\u{16d67}",
        "\u{1a15}",
        "\u{1a17}",
        "\u{1a10}",
    ]);
    let strange = prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat());
    prop_oneof![strange, any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nothing_harmful_passes(text in nasty_text()) {
        let shown = Shown::foreign(&*text);
        prop_assert!(shown.as_str().chars().all(is_harmless), "{:?}", shown);
        prop_assert_eq!(text.is_empty(), shown.is_empty());
        prop_assert_eq!(&Shown::foreign(shown.as_str()), &shown, "the door lets its own work through");
    }

    #[test]
    fn ratatui_and_a_terminal_count_the_same(text in nasty_text()) {
        let shown = Shown::foreign(&*text);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 400, 1));
        let (end, _) = buffer.set_stringn(0, 0, shown.as_str(), 400, Style::new());
        prop_assert_eq!(usize::from(end), shown.width().min(400), "{:?}", shown);
        prop_assert_eq!(character_widths(shown.as_str()), shown.width(), "{:?}", shown);
    }

    #[test]
    fn cutting_keeps_whole_clusters_and_the_width(text in nasty_text(), width in 0_usize..40) {
        let shown = Shown::foreign(&*text);
        let cut = shown.cut(width);
        prop_assert!(cut.width() <= width);
        prop_assert_eq!(cut.width(), measure(cut.as_str()));
        let whole: Vec<&str> = shown.as_str().graphemes(true).collect();
        let kept: Vec<&str> = cut.as_str().graphemes(true).collect();
        if cut.as_str() != shown.as_str() && width > 0 {
            prop_assert_eq!(kept.last(), Some(&"…"));
            prop_assert_eq!(&kept[..kept.len() - 1], &whole[..kept.len() - 1]);
        }
        let end = shown.cut_start(width);
        prop_assert!(end.width() <= width);
        prop_assert_eq!(end.width(), measure(end.as_str()));
    }

    #[test]
    fn wrapped_lines_fit(text in nasty_text(), width in 0_usize..40) {
        for line in Shown::foreign(&*text).wrap(width) {
            prop_assert!(line.width() <= width);
            prop_assert_eq!(line.width(), measure(line.as_str()));
        }
    }
}
