//! Names that are legal at Clerk and hostile to a terminal or a spreadsheet. A few people bear them, so that everything
//! that shows a name is seen to survive them.

/// First and last name.
pub(super) fn names() -> [(String, String); 8] {
    let pair = |first: &str, last: &str| (first.to_owned(), last.to_owned());
    [
        pair("Eve\u{1b}[31m", "Adair\u{7}"),
        pair("Mallory\u{1b}]0;owned\u{7}", "\u{9b}2J Young"),
        pair("Trent \u{202e}nimda", "\u{2066}Brown\u{2069}"),
        pair("Zero\u{200b}\u{200b}\u{200b}\u{feff}", "Width\u{200d}\u{2060}"),
        pair("Party 👩‍👩‍👧‍👦 🏳️‍🌈", "👍🏽 Family"),
        pair("=HYPERLINK(\"https://example.com\",\"Ada\")", "+1+1"),
        pair("Z̸̢̛͎̲̭̈́͂̾a̵̪̿l̷̰̈́g̶̳͐ó̴͎", "H̶͓̐ȩ̶̛ ̸̝̈ Comes\r\nIn\tTwo"),
        (format!("Wolfeschlegel{}", "steinhausenberger".repeat(28)), "Senior".to_owned()),
    ]
}

/// Which of them the person with this number bears, if any: each once in the first few hundred, and again far apart.
pub(super) fn name_of(number: u32) -> Option<(String, String)> {
    let names = names();
    let place = usize::try_from(number % 4_001).ok()?;
    // Near the end of a thousand, so that they are among the newest of the demo.
    let first = 908;
    (place >= first && (place - first) % 12 == 0).then(|| names.into_iter().nth((place - first) / 12)).flatten()
}
