//! The rules of the house, held by reading the sources: which way the arrows point, who may do what, and how large a
//! room may be. Each rule is a row of a table; what stands in comments and in strings of documentation does not count.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Words that must not stand in the code of a part of the house.
struct Rule {
    /// Why, as it is told when the rule is broken.
    because: &'static str,
    /// The folders and files that it holds for, below `src`.
    within: &'static [&'static str],
    /// Those below them that it does not hold for.
    except: &'static [&'static str],
    /// The words.
    words: &'static [&'static str],
}

const RULES: &[Rule] = &[
    Rule {
        because: "the client knows nothing of the program around it",
        within: &["clerk"],
        except: &[],
        words: &[
            "crate::app",
            "crate::ui",
            "crate::runtime",
            "crate::cli",
            "crate::emulator",
            "crate::audit",
            "ratatui",
            "crossterm",
        ],
    },
    Rule {
        because: "the emulator shares the wire types with the client, and nothing else",
        within: &["emulator"],
        except: &[],
        words: &[
            "crate::app",
            "crate::ui",
            "crate::runtime",
            "crate::cli",
            "crate::audit",
            "clerk::query",
            "ratatui",
            "crossterm",
        ],
    },
    Rule {
        because: "deciding does not see drawing or doing",
        within: &["app"],
        except: &[],
        words: &[
            "crate::ui",
            "crate::runtime",
            "crate::cli",
            "crate::emulator",
            "crate::audit",
            "crate::config",
            "crate::notes",
            "crate::trash",
        ],
    },
    Rule {
        because: "deciding is pure: no clock, no input or output, nothing awaited, nothing spawned",
        within: &["app"],
        except: &[],
        words: &[
            "::now(",
            "Instant",
            "SystemTime",
            "tokio",
            "reqwest",
            "std::fs",
            "std::env",
            "std::net",
            "std::io",
            "std::thread",
            "std::process",
            "async ",
            ".await",
            "println!",
            "eprintln!",
            "fastrand",
            "tracing",
        ],
    },
    Rule {
        because: "drawing only reads what it is given",
        within: &["ui"],
        except: &[],
        words: &[
            "crate::runtime",
            "crate::cli",
            "crate::emulator",
            "crate::audit",
            "crate::config",
            "::now(",
            "SystemTime",
            "tokio",
            "reqwest",
            "std::fs",
            "std::net",
            "std::io",
            "std::process",
            "async ",
            ".await",
            "println!",
            "&mut App",
        ],
    },
    Rule {
        because: "only the runtime spawns; the emulator is a server of its own",
        within: &[
            "app",
            "ui",
            "clerk",
            "config",
            "audit",
            "audit.rs",
            "memory.rs",
            "notes.rs",
            "trash",
            "private.rs",
            "lib.rs",
            "main.rs",
        ],
        except: &[],
        words: &["tokio::spawn", "spawn_blocking", "thread::spawn", "JoinSet", "JoinMap"],
    },
    Rule {
        because: "SQL is spoken in the store alone",
        within: &[""],
        except: &["emulator/store"],
        words: &["rusqlite", "SELECT ", "INSERT INTO", "DELETE FROM"],
    },
    Rule {
        because: "colours have names, given in the theme alone",
        within: &[""],
        except: &["ui/theme"],
        words: &["Color::", "style::Color", "Stylize"],
    },
    Rule {
        because: "text reaches the screen through one door: ui::text makes it, ui::paint draws it",
        within: &["ui"],
        except: &["ui/text.rs", "ui/text", "ui/paint.rs", "ui/paint"],
        words: &[
            "set_string",
            "set_stringn",
            "set_symbol",
            "set_span",
            "set_line",
            "Span::",
            "Line::",
            "Paragraph",
            "Text::raw",
            "widgets::",
        ],
    },
];

/// Lines that a file may have, its tests left out.
const LONGEST: usize = 400;

struct Source {
    /// Its path below `src`, with `/`.
    path: String,
    /// Its text up to the tests, comments left out.
    code: String,
    lines: usize,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)
            .expect("the sources can be read")
            .map(|entry| entry.expect("the sources can be read").path())
        {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                sources.extend(source(&root, &entry));
            }
        }
    }
    assert!(sources.len() > 30, "the sources were not found");
    sources
}

/// None for files that hold only tests.
fn source(root: &Path, file: &PathBuf) -> Option<Source> {
    let path = file.strip_prefix(root).expect("the sources can be read").to_string_lossy().replace('\\', "/");
    if path.split('/').any(|part| part == "tests" || part.ends_with("tests.rs")) {
        return None;
    }
    let text = fs::read_to_string(file).expect("the sources can be read");
    let code = text.split("#[cfg(test)]\nmod").next().unwrap_or_default();
    let lines = code.lines().count();
    let code = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    Some(Source { path, code, lines })
}

fn is_within(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| place.is_empty() || path == *place || path.starts_with(&format!("{place}/")))
}

#[test]
fn the_rules_hold() {
    let mut broken = Vec::new();
    for source in sources() {
        for rule in
            RULES.iter().filter(|rule| is_within(&source.path, rule.within) && !is_within(&source.path, rule.except))
        {
            for word in rule.words.iter().filter(|word| source.code.contains(**word)) {
                broken.push(format!("src/{}: \"{word}\", but {}", source.path, rule.because));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_room_is_too_large() {
    let large: Vec<_> =
        sources().into_iter().filter(|source| source.lines > LONGEST).map(|source| source.path).collect();
    assert!(large.is_empty(), "over {LONGEST} lines: {large:?}");
}

/// A rule about a folder that is no more would hold for ever.
#[test]
fn each_rule_is_about_something() {
    let sources = sources();
    for rule in RULES {
        assert!(sources.iter().any(|source| is_within(&source.path, rule.within)), "{}", rule.because);
    }
}
