//! A user as a row of a file.

use super::{Bag, Column, Field, Format};
use crate::{
    cells,
    clerk::model::{Metadata, Timestamp, User},
};
use serde_json::Value;
use std::borrow::Cow;

/// How users are written one after the other: the form, and the columns that are chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    format: Format,
    columns: Option<Vec<Column>>,
}

/// What stands in a column of a user.
enum Datum<'a> {
    Nothing,
    Flag(bool),
    Number(i64),
    Moment(Timestamp),
    Text(Cow<'a, str>),
    Texts(Vec<Cow<'a, str>>),
    Value(&'a Value),
    Bag(&'a Metadata),
}

impl Sheet {
    /// In this form; with these columns, or those that the form has where none are chosen.
    #[must_use]
    pub fn new(format: Format, columns: Option<Vec<Column>>) -> Self {
        Self { format, columns: columns.or_else(|| format.usual_columns()) }
    }

    /// The form.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// The columns, nothing for users as they came.
    #[must_use]
    pub fn columns(&self) -> Option<&[Column]> {
        self.columns.as_deref()
    }

    /// What stands before the first row.
    #[must_use]
    pub fn head(&self) -> String {
        match (self.format, &self.columns) {
            (Format::Csv, Some(columns)) => {
                let names: Vec<String> = columns.iter().map(ToString::to_string).collect();
                cells::row(names.iter().map(String::as_str))
            }
            (Format::Json, _) => "[".to_owned(),
            (Format::Csv | Format::Ndjson, _) => String::new(),
        }
    }

    /// What stands behind the last of so many rows.
    #[must_use]
    pub fn foot(&self, rows: u64) -> &'static str {
        match self.format {
            Format::Json if rows == 0 => "]\n",
            Format::Json => "\n]\n",
            Format::Csv | Format::Ndjson => "",
        }
    }

    /// Writes a user behind so many others: as they came on one line of JSON, or of the columns what stands in them.
    ///
    /// # Errors
    ///
    /// When the JSON is none of a user.
    pub fn write(&self, line: &str, before: u64, out: &mut String) -> serde_json::Result<()> {
        if self.format == Format::Json {
            out.push_str(if before == 0 { "\n" } else { ",\n" });
        }
        match &self.columns {
            None => out.push_str(line),
            Some(columns) => {
                let user: User = serde_json::from_str(line)?;
                if self.format == Format::Csv {
                    write_cells(columns, &user, out);
                } else {
                    write_object(columns, &user, out);
                }
            }
        }
        match self.format {
            Format::Csv => out.push_str("\r\n"),
            Format::Ndjson => out.push('\n'),
            Format::Json => {}
        }
        Ok(())
    }
}

fn write_cells(columns: &[Column], user: &User, out: &mut String) {
    for (number, column) in columns.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        match datum(column, user) {
            Datum::Nothing | Datum::Value(Value::Null) => {}
            Datum::Flag(flag) => out.push_str(if flag { "true" } else { "false" }),
            // A number is no formula.
            Datum::Number(number) => out.push_str(&number.to_string()),
            Datum::Value(Value::Number(number)) => out.push_str(&number.to_string()),
            Datum::Moment(moment) => {
                if let Some(moment) = moment.to_jiff() {
                    out.push_str(&moment.to_string());
                }
            }
            Datum::Text(text) => out.push_str(&cells::cell(&text)),
            Datum::Value(Value::String(text)) => out.push_str(&cells::cell(text)),
            Datum::Texts(texts) => out.push_str(&cells::cell(&texts.join(" "))),
            Datum::Value(value) => out.push_str(&cells::cell(&value.to_string())),
            Datum::Bag(bag) => out.push_str(&cells::cell(&serde_json::to_string(bag).unwrap_or_default())),
        }
    }
}

fn write_object(columns: &[Column], user: &User, out: &mut String) {
    out.push('{');
    for (number, column) in columns.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        push_json(&column.to_string(), out);
        out.push(':');
        match datum(column, user) {
            Datum::Nothing => out.push_str("null"),
            Datum::Flag(flag) => push_json(&flag, out),
            Datum::Number(number) => push_json(&number, out),
            // As Clerk tells it: in milliseconds.
            Datum::Moment(moment) => push_json(&moment, out),
            Datum::Text(text) => push_json(&text, out),
            Datum::Texts(texts) => push_json(&texts, out),
            Datum::Value(value) => push_json(value, out),
            Datum::Bag(bag) => push_json(bag, out),
        }
    }
    out.push('}');
}

fn push_json(value: &impl serde::Serialize, out: &mut String) {
    // What is written here has texts for keys: it cannot fail.
    out.push_str(&serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned()));
}

fn datum<'a>(column: &Column, user: &'a User) -> Datum<'a> {
    match column {
        Column::Field(field) => field_of(*field, user),
        Column::Path(bag, path) => at(bag_of(*bag, user), path).map_or(Datum::Nothing, Datum::Value),
    }
}

fn bag_of(bag: Bag, user: &User) -> Option<&Metadata> {
    match bag {
        Bag::PublicMetadata => Some(&user.public_metadata),
        Bag::PrivateMetadata => user.private_metadata.as_ref(),
        Bag::UnsafeMetadata => Some(&user.unsafe_metadata),
    }
}

fn at<'a>(bag: Option<&'a Metadata>, path: &[String]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(bag?.get(first)?, |value, part| match value {
        Value::Array(values) => values.get(part.parse::<usize>().ok()?),
        other => other.get(part),
    })
}

fn field_of(field: Field, user: &User) -> Datum<'_> {
    match field {
        Field::Id => Datum::Text(user.id.as_str().into()),
        Field::ExternalId => text(user.external_id.as_deref()),
        Field::EmailAddress => text(user.primary_email_address().map(|it| it.email_address.as_str())),
        Field::EmailAddresses => texts(user.email_addresses.iter().map(|it| it.email_address.as_str().into())),
        Field::PhoneNumber => text(user.primary_phone_number().map(|it| it.phone_number.as_str())),
        Field::PhoneNumbers => texts(user.phone_numbers.iter().map(|it| it.phone_number.as_str().into())),
        Field::Username => text(user.username.as_deref()),
        Field::Web3Wallet => text(user.primary_web3_wallet().map(|it| it.web3_wallet.as_str())),
        Field::Web3Wallets => texts(user.web3_wallets.iter().map(|it| it.web3_wallet.as_str().into())),
        Field::ExternalAccounts => {
            texts(user.external_accounts.iter().map(|it| format!("{}:{}", it.provider, it.provider_user_id).into()))
        }
        Field::Name => user.full_name().map_or(Datum::Nothing, |name| Datum::Text(name.into())),
        Field::FirstName => text(user.first_name.as_deref()),
        Field::LastName => text(user.last_name.as_deref()),
        Field::Locale => text(user.locale.as_deref()),
        Field::ImageUrl => text(user.image_url.as_deref()),
        Field::Banned => Datum::Flag(user.banned),
        Field::Locked => Datum::Flag(user.locked),
        Field::PasswordEnabled => Datum::Flag(user.password_enabled),
        Field::TwoFactorEnabled => Datum::Flag(user.two_factor_enabled),
        Field::TotpEnabled => Datum::Flag(user.totp_enabled),
        Field::BackupCodeEnabled => Datum::Flag(user.backup_code_enabled),
        Field::CreatedAt => Datum::Moment(user.created_at),
        Field::UpdatedAt => Datum::Moment(user.updated_at),
        Field::LastSignInAt => moment(user.last_sign_in_at),
        Field::LastActiveAt => moment(user.last_active_at),
        Field::LegalAcceptedAt => moment(user.legal_accepted_at),
        Field::PasswordLastUpdatedAt => moment(user.password_last_updated_at),
        Field::DeleteSelfEnabled => Datum::Flag(user.delete_self_enabled),
        Field::CreateOrganizationEnabled => Datum::Flag(user.create_organization_enabled),
        Field::CreateOrganizationsLimit => user.create_organizations_limit.map_or(Datum::Nothing, Datum::Number),
        Field::PublicMetadata => Datum::Bag(&user.public_metadata),
        Field::PrivateMetadata => user.private_metadata.as_ref().map_or(Datum::Nothing, Datum::Bag),
        Field::UnsafeMetadata => Datum::Bag(&user.unsafe_metadata),
    }
}

fn text(text: Option<&str>) -> Datum<'_> {
    text.map_or(Datum::Nothing, |text| Datum::Text(text.into()))
}

fn texts<'a>(texts: impl Iterator<Item = Cow<'a, str>>) -> Datum<'a> {
    Datum::Texts(texts.collect())
}

fn moment(moment: Option<Timestamp>) -> Datum<'static> {
    moment.map_or(Datum::Nothing, Datum::Moment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn user() -> String {
        json!({
            "id": "user_1", "first_name": "=cmd|' /C calc'!A0", "last_name": "Lovelace", "banned": true,
            "primary_phone_number_id": "idn_2",
            "phone_numbers": [{ "id": "idn_1", "phone_number": "+441" }, { "id": "idn_2", "phone_number": "+442" }],
            "external_accounts": [{ "provider": "oauth_google", "provider_user_id": "7" }],
            "public_metadata": { "plan": "pro", "seats": [1, { "of": "two" }], "quote": "a \"b\", c" },
            "private_metadata": null, "unsafe_metadata": {},
            "created_at": 1_700_690_400_000_i64, "new_field": 1,
        })
        .to_string()
    }

    fn written(format: Format, columns: &str) -> String {
        let columns = (!columns.is_empty()).then(|| Column::list(columns).unwrap());
        let sheet = Sheet::new(format, columns);
        let mut out = sheet.head();
        for before in 0..2 {
            sheet.write(&user(), before, &mut out).unwrap();
        }
        out + sheet.foot(2)
    }

    #[test]
    fn a_table_has_one_row_each_and_no_formula() {
        let columns = "id,first_name,phone_number,phone_numbers,external_accounts,banned,created_at,external_id,\
                       public_metadata.plan,public_metadata.seats.0,public_metadata.seats.1,public_metadata.no,\
                       private_metadata,private_metadata.x,unsafe_metadata";
        let told = written(Format::Csv, columns);
        let lines: Vec<&str> = told.split("\r\n").collect();
        assert_eq!(lines.len(), 4, "{told}");
        assert_eq!(
            lines[1],
            "user_1,'=cmd|' /C calc'!A0,'+442,'+441 +442,oauth_google:7,true,2023-11-22T22:00:00Z,,pro,1,\
             \"{\"\"of\"\":\"\"two\"\"}\",,,,{}"
        );
        assert_eq!((lines[2], lines[3]), (lines[1], ""));
    }

    #[test]
    fn json_has_the_chosen_columns_by_their_names_as_clerk_tells_them() {
        let told = written(Format::Json, "id,banned,created_at,phone_numbers,public_metadata.seats,external_id,name");
        let told: Value = serde_json::from_str(&told).unwrap();
        let expected = json!({
            "id": "user_1", "banned": true, "created_at": 1_700_690_400_000_i64, "phone_numbers": ["+441", "+442"],
            "public_metadata.seats": [1, { "of": "two" }], "external_id": null, "name": "=cmd|' /C calc'!A0 Lovelace",
        });
        assert_eq!(told, json!([expected, expected]));
    }

    #[test]
    fn without_chosen_columns_json_is_what_came() {
        assert_eq!(written(Format::Ndjson, ""), format!("{0}\n{0}\n", user()));
        assert_eq!(written(Format::Json, ""), format!("[\n{0},\n{0}\n]\n", user()));
        let empty = Sheet::new(Format::Json, None);
        assert_eq!(empty.head() + empty.foot(0), "[]\n");
    }
}
