//! The fields of a user as options, made of the tables that the forms are made of.

use crate::{
    app::{NewUserField, act::ProfileField},
    cli::fault::Stop,
};
use clap::{
    Arg, ArgMatches, Args, Command, FromArgMatches,
    builder::{PossibleValuesParser, ValueParser},
};
use std::{
    fs,
    io::{self, Read},
};
use strum::IntoEnumIterator;

/// A field that has an option.
pub(super) trait Field: Copy + PartialEq + IntoEnumIterator + Send + Sync + 'static {
    /// The parameter of Clerk that it is.
    fn parameter(self) -> &'static str;
    /// What it is, in a few words.
    fn about(self) -> String;
    /// What it is one of; nothing for what is typed.
    fn choices(self) -> Vec<&'static str>;
    /// Whether nobody shall see it: neither in the list of processes nor in the shell's history.
    fn is_secret(self) -> bool;
}

impl Field for NewUserField {
    fn parameter(self) -> &'static str {
        self.parameter()
    }

    fn about(self) -> String {
        // What a key does in the form is of no use here.
        described(self.label(), if self.choices().is_empty() { self.hint() } else { "" })
    }

    fn choices(self) -> Vec<&'static str> {
        self.choices().iter().copied().filter(|choice| !choice.is_empty()).collect()
    }

    fn is_secret(self) -> bool {
        self.is_secret()
    }
}

impl Field for ProfileField {
    fn parameter(self) -> &'static str {
        self.parameter()
    }

    fn about(self) -> String {
        described(self.label(), if self.choices().is_empty() { self.hint() } else { "" })
    }

    fn choices(self) -> Vec<&'static str> {
        self.choices().to_vec()
    }

    fn is_secret(self) -> bool {
        false
    }
}

/// `Locale, such as en-GB`.
fn described(label: &str, hint: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    let label: String = first.chain(letters).collect();
    if hint.is_empty() { label } else { format!("{label}, {hint}") }
}

/// What was given for which field; of a secret one, the file that it stands in.
#[derive(Clone, Debug)]
pub(super) struct Fields<F>(Vec<(F, String)>);

impl<F: Field> Fields<F> {
    /// What they shall hold: secrets are read from their files.
    pub(super) fn read(self) -> Result<Vec<(F, String)>, Stop> {
        self.0
            .into_iter()
            .map(|(field, text)| Ok((field, if field.is_secret() { secret(&text)? } else { text })))
            .collect()
    }

    /// Whether one is read from standard input: then no answer can.
    pub(super) fn reads_input(&self) -> bool {
        self.0.iter().any(|(field, text)| field.is_secret() && text == "-")
    }
}

/// What a file holds, without the line break at its end; `-` is standard input.
fn secret(path: &str) -> Result<String, Stop> {
    let mut text = String::new();
    let read = match path {
        "-" => io::stdin().lock().read_to_string(&mut text),
        path => fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text)),
    };
    read.map_err(|error| Stop::usage(format!("{path} cannot be read: {error}")))?;
    let line = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    // What was to fill it has failed perhaps, and a user without a secret is not what was asked for.
    if line.is_empty() {
        let place = if path == "-" { "standard input" } else { path };
        return Err(Stop::usage(format!("{place} is empty, and no secret")));
    }
    Ok(line.to_owned())
}

impl<F: Field> Args for Fields<F> {
    fn augment_args(command: Command) -> Command {
        F::iter().fold(command.next_help_heading("Fields"), |command, field| {
            let long = field.parameter().replace('_', "-");
            let argument = Arg::new(field.parameter()).help(field.about());
            let argument = match (field.is_secret(), field.choices()) {
                (true, _) => argument.long(format!("{long}-file")).value_name("FILE"),
                (false, choices) if choices.is_empty() => argument.long(long).value_name("TEXT"),
                (false, choices) => {
                    let parser: ValueParser = PossibleValuesParser::new(choices).into();
                    argument.long(long).value_name("WHICH").value_parser(parser)
                }
            };
            command.arg(argument)
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<F: Field> FromArgMatches for Fields<F> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |field: F| matches.get_one::<String>(field.parameter()).map(|text| (field, text.clone()));
        Ok(Self(F::iter().filter_map(given).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
