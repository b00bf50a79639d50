//! The filter form: a view of the search line, with a field for everything that the list can be asked for.
//!
//! What is not touched stays in the line as it is written there; what is, is written anew in its place.

mod group;

use super::FormField;
use crate::{
    app::search::{Line, TokenKind, parts},
    clerk::model::Timestamp,
};
use crossterm::event::KeyEvent;
use group::Group;
use jiff::tz::TimeZone;
use strum::IntoEnumIterator;

/// The filter form.
#[derive(Clone, Debug)]
pub struct FilterForm {
    /// The line as it was when the form was opened, each part with its group.
    parts: Vec<(Group, String)>,
    fields: Vec<FormField>,
    /// What the fields showed then.
    before: Vec<String>,
    cursor: usize,
    /// The name that Clerk has to be asked about, before it can be said whether the line is right.
    unknown_name: Option<String>,
}

impl FilterForm {
    /// The form of this line.
    #[must_use]
    pub fn new(text: &str, now: Timestamp, time_zone: &TimeZone) -> Self {
        let parts = parts(text);
        let mut fields = Vec::new();
        for group in Group::iter() {
            let own: Vec<_> = parts.iter().filter(|part| Group::of(part.key) == group).cloned().collect();
            for ((label, hint), shown) in group.labels().iter().zip(group.read(&own, now, time_zone)) {
                let mut field = FormField::new(label, label, hint).with_choices(group.choices());
                field.input.set(&shown);
                fields.push(field);
            }
        }
        let before = fields.iter().map(|field| field.input.text().to_owned()).collect();
        let parts = parts.iter().map(|part| (Group::of(part.key), text[part.range.clone()].to_owned())).collect();
        Self { parts, fields, before, cursor: 0, unknown_name: None }
    }

    /// The fields.
    #[must_use]
    pub fn fields(&self) -> &[FormField] {
        &self.fields
    }

    /// The index of the field that is typed into.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The name that Clerk has to be asked about.
    #[must_use]
    pub fn unknown_name(&self) -> Option<&str> {
        self.unknown_name.as_deref()
    }

    /// Goes so many fields further; behind the last comes the first.
    pub fn step(&mut self, by: isize) {
        let count = isize::try_from(self.fields.len()).unwrap_or(isize::MAX).max(1);
        let at = isize::try_from(self.cursor).unwrap_or(0);
        self.cursor = usize::try_from((at + by).rem_euclid(count)).unwrap_or(0);
    }

    /// Takes a key that edits the field.
    pub fn edit(&mut self, key: KeyEvent) {
        if self.fields[self.cursor].edit(key) {
            self.unknown_name = None;
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if self.fields[self.cursor].paste(text) {
            self.unknown_name = None;
        }
    }

    fn touch(&mut self) {
        self.fields[self.cursor].fault = None;
        self.unknown_name = None;
    }

    /// Empties every field.
    pub fn clear(&mut self) {
        for field in &mut self.fields {
            field.input.clear();
            field.fault = None;
        }
        self.unknown_name = None;
    }

    /// Adds an organization, named as the line names it, and goes to its field.
    pub fn add_organization(&mut self, name: &str) {
        self.cursor = place(Group::Organization);
        let input = &mut self.fields[self.cursor].input;
        let others = input.text().trim().trim_end_matches(',').to_owned();
        input.set(&if others.is_empty() { name.to_owned() } else { format!("{others}, {name}") });
        self.touch();
    }

    /// The line that the form asks for.
    #[must_use]
    pub fn text(&self) -> String {
        self.written().into_iter().map(|(_, part)| part).collect::<Vec<_>>().join(" ")
    }

    /// Takes the line that the form asks for, as it was read: what is wrong is said at its field, and what is not known
    /// yet is asked about. Whether it can be shown.
    pub fn take_line(&mut self, line: &Line, now: Timestamp, time_zone: &TimeZone) -> bool {
        self.show_faults(line, now, time_zone);
        let has_fault = line.fault().is_some();
        self.unknown_name = line.unknown_name().filter(|_| !has_fault).map(str::to_owned);
        if let Some(wrong) = self.fields.iter().position(|field| field.fault.is_some()) {
            self.cursor = wrong;
        }
        !has_fault && self.unknown_name.is_none()
    }

    /// Says at its field what is wrong with the line that the form asks for.
    pub fn show_faults(&mut self, line: &Line, now: Timestamp, time_zone: &TimeZone) {
        for field in &mut self.fields {
            field.fault = None;
        }
        let written = self.written();
        for token in &line.tokens {
            let TokenKind::Wrong(fault) = &token.kind else { continue };
            let mut end = 0;
            let part = written.iter().find(|(_, part)| {
                end += part.len() + 1;
                token.range.start < end
            });
            let Some((group, _)) = part else { continue };
            let field = place(*group) + group.faulty(&self.texts(*group), now, time_zone);
            // Behind the key, which is the field's label here.
            let words =
                fault.split_once(": ").filter(|_| *group != Group::Words).map_or(fault.as_str(), |(_, rest)| rest);
            self.fields[field].fault = Some(words.to_owned());
        }
    }

    /// The parts of the line that the form asks for, each with its group. What has changed stands where it stood.
    fn written(&self) -> Vec<(Group, String)> {
        let mut written: Vec<(Group, String)> = Vec::new();
        let mut done = Vec::new();
        for (group, part) in &self.parts {
            if !self.has_changed(*group) {
                written.push((*group, part.clone()));
            } else if !done.contains(group) {
                done.push(*group);
                written.extend(group.write(&self.texts(*group)).into_iter().map(|part| (*group, part)));
            }
        }
        for group in Group::iter().filter(|group| self.has_changed(*group) && !done.contains(group)) {
            let parts = group.write(&self.texts(group)).into_iter().map(|part| (group, part));
            // Words are read first.
            let at = if group == Group::Words { 0 } else { written.len() };
            written.splice(at..at, parts);
        }
        written
    }

    fn has_changed(&self, group: Group) -> bool {
        let own = place(group)..place(group) + group.labels().len();
        own.into_iter().any(|index| self.fields[index].input.text() != self.before[index])
    }

    fn texts(&self, group: Group) -> Vec<String> {
        let own = &self.fields[place(group)..place(group) + group.labels().len()];
        own.iter().map(|field| field.input.text().to_owned()).collect()
    }
}

/// The index of a group's first field.
fn place(group: Group) -> usize {
    Group::iter().take_while(|other| *other != group).map(|other| other.labels().len()).sum()
}

#[cfg(test)]
mod tests;
